"""Babel extraction method, which lets ``pybabel extract`` read articles.

In the mapping file::

    [pipeline: source/**/en.md]
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pipeline.article import ReadingRules, read_article
from pipeline.catalogue import extract
from pipeline.errors import InputError, UsageError
from pipeline.project import detect_hard_wrap, find_project, load_settings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

__all__ = ["extract_article"]


def extract_article(
    fileobj: BinaryIO,
    keywords: Mapping[str, object],
    comment_tags: Collection[str],
    options: Mapping[str, str],
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Yield line, function name, context with message, and comments of each reference of a unit.

    The settings of the project around the file apply, as for ``pipeline extract``; the options
    ``keys`` (separated by commas) and ``expert`` override them. Outside a project the defaults
    apply.

    Raises:
        InputError: the article, or the settings around it, cannot be read.
        MachineError: the machine cannot read the settings.
    """
    # Babel passes them to each method; an article has neither.
    del keywords, comment_tags
    path = str(getattr(fileobj, "name", ""))
    article = read_article(fileobj.read(), path, _reading_rules(path, options))
    if article.fault:
        raise InputError(article.fault.message, path, article.fault.line)
    for unit in extract(article, "").units:
        for reference in unit.references:
            yield reference.line, "pgettext", (unit.context, unit.source), list(unit.notes)


def _reading_rules(path: str, options: Mapping[str, str]) -> ReadingRules:
    try:
        project = find_project(Path(path).resolve().parent)
        settings = load_settings(project.text, project.name, project.table)
        rules = detect_hard_wrap(project.root, settings).rules
    except UsageError:
        rules = ReadingRules()
    if keys := options.get("keys"):
        rules = rules._replace(keys=frozenset(key.strip() for key in keys.split(",")))
    if expert := options.get("expert"):
        rules = rules._replace(expert=re.compile(expert))
    return rules
