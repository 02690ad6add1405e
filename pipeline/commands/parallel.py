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
    from pipeline.commands.unchanged import ArticleOutcome
    from pipeline.findings import Finding

__all__ = ["core_count", "for_each_article"]

_MIN_ARTICLES = 4
"""Minimum number of articles for each worker."""
_PARENT_CHECK_SECONDS = 0.1
"""Seconds between a worker's checks that its parent is alive."""


class _WorkerResult(NamedTuple):
    """Outcome of a worker's work on an article, which the parent prints and keeps."""

    messages: tuple[tuple[str, str], ...]
    """Kind (tell or warn) and line of each message."""
    findings: tuple[Finding, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    digests: dict[str, str]
    outcomes: dict[str, ArticleOutcome]
    error: PipelineError | None


def core_count() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def for_each_article(job: Job, work: Callable[[Job, str], None], articles: Sequence[str]) -> None:
    """Call a function for each of some articles, in as many processes as the job has.

    Messages, findings and errors come in the order of the articles. An article with a file that
    cannot be used is left out of later work.

    Raises:
        PipelineError: another error of the work on an article; the first one in their order.
        MachineError: the system ended a process.
    """
    count = min(job.options.jobs or core_count(), len(articles) // _MIN_ARTICLES)
    if count < 2 or "fork" not in multiprocessing.get_all_start_methods():
        for name in articles:
            with job.guard(name):
                work(job, name)
        return
    # Forked, because a worker needs the whole job, and returns only its results.
    context = multiprocessing.get_context("fork")
    # Several chunks for each worker, so that a slow article does not hold up the end.
    chunk = max(1, len(articles) // (count * 8))
    chunks = [articles[start : start + chunk] for start in range(0, len(articles), chunk)]
    with ProcessPoolExecutor(count, context, _start_worker, (job, work, os.getpid())) as pool:
        try:
            futures = [pool.submit(_work_on_all, names) for names in chunks]
            for names, future in zip(chunks, futures, strict=True):
                for name, result in zip(names, future.result(), strict=True):
                    _replay(job, name, result)
        except BrokenProcessPool as error:
            message = "the system ended a worker process, perhaps for lack of memory"
            hint = "run again with --jobs 1, which needs less memory"
            raise MachineError(
                f"{message}; the files that were written are complete; {hint}"
            ) from error
        except BaseException:
            # Futures are not cancelled: Python 3.11's pool prints a traceback if a worker ends
            # before the pool has handled a cancelled future.
            for worker in multiprocessing.active_children():
                worker.terminate()  # nothing waits for its result
            raise


_worker_task: list[tuple[Job, Callable[[Job, str], None]]] = []
"""Job and function of this process, if it is a worker."""


def _start_worker(job: Job, work: Callable[[Job, str], None], parent: int) -> None:
    _worker_task[:] = [(job, work)]
    # The parent's handlers are for the parent only: it terminates its workers itself.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_exit_with_parent, args=(parent,), daemon=True).start()


def _exit_with_parent(parent: int) -> None:
    """End this process soon after its parent was killed, so that it does not outlive the lock."""
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_SECONDS)
    # sys.exit() would end only this thread.
    os._exit(1)


def _work_on_all(names: Sequence[str]) -> list[_WorkerResult]:
    return [_work_on(name) for name in names]


def _work_on(name: str) -> _WorkerResult:
    job, work = _worker_task[0]
    messages: list[tuple[str, str]] = []
    job.tell = lambda line: messages.append(("tell", line))
    job.warn = lambda line: messages.append(("warn", line))
    job.findings = []
    job.outcomes = {}
    job.workspace.changed = []
    job.workspace.removed = []
    job.workspace.digests = {}
    error = None
    try:
        work(job, name)
    except PipelineError as failure:
        error = failure
    workspace = job.workspace
    return _WorkerResult(
        tuple(messages),
        tuple(job.findings),
        tuple(workspace.changed),
        tuple(workspace.removed),
        workspace.digests,
        job.outcomes,
        error,
    )


def _replay(job: Job, name: str, result: _WorkerResult) -> None:
    for kind, line in result.messages:
        (job.tell if kind == "tell" else job.warn)(line)
    job.findings += result.findings
    job.workspace.changed += result.changed
    job.workspace.removed += result.removed
    job.workspace.digests |= result.digests
    job.outcomes |= result.outcomes
    if isinstance(result.error, (InputError, MachineError)):
        job.leave_out(name, result.error)
    elif result.error:
        raise result.error
