"""Find headings and list items whose mark has another character than a space behind it, or none.

Keyboards and word processors put a no-break space there; CommonMark sees a paragraph. Only what can
be nothing else is found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.markdown.dialects.code_lines import Line

__all__ = ["find_odd_spaces", "may_have_odd_spaces"]

_ODD = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
_JOINED = "\u200b\u2060\ufeff"
"""Characters without a width."""
_CANDIDATE = re.compile(
    rf"^[ \t>]*(?:#{{1,6}}[{_ODD}]|#{{2,6}}[^\s#{_ODD}]|(?:[-*+]|\d{{1,9}}[.)])[{_ODD}])", re.M
)
_SIGNS = re.compile(rf"[-*+.)#][{_ODD}]|##[^\s#]")
_WORDS = rf"(?=[ \t{_ODD}]*[^\s{_ODD}])"
_HEADING = re.compile(
    rf"(?P<marks>#{{1,6}})(?!#)(?P<space>[{_ODD}]+{_WORDS}|(?=[^\s{_ODD}]))(?P<rest>.*)"
)
_PLAIN_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_BEGINS_TITLE = re.compile(r"[*_\"“«‘(\[¿¡]*[^\W_]")
_MARKUP = ' *_`"“«‘([¿¡'
_HANDLE = re.compile(r"\(\[?@[^()\s]+")
"""End of the heading of an expert."""
_ITEM = re.compile(
    rf"(?:(?P<bullet>[-*+])|(?P<number>\d{{1,9}})(?P<sign>[.)]))"
    rf"(?P<space>[{_ODD}]+|[ \t]+){_WORDS}(?P<rest>.*)"
)
_MOST_LINES = 10
"""Most lines from one item to the next."""
_MOST_INDENT = 3


class _Item(NamedTuple):
    """Line that looks like the first one of a list item."""

    line: int
    indent: int
    sign: str
    number: int
    odd: tuple[int, int] | None
    """Range of the odd space behind the mark."""
    has_words: bool
    """True if a letter follows; a digit may belong to a number below zero."""

    def is_beside(self, other: _Item) -> bool:
        """Return whether two items can be neighbours in one list."""
        return (
            (self.indent, self.sign) == (other.indent, other.sign)
            and abs(self.line - other.line) <= _MOST_LINES
            and (self.sign in "-*+" or abs(self.number - other.number) == 1)
        )


def may_have_odd_spaces(body: str) -> bool:
    """Return whether a line looks like a heading or a list item without its space."""
    return bool(_SIGNS.search(body) and _CANDIDATE.search(body))


def find_odd_spaces(body: str, lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return the ranges that stand for the space behind a mark, in order; some may be empty."""
    words = ["" if line.code else body[line.inner : line.end] for line in lines]
    # Code is no blank line: what is below it does not begin a paragraph for that.
    blank = [not line.code and not w.strip() for line, w in zip(lines, words, strict=True)]
    places = {*_headings(body, lines, words, blank), *_items(body, lines, words, blank)}
    return sorted(places)


def _headings(
    body: str, lines: Sequence[Line], words: Sequence[str], blank: Sequence[bool]
) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    pending: list[tuple[int, int]] = []
    is_form = False
    for at, line in enumerate(lines):
        match = _HEADING.match(words[at]) if words[at].startswith("#") else None
        if match is None or _indent(body, line) > _MOST_INDENT:
            continue
        start, end = (line.inner + offset for offset in match.span("space"))
        is_first = not at or blank[at - 1] or _is_heading(words[at - 1]) or lines[at - 1].code
        is_last = at + 1 == len(lines) or blank[at + 1] or lines[at + 1].code
        if match["space"]:
            if len(match["marks"]) > 1 or (is_first and not _is_hashtag(match)):
                places.append((start, end))
        elif len(match["marks"]) > 1 and _BEGINS_TITLE.match(match["rest"]):
            if _HANDLE.search(match["rest"]) or (is_first and is_last):
                places.append((start, end))
                is_form = True
            elif is_first:
                pending.append((start, end))
    # With text directly below, only beside others of this form.
    return places + (pending if is_form or len(pending) > 1 else [])


def _is_heading(words: str) -> bool:
    return bool(_PLAIN_HEADING.match(words)) or bool(_HEADING.match(words))


def _is_hashtag(match: re.Match[str]) -> bool:
    """Return whether a number sign and an invisible character make a hashtag, or a reference."""
    return not match["space"].strip(_JOINED) and " " not in match["rest"].strip()


def _items(
    body: str, lines: Sequence[Line], words: Sequence[str], blank: Sequence[bool]
) -> list[tuple[int, int]]:
    items = [
        _read_item(at, _indent(body, line), line.inner, match)
        for at, line in enumerate(lines)
        if (match := _ITEM.match(words[at]))
    ]
    places = []
    for n, item in enumerate(items):
        if item.odd is None:
            continue
        beside = [other for other in items[max(0, n - 1) : n + 2] if other is not item]
        if any(map(item.is_beside, beside)) or _stands_alone(item, words, blank):
            places.append(item.odd)
    return places


def _stands_alone(item: _Item, words: Sequence[str], blank: Sequence[bool]) -> bool:
    """Return whether a dash with its words is a block."""
    at = item.line
    is_block = (not at or blank[at - 1]) and (at + 1 == len(words) or blank[at + 1])
    return item.sign == "-" and is_block and item.has_words


def _read_item(at: int, indent: int, inner: int, match: re.Match[str]) -> _Item:
    is_odd = bool(match["space"].strip(" \t"))
    start, end = (inner + offset for offset in match.span("space"))
    sign, number = match["bullet"] or match["sign"], int(match["number"] or 0)
    has_words = match["rest"].lstrip(_MARKUP)[:1].isalpha()
    return _Item(at, indent, sign, number, (start, end) if is_odd else None, has_words)


def _indent(body: str, line: Line) -> int:
    """Return the columns of a line's indent behind the marks of block quotes."""
    margin = body[line.start : line.inner]
    quoted = margin.rpartition(">")
    return len(quoted[2].expandtabs(4)) - (bool(quoted[1]) and quoted[2].startswith(" "))
