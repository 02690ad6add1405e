"""Source texts without a translation."""

from __future__ import annotations

import pytest

from pipeline.alignment.doubts import is_copy, is_same

PROSE = "We asked five experts what they really do all day, and why they do it."


@pytest.mark.parametrize(
    ("source", "version"),
    [
        (PROSE, PROSE),
        (PROSE, PROSE.replace(" what", "\nwhat")),
        (PROSE, PROSE.replace("five", "six")),
        (PROSE + " And then some.", PROSE),
        ("see the notes below", "see the notes below"),
        ("我们问了五位专家。", "我们问了五位专家。"),
    ],
    ids=["whole", "wrapped anew", "older state", "shortened", "few words", "no blanks"],
)
def test_copies(source: str, version: str) -> None:
    assert is_copy(source, version)


@pytest.mark.parametrize(
    ("source", "version"),
    [
        ("Mark Murdock, Kindred Healthcare (@ohpardon)", "Mark Murdock, Kindred Healthcare"),
        ("Mark Murdock, Kindred", "Mark Murdock, Kindred"),
        ("Introduction", "Introduction"),
        ("`make all the things now please`", "`make all the things now please`"),
        ("https://example.org/all-the-things", "https://example.org/all-the-things"),
        ("42", "42"),
        ("", ""),
        (PROSE, "Nous avons demandé à cinq experts ce qu’ils font toute la journée."),
        ("The important information", "L’information importante"),
        (PROSE, "And why."),
    ],
)
def test_what_is_no_copy(source: str, version: str) -> None:
    assert not is_copy(source, version)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("A b", "A\nb", True), ("A b", "a b", False), ("1 2", "1 2", False), ("", "", False)],
)
def test_the_same_letters(one: str, other: str, expected: bool) -> None:
    assert is_same(one, other) is expected
