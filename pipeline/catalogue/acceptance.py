"""Find drafts that lost their marks in a batch, and accept drafts so that others see it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue.comments import without_outdated
from pipeline.model import Origin, OriginKind, State, draft_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from pipeline.model import Catalog, Unit

__all__ = ["Acceptance", "accept_draft", "accept_offered", "restore_drafts"]

_LEAST = 3
"""Number of drafts below which lost marks are reviews: few texts are read one by one."""


def restore_drafts(
    catalog: Catalog, origin_of: Callable[[Unit], Origin | None]
) -> tuple[Catalog, tuple[Unit, ...]]:
    """Turn reviewed units that lost mark and comment in a batch back into drafts.

    Returns the catalogue, and the restored units; the same catalogue if there is no batch.
    ``origin_of`` returns the origin of the draft that had the very texts of a unit, or None. It is
    a batch if three drafts or more lost both, and fewer still have their comment: a reviewer
    leaves the comments of all other drafts in place, a tool that cannot hold them drops them all.
    """
    suspects = [unit for unit in catalog.units if _has_no_marks(unit)]
    if len(suspects) < _LEAST:
        return catalog, ()
    lost = {unit.key: origin for unit in suspects if (origin := origin_of(unit))}
    intact_count = sum(unit.untouched for unit in catalog.units)
    if len(lost) < _LEAST or len(lost) <= intact_count:
        return catalog, ()
    units = tuple(
        _restored(unit, lost[unit.key]) if unit.key in lost else unit for unit in catalog.units
    )
    return replace(catalog, units=units), tuple(unit for unit in units if unit.key in lost)


def _has_no_marks(unit: Unit) -> bool:
    return unit.state is State.REVIEWED and unit.origin.kind is OriginKind.HUMAN


def _restored(unit: Unit, origin: Origin) -> Unit:
    digest = draft_digest(unit.source, unit.target)
    return unit._replace(state=State.DRAFT, origin=origin._replace(digest=digest))


def accept_draft(unit: Unit, day: date) -> Unit:
    """Return a draft as a reviewed unit, with a comment that it was accepted as it is.

    A draft that a human wrote or edited needs no such comment.
    """
    origin = Origin()
    if unit.untouched:
        digest = draft_digest(unit.source, unit.target)
        origin = Origin(OriginKind.ACCEPTED, day.isoformat(), digest)
    return without_outdated(unit._replace(state=State.REVIEWED, origin=origin, previous=None))


class Acceptance(NamedTuple):
    """Catalogue after an acceptance."""

    catalog: Catalog
    accepted: int
    """Number of units that are reviewed now."""
    kept: int
    """Number of units that keep a human's text although another one was offered."""


def accept_offered(catalog: Catalog, offered: Sequence[Unit], day: date) -> Acceptance:
    """Accept the reviewed units of another PO file.

    A draft with the offered target is accepted; an empty unit, or a draft that no human touched,
    takes another target from the unit with its key. A file that lost all contexts, as CSV files
    do, accepts only what is equal in source and target. No human's text is replaced.
    """
    reviewed = [unit for unit in offered if unit.state is State.REVIEWED]
    by_key = {unit.key: unit for unit in reviewed}
    without_context = {unit.source: unit for unit in reviewed if not unit.context}
    units: list[Unit] = []
    accepted = kept = 0
    for unit in catalog.units:
        same = by_key.get(unit.key)
        offer = same or without_context.get(unit.source)
        if offer and unit.state is State.DRAFT and unit.target == offer.target:
            unit = accept_draft(unit, day)
            accepted += 1
        elif same and unit.target != same.target:
            if unit.state is State.EMPTY or (unit.state is State.DRAFT and unit.untouched):
                new = unit._replace(target=same.target, state=State.REVIEWED, origin=Origin())
                unit = without_outdated(new._replace(previous=None))
                accepted += 1
            else:
                kept += 1
        units.append(unit)
    return Acceptance(replace(catalog, units=tuple(units)), accepted, kept)
