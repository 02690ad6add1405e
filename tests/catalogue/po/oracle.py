"""Entries of a PO file as polib reads them, in the form of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polib

from pipeline.catalogue.po.units import _marked
from pipeline.model import Previous, Reference, State, Unit

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DIFFERENT", "Read", "known_difference", "through_polib"]

Read = tuple[Unit, bool, bool]
"""Unit without its line, whether it is obsolete, whether it has plural forms."""

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ONE = 'msgid "One"\nmsgstr "Un"\n'

DIFFERENT = {
    "polib knows no such escape": (r"\\[ax0-7]", 'msgid "\\x41\\102\\a"\nmsgstr ""\n'),
    "polib loses the last message": (r"^[ \t]*(?:#~[ \t]*)?#[,.:]\s*\Z", ONE + "#,\n"),
    "polib loses the last message, too": (r"^[ \t]*#~\|.*\s*\Z", ONE + "#~|\n"),
    "polib refuses a mark alone": (r"^[ \t]*#(?:~|\|)\s*$", ONE + "#~\n" + ONE.replace("O", "P")),
    "polib wants a space behind a keyword": (r'msg\w+"', 'msgid"One"\nmsgstr"Un"\n'),
    "polib wants a space behind a mark": (
        r'^[ \t]*#(?:~|\|)(?:[m"]|#)',
        '#|msgid "A"\nmsgid "One"\nmsgstr ""\n#~msgid "P"\n#~ msgstr "Q"\n',
    ),
    "polib refuses a comment without a space": (
        r"^[ \t]*(?:#~[ \t]*)?#(?:[.:,](?=\S)|[^\s#.:,~|])",
        "#c\n#.n\n#:a.md:1\n#,fuzzy\n" + ONE,
    ),
    "polib parts flags at commas alone": (
        r"^[ \t]*(?:#~[ \t]*)?#,.*[^\s,][ \t]+[^\s,]",
        "#, fuzzy no-wrap\n" + ONE,
    ),
    "polib cuts paths at spaces": ("\u2068", "#: \u2068a b.md\u2069:3\n" + ONE),
}
"""Differences of polib, each with a file that gettext reads as we do."""


def known_difference(text: str) -> bool:
    """Return whether polib is known to read a text in another way."""
    return any(re.search(pattern, text, re.M) for pattern, _ in DIFFERENT.values())


class _File(polib.POFile):
    """POFile with the entries in the order of the file, the header among them."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.entries: list[polib.POEntry] = []

    def append(self, entry: polib.POEntry) -> None:
        self.entries.append(entry)


def through_polib(path: Path, charset: str) -> list[Read]:
    """Read a file.

    Raises:
        OSError: polib refuses it.
    """
    file = polib.pofile(str(path), encoding=charset, klass=_File)
    if file.header and file.entries and (file.entries[0].msgid or file.entries[0].msgctxt):
        # polib takes the first comments for the header's, even where there is none.
        file.entries[0].tcomment = "\n".join(filter(None, [file.header, file.entries[0].tcomment]))
    return [_read(entry) for entry in file.entries]


def _read(entry: polib.POEntry) -> Read:
    previous = None
    if entry.previous_msgid is not None:
        previous = Previous(entry.previous_msgid, entry.previous_msgctxt)
    one = Unit(
        entry.msgctxt or "",
        entry.msgid,
        entry.msgstr,
        State.REVIEWED if entry.msgstr else State.EMPTY,
        references=tuple(Reference(name, int(line or 0)) for name, line in entry.occurrences),
        notes=tuple(entry.comment.split("\n")) if entry.comment else (),
    )
    remarks = tuple(entry.tcomment.split("\n")) if entry.tcomment else ()
    one = _marked(one, remarks, tuple(entry.flags), previous)
    return one, bool(entry.obsolete), bool(entry.msgid_plural or entry.msgstr_plural)
