"""Where the visible text stands in a block of raw HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import accumulate
from typing import NamedTuple

__all__ = ["Piece", "pieces"]

# Phrasing content of the HTML standard: tags that may stand inside a sentence.
INLINE_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "font",
    ]
)
_SILENT = frozenset(
    [
        "script",
        "style",
        "pre",
        "textarea",
        "template",
        "svg",
        "math",
        "noscript",
        "iframe",
        "object",
    ]
)


class Piece(NamedTuple):
    """A run of text with its inline tags, or a comment."""

    comment: bool
    start: int
    """Offset in bytes of the block."""
    end: int


def pieces(block: bytes) -> list[Piece]:
    """Find the texts and the comments of an HTML block, in order.

    A text is as long as no tag but an inline one comes; it begins and ends with
    visible text or the inline tag next to it.
    """
    # One character per byte, so that the parser's positions are the bytes'.
    finder = _Finder(block.decode("latin-1"))
    return finder.found


class _Finder(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[Piece] = []
        self.lines = [0, *accumulate(len(line) for line in text.split("\n"))]
        self.lines = [at + i for i, at in enumerate(self.lines)]
        self.text = text
        self.silent = 0
        self.start = -1
        self.words = False
        self.feed(text)
        self.close()
        self.border(len(text))

    def at(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def border(self, end: int) -> None:
        """End the text that is open, if there is one."""
        if self.start >= 0 and self.words:
            raw = self.text[self.start : end]
            left = len(raw) - len(raw.lstrip(" \t\r\n\f"))
            self.found.append(
                Piece(False, self.start + left, self.start + len(raw.rstrip(" \t\r\n\f")))
            )
        self.start = -1
        self.words = False

    def inline(self) -> None:
        if self.start < 0 and not self.silent:
            self.start = self.at()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in INLINE_TAGS:
            self.inline()
            return
        self.border(self.at())
        if tag in _SILENT:
            self.silent += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in INLINE_TAGS:
            self.inline()
        else:
            self.border(self.at())

    def handle_endtag(self, tag: str) -> None:
        if tag in INLINE_TAGS:
            self.inline()
            return
        self.border(self.at())
        if tag in _SILENT and self.silent:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        self.inline()
        self.words = self.words or any(c.isalpha() or c >= "\x80" for c in data)

    def handle_entityref(self, name: str) -> None:
        self.inline()

    def handle_charref(self, name: str) -> None:
        self.inline()

    def handle_comment(self, data: str) -> None:
        self.border(self.at())
        self.found.append(Piece(True, self.at(), self.at() + len(data) + 7))

    def handle_decl(self, decl: str) -> None:
        self.border(self.at())

    def handle_pi(self, data: str) -> None:
        self.border(self.at())

    def unknown_decl(self, data: str) -> None:
        self.border(self.at())
