"""What was left in an article by mistake: an open comment, the marks of a conflict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.findings import Problem
from pipeline.rules.outline import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Place
    from pipeline.model import Article
    from pipeline.rules.outline import Outline

__all__ = ["leftovers"]

_CONFLICT = re.compile(rb"^(?:<{7}|>{7}|\|{7}) [^\r\n]*", re.M)


def leftovers(article: Article, found: Outline) -> Iterator[tuple[Problem, Place]]:
    """Yield a comment that never ends, and the lines with which git marks a conflict."""
    if found.unclosed >= 0:
        end = found.unclosed + len("<!--")
        message = "this comment is never closed; all that follows is hidden"
        yield Problem("AR110", message), place(article, found.unclosed, end)
    for mark in _CONFLICT.finditer(article.data):
        start, end = mark.span()
        if not any(first <= start < last for first, last in found.code):
            message = "a conflict between two versions is not resolved"
            yield Problem("AR111", message), place(article, start, end)
