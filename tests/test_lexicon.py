"""Learning which words translate which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon import Lexicon, fold, learn, words

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
    table = learn(PAIRS).table
    assert max(table["house"], key=table["house"].__getitem__) == "maison"
    assert max(table["book"], key=table["book"].__getitem__) == "livre"


def test_nothing_is_learnt_from_nothing() -> None:
    assert learn([]) == Lexicon({})
    assert learn([("", ""), ("a word", ""), ("", "un mot")]).table == {}


@given(
    st.lists(st.tuples(st.text("abc d", max_size=12), st.text("xyz w", max_size=12)), max_size=6)
)
def test_rows_are_probabilities_and_learning_is_repeatable(pairs: list[tuple[str, str]]) -> None:
    lexicon = learn(pairs)
    assert lexicon == learn(pairs)
    for row in lexicon.table.values():
        assert all(0 < p <= 1 + 1e-9 for p in row.values())
        assert sum(row.values()) <= 1 + 1e-9
