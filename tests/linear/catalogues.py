"""Catalogues and pages of many texts: read, written, merged, drafted, checked, rendered."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract
from pipeline.catalogue.merging import merge
from pipeline.catalogue.po.file import Header, load_po, render_catalog, render_template
from pipeline.catalogue.status import count
from pipeline.catalogue.three_way import merge_versions
from pipeline.drafting.cache import Answers
from pipeline.drafting.drafts import DraftOrder, DraftTally, translate
from pipeline.drafting.engines.pseudo import Pseudo
from pipeline.drafting.memory import Memory
from pipeline.drafting.suggestions import suggest
from pipeline.gate.document import Document, article_texts, catalogue_texts
from pipeline.model import State
from pipeline.pages.html import Page, render_page
from pipeline.pages.interface import load_words
from pipeline.rules.catalogue.file import check_catalogue_file as check_file
from tests.linear.odd import BLOCKS, INLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model import Article, Catalog
    from tests.counting import Task, Work

__all__ = ["STAGES"]

_HEADER = Header((("Language", "fr"), ("Content-Type", "text/plain; charset=UTF-8")))
_UNITS = (
    "many texts",
    "experts",
    "experts of one first name",
    "same headings",
)
_PAGE = 50
"""Multiple of the size for rendering a page, because it costs so little."""
_PAGES = ("many texts", "footnotes", "table", "headings with ids", "tags with ids", "nested HTML")


def _article(name: str, size: int) -> Article:
    return read_article({**BLOCKS, **INLINE}[name](size).encode(), "a.md")


def _translated(article: Article) -> Catalog:
    template = extract(article, "a")
    units = (u._replace(target=u.source + " z?", state=State.REVIEWED) for u in template.units)
    return replace(template, locale="fr", units=tuple(units))


def _file(catalog: Catalog) -> Path:
    path = Path(mkdtemp()) / "a.po"
    path.write_bytes(render_template(catalog, _HEADER))
    return path


def _written(article: Article) -> Task:
    catalog = _translated(article)
    path = _file(catalog)
    fewer = replace(catalog, units=catalog.units[1:], obsolete=catalog.units[:1])

    def task() -> None:
        file = load_po(path, "a.po")
        render_catalog(fewer, file, _HEADER)
        check_file(file.data, "fr", "a.po")

    return task


def _merged(article: Article) -> Task:
    catalog = _translated(article)
    moved = tuple(unit._replace(context="other") for unit in catalog.units)
    gone = replace(catalog, units=(), obsolete=catalog.units)
    template = extract(article, "a")

    def task() -> None:
        for old in (catalog, replace(catalog, units=moved), gone):
            merge(old, template)

    return task


def _branched(article: Article) -> Task:
    """Merge a branch in which half of the texts went with one in which all changed."""
    catalog, template = _translated(article), extract(article, "a")
    ours = merge(catalog, replace(template, units=template.units[::2]))
    again = tuple(unit._replace(target=f"{unit.target} again") for unit in catalog.units)
    return partial(merge_versions, catalog, ours, replace(catalog, units=again))


def _remembered(article: Article) -> Task:
    catalog, template = _translated(article), extract(article, "a")

    def task() -> None:
        suggest(replace(template, locale="fr"), Memory([catalog], 0.8))

    return task


def _drafted(article: Article) -> Task:
    catalog = replace(extract(article, "a"), locale="fr")

    def task() -> None:
        translate(catalog, article, DraftOrder("en"), [Pseudo()], Answers(), DraftTally())

    return task


def _checked(article: Article) -> Task:
    catalog = _translated(article)

    def task() -> None:
        for passages in (catalogue_texts(catalog), article_texts(article)):
            document = Document(
                "fr", passages, source_locale="en", terms=article.terms, labels=article.labels
            )
            document.problems({})
        list(count("a", article, catalog))

    return task


def _shown(name: str, size: int) -> Task:
    body = {**BLOCKS, **INLINE}[name](_PAGE * size).encode()
    return partial(render_page, Page("fr", "en", body, (), (), 1.0, 0, 0), load_words("fr"))


_STAGES = {
    "written": _written,
    "merged": _merged,
    "branched": _branched,
    "remembered": _remembered,
    "drafted": _drafted,
    "checked": _checked,
}


def _work(stage: Callable[[Article], Task], name: str) -> Work:
    return lambda size: stage(_article(name, size))


STAGES = {
    **{f"{n}, {verb}": _work(stage, n) for verb, stage in _STAGES.items() for n in _UNITS},
    **{f"{name}, shown": partial(_shown, name) for name in _PAGES},
}
