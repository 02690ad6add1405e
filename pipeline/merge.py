"""Merge: a catalogue brought up to date with its article, no human word lost."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import Catalog, OriginKind, Previous, State, Unit
from pipeline.similar import Index
from pipeline.suggestions import without_suggestions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["FUZZY_THRESHOLD", "changes", "merge"]

FUZZY_THRESHOLD = 0.6
"""How alike two sources must be, 0 to 1; the same as msgmerge's."""

_CANDIDATES = 12
_BONUS = 0.1
"""What the same context, the same unit before and the same behind add to the likeness."""
_Key = tuple[str, str]
_NOTHING = ("", "")


def merge(catalog: Catalog, template: Catalog) -> Catalog:
    """Give the units of the template with what the catalogue has for them.

    In this order: the same context and text; an obsolete entry that comes back; the same
    text in another context; the most similar text that disappears, which makes a draft
    with the previous source. Reviewed text that disappears becomes obsolete, also where a
    draft was made of it, so that it can come back.
    """
    known = {unit.key: unit for unit in catalog.units}
    gone = {unit.key: unit for unit in catalog.obsolete}
    wanted = {unit.key for unit in template.units}
    leaving = [unit for unit in catalog.units if unit.key not in wanted and unit.target]
    units: list[Unit | None] = []
    for new in template.units:
        old = known.get(new.key)
        if old is None or not old.target:
            old = gone.get(new.key) or old
        units.append(_refreshed(old, new) if old else None)
    moved, used = _moved(catalog, template, leaving, units)
    left = [unit for unit in leaving if unit.key not in used]
    similar = _similar(template.units, units, catalog.units, left)
    result = []
    for new, unit in zip(template.units, units, strict=True):
        old = similar.get(new.key)
        kept = unit or (_draft(old, new) if old else new)
        result.append(without_suggestions(kept) if kept.target else kept)
    return Catalog(
        catalog.article,
        catalog.locale,
        tuple(result),
        _obsolete(catalog, {u.key for u in result}, moved, set(similar.values())),
    )


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
    if (old.context, old.references, old.notes) == (new.context, new.references, new.notes):
        return old
    return replace(old, context=new.context, references=new.references, notes=new.notes)


def _draft(old: Unit, new: Unit) -> Unit:
    """Make a draft of the translation of a similar text."""
    previous = Previous(old.source, old.context if old.context != new.context else None)
    kept = _refreshed(old, new)
    return replace(kept, source=new.source, state=State.DRAFT, previous=previous)


def _moved(
    catalog: Catalog, template: Catalog, leaving: Iterable[Unit], units: list[Unit | None]
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Fill in texts that stand in another context now.

    Where a whole section got a new name, its texts are what they were. Elsewhere the
    same words of another speaker are a draft. Gives the keys of what has moved for good,
    and of all that was used.
    """
    renamed = {u.context for u in template.units}.isdisjoint
    fresh = {u.context for u in catalog.units}.isdisjoint
    by_source: dict[str, deque[Unit]] = defaultdict(deque)
    for unit in leaving:
        by_source[unit.source].append(unit)
    moved: set[tuple[str, str]] = set()
    used: set[tuple[str, str]] = set()
    for index, new in enumerate(template.units):
        if units[index] is not None or not by_source.get(new.source):
            continue
        old = by_source[new.source].popleft()
        used.add(old.key)
        if renamed({old.context}) and fresh({new.context}):
            units[index] = _refreshed(old, new)
            moved.add(old.key)
        else:
            units[index] = _draft(old, new)
            moved |= {old.key} if old.state is not State.REVIEWED else set()
    return moved, used


def _similar(
    new: Sequence[Unit],
    units: Sequence[Unit | None],
    before: Sequence[Unit],
    leaving: Iterable[Unit],
) -> dict[tuple[str, str], Unit]:
    """Give new units the most similar disappearing one, each at most once, best pairs first.

    ``units`` has None for the new ones; ``before`` is the old catalogue in its order. Of two
    that are about as similar the one is right whose neighbours are the same.
    """
    old = [u for u in leaving if not (u.state is State.DRAFT and _machine(u))]
    missing = [index for index, unit in enumerate(units) if unit is None]
    if not old or not missing:
        return {}
    index = Index(unit.source for unit in old)
    wanted, there = _neighbours(new), _neighbours(before)
    pairs = []
    for at in missing:
        around = wanted[new[at].key]
        for candidate, score in index.near(new[at].source, FUZZY_THRESHOLD, _CANDIDATES):
            beside = zip(around, there[old[candidate].key], strict=True)
            same = sum(a == b != _NOTHING for a, b in beside)
            same += old[candidate].context == new[at].context
            pairs.append((-score - _BONUS * same, at, candidate))
    found: dict[tuple[str, str], Unit] = {}
    used: set[int] = set()
    for _, at, candidate in sorted(pairs):
        if new[at].key not in found and candidate not in used:
            found[new[at].key] = old[candidate]
            used.add(candidate)
    return found


def _neighbours(units: Sequence[Unit]) -> dict[tuple[str, str], tuple[_Key, _Key]]:
    """Give the keys of the units before and behind each unit."""
    keys = [_NOTHING, *(unit.key for unit in units), _NOTHING]
    return {key: (keys[at], keys[at + 2]) for at, key in enumerate(keys[1:-1])}


def _machine(unit: Unit) -> bool:
    """Tell whether no human ever wrote or chose this text, so that a new draft is as good."""
    return unit.origin.kind is OriginKind.MACHINE and unit.untouched


def _obsolete(
    catalog: Catalog,
    current: set[tuple[str, str]],
    moved: set[tuple[str, str]],
    reused: set[Unit],
) -> tuple[Unit, ...]:
    """Give what has no place in the article now, what was obsolete already first."""
    stay = [unit for unit in catalog.obsolete if unit.key not in current]
    there = {unit.key for unit in stay}
    leave = [
        replace(unit, references=(), notes=())
        for unit in catalog.units
        if unit.key not in current
        and unit.key not in moved
        and unit.key not in there
        and unit.target
        and (unit.state is State.REVIEWED or unit not in reused)
    ]
    return tuple(stay + leave)
