"""Number of experts promised by a headline, and site names in it."""

from __future__ import annotations

import pytest

from tests.rules.article.checking import ADA, ALAN, HEAD, MINE, TAIL, findings

BAD = {
    "headline with a digit": (HEAD.format("6 experts") + ADA, [("AR102", 2, "6")]),
    "headline with words between": (
        HEAD.format("What Six social media experts say") + ADA + "\n" + MINE,
        [("AR102", 2, "Six")],
    ),
    "too many experts": (HEAD.format("Three leaders") + 4 * ADA, None),
    "headline as a heading": ("# Two voices\n\n" + ADA, [("AR102", 1, "Two")]),
    "no experts": (HEAD.format("7 CMOs on engines") + MINE, [("AR102", 2, "7")]),
    "joined number": (HEAD.format("Twenty-one experts") + ADA, [("AR102", 2, "Twenty-one")]),
    "headline with a site": (
        HEAD.format("Six “ways” to go") + "Six ways to go | The Site\n",
        [("AR103", 5, " | The Site")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_bad(text: str, expected: list[tuple[str, int, str]] | None) -> None:
    if expected is None:
        assert ("AR102", 2, "Three") in findings(text)
    else:
        assert findings(text) == expected


GOOD = {
    "as many as promised": HEAD.format("Two experts on engines") + ADA + "\n" + ALAN,
    "the author is one": HEAD.format("Two experts on engines") + ADA + "\n" + MINE,
    "the author's id": HEAD.format("Two experts") + ADA + "\n## At last {#author}" + TAIL,
    "the author is not one": HEAD.format("1 expert, and me") + ADA + "\n" + MINE,
    "a story of two people": HEAD.format("Two people in a boat") + MINE,
    "number of other things": HEAD.format("Six ways people fail, by experts") + ADA,
    "tips by experts": HEAD.format("10 tips from experts") + ADA,
    "share of people": HEAD.format("Two in three people") + ADA,
    "year": HEAD.format("2024 experts") + ADA,
    "at least": HEAD.format("More than 20 experts") + ADA,
    "part of a number": HEAD.format("1,500 experts") + ADA,
    "first number counts": HEAD.format("In 3 steps, 6 experts") + ADA,
    "bar in a text": HEAD.format("A headline") + "Another text | The Site\n",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_good(text: str) -> None:
    assert findings(text) == []


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
    assert [one[0] for one in findings(HEAD.format(title) + ADA, locale)] == ["AR102"]


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
    assert findings(HEAD.format(title) + ADA, locale) == []


def test_the_language_of_the_front_matter_counts() -> None:
    text = HEAD.format("Seis expertos\nlanguage: es") + ADA
    assert findings(text, "") == [("AR102", 2, "Seis")]
