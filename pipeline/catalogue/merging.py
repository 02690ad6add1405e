"""Merge the template of a changed article into its catalogue; no human text is lost."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict, deque
from dataclasses import replace
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue.carrying import Carry, carry, rough_shape, shape
from pipeline.catalogue.comments import (
    WITHDRAWN,
    carried,
    without_carried,
    without_outdated,
    without_suggestions,
)
from pipeline.catalogue.originals import with_originals, without_originals
from pipeline.catalogue.section_pairs import pair_sections
from pipeline.catalogue.speakers import letters, without_handle
from pipeline.language import SimilarityIndex, character_ratio, words_ratio
from pipeline.model import Catalog, Origin, OriginKind, Previous, State, Unit, draft_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping

__all__ = [
    "FUZZY_THRESHOLD",
    "EditKind",
    "Merged",
    "changes",
    "has_human_work",
    "is_open",
    "is_worth_keeping",
    "kept_targets",
    "merge",
    "merge_and_list",
    "prune",
    "returning",
]

FUZZY_THRESHOLD = 0.6
"""Least similarity of two sources for a draft, 0 to 1; the same as msgmerge's."""

_ALONE_THRESHOLD = 0.3
"""Least share of common words, 0 to 1, for a draft of a text between the same neighbours."""

_CANDIDATES = 12
_BONUS = 0.1
"""Bonus to the similarity for each: the paired section, the same unit before, the same one behind.
"""
_NOWHERE = -9
"""Place of a unit that was not in the old catalogue; no place is beside it."""
_Key = tuple[str, str]
_NOTHING: Mapping[_Key, Unit] = MappingProxyType({})


class EditKind(Enum):
    """Meaning of the edits of an article, as its author declares it."""

    USUAL = "usual"
    MINOR = "minor"
    """They change no meaning: reviewed translations stay reviewed."""
    CORRECTION = "correction"
    """They withdraw statements: translations of these do not come back as reviewed."""


class Merged(NamedTuple):
    """Catalogue after a merge."""

    catalog: Catalog
    listed: tuple[tuple[Unit, str], ...]
    """Units whose translation was changed, or stays reviewed for a changed source, with what was
    done."""
    retired: tuple[Unit, ...] = ()
    """Reviewed units that became obsolete, without a draft made of them."""
    left: tuple[tuple[Unit, _Key], ...] = ()
    """Units that became obsolete, as they were, each with its key as an obsolete one."""


def merge(catalog: Catalog, template: Catalog, kind: EditKind = EditKind.USUAL) -> Catalog:
    """Return the units of the template with their translations from the catalogue.

    Sections are paired first (`pair_sections`), then texts, in this order: the same text in the
    paired section, or obsolete there; the same text elsewhere of the same speaker, or in any
    section without one; a text of these in which only handles, addresses, names, code or numbers
    are others, which are replaced in its translation (`carry`). These keep their state, but for
    replacements that may need other words around them. The same text of another speaker, and the
    most similar text that disappears, make a draft with the previous source. Reviewed text that
    disappears becomes obsolete, even if a draft was made of it, so that it can come back; machine
    drafts that nobody touched are not kept.

    After edits that are MINOR, reviewed translations of edited texts of the same speaker stay
    reviewed, also where the last merge made drafts of them. After a CORRECTION nothing is replaced
    in them, and what becomes obsolete, or did so in the last merge, comes back as a draft only.
    """
    return merge_and_list(catalog, template, kind).catalog


def merge_and_list(
    catalog: Catalog,
    template: Catalog,
    kind: EditKind = EditKind.USUAL,
    arrivals: Mapping[_Key, Unit] = _NOTHING,
) -> Merged:
    """Do as `merge` does, and list the translations that were kept for a changed source.

    ``arrivals`` are units of other articles for texts of the template, by their keys. They are
    used where the catalogue has nothing of a human for a text.
    """
    catalog = replace(catalog, units=without_originals(catalog.units))
    work = _Merge(catalog, replace(template, units=without_originals(template.units)), kind)
    work.keep_same_texts()
    if kind is not EditKind.USUAL:
        work.look_back()
    work.move_texts_of_one_owner()
    work.move_texts_of_recognised_speakers()
    work.take_arrivals(arrivals)
    work.carry_edits()
    work.draft_same_texts_of_others()
    work.draft_similar_texts()
    units, obsolete = tuple(work.units()), tuple(work.obsolete())
    merged = with_originals(replace(catalog, units=units, obsolete=obsolete), fill=True)
    return Merged(merged, tuple(work.listed), tuple(work.retired()), tuple(work.left()))


