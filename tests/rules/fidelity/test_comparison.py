"""Everything a translation must carry over, compared at once."""

from __future__ import annotations

import pytest
from hypothesis import given

from pipeline.findings import Problem
from pipeline.rules.fidelity.comparison import compare
from tests.strategies import targets

LABELS = frozenset({"ref"})


def test_the_order_is_that_of_the_codes() -> None:
    problems = compare("`a` *b* [c](u) 2024 Core @d", "e", ("Core",), LABELS, "en", "fr")
    assert [p.code for p in problems] == ["MK101", "MK102", "MK106", "MK108", "NM101", "NM102"]


@given(targets, targets)
def test_places_lie_in_the_target(source: str, target: str) -> None:
    for problem in compare(source, target, ("Ada Byron", "@handle"), LABELS, "en", "fr"):
        assert isinstance(problem, Problem)
        assert 0 <= problem.start <= problem.end <= len(target)


@pytest.mark.parametrize(
    ("source", "target", "codes"),
    [
        ("a `b` 5 Core", "c `b` 5 Core", []),
        ("a `b` 5 Core", "c `d` 5 Core", ["MK101"]),
        ("a `b` 5 Core", "c `b` 6 Core", ["MK108"]),
        ("a `b` 5 Core", "c `b` 5 Cœur", ["NM101"]),
        ("`a` 5 `", "`a` 5 `", []),
        ("", "", []),
    ],
)
def test_each_family_is_asked(source: str, target: str, codes: list[str]) -> None:
    problems = compare(source, target, ("Core",), LABELS, "en", "fr")
    assert [problem.code for problem in problems] == codes
