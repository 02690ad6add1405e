"""Dates in the front matter that do not exist."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from pipeline.findings import Problem
from pipeline.markdown import locate_front_matter
from pipeline.rules.article.headings import byte_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Place
    from pipeline.model import Article

__all__ = ["check_dates"]

_DATE_KEY = re.compile(
    r"(?:.*[._-])?(?:date|day|created|lastmod|modified|published|updated)\Z", re.I
)
_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d-])")


def check_dates(article: Article) -> Iterator[tuple[Problem, Place]]:
    """Yield the dates of the front matter that are in no calendar."""
    text = article.data.decode("utf-8", "replace")
    mark = len(text) - len(text.removeprefix("\ufeff"))
    for value in locate_front_matter(text[mark:]).values:
        match = _DATE.match(value.text) if _DATE_KEY.match(value.key) else None
        if match is None:
            continue
        try:
            date(*map(int, match.groups()))
        except ValueError as error:
            start, end = (len(text[: at + mark].encode()) for at in (value.start, value.end))
            message = f"date {match[0]} does not exist ({error}): correct it"
            yield Problem("AR116", message), byte_place(article, start, end)
