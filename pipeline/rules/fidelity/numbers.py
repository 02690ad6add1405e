"""Numbers by value: 3.50 is 3,50 in French, 1,234 is 1 234, 3 p.m. is 15 h, 19th is XIXe."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.findings import Problem, Severity
from pipeline.language import (
    Number,
    ascii_digits,
    find_numbers,
    knows_number_words,
    number_symbols,
    spelt_numbers,
)
from pipeline.markdown import find_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["compare_numbers"]

_DIGIT = re.compile(r"\d")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);")
_LETTER = re.compile(r"[^\W\d_hH]")
"""Letter except h, which is between hours and minutes: 10h30."""
_NOT_NUMERIC = re.compile(r"[^-−\d.,' ’\u00a0\u202f]")
_MAX_GAP = 3
"""Maximum number of characters between the parts of one number, such as a telephone number."""
_AMBIGUOUS = ("1", "2")
"""Numbers whose words are also articles, pronouns and shares, so that they prove nothing."""
_SMALL = 100
"""Largest number that an unknown language is expected to write as a word."""


def compare_numbers(
    source: str,
    target: str,
    source_locale: str,
    target_locale: str,
    labels: frozenset[str] = frozenset(),
) -> list[Problem]:
    """Return the missing numbers, with those in their place, and the extra ones.

    A number in words, or as a Roman numeral, counts like one in digits. An extra number is a
    warning: a translation may say that a decade is 10 years.
    """
    # Numbers in words are compared only with digits, never with other words.
    if not (_DIGIT.search(source) or _DIGIT.search(target)):
        return []
    # "5 million" can be 5 or 5,000,000: a scale counts only where both languages' words are known.
    scaled = knows_number_words(source_locale) and knows_number_words(target_locale)
    source_numbers = find_numbers(_without_marks(source, labels), source_locale, scaled=scaled)
    target_numbers = find_numbers(_without_marks(target, labels), target_locale, scaled=scaled)
    missing, extra = _unmatched(source_numbers, target_numbers)
    if not (missing or extra) or _is_split_differently(missing, source, extra, target):
        return []
    source_words = spelt_numbers(source, source_locale)
    target_words = spelt_numbers(target, target_locale)
    missing = _drop_spelt(missing, target_words, source_words)
    extra = _drop_spelt(extra, source_words, target_words)
    if len(missing) == len(extra):
        separators = _separators(source_locale, target_locale)
        pairs = zip(missing, extra, strict=True)
        return [_replaced_problem(n, source, other, target, separators) for n, other in pairs]
    return [
        *_missing_problems(missing, source, sure=knows_number_words(target_locale)),
        *_extra_problems(extra, target, sure=knows_number_words(source_locale)),
    ]


def _without_marks(text: str, labels: frozenset[str]) -> str:
    """Return a text with spaces for addresses, code and the like, which are compared elsewhere."""
    rest = find_marks(text, labels).rest
    return _ENTITY.sub(lambda m: " " * len(m[0]), rest) if "&" in rest else rest


def _unmatched(
    source_numbers: list[Number], target_numbers: list[Number]
) -> tuple[list[Number], list[Number]]:
    """Pair numbers that have a reading in common; return the unpaired ones of both sides.

    Minutes and decimals of two zeros may come and go: 10:00 is 10 h.
    """
    indexes: dict[str, list[int]] = defaultdict(list)
    for at in range(len(target_numbers) - 1, -1, -1):
        for reading in target_numbers[at].readings:
            indexes[reading].append(at)
    used_indexes: set[int] = set()
    missing = []
    # What may mean several things comes last, so that it does not take what others need.
    for number in sorted(source_numbers, key=lambda n: len(n.readings)):
        for reading in number.readings:
            places = indexes.get(reading, [])
            while places and places[-1] in used_indexes:
                places.pop()
            if places:
                used_indexes.add(places.pop())
                break
        else:
            missing.append(number)
    extra = [number for at, number in enumerate(target_numbers) if at not in used_indexes]
    missing.sort(key=lambda n: n.start)
    return _without_double_zeros(missing), _without_double_zeros(extra)


def _without_double_zeros(numbers: list[Number]) -> list[Number]:
    return [n for n in numbers if n.readings[0] != "0" or n.end - n.start != 2]


def _is_split_differently(
    missing: list[Number], source: str, extra: list[Number], target: str
) -> bool:
    """Return whether both sides are one number, cut into parts in different ways."""
    return (
        max(len(missing), len(extra)) > 1
        and _digits(missing, source) == _digits(extra, target)
        and _are_adjacent(missing, source)
        and _are_adjacent(extra, target)
    )


def _digits(numbers: list[Number], text: str) -> str:
    return "".join(ascii_digits(text[n.start : n.end]) for n in numbers)


def _are_adjacent(numbers: list[Number], text: str) -> bool:
    gaps = (text[a.end : b.start] for a, b in pairwise(numbers))
    return all(len(gap) <= _MAX_GAP and not _LETTER.search(gap) for gap in gaps)


def _drop_spelt(
    numbers: list[Number], words: Counter[str], other_words: Counter[str]
) -> list[Number]:
    """Return the numbers that the words of the other text do not express.

    A word that both texts have expresses none of them.
    """
    remaining = words - Counter({k: n for k, n in other_words.items() if k not in _AMBIGUOUS})
    rest = []
    for number in numbers:
        value = next((reading for reading in number.readings if remaining[reading] > 0), None)
        if value is None:
            rest.append(number)
        elif value not in _AMBIGUOUS:
            remaining[value] -= 1
    return rest


def _replaced_problem(
    number: Number, source: str, other: Number, target: str, separators: dict[int, str]
) -> Problem:
    """Return the problem of a number that was replaced by another one."""
    raw, replacement = source[number.start : number.end], target[other.start : other.end]
    message = f"number {raw} is missing: found {replacement} instead"
    # The same digits can have another value: 1,234 is less than two in French.
    if raw == replacement:
        values = f"{number.readings[0]} in the source text but {other.readings[0]} here"
        message = f"number {raw} means {values}"
    # The points of a version (1.2.3) are not decimal points.
    version = number.readings[0].count(".") > 1
    suggestion = raw if version else raw.translate(separators)
    numeric = not _NOT_NUMERIC.search(suggestion) and suggestion != replacement
    suggestions = (suggestion,) if numeric else ()
    severity = _severity(number, sure=True)
    return Problem("MK108", message, other.start, other.end, suggestions, severity=severity)


def _missing_problems(missing: list[Number], source: str, *, sure: bool) -> Iterator[Problem]:
    """Yield the problems of numbers that were left out."""
    counts = Counter(source[number.start : number.end] for number in missing)
    for raw, number in {source[n.start : n.end]: n for n in missing}.items():
        times = f" ({counts[raw]} times)" if counts[raw] > 1 else ""
        severity = _severity(number, sure=sure)
        yield Problem("MK108", f"number {raw} is missing{times}", severity=severity)


def _extra_problems(extra: list[Number], target: str, *, sure: bool) -> Iterator[Problem]:
    """Yield numbers that are not in the source, unless it may have them as unknown words."""
    for number in extra:
        if sure or _severity(number, sure=False) is None:
            raw = target[number.start : number.end]
            message = f"number {raw} is not in the source text"
            yield Problem("MK108", message, number.start, number.end, severity=Severity.WARNING)


def _separators(source_locale: str, target_locale: str) -> dict[int, str]:
    """Map the decimal and thousands separators of the source locale to the target's."""
    if not (source_locale and target_locale):
        return {}
    pairs = zip(number_symbols(source_locale), number_symbols(target_locale), strict=True)
    return {ord(mine): theirs for mine, theirs in pairs}


def _severity(number: Number, *, sure: bool) -> Severity | None:
    """Return WARNING for a number that may belong to a word or be an unknown one, else None."""
    value = number.readings[0]
    small = value.isdecimal() and len(value) <= 3 and int(value) <= _SMALL
    # A number in a word may be part of a name: B2B.
    return Severity.WARNING if number.glued or (small and not sure) else None
