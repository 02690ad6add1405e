"""Match locales to the language codes of a grammar engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["engine_code", "unknown_language"]

_USUAL_COUNTRIES = {"de": "de-DE", "en": "en-US", "pt": "pt-PT"}
"""Usual countries of languages that without one have rules of grammar, but no dictionary."""


def engine_code(locale: str, variants: Mapping[str, str], codes: Collection[str]) -> str | None:
    """Return the code for a locale such as ``pt_BR``, or None where the engine has none.

    An entry of ``variants`` for the locale is the only candidate; else the candidates are the
    locale itself, then its language. Codes are spelt as in ``codes``.
    """
    tag = locale.replace("_", "-")
    language = tag.partition("-")[0]
    candidates = [
        _USUAL_COUNTRIES.get(tag, tag),
        _USUAL_COUNTRIES.get(language, language),
        language,
    ]
    if locale in variants:
        candidates = [variants[locale].replace("_", "-")]
    spellings = {code.lower(): code for code in codes}
    return next((spellings[code.lower()] for code in candidates if code.lower() in spellings), None)


def unknown_language(engine: str, locale: str, variants: Mapping[str, str]) -> str:
    """Return the message that an engine has no code for a locale."""
    variant = f" (variant '{variants[locale]}')" if locale in variants else ""
    return (
        f"{engine} does not support the language '{locale}'{variant}: set another variant "
        f"('grammar.variants'), or 'grammar = false' in [check.locale.{locale}]"
    )
