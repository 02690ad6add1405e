"""Measure the similarity of strings; the only module that imports rapidfuzz."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from math import inf
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Indel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "UNSPACED",
    "SimilarityIndex",
    "best_match",
    "character_ratio",
    "edits_within",
    "nearest",
    "one_slip",
    "suggestion",
    "words_ratio",
]

_COMPARE_ALL = 1_000
"""Up to so many texts of a fitting length are all compared, without an index."""

_MOST_PLACES = 500
"""Number of places of an index that are compared with one text, the rarest trigrams first."""

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
"""Scripts without spaces between words (Thai, Lao, Burmese, Khmer, kana, Han), for a pattern: each
of their characters counts as a word.
"""
_WORDS = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")


def character_ratio(a: str, b: str) -> float:
    """Return the share of characters that stay when one string is edited into the other, 0 to 1."""
    return fuzz.ratio(a, b) / 100


def words_ratio(a: str, b: str) -> float:
    """Return the share of words that stay when one text is edited into the other, 0 to 1.

    The case of letters does not count. Two unrelated sentences share half of their characters, but
    not half of their words.
    """
    return Indel.normalized_similarity(_words(a), _words(b))


def nearest(word: str, candidates: Iterable[str], cutoff: float) -> str | None:
    """Return the candidate most similar to a word, or None if all are below the cutoff (0 to 1).

    Of equals the first wins.
    """
    match = best_match(word, candidates, cutoff)
    return match[0] if match else None


def suggestion(
    word: str, candidates: Iterable[str], cutoff: float = 0.4, *, otherwise: str = ""
) -> str:
    """Return the end of a message about an unknown word: ``; did you mean 'merge'?``.

    Without a known word at least that like it (0 to 1), ``otherwise`` follows the semicolon;
    without either, the end is empty.
    """
    match = nearest(word, candidates, cutoff)
    hint = f"did you mean '{match}'?" if match else otherwise
    return f"; {hint}" if hint else ""


def best_match(text: str, candidates: Iterable[str], cutoff: float) -> tuple[str, float] | None:
    """Return the candidate most similar to a text, with its similarity; None below the cutoff."""
    match = process.extractOne(text, list(candidates), scorer=fuzz.ratio, score_cutoff=cutoff * 100)
    return (match[0], match[1] / 100) if match else None


def one_slip(one: str, other: str) -> bool:
    """Return whether one omission, addition, change or swap of adjacent letters makes the other."""
    return OSA.distance(one, other, score_cutoff=1) == 1


def edits_within(one: str, other: str, limit: int) -> bool:
    """Return whether so many omissions, additions, changes or swaps at most make the other text."""
    return OSA.distance(one, other, score_cutoff=limit) <= limit


class SimilarityIndex:
    """Index of many texts, to find those most similar to another one.

    Up to a thousand texts of a fitting length are all compared, so the best is found for certain.
    Among more, only those that share rare trigrams with the text are compared, which may miss a
    text that is not very similar. Trigrams are indexed only when such a text is searched for the
    first time.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        numbered = list(enumerate(texts))
        # In the order of their lengths, so that those of a fitting length stand together.
        numbered.sort(key=lambda pair: len(pair[1]))
        self._numbers = [number for number, _ in numbered]
        self._texts = [text for _, text in numbered]
        self._lengths = [len(text) for text in self._texts]
        self._places: dict[str, array[int]] = {}

    def near(self, text: str, cutoff: float, limit: int = 1) -> list[tuple[int, float]]:
        """Return the numbers of the texts most similar to one, each with its similarity.

        Numbers are from 0, similarities from 0 to 1. The best come first, of equals the shorter,
        then the first; none is below the cutoff.
        """
        low, high = self._fitting_range(len(text), cutoff)
        places: Sequence[int] = range(low, high)
        if high - low > _COMPARE_ALL:
            places = sorted(self._sharing_trigrams(text, low, high))
        texts = [self._texts[place] for place in places]
        matches = process.extract(
            text, texts, scorer=fuzz.ratio, score_cutoff=cutoff * 100, limit=limit
        )
        return [(self._numbers[places[at]], score / 100) for _, score, at in matches]

    def _fitting_range(self, length: int, cutoff: float) -> tuple[int, int]:
        """Return the range of places whose lengths allow the similarity: it is 2 same / (a + b)."""
        share = cutoff / (2 - cutoff)
        # A rounding error must not exclude a length at the very limit.
        shortest, longest = length * share - 1e-6, length / share + 1e-6 if share else inf
        return bisect_left(self._lengths, shortest), bisect_right(self._lengths, longest)

    def _sharing_trigrams(self, text: str, low: int, high: int) -> set[int]:
        """Return the places in a range whose texts share the rarest trigrams with a text."""
        if not self._places:
            self._index_trigrams()
        postings = [places for trigram in _trigrams(text) if (places := self._places.get(trigram))]
        postings.sort(key=len)
        sharing: set[int] = set()
        remaining = _MOST_PLACES
        for places in postings:
            inside = places[bisect_left(places, low) : bisect_left(places, high)]
            remaining -= len(inside)
            if remaining < 0 and sharing:
                break
            sharing.update(inside[:_MOST_PLACES])
        return sharing

    def _index_trigrams(self) -> None:
        for place, text in enumerate(self._texts):
            for trigram in _trigrams(text):
                # Not setdefault, which would make an array for each trigram of each text.
                if trigram in self._places:
                    self._places[trigram].append(place)
                else:
                    self._places[trigram] = array("I", (place,))


def _trigrams(text: str) -> Iterable[str]:
    """Return each trigram once, in an order that is the same in every process."""
    padded = f"  {text.casefold()} "
    return dict.fromkeys([padded[at : at + 3] for at in range(len(padded) - 2)])


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.casefold())
