"""Find line and column of a range of a text: in its article, and in its PO file."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.findings import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Article, Segment

__all__ = ["InArticle", "InEntry", "at_offset", "first_lines", "in_article"]

_BREAK = re.compile(r"\\?[ \t]*(?:\r\n|\n|\r)[ \t]*(?:>[ \t]?)*[ \t]*")
_HARD_BREAK_SPACES = re.compile(r"[ \t]+(?=\n)")
"""Spaces before a hard break, which the text keeps."""
_NEWLINE = re.compile(rb"\n|\r(?!\n)")
_STRING = re.compile(r'^(?P<before>[ \t]*(?:msgstr(?:\[\d+\])?[ \t]*)?")(?P<text>(?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(?:[0-7]{1,3}|x[\da-fA-F]{1,2}|.)|.", re.S)


class InArticle:
    """Places of the ranges of one segment's text in its article.

    Text that folding removed (line ends, the prefixes of block quotes) lies between two characters;
    where the text does not match the file (quoting of front matter), each range is the whole
    segment.
    """

    def __init__(self, article: Article, segment: Segment) -> None:
        self._article = article
        self._segment = segment

    def place(self, start: int = 0, end: int = 0) -> Place:
        """Return the place of a range of the text; of the whole segment if both are 0."""
        first, last = self._range(start, end) if end else (0, len(self._raw))
        return Place(self._article.path, *self._position(first), *self._position(last))

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of bytes in the file that holds a range of the text."""
        first, last = self._range(start, end)
        return self._bytes[first], self._bytes[last]

    def _range(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of characters in the raw text that holds a range of the text."""
        if len(self._offsets) <= end:
            return 0, len(self._raw)
        first = self._offsets[start]
        return first, max(first, self._offsets[end - 1] + 1 if end > start else first)

    def _position(self, at: int) -> tuple[int, int]:
        """Return line and column of a character of the raw text, from 1."""
        line = bisect_right(self._lines, at) - 1
        column = at - self._lines[line] + 1
        # Only the first line of the raw text may begin within a line of the file.
        if line == 0:
            column += at_offset("", self._article.data, self._segment.start).column - 1
        return self._segment.line + line, column

    @cached_property
    def _raw(self) -> str:
        return self._article.data[self._segment.start : self._segment.end].decode("utf-8")

    @cached_property
    def _offsets(self) -> list[int] | range:
        """Offset of each character of the text in the raw text, then of its end."""
        shift = self._raw.find(self._segment.text)
        # Nothing was folded or escaped, as in most texts.
        if shift >= 0:
            return range(shift, shift + len(self._segment.text) + 1)
        return list(_offsets(self._raw, self._segment.text))

    @cached_property
    def _bytes(self) -> list[int]:
        """Offset in the file of each character of the raw text, then of its end."""
        sizes = (len(character.encode("utf-8")) for character in self._raw)
        return list(accumulate(sizes, initial=self._segment.start))

    @cached_property
    def _lines(self) -> list[int]:
        """Offsets at which the lines of the raw text begin."""
        return [0, *(match.end() for match in re.finditer("\r\n|\n|\r", self._raw))]


class InEntry:
    """Places of the ranges of a target in its PO file.

    ``raw`` is the whole entry, ``line`` the line of its ``msgid``, from 1.
    """

    def __init__(self, path: str, raw: str, line: int) -> None:
        self._path = path
        # Not splitlines(), which also splits at characters that a text may hold (U+2028).
        self._texts = re.split(r"\r\n|\n|\r", raw)
        self._msgid = self._first_line("msgid", 0)
        self._target = self._first_line("msgstr", self._msgid)
        self._line = line - self._msgid

    def place(self, start: int = 0, end: int = 0) -> Place:
        """Return the place of a range of the target; of its ``msgstr`` if both are 0."""
        positions = self._positions if end else []
        if not end or end > len(positions) or start >= len(positions):
            last = max((n for n, text in enumerate(self._texts) if text.strip()), default=0)
            width = len(self._texts[last].rstrip()) + 1
            return Place(self._path, self._line + self._target, 1, self._line + last, width)
        line, column, _ = positions[start]
        last_line, last_column, width = positions[max(start, end - 1)]
        end_column = last_column + (width if end > start else 0)
        return Place(self._path, line, column, last_line, end_column)

    @cached_property
    def _positions(self) -> list[tuple[int, int, int]]:
        """Line and column of each character of the target, from 1, and its width in the file."""
        return [
            (self._line + number, column, width)
            for number, text in enumerate(self._texts[self._target :], self._target)
            for column, width in _columns(text)
        ]

    def _first_line(self, keyword: str, otherwise: int) -> int:
        numbers = (n for n, text in enumerate(self._texts) if text.startswith(keyword))
        return next(numbers, otherwise)


def in_article(article: Article, segment: Segment, start: int = 0, end: int = 0) -> Place:
    """Return the place of a range of a segment's text; of all of it if both are 0."""
    return InArticle(article, segment).place(start, end)


def first_lines(article: Article) -> dict[tuple[str, str], int]:
    """Return the first line of each text, by context and text."""
    # Reversed, so that the first of several equal texts counts.
    return {(one.context, one.text): one.line for one in reversed(article.segments)}


def at_offset(path: str, data: bytes, offset: int) -> Place:
    """Return the place of one byte of a file in UTF-8."""
    starts = _lines(data)
    line = bisect_right(starts, offset)
    # Editors count no column for a BOM.
    before = data[starts[line - 1] : offset].decode("utf-8", "replace").removeprefix("\ufeff")
    return Place(path, line, len(before) + 1)


@lru_cache(maxsize=2)  # many places of one file are asked for
def _lines(data: bytes) -> list[int]:
    """Return the offsets at which the lines of a file begin."""
    return [0, *(match.end() for match in _NEWLINE.finditer(data))]


def _offsets(raw: str, text: str) -> Iterator[int]:
    """Yield the offset of each character of the text in the raw one, then of its end.

    The offsets end early where the two texts do not match.
    """
    hard_break_spaces = {
        at for match in _HARD_BREAK_SPACES.finditer(text) for at in range(*match.span())
    }
    at = 0
    for number, character in enumerate(text):
        line_break = (
            character in " \n" and number not in hard_break_spaces and _BREAK.match(raw, at)
        )
        if line_break:
            yield at
            at = line_break.end()
            continue
        # A table cell escapes the bars of its text.
        if raw[at : at + 1] != character and raw[at : at + 2] == "\\" + character:
            at += 1
        if raw[at : at + 1] != character:
            return
        yield at
        at += 1
    yield at


def _columns(text: str) -> Iterator[tuple[int, int]]:
    """Yield the column of each character of a quoted line, from 1, and its width in the file."""
    match = _STRING.match(text)
    if match:
        for piece in _ESCAPE.finditer(match["text"]):
            yield len(match["before"]) + piece.start() + 1, len(piece[0])
