"""Find numbers in digits, and their possible values by the conventions of a locale."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from pipeline.language.locales import number_symbols
from pipeline.language.number_words import SCALES, language_of, shift_decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Number", "ascii_digits", "find_numbers"]

_SPACE = "[ \u00a0\u202f\u2009]"
_NUMBER = re.compile(
    rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:[.,]\d+)*"
    r"|\d+(?:[.,\u066b\u066c]\d+|['’]\d{3}(?!\d))*"
    r"|(?<![\w.,])[.]\d+"
)
_SEPARATOR = re.compile(r"\D")
_DAY = re.compile(r"\d\d?\.\d\d?\.\d{4}")
_HALF_DAY = re.compile(rf"(?:[:.]\d\d)?{_SPACE}?([ap])\.?{_SPACE}?m\b", re.I)
_DECADE = re.compile(r"['’]?s\b")
_MINUS = re.compile(r"(?<!\S)(?:minus|moins|menos|meno) \Z", re.I)
_SCALE = re.compile(rf"{_SPACE}?([^\W\d_]+)")
_SHORT = {"k": 3, "m": 6, "mio": 6, "b": 9, "bn": 9, "md": 9, "mds": 9, "mrd": 9, "t": 12, "tn": 12}
_CENTS = 2
"""Power of words for hundred, which are not multiplied: behind digits they mean money."""
_HAN = {"千": 3, "万": 4, "萬": 4, "億": 8, "亿": 8, "천": 3, "만": 4, "억": 8}
# The Arabic separators become letters, as each has one meaning only, in every locale.
_USUAL = {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "\u066b": "d", "\u066c": "g"}


class Number(NamedTuple):
    """One number in a text; offsets in code points."""

    readings: tuple[str, ...]
    """Possible values, likeliest first: decimals as text, without useless zeros, such as
    ``-1234.5``, or a version such as ``1.2.3``.
    """
    start: int
    end: int
    glued: bool
    """True if a letter is right before it, as in Q1: it may be part of a word."""


def find_numbers(text: str, locale: str, *, scaled: bool = False) -> list[Number]:
    """Find the numbers, in order; an unknown (empty) locale allows every convention.

    The parts of a date, a time and a range are numbers of their own. With ``scaled`` 5 million is
    not 5 as well, which is right if the other language's word for it is known.
    """
    symbols = number_symbols(locale) if locale else ("", "")
    numbers: list[Number] = []
    for match in _NUMBER.finditer(text):
        for start, end in _number_ranges(match):
            values = _values(_ascii(text[start:end]), symbols)
            values = _apply_scale(values, text, end, locale, only=scaled)
            values += tuple(_other_meanings(values[0], text, start, end, numbers))
            values, at = _apply_sign(values, text, start)
            numbers.append(Number(tuple(dict.fromkeys(values)), at, end, _is_glued(text, start)))
    return numbers


def _number_ranges(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the numbers in a chain of digits: one, unless it is a list or a date."""
    text = match[0]
    groups = _SEPARATOR.split(text)
    chain = len(groups) > 2 and len(set(_SEPARATOR.findall(text))) == 1
    is_list = chain and "," in text and not _is_grouped(groups)
    if not is_list and not (chain and _DAY.fullmatch(text)):
        yield match.span()
        return
    at = match.start()
    for group in groups:
        yield at, at + len(group)
        at += len(group) + 1


def ascii_digits(text: str) -> str:
    """Return the digits of a number without signs and separators, as 0 to 9."""
    return _SEPARATOR.sub("", _ascii(text))


def _ascii(text: str) -> str:
    """Replace digits of any script by 0 to 9, and separators by their usual form."""
    if text.isascii():
        return text
    usual = (str(unicodedata.digit(c)) if c.isdecimal() else _USUAL.get(c, c) for c in text)
    return "".join(usual)


