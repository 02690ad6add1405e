"""Similarity of strings."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import similarity as similar
from pipeline.language.similarity import (
    SimilarityIndex,
    best_match,
    character_ratio,
    nearest,
    one_slip,
    suggestion,
    words_ratio,
)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("", "", 1.0), ("a", "", 0.0), ("abcd", "abcd", 1.0), ("abcd", "abxd", 0.75), ("a", "b", 0)],
)
def test_ratio(a: str, b: str, expected: float) -> None:
    assert character_ratio(a, b) == pytest.approx(expected)


@given(st.text(), st.text())
def test_ratio_is_a_share_and_has_no_direction(a: str, b: str) -> None:
    assert 0 <= character_ratio(a, b) <= 1
    assert character_ratio(a, b) == character_ratio(b, a)
    assert (character_ratio(a, b) == 1) == (a == b)


@pytest.mark.parametrize(
    ("word", "candidates", "cutoff", "expected"),
    [
        ("mrege", ["extract", "merge"], 0.5, "merge"),
        ("mrege", ["extract", "merge"], 0.9, None),
        ("ab", ["xb", "ax"], 0.5, "xb"),
        ("ab", [], 0.0, None),
        ("", ["a"], 0.5, None),
        ("Merge", ["merge"], 1.0, None),
    ],
)
def test_nearest(word: str, candidates: list[str], cutoff: float, expected: str | None) -> None:
    assert nearest(word, candidates, cutoff) == expected
    assert nearest(word, iter(candidates), cutoff) == expected


@pytest.mark.parametrize(
    ("word", "otherwise", "expected"),
    [
        ("mrege", "", "; did you mean 'merge'?"),
        ("mrege", "there are: extract, merge", "; did you mean 'merge'?"),
        ("xyz", "there are: extract, merge", "; there are: extract, merge"),
        ("xyz", "", ""),
    ],
)
def test_suggestion(word: str, otherwise: str, expected: str) -> None:
    assert suggestion(word, ["extract", "merge"], otherwise=otherwise) == expected


def test_a_suggestion_is_as_like_as_asked() -> None:
    assert suggestion("mrege", ["merge"], 0.9) == ""


@given(st.text(min_size=1), st.lists(st.text(min_size=1)), st.floats(0, 1))
def test_best_is_the_highest_ratio_above_the_cutoff(
    text: str, candidates: list[str], cutoff: float
) -> None:
    match = best_match(text, candidates, cutoff)
    scores = [character_ratio(text, candidate) for candidate in candidates]
    if match:
        assert match[1] == pytest.approx(max(scores))
        assert candidates.index(match[0]) == scores.index(max(scores))
        assert match[1] >= cutoff - 1e-9
    else:
        assert all(score <= cutoff + 1e-9 for score in scores)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("word", "wrd", True),
        ("word", "words", True),
        ("word", "ward", True),
        ("word", "wrod", True),
        ("word", "word", False),
        ("word", "wad", False),
    ],
)
def test_one_slip(one: str, other: str, expected: bool) -> None:
    assert one_slip(one, other) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Taste it.", "taste, it!", 1.0),
        ("Taste it.", "Waste is.", 0.0),
        ("one two three four", "one two", 2 / 3),
        ("one two", "two one", 0.5),
        ("日本語の塩", "日本の塩", 8 / 9),
        ("塩salt", "塩 salt", 1.0),
        ("", "", 1.0),
        ("...", "Salt", 0.0),
    ],
)
def test_words_ratio(a: str, b: str, expected: float) -> None:
    assert words_ratio(a, b) == pytest.approx(expected)


words = st.lists(
    st.sampled_from(["alpha", "beta", "gamma", "delta", "x", "é"]), min_size=1, max_size=6
).map(" ".join)


@given(words, st.lists(words), st.floats(0, 1), st.integers(1, 4))
def test_an_index_of_few_finds_the_best(
    text: str, texts: list[str], cutoff: float, limit: int
) -> None:
    matches = SimilarityIndex(texts).near(text, cutoff, limit)
    scores = sorted((character_ratio(text, other) for other in texts), reverse=True)
    wanted = [score for score in scores if score > cutoff + 1e-9][:limit]
    assert [score for _, score in matches][: len(wanted)] == pytest.approx(wanted)
    assert all(score >= cutoff - 1e-9 for _, score in matches)
    assert all(
        score == pytest.approx(character_ratio(text, texts[number])) for number, score in matches
    )
    assert len({number for number, _ in matches}) == len(matches) <= limit


@given(words, st.lists(words, max_size=30), st.integers(1, 4))
def test_an_index_of_many_finds_the_same_text_and_nothing_unlike(
    text: str, texts: list[str], limit: int
) -> None:
    texts.append(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(similar, "_COMPARE_ALL", 0)
        matches = SimilarityIndex(texts).near(text, 0.6, limit)
    assert matches[0] == (texts.index(text), 1.0)
    assert all(
        score == pytest.approx(character_ratio(text, texts[number])) for number, score in matches
    )
    assert min(score for _, score in matches) >= 0.6


def test_of_equals_the_shorter_then_the_first_wins() -> None:
    texts = ["abcdxx", "abcy", "abcz", "zbcd"]
    assert SimilarityIndex(texts).near("abcd", 0.5, 4) == [
        (0, 0.8),
        (1, 0.75),
        (2, 0.75),
        (3, 0.75),
    ]
    assert SimilarityIndex(texts).near("abcd", 0.9) == []
    assert SimilarityIndex([]).near("abcd", 0.0) == []


def test_an_index_of_many_finds_what_is_like_it_among_common_words() -> None:
    texts = [f"The salt of number {n} is in the sea near town {n * 7}" for n in range(9_000)]
    index = SimilarityIndex(texts)
    for number in (0, 4_321, 8_999):
        (found,) = index.near(texts[number].replace("near", "by"), 0.8)
        assert found[0] == number
    assert index.near("Nothing is like this, whatever may come of it all", 0.8) == []


_ASKED = """
from pipeline.language import SimilarityIndex
word = lambda n, at: chr(0x4E00 + 200 * at + n * (2 * at + 1) % 200) * 3
texts = [" ".join(word(n, at) for at in range(8)) for n in range(4000)]
print(SimilarityIndex(texts).near(" ".join(word(31 * at, at) for at in range(8)), 0.1, 200))
"""
"""Program that searches texts whose words occur in twenty texts each, so all are equally rare."""


def test_every_process_finds_the_same() -> None:
    numbers = {
        subprocess.run(
            [sys.executable, "-c", _ASKED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(numbers) == 1
