"""What a translation must carry over: hidden, put back, counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.markup import (
    Damaged,
    Protected,
    constructs,
    has_words,
    marked,
    numbers,
    protect,
    restore,
    term_pattern,
)
from tests.strategies import inline_texts

TERMS = ("Al Core", "Core", "C++")
LABELS = frozenset({"ref"})
HIDDEN = {
    "nothing": ("Plain words.", "Plain words."),
    "emphasis": ("a *b* c", "a ⟦0⟧ b ⟦1⟧ c"),
    "nested": ("***b***", "⟦0⟧ b ⟦1⟧"),
    "code": ("a `b` c", "a ⟦0⟧ c"),
    "link": ("see [b](u 't').", "see ⟦0⟧ b ⟦1⟧."),
    "image": ("![b](u)", "⟦0⟧ b ⟦1⟧"),
    "tag": ("a<br>b", "a ⟦0⟧ b"),
    "hard break": ("a\\\nb", "a ⟦0⟧ b"),
    "autolink": ("<https://a.b>", "⟦0⟧"),
    "bare address": ("see https://a.b/c, now", "see ⟦0⟧, now"),
    "address without scheme": ("at www.a.b.", "at ⟦0⟧."),
    "e-mail": ("to me@a.b.", "to ⟦0⟧."),
    "handle": ("ask @al_b.", "ask ⟦0⟧."),
    "hashtag": ("on #TagÉ now", "on ⟦0⟧ now"),
    "number sign": ("is #1", "is #1"),
    "placeholders": ("{a} {{ b }} %(c)s %d ${e} {% f %}", "⟦0⟧ ⟦1⟧ ⟦2⟧ ⟦3⟧ ⟦4⟧ ⟦5⟧"),
    "placeholders with a form": ("{a:.2f} {b, number} {c!r} %(d)05.1f", "⟦0⟧ ⟦1⟧ ⟦2⟧ ⟦3⟧"),
    "no placeholders": ("{a b} 50 % of %a ${}", "{a b} ⟦0⟧ of %a $⟦1⟧"),
    "emoji": ("a :tada: b :+1:", "a ⟦0⟧ b ⟦1⟧"),
    "no emoji": ("at 10:30:15, a:b:c, : d:", "at 10:30:15, a:b:c, : d:"),
    "footnote": ("a[^1].", "a ⟦0⟧."),
    "measure": ("50 % of 3.5kg for €5 or 10 €", "⟦0⟧ of ⟦1⟧ for ⟦2⟧ or ⟦3⟧"),
    "number alone": ("in 2024 there", "in 2024 there"),
    "entity": ("a&nbsp;b &#160;c", "a ⟦0⟧ b ⟦1⟧ c"),
    "term": ("Al Core and Core, not Corella", "⟦0⟧ and ⟦1⟧, not Corella"),
    "term with signs": ("C++ is", "⟦0⟧ is"),
    "escape": ("a\\*b", "a ⟦0⟧ b"),
    "reference": ("[a][ref] and [ref] and [ref][]", "⟦0⟧ a ⟦1⟧ and ⟦2⟧ ref ⟦3⟧ and ⟦4⟧ ref ⟦5⟧"),
    "unknown reference": ("[a][b]", "[a][b]"),
    "touching": ("*a*`b`@c", "⟦0⟧ a ⟦1⟧"),
}


@pytest.mark.parametrize(("text", "hidden"), HIDDEN.values(), ids=HIDDEN)
def test_protect_and_restore(text: str, hidden: str) -> None:
    protected = protect(text, "⟦{n}⟧", TERMS, LABELS)
    assert isinstance(protected, Protected)
    assert " ".join(protected.text.split()) == hidden
    expected = text.replace("[ref][]", "[ref]").replace("and [ref]", "and [ref][ref]")
    assert restore(protected.text, protected) == expected


def test_a_text_that_holds_a_token_cannot_be_protected() -> None:
    assert isinstance(protect("a ⟦12⟧ *b*", "⟦{n}⟧"), Damaged)
    assert isinstance(protect("a xqz3X", "Xqz{n}x"), Damaged)


@pytest.mark.parametrize(
    ("answer", "restored"),
    [
        ("⟦1⟧ c ⟦0⟧ b", "* c *`x` b"),
        ("⟦0⟧b⟦1⟧", "*`x`b*"),
        ("un ⟦0⟧ deux ⟦1⟧.", "un *`x` deux *."),
        ("⟦0⟧ ⟦1⟧", "*`x` *"),
    ],
)
def test_tokens_may_move(answer: str, restored: str) -> None:
    protected = Protected("", ("⟦0⟧", "⟦1⟧"), ("*`x`", "*"), ((False, False),) * 2, "⟦{n}⟧")
    assert restore(answer, protected) == restored


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("b ⟦1⟧", "lost '*'"),
        ("", "lost '*'"),
        ("⟦0⟧ b", "lost '*'"),
        ("⟦0⟧ b ⟦1⟧ ⟦1⟧", "doubled or made up '⟦1⟧'"),
        ("⟦0⟧ b ⟦1⟧ ⟦2⟧", "doubled or made up '⟦2⟧'"),
        ("⟦00⟧ b ⟦1⟧", "doubled or made up '⟦00⟧'"),
        ("⟦٠⟧ b ⟦1⟧", "doubled or made up"),
    ],
)
def test_damage_is_told(answer: str, reason: str) -> None:
    protected = protect("*b*", "⟦{n}⟧")
    assert isinstance(protected, Protected)
    found = restore(answer, protected)
    assert isinstance(found, Damaged)
    assert reason in found.reason


def test_nothing_to_restore() -> None:
    assert restore("Xq1z", Protected("a", (), (), ())) == "Xq1z"


def test_ten_tokens_are_no_eleven() -> None:
    text = " ".join(f"`{n}`" for n in range(12))
    protected = protect(text, "@{n}")
    assert isinstance(protected, Protected)
    assert restore(protected.text, protected) == text


@given(inline_texts, st.text(max_size=40))
def test_any_answer_is_restored_or_damaged(text: str, answer: str) -> None:
    protected = protect(text, "⟦{n}⟧", TERMS, LABELS)
    if isinstance(protected, Protected):
        assert isinstance(restore(answer, protected), str | Damaged)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One", True),
        ("*One*", True),
        ("`one`", False),
        ("@al 50 %", False),
        ("12", False),
        ("", False),
    ],
)
def test_has_words(text: str, expected: bool) -> None:
    protected = protect(text, "⟦{n}⟧")
    assert isinstance(protected, Protected)
    assert has_words(protected) is expected


def test_a_token_is_no_word() -> None:
    protected = protect("`one`", "Xqz{n}x")
    assert isinstance(protected, Protected)
    assert not has_words(protected)


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
        ("me@a.b", {("email", "me@a.b"): 1}),
        ("日本 👩‍🚀 `a`", {("code", "a"): 1}),
    ],
)
def test_constructs(text: str, expected: dict[tuple[str, str], int]) -> None:
    assert dict(constructs(text, LABELS)) == expected


def test_marks_have_their_places() -> None:
    text = "é *a* [b](u) @c \\*d"
    marks, rest = marked(text)
    assert [(m.kind, text[m.start : m.end], text[m.inner_start : m.inner_end]) for m in marks] == [
        ("emphasis", "*a*", "a"),
        ("link", "[b](u)", "b"),
        ("handle", "@c", ""),
    ]
    assert rest == "é  a   b        \\*d"
    assert len(rest) == len(text)


@given(inline_texts)
def test_what_is_no_mark_stays_in_its_place(text: str) -> None:
    marks, rest = marked(text)
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
    assert numbers(one) == numbers(other)


@pytest.mark.parametrize(("one", "other"), [("5", "6"), ("5 5", "5"), ("12", "1 2"), ("5", "five")])
def test_other_numbers(one: str, other: str) -> None:
    assert numbers(one) != numbers(other)


@pytest.mark.parametrize(
    ("term", "text", "found"),
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
def test_term_pattern(term: str, text: str, found: bool) -> None:
    assert bool(term_pattern(term).search(text)) is found
