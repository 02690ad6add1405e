"""Texts joined for a grammar engine, and its matches for each of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings import Severity
from pipeline.gate import proofread
from pipeline.gate.grammar.contract import Match
from pipeline.gate.proofread import join_texts, rate_matches, split_matches
from pipeline.markdown.plain_text import plain


def match(start: int, end: int, rule: str = "RULE", category: str = "CAT") -> Match:
    kind = "misspelling" if category == "TYPOS" else "grammar"
    return Match(start, end, rule, category, kind, "wrong", ("a", "b", "c", "d", "e", "f"))


def test_sections_are_apart_and_paragraphs_joined() -> None:
    found = list(join_texts(["a", "a", "b", "b"], ["One", "Two", "3", "Four"]))
    assert [(c.text, c.indexes, c.starts) for c in found] == [
        ("One\n\nTwo", (0, 1), (0, 5)),
        ("Four", (3,), (0,)),
    ]


@given(st.lists(st.text("ab \u00e9\U0001f680", max_size=12), max_size=12), st.integers(1, 40))
def test_every_text_is_read_once(texts: list[str], limit: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proofread, "LIMIT", limit)
        found = list(join_texts(["x"] * len(texts), texts))
    read = [index for chunk in found for index in chunk.indexes]
    assert read == [i for i, text in enumerate(texts) if set(text) & set("ab\u00e9")]
    for chunk in found:
        assert len(chunk.text) <= limit + 2 or len(chunk.indexes) == 1
        for index, start in zip(chunk.indexes, chunk.starts, strict=True):
            assert chunk.text[start : start + len(texts[index])] == texts[index]
            inside = match(start, start + len(texts[index]))
            assert split_matches(chunk, [inside])[index] == [match(0, len(texts[index]))]


def test_a_match_over_two_texts_belongs_to_none() -> None:
    (chunk,) = join_texts(["x", "x"], ["One", "Two"])
    assert split_matches(chunk, [match(2, 6), match(5, 8)]) == {0: [], 1: [match(0, 3)]}


def test_what_is_hidden_is_not_judged() -> None:
    text = plain("Use `cod e` here now.")
    assert list(rate_matches(text, [match(4, 9)], (), "en")) == []
    (found,) = rate_matches(text, [match(10, 14)], (), "en")
    assert (found.code, found.rule, found.start, found.end) == ("GR101", "RULE", 10, 14)
    assert found.suggestions == ("a", "b", "c", "d", "e")


def test_a_text_of_unknown_words_is_one_problem() -> None:
    text = "Nobody ever put these words into another language before"
    at = 0
    found = []
    for word in text.split():
        found.append(match(at, at + len(word), "FR_SPELLING_RULE", "TYPOS"))
        at += len(word) + 1
    known = frozenset(word.casefold() for word in text.split())
    assert [p.code for p in rate_matches(plain(text), found, known, "fr")] == ["GR105"]
    assert list(rate_matches(plain(text), found[:1], known, "fr")) == []


def test_a_word_that_stands_there_again_and_again_is_a_note() -> None:
    text = plain("la muetra es")
    found = match(3, 9, "MORFOLOGIK_RULE_ES", "TYPOS")._replace(suggestions=("muestra",))
    (once,) = rate_matches(text, [found], (), "es")
    (often,) = rate_matches(text, [found], (), "es", {"muetra"})
    assert (once.severity, often.severity) == (Severity.WARNING, Severity.INFO)
