"""Work of known growth, to check the counting itself."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.counting import Work

__all__ = ["PLANTED"]


def _linear(size: int) -> int:
    return sum(len(str(n)) for n in range(40 * size))


def _sorted(size: int) -> list[int]:
    return sorted(n * 7919 % 100_003 for n in range(40 * size))


def _quadratic(size: int) -> int:
    return sum(1 for n in range(size) for _ in range(n))


def _mixed(size: int) -> int:
    """Do a quarter quadratic work at the trial size, more beyond it."""
    return sum(1 for _ in range(3 * 64 * size)) + _quadratic(size)


def _regex(size: int) -> object:
    return re.search(r"<!--.*?-->", "<!-- " * size, re.S)


def _work(do: Callable[[int], object]) -> Work:
    return lambda size: partial(do, size)


PLANTED = {
    "linear": _work(_linear),
    "sorted": _work(_sorted),
    "quadratic": _work(_quadratic),
    "a quarter of it quadratic": _work(_mixed),
    "quadratic in a regex": _work(_regex),
}
