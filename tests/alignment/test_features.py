"""Reading what a text shows that its translation should show as well."""

from __future__ import annotations

import time

import pytest

from pipeline.alignment.features import plain, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Bold** and *soft* `code`", "Bold and soft code"),
        ('[link](https://example.org/a_(b) "title")', "link"),
        ("![picture](a.png) [ref][1]", "picture ref"),
        ("a<br>b <b>c</b>", "ab c"),
        ("3 < 4", "3  4"),
        ("", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("See https://example.org/x.", "Voir https://example.org/x.", "aurl https://example.org/x"),
        ("Ask @erwan now", "Demandez à @erwan", "ahandle @erwan"),
        ("Costs 1,250 euros", "Coûte 1 250 euros", "n1250"),
        ("communication", "la communauté", "ccomm"),
        ("SEO matters", "Le SEO compte", "xseo"),
        ("Why?", "Pourquoi ?", "p?"),
        ("He said “yes”", "Il dit « oui »", 'p"'),
        ("three points:", "trois points :", "pcolon at the end"),
        ("Johnson & Johnson won", "Johnson & Johnson gagne", "tJohnson & Johnson"),
    ],
)
def test_translations_share_marks(one: str, other: str, shared: str) -> None:
    terms = ("Johnson & Johnson",)
    left, right = read(one, "paragraph", terms), read(other, "paragraph", terms)
    assert shared in left.marks & right.marks


def test_words_and_length_leave_addresses_out() -> None:
    text = read("Look: https://example.org/some/long/path", "paragraph")
    assert text.words == ("look",)
    assert read("", "paragraph").length == 1
    assert read("[four](https://example.org)", "paragraph").length == 4


def test_each_kind_has_its_mark() -> None:
    assert "klist item" in read("x", "list item").marks


@pytest.mark.parametrize(
    "unit", ["!", ":", ".", "[", "[a](", "<!--", "<a", "(", "1,", "`", "**", "»"]
)
def test_long_runs_of_one_sign_take_no_time(unit: str) -> None:
    text = unit * 20_000
    begin = time.process_time()
    read(text, "paragraph")
    assert time.process_time() - begin < 2
