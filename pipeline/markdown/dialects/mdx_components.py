"""Components of MDX: how far the lines within them are indented, and the texts in one line."""

from __future__ import annotations

import re

from pipeline.markdown.dialects.patterns import text_attributes

__all__ = ["Components", "texts"]

_ELEMENT = re.compile(r"<(?P<name>[A-Za-z][\w.-]*)?(?=[\s/>]|$)")
_WHOLE = re.compile(
    r"""<([A-Z][a-z][\w.]*)(?:[^<>"'{}]|"[^"]*"|'[^']*'|\{[^{}]*\})*(?<!/)>"""
    r"""[ \t]*(?P<words>[^ \t].*)</\1>"""
)
_DEEPEST = 8
"""Components in each other around one text; more would not be linear."""


def texts(line: str) -> list[tuple[int, int]]:
    """Give where the texts are in a line that is one component as a whole; none where it is not.

    Its tags are not left in a text: a component may take only some others as its children.
    """
    start, end = 0, len(line.rstrip())
    spans: list[tuple[int, int]] = []
    for _ in range(_DEEPEST):
        found = _WHOLE.fullmatch(line, start, end)
        if not found or f"<{found[1]}" in found["words"]:
            break
        spans += text_attributes(line, start, found.start("words"))
        start = found.start("words")
        end = start + len(found["words"].rstrip())
    return [*spans, (start, end)] if start else []


class Components:
    """The components that are open at a line; told of every line in turn."""

    def __init__(self) -> None:
        self._bases: list[int | None] = []
        self._open = ""
        """Name of a tag that goes on in the next line."""

    def indent(self, words: str, indent: int, *, code: bool) -> int:
        """Give how many columns of a line's indent belong to the components around it.

        ``words`` is the line behind its indent.
        """
        if words.startswith("</") and not code and self._bases:
            self._bases.pop()
        base = self._bases[-1] if self._bases else 0
        if base is None:
            base = self._bases[-1] = indent
        if not code:
            self._opened(words)
        return base

    def _opened(self, words: str) -> None:
        element = _ELEMENT.match(words)
        if not self._open and not element:
            return
        name = self._open or (element["name"] if element else "") or ">"
        text = words.rstrip()
        self._open = ""
        if f"</{name}" in text or text.endswith("/>"):
            return
        if not text.endswith(">") and ">" not in text:
            self._open = name
        elif text.endswith(">"):
            self._bases.append(None)
