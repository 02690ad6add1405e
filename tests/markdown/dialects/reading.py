"""Checks of a dialect's text: segments that are translated, and bytes that must stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.article import rebuild
from pipeline.article.reading import file_pieces, read_article
from pipeline.markdown.dialects.view import parser_view
from pipeline.markdown.frontmatter import markdown_body

if TYPE_CHECKING:
    from pipeline.model import Article

__all__ = ["BEFORE", "article", "has_texts", "keeps_the_rest", "opaque"]

BEFORE = ("", "\ufeff---\ntitle: é\n---\n", "Pré à côté.\n\n")
"""Beginnings of files that shift all offsets."""


def article(text: str) -> Article:
    """Read an article from text."""
    return read_article(text.encode("utf-8"), "en.md")


def opaque(data: bytes) -> list[bytes]:
    """Return the opaque pieces between the blocks of a file."""
    body, _ = markdown_body(data)
    raw, seen = body.encode("utf-8"), parser_view(body)
    return [raw[start:end] for start, end in seen.opaque] if seen else []


def has_texts(source: str, expected: list[str]) -> None:
    assert [segment.text for segment in article(source).segments] == expected


def keeps_the_rest(source: str, expected: list[str], before: str) -> None:
    """Mark the expected texts, and check that all other bytes stay as they were."""
    page = article(before + source)
    assert b"".join(piece for piece, _ in file_pieces(page)) == page.data
    marked = {n: f"{s.text} ⟪é⟫" for n, s in enumerate(page.segments) if s.text in expected}
    assert len(marked) == len(expected)
    built = rebuild(page, marked)
    assert opaque(built) == opaque(page.data)
    assert [
        s.text for s in article(built.decode("utf-8")).segments if s.text.endswith("⟫")
    ] == list(marked.values())
