"""Merge two versions of a catalogue with their common ancestor; no human text is lost."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pipeline.catalogue.comments import CARRIED, SUGGESTION
from pipeline.catalogue.merging import (
    is_open,
    is_worth_keeping,
    kept_targets,
    merge_and_list,
    returning,
)
from pipeline.model import Catalog, Origin, OriginKind, State, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["ThreeWay", "merge_lines", "merge_versions", "pick"]

_Key = tuple[str, str]
_Value = TypeVar("_Value")

_MARK = "#-#-#-#-#  {}  #-#-#-#-#"
"""Line above each translation of a conflict, as msgcat writes it."""


class ThreeWay(NamedTuple):
    """Catalogue that has the changes of both sides."""

    catalog: Catalog
    conflicts: tuple[_Key, ...]
    """Keys of the units that both sides translated, each in its own way. They are fuzzy, and have
    both translations in the form of msgcat."""


class _Work(IntEnum):
    """Work in a changed translation; of two, that with more is taken."""

    NONE = 0
    MACHINE = 1
    """An untouched draft of an engine, which can make another one."""
    KNOWN = 2
    """A draft with the words of the base, of another entry, or of a version of the article."""
    DRAFT = 3
    """A human's draft."""
    REVIEW = 4


def merge_versions(base: Catalog, ours: Catalog, theirs: Catalog) -> ThreeWay:
    """Return a catalogue with the changes that two sides made to the base.

    A unit is current if it is so on both sides, or became so on one; obsolete units of both sides
    are kept, but for machine drafts that a side removed. A translation that only one side changed
    is taken from there; of two, a reviewed one wins over a draft, and a human's over a machine's.
    Two human translations are a conflict. A human's work on a text that the other side removed or
    edited is kept as an obsolete unit, and goes to the edited text as `merge` takes it there.
    Comments of both sides are kept; notes and references come from the side that changed them. The
    order is ours, unless only theirs changed.
    """
    return _ThreeWay(_Version(base), _Version(ours), _Version(theirs)).result()


def pick(base: _Value, ours: _Value, theirs: _Value) -> _Value:
    """Return the value of the side that changed it, and ours if both did."""
    return theirs if ours == base else ours


