"""Checks of an article, for the tests of its rules."""

from __future__ import annotations

from pipeline.article.reading import read_article
from pipeline.rules.article.rules import check_article

__all__ = ["ADA", "ALAN", "HEAD", "MINE", "TAIL", "findings"]

HEAD = "---\ntitle: {}\n---\n\n"
ADA = "## Ada Byron, Engine Ltd (@ada)\n\nWords.\n"
ALAN = "## Alan Mathison, Bletchley (@alan)\n\nWords.\n"
MINE = "## And finally, my take\n\nWords.\n"
TAIL = "\n\nWords.\n"


def findings(
    text: str, locale: str = "en", terms: tuple[str, ...] = ()
) -> list[tuple[str, int, str]]:
    """Return the code, line and marked words of each finding."""
    data = text.encode("utf-8")
    return [
        (problem.code, place.line, marked(text, place.line, place.column, place.end_column))
        for problem, place in check_article(read_article(data, "en.md"), terms, locale)
    ]


def marked(text: str, line: int, start: int, end: int) -> str:
    return text.split("\n")[line - 1][start - 1 : end - 1]
