"""Pair the sections of a catalogue with those of its changed article, by who speaks in them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue.carrying import shape
from pipeline.catalogue.speakers import Speaker, letters, speaker_of
from pipeline.language import SimilarityIndex, edits_within

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from pipeline.model import Unit

__all__ = ["Section", "SectionPairs", "pair_sections"]

_MOST = 64
"""Maximum number of pairs that are compared among sections with one name or handle; of more, those
at the same place among them are."""
_ALIKE = 0.7
"""Least similarity of two names, 0 to 1, for a look at whether one corrects the other."""
_CANDIDATES = 5
_MAJORITY = 0.5
"""Share of the words of a section, above which its own texts identify it without a name."""
_TELLING = 30
"""Characters of common texts that confirm a speaker; anybody may say a shorter sentence."""
_DECISIVE = 60
"""Characters of common texts, two at least, that identify a speaker whose name and handle are both
others. A single one may have been given to somebody new."""


class Section(NamedTuple):
    """Section of a catalogue or of a template."""

    context: str
    place: int
    """Place among the sections, from 0."""
    speaker: Speaker | None
    plain: bool
    """True if nobody speaks, False if somebody does, or if no note says who."""

    @property
    def names(self) -> set[str]:
        """Names under which the section may be known: its speaker's, and its context."""
        names = {letters(self.context)}
        return names | {self.speaker.name_letters} if self.speaker else names


class _Common(NamedTuple):
    """Words of texts that are in one old and in one new section only, by pair of contexts."""

    of_pair: Mapping[tuple[str, str], int]
    texts: Mapping[tuple[str, str], int]
    """Number of these texts."""
    outlines: Mapping[tuple[str, str], int]
    """Characters of texts that differ only in parts that can be carried."""
    old: Mapping[str, int]
    """Number of characters of a section's texts that no other section has, by context."""
    new: Mapping[str, int]

    def confirms(self, old: Section, new: Section) -> bool:
        """Return whether texts that only these sections have confirm that a speaker is the same."""
        pair = old.context, new.context
        return self.of_pair.get(pair, 0) + self.outlines.get(pair, 0) >= _TELLING

    def share(self, old: Section, new: Section, least: int = 1) -> float:
        """Return the common share, 0 to 1, of the words that only these sections have.

        It is 0 if these are fewer than ``least`` characters.
        """
        common = self.of_pair.get((old.context, new.context), 0)
        most = max(self.old.get(old.context, 0), self.new.get(new.context, 0))
        return common / most if common >= least else 0.0


@dataclass(frozen=True, slots=True)
class SectionPairs:
    """Sections of a catalogue and of its new template, paired one to one."""

    old: Mapping[str, Section]
    """Sections of the catalogue by context."""
    new: Mapping[str, Section]
    partner: Mapping[str, str] = field(default_factory=dict)
    """Old context by new context."""
    _owners: Mapping[str, Hashable] = field(default_factory=dict)
    """Owner of an old section by its context."""

    def old_owner(self, context: str) -> Hashable:
        """Return whose texts an old section has: a new section's owner, where they are paired."""
        return self._owners[context]

    def new_owner(self, context: str) -> Hashable:
        """Return whose texts a new section has; equal for all sections without a speaker."""
        return _owner(self.new[context])


def pair_sections(old: Sequence[Unit], new: Sequence[Unit]) -> SectionPairs:
    """Pair the sections of a catalogue with those of a template, each at most once.

    Two sections are a pair if they are of one person: the same handle or name, or a name that may
    be a correction of the other. Where the handle, or the rest, speaks against it, texts must
    speak for it that only these two sections have. Sections without a speaker are a pair if they
    have the same context; those that remain, if most of their own texts are common.
    """
    sections = (_sections(old), _sections(new))
    free_old, free_new = dict(sections[0]), dict(sections[1])
    partner: dict[str, str] = {}
    for context in sections[0].keys() & sections[1].keys():
        # Most sections are as they were, and for these no text need be looked at.
        if sections[0][context].speaker == sections[1][context].speaker:
            del free_old[context], free_new[context]
            partner[context] = context
    if free_old and free_new:
        partner |= _pair_others(free_old, free_new, _common(old, new))
    owners = {context: _owner(section) for context, section in sections[0].items()}
    owners |= {before: _owner(sections[1][now]) for now, before in partner.items()}
    return SectionPairs(*sections, partner, owners)


def _pair_others(
    old: dict[str, Section], new: dict[str, Section], common: _Common
) -> dict[str, str]:
    """Return the old context by the new one of each pair, and take both sections out."""
    partner: dict[str, str] = {}
    for candidates in (_by_name, _by_spelling):
        ranked = []
        for one, other in candidates(old, new, common):
            if strength := _strength(one, other, common):
                same = one.context == other.context
                share = common.share(one, other)
                away = abs(one.place - other.place)
                ranked.append(((-strength, -share, not same, away), one.context, other.context))
        for _, one_context, other_context in sorted(ranked):
            if one_context in old and other_context in new:
                del old[one_context], new[other_context]
                partner[other_context] = one_context
    return partner


def _sections(units: Sequence[Unit]) -> dict[str, Section]:
    """Return the sections by context, in their order."""
    notes: dict[str, dict[str, None]] = {}
    for unit in units:
        first = unit.notes[0] if unit.notes else ""
        if unit.context not in notes:
            notes[unit.context] = {first: None}
        elif first not in notes[unit.context]:
            notes[unit.context][first] = None
    sections = {}
    for place, (context, firsts) in enumerate(notes.items()):
        speakers = [speaker for first in firsts if (speaker := speaker_of((first,)))]
        speaker = next((s for s in speakers if s.handle), speakers[0] if speakers else None)
        plain = speaker is None and any(firsts)
        sections[context] = Section(context, place, speaker, plain)
    return sections


