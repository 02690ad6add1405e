"""Read a PO file into entries: the units of a catalogue, each with its own bytes.

The syntax is that of `reader`; one pattern here takes the most common messages at once.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from pipeline.catalogue.po.encoding import declared_charset, unquote
from pipeline.catalogue.po.entry import CLOSE, OPEN
from pipeline.catalogue.po.reader import VERSIONS, PoFault, flags_in, read_messages
from pipeline.errors import InputError, decode
from pipeline.model import Origin, OriginKind, Previous, Reference, State, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.catalogue.po.reader import Message

__all__ = ["PROVENANCE", "Entry", "read_entries"]

PROVENANCE = r"pipeline: (machine|aligned|accepted) (.*) ([0-9a-f]{8}(?:[0-9a-f]{8})?)"
"""Translator comment with the origin of a target: kind, signature, digest."""

_PROVENANCE = re.compile(PROVENANCE)
_STRINGS = r'(?:"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"\n)++'
_FIELDS = rf"(?:msgctxt ({_STRINGS}))?+msgid ({_STRINGS})"
_END = r'\n*+(?![^m#]|#[~|]\|?[ \t]*(?:["\n]|\Z))'
_COMMON = re.compile(
    r"((?:#(?: .*)?\n)*+)((?:#\. .*\n)*+)(?:#: ([!-~]+?)(?::([0-9]{1,18}))?+\n)?+"
    rf"((?:#[:,] .*\n)*+(?:#\| .*\n)*+){_FIELDS}msgstr ({_STRINGS}){_END}"
)
"""A message as gettext itself writes it, if a comment or another message is behind it."""
_MARKED = r'.*\n(?:#~ ".*\n)*+'
_OBSOLETE = re.compile(
    r"((?:#(?:[ .:,].*)?\n)*+)"
    rf"((?:#~ msgctxt {_MARKED})?+#~ msgid {_MARKED}#~ msgstr {_MARKED}){_END}"
)
_BEFORE = re.compile(_FIELDS)
_HUMAN = Origin()
_REVIEWED, _EMPTY = State.REVIEWED, State.EMPTY
_UNUSUAL = re.compile(rb"\\\n|\r(?!\n)|^[ \t]*[\f\v][ \t\f\v\r]*[^\s]", re.M)
"""Characters between lines, or before their text, that few files have and nothing here writes."""
_REFERENCE = re.compile(
    rf"(?:{OPEN}([^{CLOSE}]+)(?:{CLOSE}|\Z)|([^ \t]+?))"
    r"(?:[ \t]*:[ \t]*([0-9]{1,18}))?(?![^ \t])"
)
_Key = tuple[str, str]

# Takes all values of a named tuple in order, in a third of the time of the class's own.
_made = tuple.__new__


class Entry(NamedTuple):
    """One message of a file."""

    raw: bytes
    """Lines of the message, with the comments before it and the empty lines behind it."""
    unit: Unit
    obsolete: bool
    plural: bool
    """True if it has plural forms, which a unit does not hold."""


def read_entries(
    data: bytes, shown: str, accepted: str = ""
) -> tuple[str, dict[_Key, Entry], bytes]:
    """Return the charset, the entries by their keys, and the bytes behind the last of them.

    ``data`` is the content of the file, ``shown`` the path for messages, ``accepted`` a kind of
    fault (`FAULTS`) that is passed over.

    Raises:
        InputError: a line that is not PO, a conflict marker, a duplicate message,
            bytes that are not of the file's charset.
    """
    charset = codecs.lookup(declared_charset(data)[1]).name
    expected = f"{charset.upper()} as the header says"
    text = decode(data, shown, charset, expected=expected, remedy="")
    if charset == "utf-8":
        data = data.removeprefix(codecs.BOM_UTF8)
    if charset == "utf-8" and b"\r" not in data:
        entries, end = _entries(data, text.removeprefix("\ufeff"), shown, accepted)
    else:
        entries, end = [], 0
        for entry, end in _any(data, charset, shown, accepted=accepted):  # noqa: B007 - the last end counts
            entries.append(entry)
    by_key = {entry[1][:2]: entry for entry in entries}
    if len(by_key) < len(entries):
        raise _doubled(entries, shown)
    return charset, by_key, data[end:]


def _doubled(entries: Sequence[Entry], shown: str) -> InputError:
    lines: dict[_Key, int] = {}
    for entry in entries:
        line = entry.unit.line
        first = lines.setdefault(entry.unit.key, line)
        if first != line:
            break
    message = f"this message stands already in line {first}; delete one of the two entries"
    return InputError(message, shown, line)


def _entries(data: bytes, text: str, shown: str, accepted: str = "") -> tuple[list[Entry], int]:
    """Return the entries of a file in UTF-8, of which ``text`` is the text, and their end."""
    entries: list[Entry] = []
    at, line, size = 0, 1, len(text)
    start = counted = 0
    while at < size:
        if found := _common(text, at, line) or _old(text, at, line):
            entry, end = found
            entries.append(entry)
        else:
            start += sum([len(entry.raw) for entry in entries[counted:]])
            odd, stop = _odd(data, shown, accepted, start, line)
            if not odd:
                return entries, start
            entries += odd
            counted = len(entries)
            end, start = at + len(data[start:stop].decode()), stop
        line += text.count("\n", at, end)
        at = end
    return entries, start + sum([len(entry.raw) for entry in entries[counted:]])


def _odd(data: bytes, shown: str, accepted: str, at: int, line: int) -> tuple[list[Entry], int]:
    """Return the entry at an offset, with those that begin in its last line, and their end."""
    entries = []
    for entry, end in _any(data, "utf-8", shown, at, line, accepted):
        entries.append(entry)
        # Behind a word without a string, which is a fault, the next string may follow later.
        if data[end - 1 : end] == b"\n" and entry.raw.rstrip().endswith(b'"'):
            break
    return entries, end if entries else at


def _any(
    data: bytes, charset: str, shown: str, at: int = 0, line: int = 1, accepted: str = ""
) -> Iterator[tuple[Entry, int]]:
    """Yield the entries from an offset, each with its end.

    Raises:
        InputError: the first fault with which a translation could be lost.
    """
    for found in read_messages(data, charset, at, line):
        if not isinstance(found, PoFault):
            yield _entry(data, found, charset), found.end
        elif not found.harmless and found.kind != accepted:
            raise InputError(found.message, shown, found.line)


def _entry(data: bytes, message: Message, charset: str) -> Entry:
    previous = None
    if "previous msgid" in message.fields and not message.old:
        context = message.text("previous msgctxt")
        known = "previous msgctxt" in message.fields
        previous = Previous(message.text("previous msgid"), context if known else None)
    target = message.text("msgstr")
    one = Unit(
        *message.key,
        target,
        _REVIEWED if target else _EMPTY,
        references=_references(message.comments("#:")),
        notes=_notes(message.comments("#.")),
        line=message.line,
    )
    remarks, flags = _remarks(message.comments("#")), flags_in(message.comments("#,"))
    one = _marked(one, remarks, flags, previous)
    plural = "msgid_plural" in message.fields or "msgstr" not in message.fields
    raw = data[message.start : message.end]
    if not message.usual and not _in_lines(data, message):
        raw = _relaid(message, raw).encode(charset)
    return Entry(raw, one, message.old, plural)


def _in_lines(data: bytes, message: Message) -> bool:
    """Return whether each field begins a line, as what is written relies on."""
    if _UNUSUAL.search(data, message.start, message.end):
        return False
    pieces = [piece.at for field in message.fields.values() for piece in field.pieces]
    firsts = [field.pieces[0].at for field in message.fields.values()]
    marked = message.old or "previous msgid" in message.fields
    starts = (*(pieces if marked else firsts), message.start, message.end)
    return all(at in (0, len(data)) or data[at - 1 : at] == b"\n" for at in starts)


def _relaid(message: Message, raw: bytes) -> str:
    """Return a message with each string and comment in its line."""
    lines = []
    for name, field in sorted(message.fields.items(), key=lambda item: item[0][0] != "#"):
        before, _, keyword = name.rpartition(" ")
        mark = ("#~" * message.old or "#" * bool(before)) + "|" * bool(before)
        for piece in field.pieces:
            if name[0] == "#":
                lines.append(name + piece.raw.replace("\r", " "))
            else:
                string = piece.raw.replace("\r", "\\r")
                lines.append(f'{mark} {keyword} "{string}"'.lstrip(" "))
                keyword = ""
    newline = "\r\n" if b"\r\n" in raw else "\n"
    blank = raw[len(raw.rstrip()) :].count(b"\n") - 1
    return newline.join([*lines, *[""] * max(blank, 0), ""])


def _common(text: str, at: int, line: int) -> tuple[Entry, int] | None:
    """Return the entry at an offset, and its end, if it is as gettext itself writes it."""
    found = _COMMON.match(text, at)
    if not found:
        return None
    remarks, notes, path, number, others, context, source, target = found.groups()
    target = unquote(target)
    if VERSIONS in target or VERSIONS in remarks or VERSIONS in notes:
        return None
    values = (
        _context(context) if context else "",
        unquote(source),
        target,
        _REVIEWED if target else _EMPTY,
        _HUMAN,
        (_made(Reference, (intern(path), int(number or 0))),) if path else (),
        _shared_notes(notes) if notes else (),
        (),
        None,
        (),
        line + text.count("\n", at, found.start(7)),
    )
    one: Unit | None = _made(Unit, values)
    if others or remarks:
        one = _commented(_made(Unit, values), remarks, others)
    if not one:
        return None
    end = found.end()
    return _made(Entry, (text[at:end].encode(), one, False, False)), end


def _commented(one: Unit, remarks: str, others: str) -> Unit | None:
    """Return a unit with its remarks, flags, further references and previous source."""
    lines: dict[str, list[str]] = {":": [], ",": [], "|": []}
    for line in others.split("\n")[:-1]:
        lines[line[1]].append(line[2:])
    previous = _previous("".join([f"{line[1:]}\n" for line in lines["|"]]))
    if lines["|"] and not previous:
        return None
    if lines[":"]:
        one = one._replace(references=one.references + _references(lines[":"]))
    return _marked(one, _remarks(_behind(remarks, 1)), flags_in(lines[","]), previous)


def _old(text: str, at: int, line: int) -> tuple[Entry, int] | None:
    """Return the obsolete entry at an offset, and its end, if it is common but for marks."""
    found = _OBSOLETE.match(text, at)
    if not found:
        return None
    lines = found[1] + found[2].replace("\n#~ ", "\n")[3:]
    current = _common(lines, 0, line)
    if not current or current[1] < len(lines):
        return None
    return Entry(found[0].encode(), current[0].unit, True, False), found.end()


def _marked(
    one: Unit, remarks: tuple[str, ...], flags: tuple[str, ...], previous: Previous | None
) -> Unit:
    """Return a unit with what translator comments and flags say of it, and its previous source."""
    origin, state = one.origin, one.state
    if any("pipeline:" in remark for remark in remarks):
        for remark in remarks:
            if found := _PROVENANCE.fullmatch(remark):
                origin = Origin(OriginKind(found[1]), found[2], found[3])
        remarks = tuple(remark for remark in remarks if not _PROVENANCE.fullmatch(remark))
    if "fuzzy" in flags:
        state = State.DRAFT if one.target else _EMPTY
        flags = tuple(flag for flag in flags if flag != "fuzzy")
    values = (*one[:3], state, origin, *one[5:7], remarks, previous, flags, one.line)
    return _made(Unit, values)


def _previous(lines: str) -> Previous | None:
    found = _BEFORE.fullmatch(lines)
    if not found:
        return None
    return Previous(unquote(found[2]), unquote(found[1]) if found[1] else None)


@lru_cache(maxsize=256)
def _context(strings: str) -> str:
    """Return a context, which many entries in a row share."""
    return intern(unquote(strings))


def _behind(lines: str, mark: int) -> list[str]:
    """Return the text of comments behind a mark of that length."""
    return [line[mark:] for line in lines.split("\n")[:-1]]


def _remarks(lines: Sequence[str]) -> tuple[str, ...]:
    """Parse translator comments; empty ones before the first with text are dropped."""
    remarks = [line.rstrip().lstrip("#").removeprefix(" ") for line in lines]
    while remarks and not remarks[0]:
        del remarks[0]
    return tuple(remarks)


def _notes(lines: Sequence[str]) -> tuple[str, ...]:
    """Parse extracted comments; empty ones are dropped."""
    return tuple([text for line in lines if (text := line.rstrip().removeprefix(" "))])


@lru_cache(maxsize=256)
def _shared_notes(lines: str) -> tuple[str, ...]:
    """Parse notes, which many entries in a row share."""
    return _notes(_behind(lines, 2))


def _references(lines: Sequence[str]) -> tuple[Reference, ...]:
    """Parse references; paths between isolates can have spaces."""
    return tuple(
        [
            Reference(intern(isolated or path), int(number or 0))
            for line in lines
            for isolated, path, number in _REFERENCE.findall(line)
        ]
    )
