"""Laws run in turn, a slice of time each, with a new seed for every slice.

Hypothesis runs a number of examples and knows no time budget. So a slice runs a law again and
again, each time with the next seed. What hypothesis finds it shrinks itself and keeps in its
database (``.hypothesis``), so that the next run begins with it.
"""

from __future__ import annotations

import signal
import sys
import time
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from hypothesis import seed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import FrameType

__all__ = ["LIMIT", "SIZE", "Hunt", "Row", "TooSlow"]

LIMIT = 20.0
"""Seconds that one example may take."""
SIZE = 200
"""Examples per seed; a longer run reaches larger inputs only slowly."""
_SLICE = 3.0
"""Seconds after which the next law runs."""


class TooSlow(Exception):
    """One example exceeded `LIMIT`."""


@dataclass
class Row:
    """A law and its results."""

    name: str
    law: Any
    examples: int = 0
    seconds: float = 0.0
    failure: str = ""
    """Hypothesis's report of the smallest input that breaks the law; the law then stops running."""


class Hunt:
    """Laws to run, with their results."""

    def __init__(self, laws: Mapping[str, Callable[[], None]], first_seed: int) -> None:
        self.rows = [Row(name, law) for name, law in laws.items()]
        self._seed = first_seed
        for row in self.rows:
            _count(row)

    def run(self, seconds: float) -> None:
        """Run the laws in turn until the time is over or each is broken."""
        end = time.monotonic() + seconds
        previous = signal.signal(signal.SIGALRM, _stop)
        try:
            while time.monotonic() < end and not all(row.failure for row in self.rows):
                for row in self.rows:
                    turn = min(end, time.monotonic() + _SLICE)
                    while not row.failure and time.monotonic() < turn:
                        self._try(row)
        finally:
            signal.signal(signal.SIGALRM, previous)

    def _try(self, row: Row) -> None:
        """Run one law on the examples of the next seed."""
        self._seed += 1
        begin = time.monotonic()
        try:
            seed(self._seed)(row.law)()
        except (Exception, BaseExceptionGroup) as error:  # noqa: BLE001 - the seam: any is a find
            row.failure = _told(error)
            sys.stderr.write(f"\n{row.name} is broken (seed {self._seed}):\n{row.failure}\n")
        row.seconds += time.monotonic() - begin

    def table(self) -> str:
        """Return a table of each law's name, examples, seconds and outcome, with totals."""
        width = max(len(row.name) for row in self.rows)
        lines = [f"{'law':{width}} {'examples':>9} {'seconds':>8}  outcome"]
        for row in self.rows:
            outcome = "BROKEN" if row.failure else "held" if row.examples else "not run"
            lines.append(f"{row.name:{width}} {row.examples:9,} {row.seconds:8.1f}  {outcome}")
        broken = sum(bool(row.failure) for row in self.rows)
        total = sum(row.examples for row in self.rows)
        lines.append(f"{total:,} examples, {broken} of {len(self.rows)} laws broken")
        return "\n".join(lines)


def _count(row: Row) -> None:
    """Count the examples of a law and limit the time of each."""
    inner = row.law.hypothesis.inner_test

    @wraps(inner)
    def counted(*arguments: Any, **named: Any) -> None:
        row.examples += 1
        signal.setitimer(signal.ITIMER_REAL, LIMIT)
        try:
            inner(*arguments, **named)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    row.law.hypothesis.inner_test = counted


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow(f"took more than {LIMIT:g} seconds")


def _told(error: BaseException) -> str:
    """Return the errors with hypothesis's notes and the places where they were raised."""
    if isinstance(error, BaseExceptionGroup):
        return "\n\n".join(_told(inner) for inner in error.exceptions)
    frame = error.__traceback__
    places = []
    while frame:
        code = frame.tb_frame.f_code
        if "/pipeline/" in code.co_filename or "/tests/" in code.co_filename:
            places.append(f"{code.co_filename.rpartition('/')[2]}:{frame.tb_lineno}")
        frame = frame.tb_next
    notes = getattr(error, "__notes__", ())
    return "\n".join((f"{type(error).__name__}: {error} [{' > '.join(places[-6:])}]", *notes))