def is_open(unit: Unit) -> bool:
    """Return whether a unit has no translation, or one that no human wrote or chose."""
    return not unit.target or (unit.state is State.DRAFT and _machine(unit))


def has_human_work(unit: Unit) -> bool:
    """Return whether a unit has a translation that a human wrote or chose, or a comment."""
    return not is_open(unit) or bool(without_suggestions(unit).comments)


def is_worth_keeping(unit: Unit) -> bool:
    """Return whether a unit has a target, or comments of a human."""
    return bool(unit.target or (unit.comments and without_suggestions(unit).comments))


def prune(catalog: Catalog) -> Catalog:
    """Return a catalogue without the obsolete machine drafts that nobody touched."""
    obsolete = tuple(filter(has_human_work, catalog.obsolete))
    return replace(catalog, obsolete=obsolete) if len(obsolete) < len(catalog.obsolete) else catalog


def changes(old: Catalog, new: Catalog) -> str:
    """Return a summary of the changes by a merge, or an empty text."""
    before = {unit.key for unit in old.units}
    added = [unit for unit in new.units if unit.key not in before]
    drafts = sum(unit.previous is not None and bool(unit.target) for unit in added)
    kept = sum(unit.state is State.REVIEWED for unit in added)
    gone = len(new.obsolete) - len(old.obsolete)
    parts = [(len(added), "new"), (kept, "kept"), (drafts, "fuzzy"), (max(gone, 0), "obsolete")]
    return ", ".join(f"{count} {word}" for count, word in parts if count)


