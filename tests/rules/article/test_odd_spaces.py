"""Marks of headings and list items without a plain space."""

from __future__ import annotations

from pipeline.article.reading import read_article
from pipeline.rules.article.odd_spaces import check_odd_spaces
from tests.rules.article.checking import findings

TEXT = "---\ntitle: É\n---\n\n##\u00a0Ünë\n\n###Two\n\n-\u202fé\n-\u200b\u00a0b\n"


def test_each_place_is_exact() -> None:
    assert findings(TEXT) == [
        ("AR115", 5, "\u00a0"),
        ("AR115", 7, ""),
        ("AR115", 9, "\u202f"),
        ("AR115", 10, "\u200b\u00a0"),
    ]


def test_the_message_names_what_is_there() -> None:
    problems = [p for p, _ in check_odd_spaces(read_article(TEXT.encode(), "en.md"))]
    assert [(p.suggestions, p.safe) for p in problems] == [((" ",), True)] * 4
    expected = "expected a space behind the mark of this "
    assert problems[0].message.startswith(f"{expected}heading, found U+00A0 (no-break space): ")
    assert problems[1].message.startswith(f"{expected}heading, found nothing: ")
    assert problems[3].message.startswith(f"{expected}list item, found U+200B (zero width space): ")
