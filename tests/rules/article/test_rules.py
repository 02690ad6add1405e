"""AR: what is wrong with an article before anybody translates it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given

from pipeline.article.reading import read_article
from pipeline.findings import Problem, Severity
from pipeline.rules.article.rules import RULES, check_article
from tests.strategies import articles

ROOT = Path(__file__).parents[3]
HEAD = "---\ntitle: {}\n---\n\n"
ADA = "## Ada Byron, Engine Ltd (@ada)\n\nWords.\n"
ALAN = "## Alan Mathison, Bletchley (@alan)\n\nWords.\n"
MINE = "## And finally, my take\n\nWords.\n"
TAIL = "\n\nWords.\n"


def found(text: str, locale: str = "en", terms: tuple[str, ...] = ()) -> list[tuple[str, int, str]]:
    """Give code, line and the marked words of each finding."""
    data = text.encode("utf-8")
    return [
        (problem.code, place.line, marked(text, place.line, place.column, place.end_column))
        for problem, place in check_article(read_article(data, "en.md"), terms, locale)
    ]


def marked(text: str, line: int, start: int, end: int) -> str:
    return text.split("\n")[line - 1][start - 1 : end - 1]


def problems(path: str) -> list[tuple[Problem, int]]:
    data = (ROOT / path).read_bytes()
    return [(problem, place.line) for problem, place in check_article(read_article(data, path))]


@pytest.mark.parametrize("code", RULES)
def test_examples(code: str) -> None:
    rule = RULES[code]
    assert {one[0] for one in found(rule.bad.text, rule.bad.locale)} == {code}
    assert found(rule.good.text, rule.good.locale) == []


BAD = {
    "blank in a handle": (ADA.replace("@ada", "@Oh là"), [("AR101", 1, "@Oh là")]),
    "handle of other signs": (ADA.replace("@ada", "@ada!"), [("AR101", 1, "@ada!")]),
    "only an @": (ADA.replace("@ada", "@"), [("AR101", 1, "@")]),
    "long handle": (ADA.replace("ada)", "a" * 31 + ")"), [("AR101", 1, "@" + "a" * 31)]),
    "two have one handle": (
        ADA + "\n" + ALAN.replace("@alan", "@Ada"),
        [("AR101", 5, "@Ada")],
    ),
    "one speaks twice": (
        ADA + "\n" + ADA.replace("@ada", "@ada2"),
        [("AR104", 5, "Ada Byron")],
    ),
    "headline with a digit": (HEAD.format("6 experts") + ADA, [("AR102", 2, "6")]),
    "headline with words between": (
        HEAD.format("What Six social media experts say") + ADA + "\n" + MINE,
        [("AR102", 2, "Six")],
    ),
    "too many experts": (HEAD.format("Three leaders") + 4 * ADA, None),
    "headline as a heading": ("# Two voices\n\n" + ADA, [("AR102", 1, "Two")]),
    "joined number": (HEAD.format("Twenty-one experts") + ADA, [("AR102", 2, "Twenty-one")]),
    "caption after a picture": (
        "![A](a.png)\nA caption\n",
        [("AR103", 2, "A caption")],
    ),
    "caption after Windows line ends": (
        "![A](a.png)\r\nA caption\r\n",
        [("AR103", 2, "A caption")],
    ),
    "headline with a site": (
        HEAD.format("Six “ways” to go") + "Six ways to go | The Site\n",
        [("AR103", 5, " | The Site")],
    ),
    "id twice": (
        "## A {#x}" + TAIL + "\n## B {#x}" + TAIL,
        [("AR104", 5, "B")],
    ),
    "one heading twice": (ADA + "\n" + ADA, [("AR104", 5, "Ada Byron, Engine Ltd (@ada)")]),
    "title and id twice": (
        "## A {#x}" + TAIL + "\n## A {#x}" + TAIL,
        [("AR104", 5, "A")],
    ),
    "title twice": ("## Tools" + TAIL + "\n## tools" + TAIL, [("AR104", 5, "tools")]),
    "level left out": ("## A" + TAIL + "\n#### B" + TAIL, [("AR105", 5, "B")]),
    "begins too deep": ("### A" + TAIL, [("AR105", 1, "A")]),
    "level 1 in the middle": ("## A" + TAIL + "\n# B" + TAIL, [("AR105", 5, "B")]),
    "level 1 twice": ("# A" + TAIL + "\n# B" + TAIL, [("AR105", 5, "B")]),
    "no brackets": (
        "## Ada Byron, Engine Ltd @ada" + TAIL,
        [("AR106", 1, "Ada Byron, Engine Ltd @ada")],
    ),
    "one bracket": (
        "## Ada Byron, Engine Ltd (@ada" + TAIL,
        [("AR106", 1, "Ada Byron, Engine Ltd (@ada")],
    ),
    "wide brackets": (
        "## Ada Byron, Engine Ltd（@ada）" + TAIL,
        [("AR106", 1, "Ada Byron, Engine Ltd（@ada）")],
    ),
    "dash for a comma": (
        "## Ada Byron – Engine Ltd (@ada)" + TAIL,
        [("AR106", 1, "Ada Byron – Engine Ltd (@ada)")],
    ),
    "no organisation": ("## Ada Byron (@ada)" + TAIL, [("AR106", 1, "Ada Byron (@ada)")]),
    "no @": (
        ALAN + "\n## Ada Byron, Engine Ltd (adabyron)" + TAIL,
        [("AR106", 5, "Ada Byron, Engine Ltd (adabyron)")],
    ),
    "expert of another level": (
        ALAN + "\n### Ada Byron, Engine Ltd (@ada)" + TAIL,
        [("AR106", 5, "Ada Byron, Engine Ltd (@ada)")],
    ),
    "empty section": ("## A\n\n## B" + TAIL, [("AR107", 1, "A")]),
    "empty last section": ("## A" + TAIL + "\n## B\n\n<!-- later\nmore -->\n", [("AR107", 5, "B")]),
    "heading without words": ("## A" + TAIL + "\n##\n\nWords.\n", [("AR107", 5, "")]),
    "link to nowhere": ("See [it *now*]().\n", [("AR108", 1, "[it *now*]()")]),
    "link to nowhere in a quote": ("> See\n> [it]() é\n", [("AR108", 2, "[it]()")]),
    "label of nothing": ("See [it][one].\n", [("AR108", 1, "[it][one]")]),
    "picture without a text": ("![](a.png)\n", [("AR108", 1, "![](a.png)")]),
    "picture of nothing": ("![A picture]()\n", [("AR108", 1, "![A picture]()")]),
    "English quotation": (ADA.replace("Words.", "“One.\n\n“Two."), [("AR109", 3, "“")]),
    "French quotation": (ADA.replace("Words.", "« Un « deux ».\n\nTrois."), [("AR109", 3, "«")]),
    "German quotation": (ADA.replace("Words.", "„Eins."), [("AR109", 3, "„")]),
}


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_bad(text: str, expected: list[tuple[str, int, str]] | None) -> None:
    if expected is None:
        assert ("AR102", 2, "Three") in found(text)
    else:
        assert found(text) == expected


GOOD = {
    "nothing": "",
    "experts": ADA + "\n" + ALAN,
    "expert without a handle": "## Ada Byron, Engine Ltd {.expert}" + TAIL,
    "two experts without handles": "## Ada B, X {.expert}"
    + TAIL
    + "\n## Alan M, X {.expert}"
    + TAIL,
    "handles of several services": "".join(
        f"## A{n} B, C (@{handle})\n\nWords.\n\n"
        for n, handle in enumerate(
            [
                "a_b_",
                "a.b",
                "a·b",
                "añil",
                "a@mastodon.social",
                "a-long-name.of-a-domain.bsky.social",
            ]
        )
    ),
    "as many as promised": HEAD.format("Two experts on engines") + ADA + "\n" + ALAN,
    "the author is one": HEAD.format("Two experts on engines") + ADA + "\n" + MINE,
    "the author's id": HEAD.format("Two experts") + ADA + "\n## At last {#author}" + TAIL,
    "the author is not one": HEAD.format("1 expert, and me") + ADA + "\n" + MINE,
    "no experts": HEAD.format("Six experts on engines") + MINE,
    "number of other things": HEAD.format("Six ways people fail, by experts") + ADA,
    "tips by experts": HEAD.format("10 tips from experts") + ADA,
    "share of people": HEAD.format("Two in three people") + ADA,
    "year": HEAD.format("2024 experts") + ADA,
    "at least": HEAD.format("More than 20 experts") + ADA,
    "part of a number": HEAD.format("1,500 experts") + ADA,
    "first number counts": HEAD.format("In 3 steps, 6 experts") + ADA,
    "picture in a sentence": "![A](a.png) in a\nsentence.\n",
    "caption after a hard break": "![A](a.png)  \nA caption\n\n![B](b.png)\\\nB caption\n",
    "gallery": "![A](a.png)\n![B](b.png)\n",
    "bar in a text": HEAD.format("A headline") + "Another text | The Site\n",
    "small headings alike": "## A\n\n### X" + TAIL + "\n## B\n\n### X" + TAIL,
    "levels up and down": "# T\n\n## A\n\n### B" + TAIL + "\n## C" + TAIL,
    "heading in a quote": "## A\n\n> #### B\n>\n> Words.\n",
    "handle in a heading": "## What we learn from @nasa\n\nWords.\n\n## Ask @ada" + TAIL,
    "brackets in a heading": ADA
    + "\n## Tools, tips (free)\n\nWords.\n\n## Paris, France (2024)"
    + TAIL,
    "section of a list": "## A\n\n- one\n",
    "section of a table": "## A\n\n| a |\n|---|\n| b |\n",
    "section of code": "## A\n\n```\ncode\n```\n",
    "section of HTML": "## A\n\n<!-- c --><b>x</b>\n",
    "links": "[a](b) [c][d] [d] [e][] <https://f.g> [#](#)\n\n[d]: x\n[e]: y\n",
    "no links": "a[0][1], `[a][b]`, \\[a][b], [x], [ ] and [^1][^2]\n",
    "code": "```\n[a]()\n![](b)\n```\n",
    "quotation over paragraphs": ADA.replace("Words.", "“One.\n\n“Two ‘x’.\n\n“Three.”"),
    "quotation with a note": ADA.replace("Words.", "“One “two.”[^1]\n\n[^1]: Note"),
    "French quotation": ADA.replace("Words.", "« Un.\n\nDeux « x ».\n\nTrois. »"),
    "German quotation": ADA.replace("Words.", "„Eins.“"),
    "no quotation": ADA.replace("Words.", "She said: “so.”"),
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_good(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("locale", "title"),
    [
        ("fr", "6 experts sociaux"),
        ("fr_CA", "Les conseils de vingt-deux grands experts"),
        ("es", "Seis especialistas en redes"),
        ("de", "Sechs führende Social-Media-Experten"),
        ("it", "Sei esperti"),
        ("pt_BR", "Duas especialistas"),
    ],
)
def test_headlines_of_languages(locale: str, title: str) -> None:
    assert [one[0] for one in found(HEAD.format(title) + ADA, locale)] == ["AR102"]


@pytest.mark.parametrize(
    ("locale", "title"),
    [
        ("fr", "6 conseils d’experts"),
        ("fr", "Plus de 20 experts"),
        ("es", "Once upon a time, experts"),
        ("es", "10 consejos de expertos"),
        ("de", "10 Tipps von Experten"),
        ("it", "10 consigli degli esperti"),
        ("ja", "6 experts"),
    ],
)
def test_headlines_that_promise_nothing(locale: str, title: str) -> None:
    assert found(HEAD.format(title) + ADA, locale) == []


def test_the_language_of_the_front_matter_counts() -> None:
    text = HEAD.format("Seis expertos\nlanguage: es") + ADA
    assert found(text, "") == [("AR102", 2, "Seis")]


def test_a_handle_that_is_a_term_is_left_alone() -> None:
    text = ADA.replace("@ada", "@Oh là")
    assert found(text, terms=("@Oh là",)) == []


@pytest.mark.parametrize(
    "heading",
    ["Ada Byron, Engine Ltd @ada", "Ada Byron - Engine Ltd (@ada)", "Ada Byron, Engine Ltd [@ada]"],
)
def test_the_heading_that_was_meant_is_suggested(heading: str) -> None:
    data = f"## {heading}\n\nWords.\n".encode()
    [(problem, _)] = check_article(read_article(data, "en.md"))
    assert problem.suggestions == ("Ada Byron, Engine Ltd (@ada)",)


def test_the_published_french_text() -> None:
    told = problems("source/six-social-experts/fr.md")
    assert [(p.code, line, p.severity) for p, line in told] == [
        ("AR103", 10, Severity.INFO),
        ("AR101", 26, None),
    ]


def test_the_english_text_has_only_the_caption_of_the_french_one() -> None:
    told = problems("source/six-social-experts/en.md")
    assert [(p.code, line, p.severity) for p, line in told] == [("AR103", 10, Severity.INFO)]


@given(articles)
def test_any_article_can_be_checked(data: bytes) -> None:
    lines = len(re.findall(rb"\r\n|\n|\r", data)) + 1
    for problem, place in check_article(read_article(data, "en.md")):
        assert problem.code in RULES
        assert 1 <= place.line <= place.end_line <= lines


LEFT = {
    "an open comment": ("One.\n\n<!-- note\n\nTwo.\n", [("AR110", 3, "<!--")]),
    "short comments": ("<!-->\n\n<!--->\n\nOne <!-- two --> three.\n", []),
    "a comment in a quotation of code": ("    <!-- note\n\nOne.\n", []),
    "a conflict": (
        "<<<<<<< ours\nOne.\n||||||| old\n=======\nTwo.\n>>>>>>> theirs\n",
        [
            ("AR111", 1, "<<<<<<< ours"),
            ("AR111", 3, "||||||| old"),
            ("AR111", 6, ">>>>>>> theirs"),
        ],
    ),
    "control characters": (
        "One\b.\n\n- Two\x1b[0m\x00.\n\n```\n\x1b\n```\n\n\tThree\x0c\r\n",
        [("AR113", 1, "\b"), ("AR113", 3, "\x1b"), ("AR113", 3, "\0")],
    ),
    "a skip without an end": (
        "One.\n\n<!-- pipeline: skip -->\n\nTwo.\n",
        [("AR112", 3, "<!-- pipeline: skip -->")],
    ),
    "the second of two skips": (
        "<!-- pipeline: skip -->\n\n<!-- pipeline: end -->\n\n> <!--pipeline:skip-->\n\nOne.\n",
        [("AR112", 5, "<!--pipeline:skip-->")],
    ),
    "an end without a skip": (
        "One.\n\n<!-- pipeline: end -->\n",
        [("AR112", 3, "<!-- pipeline: end -->")],
    ),
    "a word that is none": (
        "<!-- pipeline: nota Bene -->\n\nOne.\n",
        [("AR112", 1, "<!-- pipeline: nota Bene -->")],
    ),
    "orders that are obeyed": (
        "<!-- pipeline: skip -->\n\nOne.\n\n<!-- pipeline: end -->\n\n"
        "<!-- pipeline: note Short -->\n\nTwo <!-- pipeline of words -->.\n\n"
        "```\n<!-- pipeline: skip -->\n```\n",
        [],
    ),
    "longer lines and quotes": ("<<<<<<<< a\n\n> > > > > > > a\n\nA <<<<<<< b\n", []),
}


@pytest.mark.parametrize(("text", "expected"), LEFT.values(), ids=LEFT)
def test_what_was_left_by_mistake(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert found(text) == expected


def test_only_a_character_that_loses_text_is_an_error() -> None:
    told = check_article(read_article(b"One\0.\n\nTwo\x08.\n", "en.md"))
    assert [problem.severity for problem, _ in told] == [Severity.ERROR, None]
