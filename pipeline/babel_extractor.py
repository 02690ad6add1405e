"""Extraction method for Babel, so that ``pybabel extract`` reads articles.

In the mapping file::

    [pipeline: source/**/en.md]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from pipeline.article import Rules, read
from pipeline.extract import extract

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

__all__ = ["extract_article"]


def extract_article(
    fileobj: BinaryIO,
    keywords: Mapping[str, object],
    comment_tags: Collection[str],
    options: Mapping[str, str],
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Yield line, function name, context with message, and comments of each unit.

    The option ``keys`` names the front-matter keys to translate, separated by commas.
    """
    del keywords, comment_tags
    keys = options.get("keys")
    rules = Rules(frozenset(k.strip() for k in keys.split(","))) if keys else Rules()
    article = read(fileobj.read(), getattr(fileobj, "name", ""), rules)
    for unit in extract(article, "").units:
        for reference in unit.references:
            yield reference.line, "pgettext", (unit.context, unit.source), list(unit.notes)
