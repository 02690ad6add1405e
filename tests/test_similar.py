"""How alike strings are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.similar import best, nearest, one_slip, ratio


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("", "", 1.0), ("a", "", 0.0), ("abcd", "abcd", 1.0), ("abcd", "abxd", 0.75), ("a", "b", 0)],
)
def test_ratio(a: str, b: str, expected: float) -> None:
    assert ratio(a, b) == pytest.approx(expected)


@given(st.text(), st.text())
def test_ratio_is_a_share_and_has_no_direction(a: str, b: str) -> None:
    assert 0 <= ratio(a, b) <= 1
    assert ratio(a, b) == ratio(b, a)
    assert (ratio(a, b) == 1) == (a == b)


@pytest.mark.parametrize(
    ("word", "candidates", "cutoff", "expected"),
    [
        ("mrege", ["extract", "merge"], 0.5, "merge"),
        ("mrege", ["extract", "merge"], 0.9, None),
        ("ab", ["xb", "ax"], 0.5, "xb"),
        ("ab", [], 0.0, None),
        ("", ["a"], 0.5, None),
        ("Merge", ["merge"], 1.0, None),
    ],
)
def test_nearest(word: str, candidates: list[str], cutoff: float, expected: str | None) -> None:
    assert nearest(word, candidates, cutoff) == expected
    assert nearest(word, iter(candidates), cutoff) == expected


@given(st.text(min_size=1), st.lists(st.text(min_size=1)), st.floats(0, 1))
def test_best_is_the_highest_ratio_above_the_cutoff(
    text: str, candidates: list[str], cutoff: float
) -> None:
    found = best(text, candidates, cutoff)
    scores = [ratio(text, candidate) for candidate in candidates]
    if found:
        assert found[1] == pytest.approx(max(scores))
        assert candidates.index(found[0]) == scores.index(max(scores))
        assert found[1] >= cutoff - 1e-9
    else:
        assert all(score <= cutoff + 1e-9 for score in scores)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("word", "wrd", True),
        ("word", "words", True),
        ("word", "ward", True),
        ("word", "wrod", True),
        ("word", "word", False),
        ("word", "wad", False),
    ],
)
def test_one_slip(one: str, other: str, expected: bool) -> None:
    assert one_slip(one, other) is expected
