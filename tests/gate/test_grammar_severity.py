"""Severity of grammar matches: tables, and the real engine on real sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings import Severity
from pipeline.gate.grammar.contract import Match
from pipeline.gate.grammar.lingotweaker import LingoTweaker
from pipeline.gate.grammar_severity import (
    UNTRANSLATED_SHARE,
    UNTRANSLATED_WORDS,
    judge,
    unknown_share,
)
from pipeline.rules.grammar import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

GRAMMAR = ("GR101", Severity.WARNING)
DOUBTFUL = ("GR101", Severity.INFO)
SPELLING = ("GR102", Severity.WARNING)
NAME = ("GR102", Severity.INFO)
STYLE = ("GR103", Severity.INFO)
SIGNS = ("GR104", Severity.INFO)
KNOWN = frozenset({"snapchat", "coeur", "paris", "wose", "o'brien", "fête’d", "hashtag", "follow"})
# Rule, category, kind, locale; the match is between the brackets.
RULE = {
    "kind": ("X", "X", "grammar", "fr", "il [a] dit", GRAMMAR),
    "no kind": ("X", "X", "", "fr", "il [a] dit", GRAMMAR),
    "other language": ("X", "X", "uncategorized", "br", "il [a] dit", GRAMMAR),
    "misspelling": ("ESTA_TILDE", "DIACRITICS", "misspelling", "es", "no [esta] aquí", SPELLING),
    "style": ("X", "X", "style", "en", "at [all] times", STYLE),
    "register": ("X", "X", "register", "en", "at [all] times", STYLE),
    "category": ("X", "COMPOUNDING", "misspelling", "en", "a [turn off]", STYLE),
    "comma": ("X", "PONCTUATION_VIRGULE", "Other", "fr", "oui[ mais] non", SIGNS),
    "named": ("CONF_N_V", "CAT_TOURS_CRITIQUES", "Other", "fr", "[pouvez trouvez]", GRAMMAR),
    "not named": ("X", "CAT_TOURS_CRITIQUES", "Other", "fr", "[voyez]", STYLE),
    "named in another language": ("NORD_SUD", "X", "Other", "es", "el [Norte]", GRAMMAR),
    "country": ("NORD_SUD", "CAT_MAJUSCULES", "Other", "fr_CA", "le [Nord]", STYLE),
    "longer name": (
        "EN_COMPOUNDS_SUB_PROJECT",
        "MISC",
        "misspelling",
        "en",
        "[sub-project]",
        STYLE,
    ),
    "longer name that is another": ("OEIL", "X", "grammar", "fr", "[oeil]", GRAMMAR),
    "covered": ("FRENCH_WHITESPACE", "MISC", "typographical", "fr", "[oui;] non", None),
    "covered, longer": ("POINTS_SUSPENSIONS_SPACE", "X", "typographical", "fr", "[oui ...]", None),
    "one word twice": (
        "ENGLISH_WORD_REPEAT_RULE",
        "MISC",
        "duplication",
        "en",
        "[The the] one",
        None,
    ),
    "two words twice": ("FRENCH_WORD_REPEAT_RULE", "X", "style", "fr", "[un an un an]", GRAMMAR),
    "acronym": ("D_N", "AGREEMENT", "Other", "fr", "dans [le PTS] est", DOUBTFUL),
    "near": ("ACCORD_SUJET_VERBE", "X", "Other", "fr", "Oui. Les gens d'ici [veut] cela", GRAMMAR),
    "far": (
        "ACCORD_SUJET_VERBE",
        "X",
        "Other",
        "fr",
        "Le mur que les amis de ma tante [voit]",
        DOUBTFUL,
    ),
    "starts": (
        "UPPERCASE_SENTENCE_START",
        "CASING",
        "typographical",
        "en",
        "We met. [then] we",
        GRAMMAR,
    ),
    "starts a text": (
        "UPPERCASE_SENTENCE_START",
        "CASING",
        "typographical",
        "en",
        "[then] we",
        DOUBTFUL,
    ),
    "behind dots": (
        "UPPERCASE_SENTENCE_START",
        "CASING",
        "typographical",
        "en",
        "we... [then]",
        DOUBTFUL,
    ),
    "behind far dots": (
        "UPPERCASE_SENTENCE_START",
        "CASING",
        "",
        "en",
        "we . . . [then]",
        DOUBTFUL,
    ),
    "behind a quotation": (
        "UPPERCASE_SENTENCE_START",
        "CASING",
        "",
        "en",
        "“Why?” [she] said",
        DOUBTFUL,
    ),
    "behind an abbreviation": (
        "UPPERCASE_SENTENCE_START",
        "CASING",
        "",
        "en",
        "Univ. [of] Bo",
        DOUBTFUL,
    ),
}
WORD = {
    "wrong": ("fr", "un [mott] ici", SPELLING),
    "known": ("fr", "un [follow] ici", None),
    "known, capital": ("fr", "Un [Follow] ici", None),
    "plural": ("fr", "des [woses] verts", None),
    "plural of a short one": ("fr", "[as] ici", NAME),
    "elided": ("fr", "l[’hashtag] ici", None),
    "elided with it": ("fr", "[qu'Snapchat] ici", None),
    "elided, curly": ("fr", "[d’hashtags] ici", None),
    "possessive": ("en", "see [Snapchat's] page", None),
    "possessive, curly": ("en", "see [Snapchat’s] page", None),
    "apostrophe within": ("en", "see [O’Brien] now", None),
    "curly one known": ("en", "he [fête'd] us", None),
    "parts known": ("fr", "un [snapchat-hashtag] ici", None),
    "words known": ("fr", "un [Coeur Paris] ici", None),
    "one part unknown": ("fr", "un [snapchat-mott] ici", NAME),
    "name": ("fr", "avec [Delfador] ici", NAME),
    "name at the beginning": ("fr", "Oui. [Delfador] dit", NAME),
    "long name at the beginning": ("fr", "[Thursaganus] dit", NAME),
    "slip at the beginning": ("fr", "Oui. « [Evidamment] non", SPELLING),
    "slip at the very beginning": ("fr", "[Evidamment] non", SPELLING),
    "slip within": ("fr", "avec [Evidamment] non", NAME),
    "capital elsewhere, too": ("fr", "[Evidamment] est là, vu Evidamment", NAME),
    "digits": ("fr", "un [mott2] ici", None),
    "address": ("fr", "sur [mott.fr] ici", None),
    "underscore": ("fr", "un [mott_x] ici", None),
    "handle": ("fr", "de @[mott] ici", None),
    "hashtag": ("fr", "de #[mott] ici", None),
    "camel case": ("fr", "sur [LinkIn] ici", None),
    "acronym": ("fr", "le [FAQ] ici", None),
    "acronyms": ("en", "the [FAQs] here", None),
}


def bracketed(marked: str) -> tuple[str, int, int]:
    before, _, rest = marked.partition("[")
    matched_text, _, behind = rest.partition("]")
    return before + matched_text + behind, len(before), len(before) + len(matched_text)


@pytest.mark.parametrize(
    ("rule", "category", "kind", "locale", "marked", "expected"), RULE.values(), ids=RULE
)
def test_rule(
    rule: str,
    category: str,
    kind: str,
    locale: str,
    marked: str,
    expected: tuple[str, Severity] | None,
) -> None:
    text, start, end = bracketed(marked)
    match = Match(start, end, rule, category, kind, "wrong", ())
    assert judge(match, text, (), locale) == expected


@pytest.mark.parametrize(("locale", "marked", "expected"), WORD.values(), ids=WORD)
def test_word(locale: str, marked: str, expected: tuple[str, Severity] | None) -> None:
    text, start, end = bracketed(marked)
    assert judge(unknown(start, end), text, KNOWN, locale) == expected


def unknown(start: int, end: int, message: str = "wrong", *suggestions: str) -> Match:
    near = suggestions or ("Evidemment", "mot")
    return Match(start, end, "FR_SPELLING_RULE", "TYPOS", "misspelling", message, near)


def test_a_word_that_is_near_no_other_is_a_term() -> None:
    match = unknown(3, 13)._replace(suggestions=())
    assert judge(match, "un métapaquet", (), "fr") == NAME


@pytest.mark.parametrize(
    ("locale", "expected"), [("en", STYLE), ("en_US", SPELLING), ("en-US", SPELLING)]
)
def test_a_word_of_another_country(locale: str, expected: tuple[str, Severity]) -> None:
    match = unknown(4, 10, "Possible spelling mistake. 'colour' is British English.", "color")
    assert judge(match, "the colour", (), locale) == expected


@given(
    st.text(max_size=30),
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from(["FR_SPELLING_RULE", "OU", "UPPERCASE_SENTENCE_START", "X_", "_", ""]),
    st.lists(st.text(max_size=9), max_size=2),
)
def test_any_match_is_judged(
    text: str, start: int, length: int, rule: str, suggestions: list[str]
) -> None:
    match = Match(start, start + length, rule, "", "", "", tuple(suggestions))
    verdict = judge(match, text, (), "fr")
    assert verdict is None or verdict[0] in RULES
    assert 0 <= unknown_share(text, [match]) <= 1


SHARES = {
    "half": ("[un] [deux] trois quatre", 0.5),
    "one may be a slip": ("[un] deux trois quatre", 0.0),
    "names count for nothing": ("[un] [deux] Trois Quatre [Cinq]", 1.0),
    "joined words are one": ("[aujourd]'hui [porte]-à-porte un", 2 / 3),
    "codes count for nothing": ("[amd]64 [arm]64 [un] [deux] trois", 2 / 3),
    "nothing": ("", 0.0),
}


@pytest.mark.parametrize(("marked", "share"), SHARES.values(), ids=SHARES)
def test_share(marked: str, share: float) -> None:
    text, matches = "", []
    for piece in marked.split("]"):
        before, bracket, matched_text = piece.partition("[")
        text += before
        if bracket:
            matches.append(unknown(len(text), len(text) + len(matched_text)))
        text += matched_text
    assert unknown_share(text, matches) == pytest.approx(share)


def test_a_rule_of_grammar_is_no_unknown_word() -> None:
    matches = [unknown(0, 2)._replace(rule="D_N"), unknown(3, 7)._replace(rule="D_N")]
    assert unknown_share("un deux trois", matches) == 0


FRENCH = """\
Les experts partage leurs conseils dans cet article.
Les entreprises doit répondre aux commentaires de leurs clients.
Nous avons demander à six experts de répondre à trois questions.
Elle a décidée de publier la vidéo le lendemain.
Ces stratégie fonctionnent depuis plusieurs années.
Une contenu de qualité attire de nouveaux lecteurs.
Il faut suivre le l'actualité de son secteur.
Appelez-nous avant midi ; si non, écrivez un message.
Les réseaux sociaux sont possèdent une grande influence.
Il n'a pas put répondre à toutes les questions.
Tu est le premier à recevoir cette lettre.
Ils ont créer une page pour chaque produit.
On a besoin de comprendre se que veulent les clients.
Ses gens travaillent ensemble depuis dix ans.
La plupart des marques on compris cette leçon.
Vous devez publiez tous les jours.
Je vous conseil de commencer par une seule plateforme.
C'est une question au quel personne ne pense.
Ou habitez-vous depuis votre arrivée en France ?
Il a parler de son expérience pendant une heure.
Les photos que nous avons pris sont très belles.
Elle est très content de ses résultats.
Les utilisateurs sont satisfait du service.
Cette outil permet de gagner beaucoup de temps.
Il faut être patients et pas oublier que sa prend du temps.
Nous somme convaincus que la vidéo va grandir.
Il y a beaucoup de personne dans cette salle.
Je suis aller au bureau ce matin.
Les nouveau outils changent notre façon de travailler.
Le nouvelle version sera disponible demain.
Il faut que vous faites attention à votre ton.
Si j'aurais su, je ne serais pas venu.
Malgré que le marché est petit, il grandit vite.
Quand à moi, je préfère les messages courts.
Leur clients sont fidèles depuis longtemps.
Il leurs répond toujours dans la journée.
Elle à beaucoup d'abonnés sur ce réseau.
Nous allons a Paris la semaine prochaine.
Les résultats étaient plus meilleurs que prévu.
C'est la première foi que je vois cela.
Ils se sont rendu conte de leur erreur trop tard.
Vous êtes entrain de lire un article sur les réseaux.
Il vaut mieux prévenir que guerrir les crises.
La stratégie marketting doit être simple.
Nous recevons souvant des questions sur ce sujet.
Les abonnés apprécis les réponses rapides.
La communauté est importente pour une marque.
nous pensons que cette idée est bonne.
L'entreprise a lancé un produit. elle a ensuite ouvert un magasin.
Chaque publications doit avoir un but.
Tout les clients méritent une réponse.
Toute les équipes ont participé au projet.
Plusieurs expert ont répondu à nos questions.
Il s'agit d'une des meilleurs façons de commencer.
Les gens veut des réponses claires.
Il ne faut pas oublié de remercier les clients.
Vous pouvez trouvez nos conseils sur cette page.
Je pense qu'il est nécessaire d'écouter avant parler.
Ce sont des conseils que je donnes à tous mes clients.
Merci pour votre aides précieuse.
Nous vous remercions pour avoir lut cet article.
Si ils publient trop, ils perdent des abonnés.
Parce que il est tard, nous partons.
Elle a besoin d'un compte de Instagram pour son travail.
De le début à la fin, l'histoire reste claire.
Il va à le marché tous les matins.
Ils faut savoir écouter ses lecteurs.
Les clients en ligne ne sont pas différent des autres.
Ne sous-estimez jamais le pouvoirs d'un bon titre.
Le plus important est de rester fidèle à soi même.
Beaucoup des gens pense que c'est facile.
Elle s'est faite remarqué par ses lecteurs.
""".splitlines()
ENGLISH = """\
The experts shares their advice in this article.
Companies needs to answer their customers.
We has asked six experts to answer three questions.
She have been working on this for years.
He don't like the new version.
This strategies work well for small brands.
A content of good quality attract new readers.
Their going to publish the video tomorrow.
Its a great way to start the day.
Your going to love this tool.
You should of asked them first.
The company lost it's best writer last year.
I could care less then you about it.
She is taller then her brother.
We look forward to meet you next week.
They are use to working late.
He is interested on the new project.
Each of the brands have its own voice.
There is many reasons to try it.
The informations are on the page.
I am agree with the first expert.
She said me that the video was ready.
We discussed about the plan for an hour.
He did not went to the meeting.
They has a large comunity on that network.
We recieve a lot of questions every week.
It is definately worth the time.
The results was better than we expected.
this is the first thing that I do.
The team met on Monday. they agreed on a plan.
She suggested to publish it later.
An useful list of tools is below.
It took a hour to write.
He must to answer the question.
One of the best way to learn is to write.
The effect of the change was seen by everyone, and it effected sales.
I have went there twice.
I would like to to thank you for your help.
More easier tools are available now.
We need to loose some of the weight.
They was very happy with the answer.
If I would have known, I would have come.
Between you and I, the plan is weak.
He want to know the answer.
People is tired of adverts.
The the first answer came from Paris.
I seen the article yesterday.
""".splitlines()
SPANISH = """\
Los expertos comparte sus consejos en este artículo.
Las empresas debe responder a sus clientes.
Hemos pedir a seis expertos que respondan.
Esta estrategias funcionan desde hace años.
Una contenido de calidad atrae a nuevos lectores.
El empresa publicó un vídeo ayer.
La problema es que nadie responde.
Las redes sociales tiene una gran influencia.
Ella esta muy contento con los resultados.
Los usuarios están satisfecho con el servicio.
Haber si mañana podemos hablar.
Voy haber a mis amigos esta tarde.
Hay que hecharle más ganas al proyecto.
No se que decir sobre este tema.
El a venido a la oficina esta mañana.
Hubieron muchas preguntas al final.
Habían muchas personas en la sala.
Mas de la mitad de los clientes respondió.
Tu eres la persona que buscamos.
Para mi es muy importante escuchar.
Si, estoy de acuerdo con la primera respuesta.
Donde vives desde que llegaste a España?
Me gusta los mensajes cortos.
Ellos a creado una página para cada producto.
La primer vez que lo vi me gustó.
Todos los dia publicamos algo nuevo.
Es mas facil empezar con una sola red.
Las nuevas herramienta cambian nuestro trabajo.
Nosotros vamos a a publicar el vídeo mañana.
Los clientes quieren respuestas clara.
Pienso de que es una buena idea.
La gente quieren respuestas rápidas.
esta es la primera cosa que hago.
El equipo se reunió ayer. ellos aprobaron el plan.
Tenemos que aser una lista de temas.
Recivimos muchas preguntas cada semana.
La comunicasión con los lectores es importante.
Si habría sabido eso, no habría venido.
Ella a sido la mejor autora del año.
Los marcas más conocidas responden rápido.
Este es el mejor manera de empezar.
Deberías de publicastes todos los días.
Es un herramienta muy útil.
Cada publicaciones debe tener un objetivo.
Aun no hemos recibido la respuesta.
Quiero que vienes mañana a la reunión.
Los experto que preguntamos viven en París.
De el principio al final, la historia es clara.
Vamos a el mercado todos los días.
""".splitlines()
FRENCH_PROSE = "\n\n".join(
    (
        "Pendant des années, les marques ont parlé et le public a écouté. Ce temps-là est "
        "révolu\u00a0: aujourd’hui, une cliente mécontente peut toucher, en une heure, plus "
        "de monde qu’une campagne d’affichage. Faut-il s’en plaindre\u00a0? Rien n’est "
        "moins sûr.",
        "Marie Laforge, qui dirige une petite agence à Nantes, s’en amuse. «\u00a0Quand "
        "j’ai commencé, raconte-t-elle, on me demandait combien d’abonnés nous aurions à la "
        "fin du mois. Personne ne me demandait ce que nous avions à leur dire.\u00a0» "
        "Depuis, elle a changé de méthode\u00a0: avant d’écrire la moindre ligne, son "
        "équipe passe trois jours à lire ce que les gens racontent déjà.",
        "Cette patience porte ses fruits. L’été dernier, un fabricant de bicyclettes lui a "
        "confié la présentation d’un nouveau modèle\u00a0; plutôt que d’en vanter les "
        "mérites, elle a invité six cyclistes à tenir un journal. Leurs textes, maladroits "
        "parfois, sincères toujours, ont été lus par des milliers d’amateurs. Les ventes "
        "ont suivi, et le fabricant n’en est pas encore revenu\u00a0!",
        "Tout n’est pourtant pas si simple. Écouter demande du temps, et le temps coûte "
        "cher. Beaucoup d’entreprises préfèrent publier chaque jour un message que nul ne "
        "lira, parce qu’un calendrier bien rempli rassure les directeurs. Elles confondent "
        "le bruit avec la conversation, la mesure avec le résultat, l’outil avec le métier.",
        "Que conseiller à celles qui débutent\u00a0? D’abord, de choisir un seul réseau et "
        "de s’y tenir. Ensuite, de répondre à toutes les questions, même aux plus "
        "embarrassantes, et de reconnaître ses erreurs avant que d’autres ne les "
        "découvrent. Enfin, de se souvenir qu’un lecteur n’est pas un chiffre\u00a0: il a "
        "ses habitudes, ses colères et ses fidélités, et il sait fort bien quand on se "
        "moque de lui.",
        "Le reste viendra. Il faudra sans doute deux ou trois ans avant que les efforts ne "
        "se voient dans les comptes, mais ceux qui auront tenu bon auront bâti quelque "
        "chose que leurs concurrents ne pourront pas acheter.",
    )
)
ENGLISH_PROSE = "\n\n".join(
    (
        "For years, brands talked and the public listened. Those days are gone: an unhappy "
        "customer can now reach more people in an hour than a poster ever did in a month. "
        "Is that something to complain about? I doubt it.",
        "Mary Forge, who runs a small agency in Bristol, finds it rather funny. “When I "
        "started,” she says, “everybody asked me how many followers we would have by the "
        "end of the month. Nobody asked what we had to tell them.” She has changed her "
        "method since then. Before anyone writes a line, her team spends three days reading "
        "what people are already saying.",
        "That patience pays off. Last summer a maker of bicycles asked her to introduce a "
        "new model; instead of praising it, she invited six riders to keep a diary. Their "
        "texts, sometimes clumsy and always honest, were read by thousands of people who "
        "love to ride. Sales followed, and the maker still can’t quite believe it.",
        "Not everything is that simple, though. Listening takes time, and time is "
        "expensive. Many companies would rather publish a message a day that nobody will "
        "read, because a full calendar makes their directors feel safe. They mistake noise "
        "for conversation, the measure for the result, and the tool for the trade.",
        "What should a beginner do? First, choose one network and stay with it. Then answer "
        "every question, even the awkward ones, and admit your mistakes before others find "
        "them. Finally, remember that a reader isn’t a number: readers have habits, tempers "
        "and loyalties, and they know very well when someone is making fun of them.",
        "The rest will come. It may take two or three years before the effort shows in the "
        "accounts, but those who have held on will have built something that their rivals "
        "can’t buy.",
    )
)
SPANISH_PROSE = "\n\n".join(
    (
        "Durante años las marcas hablaron y el público escuchó. Ese tiempo ha terminado: "
        "hoy, una clienta descontenta puede llegar en una hora a más gente que un cartel en "
        "un mes. ¿Hay que lamentarlo? No lo creo.",
        "María Herrera, que dirige una pequeña agencia en Sevilla, se ríe cuando lo cuenta. "
        "«Cuando empecé, me preguntaban cuántos seguidores tendríamos a fin de mes. Nadie "
        "me preguntaba qué queríamos decirles». Desde entonces ha cambiado de método: antes "
        "de escribir una sola línea, su equipo pasa tres días leyendo lo que la gente ya "
        "dice.",
        "Esa paciencia da sus frutos. El verano pasado, un fabricante de bicicletas le "
        "encargó la presentación de un modelo nuevo; en lugar de elogiarlo, invitó a seis "
        "ciclistas a llevar un diario. Sus textos, torpes a veces y siempre sinceros, "
        "fueron leídos por miles de aficionados. Las ventas crecieron, y el fabricante "
        "todavía no se lo explica.",
        "No todo es tan sencillo. Escuchar exige tiempo, y el tiempo es caro. Muchas "
        "empresas prefieren publicar cada día un mensaje que nadie leerá, porque un "
        "calendario lleno tranquiliza a los directores. Confunden el ruido con la "
        "conversación, la medida con el resultado y la herramienta con el oficio.",
        "¿Qué se puede aconsejar a quienes empiezan? Primero, que elijan una sola red y "
        "sigan en ella. Después, que respondan a todas las preguntas, incluso a las más "
        "incómodas, y que reconozcan sus errores antes de que otros los descubran. Por "
        "último, que recuerden que un lector no es una cifra: tiene sus costumbres, sus "
        "enfados y sus lealtades, y sabe muy bien cuándo se burlan de él.",
        "Lo demás llegará. Quizá pasen dos o tres años antes de que el esfuerzo se vea en "
        "las cuentas, pero quienes hayan resistido habrán construido algo que sus rivales "
        "no podrán comprar.",
    )
)


@pytest.fixture(scope="module")
def engine(kept_engines: None) -> Iterator[LingoTweaker]:
    engine = LingoTweaker()
    yield engine
    engine.close()


def verdicts(
    engine: LingoTweaker, texts: list[str], locale: str
) -> list[list[tuple[str, Severity, str]]]:
    results = []
    for text, matches in zip(texts, engine.check(texts, locale), strict=True):
        judged = ((match, judge(match, text, (), locale)) for match in matches)
        results.append([(*verdict, text[m.start : m.end]) for m, verdict in judged if verdict])
    return results


def warned(ratings: list[tuple[str, Severity, str]]) -> bool:
    return any(severity is Severity.WARNING for _, severity, _ in ratings)


# Found of the sentences below, by LingoTweaker 0.2.8: 67 of 72, 37 of 47, 39 of 49. What is
# missed the engine does not see, but for a word twice and a missing mark, which TY finds.
@pytest.mark.parametrize(
    ("locale", "texts", "least"), [("fr", FRENCH, 66), ("en", ENGLISH, 36), ("es", SPANISH, 38)]
)
def test_errors_are_warnings(
    engine: LingoTweaker, locale: str, texts: list[str], least: int
) -> None:
    found = verdicts(engine, texts, locale)
    missed_texts = [text for text, each in zip(texts, found, strict=True) if not warned(each)]
    assert len(texts) - len(missed_texts) >= least, missed_texts


@pytest.mark.parametrize(
    ("locale", "text"), [("fr", FRENCH_PROSE), ("en", ENGLISH_PROSE), ("es", SPANISH_PROSE)]
)
@pytest.mark.parametrize(
    ("apostrophe", "blank"), [("’", "\u00a0"), ("'", "\u00a0"), ("’", " "), ("'", "\u202f")]
)
def test_prose_is_left_alone(
    engine: LingoTweaker, locale: str, text: str, apostrophe: str, blank: str
) -> None:
    for mark in ":;!?»":
        text = text.replace(f"\u00a0{mark}", blank + mark)
    text = text.replace("«\u00a0", "«" + blank).replace("’", apostrophe)
    paragraphs = text.split("\n\n")
    assert len(paragraphs) > 4
    for found in verdicts(engine, paragraphs, locale):
        assert [each for each in found if each[1] is Severity.WARNING] == []


@pytest.mark.parametrize("code", [code for code in RULES if code != "GR105"])
def test_examples(engine: LingoTweaker, code: str) -> None:
    rule = RULES[code]
    assert rule.bad.locale == rule.good.locale
    bad, good = verdicts(engine, [rule.bad.text, rule.good.text], rule.bad.locale)
    assert (code, rule.severity) in {(found, severity) for found, severity, _ in bad}
    assert good == []


def test_examples_of_another_language(engine: LingoTweaker) -> None:
    bad, good = RULES["GR105"].bad.text, RULES["GR105"].good.text
    found, none = engine.check([bad, good], "fr")
    assert unknown_share(bad, found) >= UNTRANSLATED_SHARE > unknown_share(good, none)
    assert min(len(bad.split()), len(good.split())) >= UNTRANSLATED_WORDS


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        *((locale, text) for locale in ("fr", "es") for text in ENGLISH_PROSE.split("\n\n")),
        *((locale, text) for locale in ("en", "es") for text in FRENCH_PROSE.split("\n\n")),
        *((locale, text) for locale in ("en", "fr") for text in SPANISH_PROSE.split("\n\n")),
    ],
)
def test_prose_in_another_language(engine: LingoTweaker, locale: str, text: str) -> None:
    (matches,) = engine.check([text], locale)
    assert unknown_share(text, matches) >= UNTRANSLATED_SHARE


NEAR = {
    "a letter left out": ("inciativas", "iniciativas", SPELLING),
    "two letters swapped": ("muetra", "muestra", SPELLING),
    "neighbours swapped": ("núcelo", "núcleo", SPELLING),
    "accent": ("dia", "día", SPELLING),
    "accents": ("desarollandose", "desarollándose", SPELLING),
    "capital": ("quux", "Quux", NAME),
    "a blank": ("softphones", "soft phones", NAME),
    "short": ("nfs", "nos", NAME),
    "another word": ("omnicanal", "officinal", NAME),
    "no suggestion": ("forgerune", "", NAME),
}


@pytest.mark.parametrize(("word", "other", "expected"), NEAR.values(), ids=NEAR)
def test_a_word_that_one_slip_parts_from_another(
    word: str, other: str, expected: tuple[str, Severity]
) -> None:
    found = Match(3, 3 + len(word), "MORFOLOGIK_RULE_ES", "TYPOS", "misspelling", "", ())
    match = found._replace(suggestions=(other,) if other else ())
    assert judge(match, f"la {word} es", frozenset(), "es") == expected
