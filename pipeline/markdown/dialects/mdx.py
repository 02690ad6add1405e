"""Recognise MDX, and find the indents of its components and the texts in one line."""

from __future__ import annotations

import re
from string import ascii_uppercase

from pipeline.markdown.dialects.attributes import text_attributes

__all__ = ["MODULE", "Components", "of_component", "of_script", "texts"]

_ELEMENT = re.compile(r"<(?P<name>[A-Za-z][\w.-]*)?(?=[\s/>]|$)")
_WHOLE = re.compile(
    r"""<([A-Z][a-z][\w.]*)(?:[^<>"'{}]|"[^"]*"|'[^']*'|\{[^{}]*\})*(?<!/)>"""
    r"""[ \t]*(?P<words>[^ \t].*)</\1>"""
)
_DEEPEST = 8
"""Most components nested around one text; more would not be linear."""
MODULE = re.compile(
    r"import\s+(?:[\w*{][^\n]*\bfrom\s*)?['\"][^'\"\n]+['\"];?[ \t]*$|import\s*(?:type\s*)?\{[^}]*$"
    r"|export\s+(?:const|let|var|default|async|function|class|\*|\{)"
)
"""Import and export statements of MDX."""
_CAPITALS = frozenset(ascii_uppercase)
_TAG_START = re.compile(r"<[A-Z][\w.]*")
_OF_MDX = re.compile(r"[a-z][\w-]*=\{[\[{(`\"'\w]")
_TAG_OF_SCRIPT = re.compile(r"</[A-Z][\w.]*>[ \t]*$|</?>[ \t]*$|\{/\*|<[A-Z][\w.]*(?=[\s/>]|$)")


def of_component(words: str, following: str) -> bool:
    """Return whether a line begins a tag that has an attribute of MDX on the following line."""
    return _TAG_START.fullmatch(words.rstrip()) is not None and _OF_MDX.match(following) is not None


def of_script(words: str) -> bool:
    """Return whether a line can only be MDX, not HTML, and has nothing to translate."""
    if not _TAG_OF_SCRIPT.match(words):
        return False
    end = words.rstrip()
    return words[1] not in _CAPITALS or end.endswith("/>") or ("={" in words and end[-1] in ">{[(")


def texts(line: str) -> list[tuple[int, int]]:
    """Return the ranges of the texts in a line that is one whole component; none for other lines.

    Its tags are not left in a text, because a component may accept only some others as children.
    """
    start, end = 0, len(line.rstrip())
    spans: list[tuple[int, int]] = []
    for _ in range(_DEEPEST):
        element = _WHOLE.fullmatch(line, start, end)
        if not element or f"<{element[1]}" in element["words"]:
            break
        spans += text_attributes(line, start, element.start("words"))
        start = element.start("words")
        end = start + len(element["words"].rstrip())
    return [*spans, (start, end)] if start else []


class Components:
    """Components that are open at a line; every line must be passed in turn."""

    def __init__(self) -> None:
        self._bases: list[int | None] = []
        self._open = ""
        """Name of a tag that continues on the next line."""

    def indent(self, words: str, indent: int, *, code: bool) -> int:
        """Return the columns of a line's indent that belong to the components around it.

        ``words`` is the line behind its indent.
        """
        if words.startswith("</") and not code and self._bases:
            self._bases.pop()
        base = self._bases[-1] if self._bases else 0
        if base is None:
            base = self._bases[-1] = indent
        if not code:
            self._open_element(words)
        return base

    def _open_element(self, words: str) -> None:
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
