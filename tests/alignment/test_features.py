"""Features of a text that its translation should share."""

from __future__ import annotations

import pytest

from pipeline.alignment.features import numbers_differ, read_features
from tests.linear.odd import RUNS


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
    left, right = read_features(one, "paragraph", terms), read_features(other, "paragraph", terms)
    assert shared in left.marks & right.marks


def test_words_and_length_leave_addresses_out() -> None:
    text = read_features("Look: https://example.org/some/long/path", "paragraph")
    assert text.words == ("look",)
    assert read_features("", "paragraph").length == 1
    assert read_features("[four](https://example.org)", "paragraph").length == 4


@pytest.mark.parametrize(
    ("text", "length", "words"),
    [
        ("**Bold** and *soft* `code`", 18, ("bold", "and", "soft", "code")),
        ("![picture](a.png) [words][ref]", 13, ("picture", "words")),
        ("3 < 4 * 2", 9, ()),
        ("Salt &amp; [pepper]", 15, ("salt", "pepper")),
    ],
)
def test_length_and_words_are_those_that_a_reader_sees(
    text: str, length: int, words: tuple[str, ...]
) -> None:
    features = read_features(text, "paragraph", labels=frozenset({"ref"}))
    assert (features.length, features.words) == (length, words)


def test_each_kind_has_its_mark() -> None:
    assert "klist item" in read_features("x", "list item").marks


NUMBERS = {
    "other digits": ("8 CMOs", "7 directeurs", True),
    "other words": ("A hundred people", "Cinquante personnes", True),
    "digits and another word": ("8 CMOs", "Sept directeurs", True),
    "a word and other digits": ("Twenty-one of us", "22 d’entre nous", True),
    "the same words": ("A hundred and five", "Cent cinq", False),
    "digits and the same word": ("50 experts", "Cinquante experts", False),
    "words with several meanings": ("A second quarter", "Un deuxième quart", False),
    "a word on one side": ("A hundred people", "Bien des gens", False),
    "a small number on one side": ("7 people", "Des gens", False),
    "a large number on one side": ("70 people", "Des gens", True),
}


@pytest.mark.parametrize(("one", "other", "differ"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_in_digits_and_letters(one: str, other: str, differ: bool) -> None:
    assert numbers_differ([one], [other], ("en", "fr_CA")) is differ


def test_numbers_in_letters_of_unknown_languages_say_nothing() -> None:
    assert not numbers_differ(["A hundred people"], ["Cinquante personnes"])
    assert not numbers_differ(["A hundred people"], ["Fünfzig Leute"], ("en", "de"))
    assert numbers_differ(["8 people"], ["7 Leute"], ("en", "de"))


READ_RUNS: dict[str, tuple[int, set[str]]] = {
    "!": (40_000, {"p!", "psentence end"}),
    ":": (40_000, {"p:", "pcolon at the end"}),
    ".": (40_000, {"p…", "psentence end"}),
    "[": (40_000, set()),
    "[a](": (40_000, {"p("}),
    "<!--": (40_000, {"p!", "psentence end"}),
    "<a": (40_000, set()),
    "(": (40_000, {"p("}),
    "1,": (40_000, {f"n{'1' * 20_000}"}),
    "`": (40_000, set()),
    "**": (40_000, set()),
    "»": (40_000, {'p"'}),
}


@pytest.mark.parametrize("unit", RUNS)
def test_long_runs_of_one_sign_are_read(unit: str) -> None:
    """Run long texts of one repeated sign; `tests.linear.functions` counts the instructions."""
    text = read_features(RUNS[unit](40_000), "paragraph")
    assert (text.length, set(text.marks) - {"kparagraph"}) == READ_RUNS[unit]
