"""Plain text as Markdown."""

from __future__ import annotations

import pytest

from pipeline.importers.escaping import escape_heading, escape_inline, escape_line_start, one_line
from pipeline.importers.word_check import shown_text


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4", "snake_case", "R&D", "a < b > c", "C++", "1 + 1 = 2", "$5 and $6",
        "[sic]", "(see p. 3)", "~5 km", "a|b", "no # heading", "it's", "{name}", "10.5 %",
    ],
)  # fmt: skip
def test_text_without_markup_stays(text: str) -> None:
    assert escape_inline(text) == text
    assert escape_line_start(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*so*", r"\*so\*"),
        ("_so_", r"\_so\_"),
        ("`so`", r"\`so\`"),
        ("<b>", r"\<b>"),
        ("&amp;", r"\&amp;"),
        ("[a](b)", r"\[a\](b)"),
        ("[^1]", r"\[^1]"),
        ("{{ x }}", r"\{{ x }}"),
        (r"a\*b", r"a\\\*b"),
        ("~a~", r"\~a\~"),
    ],
)
def test_markup_is_escaped(text: str, expected: str) -> None:
    assert escape_inline(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "# x", "> x", "- x", "+ x", "* x", "1. x", "12) x", "---", "===", "| a | b |", ": x", "***",
        "~~~", ":::note",
    ],
)  # fmt: skip
def test_a_line_begins_no_other_block(line: str) -> None:
    escaped = escape_line_start(escape_inline(line))
    assert shown_text(f"{escaped}") == line


def test_the_end_of_a_heading_is_no_attribute() -> None:
    assert escape_heading("a {b} c") == "a {b} c"
    assert escape_heading("a {b}") == "a &#123;b}"
    assert shown_text("# " + escape_heading("a { 0}")) == "a { 0}"


def test_one_line_keeps_spaces_that_do_not_break() -> None:
    assert one_line(" a\n\tb\xa0! ") == "a b\xa0!"
