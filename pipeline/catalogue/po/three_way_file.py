"""Merge two versions of a PO file with their common ancestor, entry by entry."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue.po.encoding import escape
from pipeline.catalogue.po.entry import groups, render_field
from pipeline.catalogue.po.file import render_entries
from pipeline.catalogue.po.reader import Message, read_messages
from pipeline.catalogue.po.units import read_entries
from pipeline.catalogue.three_way import merge_lines, merge_versions, pick
from pipeline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.catalogue.po.file import PoFile
    from pipeline.model import Catalog, Unit

__all__ = ["MergedFile", "merge_files"]

_DATES = ("POT-Creation-Date", "PO-Revision-Date")
_OF_FORM = ("Content-Type", "Content-Transfer-Encoding")
"""Header fields that tell the charset, which is that of the file written to."""


class MergedFile(NamedTuple):
    """PO file that has the changes of both sides."""

    data: bytes
    conflicts: tuple[Unit, ...]
    """Units with two translations, with their lines."""


def merge_files(base: PoFile, ours: PoFile, theirs: PoFile, shown: str) -> MergedFile:
    """Return a PO file with the changes that two sides made to the base.

    Units are merged by `merge_versions`, header fields and comments likewise; of dates the newer is
    taken. Entries that are as in ours keep their bytes. ``shown`` is the path for messages.

    Raises:
        InputError: plural forms differ, or the charset lacks a character of the other side.
    """
    if theirs.data in (ours.data, base.data):
        return MergedFile(ours.data, ())
    if _plurals(ours) != _plurals(theirs):
        raise InputError("the versions differ in plural forms, which no article has", shown)
    catalogs = (file.catalog("", "") for file in (base, ours, theirs))
    merged = merge_versions(*catalogs)
    # Of the whole file: its charset, line ends, and what is between the entries.
    old = theirs if base.data and _form(ours) == _form(base) != _form(theirs) else ours
    catalog = _with_lines(merged.catalog, old)
    header = _merge_headers(base, ours, theirs, old)
    end = pick(*((file.ending, file.tail) for file in (base, ours, theirs)))
    old = replace(old, header=header, ending=end[0], tail=end[1])
    data = render_entries(catalog, old)
    return MergedFile(data, _verified(data, catalog, merged.conflicts, shown))


def _plurals(file: PoFile) -> dict[tuple[str, str], bytes]:
    return {key: entry.raw.strip() for key, entry in file.entries.items() if entry.plural}


def _form(file: PoFile) -> tuple[str, str]:
    return file.charset, file.newline


def _with_lines(catalog: Catalog, old: PoFile) -> Catalog:
    """Return a catalogue in which unchanged units equal those of the file, lines included."""

    def placed(units: Iterable[Unit]) -> tuple[Unit, ...]:
        entries = old.entries
        lines = {key: entry.unit.line for key, entry in entries.items()}
        return tuple(unit._replace(line=lines.get(unit.key, 0)) for unit in units)

    return replace(catalog, units=placed(catalog.units), obsolete=placed(catalog.obsolete))


def _verified(
    data: bytes, catalog: Catalog, conflicts: tuple[tuple[str, str], ...], shown: str
) -> tuple[Unit, ...]:
    """Return the conflicts as they are in the file; raise InputError if it has not all texts."""
    # The conflicts, which no other command takes for translations.
    entries = read_entries(data, shown, accepted="versions")[1]
    for units, is_gone in ((catalog.units, False), (catalog.obsolete, True)):
        for unit in units:
            entry = entries.get(unit.key)
            if not entry or entry.obsolete != is_gone or entry.unit[:4] != unit[:4]:
                raise InputError(f"cannot write this text as PO: {unit.source[:60]!r}", shown)
    return tuple(entries[key].unit for key in conflicts)


def _merge_headers(base: PoFile, ours: PoFile, theirs: PoFile, old: PoFile) -> bytes:
    """Return the header of the file written to, with the fields and comments of both sides."""
    if ours.header == theirs.header or not old.header:
        return old.header or theirs.header or ours.header
    headers = [_read_header(file) for file in (base, ours, theirs)]
    before = _read_header(old)
    parts = groups(old.header, old.charset)
    if parts is None:
        return old.header
    fields = _merge_fields(*(header.fields for header in headers))
    fields |= {name: before.fields[name] for name in _OF_FORM if name in before.fields}
    comments = merge_lines(*(header.comments for header in headers))
    if fields != before.fields:
        strings = _patched(parts["msgstr"].decode(old.charset), before, fields, old)
        parts["msgstr"] = strings.encode(old.charset)
    if comments != before.comments:
        lines = "".join(f"#{line}{old.newline}" for line in comments)
        parts["comments"] = lines.encode(old.charset)
    raw = b"".join(parts.values())
    return raw.rstrip() + old.header[len(old.header.rstrip()) :]


class _Header(NamedTuple):
    """Header entry of a file."""

    comments: tuple[str, ...] = ()
    """Translator comments, without their mark."""
    text: str = ""
    fields: Mapping[str, str] = {}


def _read_header(file: PoFile) -> _Header:
    read = read_messages(file.header, file.charset)
    message = next((one for one in read if isinstance(one, Message)), None)
    if message is None:
        return _Header()
    text = message.text("msgstr")
    fields: dict[str, str] = {}
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            fields[name] = value.strip()
    return _Header(tuple(message.comments("#")), text, fields)


def _merge_fields(
    base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> dict[str, str]:
    merged = {}
    for name in dict.fromkeys((*ours, *theirs)):
        value = pick(*(fields.get(name) for fields in (base, ours, theirs)))
        if name in _DATES:
            value = max([side[name] for side in (ours, theirs) if name in side], key=_date)
        if value is not None:
            merged[name] = value
    return merged


def _date(value: str) -> float:
    """Return a number by which dates of headers are ordered; what is no date comes first."""
    try:
        return datetime.strptime(value, "%Y-%m-%d %H:%M%z").timestamp()
    except (ValueError, OverflowError):
        return -math.inf


def _patched(strings: str, before: _Header, fields: Mapping[str, str], old: PoFile) -> str:
    """Return the msgstr of a header with other fields; what did not change stays as it is."""
    if [*before.fields] == [*fields]:
        for name, value in fields.items():
            if value != before.fields[name]:
                line = f'"{name}: {escape(value)}\\n"'
                pattern = rf'^"{re.escape(name)}:[^"]*\\n"'
                strings, count = re.subn(pattern, line.replace("\\", r"\\"), strings, flags=re.M)
                if count != 1:
                    break
        else:
            return strings
    lines = []
    for line in before.text.removesuffix("\n").split("\n"):
        name, colon, value = line.partition(":")
        # No field, or the same one twice: what it means is not known here.
        if not colon or value.strip() != before.fields[name] or value.strip() == fields.get(name):
            lines.append(line)
        elif name in fields:
            lines.append(f"{name}: {fields[name]}")
    lines += [f"{name}: {value}" for name, value in fields.items() if name not in before.fields]
    field = render_field("msgstr", "".join(f"{line}\n" for line in lines), old.width)
    return field.replace("\n", old.newline)
