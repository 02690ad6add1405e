"""Texts of a regional locale that stand in its base, such as those of ``fr`` for ``fr_CA``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import OriginKind, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Catalog, Unit

__all__ = ["BASE_SIGNATURE", "base_texts", "is_from_base", "with_base_texts"]

BASE_SIGNATURE = "memory {}"
"""Signature of a draft that is the reviewed text of the base; the locale of that fills it."""


def base_texts(bases: Sequence[Catalog]) -> dict[tuple[str, str], tuple[str, Unit]]:
    """Return the reviewed units of the bases by key, with their locales; the first base counts."""
    return {
        unit.key: (catalog.locale, unit)
        for catalog in reversed(bases)
        for unit in catalog.units
        if unit.state is State.REVIEWED
    }


def is_from_base(unit: Unit, bases: Sequence[Catalog]) -> bool:
    """Return whether a unit is an untouched draft made of a text of one of its bases."""
    signatures = [BASE_SIGNATURE.format(catalog.locale) for catalog in bases]
    return (
        unit.state is State.DRAFT
        and unit.origin.kind is OriginKind.MACHINE
        and unit.origin.signature in signatures
        and unit.untouched
    )


def with_base_texts(catalog: Catalog, bases: Sequence[Catalog], *, drafts: bool) -> Catalog:
    """Return a catalogue with the reviewed texts of its bases where it has none of its own.

    With ``drafts`` its own drafts stay, but for those made of these texts.
    """
    known = base_texts(bases)
    if not known:
        return catalog
    units = []
    for unit in catalog.units:
        own = unit.state is State.REVIEWED or (
            drafts and unit.state is State.DRAFT and not is_from_base(unit, bases)
        )
        if not own and unit.key in known:
            unit = unit._replace(target=known[unit.key][1].target, state=State.REVIEWED)
        units.append(unit)
    return replace(catalog, units=tuple(units))
