"""Lines and columns of a place in a text: in its article, and in its PO file."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.findings import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Article, Segment

__all__ = ["at_offset", "in_article", "in_entry", "raw_range"]

_BREAK = re.compile(r"\\?[ \t]*(?:\r\n|\n|\r)[ \t]*(?:>[ \t]?)*[ \t]*")
_STRING = re.compile(r'^(?P<before>[ \t]*(?:msgstr(?:\[\d+\])?[ \t]*)?")(?P<text>(?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(?:[0-7]{1,3}|x[\da-fA-F]{1,2}|.)|.", re.S)


def in_article(article: Article, segment: Segment, start: int = 0, end: int = 0) -> Place:
    """Give the place of a range of a segment's text; of the whole segment where both are 0."""
    first, last = raw_range(article, segment, start, end) if end else (segment.start, segment.end)
    known = segment.start, segment.line
    ends = [_line_and_column(article.data, at, known) for at in (first, last)]
    return Place(article.path, *ends[0], *ends[1])


def at_offset(path: str, data: bytes, offset: int) -> Place:
    """Give the place of one byte of a file in UTF-8."""
    return Place(path, *_line_and_column(data, offset, (0, 1)))


def raw_range(article: Article, segment: Segment, start: int, end: int) -> tuple[int, int]:
    """Give the bytes of the file that hold a range of a segment's text.

    What folding took away (line ends, the prefixes of block quotes) lies between two
    characters; where the text cannot be followed (quoting of front matter) it is all of
    the segment.
    """
    raw = article.data[segment.start : segment.end].decode("utf-8")
    shift = raw.find(segment.text)
    if shift >= 0:
        first, last = shift + start, shift + end
    else:
        offsets = list(islice(_offsets(raw, segment.text), end + 1))
        if len(offsets) <= end:
            return segment.start, segment.end
        first = offsets[start]
        last = max(first, offsets[end - 1] + 1 if end > start else first)
    before = segment.start + len(raw[:first].encode("utf-8"))
    return before, before + len(raw[first:last].encode("utf-8"))


def in_entry(path: str, raw: str, line: int, start: int = 0, end: int = 0) -> Place:
    """Give the place of a range of a target in its PO file; of its ``msgstr`` where both are 0.

    ``raw`` is the whole entry, ``line`` the line of its ``msgid``, from 1.
    """
    lines = re.split(r"\r\n|\n|\r", raw)
    msgid = next((i for i, text in enumerate(lines) if text.startswith("msgid")), 0)
    line -= msgid
    target = next((i for i, text in enumerate(lines) if text.startswith("msgstr")), msgid)
    spots = [
        (line + number, column)
        for number, text in enumerate(lines[target:], target)
        for column in _columns(text)
    ]
    if not end or end > len(spots) or start >= len(spots):
        last = max((n for n, text in enumerate(lines) if text.strip()), default=target)
        return Place(path, line + target, 1, line + last, len(lines[last].rstrip()) + 1)
    first = spots[start]
    if end <= start:
        return Place(path, *first, *first)
    last_line, last_column = spots[end - 1]
    return Place(path, *first, last_line, last_column + 1)


def _offsets(raw: str, text: str) -> Iterator[int]:
    """Yield where each character of the text stands in the raw one, then where it ends."""
    at = 0
    for character in text:
        folded = _BREAK.match(raw, at) if character in " \n" else None
        if folded:
            yield at
            at = folded.end()
            continue
        if raw[at : at + 1] != character and raw[at : at + 2] == "\\" + character:
            at += 1
        if raw[at : at + 1] != character:
            return
        yield at
        at += 1
    yield at


def _columns(text: str) -> Iterator[int]:
    """Yield the column of each character of a quoted line, from 1."""
    found = _STRING.match(text)
    if found:
        for piece in _ESCAPE.finditer(found["text"]):
            yield len(found["before"]) + piece.start() + 1


def _line_and_column(data: bytes, offset: int, known: tuple[int, int]) -> tuple[int, int]:
    """Count from an offset whose line is known."""
    begins = data.rfind(b"\n", 0, offset) + 1
    before = data[begins:offset].decode("utf-8", "replace").removeprefix("\ufeff")
    start, line = known
    return line + data.count(b"\n", start, offset), len(before) + 1
