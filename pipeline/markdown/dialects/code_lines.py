"""Split a body into lines, and find those that are code or HTML, where no dialect is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DIRECTIVE", "TEXTUAL", "Edit", "Line", "Lines"]

_LINE = re.compile(r"[^\r\n]*(\r\n|\n|\r|\Z)")
_PREFIX = re.compile(r"(?:[ \t]*>)*[ \t]*")


_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_ITEM_FENCE = re.compile(r"(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+(?=`{3,}+[^`]*$|~{3})")
"""Marks of list items in front of a fence."""
_MOST_INDENT = 3
"""Columns by which a closing fence may be indented more than the opening one."""
_HTML = re.compile(
    r"</?(?:address|article|aside|blockquote|body|center|col|colgroup|dd|details|dialog|dir|div|dl"
    r"|dt|fieldset|figcaption|figure|footer|form|frame|h[1-6]|head|header|hr|html|iframe|legend|li"
    r"|link|main|menu|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody"
    r"|td|tfoot|th|thead|title|tr|ul)(?=[\s/>]|$)",
    re.I,
)
"""Tags that begin a block of HTML, which a blank line ends (CommonMark 0.31, 4.6, kind 6)."""
_LITERAL = re.compile(r"<(?:(?P<name>pre|script|style|textarea)(?=[\s>]|$)|(?P<comment>!--))", re.I)
_MARKED_HTML = re.compile(
    r"<(?P<name>[A-Za-z][\w-]*+)(?=[^<>]*\smarkdown(?:=[\"']?(?:1|block|span)[\"']?)?[\s>])"
    r"[^<>]*+>[ \t]*$"
)
"""A tag whose content is marked as Markdown (Markdown Extra, kramdown, Python-Markdown)."""

DIRECTIVE = re.compile(r"(?P<fence>`{3,}|~{3,}|:{3,})\{(?P<name>[\w:+-]+)\}[ \t]*(?P<title>.*)")
_TEXTUAL = (
    "admonition attention caution danger error hint important note tip warning seealso topic"
    " sidebar epigraph margin aside dropdown details card tab-set tab-item grid grid-item"
    " grid-item-card versionadded versionchanged deprecated div container figure table list-table"
    " glossary prf:theorem prf:proof proof theorem exercise solution pull-quote highlights"
    " blockquote button-link card-carousel"
)
TEXTUAL = frozenset(_TEXTUAL.split())
"""Directives of MyST and Sphinx that contain Markdown; all others are code."""


class Edit(NamedTuple):
    """A range of the body that the parser sees as another text; offsets in code points."""

    start: int
    end: int
    text: str
    opaque: bool
    """True if the range is between blocks."""


class Line(NamedTuple):
    """A line of a body; offsets in its text."""

    start: int
    inner: int
    """Offset behind the marks of block quotes and the indent."""
    end: int
    """Offset before the line end."""
    code: bool
    """True if the line cannot be of a dialect: fenced code, HTML, the end of a directive."""


class Lines:
    """Lines of a body, with those marked that are fenced code or blocks of HTML.

    Ends of directives, and tags around Markdown, become edits. In MDX (``script``) Markdown may be
    between any tags.
    """

    def __init__(self, body: str, edits: list[Edit], *, script: bool = False) -> None:
        self._body = body
        self._script = script
        self._edits = edits
        self._fence, self._quotes, self._column = "", 0, 0
        self._directives: list[str] = []
        self._until = ""
        """End of the open HTML block (a line feed for a blank line); empty if none is open."""
        self._marked: list[str] = []

    def __iter__(self) -> Iterator[Line]:
        for match in _LINE.finditer(self._body):
            start, end = match.start(), match.start(1)
            prefix = _PREFIX.match(self._body, start, end)
            inner = prefix.end() if prefix else start
            yield Line(start, inner, end, self._is_code(start, inner, end))
            if match.end() == len(self._body):
                return

    def _is_code(self, start: int, inner: int, end: int) -> bool:
        words = self._body[inner:end]
        # A fence ends with the block quote that it is in.
        if self._fence and self._body.count(">", start, inner) < self._quotes:
            self._fence = ""
        if self._fence:
            ends = words.startswith(self._fence) and not words.strip(self._fence[0] + " \t")
            if ends and self._columns(start, inner) <= self._column + _MOST_INDENT:
                self._fence = ""
            return True
        if self._until:
            return self._in_html(words)
        if words[:1] in ("`", "~") and (opening := _FENCE.match(words)):
            return self._opens_code(opening, start, inner, end)
        if ("```" in words or "~~~" in words) and (item := _ITEM_FENCE.match(words)):
            opening = _FENCE.match(words, item.end())
            if opening and not DIRECTIVE.match(words, item.end()):
                return self._opens_code(opening, start, inner + item.end(), end)
        return words[:1] == "<" and self._begins_html(words, inner, end)

    def _opens_code(self, opening: re.Match[str], start: int, inner: int, end: int) -> bool:
        mark = opening[1] or opening[2]
        named = DIRECTIVE.match(self._body, inner, end)
        if named and named["name"] in TEXTUAL:
            self._directives.append(mark)
            return False
        ends = self._directives and opening[0].strip() == mark
        if ends and mark.startswith(self._directives[-1]):
            self._directives.pop()
            self._edits.append(Edit(inner, end, "", True))
        else:
            self._fence, self._quotes = mark, self._body.count(">", start, inner)
            self._column = self._columns(start, inner)
        return True

    def _columns(self, start: int, inner: int) -> int:
        return len(self._body[start:inner].expandtabs(4))

    def _in_html(self, words: str) -> bool:
        if self._until == "\n":
            if not words.strip():
                self._until = ""
        elif self._until in words.lower():
            self._until = ""
        return True

    def _begins_html(self, words: str, inner: int, end: int) -> bool:
        literal = _LITERAL.match(words)
        if literal:
            close = "-->" if literal["comment"] else f"</{literal['name'].lower()}"
            self._until = "" if close in words.lower()[literal.end() :] else close
            return True
        marked = _MARKED_HTML.match(words)
        if marked:
            self._marked.append(marked["name"])
        elif self._marked and words.strip() == f"</{self._marked[-1]}>":
            self._marked.pop()
        else:
            self._until = "\n" if _HTML.match(words) and not self._script else ""
            return bool(self._until)
        self._edits.append(Edit(inner, end, "", True))
        return True
