"""What Babel knows of languages: names, plural forms, direction, dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError, localedata
from babel.dates import format_date
from babel.messages.plurals import get_plural

from pipeline.errors import UsageError
from pipeline.similar import nearest

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "direction",
    "language_tag",
    "long_date",
    "name_in",
    "own_name",
    "plural_forms",
    "require",
]


def require(locale: str) -> str:
    """Give the locale as Babel writes it.

    Raises:
        UsageError: Babel does not know it; the message names the nearest one.
    """
    try:
        return str(Locale.parse(locale))
    except (UnknownLocaleError, ValueError, TypeError) as error:
        known = localedata.locale_identifiers()
        close = nearest(locale.replace("-", "_"), known, 0.5)
        hint = f"; did you mean '{close}'?" if close else ""
        message = f"unknown locale '{locale}': expected a name such as fr, fr_CA or zh_Hant{hint}"
        raise UsageError(message) from error


def plural_forms(locale: str) -> str:
    """Give the Plural-Forms header of a PO file."""
    return get_plural(locale).plural_forms


def own_name(locale: str) -> str:
    """Give the language's name in itself, such as ``français``."""
    return Locale.parse(locale).get_display_name(locale) or locale


def name_in(locale: str, other: str) -> str:
    """Give the language's name in another language, such as ``French`` in ``en``."""
    return Locale.parse(locale).get_display_name(other) or locale


def direction(locale: str) -> str:
    """Give ``ltr`` or ``rtl``."""
    return str(Locale.parse(locale).text_direction)


def language_tag(locale: str) -> str:
    """Give the BCP 47 tag that HTML wants, such as ``fr-CA``."""
    return locale.replace("_", "-")


def long_date(day: date, locale: str) -> str:
    """Write a date in full, such as ``23 novembre 2026``."""
    return format_date(day, "long", locale=locale)
