"""Problems in the lines of a file."""

from __future__ import annotations

import pytest

from pipeline.catalogue.po.lint.line_problem import problem_in_line
from pipeline.findings import Place, Problem, Severity


@pytest.mark.parametrize(
    ("span", "place"),
    [
        ((0, 0), Place("x.po", 7)),
        ((0, 1), Place("x.po", 7, 1, 7, 2)),
        ((3, 9), Place("x.po", 7, 4, 7, 10)),
        ((4, 4), Place("x.po", 7, 5, 7, 5)),
    ],
)
def test_the_place_of_a_span(span: tuple[int, int], place: Place) -> None:
    expected = Problem("PO105", "bad", suggestions=("b",), severity=Severity.WARNING)
    found = problem_in_line(7, "PO105", "bad", span, ("b",), Severity.WARNING)
    assert found.at("x.po") == (expected, place)
