"""Merge: a catalogue brought up to date with its article, no human word lost."""

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
"""How alike two sources must be, 0 to 1; the same as msgmerge's."""

_CANDIDATES = 12
_BONUS = 0.1
"""What the same context, the same unit before and the same behind add to the likeness."""
_NOWHERE = -9
"""The place of what was not there; no place is beside it."""
_Key = tuple[str, str]


def merge(catalog: Catalog, template: Catalog) -> Catalog:
    """Give the units of the template with what the catalogue has for them.

    In this order: the same context and text; an obsolete entry that comes back; the same
    text in another context; the most similar text that disappears, which makes a draft
    with the previous source. Reviewed text that disappears becomes obsolete, also where a
    draft was made of it, so that it can come back.
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
    """Say in a few words what a merge changed, or nothing."""
    before = {unit.key for unit in old.units}
    added = [unit for unit in new.units if unit.key not in before]
    drafts = sum(unit.previous is not None and bool(unit.target) for unit in added)
    kept = sum(unit.state is State.REVIEWED for unit in added)
    gone = len(new.obsolete) - len(old.obsolete)
    parts = [(len(added), "new"), (kept, "kept"), (drafts, "fuzzy"), (max(gone, 0), "obsolete")]
    return ", ".join(f"{count} {word}" for count, word in parts if count)


def _refreshed(old: Unit, new: Unit) -> Unit:
    """Keep all that a translator owns; take what the article says."""
    if old.references == new.references and old.notes == new.notes and old.context == new.context:
        return old
    return old._replace(context=new.context, references=new.references, notes=new.notes)


def _draft(old: Unit, new: Unit) -> Unit:
    """Make a draft of the translation of a similar text; where there is none, keep its comments."""
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
    """Fill in those of the missing texts that stand in another context now.

    Where a whole section got a new name, its texts are what they were. Elsewhere the
    same words of another speaker are a draft. Gives the places of what has moved for good,
    and of all that was used.
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
    """Give new units the most similar disappearing one, each at most once, best pairs first.

    ``missing`` are the numbers of the new ones, ``leaving`` has the others by their place in the
    old catalogue; what was found is given in these numbers. ``places`` is where each new unit
    stood, with nowhere behind them. Of two that are about as similar the one is right whose
    neighbours are the same.
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
    """Tell whether a unit has a text, or words of a human beside it."""
    return bool(unit.target or (unit.comments and without_suggestions(unit).comments))


def _machine(unit: Unit) -> bool:
    """Tell whether no human ever wrote or chose this text, so that a new draft is as good."""
    return unit.origin.kind is OriginKind.MACHINE and unit.untouched


def _retired(
    leaving: Mapping[int, Unit], gone: Mapping[_Key, Unit], moved: set[int], reused: set[int]
) -> Iterator[Unit]:
    """Give what has no place in the article now and was not obsolete already."""
    for place, unit in leaving.items():
        kept = unit.state is State.REVIEWED or place not in reused
        if kept and place not in moved and unit.key not in gone:
            yield unit._replace(references=(), notes=())
