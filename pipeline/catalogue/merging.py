"""Merge the template of a changed article into its catalogue; no human text is lost."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from pipeline.catalogue.comments import without_suggestions
from pipeline.language import SimilarityIndex, character_ratio
from pipeline.model import Catalog, Origin, OriginKind, Previous, State, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["FUZZY_THRESHOLD", "changes", "merge"]

FUZZY_THRESHOLD = 0.6
"""Least similarity of two sources for a draft, 0 to 1; the same as msgmerge's."""

_CANDIDATES = 12
_BONUS = 0.1
"""Bonus to the similarity for each: the same context, the same unit before, the same one behind."""
_NOWHERE = -9
"""Place of a unit that was not in the old catalogue; no place is beside it."""
_Key = tuple[str, str]


def merge(catalog: Catalog, template: Catalog) -> Catalog:
    """Return the units of the template with their translations from the catalogue.

    In this order: the same context and text; an obsolete entry that comes back; the same text in
    another context; the most similar text that disappears, which makes a draft with the previous
    source. Reviewed text that disappears becomes obsolete, even if a draft was made of it, so that
    it can come back.
    """
    positions = {unit.key: at for at, unit in enumerate(catalog.units)}
    gone = {unit.key: unit for unit in catalog.obsolete}
    units: list[Unit | None] = []
    places: list[int] = []
    for new in template.units:
        key = new.key
        place = positions.pop(key, _NOWHERE)
        places.append(place)
        old = catalog.units[place] if place != _NOWHERE else None
        back = gone.pop(key, None)
        if back and not (old and old.target):
            old = back
        units.append(_refreshed(old, new) if old else None)
    leaving = {at: catalog.units[at] for at in positions.values() if _worth(catalog.units[at])}
    missing = [at for at, unit in enumerate(units) if unit is None]
    moved, used = _moved(catalog, template, leaving, units, missing)
    left = {at: unit for at, unit in leaving.items() if at not in used}
    missing = [at for at in missing if units[at] is None]
    similar = _similar(template.units, missing, left, [*places, _NOWHERE])
    result = []
    for at, (new, unit) in enumerate(zip(template.units, units, strict=True)):
        kept = unit or (_draft(leaving[similar[at]], new) if at in similar else new)
        result.append(without_suggestions(kept) if kept.target and kept.comments else kept)
    obsolete = (*gone.values(), *_retired(leaving, gone, moved, set(similar.values())))
    return Catalog(catalog.article, catalog.locale, tuple(result), obsolete)


def changes(old: Catalog, new: Catalog) -> str:
    """Return a summary of the changes by a merge, or an empty text."""
    before = {unit.key for unit in old.units}
    added = [unit for unit in new.units if unit.key not in before]
    drafts = sum(unit.previous is not None and bool(unit.target) for unit in added)
    kept = sum(unit.state is State.REVIEWED for unit in added)
    gone = len(new.obsolete) - len(old.obsolete)
    parts = [(len(added), "new"), (kept, "kept"), (drafts, "fuzzy"), (max(gone, 0), "obsolete")]
    return ", ".join(f"{count} {word}" for count, word in parts if count)


def _refreshed(old: Unit, new: Unit) -> Unit:
    """Return the old unit with the template's context, references and notes.

    All that a translator owns is kept.
    """
    if old.references == new.references and old.notes == new.notes and old.context == new.context:
        return old
    return old._replace(context=new.context, references=new.references, notes=new.notes)


def _draft(old: Unit, new: Unit) -> Unit:
    """Return a draft made of a similar text's translation; without one, keep only its comments."""
    kept = _refreshed(old, new)
    if not old.target:
        return kept._replace(source=new.source)
    previous = Previous(old.source, old.context if old.context != new.context else None)
    if old.state is State.REVIEWED:  # whoever wrote it, a human took it
        kept = kept._replace(origin=Origin())
    elif old.previous and old.previous.source != new.source:
        previous = old.previous
    return kept._replace(source=new.source, state=State.DRAFT, previous=previous)


def _moved(
    catalog: Catalog,
    template: Catalog,
    leaving: Mapping[int, Unit],
    units: list[Unit | None],
    missing: Iterable[int],
) -> tuple[set[int], set[int]]:
    """Fill in the missing texts that are in another context now.

    If a whole section got a new name, its texts are kept as they were. Elsewhere the same words of
    another speaker become a draft. Return the places of the texts that have moved for good, and of
    all that were used.
    """
    renamed = {u.context for u in template.units}.isdisjoint
    fresh = {u.context for u in catalog.units}.isdisjoint
    by_source: dict[str, deque[int]] = defaultdict(deque)
    for place, unit in leaving.items():
        by_source[unit.source].append(place)
    moved: set[int] = set()
    used: set[int] = set()
    for index in missing:
        new = template.units[index]
        if not by_source.get(new.source):
            continue
        place = by_source[new.source].popleft()
        old = leaving[place]
        used.add(place)
        if renamed({old.context}) and fresh({new.context}):
            units[index] = _refreshed(old, new)
            moved.add(place)
        else:
            units[index] = _draft(old, new)
            moved |= {place} if old.state is not State.REVIEWED else set()
    return moved, used


def _similar(
    new: Sequence[Unit],
    missing: Iterable[int],
    leaving: Mapping[int, Unit],
    places: Sequence[int],
) -> dict[int, int]:
    """Match new units with the most similar disappearing ones, each at most once, best pairs first.

    ``missing`` has the indexes of the new units, ``leaving`` the others by their place in the old
    catalogue; the result has places by index. ``places`` has the old place of each new unit, with
    `_NOWHERE` at the end. Of two that are about equally similar, the one with the same neighbours
    is right.
    """
    old = {at: u for at, u in leaving.items() if not (u.state is State.DRAFT and _machine(u))}
    found: dict[int, int] = {}
    for at in missing if old else ():
        place = places[at - 1] + 1
        if place == places[at + 1] - 1 and place in old:
            score = character_ratio(new[at].source, old[place].source) + 2 * _BONUS
            # No other pair of one of the two can have a neighbour in common, and texts that
            # differ are not wholly alike: no other pair reaches so much.
            if score + _BONUS * (old[place].context == new[at].context) >= 1 + _BONUS:
                found[at] = place
                del old[place]
    rest = list(old.items())
    index = SimilarityIndex(unit.source for _, unit in rest)
    pairs = []
    for at in missing if rest else ():
        if at in found:
            continue
        for number, score in index.near(new[at].source, FUZZY_THRESHOLD, _CANDIDATES):
            place, unit = rest[number]
            same = (places[at - 1] == place - 1) + (places[at + 1] == place + 1)
            same += unit.context == new[at].context
            pairs.append((-score - _BONUS * same, at, place))
    for _, at, place in sorted(pairs):
        if at not in found and place in old:
            found[at] = place
            del old[place]
    return found


def _worth(unit: Unit) -> bool:
    """Return whether a unit has a target, or comments of a human."""
    return bool(unit.target or (unit.comments and without_suggestions(unit).comments))


def _machine(unit: Unit) -> bool:
    """Return whether no human ever wrote or chose the target, so that a new draft is as good."""
    return unit.origin.kind is OriginKind.MACHINE and unit.untouched


def _retired(
    leaving: Mapping[int, Unit], gone: Mapping[_Key, Unit], moved: set[int], reused: set[int]
) -> Iterator[Unit]:
    """Yield the units that have no place in the article now and were not obsolete already."""
    for place, unit in leaving.items():
        kept = unit.state is State.REVIEWED or place not in reused
        if kept and place not in moved and unit.key not in gone:
            yield unit._replace(references=(), notes=())
