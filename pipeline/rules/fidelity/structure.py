"""Translations that Markdown reads as a list, a heading, a table or the like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.findings import Problem
from pipeline.markdown import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["check_structure"]

_SPACES = " \t\r\n"
"""Characters that a build strips around a text."""
_MAYBE_MARKUP = re.compile(r"[-*+#>`~|=<:\[_]|\d{1,9}[.)](?:[ \t]|$)")
"""Beginnings of blocks other than paragraphs; a quick test that saves most texts the parser."""
_LINE = re.compile(r"[^\r\n]+")
_FIRST_CHARACTER = re.compile(r"[ \t]*(?:\d{1,9}(?=[.)])|(?=[-*+#>`~|=<\[_]))(.)")
_EMPTY_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_PARAGRAPH = [("Start", "Paragraph"), ("End", "Paragraph")]


def check_structure(source: str, target: str) -> Iterator[Problem]:
    """Yield the places where a target is not one paragraph, unless its source has the same blocks.

    The text is parsed alone; a build parses it in its page, and leaves out a text that breaks it.
    """
    text = target.strip(_SPACES)
    if not (_MAYBE_MARKUP.match(text) or "\n" in text or "\r" in text):
        return
    target_blocks = _block_events(text)
    if target_blocks in (_PARAGRAPH, _block_events(source.strip(_SPACES))) or not text:
        return
    shift = target.index(text)
    has_markup_line = False
    for line, start, end in _markup_lines(text):
        has_markup_line = True
        char = text[start:end]
        yield Problem(
            "MK109",
            f"'{text[line:end]}' at the start of a line is markup: put a backslash before '{char}'",
            shift + start,
            shift + end,
            ("\\" + char,),
        )
    empty_line = _EMPTY_LINE.search(text)
    if empty_line:
        message = "empty line within a paragraph: delete it"
        yield Problem("MK109", message, shift + empty_line.start(), shift + empty_line.end())
    elif not has_markup_line:
        yield Problem("MK109", "the translation is not one paragraph, unlike its source text")


def _block_events(text: str) -> list[tuple[str, str]]:
    return [(block.key, block.name) for block in blocks(text, text.encode("utf-8"), 0)]


def _markup_lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the start of each line that is not plain text, and the range of its sign."""
    for line in _LINE.finditer(text):
        match = _FIRST_CHARACTER.match(line[0])
        if not match:
            continue
        stripped = line[0].strip(_SPACES)
        # Below another line, = or - make a heading of it; alone they are text or a rule.
        underline = line.start() and not stripped.strip("=-")
        if underline or _block_events(stripped) != _PARAGRAPH:
            yield line.start(), line.start() + match.start(1), line.start() + match.end(1)
