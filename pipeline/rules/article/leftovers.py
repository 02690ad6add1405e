"""Leftovers in an article: open comments, merge conflicts, control characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from pipeline.findings import Problem, Severity
from pipeline.language import suggestion
from pipeline.rules.article.headings import byte_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.findings import Place
    from pipeline.model import Article
    from pipeline.rules.article.headings import Outline, PipelineComment

__all__ = ["check_control_characters", "check_leftovers", "check_pipeline_comments"]

_CONTROL_CHARACTERS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]+")
"""Control characters except tab, line ends and form feed, which old texts have between pages."""
_WORDS = ("context", "end", "ignore", "note", "skip")

# Not the marker =======, which Markdown reads as the underline of a heading.
_CONFLICT_MARKER = re.compile(rb"^(?:<{7}|>{7}|\|{7}) [^\r\n]*", re.M)


def check_leftovers(article: Article, outline: Outline) -> Iterator[tuple[Problem, Place]]:
    """Yield a comment that is never closed, and the lines with which git marks a conflict."""
    if outline.unclosed >= 0:
        end = outline.unclosed + len("<!--")
        message = "comment is never closed and hides all that follows: add '-->'"
        yield Problem("AR110", message), byte_place(article, outline.unclosed, end)
    is_in_code = _code_test(outline)
    for marker in _CONFLICT_MARKER.finditer(article.data):
        start, end = marker.span()
        if not is_in_code(start):
            message = "merge-conflict marker: keep one of the two sides and delete the markers"
            yield Problem("AR111", message), byte_place(article, start, end)


def check_control_characters(article: Article, outline: Outline) -> Iterator[tuple[Problem, Place]]:
    """Yield control characters outside code."""
    is_in_code = _code_test(outline)
    for match in _CONTROL_CHARACTERS.finditer(article.data):
        start, end = match.span()
        if is_in_code(start):
            continue
        message = f"invisible control character U+{match[0][0]:04X}: delete it"
        severity = None
        if b"\0" in match[0]:  # msgmerge and Poedit drop all that follows in the message
            message = "control character U+0000: delete it, because gettext loses the text after it"
            severity = Severity.ERROR
        yield Problem("AR113", message, severity=severity), byte_place(article, start, end)


def check_pipeline_comments(article: Article, outline: Outline) -> Iterator[tuple[Problem, Place]]:
    """Yield comments to the pipeline that have no effect, and skips that never end."""
    open_skip: PipelineComment | None = None
    for comment in outline.pipeline_comments:
        message = ""
        if comment.word not in _WORDS:
            words = ", ".join(_WORDS)
            hint = suggestion(comment.word, _WORDS, otherwise=f"expected one of {words}")
            message = f"unknown pipeline comment '{comment.word}'{hint}"
        elif comment.word == "end" and open_skip is None:
            message = "'pipeline: end' without 'pipeline: skip' before it: delete it"
        elif comment.word in ("skip", "end"):
            open_skip = (open_skip or comment) if comment.word == "skip" else None
        if message:
            yield Problem("AR112", message), byte_place(article, comment.start, comment.end)
    if open_skip is not None:
        message = "'pipeline: skip' skips all that follows: end it with <!-- pipeline: end -->"
        yield Problem("AR112", message), byte_place(article, open_skip.start, open_skip.end)


def _code_test(outline: Outline) -> Callable[[int], bool]:
    """Return a predicate for offsets inside code blocks, which must be in order."""
    starts = [first for first, _ in outline.code]

    def is_in_code(at: int) -> bool:
        count = bisect_right(starts, at)
        return count > 0 and at < outline.code[count - 1][1]

    return is_in_code
