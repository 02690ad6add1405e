"""What a process takes: the measure of all tools that run beside each other."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["Usage", "measured"]


class Usage(NamedTuple):
    """What a process and those that it waited for have taken."""

    seconds: float
    """Of the processor."""
    megabytes: float
    """Of memory, at most, in the largest of them."""


def measured(
    command: Sequence[str],
    folder: Path,
    made: Path | None = None,
    *,
    environment: Mapping[str, str] | None = None,
) -> Usage:
    """Run a command that must end well, and leave a file or folder that it is to make."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or (made and not made.exists()):
        raise SystemExit(f"failed: {' '.join(command[:6])} …")
    return Usage(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