def _owner(section: Section) -> Hashable:
    if section.plain:
        return "nobody"
    if section.speaker is None:
        return ("unknown", section.context)
    return section.speaker.name_letters, section.speaker.personal_handle


def _common(old: Sequence[Unit], new: Sequence[Unit]) -> _Common:
    homes_old, homes_new = _homes(old, _source), _homes(new, _source)
    of_pair, texts = _shared(homes_old, homes_new)
    # A corrected name or address may be in all texts of the section whose heading has it, too.
    outlines, _ = _shared(
        _homes((unit for unit in old if unit.source not in homes_new), _outline),
        _homes((unit for unit in new if unit.source not in homes_old), _outline),
    )
    return _Common(of_pair, texts, outlines, _sizes(homes_old), _sizes(homes_new))


def _shared(
    old: Mapping[str, str], new: Mapping[str, str]
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Return the number of characters and of texts that one old and one new section share."""
    characters: Counter[tuple[str, str]] = Counter()
    texts: Counter[tuple[str, str]] = Counter()
    for text, context in old.items():
        if context and (there := new.get(text)):
            characters[context, there] += len(text)
            texts[context, there] += 1
    return characters, texts


def _source(unit: Unit) -> str:
    return unit.source


def _outline(unit: Unit) -> str:
    """Return a text without the parts that can be carried."""
    return "".join(shape(unit.source))


def _homes(units: Iterable[Unit], key: Callable[[Unit], str]) -> dict[str, str]:
    """Return the context of each text by its key; an empty one if several sections have it."""
    homes: dict[str, str] = {}
    for unit in units:
        text = key(unit)
        homes[text] = "" if text in homes else unit.context
    return homes


def _sizes(homes: Mapping[str, str]) -> Counter[str]:
    sizes: Counter[str] = Counter()
    for source, context in homes.items():
        sizes[context] += len(source)
    return sizes


def _by_name(
    old: Mapping[str, Section], new: Mapping[str, Section], common: _Common
) -> Iterator[tuple[Section, Section]]:
    """Yield pairs with a context, name, handle or text in common, each at least once."""
    for context in old.keys() & new.keys():
        yield old[context], new[context]
    for one, other in common.of_pair:
        if one in old and other in new:
            yield old[one], new[other]
    keyed: dict[str, tuple[list[Section], list[Section]]] = defaultdict(lambda: ([], []))
    for side, sections in enumerate((old, new)):
        for section in sections.values():
            keys = set(section.names)
            if section.speaker and section.speaker.personal_handle:
                keys.add("@" + section.speaker.personal_handle)
            for key in keys:
                keyed[key][side].append(section)
    for ones, others in keyed.values():
        few = len(ones) * len(others) <= _MOST
        yield from product(ones, others) if few else zip(ones, others, strict=False)


def _by_spelling(
    old: Mapping[str, Section], new: Mapping[str, Section], _common: _Common
) -> Iterator[tuple[Section, Section]]:
    """Yield pairs of speakers' sections whose names are similar."""
    named = [
        (section, name) for section in old.values() if section.speaker for name in section.names
    ]
    index = SimilarityIndex(name for _, name in named)
    for other in new.values() if named else ():
        for name in other.names if other.speaker else ():
            for number, _ in index.near(name, _ALIKE, _CANDIDATES):
                yield named[number][0], other


def _strength(old: Section, new: Section, common: _Common) -> int:
    """Return how sure it is that two sections are of one speaker; 0 if it is not."""
    if old.speaker and new.speaker:
        confirmed = common.confirms(old, new)
        named = max(_same_person(old.speaker, new.speaker, confirmed), 2 * _same_id(old, new))
        several = common.texts.get((old.context, new.context), 0) > 1
        return named or int(several and common.share(old, new, _DECISIVE) > _MAJORITY)
    share = common.share(old, new)
    if old.context == new.context:
        return 4
    if old.plain and new.plain:
        return int(share > _MAJORITY)
    if old.plain or new.plain:  # a heading that is written as an expert's now, or is so no longer
        return 2 if share and _begins_alike(old.names, new.names) else 0
    return 3 if old.names & new.names else int(share > _MAJORITY)


def _same_id(old: Section, new: Section) -> bool:
    """Return whether the author gave both the same id.

    One with a number may only count them, and one that begins with the name was made of the title.
    """
    context = new.context
    return (
        old.context == context
        and new.speaker is not None
        and not letters(context).startswith(new.speaker.name_letters)
        and not re.search(r"\d", context)
    )


def _begins_alike(ones: Iterable[str], others: Iterable[str]) -> bool:
    return any(
        one.startswith(other) or other.startswith(one) for one, other in product(ones, others)
    )


def _same_person(old: Speaker, new: Speaker, confirmed: bool) -> int:
    """Return how sure it is that two speakers are one; ``confirmed`` if common texts say so."""
    handles = old.personal_handle, new.personal_handle
    organisation = bool(old.organisation) and letters(old.organisation) == letters(new.organisation)
    same_name = old.name_letters == new.name_letters
    if all(handles) and handles[0] == handles[1]:
        return 4 if same_name else 3
    other_handle = all(handles)
    if same_name:
        corrected = _is_corrected(*handles) or organisation or confirmed
        return 3 if not other_handle else 2 * corrected
    if old.is_spelt_like(new):
        return 2 * (confirmed or (organisation and not other_handle))
    return 0


def _is_corrected(old: str, new: str) -> bool:
    """Return whether a handle may be a correction of another one; a number makes it another's."""
    return edits_within(old, new, 2) and re.findall(r"\d", old) == re.findall(r"\d", new)
