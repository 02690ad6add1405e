"""Catalogues as PO files: read by polib, written so that only what changed changes.

A file is kept as blocks of its own bytes (`pipeline.poblocks`). An entry whose content is
as it was is copied; in one that changed, the parts that did not change are copied.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polib

from pipeline import poblocks
from pipeline.errors import InputError
from pipeline.model import Catalog, Origin, OriginKind, Previous, Reference, State, Unit
from pipeline.poentry import WIDTH, provenance, render, render_group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

__all__ = ["Header", "PoFile", "load", "render_catalog", "render_template"]

_LINE = re.compile(
    r"""\s*(?:\#~\|?|\#\|)?\s*(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\.)*"\s*"""
)
_CONFLICT = re.compile(r"<{7}|={7}|>{7}|\|{7}")
_PROVENANCE = re.compile(r"pipeline: (machine|aligned) (.*) ([0-9a-f]{8})")
_CHARSET = re.compile(rb"charset=([\w:.-]+)", re.I)


@dataclass(frozen=True, slots=True)
class Header:
    """Header fields of a new file, and those that a write moves on."""

    fields: tuple[tuple[str, str], ...]
    """In order; a file that exists keeps its own, but for the dates."""
    title: str = ""
    """First comment line of a new file."""


@dataclass(frozen=True, slots=True)
class PoFile:
    """A PO file as read."""

    data: bytes
    """Empty where the file does not exist yet."""
    charset: str = "utf-8"
    newline: str = "\n"
    width: int = WIDTH
    header: bytes = b""
    """The header entry's bytes; empty where there is none."""
    metadata: tuple[tuple[str, str], ...] = ()
    units: tuple[Unit, ...] = ()
    obsolete: tuple[Unit, ...] = ()
    blocks: Mapping[tuple[bool, tuple[str, str]], bytes] = field(default_factory=dict)
    """Bytes by (obsolete, unit key)."""
    tail: bytes = b""

    def catalog(self, article: str, locale: str) -> Catalog:
        """Give the units alone."""
        return Catalog(article, locale, self.units, self.obsolete)


def load(path: Path, shown: str) -> PoFile:
    """Read a PO file; ``shown`` is the path that messages name.

    Raises:
        InputError: a line that is no PO, a conflict marker, a message that stands twice,
            bytes that are not of the file's charset.
        OSError: the file cannot be opened.
    """
    data = path.read_bytes()
    charset = _charset(data)
    text = _decode(data, charset, shown)
    _check_lines(text, shown)
    blocks, tail = poblocks.split(data)
    entries = _entries(path, charset, shown, len(blocks))
    header = b""
    metadata: tuple[tuple[str, str], ...] = ()
    current: list[Unit] = []
    old: list[Unit] = []
    raw: dict[tuple[bool, tuple[str, str]], bytes] = {}
    for block, entry in zip(blocks, entries, strict=True):
        if not entry.msgid and not entry.msgctxt and not block.obsolete:
            header, metadata = block.raw, tuple(_metadata(entry.msgstr))
            continue
        unit = _unit(entry, block.line)
        place = (block.obsolete, unit.key)
        if place in raw and not block.obsolete:
            first = next(u.line for u in current if u.key == unit.key)
            message = f"this message stands already in line {first}; delete one of the two entries"
            raise InputError(message, shown, block.line)
        raw[place] = block.raw
        (old if block.obsolete else current).append(unit)
    return PoFile(
        data=data,
        charset=charset,
        newline="\r\n" if b"\r\n" in data else "\n",
        width=_width(data),
        header=header,
        metadata=metadata,
        units=tuple(current),
        obsolete=tuple(old),
        blocks=raw,
        tail=tail,
    )


def render_template(catalog: Catalog, header: Header) -> bytes:
    """Write a new file whole."""
    entries = [render(unit) for unit in catalog.units]
    return "\n".join([_new_header(header), *entries]).encode("utf-8")


