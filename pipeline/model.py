"""The values that flow through the pipeline; all are frozen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

__all__ = [
    "Article",
    "Catalog",
    "Fault",
    "Origin",
    "OriginKind",
    "Previous",
    "Reference",
    "Section",
    "Segment",
    "State",
    "Unit",
    "text_hash",
]


class Segment(NamedTuple):
    """The inline text of one block of an article."""

    context: str
    """Slug of the section it stands in; the msgctxt."""
    text: str
    """Inline Markdown, soft line breaks folded into one space; the msgid."""
    kind: str
    """What block it is: paragraph, heading, list item, table cell, …"""
    line: int
    """Line of its first byte in the file, from 1."""
    start: int
    """Offset of its first byte in the file."""
    end: int
    """Offset behind its last byte in the file."""
    form: str
    """How a replacement is written: markdown, line, alt, title, yaml; ``in cell`` behind it
    where a table is around."""
    depth: int
    """Block quotes around it."""
    note: str
    """What the author tells the translator, or an empty string."""
    ignores: tuple[str, ...] = ()
    """Codes of findings that the author does not want to see here."""


class Fault(NamedTuple):
    """Why a part of a file could not be read."""

    line: int
    """From 1."""
    message: str


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one level-2 heading, or before the first one."""

    slug: str
    title: str
    """Text of the heading as written, without its attributes."""
    line: int
    """Line of the heading in the file, from 1."""
    expert: bool = False
    name: str = ""
    organisation: str = ""
    handle: str = ""
    """With its @, or an empty string."""

    @property
    def terms(self) -> tuple[str, ...]:
        """Protected terms: name, organisation and handle, as far as they are known."""
        return tuple(t for t in (self.name, self.organisation, self.handle) if t)


@dataclass(frozen=True, slots=True)
class Article:
    """One version of an article, cut into segments.

    Segments are in the order of the file and do not overlap; the bytes between
    them are copied by every build.
    """

    path: str
    """Relative to the project, with slashes; what messages and references show."""
    data: bytes
    """The whole file as read."""
    segments: tuple[Segment, ...]
    sections: tuple[Section, ...]
    """In the order of the file; the pseudo-sections before the first heading come first."""
    metadata: tuple[tuple[str, str], ...] = ()
    """Scalar values of the front matter, by dotted key, as text."""
    labels: frozenset[str] = frozenset()
    """Link reference definitions, case-folded."""
    fault: Fault | None = None
    """What is wrong with the front matter, which then is copied unread."""

    @property
    def terms(self) -> tuple[str, ...]:
        """Protected terms of all sections, each once, in order."""
        return tuple(dict.fromkeys(t for s in self.sections for t in s.terms))


class Reference(NamedTuple):
    """A place in a source file."""

    path: str
    line: int
    """From 1; 0 where only the file is known."""


class State(Enum):
    """How far a unit is."""

    EMPTY = "empty"
    DRAFT = "draft"
    REVIEWED = "reviewed"


class OriginKind(Enum):
    """Who wrote a target."""

    HUMAN = "human"
    ALIGNED = "aligned"
    MACHINE = "machine"


class Origin(NamedTuple):
    """Where a target came from."""

    kind: OriginKind = OriginKind.HUMAN
    signature: str = ""
    """Which engine or version wrote it, and how sure it was; empty for a human."""
    digest: str = ""
    """``text_hash`` of the target as it was written; empty for a human."""


class Previous(NamedTuple):
    """The source that a fuzzy target was made for."""

    source: str
    context: str | None = None


class Unit(NamedTuple):
    """One segment's entry in a catalogue."""

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
    """Without ``fuzzy``, which the state says."""
    line: int = 0
    """Line of the entry in its PO file, from 1; 0 where it was not read from one."""

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue finds it by: context and source."""
        return self[:2]

    @property
    def untouched(self) -> bool:
        """Whether the target still is what a machine or the alignment wrote."""
        return (
            self.origin.kind is not OriginKind.HUMAN
            and bool(self.target)
            and self.origin.digest == text_hash(self.target)
        )


@dataclass(frozen=True, slots=True)
class Catalog:
    """One article in one locale; an empty locale is the template (POT)."""

    article: str
    locale: str
    units: tuple[Unit, ...] = ()
    """In the order of the article."""
    obsolete: tuple[Unit, ...] = ()
    """In the order of the file."""


def text_hash(text: str) -> str:
    """Eight hexadecimal digits that change when the text does (BLAKE2b)."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
