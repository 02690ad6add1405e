"""Plain text of a segment, and the way back to its Markdown."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given

from pipeline.markdown.plain_text import NEUTRAL, plain, visible
from tests.strategies import inline_texts

LABELS = frozenset({"ref"})
READ = {
    "nothing": ("Plain words.", "Plain words."),
    "emphasis": ("a *b* **c** _d_ ~~e~~", "a b c d e"),
    "nested": ("***b** c*", "b c"),
    "link": ("see [*b*](u 't')?", "see b?"),
    "reference": ("[a][ref] [ref] [b]", "a ref [b]"),
    "image": ("an ![icon](u) here", "an icon here"),
    "code": ("run `a b` now", f"run {NEUTRAL} now"),
    "autolink": ("<https://a.b>", NEUTRAL),
    "address": ("at www.a.b/c.", f"at {NEUTRAL}."),
    "e-mail": ("to me@a.b", f"to {NEUTRAL}"),
    "placeholder": ("{n} files in %s", f"{NEUTRAL} files in {NEUTRAL}"),
    "links to placeholders": ("[a]({{ b }}) [c](d/{{ e }})", "a c"),
    "handle": ("ask @al on #tag", "ask @al on #tag"),
    "footnote": ("so[^1].", "so."),
    "tag": ("<b>a</b><br>b", "a\nb"),
    "hard breaks": ("a\\\nb  \nc", "a\nb\nc"),
    "escape": (r"2 \* 3 \\ 4", r"2 * 3 \ 4"),
    "entities": ("a &amp; b&nbsp;! &#233; &nothing;", "a & b\xa0! é &nothing;"),
    "astral": ("👩‍🚀 *é* 日", "👩‍🚀 é 日"),
    "accents apart": ("e\u0301te\u0301 *e\u0301*", "été é"),
    "stars that mark nothing": ("2 * 3 * 4", "2 * 3 * 4"),
}


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ)
def test_what_a_proofreader_reads(text: str, expected: str) -> None:
    assert plain(text, LABELS).text == expected


SHOWN = {
    "emphasis": ("a *b* **c** _d_ ~~e~~", "a b c d e"),
    "nested": ("***b** c*", "b c"),
    "link": ("see [*b*](https://a.b/c_(d) 't')?", "see b?"),
    "reference": ("[a][ref] [ref] [b]", "a ref [b]"),
    "image": ("an ![icon](u) here", "an icon here"),
    "code": ("run `a_b &amp;` now", "run a_b &amp; now"),
    "addresses": ("<https://a.b> www.a.b/c_d me@a.b", "https://a.b www.a.b/c_d me@a.b"),
    "placeholder": ("{n} files in %s, {{ x }}", "{n} files in %s, {{ x }}"),
    "tags": ("a <b>b</b><!-- c --> d", "a b d"),
    "hard break": ("a\\\nb", "a b"),
    "escapes": (r"2 \* 3 \\ 4", r"2 * 3 \ 4"),
    "accents apart": ("e\u0301 *e\u0301*", "e\u0301 e\u0301"),
    "footnote": ("so[^1].", "so[^1]."),
}


@pytest.mark.parametrize(("text", "expected"), SHOWN.values(), ids=SHOWN)
def test_what_a_page_shows(text: str, expected: str) -> None:
    assert visible(text, LABELS) == expected


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("image",), "a  `b` {{ c }}"),
        (("image", "placeholder"), "a  `b` "),
        (("link",), ""),
    ],
)
def test_kinds_that_are_left_out_are_left_out_whole(kinds: tuple[str, ...], expected: str) -> None:
    assert visible("[*a* ![*x*](y) \\`b\\` {{ c }}](u)", frozenset(), kinds) == expected


ALIKE = {
    "words": ("Plain words.", "Plain words."),
    "stars that mark nothing": ("2 * 3 * 4", "2 * 3 * 4"),
    "signs within words": ("snake_case_word a~b~c", "snake_case_word a~b~c"),
    "comparison": ("3 < 4 > 2", "3 < 4 > 2"),
    "brackets": ("[x] y", "[x] y"),
    "entity": ("&amp;", "&"),
    "entities": ("a &amp; b&nbsp;! &#233;", "a & b\xa0! é"),
    "no entities": ("R&D &nothing; &copy 2020", "R&D &nothing; &copy 2020"),
    "an escaped entity": (r"\&amp; \&#42;", "&amp; &#42;"),
    "marks of entities": ("&#42;a&#42;", "*a*"),
    "emphasis": ("*a* **b**", "a b"),
    "emphasis that never ends": ("a **b", "a **b"),
    "link": ("[t](u(v))", "t"),
}


@pytest.mark.parametrize(("text", "expected"), ALIKE.values(), ids=ALIKE)
def test_all_agree_on_what_is_markup(text: str, expected: str) -> None:
    assert plain(text).text == expected
    assert visible(text) == expected
    assert visible(text, without=("image", "placeholder")) == expected


ORIGINS = {
    "first": ("a **bold** `x` end?", "a", "a"),
    "inside marks": ("a **bold** end", "bold", "bold"),
    "over marks": ("a **bold** end", "bold end", "bold** end"),
    "behind code": ("`x y` end?", "end?", "end?"),
    "code": ("see `x y`!", NEUTRAL, "`x y`"),
    "entity": ("a&nbsp;! b", "\xa0!", "&nbsp;!"),
    "accent apart": ("un e\u0301te\u0301 z", "été", "e\u0301te\u0301"),
    "behind astral": ("👩‍🚀 *é* z", "z", "z"),
}


@pytest.mark.parametrize(("text", "words", "expected"), ORIGINS.values(), ids=ORIGINS)
def test_where_a_range_came_from(text: str, words: str, expected: str) -> None:
    read = plain(text)
    start = read.text.index(words)
    first, last = read.origin(start, start + len(words))
    assert text[first:last] == expected


def test_a_place_between_two_characters() -> None:
    read = plain("**Pourquoi**? `x`")
    at = read.text.index("?")
    assert read.origin(at, at) == (12, 12)
    assert read.origin(len(read.text), len(read.text)) == (17, 17)


def test_what_is_hidden() -> None:
    read = plain("a `b` @c d")
    assert [read.hides(i, i + 1) for i in range(len(read.text))] == [
        word in (NEUTRAL, "@c") for word in ("a", " ", *[NEUTRAL] * 5, " ", "@c", "@c", " ", "d")
    ]


@given(inline_texts)
def test_every_character_has_an_origin(text: str) -> None:
    read = plain(text, LABELS)
    last = 0
    for at, character in enumerate(read.text):
        start, end = read.origin(at, at + 1)
        assert last <= start <= end <= len(text)
        last = start
        if not read.hides(at, at + 1) and text[start:end][:1] not in "&<\\ \n":
            assert normalize("NFC", text[start:end]) == normalize("NFC", character)