def render_catalog(catalog: Catalog, old: PoFile, header: Header) -> bytes:
    """Write a catalogue into its file, copying what did not change.

    Gives the file's own bytes where nothing did. A date of ``header`` is taken over only
    where what it is the date of changed, so a moved line number moves none. A provenance
    comment whose text a human has edited since goes with the next change.

    Raises:
        InputError: the file's charset cannot hold a text.
    """
    if not old.data:
        return render_template(catalog, header)
    if (catalog.units, catalog.obsolete) == (old.units, old.obsolete):
        return old.data
    parts = [_header(catalog, old, header)]
    before = {(False, u.key): u for u in old.units} | {(True, u.key): u for u in old.obsolete}
    for gone, units in ((False, catalog.units), (True, catalog.obsolete)):
        for unit in units:
            parts.append(_entry(_settled(unit), gone, old, before))
    blank = old.newline.encode("ascii")
    body = blank.join(part.rstrip(b"\r\n") + blank for part in parts)
    tail = old.tail.strip(b"\r\n")
    return body + (blank + tail + blank if tail else b"")


def _entry(
    unit: Unit, gone: bool, old: PoFile, before: Mapping[tuple[bool, tuple[str, str]], Unit]
) -> bytes:
    """Give one entry's bytes: copied, patched or new."""
    for was_gone in (gone, not gone):
        raw = old.blocks.get((was_gone, unit.key))
        if raw is None:
            continue
        known = before[was_gone, unit.key]
        if was_gone == gone and known == unit:
            return raw
        if was_gone:
            raw = poblocks.revive(raw)
        raw = _patched(raw, known, unit, old)
        return poblocks.retire(raw) if gone else raw
    raw = _encode(_newlines(render(unit, old.width), old), old)
    return poblocks.retire(raw) if gone else raw


def _patched(raw: bytes, known: Unit, unit: Unit, old: PoFile) -> bytes:
    """Write only those parts of an entry anew that changed."""
    parts = poblocks.groups(raw)
    if parts is None:
        return _encode(_newlines(render(unit, old.width), old), old)
    if known.comments == unit.comments:  # a human's lines stay as they are
        parts["comments"] = _with_provenance(parts["comments"], unit, old)
    for group in poblocks.GROUPS[known.comments == unit.comments :]:
        now = render_group(group, unit, old.width)
        if now != render_group(group, known, old.width):
            parts[group] = _encode(_newlines(now, old), old)
    newline = old.newline.encode("ascii")
    return b"".join(
        p if p.endswith((b"\n", b"\r")) or not p else p + newline for p in parts.values()
    )


def _with_provenance(comments: bytes, unit: Unit, old: PoFile) -> bytes:
    """Put the unit's provenance line behind its comments, in place of any other one."""
    lines = comments.splitlines(keepends=True)
    kept = b"".join(line for line in lines if not line.startswith(b"# pipeline: "))
    new = "".join(f"# {line}\n" for line in provenance(unit))
    return kept + _encode(_newlines(new, old), old)


def _settled(unit: Unit) -> Unit:
    """Drop the provenance of a target that a human has edited since."""
    if unit.origin.kind is OriginKind.HUMAN or unit.untouched:
        return unit
    return replace(unit, origin=Origin())


def _unit(entry: polib.POEntry, line: int) -> Unit:
    target = entry.msgstr or (entry.msgstr_plural or {}).get(0, "")
    origin = Origin()
    comments = []
    for comment in entry.tcomment.split("\n") if entry.tcomment else []:
        found = _PROVENANCE.fullmatch(comment)
        if found:
            origin = Origin(OriginKind(found[1]), found[2], found[3])
        else:
            comments.append(comment)
    state = State.EMPTY if not target else State.DRAFT if entry.fuzzy else State.REVIEWED
    previous = None
    if entry.previous_msgid is not None:
        previous = Previous(entry.previous_msgid, entry.previous_msgctxt)
    return Unit(
        context=entry.msgctxt or "",
        source=entry.msgid,
        target=target,
        state=state,
        origin=origin,
        references=tuple(Reference(p, int(n) if n else 0) for p, n in entry.occurrences),
        notes=tuple(entry.comment.split("\n")) if entry.comment else (),
        comments=tuple(comments),
        previous=previous,
        flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
        line=line,
    )


