"""Comments of the pipeline among those of translators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model import State

if TYPE_CHECKING:
    from pipeline.model import Unit

__all__ = [
    "CARRIED",
    "SUGGESTION",
    "WITHDRAWN",
    "carried",
    "without_carried",
    "without_outdated",
    "without_suggestions",
]

SUGGESTION = re.compile(r"pipeline: similar \d+ %: .*")
"""A whole comment that shows a similar translation."""
CARRIED = re.compile(r"pipeline: carried .* → .*", re.S)
"""A whole comment that names a part that a merge replaced in a draft."""
WITHDRAWN = "pipeline: withdrawn"
"""Comment of an obsolete translation whose source was corrected: it must not come back reviewed."""


def carried(old: str, new: str) -> str:
    """Return the comment that a merge replaced a part of a translation."""
    return f"pipeline: carried {old} → {new}"


def without_outdated(unit: Unit) -> Unit:
    """Remove suggestions beside a translation, and what was carried if it is reviewed."""
    if not (unit.target and unit.comments):
        return unit
    kept = without_suggestions(unit)
    if unit.state is State.REVIEWED:
        kept = without_carried(kept)
    return kept


def without_carried(unit: Unit) -> Unit:
    """Remove the comments on carried parts; return the same unit if there are none."""
    kept = tuple(comment for comment in unit.comments if not CARRIED.fullmatch(comment))
    return unit if kept == unit.comments else unit._replace(comments=kept)


def without_suggestions(unit: Unit) -> Unit:
    """Remove suggestions from a unit's comments; return the same unit if there are none."""
    kept = tuple(comment for comment in unit.comments if not SUGGESTION.fullmatch(comment))
    return unit if kept == unit.comments else unit._replace(comments=kept)
