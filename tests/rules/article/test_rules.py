"""AR rules: faults in an article before it is translated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given

from pipeline.article.reading import read_article
from pipeline.findings import Problem, Severity
from pipeline.rules.article.rules import RULES, check_article
from tests.rules.article.checking import findings
from tests.strategies import articles

ROOT = Path(__file__).parents[3]


def problems_of(path: str) -> list[tuple[Problem, int]]:
    data = (ROOT / path).read_bytes()
    return [(problem, place.line) for problem, place in check_article(read_article(data, path))]


@pytest.mark.parametrize("code", RULES)
def test_examples(code: str) -> None:
    rule = RULES[code]
    assert {one[0] for one in findings(rule.bad.text, rule.bad.locale)} == {code}
    assert findings(rule.good.text, rule.good.locale) == []


def test_the_published_french_text() -> None:
    problems = problems_of("source/six-social-experts/fr.md")
    assert [(p.code, line, p.severity) for p, line in problems] == [
        ("AR103", 10, Severity.INFO),
        ("AR101", 26, None),
    ]


def test_the_english_text_has_only_the_caption_of_the_french_one() -> None:
    problems = problems_of("source/six-social-experts/en.md")
    assert [(p.code, line, p.severity) for p, line in problems] == [("AR103", 10, Severity.INFO)]


@given(articles)
def test_any_article_can_be_checked(data: bytes) -> None:
    lines = len(re.findall(rb"\r\n|\n|\r", data)) + 1
    for problem, place in check_article(read_article(data, "en.md")):
        assert problem.code in RULES
        assert 1 <= place.line <= place.end_line <= lines