class _Merge:
    """Merge in progress: which text of the template has got which translation."""

    def __init__(self, catalog: Catalog, template: Catalog, kind: EditKind) -> None:
        self.kind = kind
        self.old = tuple(map(_true_or_empty, catalog.units))
        self.new = template.units
        self.pairs = pair_sections(catalog.units, template.units)
        self.merged: list[Unit | None] = [None] * len(self.new)
        self.places = [_NOWHERE] * (len(self.new) + 1)
        """Place in the catalogue of each text of the template that stayed; the last is none."""
        self.open: list[int] = []
        """Indexes of the texts of the template that were not found where they were."""
        self.leaving: dict[int, Unit] = {}
        """Units that may be lost, by place: of each the text was not found where it was."""
        self.drafted: set[int] = set()
        """Places among these of which a draft was made."""
        self.listed: list[tuple[Unit, str]] = []
        self.contexts: dict[str, str] = {}
        self.gone: dict[_Key, Unit] = {}
        """Obsolete units, in the sections to which they belong now."""
        self.moves = {before: now for now, before in self.pairs.partner.items()}
        for unit in catalog.obsolete:
            self.retire(unit)

    def keep_same_texts(self) -> None:
        """Keep each text of a paired section, and bring back obsolete ones."""
        places = {unit.key: place for place, unit in enumerate(self.old)}
        for at, new in enumerate(self.new):
            before = self.pairs.partner.get(new.context)
            place = _NOWHERE if before is None else places.pop((before, new.source), _NOWHERE)
            self.places[at] = place
            unit = self.old[place] if place != _NOWHERE else None
            if back := self.gone.pop(new.key, None):
                back = returning(back)
                unit = _better(unit, back) if unit else back
            if unit:
                self.merged[at] = _refreshed(unit, new)
        self.open = [at for at, unit in enumerate(self.merged) if unit is None]
        self.leaving = {place: self.old[place] for place in places.values()}
        self.leaving = {
            place: unit for place, unit in self.leaving.items() if is_worth_keeping(unit)
        }

    def look_back(self) -> None:
        """Apply the kind of the edits to drafts that an earlier merge made."""
        for at, unit in enumerate(self.merged):
            if unit and unit.state is State.DRAFT and unit.previous and not unit.previous.context:
                key = unit.context, unit.previous.source
                was = self.gone.get(key)
                if not was or was.state is not State.REVIEWED:
                    continue
                if self.kind is EditKind.CORRECTION:
                    self.gone[key] = _withdrawn(was)
                elif unit.target in kept_targets(was, unit.source):
                    del self.gone[key]
                    self._list(at, unit._replace(state=State.REVIEWED, previous=None), None)

    def move_texts_of_one_owner(self) -> None:
        """Let texts move between sections of one speaker, and between those without one."""

        def owner_and_text(unit: Unit) -> Hashable:
            return self.pairs.old_owner(unit.context), unit.source

        where = _places_by(self.leaving, owner_and_text)
        for at, new in self._missing():
            if places := where.get((self.pairs.new_owner(new.context), new.source)):
                self.merged[at] = _refreshed(self.leaving.pop(places.popleft()), new)

    def move_texts_of_recognised_speakers(self) -> None:
        """Let texts follow a speaker whose title was a text of an ordinary section before.

        That is so where the article did not change, but is read in another way: the text of the
        title is gone, and there is a section with a speaker of that name in its place.
        """
        unpaired = [
            (section.context, section.speaker.name_letters)
            for section in self.pairs.new.values()
            if section.speaker and section.context not in self.pairs.partner
        ]
        if not (unpaired and self.leaving):
            return
        keys = {unit.key for unit in self.new}
        titles: dict[str, list[str]] = defaultdict(list)
        for unit in self.old:
            if self.pairs.old[unit.context].plain and unit.key not in keys:
                titles[unit.context].append(letters(unit.source))
        homes = {
            context: [
                before
                for before, known in titles.items()
                if any(title.startswith(name) for title in known)
            ]
            for context, name in unpaired
        }
        where = _places_by(self.leaving, lambda unit: unit.key)
        for at, new in self._missing():
            for before in homes.get(new.context, ()):
                if places := where.get((before, new.source)):
                    self.merged[at] = _refreshed(self.leaving.pop(places.popleft()), new)
                    break

    def take_arrivals(self, arrivals: Mapping[_Key, Unit]) -> None:
        """Take translations that come from another article, where nobody has worked on one."""
        for at, new in enumerate(self.new):
            own = self.merged[at]
            unit = arrivals.get(new.key)
            if unit and (own is None or is_open(own)):
                self.merged[at] = _refreshed(_better(unit, own) if own else unit, new)

    def carry_edits(self) -> None:
        """Carry mechanical edits into reviewed translations of the same owner."""
        if self.kind is EditKind.CORRECTION:
            return

        def owner_and_shape(unit: Unit) -> Hashable:
            return self.pairs.old_owner(unit.context), rough_shape(unit.source)

        free = {p: unit for p, unit in self.leaving.items() if unit.state is State.REVIEWED}
        where = {key: list(places) for key, places in _places_by(free, owner_and_shape).items()}
        ranked = []
        for at, new in self._missing() if free else ():
            key = self.pairs.new_owner(new.context), rough_shape(new.source)
            places = where.get(key, [])
            expected = self.places[at - 1] + 1
            near = bisect(places, expected)
            for place in places[max(0, near - _CANDIDATES) : near + _CANDIDATES]:
                edited = _carried(free[place], new.source)
                if edited and edited.mechanical:
                    rank = len(edited.edits), abs(place - expected)
                    ranked.append((rank, at, place, edited))
        for _, at, place, edited in sorted(ranked):
            if self.merged[at] is None and place in free:
                del free[place]
                self._keep_reviewed(at, place, edited)

    def _keep_reviewed(self, at: int, place: int, edited: Carry | None) -> None:
        """Keep the review of a translation for a changed source."""
        old, new = self.leaving.pop(place), self.new[at]
        target = edited.target if edited else old.target
        unit = _refreshed(old, new).with_texts(new.source, target)
        self._list(at, unit._replace(previous=None), edited)

    def _list(self, at: int, unit: Unit, edited: Carry | None) -> None:
        self.merged[at] = unit
        what = f"updated ({edited})" if edited else "kept for an edit that is minor"
        state = "stays reviewed" if unit.state is State.REVIEWED else "is a draft now"
        self.listed.append((unit, f"translation {what}; it {state}"))

    def draft_same_texts_of_others(self) -> None:
        """Make drafts of the same words in another speaker's section."""
        free = {place: unit for place, unit in self.leaving.items() if place not in self.drafted}
        where = _places_by(free, lambda unit: unit.source)
        for at, new in self._missing():
            if places := where.get(new.source):
                place = places.popleft()
                self.merged[at] = _draft(self.leaving[place], new)
                self.drafted.add(place)

    def draft_similar_texts(self) -> None:
        """Make drafts of the most similar texts that disappear, each used once, best pairs first.

        Of two that are about equally similar, the one with the same neighbours is right.
        """
        free = {
            place: unit
            for place, unit in self.leaving.items()
            if place not in self.drafted and not (unit.state is State.DRAFT and _machine(unit))
        }
        if not free:
            return
        self._draft_between_neighbours(free)
        index = SimilarityIndex(unit.source for unit in free.values())
        numbered = list(free)
        pairs = []
        for at, new in self._missing() if free else ():
            for number, score in index.near(new.source, FUZZY_THRESHOLD, _CANDIDATES):
                place = numbered[number]
                same = (self.places[at - 1] == place - 1) + (self.places[at + 1] == place + 1)
                same += self._paired(place, new)
                pairs.append((-score - _BONUS * same, at, place))
        for _, at, place in sorted(pairs):
            if self.merged[at] is None and place in free:
                self._use(free, place, at)
        # Of a few words a single edit can change half: the place is evidence then.
        for at, place in self._alone_between_neighbours(free):
            if words_ratio(self.new[at].source, free[place].source) >= _ALONE_THRESHOLD:
                self._use(free, place, at)

    def _draft_between_neighbours(self, free: dict[int, Unit]) -> None:
        for at, place in self._alone_between_neighbours(free):
            score = character_ratio(self.new[at].source, free[place].source) + 2 * _BONUS
            # No other pair of one of the two can have a neighbour in common, and texts that
            # differ are not wholly alike: no other pair reaches so much, and none is looked for.
            if score + _BONUS * self._paired(place, self.new[at]) >= 1 + _BONUS:
                self._use(free, place, at)

    def _alone_between_neighbours(self, free: Mapping[int, Unit]) -> Iterator[tuple[int, int]]:
        """Yield each missing text, and the place of the only one between the same neighbours."""
        for at, _ in self._missing():
            place = self.places[at - 1] + 1
            if place == self.places[at + 1] - 1 and place in free:
                yield at, place

    def _use(self, free: dict[int, Unit], place: int, at: int) -> None:
        old, new = free.pop(place), self.new[at]
        edited = None
        if old.state is State.REVIEWED and self._is_of_one_owner(old, new):
            if self.kind is not EditKind.CORRECTION:
                edited = _carried(old, new.source)
            if self.kind is EditKind.MINOR:
                self._keep_reviewed(at, place, edited)
                return
        self.drafted.add(place)
        self.merged[at] = draft = _draft(old, new)
        if edited:
            notes = tuple(carried(edit.old, edit.new) for edit in edited.edits)
            draft = draft._replace(target=edited.target, comments=draft.comments + notes)
            self._list(at, draft, edited)

    def _is_of_one_owner(self, old: Unit, new: Unit) -> bool:
        return self.pairs.old_owner(old.context) == self.pairs.new_owner(new.context)

    def _paired(self, place: int, new: Unit) -> bool:
        return self.pairs.partner.get(new.context) == self.old[place].context

    def _missing(self) -> Iterator[tuple[int, Unit]]:
        """Yield each text of the template without a translation so far, with its index."""
        for at in self.open:
            if self.merged[at] is None:
                yield at, self.new[at]

    def units(self) -> Iterator[Unit]:
        """Yield the units of the template, translated as far as translations were found."""
        for new, merged in zip(self.new, self.merged, strict=True):
            yield without_outdated(merged) if merged else new

    def retired(self) -> Iterator[Unit]:
        """Yield the reviewed units that have no place in the article, and made no draft."""
        for place, unit in self.leaving.items():
            if unit.state is State.REVIEWED and place not in self.drafted:
                yield unit

    def obsolete(self) -> Iterator[Unit]:
        """Yield the units that have no place in the article."""
        for place, unit in self.leaving.items():
            if self._is_leaving(place, unit) and has_human_work(unit):
                unit = unit._replace(references=(), notes=())
                corrected = self.kind is EditKind.CORRECTION and unit.state is State.REVIEWED
                self.retire(_withdrawn(unit) if corrected else unit)
        yield from self.gone.values()

    def left(self) -> Iterator[tuple[Unit, _Key]]:
        """Yield the units that became obsolete, with the keys that they have now."""
        for place, unit in self.leaving.items():
            if self._is_leaving(place, unit):
                yield unit, (self._context_now(unit.context), unit.source)

    def _is_leaving(self, place: int, unit: Unit) -> bool:
        return unit.state is State.REVIEWED or place not in self.drafted

    def retire(self, unit: Unit) -> None:
        """Make a unit obsolete in the section to which it belongs now."""
        unit = unit._replace(context=self._context_now(unit.context))
        other = self.gone.get(unit.key)
        self.gone[unit.key] = _better(unit, other) if other else unit

    def _context_now(self, context: str) -> str:
        """Return the context for obsolete units of a section of the catalogue."""
        if context not in self.contexts:
            self.contexts[context] = self._section_now(context)
        return self.contexts[context]

    def _section_now(self, context: str) -> str:
        if context in self.moves:
            return self.moves[context]
        if section := self.pairs.old.get(context):
            # Somebody else may bear the same name one day: texts of a person who is gone go by
            # name, organisation and handle.
            context = section.speaker.slug if section.speaker else context
            while context in self.pairs.new:
                context += "-old"
            return context
        return context if context in self.pairs.new else self._returned(context)

    def _returned(self, context: str) -> str:
        """Return the context of the only speaker whose obsolete texts have a context."""
        known = letters(context)
        again = [
            section.context
            for section in self.pairs.new.values()
            if section.speaker and section.speaker.is_meant_by(known)
        ]
        return again[0] if len({self.pairs.new_owner(c) for c in again}) == 1 else context


