"""Split a PO file into entries and their parts as bytes, so that unchanged ones are copied."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["GROUPS", "Block", "groups", "retire", "revive", "split"]

_KEYWORD = re.compile(rb"(?:#~[ \t]*)?(msgctxt|msgid_plural|msgid|msgstr)\b")
_CONTINUED = re.compile(rb'(?:#~\|?|#\|)?[ \t]*"')
_OLD = re.compile(rb"^[ \t]*(#)~(?=\|)|^[ \t]*#~[ \t]*")

GROUPS = ("comments", "notes", "references", "flags", "previous", "msgctxt", "msgid", "msgstr")
"""Parts of an entry, in the order in which gettext writes them."""

_COMMENTS = {
    b"#.": "notes",
    b"#:": "references",
    b"#,": "flags",
    b"#|": "previous",
}


class Block(NamedTuple):
    """Lines of one entry, with the comments before it and the empty lines behind it."""

    raw: bytes
    line: int
    """Line of its ``msgid``, from 1."""
    obsolete: bool


def split(data: bytes) -> tuple[list[Block], bytes]:
    """Split a PO file into its entries and the bytes behind the last; joined they are the file."""
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
    """Split a current entry into its parts; return None if it has another order or other lines."""
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
    """Return a current entry as an obsolete one, as msgmerge writes it.

    References and extracted comments are dropped.
    """
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
    """Return an obsolete entry as a current one."""
    return b"".join(_OLD.sub(rb"\1", line) for line in raw.splitlines(keepends=True))


def _opens(text: bytes, keyword: bytes) -> bool:
    """Return whether a line behind a finished message begins the next one."""
    if keyword:
        return keyword in (b"msgctxt", b"msgid")
    return text.startswith(b"#") and not _CONTINUED.match(text)
