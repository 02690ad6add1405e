"""Data model of the pipeline: frozen values that its stages take and return."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

__all__ = [
    "Article",
    "Catalog",
    "Fault",
    "LanguageRange",
    "Origin",
    "OriginKind",
    "Previous",
    "Reference",
    "Section",
    "Segment",
    "State",
    "Unit",
    "draft_digest",
    "text_hash",
]


class Segment(NamedTuple):
    """Inline text of one block of an article."""

    context: str
    """Slug of its section; the msgctxt."""
    text: str
    """Inline Markdown with soft line breaks folded into one space; the msgid."""
    kind: str
    """Kind of its block: paragraph, heading, list item, table cell, …"""
    line: int
    """Line of its first byte in the file, from 1."""
    start: int
    """Offset of its first byte in the file."""
    end: int
    """Offset after its last byte in the file."""
    form: str
    """Syntax of a replacement: markdown, line, alt, title or yaml; followed by ``in cell`` inside a
    table."""
    depth: int
    """Number of block quotes around it."""
    note: str
    """Author's note to the translator, or an empty string."""
    ignores: tuple[str, ...] = ()
    """Codes of findings that the author ignores here."""
    language: str = ""
    """Locale of the text, if it is stated or certainly another one than that of the article."""


class LanguageRange(NamedTuple):
    """Range of a file whose author states its language; offsets in bytes."""

    start: int
    end: int
    language: str
    """Locale of the texts in the range."""
    value_start: int
    """Start of the language's tag in the file."""
    value_end: int


class Fault(NamedTuple):
    """Reason why a part of a file could not be read."""

    line: int
    """Line in the file, from 1."""
    message: str


@dataclass(frozen=True, slots=True)
class Section:
    """Part of an article under one level-2 heading or expert's title, or before the first one."""

    slug: str
    title: str
    """Text of the heading as written, without its attributes."""
    line: int
    """Line of the heading in the file, from 1."""
    expert: bool = False
    name: str = ""
    organisation: str = ""
    handle: str = ""
    """Handle with its @, or an empty string."""
    bare_name: str = ""
    """Name without titles (Dr., PhD) if it has some and two words without them, else empty."""

    @property
    def terms(self) -> tuple[str, ...]:
        """Protected terms: name, organisation and handle, without those that are empty."""
        return tuple(t for t in (self.name, self.bare_name, self.organisation, self.handle) if t)


@dataclass(frozen=True, slots=True)
class Article:
    """One version of an article, cut into segments.

    Segments are in the order of the file and do not overlap; every build copies the bytes between
    them.
    """

    path: str
    """Path relative to the project, with slashes, as in messages and references."""
    data: bytes
    """Content of the whole file as read."""
    segments: tuple[Segment, ...]
    sections: tuple[Section, ...]
    """Sections in the order of the file; pseudo-sections before the first heading come first."""
    metadata: tuple[tuple[str, str], ...] = ()
    """Scalar values of the front matter, by dotted key, as text."""
    labels: frozenset[str] = frozenset()
    """Labels of link reference definitions, case-folded."""
    fault: Fault | None = None
    """Error in the front matter, which is then copied unread."""
    languages: tuple[LanguageRange, ...] = ()
    """Ranges whose language the author states, in the order of the file."""
    detected: tuple[int, ...] = ()
    """Indexes of the segments whose language was detected."""

    @property
    def terms(self) -> tuple[str, ...]:
        """Protected terms of all sections, each once, in order."""
        return tuple(dict.fromkeys(t for s in self.sections for t in s.terms))


class Reference(NamedTuple):
    """Place in a source file."""

    path: str
    line: int
    """Line from 1; 0 where only the file is known."""


class State(Enum):
    """Progress of a unit."""

    EMPTY = "empty"
    DRAFT = "draft"
    REVIEWED = "reviewed"
    ORIGINAL = "original"
    """The text is in the language of the locale, so that its own words stand."""


class OriginKind(Enum):
    """Author of a target: a person, the alignment or a machine.

    ACCEPTED is a draft that a person took as it was, in a batch.
    """

    HUMAN = "human"
    ALIGNED = "aligned"
    MACHINE = "machine"
    ACCEPTED = "accepted"


