"""Work on each article, in one process or in several, with the same result."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import InputError, MachineError, PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.commands.job import Job
    from pipeline.commands.unchanged import Remains
    from pipeline.findings import Finding

__all__ = ["cores", "each"]

_FEW = 4
"""Minimum number of articles for each worker."""
_BETWEEN_LOOKS = 0.1
"""Seconds between a worker's checks that its parent is alive."""


class _Outcome(NamedTuple):
    """Outcome of a worker's work on an article, which the parent prints and keeps."""

    said: tuple[tuple[str, str], ...]
    """Kind (tell or warn) and line of each message."""
    findings: tuple[Finding, ...]
    changed: tuple[str, ...]
    seen: dict[str, str]
    remains: dict[str, Remains]
    error: PipelineError | None


def cores() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(job: Job, work: Callable[[Job, str], None], articles: Sequence[str]) -> None:
    """Call a function for each of some articles, in as many processes as the job has.

    Messages, findings and errors come in the order of the articles. An article with a file that
    cannot be used is left out of later work.

    Raises:
        PipelineError: another error of the work on an article; the first one in their order.
        MachineError: the system ended a process.
    """
    count = min(job.options.jobs or cores(), len(articles) // _FEW)
    if count < 2 or "fork" not in multiprocessing.get_all_start_methods():
        for name in articles:
            with job.guard(name):
                work(job, name)
        return
    # Forked, because a worker needs all that the job knows, and gives back only what it did.
    context = multiprocessing.get_context("fork")
    chunk = max(1, len(articles) // (count * 8))
    chunks = [articles[start : start + chunk] for start in range(0, len(articles), chunk)]
    with ProcessPoolExecutor(count, context, _begin, (job, work, os.getpid())) as pool:
        try:
            futures = [pool.submit(_some, names) for names in chunks]
            for names, future in zip(chunks, futures, strict=True):
                for name, outcome in zip(names, future.result(), strict=True):
                    _replay(job, name, outcome)
        except BrokenProcessPool as error:
            message = "the system ended a worker process, perhaps for lack of memory"
            hint = "run again with --jobs 1, which needs less memory"
            raise MachineError(
                f"{message}; the files that were written are complete; {hint}"
            ) from error
        except BaseException:
            # Nothing is cancelled: the pool of Python 3.11 prints a traceback where a worker ends
            # before it has taken note of a cancelled future.
            for worker in multiprocessing.active_children():
                worker.terminate()  # as nobody waits for what they do
            raise


_here: list[tuple[Job, Callable[[Job, str], None]]] = []
"""Job and function of this process, if it is a worker."""


def _begin(job: Job, work: Callable[[Job, str], None], parent: int) -> None:
    _here[:] = [(job, work)]
    # What the parent does when it is told to end is not for its workers, which it ends itself.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process soon after its parent was killed, so that it does not outlive the lock."""
    while os.getppid() == parent:
        time.sleep(_BETWEEN_LOOKS)
    os._exit(1)


def _some(names: Sequence[str]) -> list[_Outcome]:
    return [_one(name) for name in names]


def _one(name: str) -> _Outcome:
    job, work = _here[0]
    said: list[tuple[str, str]] = []
    job.tell = lambda line: said.append(("tell", line))
    job.warn = lambda line: said.append(("warn", line))
    job.findings = []
    job.remains = {}
    job.workspace.changed = []
    job.workspace.seen = {}
    error = None
    try:
        work(job, name)
    except PipelineError as failure:
        error = failure
    workspace = job.workspace
    return _Outcome(
        tuple(said),
        tuple(job.findings),
        tuple(workspace.changed),
        workspace.seen,
        job.remains,
        error,
    )


def _replay(job: Job, name: str, outcome: _Outcome) -> None:
    for kind, line in outcome.said:
        (job.tell if kind == "tell" else job.warn)(line)
    job.findings += outcome.findings
    job.workspace.changed += outcome.changed
    job.workspace.seen |= outcome.seen
    job.remains |= outcome.remains
    if isinstance(outcome.error, (InputError, MachineError)):
        job.set_aside(name, outcome.error)
    elif outcome.error:
        raise outcome.error
