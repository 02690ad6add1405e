"""A PO file as blocks of its own bytes, so that what did not change is copied."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["GROUPS", "Block", "groups", "retire", "revive", "split"]

_KEYWORD = re.compile(rb"(?:#~[ \t]*)?(msgctxt|msgid_plural|msgid|msgstr)\b")
_CONTINUED = re.compile(rb'(?:#~\|?|#\|)?[ \t]*"')
_OLD = re.compile(rb"^[ \t]*(#)~(?=\|)|^[ \t]*#~[ \t]*")

GROUPS = ("comments", "notes", "references", "flags", "previous", "msgctxt", "msgid", "msgstr")
"""The parts of an entry, in the order in which gettext writes them."""

_COMMENTS = {
    b"#.": "notes",
    b"#:": "references",
    b"#,": "flags",
    b"#|": "previous",
}


class Block(NamedTuple):
    """One entry's lines, with the comments before it and the blank lines behind it."""

    raw: bytes
    line: int
    """Line of its ``msgid``, from 1."""
    obsolete: bool


def split(data: bytes) -> tuple[list[Block], bytes]:
    """Cut a PO file into its entries and what stands behind the last; joined they are the file."""
    blocks: list[Block] = []
    start = at = msgid = 0
    done = old = False
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        text = line.strip()
        found = _KEYWORD.match(text)
        keyword = found[1] if found else b""
        if done and _opens(text, keyword):
            blocks.append(Block(data[start:at], msgid, old))
            start, done = at, False
        if keyword == b"msgid":
            msgid, old = number, text.startswith(b"#~")
        elif keyword == b"msgstr":
            done = True
        at += len(line)
    if done:
        blocks.append(Block(data[start:at], msgid, old))
        start = at
    return blocks, data[start:]


def groups(raw: bytes) -> dict[str, bytes] | None:
    """Cut a current entry into its parts; None where they stand in an unusual order."""
    parts: dict[str, list[bytes]] = {name: [] for name in GROUPS}
    reached = 0
    name = "comments"
    for line in raw.rstrip().splitlines(keepends=True):
        found = _KEYWORD.match(line)
        if found:
            keyword = found[1].decode("ascii")
            name = "msgid" if keyword == "msgid_plural" else keyword
        elif line.startswith(b"#"):
            name = _COMMENTS.get(line[:2], "comments")
        elif line.strip() and not line.strip().startswith(b'"'):
            return None
        index = GROUPS.index(name)
        if index < reached:
            return None
        reached = index
        parts[name].append(line)
    return {name: b"".join(lines) for name, lines in parts.items()}


def retire(raw: bytes) -> bytes:
    """Make a current entry obsolete, as msgmerge does: places and extracted comments go."""
    lines = []
    for line in raw.splitlines(keepends=True):
        text = line.lstrip(b" \t")
        if text.startswith(b"#|"):
            lines.append(b"#~" + text[1:])
        elif text.startswith((b"msg", b'"')):
            lines.append(b"#~ " + text)
        elif not text.startswith((b"#.", b"#:")):
            lines.append(line)
    return b"".join(lines)


def revive(raw: bytes) -> bytes:
    """Make an obsolete entry a current one."""
    return b"".join(_OLD.sub(rb"\1", line) for line in raw.splitlines(keepends=True))


def _opens(text: bytes, keyword: bytes) -> bool:
    """Tell whether a line that follows a finished message begins the next one."""
    if keyword:
        return keyword in (b"msgctxt", b"msgid")
    return text.startswith(b"#") and not _CONTINUED.match(text)
