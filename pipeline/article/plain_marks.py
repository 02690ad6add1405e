"""Write a plain space behind the marks of headings and list items that lack it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.markdown import markdown_body, parser_view
from pipeline.ranges import replace_ranges

if TYPE_CHECKING:
    from pipeline.model import Article

__all__ = ["odd_space_ranges", "with_plain_marks"]


def odd_space_ranges(article: Article) -> list[tuple[int, int]]:
    """Return the ranges of the file that stand for the space behind a mark; some may be empty."""
    body, shift = markdown_body(article.data)
    view = parser_view(body)
    return [(start + shift, end + shift) for start, end in view.odd_spaces] if view else []


def with_plain_marks(article: Article) -> Article:
    """Return an article with a plain space behind each mark, and the same segments.

    Other programs see no heading otherwise, so a page in another language has it; the source keeps
    its bytes.
    """
    places = odd_space_ranges(article)
    if not places:
        return article
    data = replace_ranges(article.data, ((start, end, b" ") for start, end in places))
    segments, at, shift = [], 0, 0
    for segment in article.segments:
        while at < len(places) and places[at][1] <= segment.start:
            start, end = places[at]
            shift += 1 - (end - start)
            at += 1
        segments.append(segment._replace(start=segment.start + shift, end=segment.end + shift))
    return replace(article, data=data, segments=tuple(segments))
