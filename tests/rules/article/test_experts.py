"""Handles, headings that resemble an expert's name, and quotations without an end."""

from __future__ import annotations

import pytest

from pipeline.article.reading import read_article
from pipeline.rules.article.rules import check_article
from tests.rules.article.checking import ADA, ALAN, TAIL, findings

BAD = {
    "space in a handle": (ADA.replace("@ada", "@Oh là"), [("AR101", 1, "@Oh là")]),
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
    "no brackets": (
        "## Ada Byron, Engine Ltd @ada" + TAIL,
        [("AR106", 1, "Ada Byron, Engine Ltd @ada")],
    ),
    "one bracket": (
        "## Ada Byron, Engine Ltd (@ada" + TAIL,
        [("AR106", 1, "Ada Byron, Engine Ltd (@ada")],
    ),
    "no @": (
        ALAN + "\n## Ada Byron, Engine Ltd (adabyron)" + TAIL,
        [("AR106", 5, "Ada Byron, Engine Ltd (adabyron)")],
    ),
    "English quotation": (ADA.replace("Words.", "“One.\n\n“Two."), [("AR109", 3, "“")]),
    "French quotation": (ADA.replace("Words.", "« Un « deux ».\n\nTrois."), [("AR109", 3, "«")]),
    "German quotation": (ADA.replace("Words.", "„Eins."), [("AR109", 3, "„")]),
}


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_bad(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert findings(text) == expected


GOOD = {
    "wide brackets": "## Ada Byron, Engine Ltd（@ada）" + TAIL,
    "dash for a comma": "## Ada Byron – Engine Ltd (@ada)" + TAIL,
    "no organisation": "## Ada Byron (@ada)" + TAIL,
    "expert of another level": ALAN + "\n### Ada Byron, Engine Ltd (@ada)" + TAIL,
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
    "handle in a heading": "## What we learn from @nasa\n\nWords.\n\n## Ask @ada" + TAIL,
    "brackets in a heading": ADA
    + "\n## Tools, tips (free)\n\nWords.\n\n## Paris, France (2024)"
    + TAIL,
    "quotation over paragraphs": ADA.replace("Words.", "“One.\n\n“Two ‘x’.\n\n“Three.”"),
    "quotation with a note": ADA.replace("Words.", "“One “two.”[^1]\n\n[^1]: Note"),
    "French quotation": ADA.replace("Words.", "« Un.\n\nDeux « x ».\n\nTrois. »"),
    "German quotation": ADA.replace("Words.", "„Eins.“"),
    "no quotation": ADA.replace("Words.", "She said: “so.”"),
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_good(text: str) -> None:
    assert findings(text) == []


def test_a_handle_that_is_a_term_is_left_alone() -> None:
    text = ADA.replace("@ada", "@Oh là")
    assert findings(text, terms=("@Oh là",)) == []


@pytest.mark.parametrize(
    "heading",
    ["Ada Byron, Engine Ltd @ada", "Ada Byron - Engine Ltd @ada", "Ada Byron, Engine Ltd [@ada]"],
)
def test_the_heading_that_was_meant_is_suggested(heading: str) -> None:
    data = f"## {heading}\n\nWords.\n".encode()
    [(problem, _)] = check_article(read_article(data, "en.md"))
    assert problem.suggestions == ("Ada Byron, Engine Ltd (@ada)",)


MESSAGES = {
    "space": (
        ADA.replace("@ada", "@Oh là"),
        "'@Oh là' is not a valid handle: it contains a space",
    ),
    "exclamation mark": (
        ADA.replace("@ada", "@ada!"),
        "'@ada!' is not a valid handle: it contains characters that no service allows",
    ),
    "two experts": (
        ADA + "\n" + ALAN.replace("@alan", "@Ada"),
        "duplicate '@Ada' (first in the heading on line 1)",
    ),
    "no brackets": (
        "## Ada Byron, Engine Ltd @ada" + TAIL,
        "heading does not open an expert's section: the handle is not in round brackets;"
        " expected 'Ada Byron, Engine Ltd (@ada)'",
    ),
    "no @": (
        ALAN + "\n## Ada Byron, Engine Ltd (adabyron)" + TAIL,
        "heading of an expert: the handle has no @; expected 'Ada Byron, Engine Ltd (@adabyron)'",
    ),
    "quotation": (
        ADA.replace("Words.", "„Eins."),
        "quotation that begins with „ is never closed: add its closing mark",
    ),
}


@pytest.mark.parametrize(("text", "message"), MESSAGES.values(), ids=MESSAGES)
def test_messages(text: str, message: str) -> None:
    [(problem, _)] = check_article(read_article(text.encode(), "en.md"))
    assert problem.message == message
