"""Code fences that are never closed, or that open a block of code where they should close one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.findings import Problem
from pipeline.rules.article.headings import byte_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Place
    from pipeline.model import Article
    from pipeline.rules.article.headings import Fence, Outline

__all__ = ["check_fences"]

_MARK = re.compile(rb"`{3,}|~{3,}")
_PREFIX = re.compile(rb"[ \t>]*")
_MOST_INDENT = 3
"""Columns by which a closing fence may be indented more than the opening one."""
_LONGEST_HEAD = 200
"""Most bytes that are looked at in front of a fence; more would not be linear."""
_MID_LINE = re.compile(rb"(?<=[^\s`>])[ \t]*(?P<mark>(?<!`)`{3,})(?P<info>[\w+#.-]*)[ \t]*$", re.M)
_LINE_END = re.compile(rb"\r\n|\n|\r")
_INNER = re.compile(
    rb"(?<=[\r\n])[ \t>]*(?:\r\n|\n|\r)(?P<indent>[ \t>]*)(?P<mark>`{3,}|~{3,})"
    rb"[ \t]*[A-Za-z][\w+#-]*[ \t]*(?=[\r\n])"
)
"""A line that opens code in a language, below a blank line."""


def check_fences(article: Article, outline: Outline) -> Iterator[tuple[Problem, Place]]:
    """Yield the first code fence that swallows text which its author meant to be read.

    A fence that the parser sees closed counts, too, if what closes it was meant to open code or the
    other way round. All fences below the first mistake are read the wrong way, so only that one is
    reported.
    """
    mistakes = [*_mid_line(article, outline), *_unclosed(article, outline)]
    for start, message in sorted(mistakes)[:1]:
        end = _line_end(article.data, start)
        yield Problem("AR114", message), byte_place(article, start, end)


def _unclosed(article: Article, outline: Outline) -> Iterator[tuple[int, str]]:
    """Yield the offsets of fences that are not closed, each with the message."""
    data = article.data
    end = len(data.rstrip(b" \t\r\n>"))
    followers = (*outline.fences[1:], None)
    for fence, following in zip(outline.fences, followers, strict=False):
        if _is_closed(data, fence):
            if inner := _find_inner(data, fence):
                line = byte_place(article, inner, inner).line
                message = f"code fence is not closed before line {line} opens the next one"
                yield fence.start, f"{message}: close it where its code ends"
        elif fence.end >= end:
            message = "code fence is never closed and hides all that follows: close it"
            yield fence.start, f"{message} where its code ends"
        elif following and not following.info and _follows(data, fence, following):
            line = byte_place(article, following.start, following.start).line
            message = f"code fence is not closed: that of line {line} is outside of its list item"
            yield fence.start, f"{message} or quotation: indent it like the opening one"


def _is_closed(data: bytes, fence: Fence) -> bool:
    lines = _LINE_END.split(data[fence.start : fence.end].rstrip(b" \t\r\n"))
    mark = _MARK.match(lines[0])
    if len(lines) < 2 or mark is None:
        return False
    last = lines[-1]
    inner = _PREFIX.sub(b"", last, count=1).rstrip(b" \t")
    if not inner.startswith(mark[0]) or inner.strip(mark[0][:1]):
        return False
    columns = _columns(last[: len(last.rstrip(b" \t")) - len(inner)])
    return columns <= _indent(data, fence) + _MOST_INDENT


def _indent(data: bytes, fence: Fence) -> int:
    """Return the columns in front of an opening fence, marks of lists and quotations included."""
    head = data[max(0, fence.start - _LONGEST_HEAD) : fence.start]
    return _columns(_LINE_END.split(head)[-1])


def _columns(prefix: bytes) -> int:
    return len(prefix.decode("utf-8", "replace").expandtabs(4))


def _find_inner(data: bytes, fence: Fence) -> int:
    """Return the offset of a line in the code that is meant to open code; 0 if there is none.

    It is one if a blank line is above it, as in prose.
    """
    raw = data[fence.start : fence.end]
    mark = _MARK.match(raw)
    if mark is None:
        return 0
    most = _indent(data, fence) + _MOST_INDENT
    for line in _INNER.finditer(raw):
        is_long = line["mark"].startswith(mark[0])
        if is_long and _columns(line["indent"]) <= most:
            return fence.start + line.start("mark")
    return 0


def _follows(data: bytes, fence: Fence, following: Fence) -> bool:
    """Return whether there are only spaces and marks of quotations between two blocks."""
    return not data[fence.end : following.start].strip(b" \t\r\n>")


def _mid_line(article: Article, outline: Outline) -> Iterator[tuple[int, str]]:
    """Yield the offsets of fences behind the words of a line, which open no code.

    Only a fence without a language below, which should close the code, shows that it was meant.
    """
    starts = iter(outline.fences)
    following = next(starts, None)
    for text in outline.texts:
        while following and following.start < text.end:
            following = next(starts, None)
        if following is None:
            return
        if following.info:
            continue
        raw = article.data[text.start : text.end]
        match = next(reversed(list(_MID_LINE.finditer(raw))), None)
        if match is None or _has_pair(raw, match):
            continue
        line = byte_place(article, following.start, following.start).line
        yield (
            text.start + match.start("mark"),
            f"code fence in the middle of a line opens no code, so that of line {line} does "
            "and hides what follows: put it on a line of its own",
        )


def _has_pair(raw: bytes, match: re.Match[bytes]) -> bool:
    """Return whether a fence in the middle of a line is one end of code in that line or below."""
    same = re.compile(rb"(?<!`)%s(?!`)" % match["mark"])
    return same.search(raw, match.end()) is not None or len(same.findall(raw)) % 2 == 0


def _line_end(data: bytes, start: int) -> int:
    match = _LINE_END.search(data, start)
    return match.start() if match else len(data)
