"""How far the lines within components of MDX are indented, where an indent makes no code."""

from __future__ import annotations

import re

__all__ = ["Components"]

_ELEMENT = re.compile(r"<(?P<name>[A-Za-z][\w.-]*)?(?=[\s/>]|$)")


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
