"""Titles that name experts, told from others by their form and by what is around them."""

from __future__ import annotations

import re

import pytest

from pipeline.article.experts import Expert, bare_name, connector_end, given_expert, without_number
from pipeline.article.reading import file_pieces, read_article
from pipeline.article.rebuilding import rebuild
from pipeline.article.rules import ReadingRules
from pipeline.catalogue import extract, merge
from pipeline.model import Catalog, State

Person = tuple[str, str, str, str, list[str]]
"""Slug, name, organisation, handle, and the texts of the title that are translated."""

OTHERS = "## Nora Bell, Tarn Books\n\nSaid.\n\n## Omar Reed, Quay\n\nSaid.\n\n"


def people(text: str) -> list[Person]:
    article = read_article(text.encode(), "en.md")
    assert b"".join(piece for piece, _ in file_pieces(article)) == article.data
    own = {n: segment.text for n, segment in enumerate(article.segments)}
    assert rebuild(article, own) == article.data
    return [
        (
            section.slug,
            section.name,
            section.organisation,
            section.handle,
            [s.text for s in article.segments if s.line == section.line],
        )
        for section in article.sections
        if section.expert
    ]


FORMS = {
    "## 1. Hannah Osei, CMO at Northwind Bank": ("Hannah Osei", "Northwind Bank", "", "CMO"),
    "## Luca Ferrari, Brio Coffee": ("Luca Ferrari", "Brio Coffee", "", ""),
    "### Priya Raman – CMO, Lumen Health": ("Priya Raman", "Lumen Health", "", "CMO"),
    "## [Jonas](https://x.example), Kestrel": ("Jonas", "Kestrel", "", ""),
    "**Mei-Ling Ho, Harbor**": ("Mei-Ling Ho", "Harbor", "", ""),
    "**Mei-Ling Ho**, Harbor": ("Mei-Ling Ho", "Harbor", "", ""),
    "## Samuel Adeyemi (@s), Fleetly": ("Samuel Adeyemi", "Fleetly", "@s", ""),
    "## Cy Dow, Gamma ([@cydow](https://x.example))": ("Cy Dow", "Gamma", "@cydow", ""),
    "## Fay Hill, Zeta (https://zeta.example)": ("Fay Hill", "Zeta", "", ""),
    "## Fay Hill, Zeta (<https://zeta.example>)": ("Fay Hill", "Zeta", "", ""),
    "## Fay Hill (zeta.com)": ("Fay Hill", "zeta.com", "", ""),
    "## Fay Hill, Zeta (zeta.com)": ("Fay Hill", "Zeta", "", ""),
    "## Dr. Gil Ives, PhD, Eta (@gilives)": ("Dr. Gil Ives", "Eta", "@gilives", ""),
    "## Prof. Ada van der Berg, MBA, Eta": ("Prof. Ada van der Berg", "Eta", "", ""),
    "## Eve Gray — Epsilon": ("Eve Gray", "Epsilon", "", ""),
    "## Eve Gray—Epsilon": ("Eve Gray", "Epsilon", "", ""),
    "## Sophie Carter, Marketing Director, Tesco Plc (@s)": (
        *("Sophie Carter", "Tesco Plc", "@s", "Marketing Director"),
    ),
    "## Sam Adeyemi, Fleetly (@sam\\_adeyemi)": ("Sam Adeyemi", "Fleetly", "@sam_adeyemi", ""),
    "## Pat O’Neill | Head of Growth": ("Pat O’Neill", "", "", "Head of Growth"),
    "## Pat O’Neill | Quay | Head of Growth": ("Pat O’Neill", "Quay", "", "Head of Growth"),
    "## #1 – J. K. Rowe, Quay": ("J. K. Rowe", "Quay", "", ""),
    "## 12) Zoë Brontë (she/her),  Quay": ("Zoë Brontë", "Quay", "", ""),
    "## **Björn Żak**, *VP Sales*, Quay": ("Björn Żak", "Quay", "", "VP Sales"),
    "## Ann Lee, VP *Sales*, Quay": ("Ann Lee", "Quay", "", ""),
    "## Ann Lee, Founder, CEO, Quay": ("Ann Lee", "Quay", "", "Founder, CEO"),
    "## Expert #3: Ann Lee, Quay": ("Ann Lee", "Quay", "", ""),
    "## Ann Lee and Bo Ray, Quay": ("Ann Lee and Bo Ray", "Quay", "", ""),
    "## Ana Ruiz y Gil, Quay (Twitter: @ana)": ("Ana Ruiz y Gil", "Quay", "@ana", ""),
    "## Ann Lee: Founder of Quay": ("Ann Lee", "Quay", "", "Founder"),
    "## Ann Lee (CMO, Quay)": ("Ann Lee", "Quay", "", "CMO"),
    "## Ann Lee, CMO (Quay)": ("Ann Lee", "Quay", "", "CMO"),
    "## Ann Lee, Quay (UK)": ("Ann Lee", "Quay (UK)", "", ""),
    "## Ann Lee at Quay": ("Ann Lee", "Quay", "", ""),
    "## Ann Lee, Johnson & Sons, Inc.": ("Ann Lee", "Johnson & Sons, Inc.", "", ""),
    "## Ann Lee, monday.com": ("Ann Lee", "monday.com", "", ""),
    "## Ann Lee, Quay @ann": ("Ann Lee", "Quay", "@ann", ""),
    "## Ann Lee, Quay ([LinkedIn](https://x.example))": ("Ann Lee", "Quay", "", ""),
    "## Léa d’Arc, directrice marketing chez Quay": (
        *("Léa d’Arc", "Quay", "", "directrice marketing"),
    ),
    "## Uwe Groß, Vertriebsleiter bei Quay": ("Uwe Groß", "Quay", "", "Vertriebsleiter"),
    "## Inés Peña, Directora de Marketing en Quay": (
        *("Inés Peña", "Quay", "", "Directora de Marketing"),
    ),
    "## Иван Петров, директор, Газпром": ("Иван Петров", "Газпром", "", "директор"),
    "## 山田太郎、株式会社ひかり": ("山田太郎", "株式会社ひかり", "", ""),
    "## アンナ・シュミット（トヨタ）": ("アンナ・シュミット", "トヨタ", "", ""),
    "## محمد علي، الجزيرة": ("محمد علي", "الجزيرة", "", ""),
}


