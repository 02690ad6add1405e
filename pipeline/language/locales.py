"""Locale data from Babel: names, scripts, plural forms, direction, dates, numbers."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import cache, lru_cache
from math import floor
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global, get_locale_identifier, parse_locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.plurals import get_plural
from babel.numbers import format_percent, get_decimal_symbol, get_group_symbol

from pipeline.errors import UsageError
from pipeline.language.similarity import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

__all__ = [
    "base_locale",
    "direction",
    "is_locale",
    "is_regional",
    "is_same_language",
    "join_names",
    "language_code",
    "language_tag",
    "locale_named",
    "long_date",
    "name_in",
    "nearest_locale",
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


_NAMED_IN = ("en", "fr", "de", "es", "pt", "it", "nl", "pl", "ru", "uk", "tr", "ja", "zh", "ar")
"""Languages in which people may name a language, the likeliest first."""
_NAME_THEMSELVES = (
    "bg bn bs ca cs cy da el et eu fa fi ga gl he hi hr hu id is ka kk ko lt lv mk ms nb nn no ro "
    "sk sl sq sr sv sw ta th ur vi"
)
"""Further languages whose own names are known; the data of all languages take seconds to load."""
_SHORTEST_NAME = 4
"""Shortest word that can be a misspelt name of a language; shorter ones are like too many."""


def require_locale(locale: str) -> str:
    """Return the locale in Babel's spelling, such as ``pt_BR`` for ``PT_br`` or ``pt-br``.

    It stays the requested one, even if Babel reads it as a short form (``zh_TW`` of
    ``zh_Hant_TW``), because files are named by it.

    Raises:
        UsageError: Babel does not know it; the message names the one that was probably meant.
    """
    name = _spelt(locale)
    if name:
        return name
    meant = nearest_locale(locale)
    hint = f"; did you mean '{meant}'?" if meant else ""
    message = f"unknown locale '{locale}': expected a name such as fr, fr_CA or zh_Hant{hint}"
    raise UsageError(message)


def is_locale(name: str) -> bool:
    """Return whether a name is that of a locale, in any spelling."""
    return bool(_spelt(name))


def _spelt(locale: str) -> str:
    """Return a locale in Babel's spelling; empty if Babel does not know it."""
    try:
        name = locale.strip().replace("-", "_")
        Locale.parse(name)
        name = get_locale_identifier(parse_locale(name))
    except (UnknownLocaleError, ValueError, TypeError):
        return ""
    # Babel takes any modifier, even @../.., but files are named by the locale.
    return name if re.fullmatch(r"[\w@]+", name) else ""


def nearest_locale(word: str) -> str:
    """Return the locale that a word which is none probably means; empty if none is likely.

    The word may be a language's name (``french``, ``Deutsch``, ``espagnol``), the code of a country
    (``jp``), or a misspelt locale or name.
    """
    names = _names()
    name = _fold(word)
    if locale := names.get(name):
        return locale
    tag = re.sub(r"[^\w@]+", "_", word.strip())
    language, _, territory = tag.partition("_")
    likely = get_global("likely_subtags").get(f"und_{(territory or language).upper()}", "")
    if re.fullmatch("[a-zA-Z]{2}", language) and not is_locale(language) and likely:
        return str(likely).partition("_")[0]
    if len(name) >= _SHORTEST_NAME and (near := nearest(name, names, 0.75)):
        return names[near]
    if is_locale(tag):
        return require_locale(tag)
    if not re.fullmatch("[a-zA-Z]{2,3}", language) or not territory:
        return ""
    locales = localedata.locale_identifiers()
    # Who errs in the script or the country seldom errs in the language, too.
    same = [one for one in locales if one.partition("_")[0] == language.lower()]
    return nearest(tag, same, 0.5) or nearest(tag, locales, 0.5) or ""


@cache
def _names() -> dict[str, str]:
    """Return the locales by the names of their languages, without case, accents and signs."""
    names: dict[str, str] = {}
    for language in _NAMED_IN:
        for code, name in Locale.parse(language).languages.items():
            if localedata.exists(code):
                names.setdefault(_fold(name), code)
    for code in _NAME_THEMSELVES.split():
        names.setdefault(_fold(own_name(code)), code)
    for code in localedata.locale_identifiers():
        names.setdefault(_fold(Locale.parse(code).get_display_name("en") or code), code)
    return names


def _fold(name: str) -> str:
    """Return a name without case, accents and signs, its words in the order of the alphabet."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(sorted(re.findall(r"\w+", letters)))


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


def join_names(names: Sequence[str], locale: str) -> str:
    """Return names as a list in a language, such as ``anglais et espagnol``."""
    return format_list(names, locale=_parsed(locale))


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
    """Return whether two different locales are of one language and one script."""
    return locale != base and is_same_language(locale, base)


@lru_cache(maxsize=256)
def is_same_language(locale: str, other: str) -> bool:
    """Return whether two locales are of one language and one script."""
    return language_code(locale) == language_code(other) and script_of(locale) == script_of(other)


def language_code(locale: str) -> str:
    """Return the code of a locale's language; Bokmål has that of Norwegian."""
    code = re.split("[_@]", locale)[0]
    return "no" if code == "nb" else code


@lru_cache(maxsize=64)
def locale_named(name: str) -> str:
    """Return the locale that has a name in English, as `name_in` gives it; empty if none has."""
    english = Locale.parse("en")
    code = _code_of(name, english.languages)
    language, _, details = name.partition(" (")
    if not code and details.endswith(")"):
        parts = [_code_of(language, english.languages)]
        for detail in details[:-1].split(", "):
            parts.append(_code_of(detail, english.scripts) or _code_of(detail, english.territories))
        code = "_".join(parts) if all(parts) else ""
    return code if code and is_locale(code) else ""


def _code_of(name: str, names: Mapping[str, str]) -> str:
    return next((code for code, known in names.items() if known == name), "")


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