def _places_by(
    units: Mapping[int, Unit], key: Callable[[Unit], Hashable]
) -> dict[Hashable, deque[int]]:
    """Return the places of units by a key, each key's in their order."""
    places: dict[Hashable, deque[int]] = defaultdict(deque)
    for place, unit in units.items():
        places[key(unit)].append(place)
    return places


def _better(unit: Unit, other: Unit) -> Unit:
    """Return the unit with the better translation, or else the first, with the comments of both.

    Of two that are reviewed, as after a merge of branches, a comment keeps the other one.
    """

    def rank(unit: Unit) -> tuple[bool, bool, bool]:
        return bool(unit.target), unit.state is State.REVIEWED, not _machine(unit)

    best, rest = (unit, other) if rank(unit) >= rank(other) else (other, unit)
    comments = best.comments + rest.comments
    if best.state is rest.state is State.REVIEWED and best.target != rest.target:
        comments += (f"other translation: {' '.join(rest.target.split())}",)
    return best._replace(comments=tuple(dict.fromkeys(comments)))


def _withdrawn(unit: Unit) -> Unit:
    comments = tuple(dict.fromkeys((*unit.comments, WITHDRAWN)))
    return unit._replace(comments=comments)


def returning(unit: Unit) -> Unit:
    """Return an obsolete unit as it comes back: as a draft if it was withdrawn."""
    if WITHDRAWN not in unit.comments:
        return unit
    comments = tuple(comment for comment in unit.comments if comment != WITHDRAWN)
    return unit._replace(comments=comments, state=State.DRAFT if unit.target else unit.state)


