"""Find texts that moved to another article, and articles that were renamed, by their content."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue.comments import without_outdated
from pipeline.catalogue.merging import has_human_work, is_worth_keeping, merge_and_list
from pipeline.catalogue.speakers import speaker_of
from pipeline.model import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.errors import InputError
    from pipeline.model import Catalog, Unit

__all__ = [
    "Moves",
    "Rename",
    "TextMove",
    "find_renames",
    "find_text_moves",
    "has_work",
    "is_kept_by",
]

_Key = tuple[str, str]


class TextMove(NamedTuple):
    """Text that left one article and is new in another one, with its translation."""

    unit: Unit
    """Unit of the catalogue that it left."""
    origin: str
    """Article that it left."""
    obsolete_key: _Key
    """Key under which a merge makes it obsolete there."""
    article: str
    """Article in which it is new."""
    key: _Key
    """Its key there."""


class Rename(NamedTuple):
    """Catalogue whose article has another name now."""

    article: str
    name: str
    locale: str
    """Empty for a template."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Moves of a run: catalogues of renamed articles, and single texts."""

    renames: tuple[Rename, ...] = ()
    texts: Mapping[str, Sequence[TextMove]] = field(default_factory=dict)
    """Texts that move, by locale."""
    unreadable: Mapping[str, InputError] = field(default_factory=dict)
    """Reasons why catalogues of renamed articles cannot be read, by the new name."""

    def arrivals(self, article: str, locale: str) -> dict[_Key, Unit]:
        """Return the units that other articles have for an article, by their keys there."""
        moves = self.texts.get(locale, ())
        return {move.key: move.unit for move in moves if move.article == article}

    def departures(self, article: str, locale: str) -> dict[_Key, _Key]:
        """Return the keys of the units that go to other articles, with their obsolete keys."""
        moves = self.texts.get(locale, ())
        return {move.unit.key: move.obsolete_key for move in moves if move.origin == article}


def find_renames(orphans: Mapping[str, Catalog], new: Mapping[str, Catalog]) -> dict[str, str]:
    """Return the new name of each orphan that has one: that of the article with its texts.

    ``orphans`` are catalogues without an article, ``new`` templates of articles without a
    catalogue. At least half of the words of an orphan are in the article that gets its name; of
    several, the most similar one, each once.
    """
    homes: dict[str, set[str]] = defaultdict(set)
    sizes = {}
    for name, template in new.items():
        sources = {unit.source for unit in template.units}
        sizes[name] = _size(sources)
        for source in sources:
            homes[source].add(name)
    ranked = []
    for old, catalog in orphans.items():
        sources = {unit.source for unit in catalog.units}
        size, common = _size(sources), Counter[str]()
        for source in sources:
            for name in homes.get(source, ()):
                common[name] += len(source)
        ranked += [
            (-share / max(size, sizes[name]), old, name)
            for name, share in common.items()
            if 2 * share >= size
        ]
    renames: dict[str, str] = {}
    for _, old, name in sorted(ranked):
        if old not in renames and name not in renames.values():
            renames[old] = name
    return renames


def find_text_moves(
    catalogs: Mapping[str, Catalog], templates: Mapping[str, Catalog]
) -> list[TextMove]:
    """Return the texts of one locale that moved between articles, each once.

    A catalogue without a template is of an article that is gone. The same person says the words
    in both articles, or nobody does.
    """
    origins, articles = _involved(catalogs, templates)
    waiting: dict[str, list[tuple[str, Unit]]] = defaultdict(list)
    for name in articles:
        # Of texts that are not new, an unchanged article may have some, which no run looks at.
        known = {unit.key for unit in catalogs[name].units}
        merged = merge_and_list(catalogs[name], templates[name]).catalog.units
        # Notes of the template, as those of a catalogue may be older.
        for new, unit in zip(templates[name].units, merged, strict=True):
            if new.key not in known and unit.state is not State.REVIEWED:
                waiting[new.source].append((name, new))
    moves = []
    for origin in origins:
        for unit, obsolete_key in _leaving(catalogs[origin], templates.get(origin)):
            places = waiting.get(unit.source, [])
            for place, (name, new) in enumerate(places):
                if name != origin and _is_same_speaker(unit, new):
                    moves.append(TextMove(unit, origin, obsolete_key, name, new.key))
                    del places[place]
                    break
    return moves


def has_work(catalog: Catalog) -> bool:
    """Return whether a catalogue has anything of a human: a translation, a review or a comment."""
    return bool(catalog.obsolete) or any(map(has_human_work, catalog.units))


def is_kept_by(unit: Unit, other: Unit) -> bool:
    """Return whether another unit has all that a unit has: translation, state and comments."""
    unit, other = without_outdated(unit), without_outdated(other)
    same = (unit.source, unit.target, unit.state) == (other.source, other.target, other.state)
    return same and set(unit.comments) <= set(other.comments)


def _involved(
    catalogs: Mapping[str, Catalog], templates: Mapping[str, Catalog]
) -> tuple[list[str], list[str]]:
    """Return the articles that may have lost a text to another one, and those others.

    Most edits move no text, and need no merge to see that.
    """
    leaving, waiting = defaultdict(set), defaultdict(set)
    for name, catalog in catalogs.items():
        units = {unit.key: unit for unit in catalog.units}
        new = templates[name].units if name in templates else ()
        keys = {unit.key for unit in new}
        for key, unit in units.items():
            if key not in keys and is_worth_keeping(unit):
                leaving[unit.source].add(name)
        for unit in new:
            if unit.key not in units:
                waiting[unit.source].add(name)
    origins, articles = set(), set()
    for source, left in leaving.items():
        there = waiting.get(source, set())
        if there and (len(left | there) > 1):
            origins |= left
            articles |= there
    return sorted(origins), sorted(articles)


def _leaving(catalog: Catalog, template: Catalog | None) -> Iterator[tuple[Unit, _Key]]:
    """Yield the units that have no place in their article, reviewed ones first."""
    if template is None:
        pairs = [(unit, unit.key) for unit in catalog.units if is_worth_keeping(unit)]
    else:
        pairs = list(merge_and_list(catalog, template).left)
    yield from sorted(pairs, key=lambda pair: pair[0].state is not State.REVIEWED)


def _is_same_speaker(old: Unit, new: Unit) -> bool:
    """Return whether one person says both texts, or nobody does; False where no note tells."""
    if not (old.notes and new.notes):
        return False
    one, other = speaker_of(old.notes), speaker_of(new.notes)
    return one.is_same_elsewhere(other) if one and other else one is other


def _size(sources: set[str]) -> int:
    return sum(map(len, sources))
