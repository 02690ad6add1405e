"""Leftovers in an article: open comments, merge conflicts, control characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from pipeline.findings import Problem, Severity
from pipeline.language import suggestion
from pipeline.rules.article.headings import place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.findings import Place
    from pipeline.model import Article
    from pipeline.rules.article.headings import Order, Outline

__all__ = ["controls", "leftovers", "orders"]

_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]+")
"""Control characters except tab, line ends and form feed, which old texts have between pages."""
_WORDS = ("context", "end", "ignore", "note", "skip")

_CONFLICT = re.compile(rb"^(?:<{7}|>{7}|\|{7}) [^\r\n]*", re.M)


def leftovers(article: Article, found: Outline) -> Iterator[tuple[Problem, Place]]:
    """Yield a comment that is never closed, and the lines with which git marks a conflict."""
    if found.unclosed >= 0:
        end = found.unclosed + len("<!--")
        message = "comment is never closed and hides all that follows: add '-->'"
        yield Problem("AR110", message), place(article, found.unclosed, end)
    in_code = _in_code(found)
    for mark in _CONFLICT.finditer(article.data):
        start, end = mark.span()
        if not in_code(start):
            message = "merge-conflict marker: keep one of the two sides and delete the markers"
            yield Problem("AR111", message), place(article, start, end)


def controls(article: Article, found: Outline) -> Iterator[tuple[Problem, Place]]:
    """Yield control characters outside code."""
    in_code = _in_code(found)
    for signs in _CONTROLS.finditer(article.data):
        start, end = signs.span()
        if in_code(start):
            continue
        message = f"invisible control character U+{signs[0][0]:04X}: delete it"
        severity = None
        if b"\0" in signs[0]:  # msgmerge and Poedit drop all that follows in the message
            message = "control character U+0000: delete it, because gettext loses the text after it"
            severity = Severity.ERROR
        yield Problem("AR113", message, severity=severity), place(article, start, end)


def orders(article: Article, found: Outline) -> Iterator[tuple[Problem, Place]]:
    """Yield comments to the pipeline that have no effect, and skips that never end."""
    skip: Order | None = None
    for order in found.orders:
        message = ""
        if order.word not in _WORDS:
            hint = suggestion(order.word, _WORDS, otherwise=f"expected one of {', '.join(_WORDS)}")
            message = f"unknown pipeline comment '{order.word}'{hint}"
        elif order.word == "end" and skip is None:
            message = "'pipeline: end' without 'pipeline: skip' before it: delete it"
        elif order.word in ("skip", "end"):
            skip = (skip or order) if order.word == "skip" else None
        if message:
            yield Problem("AR112", message), place(article, order.start, order.end)
    if skip is not None:
        message = "'pipeline: skip' skips all that follows: end it with <!-- pipeline: end -->"
        yield Problem("AR112", message), place(article, skip.start, skip.end)


def _in_code(found: Outline) -> Callable[[int], bool]:
    """Return a predicate for offsets inside code blocks, which must be in order."""
    starts = [first for first, _ in found.code]

    def is_in(at: int) -> bool:
        before = bisect_right(starts, at)
        return before > 0 and at < found.code[before - 1][1]

    return is_in
