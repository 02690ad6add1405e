"""Texts that are in another language than their article, and stand as they are in that language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import language  # lazy: few catalogues have originals
from pipeline.model import Origin, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model import Catalog, Unit

__all__ = ["is_foreign", "template_for", "text_language", "with_originals", "without_originals"]


def text_language(notes: tuple[str, ...]) -> str:
    """Return the locale that the notes of an entry name as `extract` writes them.

    It is empty for a text in the language of its article.
    """
    return language.locale_named(notes[1].removeprefix("in ")) if _names_language(notes) else ""


def template_for(template: Catalog, locale: str, source: str) -> Catalog:
    """Return the template of one locale, in which the texts in its language are originals.

    The catalogue of the ``source``, the language of the article, has only the texts in others.
    """
    units = template.units
    if locale == source:
        units = tuple(unit for unit in units if is_foreign(unit, source))
    return with_originals(replace(template, locale=locale, units=units), fill=True)


def is_foreign(unit: Unit, source: str) -> bool:
    """Return whether a unit is in another language than its article, which is in ``source``."""
    text_locale = text_language(unit.notes)
    return bool(text_locale) and not language.is_same_language(text_locale, source)


def with_originals(catalog: Catalog, *, fill: bool = False) -> Catalog:
    """Return a catalogue in which the texts in its language have the state ORIGINAL.

    With ``fill`` these get their own words as translation where they have none, or a machine's.
    """
    if not any(_names_language(unit.notes) for unit in catalog.units):
        return catalog
    units = tuple(_as_original(unit, catalog.locale, fill=fill) for unit in catalog.units)
    return replace(catalog, units=units)


def without_originals(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Return units in which originals are empty, as before anybody worked on them."""
    return tuple(
        unit._replace(target="", state=State.EMPTY) if unit.state is State.ORIGINAL else unit
        for unit in units
    )


def _names_language(notes: tuple[str, ...]) -> bool:
    return len(notes) > 1 and notes[1].startswith("in ")


def _as_original(unit: Unit, locale: str, *, fill: bool) -> Unit:
    if not _is_in(unit, locale):
        return unit
    if fill and (not unit.target or (unit.state is State.DRAFT and unit.untouched)):
        return unit._replace(
            target=unit.source, state=State.ORIGINAL, origin=Origin(), previous=None
        )
    same = unit.state is State.REVIEWED and unit.target == unit.source
    return unit._replace(state=State.ORIGINAL) if same else unit


def _is_in(unit: Unit, locale: str) -> bool:
    text_locale = text_language(unit.notes)
    return bool(text_locale) and language.is_same_language(text_locale, locale)
