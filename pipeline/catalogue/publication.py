"""When a catalogue may be published, and which earlier translation stands for a changed text."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue.comments import WITHDRAWN
from pipeline.catalogue.status import share_reviewed
from pipeline.markdown import find_spans
from pipeline.model import State

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from pipeline.model import Catalog, Unit

__all__ = [
    "Readiness",
    "find_complete",
    "is_publishable",
    "is_withdrawn",
    "last_reviewed",
    "needs_translation",
    "omission",
    "readiness",
    "reviewed_obsolete",
]

_Key = tuple[str, str]
_OMIT = re.compile(r"pipeline: omit\b[ \t:]*(.*)", re.S)
_LETTER = re.compile(r"[^\W\d_]")
_REQUIRED = ("title", "description")
"""Front-matter keys without whose translation no page is published for the first time."""


class Readiness(NamedTuple):
    """Progress of a catalogue towards its first publication."""

    share: float
    """Share of the words that are reviewed, 0 to 1."""
    lacking: tuple[str, ...]
    """Names of the texts that are always required and are not reviewed."""


def omission(unit: Unit) -> str | None:
    """Return the reason why a translator left a text out on purpose; None if nobody did.

    The comment ``pipeline: omit REASON`` says so.
    """
    for comment in unit.comments:
        if match := _OMIT.fullmatch(comment):
            return match[1].strip()
    return None


def needs_translation(text: str, terms: tuple[str, ...], labels: frozenset[str]) -> bool:
    """Return whether a text has words besides names, numbers, addresses, code and markup.

    ``terms`` are words and names that are never translated, ``labels`` those of link definitions.
    """
    at = 0
    for span in find_spans(text, terms, labels, {}):
        if _LETTER.search(text, at, span.start):
            return True
        at = span.end
    return _LETTER.search(text, at) is not None


def find_complete(
    units: Iterable[Unit], terms: tuple[str, ...] = (), labels: frozenset[str] = frozenset()
) -> frozenset[_Key]:
    """Return the keys of the units that are complete without a reviewed translation.

    They have nothing to translate, or a translator left them out on purpose.
    """
    return frozenset(
        unit.key
        for unit in units
        if unit.state is not State.REVIEWED
        and (omission(unit) is not None or not needs_translation(unit.source, terms, labels))
    )


def readiness(catalog: Catalog, complete: Container[_Key] = ()) -> Readiness:
    """Return how far a catalogue is from its first publication.

    Title and description are required; without a title in the front matter, it is the first heading
    of the introduction. ``complete`` has the keys of units that need no translation.
    """
    required: dict[str, Unit] = {}
    for unit in catalog.units:
        kinds = unit.notes[0].split(", ") if unit.notes else []
        if unit.context == "front-matter":
            required |= {kind: unit for kind in kinds if kind in _REQUIRED}
        elif unit.context == "introduction" and "heading" in kinds:
            required.setdefault("title", unit)
    lacking = tuple(
        name
        for name, unit in required.items()
        if unit.state is not State.REVIEWED and unit.key not in complete
    )
    return Readiness(share_reviewed(catalog, complete), lacking)


def is_publishable(catalog: Catalog, publish_at: float, complete: Container[_Key] = ()) -> bool:
    """Return whether a catalogue may be published for the first time.

    ``publish_at`` is the share of the words that must be reviewed (0 to 1).
    """
    share, lacking = readiness(catalog, complete)
    return share >= publish_at and not lacking


def reviewed_obsolete(catalog: Catalog) -> Mapping[str, Sequence[Unit]]:
    """Return the obsolete units of a catalogue that were reviewed, by their source texts."""
    units: dict[str, list[Unit]] = defaultdict(list)
    for unit in catalog.obsolete:
        if unit.state is State.REVIEWED and unit.target:
            units[unit.source].append(unit)
    return units


def last_reviewed(
    unit: Unit, obsolete: Mapping[str, Sequence[Unit]], shared: Container[str] = ()
) -> Unit | None:
    """Return the obsolete unit with the last reviewed translation of a text that changed, if any.

    It is found by the unit's previous source text, in the unit's own context; ``shared`` has the
    contexts of sections without a speaker, between which texts may move. ``obsolete`` is that of
    `reviewed_obsolete`.
    """
    if unit.previous is None:
        return None
    source, context = unit.previous
    candidates = {one.context: one for one in obsolete.get(source, ())}
    if own := candidates.get(unit.context):
        return own
    if unit.context in shared:
        # The section may have another context by now.
        contexts = (context, *candidates) if context in candidates else tuple(candidates)
        return next((candidates[one] for one in contexts if one in shared), None)
    return None


def is_withdrawn(unit: Unit) -> bool:
    """Return whether the source of an obsolete unit was corrected, so that it must not be shown."""
    return WITHDRAWN in unit.comments
