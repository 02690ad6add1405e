"""Limit the alignment search to states near the expected path.

A window has, for each number of source texts, the range of numbers of version texts that are
searched, from the first to the last, both included. If the texts share rare marks, there are as
many states as texts, times a width that does not grow with them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.alignment.features import Features

__all__ = ["Window", "anchored_window", "diagonal_window", "window_near"]

Window = list[tuple[int, int]]
_Point = tuple[int, int]

_LEAST_WIDTH = 30
_MOST_WIDTH = 200
"""Largest distance from the diagonal for texts that share nothing rare, however many they are."""
_PATH_MARGIN = 8
"""Number of texts to either side of the path that the first round found."""
_SMALL_SEARCH = 160_000
"""Number of pairs up to which all states near the diagonal can be searched in no time."""
_RARE_CLASSES = frozenset("antxc")
"""Classes of marks that may be in one text only."""
# One rare mark in two texts may be chance.
_LEAST_VOTES = 2
_NEIGHBOURS = 3
"""Number of anchors to either side that may support one."""
_SLACK = 10


def diagonal_window(n: int, m: int) -> Window:
    """Return the states as near the diagonal as texts that were left out can have moved them."""
    width = max(_LEAST_WIDTH, min(_MOST_WIDTH, max(n, m) // 10)) + abs(n - m)
    middles = [i * m // max(1, n) for i in range(n + 1)]
    window = [(max(0, middle - width), min(m, middle + width)) for middle in middles]
    # Without source texts there is one row, which must reach all texts of the version.
    return [(0, max(window[0][1], 0 if n else m)), *window[1:]]


def window_near(path: Iterable[tuple[int, int, int, int]], n: int, m: int) -> Window:
    """Return the states near a path of steps.

    A step is the first source text, their number, the first version text, and their number.
    """
    firsts, lasts = [m] * (n + 1), [0] * (n + 1)
    firsts[0] = 0
    for at, count, first, more in path:
        for i in range(at, at + count + 1):
            firsts[i] = min(firsts[i], first)
            lasts[i] = max(lasts[i], first + more)
    return [
        (
            max(0, min(firsts[max(0, i - _PATH_MARGIN)], firsts[i] - _PATH_MARGIN)),
            min(m, max(lasts[min(n, i + _PATH_MARGIN)], lasts[i] + _PATH_MARGIN)),
        )
        for i in range(n + 1)
    ]


def anchored_window(source: Sequence[Features], version: Sequence[Features]) -> Window:
    """Return the states near the line through texts that share marks which no other text has.

    If there are no such texts, or few texts at all, that line is the diagonal.
    """
    n, m = len(source), len(version)
    points = (
        _keep_supported(_longest_ascending_run(_pair_by_rare_marks(source, version)))
        if n * m > _SMALL_SEARCH
        else []
    )
    if not points:
        return diagonal_window(n, m)
    window = [(m, 0)] * (n + 1)
    for (i0, j0), (i1, j1) in pairwise([(0, 0), *points, (n, m)]):
        high, wide = i1 - i0, j1 - j0
        width = _LEAST_WIDTH + max(high, wide) // 4 + abs(high - wide)
        for i in range(i0, i1 + 1):
            middle = j0 + (i - i0) * wide // max(1, high)
            low, top = window[i]
            window[i] = min(low, max(0, middle - width)), max(top, min(m, middle + width))
    return window


def _pair_by_rare_marks(source: Sequence[Features], version: Sequence[Features]) -> list[_Point]:
    """Pair texts by their rare marks; each text of the source occurs at most once, ascending."""
    places = [_rare_marks(side) for side in (source, version)]
    votes = Counter((i, places[1][mark]) for mark, i in places[0].items() if mark in places[1])
    best: dict[int, tuple[int, int]] = {}
    for (i, j), count in votes.items():
        if count >= _LEAST_VOTES:
            best[i] = max(best.get(i, (0, 0)), (count, -j))
    return sorted((i, -j) for i, (_, j) in best.items())


def _rare_marks(texts: Sequence[Features]) -> Mapping[str, int]:
    counts = Counter(mark for text in texts for mark in text.marks if mark[0] in _RARE_CLASSES)
    return {mark: at for at, text in enumerate(texts) for mark in text.marks if counts[mark] == 1}


def _longest_ascending_run(points: Sequence[_Point]) -> list[_Point]:
    """Return the longest run of points in which both numbers grow."""
    lasts: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(points):
        length = bisect_left(lasts, j)
        before.append(ends[length - 1] if length else -1)
        lasts[length : length + 1] = [j]
        ends[length : length + 1] = [at]
    run: list[_Point] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(points[at])
        at = before[at]
    return run[::-1]


def _keep_supported(points: Sequence[_Point]) -> list[_Point]:
    """Return the points that another one near them agrees with."""
    return [
        (i, j)
        for at, (i, j) in enumerate(points)
        if any(
            abs((a - i) - (b - j)) <= _SLACK + abs(a - i) // 4
            for a, b in points[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
            if (a, b) != (i, j)
        )
    ]