class Origin(NamedTuple):
    """Provenance of a target."""

    kind: OriginKind = OriginKind.HUMAN
    signature: str = ""
    """Engine or version that the target came from, with its confidence; the date of an acceptance;
    empty for a human."""
    digest: str = ""
    """``draft_digest`` of source and target as they were written, or in older files ``text_hash``
    of the target alone; empty for a human."""


class Previous(NamedTuple):
    """Source text and context for which a fuzzy target was made."""

    source: str
    context: str | None = None


class Unit(NamedTuple):
    """Catalogue entry of one segment."""

    context: str
    source: str
    target: str = ""
    state: State = State.EMPTY
    origin: Origin = Origin()
    references: tuple[Reference, ...] = ()
    notes: tuple[str, ...] = ()
    """Extracted comments (``#.``), one line each."""
    comments: tuple[str, ...] = ()
    """Translator comments (``#``), one line each, without the provenance line."""
    previous: Previous | None = None
    flags: tuple[str, ...] = ()
    """PO flags without ``fuzzy``, which is in the state."""
    line: int = 0
    """Line of the entry in its PO file, from 1; 0 where unknown."""

    @property
    def key(self) -> tuple[str, str]:
        """Key of the unit in a catalogue: context and source text."""
        return self[:2]

    @property
    def untouched(self) -> bool:
        """True if the target is still as a machine or the alignment wrote it.

        It may be for an older source: see `is_outdated`.
        """
        return self.origin.kind in _DRAFTERS and self._has_own_target()

    @property
    def is_outdated(self) -> bool:
        """True if the unit is an untouched draft of another source, whoever merged it since."""
        source_hash = self.origin.digest[_HASH_LENGTH:]
        return (
            bool(source_hash)
            and self.state is State.DRAFT
            and self.untouched
            and source_hash != text_hash(self.source)
        )

    @property
    def has_false_origin(self) -> bool:
        """True if a human edited the target since its origin was written, or doubts it again."""
        if self.origin.kind is OriginKind.HUMAN:
            return False
        is_accepted = self.origin.kind is OriginKind.ACCEPTED
        return (is_accepted and self.state is not State.REVIEWED) or not self._has_own_target()

    def without_false_origin(self) -> Unit:
        """Return the unit without an origin that is false; the same unit if it has none."""
        return self._replace(origin=Origin()) if self.has_false_origin else self

    def with_texts(self, source: str, target: str) -> Unit:
        """Return the unit with other texts; an origin that was true stays true."""
        origin = self.origin
        if origin.kind is not OriginKind.HUMAN and self._has_own_target():
            source_hash = origin.digest[_HASH_LENGTH:] if source == self.source else ""
            digest = text_hash(target) + (source_hash or text_hash(source))
            origin = origin._replace(digest=digest)
        return self._replace(source=source, target=target, origin=origin)

    def _has_own_target(self) -> bool:
        """Return whether the target is the one with which the origin was written."""
        own = self.origin.digest[:_HASH_LENGTH]
        return bool(self.target) and own == text_hash(self.target)


_HASH_LENGTH = 8
"""Hexadecimal digits of one hash in a digest."""
_DRAFTERS = (OriginKind.ALIGNED, OriginKind.MACHINE)


@dataclass(frozen=True, slots=True)
class Catalog:
    """Catalogue of one article in one locale; with an empty locale, its template (POT)."""

    article: str
    locale: str
    units: tuple[Unit, ...] = ()
    """Units in the order of the article."""
    obsolete: tuple[Unit, ...] = ()
    """Obsolete units in the order of the file."""
    own_values: tuple[tuple[str, str], ...] = ()
    """Front-matter values that the locale has of its own (slug, date), by key, as YAML."""
    published: bool = False
    """True if the locale has been published: from then on its page stays."""


def text_hash(text: str) -> str:
    """Return eight hexadecimal digits that change when the text does (BLAKE2b)."""
    # Texts of the command line may have surrogates, which UTF-8 does not.
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def draft_digest(source: str, target: str) -> str:
    """Return sixteen hexadecimal digits: the hash of a target, and that of its source.

    msgmerge gives a fuzzy target to another source and leaves no trace of the old one; two hashes
    tell this from a human's edit of the target.
    """
    return text_hash(target) + text_hash(source)
