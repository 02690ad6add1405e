"""Words of a document and of its Markdown."""

from __future__ import annotations

import pytest

from pipeline.importers.word_check import count_words, differing_words, shown_text


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a *b* [c](d)", "a b c"),
        ("![a](b) c", "a  c"),
        ("a[^1]\n\n[^1]: b", "a b"),
        ("`<a>`", "<a>"),
    ],
)
def test_the_shown_text(markdown: str, expected: str) -> None:
    assert shown_text(markdown).split() == expected.split()


def test_differing_words() -> None:
    assert differing_words(["a b", "b c"], "a **b** d\n") == (["b", "c"], ["d"])
    assert differing_words(["a b"], "1. a b\n") == ([], [])


def test_signs_are_no_words() -> None:
    assert count_words("l’eau __ 3,5 % _a_") == {"l": 1, "eau": 1, "3": 1, "5": 1, "_a_": 1}
