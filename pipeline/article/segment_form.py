"""Find the form of a segment (the notation of its text) by its surroundings, and fold its lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CELL", "fold", "notation"]

# A table cell escapes its bars, whatever else it does.
CELL = " in cell"
_FORMS = {
    "heading": "line",
    "table header": "line" + CELL,
    "table cell": "line" + CELL,
}
_IN_LINE = (b"::", b"!!!", b"???", b"===", b"[!", b"```", b"~~~", b"///", b"*[", b"<", b"{")
"""Beginnings of lines of dialects with a text in them."""
# Bounds, because a long line may hold many texts, and each looks at what is before it.
_LONGEST_LINE = 400
_QUOTES = (b'"', b"'")
_LONGEST_NAME = 40
_PROPERTY = re.compile(rb"[{,]\s*+([\"']?)[\w-]+\1\s*+:\Z")
"""Bytes before the value of a property in JavaScript."""


def notation(data: bytes, start: int, kind: str) -> str:
    """Return the form of a text of a given kind that begins at an offset of its file.

    Titles of containers stay in their line, and within the brackets around them. Text in quotes
    escapes them: by a backslash, as templates and JavaScript do, or by entities, as HTML and the
    dialects do that know its entities.
    """
    if kind in _FORMS:
        return _FORMS[kind]
    before = data[max(0, start - _LONGEST_LINE) : start]
    attribute = before[-2:-1] == b"=" and before[-1:] in _QUOTES
    line = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
    if before[-1:] in _QUOTES and _is_property(before[:-1].rstrip()):
        return "script"
    if not attribute and not before[line:].lstrip(b" \t>").startswith(_IN_LINE):
        return "markdown"
    if before[-1:] not in _QUOTES:
        return "alt" if before[-1:] == b"[" else "line"
    opening = max(before.rfind(b"{%"), _last_template(before))
    return "title" if attribute and opening > before.rfind(b"}}") else "attribute"


def _is_property(before: bytes) -> bool:
    """Return whether the value of a property in JavaScript comes next."""
    return (
        before.endswith(b":") and _PROPERTY.search(before, len(before) - _LONGEST_NAME) is not None
    )


def _last_template(before: bytes) -> int:
    """Return the offset at which the last template tag opens, below 0 if there is none.

    Braces behind ``=``, an attribute of a component, are no template tag.
    """
    at = before.rfind(b"{{")
    while at > 0 and before[at - 1 : at] == b"=":
        at = before.rfind(b"{{", 0, at)
    return at


# A match begins only where the spaces do, so that a long line of them is read once.
_BREAK = re.compile(rb"(?<![ \t])[ \t]*+(?:\r\n|\n|\r)")
_SOFT_BREAK = re.compile(_BREAK.pattern + rb"[ \t]*")
_UNTIDY_BREAK = re.compile(rb"\r|[ \t]\n|\n[ \t]")


def fold(raw: bytes, depth: int, hard: Sequence[int] = ()) -> str:
    """Fold soft line breaks into one space each, and remove the prefixes of block quotes.

    ``depth`` is the number of block quotes around, whose ``>`` may open each line; ``hard`` holds
    the offsets at which a hard break begins.
    """
    if b"\n" not in raw and b"\r" not in raw:
        return raw.decode("utf-8")
    # The usual text, without a regular expression where its lines are tidy.
    if not depth and not hard:
        if _UNTIDY_BREAK.search(raw):
            raw = _SOFT_BREAK.sub(b" ", raw)
        return raw.replace(b"\n", b" ").decode("utf-8")
    breaks = frozenset(hard)
    prefix = re.compile(rb"(?:[ \t]*>){0,%d}[ \t]*" % depth)
    parts: list[bytes] = []
    at = 0
    for line_break in _BREAK.finditer(raw):
        parts.append(raw[at : line_break.start()])
        if line_break.start() in breaks:
            parts.append(line_break[0].rstrip(b"\r\n") + b"\n")
        elif line_break.start() - 1 in breaks:  # a backslash before the line end
            parts.append(b"\n")
        else:
            parts.append(b" ")
        rest = prefix.match(raw, line_break.end())
        at = rest.end() if rest else line_break.end()
    parts.append(raw[at:])
    return b"".join(parts).decode("utf-8")
