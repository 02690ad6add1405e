"""Marks that a translation must carry over: found and counted."""

from __future__ import annotations

import pytest
from hypothesis import given

from pipeline.markdown.marks import count_constructs, count_numbers, find_marks, term_pattern
from tests.strategies import inline_texts

LABELS = frozenset({"ref"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* **b** ~~c~~", {("emphasis", ""): 1, ("strong", ""): 1, ("strikethrough", ""): 1}),
        ("*a* *b*", {("emphasis", ""): 2}),
        ("`a` `a`", {("code", "a"): 2}),
        ("[a](u) ![b](v)", {("link", "u"): 1, ("image", "v"): 1}),
        ("[a](https://u.v)", {("link", "https://u.v"): 1}),
        ("[@al](u)", {("link", "u"): 1, ("handle", "@al"): 1}),
        ("[ref] [x][ref]", {("link", "ref:ref"): 2}),
        ("<b>a</b>", {("tag", "<b>"): 1, ("tag", "</b>"): 1}),
        ("a  \nb\\\nc", {("break", ""): 2}),
        ("a\\*b\\*", {}),
        ("`@al #b {c}`", {("code", "@al #b {c}"): 1}),
        (
            "@al #b {c} [^1]",
            {
                ("handle", "@al"): 1,
                ("hashtag", "#b"): 1,
                ("placeholder", "{c}"): 1,
                ("footnote", "[^1]"): 1,
            },
        ),
        ("https://a.b/@c", {("url", "https://a.b/@c"): 1}),
        (
            "见https://a.b/c。和（https://a.b）",
            {("url", "https://a.b/c"): 1, ("url", "https://a.b"): 1},
        ),
        ("https://a.b/c،", {("url", "https://a.b/c"): 1}),
        ("me@a.b", {("email", "me@a.b"): 1}),
        ("日本 👩‍🚀 `a`", {("code", "a"): 1}),
    ],
)
def test_constructs(text: str, expected: dict[tuple[str, str], int]) -> None:
    assert dict(count_constructs(text, LABELS)) == expected


def test_marks_have_their_places() -> None:
    text = "é *a* [b](u) @c \\*d"
    marks, rest = find_marks(text)
    assert [(m.kind, text[m.start : m.end], text[m.inner_start : m.inner_end]) for m in marks] == [
        ("emphasis", "*a*", "a"),
        ("link", "[b](u)", "b"),
        ("handle", "@c", ""),
    ]
    assert rest == "é  a   b        \\*d"
    assert len(rest) == len(text)


@given(inline_texts)
def test_what_is_no_mark_stays_in_its_place(text: str) -> None:
    marks, rest = find_marks(text)
    assert len(rest) == len(text)
    assert all(new in (" ", old) for old, new in zip(text, rest, strict=True))
    assert all(0 <= m.start <= m.inner_start <= m.inner_end <= m.end <= len(text) for m in marks)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,234", "1 234"),
        ("1,234", "1\u202f234"),
        ("1,234,567", "1.234.567"),
        ("3.50", "3,50"),
        ("5 of 12", "12 de 5"),
        ("at 10.", "à 10"),
        ("1'000", "1’000"),
        ("a &#160; b", "a b"),
        ("https://a.b/12", ""),
        ("a[^12]", "a"),
    ],
)
def test_same_numbers(one: str, other: str) -> None:
    assert count_numbers(one) == count_numbers(other)


@pytest.mark.parametrize(("one", "other"), [("5", "6"), ("5 5", "5"), ("12", "1 2"), ("5", "five")])
def test_other_numbers(one: str, other: str) -> None:
    assert count_numbers(one) != count_numbers(other)


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("Core", "the Core.", True),
        ("Core", "Cores", False),
        ("Core", "aCore", False),
        ("Core", "core", False),
        ("@al", "x @al", True),
        ("C++", "C++11", True),
        ("a.b", "axb", False),
        ("Été", "L’Été", True),
    ],
)
def test_term_pattern(term: str, text: str, expected: bool) -> None:
    assert bool(term_pattern(term).search(text)) is expected
