"""Instructions that a function takes, by the size of its input.

Seconds depend on the machine and its load; steps of Python do not include the regexes
and the parser, where quadratic time can hide. So valgrind counts the
instructions of the processor, in Python, C and Rust alike; the same work gives the same number but
for some thousands.

This module is also the program that runs in valgrind. It loads all it needs once, and forks
a child for each piece of work. A child begins with its parent's count, so only the differences
between children are meaningful.
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
    """Function of a size that returns the task to count; its own instructions are not counted."""

__all__ = ["Growth", "growths"]

_SMALLEST = 128
_LARGEST = 40_000
_ENOUGH = 2_000_000
"""Minimum instructions of the first doubling; start-up, growth and caches take some thousands."""
_LAST_LINE = 30
"""Bytes at the end of a counts file that hold the last digits of ``summary: 123``."""
_VALGRIND = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--quiet")
_HERE = "tests.counting"


class Growth(NamedTuple):
    """Instructions of a work at three sizes, each twice the one before."""

    name: str
    size: int
    """Smallest of the three sizes."""
    counts: tuple[int, ...]
    """Instructions at each size, all with the same constant added."""

    @property
    def rate(self) -> float:
        """Return the ratio of the second doubling's cost to the first's; constant costs cancel out.

        The ratio is 2 for linear work, about 2.2 for n log n, and 4 for quadratic work.
        """
        small, middle, large = self.counts
        return (large - middle) / max(middle - small, 1)


def growths(module: str, table: str) -> list[Growth]:
    """Count each work of a module's table ``{name: work}``."""
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
    """Count at three sizes; use larger ones where the difference is too small to measure."""
    size = _SMALLEST
    while True:
        tasks = [work(times * size) for times in (1, 2, 4)]  # before any count begins
        counts = [_total(folder, task) for task in tasks]
        if counts[1] - counts[0] > _ENOUGH or size > _LARGEST:
            return size, counts
        size *= 2


def _total(folder: Path, task: Task) -> int:
    """Return the instructions of a child that runs a task, plus those of its parents before."""
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
    """Run a task and end the process."""
    try:
        task()
    except BaseException:  # noqa: BLE001 - the child must not go on as its parent does
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    _main(*sys.argv[1:])
