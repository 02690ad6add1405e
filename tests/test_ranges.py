"""Replacing ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ranges import replace_ranges

EDITS: dict[str, tuple[list[tuple[int, int, str]], str]] = {
    "none": ([], "abcdef"),
    "replaced": ([(1, 3, "XYZ")], "aXYZdef"),
    "deleted": ([(0, 2, ""), (5, 6, "")], "cde"),
    "inserted": ([(0, 0, "<"), (6, 6, ">")], "<abcdef>"),
    "inserted before what is replaced": ([(2, 2, "+"), (2, 3, "C")], "ab+Cdef"),
    "side by side": ([(1, 2, "B"), (2, 3, "C")], "aBCdef"),
    "twice in one place": ([(3, 3, "1"), (3, 3, "2")], "abc12def"),
    "all": ([(0, 6, "")], ""),
}


@pytest.mark.parametrize(("edits", "expected"), EDITS.values(), ids=EDITS)
def test_ranges_of_texts_and_bytes_are_replaced(
    edits: list[tuple[int, int, str]], expected: str
) -> None:
    assert replace_ranges("abcdef", edits) == expected
    raw = ((start, end, new.encode()) for start, end, new in edits)
    assert replace_ranges(b"abcdef", raw) == expected.encode()


def test_ranges_of_a_part_are_replaced() -> None:
    assert replace_ranges("abcdef", [(2, 3, "C")], 1, 5) == "bCde"
    assert replace_ranges("abcdef", [], 1, 5) == "bcde"


@given(st.text(), st.lists(st.integers(0, 20)), st.text())
def test_what_no_edit_reaches_stays(text: str, at: list[int], new: str) -> None:
    places = sorted(min(place, len(text)) for place in at)
    ranges = list(zip(places[::2], places[1::2], strict=False))
    same = [(start, end, text[start:end]) for start, end in ranges]
    assert replace_ranges(text, same) == text
    changed = text
    for start, end in reversed(ranges):
        changed = changed[:start] + new + changed[end:]
    assert replace_ranges(text, [(start, end, new) for start, end in ranges]) == changed
