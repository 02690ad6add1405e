"""Steps of a piece of work, counted, and waiting for other processes.

Seconds depend on the machine and its load. Steps are the same on every run; the work that
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
"""Limit of `growth`: 2 for linear work, 2.2 for n log n; growing tables cost a little more."""
_PATIENCE = 60.0
"""Seconds before `until` gives up."""


def calls(work: Callable[[], object]) -> int:
    """Count the calls of functions, including those in C, in this thread; quicker than `steps`."""
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
    """Count the lines that run and the calls into C, including those in threads of the work."""
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
    """Return the ratio of the second doubling's cost to the first's; constant costs cancel out.

    The ratio is 2 for linear work and 4 for quadratic work.
    """
    few, some, many = (steps(work(times * size)) for times in (1, 2, 4))
    return (many - some) / (some - few)


def until(true: Callable[[], bool], seconds: float = _PATIENCE) -> None:
    """Wait for a condition; fail if it is not met in time."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it never happened"
        time.sleep(0.01)
