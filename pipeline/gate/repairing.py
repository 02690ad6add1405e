"""Write the safe suggestions of a check into catalogues and articles."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pipeline.article import InArticle, odd_space_ranges, skeleton_of
from pipeline.model import OriginKind, Unit
from pipeline.ranges import replace_ranges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.commands import Job
    from pipeline.findings import Problem
    from pipeline.gate.gate import CheckResult
    from pipeline.model import Article, Catalog

__all__ = ["apply_suggestions", "repair"]


class _Edit(NamedTuple):
    """Replacement of bytes; offsets in the file."""

    start: int
    end: int
    new: bytes


def repair(job: Job, checked: CheckResult, *, articles: bool) -> int:
    """Write the safe suggestions and return their number.

    Articles are left alone unless ``articles``: an edit of the source makes its translations
    fuzzy. A repaired draft stays a machine's. A file that was saved since it was checked is
    left out: the problems are those of another text.
    """
    count = 0
    for subject, problems in checked.repairs:
        with job.guard(subject.path):
            if problems and subject.catalog is not None:
                count += _repair_catalogue(job, subject.catalog, problems)
            elif problems and subject.version is not None and articles:
                count += _repair_article(job, subject.path, subject.version, problems)
    return count


def apply_suggestions(text: str, problems: Sequence[Problem]) -> str:
    """Replace each problem by its first suggestion; problems must not overlap."""
    ordered = sorted(problems, key=lambda p: (p.start, p.end))
    return replace_ranges(text, ((p.start, p.end, p.suggestions[0]) for p in ordered))


def _repair_catalogue(job: Job, catalog: Catalog, problems: Mapping[int, list[Problem]]) -> int:
    units = list(catalog.units)
    for index, unit_problems in problems.items():
        units[index] = _repair_unit(units[index], unit_problems)
    job.catalogues.save(replace(catalog, units=tuple(units)))
    return sum(map(len, problems.values()))


def _repair_unit(unit: Unit, problems: Sequence[Problem]) -> Unit:
    target = apply_suggestions(unit.target, problems)
    # What was aligned is a text of the version, which would come back with the next run.
    if unit.untouched and unit.origin.kind is OriginKind.MACHINE:
        return unit.with_texts(unit.source, target)
    return unit._replace(target=target)


def _repair_article(
    job: Job, path: str, article: Article, problems: Mapping[int, list[Problem]]
) -> int:
    """Replace bytes of the article, except in texts where that would break it."""
    edits = [_edits(article, index, problems[index]) for index in sorted(problems) if index >= 0]
    if -1 in problems:  # no problem of a whole file but these is safe
        edits += ([_Edit(start, end, b" ")] for start, end in odd_space_ranges(article))
        edits = sorted(filter(None, edits))
    harmless = _drop_harmful(article.data, edits, skeleton_of(article.data))
    job.workspace.write(path, _apply_edits(article.data, harmless), article.data)
    return sum(map(len, harmless))


def _edits(article: Article, index: int, problems: Sequence[Problem]) -> list[_Edit]:
    """Return the edits of one text, in order, without those whose bytes differ from the text."""
    segment = article.segments[index]
    text = InArticle(article, segment)
    edits = []
    for problem in sorted(problems, key=lambda p: (p.start, p.end)):
        start, end = text.raw(problem.start, problem.end)
        if article.data[start:end].decode() == segment.text[problem.start : problem.end]:
            edits.append(_Edit(start, end, problem.suggestions[0].encode()))
    return edits


def _drop_harmful(data: bytes, edits: list[list[_Edit]], skeleton: object) -> list[list[_Edit]]:
    """Return the edits without those of texts that change the skeleton, found by halving."""
    if not edits or skeleton_of(_apply_edits(data, edits)) == skeleton:
        return edits
    if len(edits) == 1:
        return []
    middle = len(edits) // 2
    first_half = _drop_harmful(data, edits[:middle], skeleton)
    harmless = [*first_half, *_drop_harmful(data, edits[middle:], skeleton)]
    return harmless if skeleton_of(_apply_edits(data, harmless)) == skeleton else first_half


def _apply_edits(data: bytes, edits: Sequence[Sequence[_Edit]]) -> bytes:
    """Return the data with the edits of some texts, which are in order and do not overlap."""
    return replace_ranges(data, chain.from_iterable(edits))
