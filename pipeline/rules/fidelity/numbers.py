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

__all__ = ["quantities"]

_DIGIT = re.compile(r"\d")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);")
_LETTER = re.compile(r"[^\W\d_hH]")
_SIGN = re.compile(r"[^-−\d.,' ’\u00a0\u202f]")
_CLOSE = 3
"""Maximum number of characters between the parts of one number, such as a telephone number."""
_VAGUE = ("1", "2")
"""Numbers whose words are also articles, pronouns and shares, so that they prove nothing."""
_SMALL = 100


def quantities(
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
    if not (_DIGIT.search(source) or _DIGIT.search(target)):
        return []
    known = knows_number_words(source_locale) and knows_number_words(target_locale)
    here = find_numbers(_bare(source, labels), source_locale, scaled=known)
    there = find_numbers(_bare(target, labels), target_locale, scaled=known)
    missing, extra = _unmatched(here, there)
    if not (missing or extra) or _cut_otherwise(missing, source, extra, target):
        return []
    said, written = spelt_numbers(source, source_locale), spelt_numbers(target, target_locale)
    missing = _unexcused(missing, written, said)
    extra = _unexcused(extra, said, written)
    if len(missing) == len(extra):
        signs = _signs(source_locale, target_locale)
        pairs = zip(missing, extra, strict=True)
        return [_replaced(n, source, other, target, signs) for n, other in pairs]
    lost = _missing(missing, source, sure=knows_number_words(target_locale))
    return [*lost, *_added(extra, target, sure=knows_number_words(source_locale))]


def _bare(text: str, labels: frozenset[str]) -> str:
    """Return a text with spaces for addresses, code and the like, which are compared elsewhere."""
    rest = find_marks(text, labels).rest
    return _ENTITY.sub(lambda m: " " * len(m[0]), rest) if "&" in rest else rest


def _unmatched(here: list[Number], there: list[Number]) -> tuple[list[Number], list[Number]]:
    """Pair numbers that have a reading in common; return the unpaired ones of both sides.

    Minutes and decimals of two zeros may come and go: 10:00 is 10 h.
    """
    waiting: dict[str, list[int]] = defaultdict(list)
    for at in range(len(there) - 1, -1, -1):
        for reading in there[at].readings:
            waiting[reading].append(at)
    used: set[int] = set()
    missing = []
    # What may mean several things comes last, so that it does not take what others need.
    for number in sorted(here, key=lambda n: len(n.readings)):
        for reading in number.readings:
            places = waiting.get(reading, [])
            while places and places[-1] in used:
                places.pop()
            if places:
                used.add(places.pop())
                break
        else:
            missing.append(number)
    extra = [number for at, number in enumerate(there) if at not in used]
    missing.sort(key=lambda n: n.start)
    return [n for n in missing if not _zeros(n)], [n for n in extra if not _zeros(n)]


def _zeros(number: Number) -> bool:
    return number.readings[0] == "0" and number.end - number.start == 2


def _cut_otherwise(missing: list[Number], source: str, extra: list[Number], target: str) -> bool:
    """Return whether both sides are one number, cut into parts in different ways."""
    return (
        max(len(missing), len(extra)) > 1
        and _digits(missing, source) == _digits(extra, target)
        and _close(missing, source)
        and _close(extra, target)
    )


def _digits(found: list[Number], text: str) -> str:
    return "".join(ascii_digits(text[n.start : n.end]) for n in found)


def _close(found: list[Number], text: str) -> bool:
    gaps = (text[a.end : b.start] for a, b in pairwise(found))
    return all(len(gap) <= _CLOSE and not _LETTER.search(gap) for gap in gaps)


def _unexcused(found: list[Number], words: Counter[str], others: Counter[str]) -> list[Number]:
    """Return the numbers that the words of the other text do not express.

    A word that both texts have expresses none of them.
    """
    left = words - Counter({k: n for k, n in others.items() if k not in _VAGUE})
    rest = []
    for number in found:
        value = next((reading for reading in number.readings if left[reading] > 0), None)
        if value is None:
            rest.append(number)
        elif value not in _VAGUE:
            left[value] -= 1
    return rest


def _replaced(
    number: Number, source: str, other: Number, target: str, signs: dict[int, str]
) -> Problem:
    """Return the problem of a number that was replaced by another one."""
    raw, stands = source[number.start : number.end], target[other.start : other.end]
    message = f"number {raw} is missing: found {stands} instead"
    if raw == stands:
        values = f"{number.readings[0]} in the source text but {other.readings[0]} here"
        message = f"number {raw} means {values}"
    version = number.readings[0].count(".") > 1
    written = raw if version else raw.translate(signs)
    numeric = not _SIGN.search(written) and written != stands
    suggestions = (written,) if numeric else ()
    severity = _weight(number, sure=True)
    return Problem("MK108", message, other.start, other.end, suggestions, severity=severity)


def _missing(missing: list[Number], source: str, *, sure: bool) -> Iterator[Problem]:
    """Yield the problems of numbers that were left out."""
    counts = Counter(source[number.start : number.end] for number in missing)
    for raw, number in {source[n.start : n.end]: n for n in missing}.items():
        times = f" ({counts[raw]} times)" if counts[raw] > 1 else ""
        severity = _weight(number, sure=sure)
        yield Problem("MK108", f"number {raw} is missing{times}", severity=severity)


def _added(extra: list[Number], target: str, *, sure: bool) -> Iterator[Problem]:
    """Yield numbers that are not in the source, unless it may have them as unknown words."""
    for number in extra:
        if sure or _weight(number, sure=False) is None:
            raw = target[number.start : number.end]
            message = f"number {raw} is not in the source text"
            yield Problem("MK108", message, number.start, number.end, severity=Severity.WARNING)


def _signs(source_locale: str, target_locale: str) -> dict[int, str]:
    """Map the decimal and thousands separators of the source locale to the target's."""
    if not (source_locale and target_locale):
        return {}
    pairs = zip(number_symbols(source_locale), number_symbols(target_locale), strict=True)
    return {ord(mine): theirs for mine, theirs in pairs}


def _weight(number: Number, *, sure: bool) -> Severity | None:
    """Return WARNING for a number that may belong to a word or be an unknown one, else None."""
    value = number.readings[0]
    small = value.isdecimal() and len(value) <= 3 and int(value) <= _SMALL
    return Severity.WARNING if number.glued or (small and not sure) else None
