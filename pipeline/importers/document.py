"""Values of an import: a document as blocks of Markdown, and the parts that are no article."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIELDS", "Block", "Document", "LeftOut"]

FIELDS = ("name", "organisation", "role", "handle", "answer")
"""Fields that a column of a form may hold."""


class Block(NamedTuple):
    """One block of a document."""

    kind: str
    """heading, paragraph, list, quote, table, code, picture, rule, footnote or other."""
    text: str
    """Its Markdown, without empty lines around it; of a heading, without the signs in front."""
    plain: str
    """Its text as a reader sees it."""
    level: int = 0
    """Level of a heading, 1 to 6."""
    expert: bool = False
    """True for a heading of which it is known that it names an expert."""


class LeftOut(NamedTuple):
    """Part of a document that is not in the article."""

    kind: str
    """Reason in words, such as ``navigation`` or ``repeated title``."""
    text: str
    """Its whole text."""
    can_stay: bool = False
    """True for what stands around an article, and stays if the editor wants it."""


class Document(NamedTuple):
    """Document that was read from a file."""

    blocks: tuple[Block, ...]
    title: str = ""
    author: str = ""
    date: str = ""
    """Date of publication in the form YYYY-MM-DD."""
    description: str = ""
    category: str = ""
    language: str = ""
    """Language that the document itself declares, such as ``fr`` or ``pt-BR``."""
    pictures: Mapping[str, bytes] = {}
    """Content of the pictures that blocks name, by file name."""
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences for the editor about decisions that are worth a look."""
    front: str = ""
    """Front matter that a Markdown file has already, which stays as it is."""
    mark: str = ""
    """Article and locale that the document was built from, as ``article:locale``, if it says so."""
