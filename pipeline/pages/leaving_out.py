"""Leave blocks out of the page of an article: those that wait, or that a translator omits.

Only whole blocks are left out: a section with its heading, a paragraph, a list item, a row of a
table, a value of the front matter. What remains is compared with the article, block by block, so
that no other text becomes part of another block.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.markdown import (
    VOID_TAGS,
    blocks,
    definitions,
    front_matter_entries,
    locate_front_matter,
    markdown_body,
)
from pipeline.ranges import replace_ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.markdown import FrontMatterValue
    from pipeline.model import Article

__all__ = ["Remainder", "leave_out"]

_Range = tuple[int, int]
"""First and last offset in bytes, the last exclusive."""

_REMOVABLE = ("Paragraph", "Heading", "List", "Item", "BlockQuote", "Table", "TableRow")
_NEWLINE = re.compile(rb"\r\n|\n|\r")
_INDENT = re.compile(rb"[ \t>]*")
_BLANK_LINES = re.compile(rb"(?:[ \t]*(?:\r\n|\n|\r))*")
_BLANK_LINES_OF_QUOTE = re.compile(rb"(?:[ \t>]*(?:\r\n|\n|\r))*")
_NUMBER = re.compile(rb"\d{1,9}[.)][ \t]+")
_BULLET = re.compile(rb"[ \t]*-[ \t]+")
_COMMA_BEFORE = re.compile(rb",[ \t]*\Z")
_COMMA_BEHIND = re.compile(rb"[ \t]*,[ \t]*")
_OPENING = re.compile(rb"(?P<indent>[ \t>]*)(?:(?P<colons>:{3,})[ \t]*[^\s:]|!!!|\?\?\?)")
_FOOTNOTE = re.compile(rb"(\[\^[^\[\]\s]+\]):")
_CLOSING = re.compile(rb":{3,}")
_LINE_BELOW = re.compile(
    rb"(?:[ \t]*(?:\r\n|\n|\r))*(?P<indent>[ \t>]*)(?P<line>[^\r\n]*)(?:\r\n|\n|\r|\Z)"
)
_TAG = re.compile(rb"<(/?)([A-Za-z][\w:-]*)[^<>]*?(/?)>")
_MAX_TRIES = 40
"""Maximum number of ranges that are tried one by one if all of them together do not fit."""
_KEPT_KEY = "title"
"""Key of the front matter that every page needs."""


class Remainder(NamedTuple):
    """Article without some of its blocks."""

    article: Article
    kept: tuple[int, ...]
    """Indexes, in the whole article, of the segments that are left."""


def leave_out(article: Article, waiting: Sequence[bool | None]) -> Remainder:
    """Return an article without the blocks of which all texts are waiting.

    ``waiting`` has a value for each segment: None for a text that goes with those around it, such
    as a number. A text stays if its block has others that do not wait, or if the page would not be
    the same without it.
    """
    whole = Remainder(article, tuple(range(len(article.segments))))
    if not any(waiting):
        return whole
    cut = _Cut(article, waiting)
    blocks_of_text = _merged(article.data, [*cut.front_matter(), *cut.blocks()])
    ranges = _merged(article.data, map(cut.with_container, blocks_of_text))
    ranges = _merged(article.data, [*ranges, *cut.footnotes_of(ranges)])
    for candidate in (ranges, _fitting(article, ranges)):
        if candidate and (remainder := _without(article, candidate)):
            return remainder
    return whole


def _fitting(article: Article, ranges: Sequence[_Range]) -> list[_Range]:
    """Return the ranges that can be left out together, tried one after the other."""
    fitting: list[_Range] = []
    for one in ranges[:_MAX_TRIES]:
        if _without(article, [*fitting, one]):
            fitting.append(one)
    return fitting


def _merged(data: bytes, ranges: Iterable[_Range]) -> list[_Range]:
    """Return ranges in order, those without a gap as one, and no empty lines before the end."""
    merged: list[_Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    if merged and merged[-1][1] == len(data):
        start = len(data[: merged[-1][0]].rstrip(b" \t\r\n"))
        line_end = _NEWLINE.match(data, start) if start else None
        merged[-1] = line_end.end() if line_end else start, len(data)
    return merged


@dataclass(slots=True)
class _Node:
    """Block of the article; offsets in bytes."""

    name: str
    detail: object
    start: int
    end: int = 0
    children: list[_Node] = field(default_factory=list)
    html: list[_Range] = field(default_factory=list)


class _Cut:
    """Search for the ranges of an article that can be left out."""

    def __init__(self, article: Article, waiting: Sequence[bool | None]) -> None:
        self.data = article.data
        self.article = article
        self.starts = [segment.start for segment in article.segments]
        self.waiting = [0, *accumulate(waits is True for waits in waiting)]
        """Number of waiting texts before each text, and in all."""
        self.standing = [0, *accumulate(waits is False for waits in waiting)]
        body, shift = markdown_body(article.data)
        self.top = _tree(article.data, body, shift)
        self.top_starts = [node.start for node in self.top]
        lines = [0, *(match.end() for match in _NEWLINE.finditer(self.data))]
        sections = [one for one in article.sections if one.title]
        self.sections = sorted({lines[section.line - 1] for section in sections})
        """Offsets of the lines with the titles of sections."""
        self.titles = {lines[section.line - 1] for section in sections if section.expert}

    def front_matter(self) -> Iterator[_Range]:
        """Yield the entries of the front matter whose texts all wait."""
        for key, (start, end) in front_matter_entries(self.data).items():
            if key == _KEPT_KEY:
                continue
            if self._all_wait(start, end):
                yield start, end
            else:
                yield from self._list_items(start, end)

    def _list_items(self, start: int, end: int) -> Iterator[_Range]:
        """Yield the waiting items of a list in the front matter, of which others stand."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        for at in range(first, last):
            segment = self.article.segments[at]
            if self.waiting[at + 1] == self.waiting[at]:
                continue
            line, line_end = _lines(self.data, segment.start, segment.end)
            if _BULLET.fullmatch(self.data, line, segment.start):
                yield line, line_end
            elif comma := _COMMA_BEFORE.search(self.data, line, segment.start):
                yield comma.start(), segment.end
            elif self.data[segment.start - 1 : segment.start] == b"[":
                comma = _COMMA_BEHIND.match(self.data, segment.end)
                if comma:
                    yield segment.start, comma.end()

    def blocks(self) -> Iterator[_Range]:
        """Yield the ranges of blocks whose texts all wait."""
        parts = list(self._parts())
        for node in self.top:
            if not _covers(parts, node.start):
                if node.start not in self.titles:  # of experts who stay
                    yield from self._removable(node)
            elif node.name != "FootnoteDefinition":
                yield _lines(self.data, node.start, node.end)

    def with_container(self, whole: _Range) -> _Range:
        """Return a range with the lines of the container around it, if it is all of its content.

        Containers are fenced divs (``:::``) and admonitions (``!!!``), whose lines are no blocks.
        """
        start, end = whole
        while True:
            above = _line_above(self.data, start)
            below = _LINE_BELOW.match(self.data, end)
            opening = _OPENING.match(self.data, *above)
            if opening is None or below is None:
                return start, end
            if opening["colons"]:
                if not _CLOSING.fullmatch(below["line"].strip(b" \t")):
                    return start, end
                new = above[0], below.end()
            elif len(below["indent"]) > len(opening["indent"]) and below["line"]:
                return start, end
            else:
                new = above[0], end
            if not self._all_wait(*new):
                return start, end
            start, end = _lines(self.data, *new)

    def footnotes_of(self, ranges: Sequence[_Range]) -> Iterator[_Range]:
        """Yield the waiting footnotes of which all references are in some ranges."""
        for node in self.top:
            label = _FOOTNOTE.match(self.data, node.start)
            if node.name != "FootnoteDefinition" or label is None or _covers(ranges, node.start):
                continue
            references = [at for at in _positions(self.data, label[1]) if at != node.start]
            if self._all_wait(node.start, node.end) and all(
                _covers(ranges, at) for at in references
            ):
                yield _lines(self.data, node.start, node.end)

    def _parts(self) -> Iterator[_Range]:
        """Yield the sections and parts of sections of which all texts wait, with their headings."""
        tops = {self.data.rfind(b"\n", 0, node.start) + 1 for node in self.top}
        starts = [start for start in self.sections if start in tops]
        last = 0
        for start, end in sorted(
            [*pairwise([*starts, len(self.data)]), *self._under_headings()],
            key=lambda part: (part[0], -part[1]),
        ):
            if start >= last and self._all_wait(start, end) and self._is_balanced(start, end):
                yield start, end
                last = end

    def _under_headings(self) -> Iterator[_Range]:
        """Yield each heading at the top level with all that is under it."""
        above: list[_Node] = []
        for node in self.top:
            if node.name == "Heading":
                while above and _level(above[-1]) >= _level(node):
                    yield above.pop().start, node.start
                above.append(node)
        yield from ((heading.start, len(self.data)) for heading in above)

    def _all_wait(self, start: int, end: int) -> bool:
        """Return whether a range has texts, and all of them wait."""
        waiting, standing = self._count(start, end)
        return waiting > 0 == standing

    def _count(self, start: int, end: int) -> tuple[int, int]:
        """Return the number of waiting texts in a range, and of those that stand."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return self.waiting[last] - self.waiting[first], self.standing[last] - self.standing[first]

    def _is_balanced(self, start: int, end: int) -> bool:
        """Return whether the raw HTML of a range closes what it opens."""
        counts: Counter[bytes] = Counter()
        first, last = bisect_left(self.top_starts, start), bisect_left(self.top_starts, end)
        for node in self.top[first:last]:
            if node.name == "HtmlBlock":
                for closing, name, alone in _TAG.findall(self.data[node.start : node.end]):
                    if not alone and name.lower().decode() not in VOID_TAGS:
                        counts[name.lower()] += -1 if closing else 1
        return not any(counts.values())

    def _removable(self, node: _Node) -> Iterator[_Range]:
        waiting, standing = self._count(node.start, node.end)
        if not waiting:
            return
        is_html = node.name == "HtmlBlock" and self._is_balanced(node.start, node.end)
        if not standing and (is_html or node.name in _REMOVABLE):
            start, end = _lines(self.data, node.start, node.end)
            if _INDENT.fullmatch(self.data, start, node.start):
                yield start, end
                return
        first = 0
        if node.name == "List":
            # Of a numbered list the first number stays, as it counts for all others.
            waits = [self._all_wait(item.start, item.end) for item in node.children]
            first = waits.index(False) if False in waits else 0
            markers = [_NUMBER.match(self.data, node.children[at].start) for at in (0, first)]
            if first and all(markers):
                begins, ends = (marker.end() for marker in markers if marker)
                yield begins, ends
            else:
                first = 0
        for child in node.children[first:]:
            yield from self._removable(child)


def _tree(data: bytes, body: str, shift: int) -> list[_Node]:
    """Return the blocks at the top level, with those inside."""
    root = _Node("", None, shift, len(data))
    path = [root]
    for key, name, detail, start, end, _ in blocks(body, data, shift):
        if key == "Start":
            node = _Node(name, detail, start, end)
            path[-1].children.append(node)
            path.append(node)
        elif key == "End":
            path[-1].end = max(end, path[-1].end)
            path.pop()
        elif key == "Html":
            path[-1].end = max(end, path[-1].end)
    return root.children


def _positions(data: bytes, text: bytes) -> Iterator[int]:
    """Yield the offsets at which a text is in the data."""
    at = data.find(text)
    while at >= 0:
        yield at
        at = data.find(text, at + 1)


def _line_above(data: bytes, at: int) -> _Range:
    """Return the range of the last line with text above an offset at the beginning of a line."""
    end = len(data[:at].rstrip(b" \t\r\n"))
    return max(data.rfind(b"\n", 0, end), data.rfind(b"\r", 0, end)) + 1, end


def _level(heading: _Node) -> int:
    detail = heading.detail
    level = detail.get("level") if isinstance(detail, dict) else detail
    return int(str(level)[-1]) if level else 1


def _lines(data: bytes, start: int, end: int) -> _Range:
    """Return the range of the lines of a block, with the empty lines behind it if others are above.

    One empty line is left between the blocks around it.
    """
    line = max(data.rfind(b"\n", 0, start), data.rfind(b"\r", 0, start)) + 1
    is_quoted = b">" in data[line:start]
    start = line
    end = start + len(data[start:end].rstrip(b" \t\r\n"))
    line_end = _NEWLINE.search(data, end)
    end = line_end.end() if line_end else len(data)
    blank_above = not data[:start].rstrip(b" \t") or bool(
        re.search(rb"(?:\r\n|\n|\r)[ \t>]*(?:\r\n|\n|\r)\Z", data[max(0, start - 200) : start])
    )
    if blank_above:
        blank = (_BLANK_LINES_OF_QUOTE if is_quoted else _BLANK_LINES).match(data, end)
        end = blank.end() if blank else end
    return start, end


def _without(article: Article, ranges: Sequence[_Range]) -> Remainder | None:
    """Return an article without some ranges; None if another text would stand in another block."""
    ranges = sorted(ranges)
    data = replace_ranges(article.data, [(start, end, b"") for start, end in ranges])
    if _outline(data, []) != _outline(article.data, ranges):
        return None
    kept, segments = [], []
    gaps = [0, *accumulate(end - start for start, end in ranges)]
    for index, segment in enumerate(article.segments):
        if not _covers(ranges, segment.start):
            gap = gaps[bisect_left(ranges, (segment.start,))]
            kept.append(index)
            segments.append(segment._replace(start=segment.start - gap, end=segment.end - gap))
    return Remainder(replace(article, data=data, segments=tuple(segments)), tuple(kept))


def _values(data: bytes, ranges: Sequence[_Range]) -> Iterator[FrontMatterValue]:
    """Yield the values of the front matter outside of some ranges."""
    whole = data.decode("utf-8", "replace")
    text = whole.removeprefix("\ufeff")
    at, offset = 0, len(data) - len(text.encode("utf-8"))
    for value in locate_front_matter(text).values:
        offset += len(text[at : value.start].encode("utf-8"))
        at = value.start
        if not _covers(ranges, offset):
            yield value


def _covers(ranges: Sequence[_Range], at: int) -> bool:
    """Return whether an offset is in one of some ranges, which are in order and do not overlap."""
    number = bisect_right(ranges, (at, sys.maxsize))
    return number > 0 and at < ranges[number - 1][1]


def _outline(data: bytes, ranges: Sequence[_Range]) -> object:
    """Return the texts outside of some ranges, each with the blocks around it, and definitions."""
    body, shift = markdown_body(data)
    path: list[object] = []
    texts: list[object] = []
    for key, name, detail, start, end, run in blocks(body, data, shift):
        # Lists are tight or loose by what is between their items, and begin with another number.
        if run and not _covers(ranges, run.start):
            texts.append((tuple(path), data[run.start : run.end]))
        if key == "Html" and not _covers(ranges, start):
            texts.append(data[start:end].strip())
        if key == "Start" and name != "Paragraph":
            path.append(name if name != "Heading" else (name, repr(detail)))
        elif key == "End" and name != "Paragraph" and path:
            path.pop()
    front = [(value.key, value.text) for value in _values(data, ranges)]
    return front, texts, sorted((label, link["dest"]) for label, link in definitions(body).items())
