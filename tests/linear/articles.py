"""Odd articles: read, split, built with a mark in each text, and checked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract
from pipeline.model import State
from pipeline.pages.building import build
from pipeline.pages.file_paths import move_paths
from pipeline.rules.article.rules import check_article as check
from tests.linear.odd import BLOCKS, DIALECTS, FRONT, INLINE, LISTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.counting import Task, Work
    from tests.linear.odd import Odd

__all__ = ["MARKDOWN", "OTHERS"]


def _through(text: str) -> None:
    """Read, extract, build, check and move an article; building includes the skeleton check."""
    article = read_article(text.encode(), "")
    template = extract(article, "")
    units = (u._replace(target=u.source + " z", state=State.REVIEWED) for u in template.units)
    catalog = replace(template, units=tuple(units))
    build(article, catalog, "", drafts=True, language=("en", "fr"), heading_ids="anchor")
    check(article)
    move_paths(article.data, "a/b.md", "c.md", bool)


def _work(odd: Mapping[str, Odd]) -> dict[str, Work]:
    def work(text: Odd, size: int) -> Task:
        return partial(_through, text(size))

    return {name: partial(work, text) for name, text in odd.items()}


MARKDOWN = _work({**LISTS, **INLINE, **BLOCKS})
OTHERS = _work({**FRONT, **DIALECTS})
