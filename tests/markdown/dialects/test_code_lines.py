"""Lines of code or HTML, and where lines begin and end."""

from __future__ import annotations

import pytest

from pipeline.markdown.dialects.code_lines import Edit, Line, Lines

CODE = {
    "fence": ("```\na\n```\nb", "111 "),
    "longer fence": ("````\n```\n````\nb", "111 "),
    "fence of tildes": ("~~~\n```\n~~~\nb", "111 "),
    "fence in a quotation": ("> ```\n> a\nb", "11 "),
    "code span": ("```a``` b\nc", "  "),
    "open fence": ("```\na\n\nb", "1111"),
    "directive": ("```{note}\na\n```\nb", "  1 "),
    "code in a directive": ("```{note}\n~~~\na\n~~~\n```\nb", " 1111 "),
    "directive of code": ("```{code-block} python\na\n```\nb", "111 "),
    "HTML": ("<div>\na\n\nb", "111 "),
    "inline HTML": ("<b>\na", "  "),
    "comment": ("<!-- a\n\nb -->\nc", "111 "),
    "comment in a line": ("<!-- a -->\nb", "1 "),
    "script": ("<script>\n\na\n</SCRIPT>\nb", "1111 "),
    "Markdown in HTML": ('<div markdown="1">\na\n</div>\nb', "1 1 "),
}


@pytest.mark.parametrize(("body", "expected"), CODE.values(), ids=CODE)
def test_code(body: str, expected: str) -> None:
    assert "".join(" 1"[line.code] for line in Lines(body, [])) == expected


def test_in_a_script_markdown_stands_in_html() -> None:
    assert [line.code for line in Lines("<div>\na\n</div>", [], script=True)] == [False] * 3


def test_places_of_lines() -> None:
    assert list(Lines("> a\r\n\tb\rc\n", [])) == [
        Line(0, 2, 3, False),
        Line(5, 6, 7, False),
        Line(8, 8, 9, False),
    ]


def test_ends_of_directives_and_tags_around_markdown_are_edits() -> None:
    edits: list[Edit] = []
    list(Lines("```{note}\na\n```\n<div markdown>\nb\n</div>", edits))
    assert edits == [Edit(12, 15, "", True), Edit(16, 30, "", True), Edit(33, 39, "", True)]
