"""Watch mode: run again whenever an input file is saved."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError
from pipeline.project import SETTINGS_FILES, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipeline.cli.terminal import Terminal

__all__ = ["watch"]

_SAVE_PAUSE = 200
"""Milliseconds without a change after which a save is taken to be complete."""
_INTERRUPT_CHECK = 500
"""Milliseconds between the watcher's checks for an interruption."""
_MAX_NAMES = 3


def watch(root: Path, run: Callable[[list[str]], object], terminal: Terminal) -> None:
    """Run, and run again after each change of an input, until interrupted.

    ``run`` adds the paths that it wrote to a list. Errors in files are printed, and the watch goes
    on. Changes that a run made itself do not start another one.
    """
    changes = _watch_changes(root)
    next(changes)  # starts the watcher, so that no save is missed, not even one during a run
    written_paths = _run_once(run, terminal, "")
    terminal.tell("watching for changes; press Ctrl-C to stop")
    for paths in filter(None, changes):
        others = sorted(_filter_inputs(root, paths - written_paths))
        if others:
            names = ", ".join(others[:_MAX_NAMES]) + (" …" if len(others) > _MAX_NAMES else "")
            written_paths = _run_once(run, terminal, names)
        else:
            written_paths = set()


def _run_once(run: Callable[[list[str]], object], terminal: Terminal, names: str) -> set[str]:
    start = time.monotonic()
    written: list[str] = []
    try:
        run(written)
    except PipelineError as error:
        terminal.error(str(error))
        return set(written)
    seconds = time.monotonic() - start
    paths = set(written)
    if names:
        terminal.tell(f"{names}: wrote {len(paths)} files in {seconds:.1f} s")
    return paths


def _filter_inputs(root: Path, paths: set[str]) -> set[str]:
    """Return the paths that a run reads; if the settings are invalid, only the settings files."""
    settings_files = paths.intersection(SETTINGS_FILES)
    try:
        with Workspace.open(root, os.environ) as workspace:
            return settings_files | set(filter(workspace.is_input, paths))
    except PipelineError:
        return settings_files


def _watch_changes(root: Path) -> Iterator[set[str]]:
    """Yield sets of paths that changed together, relative to the root; new folders as their files.

    Now and then a set is empty; the first one is, as soon as the watch begins.
    """
    import watchfiles  # here, because no other command needs it

    for changes in watchfiles.watch(
        root,
        step=_SAVE_PAUSE,
        rust_timeout=_INTERRUPT_CHECK,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        paths = set()
        for change, name in changes:
            path = root / name
            moved = change is watchfiles.Change.added and path.is_dir()
            paths |= {path, *path.rglob("*")} if moved else {path}
        yield {path.relative_to(root).as_posix() for path in paths}
