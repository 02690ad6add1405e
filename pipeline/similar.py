"""How alike two strings are; the one module that knows rapidfuzz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["best", "nearest", "one_slip", "ratio"]


def ratio(a: str, b: str) -> float:
    """Share of the characters that stay when one string is edited into the other, 0 to 1."""
    return fuzz.ratio(a, b) / 100


def nearest(word: str, candidates: Iterable[str], cutoff: float) -> str | None:
    """Find the candidate most like a word, or None where all are below the cutoff (0 to 1).

    Of equals the first wins.
    """
    found = best(word, candidates, cutoff)
    return found[0] if found else None


def best(text: str, candidates: Iterable[str], cutoff: float) -> tuple[str, float] | None:
    """Find the candidate most like a text, with its likeness, or None below the cutoff."""
    found = process.extractOne(text, list(candidates), scorer=fuzz.ratio, score_cutoff=cutoff * 100)
    return (found[0], found[1] / 100) if found else None


def one_slip(one: str, other: str) -> bool:
    """Tell whether a letter left out, added, changed, or swapped with the next makes the other."""
    return OSA.distance(one, other, score_cutoff=1) == 1
