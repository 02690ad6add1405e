"""Status of the translation in each locale, in total and for each expert."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Article, Catalog, Unit

__all__ = ["StatusRow", "count", "share_reviewed", "total_row"]


class StatusRow(NamedTuple):
    """Counts for one section of one article in one locale."""

    article: str
    locale: str
    context: str
    """Slug of the section; empty in a total."""
    speaker: str
    """Name of the expert, or slug of the section; empty in a total."""
    reviewed: int
    draft: int
    empty: int
    words: int
    """Words of the source that are to be translated."""
    words_reviewed: int
    """Words of the source whose translation is reviewed."""
    original: int = 0
    """Texts that are in the language of the locale, and need no translation."""


def count(name: str, article: Article, catalog: Catalog) -> Iterator[StatusRow]:
    """Count the units of each section, in the order of the article."""
    names = {section.slug: section.name or section.slug for section in article.sections}
    sections: dict[str, list[Unit]] = {}
    for unit in catalog.units:
        sections.setdefault(unit.context, []).append(unit)
    for context, units in sections.items():
        states = Counter(unit.state for unit in units)
        words = [
            (len(unit.source.split()), unit.state)
            for unit in units
            if unit.state is not State.ORIGINAL
        ]
        yield StatusRow(
            name,
            catalog.locale,
            context,
            names.get(context, context),
            states[State.REVIEWED],
            states[State.DRAFT],
            states[State.EMPTY],
            sum(number for number, _ in words),
            sum(number for number, state in words if state is State.REVIEWED),
            states[State.ORIGINAL],
        )


def total_row(rows: Iterable[StatusRow]) -> StatusRow:
    """Add up rows of one article and locale; there must be at least one."""
    rows = list(rows)
    first = rows[0]
    sums = [sum(numbers) for numbers in zip(*(row[4:] for row in rows), strict=True)]
    return StatusRow(first.article, first.locale, "", "", *sums)


def share_reviewed(catalog: Catalog) -> float:
    """Return the share, 0 to 1, of units that are reviewed; 1 if none is to be translated."""
    states = Counter(unit.state for unit in catalog.units)
    count = len(catalog.units) - states[State.ORIGINAL]
    return states[State.REVIEWED] / count if count else 1.0
