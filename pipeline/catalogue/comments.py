"""Comments of ours among those of translators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import Unit

__all__ = ["SUGGESTION", "without_suggestions"]

SUGGESTION = re.compile(r"pipeline: similar \d+ %: .*")
"""A whole comment that shows a similar translation."""


def without_suggestions(unit: Unit) -> Unit:
    """Take suggestions out of a unit's comments; gives the same unit where there is none."""
    kept = tuple(comment for comment in unit.comments if not SUGGESTION.fullmatch(comment))
    return unit if kept == unit.comments else unit._replace(comments=kept)
