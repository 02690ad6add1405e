"""Formulas, and prose and prices that look like them."""

from __future__ import annotations

import pytest

from pipeline.markdown.dialects.math import Formulas, is_formula


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^2", True),
        ("\\alpha", True),
        ("a < b", True),
        ("x", False),
        ("x_1 is what was there before", False),
    ],
)
def test_formula(text: str, expected: bool) -> None:
    assert is_formula(text) is expected
    assert Formulas(text).between_brackets(0, len(text)) is expected


IN_DOLLARS = {
    "$x$": True,
    "$x_1 * y$": True,
    "$5$": True,
    "$5, $": False,
    "$ x$": False,
    "$x $": False,
    "$HOME/a:$": True,
    "US$ 3 or $": False,
    "${HOME}$": False,
    "$x$y": False,
    "$a\nb$": False,
    "$\\frac\nb$": True,
    "$some words that stand here$": False,
}


@pytest.mark.parametrize(("text", "expected"), IN_DOLLARS.items(), ids=IN_DOLLARS)
def test_between_dollars(text: str, expected: bool) -> None:
    start = text.index("$") + 1
    assert Formulas(text).between_dollars(start, text.index("$", start)) is expected
