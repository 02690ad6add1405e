"""Runs again whenever a file of the project is saved."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pipeline.terminal import Terminal

__all__ = ["watch"]

_SETTLE = 200
"""Milliseconds without a change after which a save is taken to be whole."""
_TURN = 500
"""Milliseconds after which the watcher looks whether it is to end."""
_MANY = 3


def watch(
    root: Path,
    run: Callable[[], Sequence[str]],
    concerns: Callable[[str], bool],
    terminal: Terminal,
) -> None:
    """Run, and run again after each change of a file, until interrupted.

    ``run`` gives the paths that it wrote; ``concerns`` tells whether a path, relative to the
    root, is of a file that a run reads. What is wrong with a file is said, and the watch goes on.
    Changes that a run made itself are no reason for another one.
    """
    changes = _changes(root, concerns)
    next(changes)  # from here on no save is missed, not even one during a run
    written = _once(run, terminal, "")
    terminal.tell("watching; Ctrl-C ends it")
    for paths in filter(None, changes):
        others = sorted(paths - written)
        if others:
            names = ", ".join(others[:_MANY]) + (" …" if len(others) > _MANY else "")
            written = _once(run, terminal, names)
        else:
            written = set()


def _once(run: Callable[[], Sequence[str]], terminal: Terminal, names: str) -> set[str]:
    began = time.monotonic()
    try:
        paths = set(run())
    except PipelineError as error:
        terminal.error(str(error))
        return set()
    seconds = time.monotonic() - began
    if names:
        terminal.tell(f"{names}: wrote {len(paths)} files in {seconds:.1f} s")
    return paths


def _changes(root: Path, concerns: Callable[[str], bool]) -> Iterator[set[str]]:
    """Yield paths that changed together and concern a run.

    Now and then it yields none, the first time as soon as it watches.
    """
    import watchfiles  # here, because no other command needs it

    for changes in watchfiles.watch(
        root, step=_SETTLE, rust_timeout=_TURN, yield_on_timeout=True, raise_interrupt=True
    ):
        yield {p for _, path in changes if concerns(p := path.removeprefix(f"{root}/"))}
