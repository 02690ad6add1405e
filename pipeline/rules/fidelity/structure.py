"""Translations that Markdown reads as a list, a heading, a table or the like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.findings import Problem
from pipeline.markdown import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["structure"]

_BLANK = " \t\r\n"
"""Characters that a build strips around a text."""
_SUSPECT = re.compile(r"[-*+#>`~|=<:\[_]|\d{1,9}[.)](?:[ \t]|$)")
_LINE = re.compile(r"[^\r\n]+")
_SIGN = re.compile(r"[ \t]*(?:\d{1,9}(?=[.)])|(?=[-*+#>`~|=<\[_]))(.)")
_GAP = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_PARAGRAPH = [("Start", "Paragraph"), ("End", "Paragraph")]


def structure(source: str, target: str) -> Iterator[Problem]:
    """Yield the places where a target is not one paragraph, unless its source has the same blocks.

    The text is parsed alone; a build parses it in its page, and leaves out a text that breaks it.
    """
    text = target.strip(_BLANK)
    if not (_SUSPECT.match(text) or "\n" in text or "\r" in text):
        return
    bones = _bones(text)
    if bones in (_PARAGRAPH, _bones(source.strip(_BLANK))) or not text:
        return
    shift = target.index(text)
    found = False
    for line, start, end in _breaking(text):
        found = True
        sign = text[start:end]
        yield Problem(
            "MK109",
            f"'{text[line:end]}' at the start of a line is markup: put a backslash before '{sign}'",
            shift + start,
            shift + end,
            ("\\" + sign,),
        )
    gap = _GAP.search(text)
    if gap:
        message = "empty line within a paragraph: delete it"
        yield Problem("MK109", message, shift + gap.start(), shift + gap.end())
    elif not found:
        yield Problem("MK109", "the translation is not one paragraph, unlike its source text")


def _bones(text: str) -> list[tuple[str, str]]:
    return [(block.key, block.name) for block in blocks(text, text.encode("utf-8"), 0)]


def _breaking(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the start of each line that is not plain text, and the range of its sign."""
    for line in _LINE.finditer(text):
        sign = _SIGN.match(line[0])
        if not sign:
            continue
        alone = line[0].strip(_BLANK)
        underline = line.start() and not alone.strip("=-")
        if underline or _bones(alone) != _PARAGRAPH:
            yield line.start(), line.start() + sign.start(1), line.start() + sign.end(1)
