"""Convert a segment to plain text for proofreading, with offsets mapped back to its Markdown."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from pipeline.markdown.marks import PLAIN
from pipeline.markdown.parser import inline
from pipeline.ranges import replace_ranges

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from pipeline.markdown.parser import Inline

__all__ = ["NEUTRAL", "Plain", "plain", "visible"]

NEUTRAL = "Linux"
"""Word in place of code and addresses: a name that every dictionary knows."""

_ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|[A-Za-z]\w*);")
_MARKED = re.compile(r"[*_~`\[\]<>\\\n&@#:%${\u0300-\u036f]|www\.")
_DECOMPOSED = re.compile(r"[^\W\d_][\u0300-\u036f]+")
_READ_AS_WRITTEN = {"handle", "hashtag"}
"""Kinds of marks that are read as they are."""
_UNREAD = ("{:", "{#", "{.", "{%", "{>>", "%%", "{/*")
"""Beginnings of placeholders that leave nothing on the page."""
_LINE_BREAK = re.compile(r"<br\b", re.I)


class Plain(NamedTuple):
    """A text without markup; offsets in code points."""

    text: str
    pieces: tuple[tuple[int, int, int], ...] = ((0, 0, 1),)
    """Start of each piece, its start in the Markdown, and 1 if both advance in step; 0 if the whole
    piece replaces the Markdown up to the next one.
    """
    opaque: tuple[tuple[int, int], ...] = ()
    """Ranges with nothing to proofread."""
    length: int = 0
    """Length of the Markdown."""

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the Markdown that a range of the plain text came from."""
        first = self._at(start, behind=False)
        return first, max(first, self._at(end - 1, behind=True)) if end > start else first

    def hides(self, start: int, end: int) -> bool:
        """Return whether a range overlaps one with nothing to proofread."""
        before = bisect_left(self.opaque, (end,))  # they do not overlap
        return before > 0 and start < self.opaque[before - 1][1]

    def _at(self, offset: int, *, behind: bool) -> int:
        if offset >= len(self.text) and not behind:
            return self.length
        # The key is above any piece that begins at the offset.
        index = bisect_right(self.pieces, (offset, self.length + 1, 2)) - 1
        begins, origin, step = self.pieces[index]
        if step:
            return origin + offset - begins + behind
        if not behind:
            return origin
        return self.pieces[index + 1][1] if index + 1 < len(self.pieces) else self.length


class _Cut(NamedTuple):
    start: int
    end: int
    text: str
    """Text that is read in its place."""
    opaque: bool


def plain(text: str, labels: frozenset[str] = frozenset()) -> Plain:
    """Remove the markup of a segment.

    Marks, tags and footnote marks are removed, entities become their characters, line breaks become
    line ends; code, addresses and placeholders become a neutral word, or nothing if they leave
    nothing on the page. ``labels`` are the reference labels of the article.
    """
    if not _MARKED.search(text):
        return Plain(text, length=len(text))
    parts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    opaque: list[tuple[int, int]] = []
    at = length = 0
    for cut in sorted(_cuts(text, labels)):
        # It is inside of a construct that is replaced as a whole.
        if cut.start < at:
            continue
        if cut.start > at:
            pieces.append((length, at, 1))
            parts.append(text[at : cut.start])
            length += cut.start - at
        if cut.text:
            pieces.append((length, cut.start, int(cut.text == text[cut.start : cut.end])))
            parts.append(cut.text)
            length += len(cut.text)
        if cut.opaque and cut.text:
            opaque.append((length - len(cut.text), length))
        at = cut.end
    pieces.append((length, at, 1))
    parts.append(text[at:])
    return Plain("".join(parts), tuple(pieces), tuple(opaque), len(text))


def visible(
    text: str,
    labels: frozenset[str] = frozenset(),
    without: Container[str] = (),
) -> str:
    """Return the text of a segment as its page shows it, with its code and addresses.

    Marks and tags vanish as in `plain`. Placeholders and marks of footnotes stay as they are
    written. Constructs of the kinds in ``without`` (see `Inline`) are left out whole.
    """
    if not _MARKED.search(text):
        return text
    items = inline(text, labels)
    cuts = [cut for item in items for cut in _invisible_parts(item, without)]
    cuts += _entities(_without_markup(text, items))
    return replace_ranges(text, _outermost(cuts))


def _invisible_parts(item: Inline, without: Container[str]) -> Iterator[tuple[int, int, str]]:
    """Yield what a page does not show of a construct, or shows in another way."""
    if item.kind in without:
        yield item.start, item.end, ""
    elif item.kind == "escape":
        yield item.start, item.start + 1, ""
    elif item.kind in ("code", "address"):
        yield item.start, item.end, item.target
    elif item.kind == "break":
        yield item.start, item.end, " "
    elif item.kind != "placeholder":
        yield item.start, item.inner_start, ""
        yield item.inner_end, item.end, ""


def _outermost(cuts: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield cuts in their order, but none that is within the one before."""
    at = 0
    for start, end, new in sorted(cuts):
        if start >= at:
            yield start, end, new
            at = end


def _without_markup(text: str, items: Iterable[Inline]) -> str:
    """Return the text with spaces in place of marks and of code, in which entities do not count."""
    rest = list(text)
    for item in items:
        if item.kind != "escape":
            for start, end in ((item.start, item.inner_start), (item.inner_end, item.end)):
                rest[start:end] = " " * (end - start)
        elif text.startswith("&", item.start + 1):
            rest[item.start + 1] = " "
    return "".join(rest)


def _entities(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _ENTITY.finditer(text):
        if match[0][1] == "#" or match[0][1:] in html5:
            yield (*match.span(), html.unescape(match[0]))


def _cuts(text: str, labels: frozenset[str]) -> Iterator[_Cut]:
    """Return the parts that are not read as they are; inner marks and parts in them may overlap."""
    items = inline(text, labels)
    for item in items:
        yield from _cuts_of(item)
    rest = _without_markup(text, items)
    for kind, pattern in PLAIN.items():
        for match in pattern.finditer(rest):
            replacement = (
                match[0] if kind in _READ_AS_WRITTEN else "" if kind == "footnote" else NEUTRAL
            )
            yield _Cut(*match.span(), replacement, True)
        rest = pattern.sub(lambda m: " " * len(m[0]), rest)
    for match in _DECOMPOSED.finditer(rest):  # engines know only letters in one piece
        yield _Cut(*match.span(), normalize("NFC", match[0]), False)
    for entity in _entities(rest):
        yield _Cut(*entity, False)


def _cuts_of(item: Inline) -> Iterator[_Cut]:
    if item.kind == "escape":
        yield _Cut(item.start, item.start + 1, "", False)
    elif item.kind == "placeholder" and item.target.startswith(_UNREAD):
        yield _Cut(item.start, item.end, "", True)
    elif item.kind in ("code", "address", "placeholder"):
        yield _Cut(item.start, item.end, NEUTRAL, True)
    elif item.kind == "break" or (item.kind == "tag" and _LINE_BREAK.match(item.target)):
        yield _Cut(item.start, item.end, "\n", False)
    else:
        yield _Cut(item.start, item.inner_start, "", False)
        yield _Cut(item.inner_end, item.end, "", False)
