"""Texts that changed places, with made-up scores."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment.lattice import Link, best_links
from pipeline.alignment.reordering import exchange_texts, pair_crossed
from tests.alignment.test_lattice import shapes, table


def single(i: int, j: int) -> Link:
    return Link(i, 1, j, 1, 0.9)


def pairs(links: list[Link]) -> set[tuple[int, int]]:
    return {(link.i, link.j) for link in links if link.n and link.m}


def test_crossed_texts_are_paired_afterwards() -> None:
    scores = table(2, 2, {(0, 1): 12.0, (1, 0): 8.0})
    links = best_links(scores)
    assert [link[:4] for link in links if link.n and link.m] == [(0, 1, 1, 1)]
    (link,) = pair_crossed(scores, links)
    assert link[:4] == (1, 1, 0, 1)
    assert 0.5 < link.odds < 1


def test_strangers_are_not_paired_across() -> None:
    scores = table(2, 2, {(0, 1): 12.0, (1, 0): 1.0})
    assert pair_crossed(scores, best_links(scores)) == []


def test_what_lies_far_apart_needs_more_to_be_paired_across() -> None:
    def crossed_links(steps: int) -> list[Link]:
        between = [single(1 + k, k) for k in range(steps)]
        links = [Link(0, 1, 0, 0, 0.9), *between, Link(steps + 1, 0, steps, 1, 0.9)]
        return pair_crossed(table(steps + 1, steps + 1, {(0, steps): 4.0}), links)

    assert [link[:4] for link in crossed_links(1)] == [(0, 1, 1, 1)]
    assert crossed_links(100) == []


def test_neighbours_that_fit_far_better_change_places() -> None:
    scores = table(2, 2, {(0, 0): 1.0, (1, 1): 1.0, (0, 1): 6.0, (1, 0): 6.0})
    links, moved, close = exchange_texts(scores, [single(0, 0), single(1, 1)])
    assert pairs(links) == {(0, 1), (1, 0)}
    assert moved == set(links)
    assert not close
    assert all(link.odds > 0.9 for link in links)


def test_neighbours_that_fit_a_little_better_stay_and_are_doubtful() -> None:
    scores = table(2, 2, {(0, 0): 1.0, (1, 1): 1.0, (0, 1): 1.8, (1, 0): 1.8})
    links = [single(0, 0), single(1, 1)]
    assert exchange_texts(scores, links) == (links, set(), set(links))


@pytest.mark.parametrize("better", [(0, 0), (1, 1)])
def test_texts_that_fit_are_left_alone(better: tuple[int, int]) -> None:
    scores = table(2, 2, {(0, 0): 1.0, (1, 1): 1.0, better: 9.0})
    links = [single(0, 0), single(1, 1)]
    assert exchange_texts(scores, links) == (links, set(), set())


def test_a_text_takes_the_place_of_one_that_fits_less() -> None:
    scores = table(1, 2, {(0, 0): 1.0, (0, 1): 9.0})
    links, moved, _ = exchange_texts(scores, [single(0, 0), Link(1, 0, 1, 1, 0.9)])
    assert pairs(links) == {(0, 1)}
    assert moved == set(links)
    assert [link.j for link in links if not link.n] == [0]


def test_a_bead_of_two_and_two_is_taken_apart() -> None:
    scores = table(2, 2, {(0, 1): 9.0, (1, 0): 9.0})
    links, moved, _ = exchange_texts(scores, [Link(0, 2, 0, 2, 0.9)])
    assert pairs(links) == {(0, 1), (1, 0)}
    assert moved == set(links)
    straight, moved, _ = exchange_texts(table(2, 2, {}), [Link(0, 2, 0, 2, 0.9)])
    assert pairs(straight) == {(0, 0), (1, 1)}
    assert moved == set(straight)


@given(st.integers(0, 6), st.integers(0, 6), st.data())
def test_every_text_stays_in_exactly_one_bead(n: int, m: int, data: st.DataObject) -> None:
    values = st.floats(-12, 12)
    scores = table(n, m, {(i, j): data.draw(values) for i in range(n) for j in range(m)})
    links, moved, close = exchange_texts(scores, best_links(scores))
    assert sorted(i for link in links for i in range(link.i, link.i + link.n)) == list(range(n))
    assert sorted(j for link in links for j in range(link.j, link.j + link.m)) == list(range(m))
    assert moved | close <= set(links)
    assert shapes(links).count((2, 2)) == 0
