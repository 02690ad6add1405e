"""Suggestions: similar translations as comments, where they are not similar enough for drafts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.catalogue import SUGGESTION, without_suggestions
from pipeline.model import State

if TYPE_CHECKING:
    from pipeline.drafting.memory import Match, Memory
    from pipeline.model import Catalog, Unit

__all__ = ["FLOOR", "suggest"]

FLOOR = 0.5
"""How alike two texts must be, 0 to 1, in their characters and in their words."""

_LENGTH = 200
"""Characters of a text that are shown; of a longer one its beginning."""

# What would end the line of a comment, or cannot be seen in it.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def suggest(catalog: Catalog, memory: Memory, floor: float = FLOOR) -> Catalog:
    """Give every empty unit a comment with the most similar text that the memory has.

    A comment of an earlier time is replaced where it stands, or goes if there is nothing
    similar any more or the unit has a text now; all other comments stay. Gives the same
    catalogue where nothing changes.
    """
    units = tuple(_suggested(unit, catalog.locale, memory, floor) for unit in catalog.units)
    obsolete = tuple(without_suggestions(unit) for unit in catalog.obsolete)
    if (units, obsolete) == (catalog.units, catalog.obsolete):
        return catalog
    return replace(catalog, units=units, obsolete=obsolete)


def _suggested(unit: Unit, locale: str, memory: Memory, floor: float) -> Unit:
    match = memory.similar(unit.source, locale, floor) if unit.state is State.EMPTY else None
    if match is None:
        return without_suggestions(unit)
    bare = without_suggestions(unit)
    places = [at for at, line in enumerate(unit.comments) if SUGGESTION.fullmatch(line)]
    at = places[0] if places else len(bare.comments)
    comments = (*bare.comments[:at], _comment(match), *bare.comments[at:])
    return unit if comments == unit.comments else unit._replace(comments=comments)


def _comment(match: Match) -> str:
    source, target = _shown(match.source), _shown(match.target)
    return f"pipeline: similar {match.percent} %: {source} → {target}"


def _shown(text: str) -> str:
    """Write a text on one line, short enough to be read in passing."""
    line = _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
    line = line.strip()
    if len(line) <= _LENGTH:
        return line
    cut = line[: _LENGTH - 1]
    head, blank, _ = cut.rpartition(" ")
    return (head if blank and len(head) > _LENGTH // 2 else cut).rstrip() + "…"
