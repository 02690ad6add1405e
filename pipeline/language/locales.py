"""Locale data from Babel: names, scripts, plural forms, direction, dates, numbers."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global, get_locale_identifier, parse_locale
from babel.dates import format_date
from babel.messages.plurals import get_plural
from babel.numbers import format_percent, get_decimal_symbol, get_group_symbol

from pipeline.errors import UsageError
from pipeline.language.similarity import suggestion

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

__all__ = [
    "base_locale",
    "direction",
    "is_regional",
    "language_tag",
    "long_date",
    "name_in",
    "number_symbols",
    "own_name",
    "percent",
    "plural_category",
    "plural_forms",
    "require_locale",
    "script_of",
]


_SCRIPTS = {
    "arabic": "Arab",
    "cyrillic": "Cyrl",
    "devanagari": "Deva",
    "iqtelif": "Latn",
    "latin": "Latn",
}
"""Scripts by the modifiers of locales that name them, as in the names of glibc."""


def require_locale(locale: str) -> str:
    """Return the locale in Babel's spelling, such as ``pt_BR`` for ``PT_br``.

    It stays the requested one, even if Babel reads it as a short form (``zh_TW`` of
    ``zh_Hant_TW``), because files are named by it.

    Raises:
        UsageError: Babel does not know it; the message names the nearest one.
    """
    try:
        Locale.parse(locale)
        name = get_locale_identifier(parse_locale(locale))
        # Babel takes any modifier, even @../.., but files are named by the locale.
        if not re.fullmatch(r"[\w@]+", name):
            raise ValueError(name)
        return name
    except (UnknownLocaleError, ValueError, TypeError) as error:
        names = localedata.locale_identifiers()
        hint = suggestion(locale.replace("-", "_"), names, 0.5)
        message = f"unknown locale '{locale}': expected a name such as fr, fr_CA or zh_Hant{hint}"
        raise UsageError(message) from error


def _parsed(locale: str) -> Locale:
    """Return Babel's data of a locale, those of its script if a modifier names one."""
    name, _, modifier = locale.partition("@")
    if script := _SCRIPTS.get(modifier.lower()):
        language, *rest = name.split("_")
        with suppress(UnknownLocaleError):
            return Locale.parse("_".join([language, script, *rest]))
    return Locale.parse(locale)


def plural_forms(locale: str) -> str:
    """Return the Plural-Forms header of a PO file."""
    return get_plural(locale).plural_forms


def plural_category(count: int, locale: str) -> str:
    """Return CLDR's plural category of a count: zero, one, two, few, many or other."""
    return Locale.parse(locale).plural_form(count)


def own_name(locale: str) -> str:
    """Return the language's name in itself, such as ``français``."""
    parsed = _parsed(locale)
    return parsed.get_display_name(parsed) or locale


def name_in(locale: str, other: str) -> str:
    """Return the language's name in another language, such as ``French`` in ``en``."""
    return _parsed(locale).get_display_name(_parsed(other)) or locale


def direction(locale: str) -> str:
    """Return the direction of writing: ``ltr`` or ``rtl``."""
    return str(_parsed(locale).text_direction)


@lru_cache(maxsize=64)
def script_of(locale: str) -> str:
    """Return the ISO 15924 code of a locale's script (``Cyrl``, ``Hant``); empty if unknown.

    If neither the locale nor its modifier names it, it is the likeliest one of CLDR.
    """
    try:
        parsed = _parsed(locale)
    except (UnknownLocaleError, ValueError):
        return ""
    likely = get_global("likely_subtags")
    full = likely.get(f"{parsed.language}_{parsed.territory}") or likely.get(parsed.language)
    return parsed.script or (parse_locale(full)[2] if full else None) or ""


def language_tag(locale: str) -> str:
    """Return the BCP 47 tag of a locale for HTML, such as ``fr-CA``.

    A modifier becomes a script (``sr@latin``) or a variant (``ca_ES@valencia``), or is dropped if
    it can be neither.
    """
    tag, _, modifier = locale.replace("_", "-").partition("@")
    if script := _SCRIPTS.get(modifier.lower()):
        language, *rest = tag.split("-")
        return "-".join([language, script, *rest])
    return f"{tag}-{modifier}" if 5 <= len(modifier) <= 8 else tag


def base_locale(locale: str, others: Collection[str]) -> str:
    """Return the one of the others from which a locale may take its texts; empty if none.

    It is the nearest of its parents in CLDR (``es_419`` of ``es_MX``, ``fr`` of ``fr_CA``), of the
    same language and script.
    """
    script = script_of(locale)
    language, _, territory = locale.partition("@")[0].partition("_")
    parents, parent = [], locale
    while parent := _parent(parent):
        parents.append(parent)
    # zh_TW is written as zh_Hant is, which is no parent of it.
    parents += [f"{language}_{script}_{territory}", f"{language}_{script}"]
    return next((p for p in parents if p in others and is_regional(locale, p)), "")


def is_regional(locale: str, base: str) -> bool:
    """Return whether two locales are of one language and one script."""
    return (
        locale != base
        and re.split("[_@]", locale)[0] == re.split("[_@]", base)[0]
        and script_of(locale) == script_of(base)
    )


def _parent(locale: str) -> str:
    """Return the parent of a locale in CLDR; empty for a language."""
    exception: str | None = get_global("parent_exceptions").get(locale)
    mark = "@" if "@" in locale else "_"
    return exception or locale.rpartition(mark)[0]


def long_date(day: date, locale: str) -> str:
    """Format a date in full, such as ``23 novembre 2026``."""
    return format_date(day, "long", locale=_parsed(locale))


def percent(share: float, locale: str) -> str:
    """Format a share, 0 to 1, such as ``82 %``; less than everything is never 100 %."""
    # 0.29 * 100 is 28.999999999999996.
    return format_percent(floor(share * 100 + 1e-9) / 100, locale=locale)


@lru_cache(maxsize=64)
def number_symbols(locale: str) -> tuple[str, str]:
    """Return the signs for decimals and between thousands, such as ``,`` and U+202F for ``fr``."""
    return get_decimal_symbol(locale), get_group_symbol(locale)
