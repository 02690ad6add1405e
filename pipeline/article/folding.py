"""The lines of a segment made one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["fold"]

# A match begins only where the blanks do, so that a long line of them is read once.
_BREAK = re.compile(rb"(?<![ \t])[ \t]*+(?:\r\n|\n|\r)")
_SOFT_BREAK = re.compile(_BREAK.pattern + rb"[ \t]*")
_UNTIDY_BREAK = re.compile(rb"\r|[ \t]\n|\n[ \t]")


def fold(raw: bytes, depth: int, hard: Sequence[int] = ()) -> str:
    """Fold soft line breaks into one space each and take the container's prefix away.

    ``depth`` is the number of block quotes around, whose ``>`` may open each line;
    ``hard`` holds the offsets at which a hard break begins.
    """
    if b"\n" not in raw and b"\r" not in raw:
        return raw.decode("utf-8")
    if not depth and not hard:
        if _UNTIDY_BREAK.search(raw):
            raw = _SOFT_BREAK.sub(b" ", raw)
        return raw.replace(b"\n", b" ").decode("utf-8")
    breaks = frozenset(hard)
    prefix = re.compile(rb"(?:[ \t]*>){0,%d}[ \t]*" % depth)
    parts: list[bytes] = []
    at = 0
    for found in _BREAK.finditer(raw):
        parts.append(raw[at : found.start()])
        if found.start() in breaks:
            parts.append(found[0].rstrip(b"\r\n") + b"\n")
        elif found.start() - 1 in breaks:  # a backslash before the line end
            parts.append(b"\n")
        else:
            parts.append(b" ")
        rest = prefix.match(raw, found.end())
        at = rest.end() if rest else found.end()
    parts.append(raw[at:])
    return b"".join(parts).decode("utf-8")
