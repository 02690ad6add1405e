"""Comments of the pipeline among those of translators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import Unit

__all__ = ["SUGGESTION", "without_suggestions"]

SUGGESTION = re.compile(r"pipeline: similar \d+ %: .*")
"""A whole comment that shows a similar translation."""


def without_suggestions(unit: Unit) -> Unit:
    """Remove suggestions from a unit's comments; return the same unit if there are none."""
    kept = tuple(comment for comment in unit.comments if not SUGGESTION.fullmatch(comment))
    return unit if kept == unit.comments else unit._replace(comments=kept)