def _values(text: str, symbols: tuple[str, str]) -> tuple[str, ...]:
    """Return the values of digits with separators, by the symbols of the locale."""
    separators = _SEPARATOR.findall(text)
    if not separators:
        return (text.lstrip("0") or "0",)
    groups = _SEPARATOR.split(text)
    if len(set(separators)) > 1:  # the last of two kinds parts the decimals
        return (_decimal("".join(groups[:-1]), groups[-1]),)
    separator, whole = separators[0], "".join(groups).lstrip("0") or "0"
    if len(separators) > 1:
        return (whole,) if separator in " 'g" or _is_grouped(groups) else (".".join(groups),)
    if separator in " 'g":
        return (whole,)
    decimal = _decimal(*groups)
    if separator in (symbols[0], "d") or not _is_grouped(groups):
        return (decimal,)
    return (whole,) if separator == symbols[1] else (whole, decimal)


def _is_grouped(groups: list[str]) -> bool:
    """Return whether digits are grouped in threes, or as in India in twos before the last three."""
    first, *middle, last = groups
    sizes = {len(group) for group in middle}
    # 0,123 and 0.123 are decimals.
    fits = 1 <= len(first) <= 3 and len(last) == 3 and first != "0"
    return fits and (sizes <= {3} or (sizes == {2} and len(first) < 3))


def _decimal(whole: str, fraction: str) -> str:
    return shift_decimal(f"{whole}.{fraction}", 0)


def _apply_scale(
    values: tuple[str, ...], text: str, end: int, locale: str, *, only: bool
) -> tuple[str, ...]:
    """Multiply values by the words behind a number, such as million.

    Both values are kept where the words may mean something else.
    """
    match = _SCALE.match(text, end)
    if not match:
        return values
    word = match[1].lower()
    short = _SHORT.get(word) or _HAN.get(word[0], 0)
    if short:
        return (*values, *(shift_decimal(value, short) for value in values))
    scales = SCALES.get(language_of(locale), {})
    power = 0
    while match and scales.get(match[1].lower(), 0) > _CENTS:
        power += scales[match[1].lower()]
        match = _SCALE.match(text, match.end())
    more = tuple(shift_decimal(value, power) for value in values) if power else ()
    return more if more and only else (*more, *values)


def _apply_sign(values: tuple[str, ...], text: str, start: int) -> tuple[tuple[str, ...], int]:
    """Apply the sign before a number; return the values, and the start with the sign."""
    sign = text[start - 1 : start]
    if not sign or sign not in "-−– ":
        return values, start
    negative = tuple("-" + value for value in values)
    if sign != " ":
        before = text[start - 2 : start - 1] if start > 1 else ""
        if not before or before.isspace() or before in "([«“":
            # An en dash before a number may be a minus or a dash.
            return ((*negative, *values), start) if sign == "–" else (negative, start - 1)
    elif _MINUS.search(text, max(0, start - 8), start):  # or: at least five, au moins cinq
        return (*values, *negative), start
    return values, start


def _other_meanings(
    value: str, text: str, start: int, end: int, before: list[Number]
) -> Iterator[str]:
    """Yield other meanings of a number: an hour after noon, a short year, a decade."""
    if len(value) > 4 or not value.isdecimal():
        return
    hour = _HALF_DAY.match(text, end)
    if hour and int(value) <= 12:
        # 12 a.m. is midnight, 12 p.m. noon.
        yield str(int(value) % 12 + (12 if hour[1] in "pP" else 0))
    if end - start == 2:
        if text[start - 1 : start] in ("'", "’", "‘") and not text[start - 2 : start - 1].isalnum():
            yield from ("19" + value, "20" + value)
        if before and before[-1].end - before[-1].start == 4 and start - before[-1].end == 1:
            yield before[-1].readings[0][:2] + text[start:end]
    if value.endswith("0") and _DECADE.match(text, end):
        yield value[2:] if len(value) == 4 else "19" + value


def _is_glued(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    # Not the minutes of a French time such as 9h30.
    return before.isalpha() and not (before in "hH" and text[start - 2 : start - 1].isdigit())
