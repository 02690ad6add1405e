"""Merge: a catalogue brought up to date with its article, no human word lost."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from pipeline.model import Catalog, OriginKind, Previous, State, Unit
from pipeline.similar import Index, ratio
from pipeline.suggestions import without_suggestions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["FUZZY_THRESHOLD", "changes", "merge"]

FUZZY_THRESHOLD = 0.6
"""How alike two sources must be, 0 to 1; the same as msgmerge's."""

_CANDIDATES = 12
_BONUS = 0.1
"""What the same context, the same unit before and the same behind add to the likeness."""
_Key = tuple[str, str]


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
    leaving = [unit for key, unit in known.items() if unit.target and key not in wanted]
    units: list[Unit | None] = []
    for new in template.units:
        old = known.get(new.key)
        if old is None or not old.target:
            old = gone.get(new.key) or old
        units.append(_refreshed(old, new) if old else None)
    missing = [at for at, unit in enumerate(units) if unit is None]
    moved, used = _moved(catalog, template, leaving, units, missing)
    left = [unit for unit in leaving if unit.key not in used]
    missing = [at for at in missing if units[at] is None]
    similar = _similar(template.units, missing, catalog.units, left)
    result = []
    for at, (new, unit) in enumerate(zip(template.units, units, strict=True)):
        kept = unit or (_draft(similar[at], new) if at in similar else new)
        result.append(without_suggestions(kept) if kept.target and kept.comments else kept)
    reused = {unit.key for unit in similar.values()}
    return Catalog(
        catalog.article,
        catalog.locale,
        tuple(result),
        _obsolete([u for u in catalog.obsolete if u.key not in wanted], leaving, moved, reused),
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
    if old.references == new.references and old.notes == new.notes and old.context == new.context:
        return old
    return old._replace(context=new.context, references=new.references, notes=new.notes)


def _draft(old: Unit, new: Unit) -> Unit:
    """Make a draft of the translation of a similar text."""
    previous = Previous(old.source, old.context if old.context != new.context else None)
    kept = _refreshed(old, new)
    return kept._replace(source=new.source, state=State.DRAFT, previous=previous)


def _moved(
    catalog: Catalog,
    template: Catalog,
    leaving: Iterable[Unit],
    units: list[Unit | None],
    missing: Iterable[int],
) -> tuple[set[_Key], set[_Key]]:
    """Fill in those of the missing texts that stand in another context now.

    Where a whole section got a new name, its texts are what they were. Elsewhere the
    same words of another speaker are a draft. Gives the keys of what has moved for good,
    and of all that was used.
    """
    renamed = {u.context for u in template.units}.isdisjoint
    fresh = {u.context for u in catalog.units}.isdisjoint
    by_source: dict[str, deque[Unit]] = defaultdict(deque)
    for unit in leaving:
        by_source[unit.source].append(unit)
    moved: set[_Key] = set()
    used: set[_Key] = set()
    for index in missing:
        new = template.units[index]
        if not by_source.get(new.source):
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
    missing: Sequence[int],
    before: Sequence[Unit],
    leaving: Iterable[Unit],
) -> dict[int, Unit]:
    """Give new units the most similar disappearing one, each at most once, best pairs first.

    ``missing`` are the numbers of the new ones, by which what was found is given; ``before`` is
    the old catalogue in its order. Of two that are about as similar the one is right whose
    neighbours are the same.
    """
    old = {u.key: u for u in leaving if not (u.state is State.DRAFT and _machine(u))}
    if not old or not missing:
        return {}
    where = {unit.key: at for at, unit in enumerate(before)}
    found: dict[int, Unit] = {}
    for at in missing:
        candidate = _between(new, at, before, where)
        if candidate and candidate.key in old:
            score = ratio(new[at].source, candidate.source) + 2 * _BONUS
            # No other pair of one of the two can have a neighbour in common, and texts that
            # differ are not wholly alike: no other pair reaches so much.
            if score + _BONUS * (candidate.context == new[at].context) >= 1 + _BONUS:
                found[at] = old.pop(candidate.key)
    texts = list(old.values())
    index = Index(unit.source for unit in texts)
    pairs = []
    for at in (at for at in missing if at not in found):
        for number, score in index.near(new[at].source, FUZZY_THRESHOLD, _CANDIDATES):
            place = where[texts[number].key]
            same = sum(
                0 <= at + step < len(new)
                and 0 <= place + step < len(before)
                and new[at + step].key == before[place + step].key
                for step in (-1, 1)
            )
            same += texts[number].context == new[at].context
            pairs.append((-score - _BONUS * same, at, number))
    used: set[int] = set()
    for _, at, number in sorted(pairs):
        if at not in found and number not in used:
            found[at] = texts[number]
            used.add(number)
    return found


def _between(
    new: Sequence[Unit], at: int, before: Sequence[Unit], where: Mapping[_Key, int]
) -> Unit | None:
    """Give the old unit that stood between the same neighbours as a new one, if there is one."""
    if not 0 < at < len(new) - 1:
        return None
    place = where.get(new[at - 1].key, len(before)) + 1
    return before[place] if where.get(new[at + 1].key) == place + 1 else None


def _machine(unit: Unit) -> bool:
    """Tell whether no human ever wrote or chose this text, so that a new draft is as good."""
    return unit.origin.kind is OriginKind.MACHINE and unit.untouched


def _obsolete(
    stay: Sequence[Unit], leaving: Iterable[Unit], moved: set[_Key], reused: set[_Key]
) -> tuple[Unit, ...]:
    """Give what has no place in the article now, what was obsolete already first."""
    there = {unit.key for unit in stay} | moved
    leave = [
        unit._replace(references=(), notes=())
        for unit in leaving
        if unit.key not in there and (unit.state is State.REVIEWED or unit.key not in reused)
    ]
    return (*stay, *leave)
