"""Glossary of a locale: terms with their required or forbidden translations, and terms to keep.

It is a CSV file for each locale, ``locales/<locale>/glossary.csv``, in UTF-8 with or without a
byte-order mark, its cells separated by commas, semicolons or tabs::

    source,target,kind,note
    social media,médias sociaux|réseaux sociaux,required,
    expert,gourou,forbidden,it mocks
    ,community manager,forbidden,
    Social Media Today,,keep,a title

``source`` and ``target`` are needed; the order of the columns is free and others are ignored, so a
CSV file from Weblate can be used. A first row that does not name both columns is an entry, its
first two cells are source and target; so a CSV or TSV file of DeepL can be used. The kinds:

``required`` (also where the cell is empty)
    If the source has the term, the translation must have one of its targets (separated by
    ``|``). With neither target nor kind the term is not translated yet, and the row is ignored.
``forbidden``
    The translation must not have any of the targets; where a source is given, only there.
``keep``
    The term stays as it is in every language.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import InputError
from pipeline.language.similarity import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "NO_GLOSSARY",
    "EntryKind",
    "Glossary",
    "GlossaryEntry",
    "glossary_words",
    "kept_terms",
    "parse_glossary",
    "required_renderings",
]

_WORD = re.compile(r"[^\W_]+")
_DELIMITERS = ("\t", ";", ",")
_HEADER = ("source", "target")


class EntryKind(Enum):
    """Kind of a glossary entry: its demand on translations."""

    REQUIRED = "required"
    FORBIDDEN = "forbidden"
    KEEP = "keep"


class GlossaryEntry(NamedTuple):
    """One row of a glossary."""

    source: str
    """The term; empty for a word that is forbidden everywhere."""
    targets: tuple[str, ...]
    """Allowed translations, or forbidden ones; for a term to keep, the term itself."""
    kind: EntryKind
    note: str
    line: int
    """Line of the row in its file, from 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Glossary:
    """The entries of one file in its order; two glossaries are never equal, which is fast."""

    entries: tuple[GlossaryEntry, ...] = ()


NO_GLOSSARY = Glossary()
"""Glossary of a project that has none."""


class _Columns(NamedTuple):
    source: int
    target: int
    kind: int | None
    note: int | None


def parse_glossary(text: str, display_path: str) -> Glossary:
    """Parse a glossary; ``display_path`` is the path for messages.

    Raises:
        InputError: a row is no entry, the header lacks a column, a kind is unknown, a quote is
            not closed.
    """
    text = text.removeprefix("\ufeff")
    lines = tuple(re.split(r"\r\n|\n|\r", text))
    rows = list(_rows(lines, _delimiter(lines), display_path))
    if not rows:
        return NO_GLOSSARY
    columns, first = _columns(rows[0], display_path)
    entries = (_entry(row, line, columns, display_path) for line, row in rows[first:])
    return Glossary(tuple(entry for entry in entries if entry))


def glossary_words(glossary: Glossary) -> frozenset[str]:
    """Return the words of all targets and kept terms, case-folded; their spelling is intended."""
    allowed = (e for e in glossary.entries if e.kind is not EntryKind.FORBIDDEN)
    return frozenset(w.casefold() for e in allowed for t in e.targets for w in _WORD.findall(t))


def kept_terms(glossary: Glossary) -> tuple[str, ...]:
    """Return the terms that stay as they are, each once, in the order of the file."""
    return tuple(dict.fromkeys(e.source for e in glossary.entries if e.kind is EntryKind.KEEP))


def required_renderings(glossary: Glossary) -> dict[str, str]:
    """Return the first target of each required term, which is the one that machines use."""
    # Reversed, so that of several entries the first in the file wins.
    required = (e for e in reversed(glossary.entries) if e.kind is EntryKind.REQUIRED and e.targets)
    return {entry.source: entry.targets[0] for entry in required}


def _delimiter(lines: tuple[str, ...]) -> str:
    """Return the delimiter of a table: the one that splits its header, else the most rows."""

    def rate(delimiter: str) -> tuple[bool, int]:
        try:
            rows = list(csv.reader((f"{line}\n" for line in lines), delimiter=delimiter))
        except csv.Error:
            return (False, 0)
        header = next((row for row in rows if any(row)), [])
        return (set(_HEADER) <= _names(header).keys(), sum(len(row) > 1 for row in rows))

    return max(_DELIMITERS, key=rate)


def _rows(
    lines: tuple[str, ...], delimiter: str, display_path: str
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty, with the line in which it begins."""
    # A line end is put back, because a cell may run over it.
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"this row is not valid CSV ({error}): check its quotation marks"
        raise InputError(message, display_path, line) from error


def _names(row: list[str]) -> dict[str, int]:
    """Return the indexes of the columns by name in lower case; of equal names the first counts."""
    return {cell.strip().lower(): at for at, cell in reversed(list(enumerate(row)))}


def _columns(row: tuple[int, list[str]], display_path: str) -> tuple[_Columns, int]:
    """Return the columns, and the index (0 or 1) of the first row with an entry."""
    names = _names(row[1])
    missing = [name for name in _HEADER if name not in names]
    if not missing:
        return _Columns(names["source"], names["target"], names.get("kind"), names.get("note")), 1
    if len(missing) == 1 and {"kind", "note"} & names.keys():
        message = f"the header has no column '{missing[0]}': expected source,target,kind,note"
        raise InputError(message, display_path, row[0])
    return _Columns(0, 1, None, None), 0


def _entry(row: list[str], line: int, columns: _Columns, display_path: str) -> GlossaryEntry | None:
    """Return the entry of a row; None if its term is not translated yet."""

    def cell(at: int | None) -> str:
        return row[at] if at is not None and at < len(row) else ""

    source, word = cell(columns.source), cell(columns.kind).lower()
    targets = tuple(t for t in (part.strip() for part in cell(columns.target).split("|")) if t)
    kind = _kind(word, display_path, line)
    fault = ""
    if not source and kind is not EntryKind.FORBIDDEN:
        fault = "this row has no source term: add one, or set the kind to forbidden"
    elif len(row) == 1:
        fault = "this row has only one cell: expected source and target"
    elif not targets and kind is not EntryKind.KEEP:
        fault = f"this row of kind {word} has no target: add one" if word else ""
        if not fault:
            return None
    unmatchable = next((t for t in (source, *targets) if t and not _WORD.search(t)), "")
    if fault or unmatchable:
        fault = fault or f"glossary term '{unmatchable}' has neither a letter nor a digit"
        raise InputError(fault, display_path, line)
    targets = (source,) if kind is EntryKind.KEEP else targets
    return GlossaryEntry(source, targets, kind, cell(columns.note), line)


def _kind(word: str, display_path: str, line: int) -> EntryKind:
    try:
        return EntryKind(word or "required")
    except ValueError as error:
        kinds = [kind.value for kind in EntryKind]
        hint = suggestion(word, kinds, 0.5)
        message = f"unknown kind '{word}': expected {', '.join(kinds)}{hint}"
        raise InputError(message, display_path, line) from error
