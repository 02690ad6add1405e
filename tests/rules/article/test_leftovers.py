"""Unclosed comments, merge conflicts, control characters and wrong control comments."""

from __future__ import annotations

import pytest

from pipeline.article.reading import read_article
from pipeline.findings import Severity
from pipeline.rules.article.rules import check_article
from tests.rules.article.checking import findings

LEFTOVERS = {
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


@pytest.mark.parametrize(("text", "expected"), LEFTOVERS.values(), ids=LEFTOVERS)
def test_what_was_left_by_mistake(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert findings(text) == expected


def test_only_a_character_that_loses_text_is_an_error() -> None:
    problems = check_article(read_article(b"One\0.\n\nTwo\x08.\n", "en.md"))
    assert [problem.severity for problem, _ in problems] == [Severity.ERROR, None]


MESSAGES = {
    "open comment": (
        "One.\n\n<!-- note\n",
        "comment is never closed and hides all that follows: add '-->'",
    ),
    "unknown word": (
        "<!-- pipeline: ignroe X -->\n\nOne.\n",
        "unknown pipeline comment 'ignroe'; did you mean 'ignore'?",
    ),
    "word like none": (
        "<!-- pipeline: xyz -->\n\nOne.\n",
        "unknown pipeline comment 'xyz'; expected one of context, end, ignore, note, skip",
    ),
    "end": (
        "One.\n\n<!-- pipeline: end -->\n",
        "'pipeline: end' without 'pipeline: skip' before it: delete it",
    ),
    "skip": (
        "<!-- pipeline: skip -->\n\nOne.\n",
        "'pipeline: skip' skips all that follows: end it with <!-- pipeline: end -->",
    ),
    "control character": ("One\b.\n", "invisible control character U+0008: delete it"),
}


@pytest.mark.parametrize(("text", "message"), MESSAGES.values(), ids=MESSAGES)
def test_messages(text: str, message: str) -> None:
    [(problem, _)] = check_article(read_article(text.encode(), "en.md"))
    assert problem.message == message
