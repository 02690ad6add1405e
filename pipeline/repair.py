"""Repair: put the safe suggestions of a check into catalogues and articles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import Unit, text_hash
from pipeline.places import InArticle
from pipeline.rebuild import skeleton

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.findings import Problem
    from pipeline.gate import Checked
    from pipeline.job import Job
    from pipeline.subjects import Subject

__all__ = ["put_in", "repair"]


def repair(job: Job, checked: Checked, *, articles: bool) -> int:
    """Write what can be put right without reading; give the number of places.

    Articles are left alone unless ``articles`` says so: an edit of the source makes its
    translations fuzzy. A draft that was repaired stays a machine's.
    """
    done = 0
    for subject, problems in checked.repairs:
        if problems and subject.version is None:
            done += _repair_catalogue(job, subject, problems)
        elif problems and articles:
            done += _repair_article(job, subject, problems)
    return done


def put_in(text: str, problems: Sequence[Problem]) -> str:
    """Put the first suggestion of each problem in its place; they do not overlap."""
    for problem in sorted(problems, reverse=True, key=lambda p: (p.start, p.end)):
        text = text[: problem.start] + problem.suggestions[0] + text[problem.end :]
    return text


def _repair_catalogue(job: Job, subject: Subject, problems: Mapping[int, list[Problem]]) -> int:
    catalog = job.catalogues.load(subject.article, subject.locale)
    units = list(catalog.units)
    for index, found in problems.items():
        units[index] = _repaired(units[index], found)
    job.catalogues.save(replace(catalog, units=tuple(units)))
    return sum(map(len, problems.values()))


def _repaired(unit: Unit, problems: Sequence[Problem]) -> Unit:
    target = put_in(unit.target, problems)
    if unit.untouched:
        return unit._replace(target=target, origin=unit.origin._replace(digest=text_hash(target)))
    return unit._replace(target=target)


def _repair_article(job: Job, subject: Subject, problems: Mapping[int, list[Problem]]) -> int:
    """Replace bytes of the article, one text after the other; a text that would break it stays."""
    article = subject.version
    assert article is not None
    data, done = article.data, 0
    for index in sorted(problems, reverse=True):
        segment = article.segments[index]
        text = InArticle(article, segment)
        new, put = data, 0
        for problem in sorted(problems[index], reverse=True, key=lambda p: (p.start, p.end)):
            start, end = text.raw(problem.start, problem.end)
            if article.data[start:end].decode() == segment.text[problem.start : problem.end]:
                new = new[:start] + problem.suggestions[0].encode() + new[end:]
                put += 1
        if skeleton(new) == skeleton(article.data):
            data = new
            done += put
    job.workspace.write(subject.path, data, article.data)
    return done
