"""Suggest similar translations in comments where they are not similar enough for drafts."""

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
"""Least similarity of two texts, 0 to 1, in their characters and in their words."""

_LENGTH = 200
"""Length limit of a text in a comment, in characters; a longer text is cut at its end."""

# What would end the line of a comment, or cannot be seen in it.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def suggest(catalog: Catalog, memory: Memory, floor: float = FLOOR) -> Catalog:
    """Add a comment with the most similar text in the memory to each empty unit.

    An earlier suggestion is replaced in its place, or removed if nothing is similar any more,
    the unit has a translation now, or it is obsolete; all other comments stay. Returns the same
    catalogue where nothing changes.
    """
    units = tuple(_with_suggestion(unit, catalog.locale, memory, floor) for unit in catalog.units)
    obsolete = tuple(without_suggestions(unit) for unit in catalog.obsolete)
    if (units, obsolete) == (catalog.units, catalog.obsolete):
        return catalog
    return replace(catalog, units=units, obsolete=obsolete)


def _with_suggestion(unit: Unit, locale: str, memory: Memory, floor: float) -> Unit:
    match = memory.similar(unit.source, locale, floor) if unit.state is State.EMPTY else None
    if match is None:
        return without_suggestions(unit)
    bare = without_suggestions(unit)
    places = [at for at, line in enumerate(unit.comments) if SUGGESTION.fullmatch(line)]
    at = places[0] if places else len(bare.comments)
    comments = (*bare.comments[:at], _comment(match), *bare.comments[at:])
    return unit if comments == unit.comments else unit._replace(comments=comments)


def _comment(match: Match) -> str:
    source, target = _on_one_line(match.source), _on_one_line(match.target)
    return f"pipeline: similar {match.percent} %: {source} → {target}"


def _on_one_line(text: str) -> str:
    """Return a text on one line, cut to a length that is quick to read."""
    line = _UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)
    line = line.strip()
    if len(line) <= _LENGTH:
        return line
    cut = line[: _LENGTH - 1]
    head, space, _ = cut.rpartition(" ")
    # A text without spaces near its end, such as Chinese, is cut between two characters.
    return (head if space and len(head) > _LENGTH // 2 else cut).rstrip() + "…"