@pytest.mark.parametrize(("title", "expected"), FORMS.items(), ids=FORMS)
def test_forms(title: str, expected: tuple[str, str, str, str]) -> None:
    found = people(OTHERS + title + "\n\nSaid.\n\n## Conclusion\n\nEnd.\n")
    name, organisation, handle, role = expected
    assert len(found) == 3
    assert found[2][1:4] == (name, organisation, handle)
    assert found[2][4] == [role] * bool(role)


NONE = {
    "lone": "## Plan ahead, measure later\n\nX.\n",
    "lone in capitals": "## Plan Ahead, Measure Later\n\nX.\n",
    "lone that may be a person": "## Fay Hill, Zeta\n\nX.\n",
    "several in capitals": "## Plan Ahead, Measure Later\n\nX.\n\n## Start Small, Scale Fast\n",
    "words of the article": "## Curious Minds, Brave Hearts\n\nBe curious: brave hearts and minds."
    "\n\n## Brave Minds, Curious Hearts\n\nX.\n",
    "few of many": "".join(f"## How to do {n}\n\nX.\n\n" for n in range(9))
    + "## Fay Hill, Zeta\n\nX.\n\n## How\n\nX.\n\n## Cy Dow, Gamma\n\nX.\n",
    "changes": "## 1.2.0 - 2020-01-01\n\n### Added\n\nX.\n\n## 1.1.0 - 2019-01-01\n\nX.\n",
    "code": "## `Ann Lee`, `Acme` (@ann)\n\nX.\n".replace(" (@ann)", ""),
    "sentence": "## Ann Lee: Focus on quality\n\nX.\n\n## Bo Ray: Listen to people\n\nX.\n",
    "Chinese terms": "## 超文本传输协议 (HTTP)\n\nX.\n\n## 传输控制协议 (TCP)\n\nX.\n",
    "Chinese chapters": "## 十一、复制\n\nX.\n\n## 十二、分片\n\nX.\n",
    "Chinese sentences": "## 亲自尝试 - 构建一个新的组件\n\nX.\n\n## 亲自学习 - 新的页面\n\nX.\n",
    "Korean sentences": "## 직접 시도해 보기 - 새로운\n\nX.\n\n## 직접 시도해 보기 - 페이지\n",
    "acronyms": "## Ringo Buzz Bell (RBB)\n\nX.\n\n## Dialo Tone Carrier (DTC)\n\nX.\n",
    "codes": "## Bobby Tables (CWE-89)\n\nX.\n\n## Heart Bleed (CVE-2014-0160)\n\nX.\n",
    "prices": "## Silver Member - $500/month\n\nX.\n\n## Gold Member - $700/month\n\nX.\n",
    "byline": "# Title\n\nAnn Lee (@ann)\n\nText.\n",
    "quoted": "> ## Ann Lee, Acme (@ann)\n\n- ## Ann Lee, Acme (@ann)\n",
    "refused": "## Ann Lee, Acme (@ann) {.no-expert}\n\nX.\n",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_titles_that_name_nobody(text: str) -> None:
    assert people(text) == []


def test_experts_among_other_headings() -> None:
    text = (
        "## Why we asked\n\nX.\n\n" + OTHERS + "## Key Takeaways\n\nX.\n\n## Conclusion\n\nX.\n\n"
        "## About the author\n\nX.\n"
    )
    assert [p[1] for p in people(text)] == ["Nora Bell", "Omar Reed"]


def test_experts_in_parts() -> None:
    text = (
        "## Sales\n\nA.\n\n### Nora Bell, Tarn\n\nB.\n\n#### Why\n\nC.\n\n### Omar Reed, Quay\n\nD."
        "\n\n## Design\n\nE.\n\n### Ann Lee, Acme\n\nF.\n\n### Conclusion\n\nG.\n"
    )
    article = read_article(text.encode(), "en.md")
    assert [(s.context, s.text) for s in article.segments] == [
        ("sales", "Sales"),
        ("sales", "A."),
        ("nora-bell", "B."),
        ("nora-bell", "Why"),
        ("nora-bell", "C."),
        ("omar-reed", "D."),
        ("design", "Design"),
        ("design", "E."),
        ("ann-lee", "F."),
        ("conclusion", "Conclusion"),
        ("conclusion", "G."),
    ]


def test_a_larger_heading_ends_what_an_expert_says() -> None:
    text = "#### Nora Bell, Tarn\n\nA.\n\n#### Omar Reed, Quay\n\nB.\n\n### End\n\nC.\n"
    article = read_article(text.encode(), "en.md")
    assert [(s.context, s.text) for s in article.segments][-2:] == [
        ("introduction", "End"),
        ("introduction", "C."),
    ]


def test_a_name_alone_between_experts() -> None:
    text = "## Nora Bell, Tarn\n\nA.\n\n## {}\n\nB.\n\n## Omar Reed, Quay\n\nC.\n"
    assert [p[1] for p in people(text.format("Ann Lee"))] == ["Nora Bell", "Ann Lee", "Omar Reed"]
    for other in ("Bonus Tip", "Takeaways", "What we learnt", "Social Media"):
        assert [p[1] for p in people(text.format(other))] == ["Nora Bell", "Omar Reed"]
    assert len(people(text.format("Ann Lee") + "\n## Ben Cole\n\nD.\n")) == 3


def test_three_names_alone_between_experts_are_too_many() -> None:
    text = OTHERS + "".join(f"## {n} Lee\n\nX.\n\n" for n in ("Ann", "Bob", "Cy")) + OTHERS
    assert [p[1] for p in people(text)] == ["Nora Bell", "Omar Reed", "Nora Bell", "Omar Reed"]


def test_three_experts_in_a_row_among_many_headings() -> None:
    text = "".join(f"## How to do {n}\n\nX.\n\n" for n in range(5))
    three = text + OTHERS + "## Ann Lee, Acme\n\nX.\n"
    assert [p[1] for p in people(three)] == ["Nora Bell", "Omar Reed", "Ann Lee"]


def test_bold_lines_and_plain_ones() -> None:
    text = "**Nora Bell, Tarn**\n\nA.\n\n**Omar Reed, Quay**\n\nB.\n\n## End\n\nC.\n"
    assert [p[0] for p in people(text)] == ["nora-bell", "omar-reed"]
    assert [p[0] for p in people(text.replace("**", ""))] == []
    plain = "Nora Bell, Tarn (@nora)\n\nA.\n\nOmar Reed, Quay (@omar)\n\nB.\n"
    assert [p[0] for p in people(plain)] == ["nora-bell", "omar-reed"]


def test_unknown_roles_stand_where_the_others_have_theirs() -> None:
    text = OTHERS.replace(", Tarn", ", CMO, Tarn") + "## Ann Lee, Chief of Joy, Acme\n\nA.\n\n"
    text += "## Bo Ray, Light Bringer, Beta\n\nB.\n"
    assert people(text)[-1] == ("bo-ray", "Bo Ray", "Beta", "", ["Light Bringer"])


def test_what_follows_an_organisation_is_no_role_where_nobody_has_one() -> None:
    text = OTHERS + "## Ann Lee, Acme, London\n\nA.\n\n## Bo Ray, CMO, Beta\n\nB.\n\n"
    text += "## Cy Dow, Gamma, Paris\n\nA.\n"
    assert [p[2] for p in people(text)][2:] == ["Acme, London", "Beta", "Gamma, Paris"]


def test_contexts_are_those_of_earlier_releases_but_for_the_number() -> None:
    def slug(title: str) -> str:
        return people(f"## {title}\n\nX.\n")[0][0]

    assert slug("Ann Lee, Acme (@ann)") == "ann-lee"
    assert slug("1. Ann Lee, Acme (@ann)") == "ann-lee"
    assert slug("50 Cent, G-Unit (@fifty)") == "50-cent"
    assert slug("Dr. Gil Ives, PhD, Eta (@gil)") == "dr-gil-ives"
    assert slug("Ann Lee – CMO, Lumen (@ann)") == "ann-lee-cmo"
    assert slug("Ann Lee – Acme {.expert}") == "ann-lee-acme"
    assert slug("Ann Lee, Acme (@ann) {#me}") == "me"
    assert slug("Views, tips (@all)") == "views"


@pytest.mark.parametrize(("handle", "other"), [(" (@ann)", " (@bo)"), ("", "")])
def test_reviews_stay_when_the_number_leaves_the_context(handle: str, other: str) -> None:
    text = f"## 1. Ann Lee, Acme{handle}\n\nOne.\n\n## 2. Bo Ray, Beta{other}\n\nOne.\n"
    template = extract(read_article(text.encode(), "en.md"), "a")
    old = tuple(
        unit._replace(
            context=f"{n}-{unit.context}",
            notes=tuple(f"{n}. {note}" for note in unit.notes),
            target=f"Un {n}.",
            state=State.REVIEWED,
        )
        for n, unit in enumerate(template.units, 1)
    )
    merged = merge(Catalog("a", "fr", old), template)
    assert [(u.context, u.target, u.state) for u in merged.units] == [
        ("ann-lee", "Un 1.", State.REVIEWED),
        ("bo-ray", "Un 2.", State.REVIEWED),
    ]


def test_notes_carry_the_speaker_without_the_role() -> None:
    template = extract(read_article(b"## Ann Lee, CMO at Acme (@ann)\n\nOne.\n", "en.md"), "a")
    assert [(u.context, u.source, u.notes) for u in template.units] == [
        ("ann-lee", "CMO", ("Ann Lee, Acme, @ann (job title)",)),
        ("ann-lee", "One.", ("Ann Lee, Acme, @ann (paragraph)",)),
    ]


@pytest.mark.parametrize(
    ("title", "built"),
    [
        ("## Ann Lee, CMO at Acme (@ann)", "## Ann Lee, DM, Acme (@ann)"),
        ("## Ann Lee – CMO, Acme", "## Ann Lee – DM, Acme"),
        ("## Ann Lee, fondatrice d’Acme", "## Ann Lee, DM, Acme"),
        ("## Ann Lee (@ann) – CMO", "## Ann Lee (@ann) – DM"),
    ],
)
def test_a_translated_role(title: str, built: str) -> None:
    article = read_article(f"{title} {{.expert}}\n\nOne.\n".encode(), "en.md")
    page = rebuild(article, {0: "DM"})
    assert page.decode() == f"{built} {{.expert}}\n\nOne.\n"


def test_a_translated_role_that_has_its_own_connector() -> None:
    article = read_article(b"## Ann Lee, CMO at Acme (@ann)\n\nOne.\n", "en.md")
    page = rebuild(article, {0: "directrice chez"})
    assert page == b"## Ann Lee, directrice chez Acme (@ann)\n\nOne.\n"


def test_a_pattern_of_ones_own_decides_alone() -> None:
    rules = ReadingRules(expert=re.compile(r"Q: (?P<name>.+)"))
    article = read_article(b"## Q: Ann Lee\n\n## Bo Ray, Beta (@bo)\n", "en.md", rules)
    assert article.terms == ("Ann Lee",)


def test_a_name_is_protected_without_its_titles_too() -> None:
    article = read_article(b"## Prof. Dr. Gil Ives, PhD, Eta (@gil)\n\nOne.\n", "en.md")
    assert article.terms == ("Prof. Dr. Gil Ives", "Gil Ives", "Eta", "@gil")
    assert [bare_name(n) for n in ("Dr. Ives", "Gil Ives", "Gil Ives MBA")] == ["", "", "Gil Ives"]


def test_numbers_in_front() -> None:
    numbered = ["1. A", "1) A", "#1 – A", "(3) A", "№ 2: A", "1 | A", "01 - A", "No. 4: A"]
    assert {without_number(text) for text in numbered} == {"A"}
    assert [without_number(text) for text in ("50 Cent", "3M", "1. 2", "A 1.")] == [
        *("50 Cent", "3M", "1. 2", "A 1."),
    ]


def test_a_connector_is_only_before_a_firm() -> None:
    assert connector_end(b"CMO at Acme", 3) == 7
    assert connector_end(b"CMO, Acme", 3) == 3
    assert given_expert("`x`", Expert("1. x")) == Expert("x")


NAMES = {
    "en": "Prof. Alan Whitcombe|Dr Sara O'Neill|Piet van der Berg|J. K. Harlow|Robert Downing Jr."
    "|Mark Long|Grace Hill|Will Young|Rose Price|Ravi K. Menon|Bo Li|Omar bin Saleh|Łukasz Żak",
    "fr": "Hélène Dupré|François-Xavier Lemoine|Chloé d’Aubigny|Pierre de la Tour|Loïc Le Goff"
    "|Benoît du Pré|Claire Fontaine",
    "es": "María José García|José Luis Zapatero|Dra. Lucía Peña|Íñigo de Loyola|Begoña del Río"
    "|Ángel Muñoz y Ruiz",
    "de": "Jürgen Groß|Prof. Dr. Anke Müller|Karl-Heinz Schäfer|Friedrich von und zu Berg"
    "|Annegret zur Linden|Max Bäcker",
}
FIRMS = {
    "en": "Brio Coffee|Johnson & Sons, Inc.|3M|monday.com|AT&T|Bank of the West|Acme (UK)",
    "fr": "Crédit du Nord|La Poste|L’Oréal|Ville de Lyon|SNCF",
    "es": "Banco del Sur|El País|Universidad de Granada",
    "de": "Deutsche Bahn|Müller & Söhne GmbH|Universität zu Köln",
}
ROLES = {
    "en": "CMO|Marketing Director|Head of Growth|Founder & CEO|Professor of Economics|Baker",
    "fr": "Directrice marketing|Responsable des réseaux sociaux|Rédactrice en chef|Fondateur",
    "es": "Directora de Marketing|Jefe de Comunicación|Consultora SEO",
    "de": "Marketingleiterin|Geschäftsführer|Leiter Kommunikation",
}
AT = {"en": "at", "fr": "chez", "es": "en", "de": "bei"}
SHAPES = (
    "{name}, {firm}",
    "{n}. {name}, {role} {at} {firm}",
    "{name} – {role}, {firm}",
    "[{name}](https://x.example/{n}), {firm}",
    "{name} (@h{n}), {firm}",
    "{name}, {firm} ([@h{n}](https://x.example))",
    "{name}, {firm} (https://x{n}.example)",
    "{name}, PhD, {firm} (@h{n})",
    "{name} — {firm}",
    "{name}, {role}, {firm} (@h{n})",
    "{name} | {role}",
    "#{n} – {name}, {firm}",
    "**{name}**, {firm}",
)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("level", ["##", "###"])
def test_lists_of_experts(shape: str, language: str, level: str) -> None:
    """Of these 832 titles each is recognised, with all its parts, and nothing else is."""
    names, firms, roles = (table[language].split("|") for table in (NAMES, FIRMS, ROLES))
    lines = ["## Why we asked", "We asked.", "## Answers", "They said:"]
    expected = []
    for n, name in enumerate(names, 1):
        firm, role = firms[n % len(firms)], roles[n % len(roles)]
        title = shape.format(n=n, name=name, firm=firm, role=role, at=AT[language])
        lines += [f"{level} {title}", "I read every morning.", f"{level}# In practice", "I do."]
        known = firm if "{firm}" in shape else ""
        expected.append((name, known, [role] if "{role}" in shape else []))
    lines += [f"{level} Conclusion", "End.", f"{level} About the author", "Words."]
    found = people("\n\n".join(lines))
    assert [(name, firm, roles) for _, name, firm, _, roles in found] == expected
