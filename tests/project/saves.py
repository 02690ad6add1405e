"""A program that saves a file again and again while a workspace writes it."""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import time
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

from pipeline.errors import ConflictError
from pipeline.project.settings import Settings
from pipeline.project.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.synchronize import Event
    from pathlib import Path

__all__ = ["SAVES", "lost_saves"]

NAME = "a.po"
_PATIENCE = 2.0
"""Seconds after which a save that is nowhere is lost."""


def in_place(file: Path, data: bytes) -> None:
    """Save as most editors do: empty the file, then write it."""
    file.write_bytes(data)


def by_rename(file: Path, data: bytes) -> None:
    """Save as careful editors do: write another file, then rename it."""
    new = file.with_name("editor.tmp")
    new.write_bytes(data)
    new.replace(file)


def slowly_in_place(file: Path, data: bytes) -> None:
    """Save without emptying the file first, with a pause while it is open."""
    with suppress(FileNotFoundError), file.open("r+b") as stream:
        time.sleep(random.random() / 2000)
        stream.write(data)
        stream.truncate()


SAVES: dict[str, Callable[[Path, bytes], None]] = {
    "in place": in_place,
    "by a rename": by_rename,
    "slowly in place": slowly_in_place,
}


def lost_saves(folder: Path, kind: str, saves: int) -> list[int]:
    """Return the numbers of the saves that were lost, of so many."""
    file = folder / NAME
    file.write_bytes(b"save 0\n")
    processes = multiprocessing.get_context("fork")
    end = processes.Event()
    writer = processes.Process(target=_write, args=(folder, end))
    writer.start()
    try:
        lost = []
        for number in range(1, saves + 1):
            time.sleep(random.random() / 1000)
            SAVES[kind](file, f"save {number}\n".encode())
            if not _is_safe(folder, number):
                lost.append(number)
        return lost
    finally:
        end.set()
        writer.join(30)
        assert writer.exitcode == 0


def _write(folder: Path, end: Event) -> None:
    """Write the file without a pause, each time from what was read, as a run does."""
    os.fsync = lambda _: None  # type: ignore[assignment]  # a thousand times as many writes
    with Workspace(folder, Settings()) as workspace:
        for number in count():
            if end.is_set():
                return
            old = workspace.read(NAME)
            save = re.search(rb"save \d+\n", old or b"")
            if save is None:  # another program is writing
                continue
            with suppress(ConflictError):
                workspace.write(NAME, b"run %d after " % number + save[0], old)


def _is_safe(folder: Path, number: int) -> bool:
    """Return whether a save is in the file, read by a run, or kept as a backup."""
    save = f"save {number}\n".encode()
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        for file in folder.glob(f"{NAME}*"):
            with suppress(FileNotFoundError):
                if file.read_bytes().endswith(save):
                    return True
    return False
