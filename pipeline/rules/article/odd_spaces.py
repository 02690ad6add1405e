"""Headings and list items whose mark has no plain space behind it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from pipeline.article import odd_space_ranges
from pipeline.findings import Problem
from pipeline.rules.article.headings import byte_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Place
    from pipeline.model import Article

__all__ = ["check_odd_spaces"]


def check_odd_spaces(article: Article) -> Iterator[tuple[Problem, Place]]:
    """Yield what stands for the space behind the mark of a heading or list item."""
    for first, last in odd_space_ranges(article):
        block = "heading" if article.data[first - 1 : first] == b"#" else "list item"
        odd = article.data[first:last].decode("utf-8")
        actual = f"U+{ord(odd[0]):04X} ({unicodedata.name(odd[0]).lower()})" if odd else "nothing"
        message = f"expected a space behind the mark of this {block}, found {actual}"
        yield (
            Problem(
                "AR115",
                f"{message}: other programs show a paragraph",
                suggestions=(" ",),
                safe=True,
            ),
            byte_place(article, first, last),
        )
