"""Tokens written and read back."""

from __future__ import annotations

import re

import pytest

from pipeline.drafting.engines.forms import FORMS
from pipeline.drafting.protect.tokens import (
    Damage,
    Token,
    escape_xml,
    read_tokens,
    token_pattern,
    write_token,
)
from pipeline.markdown.marks import Form


@pytest.fixture(autouse=True)
def _new_patterns() -> None:
    token_pattern.cache_clear()  # so that mutmut sees which tests need them


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("number", [0, 9, 10, 123])
def test_what_is_written_can_be_read(name: str, number: int) -> None:
    form = FORMS[name]
    roles = [1, 0, -1] if form.open else [0]
    text = " ".join(write_token(form, Token(number, role)) for role in roles)
    parts = read_tokens(f"a {text} b", form)
    assert isinstance(parts, list)
    tokens = [part for part in parts if isinstance(part, Token)]
    assert [(token.number, token.role) for token in tokens] == [(number, role) for role in roles]
    assert parts[::2] == ["a ", *[" "] * (len(roles) - 1), " b"]
    assert write_token(form, tokens[0]) == tokens[0].spelling


@pytest.mark.parametrize(
    ("name", "answer", "expected"),
    [
        (
            "google",
            "[X1X] [X2X ] [ x3 X] [ X 4 X ] [X5X",
            ["[X1X]", "[X2X ]", "[ x3 X]", "[ X 4 X ]"],
        ),
        ("google", "[X] [1] [Y1X] X1X [XoneX]", []),
        ("apertium", "Xqz1x xqz2x XQZ3X Xqz 4x Xqzx", ["Xqz1x", "xqz2x", "XQZ3X"]),
        ("pseudo", "⟦1⟧ ⟦ 2 ⟧ ⟦x⟧ ⟦⟧", ["⟦1⟧", "⟦ 2 ⟧"]),
        (
            "deepl",
            "<x id='1'/> < X id = 2 / > <x id=\"3\"> </x> <x/> <x id=4>",
            ["<x id='1'/>", "< X id = 2 / >", '<x id="3"> </x>'],
        ),
        (
            "chatgpt",
            '<g id="1"> <x id=\\"2\\"/> </ g >',
            ['<g id="1">', '<x id=\\"2\\"/>', "</ g >"],
        ),
    ],
)
def test_what_is_a_token(name: str, answer: str, expected: list[str]) -> None:
    tokens = [match[0] for match in token_pattern(FORMS[name]).finditer(answer)]
    assert tokens == expected


@pytest.mark.parametrize(
    ("answer", "parts"),
    [
        ("", [""]),
        ("a &amp; b", ["a & b"]),
        ("&lt;x/&gt;", ["<x/>"]),
        ("&#65;&#x42;&quot;&apos;", ["AB\"'"]),
        ("&#88;&#x9;&#xD7FF;&#xE000;&#xFFFD;&#x10FFFF;", ["X\t\ud7ff\ue000\ufffd\U0010ffff"]),
        ("&#1;", None),
        ("&#xDFFF;", None),
        ("a &", None),
        ("a &eacute;", None),
        ("a <", None),
        ("&#xFFFF;", None),
        ("&#x110000;", None),
    ],
)
def test_xml(answer: str, parts: list[str] | None) -> None:
    result = read_tokens(answer, FORMS["deepl"])
    assert result == parts if parts else isinstance(result, Damage)


def test_a_closing_tag_gets_the_number_of_the_open_one() -> None:
    parts = read_tokens('<g id="3">a<g id="5"></g></g>', FORMS["deepl"])
    assert isinstance(parts, list)
    assert [part[:2] for part in parts if isinstance(part, Token)] == [
        (3, 1), (5, 1), (5, -1), (3, -1)
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["00", "01", "1234567", "9" * 5000])
def test_numbers_that_were_never_sent(number: str) -> None:
    parts = read_tokens(f"[X{number}X]", FORMS["google"])
    assert isinstance(parts, list)
    assert parts[1] == Token(-1, 0, f"[X{number}X]")


def test_signs_of_a_form_mean_themselves() -> None:
    form = Form('<x id="{n}">(.)</x>', '<g id="{n}">', "</g>", tags=True)
    parts = read_tokens('a <x id="3">(.)</x> b', form)
    assert parts == ["a ", Token(3, 0, '<x id="3">(.)</x>'), " b"]
    assert isinstance(read_tokens('a <x id="3">(!)</x> b', form), Damage)


def test_escape_xml() -> None:
    text = "a < b & c > 'd' \"e\" &amp;"
    assert not re.search(r"[<>]|&(?!\w+;)", escape_xml(text))
    assert read_tokens(escape_xml(text), FORMS["deepl"]) == [text]
