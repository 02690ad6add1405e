"""Carets under the marked words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pipeline.gate.formats.printable import dump_json, excerpt, show_controls, show_spaces
from tests.strategies import any_text

NINE = "123456789 "
CASES = {
    "plain": ("one two x", 4, 7, "one two x", "    ^^^"),
    "first": ("one two", 0, 3, "one two", "^^^"),
    "last": ("one two", 4, 7, "one two", "    ^^^"),
    "all of it": ("one two", 0, 0, "one two", ""),
    "insertion": ("one two", 3, 3, "one two", "   ^"),
    "insertion at the end": ("one", 3, 3, "one", "   ^"),
    "spaces that are meant": ("a \u00a0\u202f\u2009b c", 1, 5, "a␣⍽⎵<U+2009>b c", " ^^^^^^^^^^^"),
    "spaces that are not": ("a b", 2, 3, "a b", "  ^"),
    "wide": ("日本語", 1, 2, "日本語", "  ^^"),
    "emoji before": ("👍🏽 👩‍🚀 ❤️ x", 10, 11, "👍🏽 👩‍🚀 ❤️ x", "         ^"),
    "part of an emoji": ("a 👩‍🚀 b", 2, 3, "a 👩‍🚀 b", "  ^^"),
    "joiner alone": ("a 👩‍🚀 b", 3, 4, "a 👩<U+200D>🚀 b", "    ^^^^^^^^"),
    "accents": ("e\u0301te\u0301 x", 3, 5, "e\u0301te\u0301 x", "  ^"),
    "accent alone": ("ae\u0301", 2, 3, "ae\u0301", " ^"),
    "nothing to see": ("a\u200bb", 1, 2, "a<U+200B>b", " ^^^^^^^^"),
    "line ends": ("a\r\nb\tc", 1, 4, "a␍↵b␉c", " ^^^"),
    "beyond the end": ("abc", 2, 9, "abc", "  ^"),
    "far beyond the end": ("abc", 7, 9, "abc", "   ^"),
    "behind": (NINE * 9, 2, 5, NINE + "123456789…", "  ^^^"),
    "before": (NINE * 9 + "end", 90, 93, "…56789 123456789 end", "                 ^^^"),
    "around": (NINE * 4 + "xyz" + NINE * 4, 40, 43, "…3456789 xyz12345678…", "         ^^^"),
    "too much is meant": ("x " * 50, 10, 60, "…" + "x␣" * 9 + "x…", " " + "^" * 19),
}


@pytest.mark.parametrize(("text", "start", "end", "line", "carets"), CASES.values(), ids=CASES)
def test_excerpt(text: str, start: int, end: int, line: str, carets: str) -> None:
    cut = excerpt(text, start, end, 21 if len(text) > 30 else 40)
    assert (cut.line, cut.carets) == (line, carets)


ranges = st.integers(0, 60)


@given(any_text, ranges, ranges, st.integers(20, 60))
def test_an_excerpt_fits_its_room(text: str, start: int, end: int, room: int) -> None:
    cut = excerpt(text, start, end, room)
    assert cell_len(cut.line) <= room
    assert cut.before + cut.marked <= room
    assert "\n" not in cut.line


def test_a_caret_behind_a_full_line_fits() -> None:
    cut = excerpt("x" * 20, 20, 20, 20)
    assert (cut.line, cut.carets) == ("…" + "x" * 17, " " * 18 + "^")


letters = st.text("abc déf日本", min_size=1, max_size=400)


@given(letters, st.integers(0, 400), st.integers(1, 12))
def test_the_carets_are_under_the_words(text: str, start: int, length: int) -> None:
    start = min(start, len(text) - 1)
    marked_text = text[start : start + length]
    cut = excerpt(text, start, start + length, 40)
    cells = "".join(letter + "\0" * (cell_len(letter) - 1) for letter in cut.line)
    marked = cells[cut.before : cut.before + cut.marked].replace("\0", "")
    assert marked == show_spaces(marked_text)


def test_the_length_of_a_text_does_not_matter() -> None:
    around = "x" * 2_000
    short = excerpt(around + "one" + around, 2_000, 2_003, 80)
    assert excerpt(around * 500 + "one" + around * 500, 10**6, 10**6 + 3, 80) == short


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x00\x07\x1b\x1f\x7f", "␀␇␛␟␡"),
        ("\n\r\t", "↵␍␉"),
        ("\x85\x9b", "<U+0085><U+009B>"),
        ("\u2028\u2029\ufeff\u202e\u2066\xad", "<U+2028><U+2029><U+FEFF><U+202E><U+2066><U+00AD>"),
        ("\ud800\uffff\U000e0041", "<U+D800><U+FFFF><U+E0041>"),
        ("a\u200db", "a<U+200D>b"),
        ("end\u200d", "end<U+200D>"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    assert show_controls(text) == expected


@pytest.mark.parametrize(
    "text", ["", "a b", "\u00a0\u202f\u3000", "e\u0301", "👩‍🚀 ❤️ 🇫🇷", "日本 עברית", "می\u200cخواهم"]
)
def test_what_can_be_seen_is_left_alone(text: str) -> None:
    assert show_controls(text) == text
    assert dump_json(text) == f'"{text}"'


def test_spaces_can_be_told_apart() -> None:
    assert show_spaces(" \u00a0\u202f\u3000x\n") == "␣⍽⎵<U+3000>x↵"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("é\x9b\u202e", r'"é\u009b\u202e"'),
        ("\ud800", r'"\ud800"'),
        ("\U000e0041", r'"\udb40\udc41"'),
        ("\n\\n", r'"\n\\n"'),
        ([1, None], "[1, null]"),
    ],
)
def test_dumped(value: object, expected: str) -> None:
    assert dump_json(value) == expected


def test_dumped_over_lines() -> None:
    assert dump_json({"a": ["\n"]}, indent=1) == '{\n "a": [\n  "\\n"\n ]\n}'
