"""Word translations learned from aligned texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment.lexicon import (
    Lexicon,
    associate,
    fold,
    learn_lexicon,
    merge_lexicons,
    words,
)

PAIRS = [
    ("The house is big.", "La maison est grande."),
    ("The house is small.", "La maison est petite."),
    ("The book is big.", "Le livre est grand."),
    ("A small book.", "Un petit livre."),
    ("My house.", "Ma maison."),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’été, déjà!", ["l", "ete", "deja"]),
        ("Straße 12b", ["strasse", "b"]),
        ("日本語 text", ["日", "本", "語", "text"]),
        ("𠮷野", ["𠮷", "野"]),
        ("ÉCOLE", ["ecole"]),
        ("123 – ?!", []),
        ("snake_case", ["snake", "case"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_fold_is_idempotent_on_accents_and_case() -> None:
    assert fold("Ça VA") == fold(fold("Ça VA")) == "ca va"


def test_the_likeliest_translation_is_learnt() -> None:
    table = learn_lexicon(PAIRS).table
    assert max(table["house"], key=table["house"].__getitem__) == "maison"
    assert max(table["book"], key=table["book"].__getitem__) == "livre"


def test_nothing_is_learnt_from_nothing() -> None:
    assert learn_lexicon([]) == Lexicon({})
    assert learn_lexicon([("", ""), ("a word", ""), ("", "un mot")]).table == {}


@given(
    st.lists(st.tuples(st.text("abc d", max_size=12), st.text("xyz w", max_size=12)), max_size=6)
)
def test_rows_are_probabilities_and_learning_is_repeatable(pairs: list[tuple[str, str]]) -> None:
    lexicon = learn_lexicon(pairs)
    assert lexicon == learn_lexicon(pairs)
    for row in lexicon.table.values():
        assert all(0 < p <= 1 + 1e-9 for p in row.values())
        assert sum(row.values()) <= 1 + 1e-9


def test_words_of_the_same_pairs_are_associated() -> None:
    sets = [(words(a), words(b)) for a, b in PAIRS]
    filler = [([f"a{n}"], [f"b{n}"]) for n in range(40)]
    table = associate([*sets, *filler]).table
    assert max(table["house"], key=lambda word: table["house"][word]) == "maison"
    assert max(table["book"], key=lambda word: table["book"][word]) == "livre"


@pytest.mark.parametrize(
    "pairs",
    [[], [(["a"], ["b"])], [(["a"], ["b"]), (["c"], ["d"])], [(["a"], []), (["a"], ["b"])]],
    ids=["nothing", "one pair", "each once", "never together twice"],
)
def test_one_pair_of_texts_is_no_witness(pairs: list[tuple[list[str], list[str]]]) -> None:
    assert associate(pairs).table == {}


def test_one_of_the_pairs_is_not_counted() -> None:
    assert associate([(["a"], ["b"])] * 2).table == {"a": {"b": 0.5}}


def test_what_stands_everywhere_says_nothing() -> None:
    pairs = [(["the", f"a{n // 2}"], ["le", f"b{n // 2}"]) for n in range(40)]
    table = associate(pairs).table
    assert "the" not in table
    assert table["a3"] == {"b3": 0.5}


def test_lexicons_are_joined_by_the_higher_figure() -> None:
    one = Lexicon({"a": {"b": 0.5, "c": 0.1}, "d": {"e": 1.0}})
    other = Lexicon({"a": {"b": 0.2, "c": 0.4}, "f": {"g": 0.3}})
    assert merge_lexicons(one, other).table == {
        "a": {"b": 0.5, "c": 0.4},
        "d": {"e": 1.0},
        "f": {"g": 0.3},
    }
    assert merge_lexicons(None, other) == other
    assert one.table["a"] == {"b": 0.5, "c": 0.1}
