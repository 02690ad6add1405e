"""Repeated or misordered headings, and empty sections."""

from __future__ import annotations

import pytest

from pipeline.article.reading import read_article
from pipeline.rules.article.rules import check_article
from tests.rules.article.checking import ADA, TAIL, findings

BAD = {
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
    "empty section": ("## A\n\n## B" + TAIL, [("AR107", 1, "A")]),
    "empty last section": ("## A" + TAIL + "\n## B\n\n<!-- later\nmore -->\n", [("AR107", 5, "B")]),
    "heading without words": ("## A" + TAIL + "\n##\n\nWords.\n", [("AR107", 5, "")]),
}


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_bad(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert findings(text) == expected


GOOD = {
    "nothing": "",
    "small headings alike": "## A\n\n### X" + TAIL + "\n## B\n\n### X" + TAIL,
    "levels up and down": "# T\n\n## A\n\n### B" + TAIL + "\n## C" + TAIL,
    "heading in a quote": "## A\n\n> #### B\n>\n> Words.\n",
    "section of a list": "## A\n\n- one\n",
    "section of a table": "## A\n\n| a |\n|---|\n| b |\n",
    "section of code": "## A\n\n```\ncode\n```\n",
    "section of HTML": "## A\n\n<!-- c --><b>x</b>\n",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_good(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("### A" + TAIL, "the first heading has level 3: use level 2"),
        ("## A" + TAIL + "\n#### B" + TAIL, "heading of level 4 after one of level 2: use level 3"),
        ("## A" + TAIL + "\n# B" + TAIL, "heading of level 1 after other headings: use level 2"),
        ("## A\n\n## B" + TAIL, "nothing under 'A': add text or delete the heading"),
        ("##\n\nWords.\n", "heading without text: add text or delete the heading"),
        (
            "## A {#x}" + TAIL + "\n## A {#x}" + TAIL,
            "duplicate title 'A' (first on line 1) and duplicate id 'x' (first on line 1):"
            " change one of them",
        ),
    ],
)
def test_messages_say_what_to_do(text: str, message: str) -> None:
    [(problem, _)] = check_article(read_article(text.encode(), "en.md"))
    assert problem.message == message
