"""Lattice states within the search window."""

from __future__ import annotations

import random

import pytest

from pipeline.alignment.features import Features
from pipeline.alignment.lattice_window import Window, anchored_window, diagonal_window, window_near


def text(*marks: str) -> Features:
    return Features(40, frozenset(marks), (), "paragraph")


def sides(count: int, every: int = 10) -> tuple[list[Features], list[Features]]:
    """Return two texts in which every tenth pair has a name and a number of its own."""
    made = [
        text(f"n{at}", f"xname{at}", "pcolon") if at % every == 0 else text("pcolon", "xall")
        for at in range(count)
    ]
    return made, list(made)


def cells(window: Window) -> int:
    return sum(high - low + 1 for low, high in window)


def whole(window: Window, n: int, m: int) -> bool:
    """Return whether a path leads from the first state to the last one."""
    reached = window[0][1] if window[0][0] == 0 else -1
    for low, high in window:
        if low > reached:
            return False
        reached = max(reached, high) if low <= reached else reached
    return len(window) == n + 1 and window[-1][1] == m


@pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 5), (5, 0), (3, 200), (200, 3), (500, 480)])
def test_a_window_always_has_a_way_through(n: int, m: int) -> None:
    assert whole(diagonal_window(n, m), n, m)
    assert whole(anchored_window([text()] * n, [text()] * m), n, m)


def test_few_texts_are_looked_at_along_the_diagonal() -> None:
    source, version = sides(300)
    assert anchored_window(source, version) == diagonal_window(300, 300)


def test_without_shared_marks_the_diagonal_is_taken() -> None:
    assert anchored_window([text("xall")] * 600, [text("xall")] * 600) == diagonal_window(600, 600)


def test_states_grow_with_the_texts_and_not_with_their_square() -> None:
    once, twice = (cells(anchored_window(*sides(count))) for count in (2000, 4000))
    assert twice < 2.1 * once
    assert cells(diagonal_window(4000, 4000)) > 5 * twice


def test_what_was_left_out_moves_the_window() -> None:
    source, version = sides(1000)
    del version[300:600]
    window = anchored_window(source, version)
    assert whole(window, 1000, 700)
    for i, j in ((100, 100), (290, 290), (620, 320), (900, 600)):
        assert window[i][0] <= j <= window[i][1]
    assert not window[900][0] <= 900 * 700 // 1000 - 200 <= window[900][1]


def test_moved_texts_and_chance_do_not_move_the_window() -> None:
    source, version = sides(1000)
    dice = random.Random(1)
    for _ in range(20):
        version.insert(dice.randrange(1000), version.pop(dice.randrange(1000)))
    window = anchored_window(source, version)
    assert whole(window, 1000, 1000)
    assert all(low <= i <= high for i, (low, high) in enumerate(window))


def test_one_anchor_alone_moves_nothing() -> None:
    source, version = sides(1000, every=200)
    for side, at in ((source, 450), (version, 750)):
        side[at] = text("n7777", "xchance")
    window = anchored_window(source, version)
    assert cells(window) < cells(diagonal_window(1000, 1000))
    assert window[450][0] <= 450 <= window[450][1] < 560


def test_near_a_path() -> None:
    path = [(at, 1, at, 1) for at in range(100)]
    window = window_near(path, 100, 100)
    assert whole(window, 100, 100)
    assert window[50][0] <= 42 <= 58 <= window[50][1]
    assert cells(window) < 25 * 101


def test_the_diagonal_does_not_widen_with_the_texts_for_ever() -> None:
    widths = [max(top - low for low, top in diagonal_window(n, n)) for n in (1_000, 4_000, 8_000)]
    assert widths[0] < widths[1] == widths[2]
