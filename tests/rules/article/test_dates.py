"""AR116: dates that do not exist."""

from __future__ import annotations

import pytest

from pipeline.article.reading import read_article
from pipeline.rules.article.dates import check_dates
from tests.rules.article.checking import findings


@pytest.mark.parametrize(
    ("front_matter", "lines"),
    [
        ("date: 2026-02-30\n", [2]),
        ("title: É\ndate: 2026-13-01\n", [3]),
        ("date: '2026-04-31 10:00'\n", [2]),
        ("date: 2025-02-29T10:00:00Z\n", [2]),
        ("updated: 2026-00-10\n", [2]),
        ("meta:\n  date: 2026-02-30\n", [3]),
        ("date: 2024-02-29\n", []),
        ("date: 2026-02-28T10:00:00Z\n", []),
        ("date: autumn 2026\n", []),
        ("date: 30/02/2026\n", []),
        ("title: 2026-02-30\n", []),
        ("date: 2026-02-301\n", []),
    ],
)
def test_a_date_that_does_not_exist_is_found(front_matter: str, lines: list[int]) -> None:
    results = [one for one in findings(f"---\n{front_matter}---\n\nWords.\n") if one[0] == "AR116"]
    assert [one[1] for one in results] == lines


def test_the_message_says_why() -> None:
    article = read_article(b"---\ndate: 2026-02-30\n---\n\nWords.\n", "en.md")
    ((problem, place),) = check_dates(article)
    assert problem.message.startswith("date 2026-02-30 does not exist (day ")
    assert (place.line, place.column, place.end_column) == (2, 7, 17)
