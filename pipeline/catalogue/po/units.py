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
from pipeline.catalogue.po.reader import PoFault, read_messages
from pipeline.errors import InputError, decode
from pipeline.model import Origin, OriginKind, Previous, Reference, State, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.catalogue.po.reader import Message

__all__ = ["PROVENANCE", "Entry", "read_entries"]

PROVENANCE = r"pipeline: (machine|aligned) (.*) ([0-9a-f]{8})"
"""Translator comment with the origin of a target: kind, signature, digest."""

_PROVENANCE = re.compile(PROVENANCE)
_STRINGS = r'(?:"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"\n)++'
_FIELDS = rf"(?:msgctxt ({_STRINGS}))?+msgid ({_STRINGS})"
_END = r'\n*+(?![^m#]|#[~|]\|?[ \t]*(?:["\n]|\Z))'
_COMMON = re.compile(
    r"((?:#(?: .*)?\n)*+)((?:#\. .*\n)*+)(?:#: ([!-~]+):([0-9]{1,9})\n)?+"
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


def read_entries(data: bytes, shown: str) -> tuple[str, dict[_Key, Entry], bytes]:
    """Return the charset, the entries by their keys, and the bytes behind the last of them.

    ``data`` is the content of the file, ``shown`` the path for messages.

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
        entries = _entries(data, text.removeprefix("\ufeff"), shown)
    else:
        entries = list(_any(data, charset, shown))
    by_key = {entry[1][:2]: entry for entry in entries}
    if len(by_key) < len(entries):
        raise _doubled(entries, shown)
    return charset, by_key, data[sum([len(entry.raw) for entry in entries]) :]


def _doubled(entries: Sequence[Entry], shown: str) -> InputError:
    lines: dict[_Key, int] = {}
    for entry in entries:
        line = entry.unit.line
        first = lines.setdefault(entry.unit.key, line)
        if first != line:
            break
    message = f"this message stands already in line {first}; delete one of the two entries"
    return InputError(message, shown, line)


def _entries(data: bytes, text: str, shown: str) -> list[Entry]:
    """Return the entries of a file in UTF-8, of which ``text`` is the text."""
    entries: list[Entry] = []
    at, line, size = 0, 1, len(text)
    start = counted = 0
    while at < size:
        found = _common(text, at, line) or _old(text, at, line)
        if not found:
            start += sum([len(entry.raw) for entry in entries[counted:]])
            counted = len(entries)
            odd = next(_any(data, "utf-8", shown, start, line), None)
            if not odd:
                break
            found = odd, at + len(odd.raw.decode())
        entry, end = found
        entries.append(entry)
        line += text.count("\n", at, end)
        at = end
    return entries


def _any(data: bytes, charset: str, shown: str, at: int = 0, line: int = 1) -> Iterator[Entry]:
    """Yield the entries from an offset.

    Raises:
        InputError: the first fault with which a translation could be lost.
    """
    for found in read_messages(data, charset, at, line):
        if not isinstance(found, PoFault):
            yield _entry(data, found)
        elif not found.harmless:
            raise InputError(found.message, shown, found.line)


def _entry(data: bytes, message: Message) -> Entry:
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
    remarks, flags = _remarks(message.comments("#")), _flags(message.comments("#,"))
    one = _marked(one, remarks, flags, previous)
    plural = "msgid_plural" in message.fields or "msgstr" not in message.fields
    return Entry(data[message.start : message.end], one, message.old, plural)


def _common(text: str, at: int, line: int) -> tuple[Entry, int] | None:
    """Return the entry at an offset, and its end, if it is as gettext itself writes it."""
    found = _COMMON.match(text, at)
    if not found:
        return None
    remarks, notes, path, number, others, context, source, target = found.groups()
    values = (
        _context(context) if context else "",
        unquote(source),
        target := unquote(target),
        _REVIEWED if target else _EMPTY,
        _HUMAN,
        (_made(Reference, (intern(path), int(number))),) if path else (),
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
    return _marked(one, _remarks(_behind(remarks, 1)), _flags(lines[","]), previous)


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
    return tuple([text for line in lines if (text := line.rstrip()[1:])])


@lru_cache(maxsize=256)
def _shared_notes(lines: str) -> tuple[str, ...]:
    """Parse notes, which many entries in a row share."""
    return _notes(_behind(lines, 2))


def _flags(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple([flag.strip() for line in lines if line.strip() for flag in line.split(",")])


def _references(lines: Sequence[str]) -> tuple[Reference, ...]:
    """Parse references; paths between isolates can have spaces."""
    references: list[Reference] = []
    opened: list[str] = []
    for word in " ".join(lines).split():
        path, colon, number = word.rpartition(":")
        if not (colon and number.isdecimal()) or len(number) > 18:
            path, number = word, "0"
        opened.append(path)
        if opened[0].startswith(OPEN) and CLOSE not in path:
            continue
        path = " ".join(opened).replace(OPEN, "").replace(CLOSE, "")
        references.append(Reference(intern(path), int(number)))
        opened = []
    if opened:
        references.append(Reference(" ".join(opened).removeprefix(OPEN), 0))
    return tuple(references)
