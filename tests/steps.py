"""Count what a piece of work does, and wait for what other processes do.

Seconds tell of the machine and of what else runs on it. Steps are the same on every run; what
regexes and libraries in C do inside of one call is counted by ``tests.counting``.
"""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MOST", "calls", "growth", "steps", "until"]

MOST = 2.4
"""Twice the text, twice the work: 2; n log n has 2.2 here, and tables that grow a little more."""
_PATIENCE = 60.0
"""Seconds after which nobody believes that something will still happen."""


def calls(work: Callable[[], object]) -> int:
    """Count the calls of functions, those in C included, in this thread; quicker than steps."""
    count = 0

    def profile(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event.endswith("call")

    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def steps(work: Callable[[], object]) -> int:
    """Count the lines that run and the calls into C, also in threads that the work starts."""
    count = 0

    def trace(_frame: object, event: str, _arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    def profile(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event == "c_call"

    threading.settrace(trace)
    threading.setprofile(profile)
    sys.settrace(trace)
    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
        sys.settrace(None)
        threading.setprofile(None)
        threading.settrace(None)
    return count


def growth(work: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return how much more the second doubling of a size costs than the first.

    It is 2 where the work is linear and 4 where it is quadratic; what stays the same falls out.
    """
    few, some, many = (steps(work(times * size)) for times in (1, 2, 4))
    return (many - some) / (some - few)


def until(true: Callable[[], bool], seconds: float = _PATIENCE) -> None:
    """Wait for something that takes moments, and fail only where it never happens."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it never happened"
        time.sleep(0.01)
