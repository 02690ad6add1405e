"""Read a PO file into entries with their raw bytes; report the first invalid line."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import polib

from pipeline.catalogue.po import fast_read as poplain
from pipeline.catalogue.po.entry import CLOSE, OPEN
from pipeline.catalogue.po.entry_parts import split
from pipeline.catalogue.po.fast_read import PROVENANCE, Comments, Entry, unit
from pipeline.errors import InputError, decode
from pipeline.model import Previous, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["PROVENANCE", "Entry", "read"]

_LINE = re.compile(
    r"""(?P<old>\#~\|?|\#\|)?[ \t]*
    (?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr)(?:\[\d+\])?[ \t]*)?"(?:[^"\\]|\\.)*\"""",
    re.X,
)
_Key = tuple[str, str]
_UNANSWERED = "this message has no msgstr"
_AFTER = {
    "msgctxt": ("", "msgstr"),
    "msgid": ("", "msgstr", "msgctxt"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid", "msgid_plural", "msgstr"),
}
_CONFLICT = re.compile(r"<{7}|={7}|>{7}|\|{7}")
_COMMENT = re.compile(r"#(?:~\||[.:,~|])?(?:\s|\Z)|##")
_CHARSET = re.compile(rb"charset=([\w:.-]+)", re.I)
_SYNTAX = "".join(map(chr, range(0x20, 0x7F))) + "\r\n\t\\u0041"  # an escape to Python alone


def read(path: Path, data: bytes, shown: str) -> tuple[str, dict[_Key, Entry], bytes]:
    """Return the charset, the entries by their keys, and the bytes behind the last of them.

    ``data`` is the content of the file, ``shown`` the path for messages.

    Raises:
        InputError: a line that is not PO, a conflict marker, a duplicate message,
            bytes that are not of the file's charset.
    """
    charset = _charset(data)
    expected = f"{charset.upper()} as the header says"
    text = decode(data, shown, charset, expected=expected, remedy="")
    # Bytes as they are in the file: only UTF-8 writes a text in one way alone.
    entries, tail = (poplain.entries(text) if charset == "utf-8" else None), b""
    if not entries:
        entries, tail = _through_polib(path, data, text, charset, shown)
    by_key = {entry.unit[:2]: entry for entry in entries}
    if len(by_key) < len(entries):
        raise _doubled(entries, shown)
    return charset, by_key, tail


def _doubled(entries: list[Entry], shown: str) -> InputError:
    lines: dict[_Key, int] = {}
    for entry in entries:
        line = entry.unit.line
        first = lines.setdefault(entry.unit.key, line)
        if first != line:
            break
    message = f"this message stands already in line {first}; delete one of the two entries"
    return InputError(message, shown, line)


def _through_polib(
    path: Path, data: bytes, text: str, charset: str, shown: str
) -> tuple[list[Entry], bytes]:
    _check_lines(text, shown)
    blocks, tail = split(data.removeprefix(codecs.BOM_UTF8))
    parsed = _parsed(path, charset, shown, len(blocks))
    entries = []
    for block, entry in zip(blocks, parsed, strict=True):
        comments = Comments(
            tuple(entry.tcomment.split("\n")) if entry.tcomment else (),
            tuple(entry.comment.split("\n")) if entry.comment else (),
            tuple(_references(entry.occurrences)),
            tuple(entry.flags),
        )
        previous = None
        if entry.previous_msgid is not None:
            previous = Previous(entry.previous_msgid, entry.previous_msgctxt)
        message = (entry.msgctxt or "", entry.msgid, entry.msgstr)
        plural = bool(entry.msgid_plural or entry.msgstr_plural)
        one = unit(message, comments, previous, block.line)
        entries.append(Entry(block.raw, one, block.obsolete, plural))
    return entries, tail


def _references(occurrences: list[tuple[str, str]]) -> Iterator[Reference]:
    """Yield references, with the paths between isolates joined that polib split at spaces."""
    opened: list[str] = []
    for name, line in occurrences:
        if (opened or name.startswith(OPEN)) and CLOSE not in name:
            opened.append(name)
            continue
        path = " ".join((*opened, name))
        opened = []
        path = path.replace(OPEN, "").replace(CLOSE, "")
        if line and not line.isdecimal():  # such as ², a digit of no number
            path, line = f"{path}:{line}", ""
        yield Reference(path, int(line or 0))
    if opened:
        yield Reference(" ".join(opened).removeprefix(OPEN), 0)


def _parsed(path: Path, charset: str, shown: str, expected: int) -> list[polib.POEntry]:
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
    if parsed.header and entries and (entries[0].msgid or entries[0].msgctxt):
        # polib takes the first comments for the header's, even where there is none.
        entries[0].tcomment = "\n".join(filter(None, [parsed.header, entries[0].tcomment]))
    return entries


class _File(polib.POFile):
    """POFile with the entries in the order of the file, the header among them."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.entries: list[polib.POEntry] = []

    def append(self, entry: polib.POEntry) -> None:
        self.entries.append(entry)


def _check_lines(text: str, shown: str) -> None:
    """Check that each line is a comment or a complete PO string in its place.

    Raises:
        InputError: the first line that is neither, or a message without msgstr.
    """
    phase, first, old, strings = "", 0, "", False
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff")), 1):
        line = line.strip(" \t")
        found = _LINE.fullmatch(line)
        if found is None or found["old"] in ("#|", "#~|"):
            fault = "" if found else _fault(line)
            phase = "" if line and phase == "msgstr" else phase
            strings = strings and not line
        else:
            keyword = found["keyword"] or ""
            fault = _misplaced(keyword, phase, strings)
            if keyword in ("msgctxt", "msgid") and phase != "msgctxt" and not fault:
                first, old = number, found["old"]
            elif found["old"] != old:
                fault = fault or "one message has both current and obsolete lines"
            phase, strings = keyword or phase, True
        if fault:
            raise InputError(fault, shown, first if fault == _UNANSWERED else number)
    if phase not in ("", "msgstr"):
        raise InputError(_UNANSWERED, shown, first)


def _misplaced(keyword: str, phase: str, strings: bool) -> str:
    """Return the reason why a string cannot be here; empty if it can.

    ``keyword`` is its keyword, ``phase`` the last one before, ``strings`` is True if a string is
    right before it.
    """
    if not keyword:
        return "" if strings else "this string belongs to no message"
    if phase in _AFTER[keyword]:
        return ""
    return _UNANSWERED if phase else f"this {keyword} has no msgid before it"


def _fault(line: str) -> str:
    """Return the fault in a line that is not a string; empty for a comment or an empty line."""
    if not line or (_COMMENT.match(line) and not (line[1:2] in ("~", "|") and '"' in line)):
        return ""
    if _CONFLICT.match(line):
        return "merge-conflict marker; keep one of the two sides and delete the markers"
    if line.startswith("#") and '"' not in line:
        return f"put a blank behind the mark that begins this comment: {line[:60]}"
    if line.count('"') % 2:
        return f"a quote is missing: {line[:60]}"
    return f'expected msgid, msgstr or a "quoted" line, found: {line[:60]}'


def _charset(data: bytes) -> str:
    """Read the charset from the header; UTF-8 for one that is unknown or no superset of ASCII."""
    found = _CHARSET.search(data[:4096])
    name = found[1].decode("ascii") if found else "utf-8"
    try:
        same = _SYNTAX.encode(name) == _SYNTAX.encode() == _SYNTAX.encode().decode(name).encode()
        return codecs.lookup(name).name if same else "utf-8"
    except (LookupError, UnicodeError):
        return "utf-8"
