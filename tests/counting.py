"""How many instructions a piece of work takes, by its size.

Seconds tell of the machine and of what else runs on it; steps of Python do not see the regexes
and the parser, where time that grows with the square of a text hides. So valgrind counts the
instructions of the processor, in Python, C and Rust alike; the same work gives the same number but
for some thousands.

This module is also the program that runs in valgrind. It loads all that is needed once, and forks
a child for each piece of work. A child begins with its parent's count, so only the differences
between children say anything.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    Task = Callable[[], object]
    Work = Callable[[int], Task]
    """Gives for a size what is to be counted; what it does before that is not."""

__all__ = ["Growth", "growths"]

_SMALLEST = 128
_LARGEST = 40_000
_ENOUGH = 2_000_000
"""Instructions of the first doubling; what starts, grows or is remembered takes some thousands."""
_LAST_LINE = 30
"""Bytes of a file of counts that hold the end of ``summary: 123``."""
_VALGRIND = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--quiet")
_HERE = "tests.counting"


class Growth(NamedTuple):
    """What some work takes at three sizes, each twice the one before."""

    name: str
    size: int
    """The smallest."""
    counts: tuple[int, ...]
    """Instructions, to each of which the same was added."""

    @property
    def rate(self) -> float:
        """How much more the second doubling costs than the first; what stays the same falls out.

        It is 2 where the work is linear, about 2.2 for n log n, and 4 where it is quadratic.
        """
        small, middle, large = self.counts
        return (large - middle) / max(middle - small, 1)


def growths(module: str, table: str) -> list[Growth]:
    """Count each work of a table, ``{name: work}``, of a module."""
    with TemporaryDirectory() as folder:
        out = f"--cachegrind-out-file={folder}/%p"
        done = subprocess.run(
            [*_VALGRIND, out, sys.executable, "-m", _HERE, folder, module, table],
            cwd=Path(__file__).parents[1],
            env={**os.environ, "PYTHONHASHSEED": "0"},
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
    lines = (json.loads(line) for line in done.stdout.splitlines())
    return [Growth(name, size, tuple(counts)) for name, size, counts in lines]


def _main(folder: str, module: str, table: str) -> None:
    works: dict[str, Work] = getattr(importlib.import_module(module), table)
    for work in works.values():  # so that what is loaded at first use is there before the forks
        work(_SMALLEST // 2)()  # not the very same texts, which are remembered
    gc.collect()
    gc.freeze()
    gc.disable()
    for name, work in works.items():
        sys.stdout.write(json.dumps([name, *_grown(Path(folder), work)]) + "\n")


def _grown(folder: Path, work: Work) -> tuple[int, list[int]]:
    """Count at three sizes; at larger ones where there is too little to tell anything."""
    size = _SMALLEST
    while True:
        tasks = [work(times * size) for times in (1, 2, 4)]  # before any count begins
        counts = [_total(folder, task) for task in tasks]
        if counts[1] - counts[0] > _ENOUGH or size > _LARGEST:
            return size, counts
        size *= 2


def _total(folder: Path, task: Task) -> int:
    """Give the count of a child that does a task, with all that its parents did before."""
    child = os.fork()
    if not child:
        # A thread has a heap of its own. In the first one the allocator walks through what the
        # loading of the modules left free, and that can take a million instructions or none.
        worker = Thread(target=_done, args=(task,))
        worker.start()
        worker.join()
        os._exit(1)
    _, status = os.waitpid(child, 0)
    if status:
        raise ChildProcessError(f"ended with {status}")
    with (folder / str(child)).open("rb") as counts:
        counts.seek(-_LAST_LINE, os.SEEK_END)
        return int(counts.read().rpartition(b":")[2])


def _done(task: Task) -> None:
    """Do a task and end the process."""
    try:
        task()
    except BaseException:  # noqa: BLE001 - the child must not go on as its parent does
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    _main(*sys.argv[1:])
