"""Find the form of a segment (the notation of its text) by its surroundings, and fold its lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["CELL", "RawLine", "fold", "notation", "raw_lines"]

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

_LIKE_BLOCK = re.compile(
    rb"[\r\n][ \t>]*+(?:(?:[-+*:]|\d{1,3}[.)])[ \t]|\|?[ \t]*+:?-[-: \t]*+\||\|[ \t]*+:?-)"
    rb"|\A[^\r\n]*?(?::|\xef\xbc\x9a)"
)
"""Signs of a text in which a line may look like a block; most texts have none."""
_BULLET = re.compile(r"[-+*:][ \t]+\S")
"""Beginning of a list item, or of a definition."""
_NUMBER = re.compile(r"(\d{1,3})[.)][ \t]+\S")
_MARKER_BEFORE = re.compile(rb"(?:^|\s|>)(?:[-+*]|\d{1,3}[.)])[ \t]+\Z")
_MOST_ITEMS = 100
_CELL = r"[ \t]*:?-+:?[ \t]*"
_DELIMITER_ROW = re.compile(rf"\|?{_CELL}(?:\|{_CELL})+\|?|\|{_CELL}\|")
_FIELD = re.compile(
    r"[*_]{0,2}[^\W_][\w.()/&#+-]*(?:[ ][\w.()/&#+-]+){0,3}[ ]?[*_]{0,2}"
    r"(?:\uff1a|:[*_]{0,2}(?:[ \t]|$))"
)
"""Beginning of a line of ``key: value``; the key has at most four words."""
_LINE_BREAK_TAG = re.compile(r"<br[ \t]*/?>\Z", re.I)
_FEWEST_FIELDS = 3
"""Fields at which a text may have other lines among them."""


def fold(
    raw: bytes,
    depth: int,
    hard: Sequence[int] = (),
    *,
    before: bytes = b"",
    keep: bool | None = None,
) -> str:
    """Fold soft line breaks into one space each, and remove the prefixes of block quotes.

    A soft break stays a line end where a line looks like a block of its own: an item, a definition,
    a row of a table, ``key: value``; if ``keep`` is true all of them do, if it is false none.
    ``depth`` is the number of block quotes around, whose ``>`` may open each line; ``hard`` holds
    the offsets at which a hard break begins, ``before`` what the line of the text has before it.
    """
    if b"\n" not in raw and b"\r" not in raw:
        return raw.decode("utf-8")
    seen = _LIKE_BLOCK.search(raw) is not None if keep is None else keep
    # The usual text, without a regular expression where its lines are tidy.
    if not depth and not hard and not seen:
        if _UNTIDY_BREAK.search(raw):
            raw = _SOFT_BREAK.sub(b" ", raw)
        return raw.replace(b"\n", b" ").decode("utf-8")
    lines = list(raw_lines(raw, depth))
    texts = [raw[line.start : line.end].decode("utf-8") for line in lines]
    kept = _kept_breaks(texts, before) if keep is None else range(len(lines) if keep else 0)
    breaks = frozenset(hard)
    parts: list[str] = []
    for number, line in enumerate(lines):
        parts.append(texts[number])
        if line.end in breaks:
            spaces = raw[line.end : line.following].rstrip(b"\r\n")
            parts.append(spaces.decode("ascii") + "\n")
        elif line.end - 1 in breaks:  # a backslash before the line end
            parts.append("\n")
        elif line.following > line.end:
            parts.append("\n" if number in kept else " ")
    return "".join(parts)


class RawLine(NamedTuple):
    """A line of a text in its file; offsets in bytes of the text."""

    start: int
    """Offset behind the prefix of the line."""
    end: int
    """Offset of the spaces before the line end."""
    following: int
    """Offset behind the line end; equal to ``end`` for the last line."""


def raw_lines(raw: bytes, depth: int) -> Iterator[RawLine]:
    """Yield the lines of a text, without the prefixes of ``depth`` block quotes and the indents."""
    prefix = re.compile(rb"(?:[ \t]*>){0,%d}[ \t]*" % depth)
    at = 0
    for line_break in _BREAK.finditer(raw):
        yield RawLine(at, line_break.start(), line_break.end())
        rest = prefix.match(raw, line_break.end())
        at = rest.end() if rest else line_break.end()
    yield RawLine(at, len(raw), len(raw))


def _kept_breaks(lines: Sequence[str], before: bytes) -> frozenset[int]:
    """Return the numbers of the lines behind which a line end is kept."""
    starts = {n for n, line in enumerate(lines) if n and _BULLET.match(line)}
    starts |= _numbered(lines, before) | _fields(lines)
    row = next((n for n, line in enumerate(lines) if _DELIMITER_ROW.fullmatch(line)), 0)
    if row:
        starts.update(range(row - 1, len(lines)))
    # A line that a tag ends is a line to the reader already.
    return frozenset(n - 1 for n in starts if n > 0 and not _LINE_BREAK_TAG.search(lines[n - 1]))


def _numbered(lines: Sequence[str], before: bytes) -> set[int]:
    """Return the lines that begin with the number of an item.

    A sentence, too, may have a number and a full stop at the start of a line. So outside of lists
    the numbers of two lines must be neighbours.
    """
    numbers = {n: int(match[1]) for n, line in enumerate(lines) if (match := _NUMBER.match(line))}
    in_list = _MARKER_BEFORE.search(before) is not None
    values = set(numbers.values())
    return {
        n
        for n, value in numbers.items()
        if n
        and (not values.isdisjoint((value - 1, value + 1)) or (in_list and value < _MOST_ITEMS))
    }


def _fields(lines: Sequence[str]) -> set[int]:
    """Return the lines of the form ``key: value``."""
    fields = {n for n, line in enumerate(lines) if _FIELD.match(line)}
    enough = len(fields) == len(lines) or (0 in fields and len(fields) >= _FEWEST_FIELDS)
    return fields if enough else set()
