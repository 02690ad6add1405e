"""Settings for the reading of articles."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["EXPERT_PATTERN", "FRONT_MATTER_KEYS", "ReadingRules"]

FRONT_MATTER_KEYS = ("title", "description", "summary", "image_alt", "category", "tags")
EXPERT_PATTERN = r"(?P<name>[^,]+), (?P<organisation>.+?) \((?P<handle>@[^()]*)\)"


class ReadingRules(NamedTuple):
    """Settings for the reading of articles."""

    keys: frozenset[str] = frozenset(FRONT_MATTER_KEYS)
    """Front-matter keys to translate, as dotted paths."""
    expert: re.Pattern[str] = re.compile(EXPERT_PATTERN)
    """Pattern of a whole level-2 heading that opens an expert's section.

    By default experts are recognised in other forms, too (`experts`); a pattern of one's own
    decides alone. A heading with the class ``.expert`` opens a section in any case, and one with
    ``.no-expert`` opens none.
    """
    hard_wrap: bool = False
    """Keep every line break, because the site shows them."""
