"""Plain text into blocks."""

from __future__ import annotations

import pytest

from pipeline.importers.text_file import read_text

LONG = "This line is one of several that a mail program wrapped at its"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("One.\r\n\r\nTwo.\r", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("One.\nTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
        (f"{LONG}\n{LONG}\nend.", [("paragraph", f"{LONG}\n{LONG}\nend.")]),
        ("It goes\non here.\nNot here.", [
            ("paragraph", "It goes\non here."), ("paragraph", "Not here."),
        ]),
        ("1. a\n2. b", [("list", "1. a\n2. b")]),
        ("  3) a\n  4) b", [("list", "3. a\n4. b")]),
        ("• a\n  • b\n• c", [("list", "- a\n  - b\n- c")]),
        ("- a\n  more of a\n- b", [("list", "- a\n  more of a\n- b")]),
        ("Two:\n- a\n- b\nNo more.", [
            ("paragraph", "Two:"), ("list", "- a\n- b"), ("paragraph", "No more."),
        ]),
        (f"- {LONG}\nend", [("list", f"- {LONG}\n  end")]),
        ("It was\n- so.", [("paragraph", "It was"), ("paragraph", "\\- so.")]),
        ("I like:\n- a\n- b", [("paragraph", "I like:"), ("list", "- a\n- b")]),
        ("Title\n=====", [("heading", "Title")]),
        ("a\n\n* * *\n\nb", [("paragraph", "a"), ("rule", "---"), ("paragraph", "b")]),
        ("> A.\n> B.", [("quote", "> A.\n>\n> B.")]),
        ("a\tb\nc|d\te", [("table", "| a | b |\n| --- | --- |\n| c\\|d | e |")]),
        ("Ana, Acme (@ana)\nText.", [("paragraph", "Ana, Acme (@ana)"), ("paragraph", "Text.")]),
        ("1. Ana, Acme (@ana)\nText.", [
            ("paragraph", "1\\. Ana, Acme (@ana)"), ("paragraph", "Text."),
        ]),
        ("a  b\xa0c", [("paragraph", "a  b\xa0c")]),
        ("*a*\n\n# b", [("paragraph", r"\*a\*"), ("paragraph", r"\# b")]),
        ("\ufeff \n\n", []),
    ],
)  # fmt: skip
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(block.kind, block.text) for block in read_text(text).blocks] == expected


def test_the_plain_text_has_no_markup() -> None:
    blocks = read_text("Say *this*.\n\n- a|b\n- c").blocks
    assert [block.plain for block in blocks] == ["Say *this*.", "a|b c"]
