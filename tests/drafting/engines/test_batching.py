"""Texts split into requests and their answers joined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.drafting.engines.batching import (
    Pieces,
    cut,
    has_letters,
    pack_requests,
    size,
    without_tokens,
)
from pipeline.drafting.engines.contract import Bounds
from pipeline.drafting.engines.forms import FORMS
from pipeline.errors import EngineRefused

PLAIN = FORMS["google"]
TAGS = FORMS["deepl"]

CUTS = [
    ("", 10, [""]),
    ("One. Two.", 9, ["One. Two."]),
    ("One. Two. Three.", 12, ["One. Two. ", "Three."]),
    ("He said “no.” Then he went.", 20, ["He said “no.” ", "Then he went."]),
    ("A line\nand a line", 12, ["A line\n", "and a line"]),
    ("one two three", 9, ["one two ", "three"]),
    ("語é。語é。語", 4, ["語é。", "語é。語"]),
    ("abcdefgh", 3, ["abc", "def", "gh"]),
    ("abcde\u0301fg", 5, ["abcd", "e\u0301fg"]),
    ("costs 3.50 or 4.20 euros", 14, ["costs 3.50 or ", "4.20 euros"]),
]


@pytest.mark.parametrize(("text", "limit", "pieces"), CUTS)
def test_where_a_text_is_cut(text: str, limit: int, pieces: list[str]) -> None:
    assert cut(text, Bounds(limit), PLAIN) == pieces


@pytest.mark.parametrize(
    ("form", "text", "limit", "pieces"),
    [
        ("google", "aaa[X0X]bbb", 6, ["aaa", "[X0X]b", "bb"]),
        ("google", "a. [X0X]", 7, ["a. ", "[X0X]"]),
        ("deepl", 'a <x id="0"/> b', 10, ["a ", '<x id="0"/>', " b"]),
        ("deepl", "aa &amp; bb", 5, ["aa ", "&amp;", " bb"]),
        ("deepl", '<g id="0">A. B.</g> C.', 20, ['<g id="0">A. B.</g> ', "C."]),
        (
            "deepl",
            'A. <g id="0">B. <g id="1">C.</g> D.</g> E.',
            38,
            ["A. ", '<g id="0">B. <g id="1">C.</g> D.</g> ', "E."],
        ),
        (
            "microsoft",
            'A <span class="notranslate">X0X</span> b',
            37,
            ["A ", '<span class="notranslate">X0X</span> ', "b"],
        ),
        ("chatgpt", 'A. <g id="0">B. C.</g> D', 20, ["A. ", '<g id="0">B. C.</g> ', "D"]),
    ],
)
def test_no_token_and_no_pair_is_cut(form: str, text: str, limit: int, pieces: list[str]) -> None:
    assert cut(text, Bounds(limit), FORMS[form]) == pieces


def test_bytes_are_counted_where_the_service_counts_them() -> None:
    pieces = cut("語" * 10, Bounds(10, utf8=True), PLAIN)
    assert pieces == ["語語語", "語語語", "語語語", "語"]
    assert size("語", True) == 3
    assert size("語", False) == 1


WORDS = st.sampled_from(
    ["a", "word", ". ", " ", "\n", "é", "語。", "[X0X]", "[X12X]", "e\u0301", "😀", "!” "]
)


@given(st.lists(WORDS, max_size=60).map("".join), st.integers(8, 40), st.booleans())
def test_pieces_joined_are_the_text(text: str, limit: int, utf8: bool) -> None:
    bounds = Bounds(limit, utf8=utf8)
    pieces = cut(text, bounds, PLAIN)
    assert "".join(pieces) == text
    assert all(size(piece, utf8) <= limit for piece in pieces)
    assert sum(piece.count("[X") - piece.count("X]") != 0 for piece in pieces) == 0


MARKED = st.recursive(
    st.sampled_from(["one. ", "two ", '<x id="1"/>', "&lt;", "\n"]),
    lambda inner: st.lists(inner, max_size=5).map(lambda p: f'<g id="2">{"".join(p)}</g>'),
    max_leaves=12,
)


@given(st.lists(MARKED, max_size=12).map("".join), st.integers(12, 60))
def test_tags_stay_in_pairs(text: str, limit: int) -> None:
    pieces = cut(text, Bounds(limit), TAGS)
    assert "".join(pieces) == text
    for piece in pieces:
        assert piece.count("<g ") == piece.count("</g>")
        assert piece.count("<") == piece.count(">")
        assert piece.count("&") == piece.count(";")


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("google", "[X0X] a [ x1 X] b", "  a   b"),
        ("deepl", '<g id="0">a &amp; b</g> <x id="1"></x>', " a & b    "),
        ("microsoft", '<span class="notranslate">X0X</span> a', "  a"),
        ("chatgpt", 'a < b <x id="0"/> &amp;', "a < b   &amp;"),
        ("apertium", "Xqz0x a xqz1X", "  a  "),
    ],
)
def test_what_is_left_without_tokens(form: str, text: str, expected: str) -> None:
    assert without_tokens(text, FORMS[form]) == expected


@pytest.mark.parametrize("text", ["", "12 %", "[X0X] – [X1X]", "… 5_000 ?!", " \n"])
def test_what_has_no_letters(text: str) -> None:
    assert not has_letters(text, PLAIN)
    assert not has_letters('&amp; <x id="0"/> &#8230;', TAGS)


@pytest.mark.parametrize("text", ["a", "é 5", "[X0X] 語", "x"])
def test_what_has_letters(text: str) -> None:
    assert has_letters(text, PLAIN)
    assert has_letters(text, None)


@pytest.mark.parametrize(
    ("sizes", "bounds", "expected"),
    [
        ([], Bounds(10, 5), []),
        ([3, 3, 3, 3], Bounds(10, 5), [[3, 3, 3], [3]]),
        ([1] * 5, Bounds(10, 2), [[1, 1], [1, 1], [1]]),
        ([20, 1], Bounds(10, 2), [[20], [1]]),
        ([5, 5, 1], Bounds(10, 9), [[5, 5], [1]]),
    ],
)
def test_requests(sizes: list[int], bounds: Bounds, expected: list[list[int]]) -> None:
    texts = ["x" * number for number in sizes]
    assert [list(map(len, request)) for request in pack_requests(texts, bounds)] == expected


def test_each_piece_is_asked_once_and_all_texts_get_it() -> None:
    pieces = Pieces([" a b\n", "a b", "", "12", "c", "a b"], Bounds(100), PLAIN)
    assert pieces.immediate == [(2, ""), (3, "12")]
    assert pieces.to_send == ["a b", "c"]
    assert sorted(pieces.put("a b", " A B ")) == [(0, " A B\n"), (1, "A B"), (5, "A B")]
    assert list(pieces.put("c", "C")) == [(4, "C")]
    assert list(pieces.put("c", "C")) == []


def test_a_text_is_known_with_its_last_piece() -> None:
    pieces = Pieces(["One. One. Two. [X0X] 1.", "One."], Bounds(5), PLAIN)
    assert pieces.to_send == ["One.", "Two."]
    assert list(pieces.put("Two.", "Deux.")) == []
    assert sorted(pieces.put("One.", "Un.")) == [(0, "Un. Un. Deux. [X0X] 1."), (1, "Un.")]


def test_a_refused_piece_refuses_its_texts_once() -> None:
    refusal = EngineRefused("no")
    pieces = Pieces(["One. Two.", "Two."], Bounds(5), PLAIN)
    assert list(pieces.put("One.", refusal)) == [(0, refusal)]
    assert list(pieces.put("Two.", "Deux.")) == [(1, "Deux.")]


def test_what_cannot_be_sent_is_refused() -> None:
    pieces = Pieces(['<g id="0">' + "a " * 20 + "</g>", "\ud800 a", "b"], Bounds(20), TAGS)
    assert [number for number, _ in pieces.immediate] == [0, 1]
    assert [str(why) for _, why in pieces.immediate] == [
        "the source text is too long, and its markup cannot be split",
        "the source text is not valid Unicode",
    ]
    assert pieces.to_send == ["b"]