def kept_targets(was: Unit, source: str) -> set[str]:
    """Return the targets that a merge gives to a draft for a new source of a reviewed text."""
    edited = _carried(was, source)
    return {was.target} | ({edited.target} if edited else set())


def _carried(old: Unit, source: str) -> Carry | None:
    """Return a unit's translation for an edited source, if all edits can be carried."""
    return carry(old.source, source, old.target) if shape(old.source) == shape(source) else None


def _refreshed(old: Unit, new: Unit) -> Unit:
    """Return the old unit with the template's context, references and notes.

    All that a translator owns is kept; so are notes that only lack the handle.
    """
    notes = new.notes
    if old.notes != notes and old.notes == tuple(map(without_handle, notes)):
        notes = old.notes
    if old.references == new.references and old.notes == notes and old.context == new.context:
        return old
    return old._replace(context=new.context, references=new.references, notes=notes)


def _true_or_empty(unit: Unit) -> Unit:
    """Return a unit without an origin that is no longer true.

    A machine's draft of an older source, as msgmerge leaves it, goes: a machine makes another one.
    With its own source as the previous one it was reviewed, as msgmerge has none for drafts.
    """
    if unit.origin.kind is OriginKind.MACHINE and unit.is_outdated:
        own = unit.previous and draft_digest(unit.previous.source, unit.target)
        if own == unit.origin.digest:
            return unit._replace(origin=Origin())
        return unit._replace(target="", state=State.EMPTY, origin=Origin(), previous=None)
    return unit.without_false_origin()


def _draft(old: Unit, new: Unit) -> Unit:
    """Return a draft made of a similar text's translation; without one, keep only its comments."""
    kept = _refreshed(without_carried(old), new)
    if not old.target:
        return kept._replace(source=new.source)
    previous = Previous(old.source, old.context if old.context != new.context else None)
    if old.state is State.REVIEWED:  # whoever wrote it, a human took it
        kept = kept._replace(origin=Origin())
    elif old.previous and old.previous.source != new.source:
        previous = old.previous
    return kept._replace(source=new.source, state=State.DRAFT, previous=previous)


def _machine(unit: Unit) -> bool:
    """Return whether no human ever wrote or chose the target, so that a new draft is as good."""
    return unit.origin.kind is OriginKind.MACHINE and unit.untouched
