"""Status of the translation in each locale, in total and for each expert."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model import State

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from pipeline.model import Article, Catalog, Unit

__all__ = ["StatusRow", "count", "share_reviewed", "total_row"]


_COMPLETE = ("names", "omitted")


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
    names: int = 0
    """Texts that are only names, numbers and links, and need no translation."""
    omitted: int = 0
    """Texts that a translator left out on purpose."""
    stale: int = 0
    """Texts that stand on the published page in an earlier translation."""
    waiting: int = 0
    """Texts that the published page leaves out, or shows in the source's words."""


def count(
    name: str,
    article: Article,
    catalog: Catalog,
    apart: Mapping[tuple[str, str], str] = MappingProxyType({}),
) -> Iterator[StatusRow]:
    """Count the units of each section, in the order of the article.

    ``apart`` has the keys of units that are counted apart, with the field that counts them:
    ``names`` or ``omitted`` instead of their states, ``stale`` or ``waiting`` besides these.
    """
    names = {section.slug: section.name or section.slug for section in article.sections}
    sections: dict[str, list[Unit]] = {}
    for unit in catalog.units:
        sections.setdefault(unit.context, []).append(unit)
    for context, units in sections.items():
        others = Counter(apart.get(unit.key, "") for unit in units)
        units = [unit for unit in units if apart.get(unit.key) not in _COMPLETE]
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
            others["names"],
            others["omitted"],
            others["stale"],
            others["waiting"],
        )


def total_row(rows: Iterable[StatusRow]) -> StatusRow:
    """Add up rows of one article and locale; there must be at least one."""
    rows = list(rows)
    first = rows[0]
    sums = [sum(numbers) for numbers in zip(*(row[4:] for row in rows), strict=True)]
    return StatusRow(first.article, first.locale, "", "", *sums)


def share_reviewed(catalog: Catalog, complete: Container[tuple[str, str]] = ()) -> float:
    """Return the share, 0 to 1, of the source's words whose translation is reviewed.

    ``complete`` has the keys of units that need no translation; neither these nor originals count.
    The share is 1 if no words are left.
    """
    words = reviewed = 0
    for unit in catalog.units:
        if unit.state is State.REVIEWED:
            reviewed += len(unit.source.split())
        elif unit.state is not State.ORIGINAL and unit.key not in complete:
            words += len(unit.source.split())
    return reviewed / (words + reviewed) if words else 1.0