def _entries(path: Path, charset: str, shown: str, expected: int) -> list[polib.POEntry]:
    try:
        parsed = polib.pofile(str(path), encoding=charset, klass=_File)
    except OSError as error:
        found = re.search(r"\(line (\d+)\)(?:: (.*))?", str(error))
        line = int(found[1]) if found else 0
        raise InputError("this line does not fit a PO entry here", shown, line) from error
    entries = parsed.entries
    if len(entries) != expected:
        message = (
            f"{expected} messages stand here, but {len(entries)} can be read; run msgfmt on it"
        )
        raise InputError(message, shown)
    return entries


class _File(polib.POFile):
    """Keeps the entries in the order of the file, the header among them."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.entries: list[polib.POEntry] = []

    def append(self, entry: polib.POEntry) -> None:
        self.entries.append(entry)


def _check_lines(text: str, shown: str) -> None:
    """Find the first line that is neither a comment nor a whole PO string."""
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if not line.strip() or (line[0] == "#" and line[1:2] not in ("~", "|")):
            continue
        if line[0] == "#" and '"' not in line:
            continue
        if _CONFLICT.match(line):
            message = "merge-conflict marker; keep one of the two sides and delete the markers"
            raise InputError(message, shown, number)
        if not _LINE.fullmatch(line.removeprefix("\ufeff")):
            message = f'expected msgid, msgstr or a "quoted" line, found: {line.strip()[:60]}'
            if line.count('"') % 2:
                message = f"a quote is missing: {line.strip()[:60]}"
            raise InputError(message, shown, number)


def _charset(data: bytes) -> str:
    found = _CHARSET.search(data[:4096])
    name = found[1].decode("ascii") if found else "utf-8"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "utf-8"


def _decode(data: bytes, charset: str, shown: str) -> str:
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        message = f"expected {charset.upper()} as the header says, found byte 0x{byte:02X}"
        raise InputError(message, shown, line) from error


def _encode(text: str, old: PoFile) -> bytes:
    try:
        return text.encode(old.charset)
    except UnicodeEncodeError as error:
        missing = error.object[error.start]
        message = (
            f"charset {old.charset} has no {missing!r}; convert the file: msgconv --to-code=UTF-8"
        )
        raise InputError(message) from error


def _newlines(text: str, old: PoFile) -> str:
    return text if old.newline == "\n" else text.replace("\n", old.newline)


def _width(data: bytes) -> int:
    """Guess the wrap width of a file: none where a long text stands on one line."""
    for line in data.splitlines():
        if len(line) > 2 * WIDTH and line.startswith((b"msg", b'"')) and line.count(b" ") > 8:
            return 0
    return WIDTH


def _metadata(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _new_header(header: Header) -> str:
    lines = [f"# {header.title}\n"] if header.title else []
    lines += ['msgid ""\n', 'msgstr ""\n']
    for name, value in header.fields:
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'"{name}: {escaped}\\n"\n')
    return "".join(lines)


def _header(catalog: Catalog, old: PoFile, header: Header) -> bytes:
    """Give the file's own header with the dates that move, or a new one."""
    if not old.header:
        return _encode(_newlines(_new_header(header), old), old)
    raw = old.header
    for name, value in header.fields:
        view = _DATED.get(name)
        if view and [view(u) for u in catalog.units] != [view(u) for u in old.units]:
            line = re.compile(rb'^"' + name.encode("ascii") + rb':[^"]*\\n"', re.M)
            raw = line.sub(f'"{name}: {value}\\\\n"'.encode("ascii"), raw)
    return raw


# What moves a date of the header: the first the source's texts, the second the translations.
_DATED: dict[str, Callable[[Unit], object]] = {
    "POT-Creation-Date": lambda unit: (unit.key, unit.notes),
    "PO-Revision-Date": lambda unit: (unit.target, unit.state) if unit.target else None,
}