def merge_lines(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of both sides; what one of them removed is left out."""
    if ours == base or theirs in (base, ours):
        return tuple(pick(base, ours, theirs))
    removed = {line for line in base if line} - {*theirs}
    known = {*base, *ours}
    added = [line for line in theirs if line not in known]
    return (*(line for line in ours if line not in removed), *added)


class _Version:
    """One version of the catalogue, by the keys of its units."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.current = {unit.key: unit for unit in catalog.units}
        self.gone = {unit.key: unit for unit in catalog.obsolete}
        self.arrived: Mapping[_Key, Unit] = {}
        """Units that a merge makes from its own translations, for texts of other versions."""
        self.left: Mapping[_Key, _Key] = {}
        """Keys that its units get when they become obsolete."""

    def unit(self, key: _Key) -> Unit | None:
        """Return its own unit, current or obsolete."""
        return self.current.get(key) or self.gone.get(key)

    def current_unit(self, key: _Key) -> Unit | None:
        """Return a unit for a text that is current in the result."""
        if key in self.gone:
            return returning(self.gone[key])
        return self.current.get(key) or self.arrived.get(key)

    def project(self, template: Catalog) -> None:
        """Find what a merge does with the texts that other versions removed and added."""
        keys = {unit.key for unit in template.units}
        if self.current.keys() - keys:
            merged = merge_and_list(self.catalog, template)
            self.arrived = {unit.key: unit for unit in merged.catalog.units if unit.target}
            self.left = {unit.key: key for unit, key in merged.left}

    def has_order_of(self, other: _Version) -> bool:
        """Return whether the units that it has in common with another have the same order."""
        own = [key for key in self.current if key in other.current]
        return own == [key for key in other.current if key in self.current]


class _ThreeWay:
    """Merge in progress."""

    def __init__(self, base: _Version, ours: _Version, theirs: _Version) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        self.conflicts: list[_Key] = []
        self.keys = self._order()
        template = Catalog(
            ours.catalog.article, ours.catalog.locale, tuple(map(self._blank, self.keys))
        )
        for version in (base, ours, theirs):
            version.project(template)

    def result(self) -> ThreeWay:
        """Return the merged catalogue and its conflicts."""
        catalog = self.ours.catalog
        units = tuple(map(self._current, self.keys))
        reviewed = {unit[1:3] for unit in units if unit.state is State.REVIEWED}
        gone = tuple(self._gone(reviewed))
        merged = Catalog(catalog.article, catalog.locale, units, gone)
        return ThreeWay(merged, tuple(self.conflicts))

    def _order(self) -> tuple[_Key, ...]:
        """Return the keys of the current units; what the other side added follows its neighbour."""
        lead, other = self.ours, self.theirs
        if self.base.has_order_of(lead) and not self.base.has_order_of(other):
            lead, other = other, lead
        behind: dict[_Key | None, list[_Key]] = {None: []}
        before: _Key | None = None
        for key in other.current:
            if key in lead.current:
                before = key
            else:
                behind.setdefault(before, []).append(key)
        order, waiting = [], behind[None]
        for key in lead.current:
            # What only the leading side added stays with its own neighbour before it.
            if key in other.current:
                order += waiting
                waiting = behind.get(key, [])
            order.append(key)
        return tuple(key for key in (*order, *waiting) if self._is_current(key))

    def _is_current(self, key: _Key) -> bool:
        return pick(*(key in version.current for version in (self.base, self.ours, self.theirs)))

    def _blank(self, key: _Key) -> Unit:
        """Return a unit as a template has it."""
        ours, theirs = self.ours.current.get(key), self.theirs.current.get(key)
        own = ours or theirs
        other = theirs or ours
        assert own  # it is current on one side at least
        assert other
        base = self.base.current.get(key, own)
        return Unit(
            *key,
            references=pick(base.references, own.references, other.references),
            notes=pick(base.notes, own.notes, other.notes),
        )

    def _current(self, key: _Key) -> Unit:
        blank = self._blank(key)
        versions = (self.base, self.ours, self.theirs)
        unit = self._merged(key, *(version.current_unit(key) for version in versions))
        return unit._replace(notes=blank.notes, references=blank.references)

    def _gone(self, reviewed: set[tuple[str, str]]) -> Iterator[Unit]:
        """Yield the obsolete units; ``reviewed`` has sources and targets of current ones."""
        kept = set(self.keys)
        base = {**self.base.current, **self.base.gone}
        sides = dict(self.ours.gone), dict(self.theirs.gone)
        for units, side, other in (
            (sides[0], self.ours, self.theirs),
            (sides[1], self.theirs, self.ours),
        ):
            for key, unit in side.current.items():
                if key in kept:
                    continue
                # The other side removed it.
                before, now = self.base.current[key], key
                if key not in other.gone:
                    if not self._has_new_work(unit, before, side) or unit[1:3] in reviewed:
                        continue
                    now = side.left.get(key, key)
                    now = key if now in units else now
                units[now] = unit._replace(context=now[0])
                base[now] = before
        for key in dict.fromkeys((*sides[0], *sides[1])):
            if key in kept:
                continue
            ours, theirs = (units.get(key) for units in sides)
            merged = self._merged(key, base.get(key), ours, theirs)
            was_removed = key in base and not (ours and theirs)
            is_pruned = was_removed and is_open(merged) and not _remarks(merged)
            if not is_pruned:
                yield merged._replace(notes=(), references=())

    def _has_new_work(self, unit: Unit, base: Unit, version: _Version) -> bool:
        """Return whether a human translated or commented a unit since the base."""
        has_words = _translation(unit) != _translation(base)
        has_words = has_words and self._work(unit, base, version) >= _Work.DRAFT
        has_comments = bool(set(_remarks(unit)) - set(_remarks(base)))
        return (has_words or has_comments) and is_worth_keeping(unit)

    def _merged(self, key: _Key, base: Unit | None, ours: Unit | None, theirs: Unit | None) -> Unit:
        """Return a unit with the translation, comments and flags of both sides."""
        if not (ours and theirs):
            # A side that has it nowhere has no opinion.
            return ours or theirs or Unit(*key)
        base = base or Unit(*key)
        unit = self._translated(base, ours, theirs)
        if unit is None:
            self.conflicts.append(key)
            unit = _conflict(ours, theirs)
        comments = merge_lines(_remarks(base), _remarks(ours), _remarks(theirs))
        if comments != _remarks(unit):
            comments += tuple(line for line in unit.comments if _is_own(line))
            unit = unit._replace(comments=comments)
        return unit._replace(flags=merge_lines(base.flags, ours.flags, theirs.flags))

    def _translated(self, base: Unit, ours: Unit, theirs: Unit) -> Unit | None:
        """Return the unit whose translation is taken; None if two humans wrote one."""
        before, own, other = map(_translation, (base, ours, theirs))
        if other in (own, before):
            return ours
        if own == before:
            return theirs
        if ours.target == theirs.target:
            return _stated(base, ours, theirs)
        own_work = self._work(ours, base, self.ours)
        other_work = self._work(theirs, base, self.theirs)
        if min(own_work, other_work) >= _Work.DRAFT:
            return None
        if other_work == own_work:
            # A draft that the side has itself is better than one made for it here.
            return ours if self.ours.unit(ours.key) else theirs
        return theirs if other_work > own_work else ours

    def _work(self, unit: Unit, base: Unit, version: _Version) -> _Work:
        """Return the work in a translation that differs from the base's."""
        is_old = unit.target == base.target
        if not unit.target:
            return _Work.NONE
        if unit.state is State.REVIEWED:
            return _Work.KNOWN if is_old and base.state is unit.state else _Work.REVIEW
        if unit.untouched and unit.origin.kind is OriginKind.MACHINE:
            return _Work.MACHINE
        if is_old or unit.untouched or self._is_derived(unit, version):
            return _Work.KNOWN
        return _Work.DRAFT

    def _is_derived(self, unit: Unit, version: _Version) -> bool:
        """Return whether a merge made a draft of the translation of another source."""
        if not unit.previous:
            return False
        context = unit.previous.context
        key = unit.context if context is None else context, unit.previous.source
        was = version.unit(key)
        return was is not None and unit.target in kept_targets(was, unit.source)


def _translation(unit: Unit) -> tuple[object, ...]:
    """Return what is compared of a translation."""
    return unit.target, unit.state, unit.without_false_origin().origin, unit.previous


def _stated(base: Unit, ours: Unit, theirs: Unit) -> Unit:
    """Return one of two units with the same target: the one that changed its state, or reviewed."""
    if ours.state is theirs.state:
        return ours
    if base.target == ours.target:
        return theirs if ours.state is base.state else ours
    return ours if ours.state is State.REVIEWED else theirs


def _conflict(ours: Unit, theirs: Unit) -> Unit:
    """Return a draft with both translations, one below the other."""
    sides = (("ours", ours), ("theirs", theirs))
    parts = [
        f"{_MARK.format(f'{name} ({unit.state.value})')}\n{unit.target}" for name, unit in sides
    ]
    return ours._replace(
        target="\n".join(parts),
        state=State.DRAFT,
        origin=Origin(),
        previous=ours.previous or theirs.previous,
    )


def _remarks(unit: Unit) -> tuple[str, ...]:
    """Return the comments of humans."""
    return tuple(line for line in unit.comments if not _is_own(line))


def _is_own(line: str) -> bool:
    """Return whether a comment belongs to a translation, and goes with it."""
    return bool(SUGGESTION.fullmatch(line) or CARRIED.fullmatch(line))
