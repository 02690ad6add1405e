"""Words by which titles of experts' sections are told from others, in the languages we read.

Each constant has its words in lower case and without dots, separated by white space.
"""

from __future__ import annotations

__all__ = [
    "CLOSING_TITLES",
    "CREDENTIALS",
    "FIRMS",
    "GIVEN_NAMES",
    "HEADING_WORDS",
    "HONORIFICS",
    "OWNER_ROLES",
    "PARTICLES",
    "ROLE_BEGINNINGS",
    "ROLE_ENDINGS",
    "ROLE_LINKS",
    "ROLE_WORDS",
    "SERVICES",
    "SMALL_WORDS",
]

HONORIFICS = """
    arch avv capt captain chef col colonel d dame dipl-ing docteur doctor doctora don dott
    dottssa doña dr drs dña fr frau gen herr hon imam ing ir lady lord m mag maj maître me mgr
    miss mlle mme mr mrs ms mx pr prof profesor profesora professeur professor rabbi rev
    reverend señor señora sgt sheikh sir sr sra srta st
"""
CREDENTIALS = """
    aca acc acca aia ba beng bfa bs bsc bsn cams cbe ccnp ceng cfa cfe cfp cima cisa cism cissp
    cpa cpcc cpo-i csm dba dds dmd dnp do dphil dpt dr dsc dvm edd emba esq faia fca fcim fibms
    frs frsa gphr hons ii iii iv jd jnr jr kbe kc lcsw llb llm lmft ma mat mba mbe mcc mcim mcs
    md med meng mfa mlis mpa mph mphil mpil mps mres ms msc msn msw np obe pcc pe pharmd phd phr
    pmp psyd qc raia rd rdn riba rn sc shrm-cp shrm-scp snr sphr sr
"""
PARTICLES = """
    'n't 't ab abu af al ap av bar ben bin bint d' da das de degli dei del della delle dello den
    der des di do dos du e el i ibn l' la las le les los mac mc o' of san st te ten ter und van vom
    von y zu zum zur
"""
"""Words of names that may have small letters."""
OWNER_ROLES = """
    auteur auteure author autor autora autore autorin autrice ceo cfo chair chairman chairwoman
    cmo co-author co-fondateur co-fondatrice co-founder co-host co-owner cofondateur cofondatore
    cofondatrice cofounder cofundador cofundadora coo creador creadora creator créateur
    créatrice cto dona dono dueña dueño editor fondateur fondatore fondatrice founder fundador
    fundadora geschäftsführer geschäftsführerin gründer gründerin gérant gérante herausgeber
    herausgeberin host inhaber inhaberin managing-partner mitgründer mitgründerin owner partner
    pdg president presidenta presidente principal propietaria propietario président présidente
    publisher rédacteur rédactrice titolare vorstand vorstandsvorsitzende vorstandsvorsitzender
"""
"""Roles behind which "of" or "de" names the firm, not the task."""
ROLE_WORDS = """
    директор руководитель основатель основательница сооснователь менеджер маркетолог редактор
    журналист профессор консультант эксперт аналитик дизайнер разработчик предприниматель
    директорка керівник керівниця засновник засновниця διευθυντής διευθύντρια ιδρυτής ιδρύτρια
    dyrektor dyrektorka kierownik kierowniczka założyciel założycielka redaktor dziennikarz
    dziennikarka direktör grundare chefredaktör medgrundare direktør grunnlegger redaktør yönetici
    müdür müdürü kurucu kurucusu zakladatel zakladatelka ředitel ředitelka igazgató alapító
    johtaja päällikkö perustaja 대표 이사 교수 부장 편집장 مدير مديرة مؤسس مؤسسة أستاذ أستاذة
    abogada abogado accountant administrator adviser adviseur advisor advocate advogada advogado
    agent alcalde alcaldesa ambassador amministratore amministratrice analista analyst analyste
    analystin anthropologist anwalt anwältin architect architecte architekt architektin
    architetto archivist arquitecta arquitecto artist artista artiste arzt asesor asesora
    asistente assistant associate associé associée astronomer attorney auditor avocat avocate
    avp avvocata avvocato baker banker barista barrister berater beraterin biologist blogger
    bloggerin bloguera bloguero blogueur blogueuse boulanger boulangère brewer broker buyer
    bäcker bäckerin bürgermeister bürgermeisterin capo carpenter cbo cco cdo chairperson
    chancellor chargé chargée chef chefe cheffe chefin chefredakteur chefredakteurin chemist
    chercheur chercheuse chief chro científica científico cio ciso co-ordinator coach cocinera
    cocinero cofounders columnist community-manager composer comptable conférencier
    conférencière conseiller conseillère consulente consultant consultante consultor consultora
    contable contributor cook coordenador coordenadora coordinador coordinadora coordinator
    copywriter correspondent counsel cpo cro cso cuisinier cuisinière curator dean dentist
    desarrollador desarrolladora desenvolvedor desenvolvedora designer designerin developer
    dietitian directeur director directora directrice direktor direktorin diretor diretora
    direttore direttrice diseñador diseñadora docente doctor dozent dozentin développeur
    développeuse economist economista educator eigenaar ejecutiva ejecutivo electrician
    empreendedor empreendedora emprendedor emprendedora encargada encargado enfermera enfermero
    engenheira engenheiro engineer enseignant enseignante entrepreneur entrepreneuse entwickler
    entwicklerin escritor escritora especialista estratega estudiante evangelist evp executive
    expert experta experte expertin experto facilitator farmer fellow filmmaker fleuriste
    florist florista formador formadora formateur formatore formatrice forscher forscherin
    fotograf fotografa fotografin fotografo fotógrafa fotógrafo founders freelance freelancer
    gardener geologist gerente gestionnaire giornalista gm graphiste guru hairdresser head
    historian hoofd illustrateur illustrator illustratrice ilustrador ilustradora imprenditore
    imprenditrice infirmier infirmière influencer ingeniera ingeniero ingenieur ingenieurin
    ingénieur ingénieure interpreter intrapreneur investigador investigadora investor jefa jefe
    jornalista journalist journaliste journalistin keynote koch köchin künstler künstlerin
    lawyer lead leader lecturer lehrer lehrerin leiter leiterin libraire librarian maintainer
    maire manager managerin marketer marketeur marketeuse mathematician mayor md medico mentor
    merchandiser midwife minister moderator musician médecin médica médico notary nurse
    nutritionist officer ombudsman onderzoeker operator oprichter panadera panadero partnerin
    periodista pesquisador pesquisadora pharmacist philosopher photographe photographer
    physician physicist pilot planner plumber podcaster ponente practitioner producer producteur
    productor productora productrice produttore produzent produzentin profesor profesora
    professeur professeure professional professor professora professore professoressa
    professorin progettista programador programadora programmer prokurist prokuristin provost
    psicologa psicologo psicóloga psicólogo psychiatrist psychologe psychologin psychologist
    psychologue realtor rechtsanwalt rechtsanwältin recruiter rector redactor redactora
    redakteur redakteurin redattore redattrice referent referentin reporter representative
    researcher responsabile responsable ricercatore ricercatrice salesperson schrijver scientist
    scrittore scrittrice secretary senator socia socio sociologist solicitor solopreneur speaker
    specialist specialista spezialist spezialistin sprecher sprecherin spécialiste statistician
    steuerberater steuerberaterin stratega stratege strategin strategist stratège student
    studentin stylist superintendent supervisor surgeon sviluppatore sviluppatrice svp sócia
    sócio tailor teacher teamlead technician texter texterin therapist trader traducteur
    traductor traductora traductrice trainer trainerin translator treasurer unternehmer
    unternehmerin vice-president videographer vigneron vigneronne vlogger vorsitzende
    vorsitzender vp winemaker wissenschaftler wissenschaftlerin writer youtuber ärztin
    économiste écrivain écrivaine étudiant étudiante ökonom ökonomin übersetzer übersetzerin
"""
ROLE_BEGINNINGS = """
    acting assistant associate bereichsleiter bereichsleiterin chargé chargée chef cheffe chief
    co-founder cofounder coordinador coordinadora coordinateur coordinatrice deputy directeur
    director directora directrice diretor diretora direttore direttrice editor encargada
    encargado evp fondateur fondatrice founder fundador fundadora gerente global group head
    interim jefa jefe junior lead leiter leiterin managing profesor profesora professeur
    professeure professor responsabile responsable senior svp vice vp
"""
"""First words of roles that end in a task: Head of Growth, VP Marketing."""
ROLE_ENDINGS = """
    anwalt anwältin beauftragte berater beraterin chef chefin direktor direktorin entwickler
    entwicklerin experte expertin forscher forscherin gründer gründerin ingenieur ingenieurin
    lehrer lehrerin leiter leiterin manager managerin meister meisterin redakteur redakteurin
    spezialist spezialistin sprecher sprecherin stratege strategin trainer trainerin vorstand
    wissenschaftler wissenschaftlerin ärztin 主编 代表 创始人 取締役 总监 担当 教授 社長
    総監 編集長 经理 課長 部長 首席执行官
"""
"""Ends of words that name a role: Vertriebsleiterin."""
SERVICES = """
    blog bluesky facebook github homepage instagram link linkedin mastodon medium pinterest
    portfolio profile site sitio substack threads tiktok twitter web webseite website www x xing
    youtube
"""
"""Names of services that stand in brackets behind a name, with a link."""
CLOSING_TITLES = """
    about acknowledgements acknowledgments afterword agradecimientos anhang annexe appendix
    ausblick author authors avant-propos bilan bonus closing comments conclusion conclusione
    conclusiones conclusioni conclusions conclusión conclusão contents contributors credits
    danksagung disclaimer editor's editors einleitung enfin epilogue faq faqs fazit final
    finally footnotes foreword fuentes further glossary inhalt intro introducción introduction
    introduzione introdução key l'essentiel lessons methodik methodology methods metodología
    méthodologie next notes outlook overview preface propos présentation quellen recursos
    references referencias related remerciements resources ressources resumen resumo riepilogo
    références résumé schluss schlusswort share sobre sommaire sources sponsors summary
    takeaways thanks tl tldr update updates vorwort wrap wrapping zusammenfassung à über
    überblick введение вывод выводы заключение итоги الخاتمة خاتمة مقدمة おわりに
    はじめに まとめ 介绍 前言 引言
    总结 結論 総括 结论 결론 서론 요약
"""
"""First words of titles before the first expert or after the last."""
FIRMS = """
    agency amazon android apple aws azure bank books consulting creative design digital docker
    education foundation github gitlab google group ibm kubernetes lab labs linux magazine
    marketing media meta microsoft network networks oracle partners publishing software sony
    studio university works
"""
"""Words of `HEADING_WORDS` that an organisation may consist of."""
GIVEN_NAMES = """
    april art august bill chase grant guy june mark max may miles pat rich ruby story
"""
"""Words of `HEADING_WORDS` that are names of many people, too."""
HEADING_WORDS = """
    a about above accept access account accounts achieve across act action actions activate
    active actually adapt add added adding additional address adopt advanced advantage
    advantages advice africa after against agile ahead aim align all allow almost along already
    also always amazon america american among an analysis analytics analyze and android angular
    announcement another answer answers any apache api apis app apple application applications
    apply approach apps april après architecture archive are arguments around article articles
    as asia ask asking assess assets assign async at attach attacks attention attributes
    audience audiences audit auf august aus authentic authentication author authorization auto
    automate automated automatic automation aux available avant avec avoid aware awareness aws
    azure back backend background backup baked balance bar base based basic basics batch be
    beans become beef been before begin beginner beginners behavior behaviour behind bei being
    below beneath beside besides best better between beyond bien big bold bonus book books boost
    both bottom brand branding brands bread break breaking bring browser budget bug bugs build
    builder building builds built bulk business but butter button buttons buy by cache caching
    cake calendar call calls campaign campaigns can can't capture care case cases catalog
    category ce celebrate certificate ces cette challenge challenges change changed changelog
    changes channel channels chat check checklist checks cheese chicken chocolate choice choose
    choosing chrome class classes clean clear client clients close cloud cluster code codes
    coding collect collection color colors column columns com combine come command commands
    commencer commencez comment comments commit common communicate communication community como
    company compare comparison compatibility complete component components compute con concept
    concepts conclusion condition conditions conduct config configuration configurations
    configure configuring connect connection connections consider consistency consistent console
    constants consumer consumers contact container containers content contents context
    continuous contribute contributing control controls convert cookie cookies copy core cost
    costs could count country coverage crea cream create created creating creation creative
    credentials créer css culture current custom customer customers customize customizing cut
    cuándo cycle cómo daily dans das dashboard data database databases dataset datasets date
    dates day days deal debian debug debugging december decide decision deep default defaults
    define defining definition dein deine delete deleting deliver delivery demo dependencies
    dependency deploy deploying deployment deprecated deprecation der des describe description
    desde design desktop despite detail details detection dev develop developers developing
    development device devices diagram did die different digital direct directories directory
    disable discovery discuss display distribution django do docker docs document documentation
    documents does doesn't domain domains don't done dove down download downloads drag drive
    driven driver drivers drop du during dynamic dónde e each early earn east eastern easy edit
    editing editor education effective efficient eggs ein eine einen either el element elements
    email emails embrace emotion emotions empathy empieza employee employees empower enable end
    endpoint endpoints energy engage engagement engine enhance enjoy enter enterprise entre
    entry environment environments error errors escape escucha essential establish et europe
    european event events ever every evolve example examples except exception exceptions execute
    execution expect experience experiences experiment experimental experiments explore export
    exporting express extend extension extensions external extra facts fail failure faire faites
    fallback false fast faster favorite feature featured features february fedora feed feedback
    few field fields file files filter filters find firefox first fish fix fixed fixes flags
    flask flexible flour flow focus folder follow font fonts for form format formats forms
    forward foundation framework frameworks free frequency fresh friday fried friendly from
    front frontend full fun function functions further future für garlic gather general generate
    generation generic get getting git github gitlab give gli global go goal goals golang good
    google great grid grilled group groups grow growth guide guides habits handle handling
    happiness happy hard hardware hasta have haz he headers heading headings headline health
    hear heart hello help helper her here hers hidden high highlights him hire his history home
    honest hook hooks host hosting hours how html human humans i icon icons idea ideas identify
    identity if ihr ihre il image images immediate impact implement implementation import
    important importing improper improve improved improvement improvements in include
    inconsistent increase index industry info information infrastructure ingredients innovate
    innovation input inputs inside insight insights inspect inspire install installation
    installer installing instance instances instructions integrate integration integrations
    integrity interactive interface interfaces internal international interpretation into
    introduction invest ios is issue issues it items iterate its january java javascript job
    jobs join journey json july june keep kein keine kernel key keyboard keys keyword keywords
    kingdom kit know knowledge known kubernetes la label labels language languages large las
    last latest launch layer layout layouts le lead leadership leads learn learning least left
    legacy legal les less lessons let letter leur leurs level levels leverage libraries library
    licence license life light like limit limitations limits line linear lines link links linux
    list listen listening lists live lo load loading local locale location log logging login
    logs long look loop loops los love loyalty ma mac machine macos mail main maintain
    maintenance make making malicious manage management manual manually many map maps march
    market marketing markets master match matter matters may me measure measurement media meet
    meeting mehr member members memory menos menu mes message messages metadata method methods
    metric metrics microsoft middleware might migrate migrating migration milk mind mindset mine
    minimal minor misc miscellaneous misez missing mission mistake mistakes mit mobile mode
    model models modern modes module modules moins mon monday money monitor monitoring month
    monthly more most mount move moving much multi multiple must muy my mysql más nach name
    named names native natural navigation near neither network networking networks never new
    news newsletter next nginx nicht no node node.js nodes nor north northern nos not note notes
    notice notification notifications notre november npm nuestra nuestro number numbers o object
    objective objectives objects october oder off office offline ohne oil old on once onde one
    onion online only onto open operating operation operations operator opportunities
    opportunity optimization optimize option optional options or oracle order organic
    organization original os other ou our ours out output outputs outside over overview own où
    package packages page pages panel para parameter parameters parent parse part parts password
    past pasta patch patches path paths pattern patterns payment pensez people pepper per perché
    perform performance perl permission permissions personal personalization phase phone php
    pick piensa pipeline pipelines pitch place plan planning plans platform platforms play
    plugin plugins plus podcast point points policy pool pop popular por pork port post postgres
    posts potato potatoes pour pourquoi power powerful practical practice practices preparation
    prepare prerequisites present prevent preview previous pricing primary print priorities
    prioritize priority privacy private pro problem problems process processes processing
    product production productivity products profile program programming progress project
    projects promise promote prompt proof properties property props protect protocol prototype
    provider providers proxy public publish publishing pull purpose push put python quality
    quand quando que query queue qui quick quickstart quoi quote qué range rate reach react read
    reading ready real really recent recipe recipes recommended record redis reduce ref refactor
    reference references region register regular relationship relationships release releases
    relevant reliability remember remote remove removed removing render rendering repeat report
    reporting reports repository request requests require required requirements research reset
    resolve resource resources respect response responses rest restart restore result results
    retry return returns revenue review reviews revisit rice right risk risks roasted role roles
    root route router routes routing row rows ruby rule rules run runner running runtime rust
    safari safe safety salad sales salt same sample samples sans saturday sauce save scale
    scaling schedule schema scheme scope screen script scripts scroll search secret secrets
    section sections secure security see segment segments sehr select selection self sell sem
    send senza seo september serve server servers service services session sessions set sets
    setting settings setup share shared she shell ship shop short shortcuts should show sidebar
    sign signals signup simple simplify sin since single site sites size skill skills skip sleep
    slow slower small smart so sobre social software solution solutions solve some sort sound
    soup source sources sous south southern soyez space speak special specification speed
    sponsor sponsors sponsorship sprint sqlite stack stage standard standards start starter
    starting state states static statistics status stay step steps stop storage store stories
    story strategic strategies strategy stream streaming strength strict string strong structure
    studio style styles styling su subscription success such sugar summary sunday support
    supported sur survey sus sustainable svelte switch sync syntax system systems tab table
    tables tag tags takeaway takeaways talent talk target tasks team teams technical techniques
    technology template templates term terminal terms test tested testing tests text than thank
    that the their theirs them theme themes then there these they thing things think this those
    thought thoughts thread three through throughout thursday time timeline times timing tip
    tips title to today together token tokens tomato tomatoes too tool toolbar tooling tools top
    topic topics toward towards tra track tracking traditional traffic train training transfer
    transform transition translate translation transparency transparent trend trends trigger
    triggers trop troubleshooting true trust truth try très tu tuesday tune tus tutorial
    tutorials two type types typescript ubuntu uma un una unas und under understand
    understanding une uninstall union unique unit united universal unos unser unsere unter until
    up update updated updates updating upgrade upgrading upload upon us usa usage use useful
    user users using utilisation utilisez utilities utility utils validate validation valuable
    value values variable variables vegan vegetables vegetarian vendor verify version versions
    versus very via video videos view views virtual visibility vision visual voice volume vor
    vos votre vue vulnerabilities vulnerability wait wann want warning warnings warum was watch
    way ways we web webhooks website wednesday week weekly welcome weniger west western what
    when where which who whom whose why widget widgets wie win window windows wins wisdom with
    within without wo word words work workflow workflows working workplace works workspace world
    would wrap write writing wrong xml y yaml year years yes you your yours zero zone zwischen
    écouter écoutez über
"""
"""Words of titles that are rarely names."""

ROLE_LINKS = """
    of for in at & and de del di du des da do für fur der pour en et y e und von
"""
"""Small words within roles."""

SMALL_WORDS = """
    of the and for de la le les du des d l et y e und der die das von van di del della do da dos
    & in at by on to für am an au aux en a
"""
"""Words in the names of organisations that have no capitals."""
