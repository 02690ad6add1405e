"""The alignment lattice's dynamic programme, with made-up scores."""

from __future__ import annotations

from itertools import product
from math import exp, inf, log
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment.features import Features
from pipeline.alignment.lattice import ONE_TO_ONE, TEMPERATURE, Link, best_links, division_costs


class Table(NamedTuple):
    """Scores of single texts; the score of a run is their sum."""

    source: list[Features]
    version: list[Features]
    scores: dict[tuple[int, int], float]
    other: float = -9.0

    def score(self, i: int, n: int, j: int, m: int) -> float:
        cells = product(range(i, i + n), range(j, j + m))
        return sum(self.scores.get(cell, self.other) for cell in cells)


def table(
    n: int, m: int, scores: dict[tuple[int, int], float], kind: str = "", border: int = 0
) -> Table:
    text = Features(10, frozenset(), (), kind, 0)
    left = [text._replace(border=int(border > 0 and i >= border)) for i in range(n)]
    return Table(left, [text] * m, scores)


def shapes(links: list[Link]) -> list[tuple[int, int]]:
    return [(link.n, link.m) for link in links]


def test_the_diagonal() -> None:
    links = best_links(table(3, 3, {(i, i): 8.0 for i in range(3)}))
    assert shapes(links) == [(1, 1)] * 3
    assert all(link.odds > 0.9 for link in links)


def test_a_missing_text_is_left_alone() -> None:
    assert shapes(best_links(table(3, 2, {(0, 0): 8.0, (2, 1): 8.0}))) == [(1, 1), (1, 0), (1, 1)]
    assert shapes(best_links(table(2, 3, {(0, 0): 8.0, (1, 2): 8.0}))) == [(1, 1), (0, 1), (1, 1)]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_some_texts_against_one(count: int) -> None:
    assert shapes(best_links(table(count, 1, {(i, 0): 8.0 for i in range(count)}))) == [(count, 1)]
    assert shapes(best_links(table(1, count, {(0, j): 8.0 for j in range(count)}))) == [(1, count)]


@pytest.mark.parametrize("count", [5, 8])
def test_only_lists_are_longer_than_four(count: int) -> None:
    scores = {(i, 0): 8.0 for i in range(count)}
    assert shapes(best_links(table(count, 1, scores, "list item"))) == [(count, 1)]
    assert (count, 1) not in shapes(best_links(table(count, 1, scores, "paragraph")))


def test_no_bead_crosses_a_border() -> None:
    scores = {(0, 0): 8.0, (1, 0): 8.0}
    assert shapes(best_links(table(2, 1, scores))) == [(2, 1)]
    assert (2, 1) not in shapes(best_links(table(2, 1, scores, border=1)))


def test_odds_are_those_of_all_paths() -> None:
    """Check odds of two texts against one, with the pairings counted by hand."""
    one, other, both = 3.0, 2.5, -40.0
    links = best_links(table(2, 1, {(0, 0): one, (1, 0): other}), ONE_TO_ONE, alone=both / 2)
    first = exp((log(0.94) + one + both / 2) / TEMPERATURE)
    second = exp((log(0.94) + other + both / 2) / TEMPERATURE)
    assert shapes(links) == [(1, 1), (1, 0)]
    assert links[0].odds == pytest.approx(first / (first + second), abs=1e-6)


def test_dividing_leaves_no_text_alone() -> None:
    scores = table(2, 4, {(0, 0): 2.0, (0, 1): 2.0, (0, 2): 2.0, (1, 3): 2.0})
    assert shapes(best_links(scores, division_costs(4), alone=-inf)) == [(1, 3), (1, 1)]
    assert best_links(table(3, 2, {}), division_costs(2), alone=-inf) == []


def test_the_second_round_stays_near_the_first() -> None:
    count = 100
    scores = table(count, count, {(i, i): 6.0 for i in range(count)})
    first = best_links(scores, ONE_TO_ONE)
    assert shapes(best_links(scores, around=first)) == [(1, 1)] * count


def test_many_missing_texts_do_not_leave_the_window() -> None:
    scores = table(120, 60, {(i + 60, i): 8.0 for i in range(60)})
    links = best_links(scores, around=best_links(scores, ONE_TO_ONE))
    assert shapes(links) == [(1, 0)] * 60 + [(1, 1)] * 60


@given(st.integers(0, 7), st.integers(0, 7), st.data())
def test_every_text_is_in_exactly_one_bead(n: int, m: int, data: st.DataObject) -> None:
    values = st.floats(-12, 12)
    scores = table(n, m, {(i, j): data.draw(values) for i in range(n) for j in range(m)})
    links = best_links(scores)
    assert [i for link in links for i in range(link.i, link.i + link.n)] == list(range(n))
    assert [j for link in links for j in range(link.j, link.j + link.m)] == list(range(m))
    assert all(0 <= link.odds <= 1 for link in links)
    assert best_links(scores) == links
    narrow = best_links(scores, around=best_links(scores, ONE_TO_ONE))
    assert sum(link.n for link in narrow) == n
    assert sum(link.m for link in narrow) == m
