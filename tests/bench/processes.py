"""CPU time and memory of a process, measured alike for all tools."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["Usage", "measured"]

_STARTER = """
import json, os, sys
null = [(os.POSIX_SPAWN_OPEN, n, os.devnull, os.O_RDWR, 0) for n in (1, 2)]
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=null)
_, status, usage = os.wait4(child, 0)
ended = os.waitstatus_to_exitcode(status)
print(json.dumps([ended, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]))
"""
"""Intermediate process: Linux also counts the memory a process had before it became another
program, and this one has grown through earlier measurements."""


class Usage(NamedTuple):
    """Resources used by a process and the children it waited for."""

    seconds: float
    """CPU time."""
    megabytes: float
    """Peak memory of the largest process."""


def measured(
    command: Sequence[str],
    folder: Path,
    made: Path | None = None,
    *,
    environment: Mapping[str, str] | None = None,
) -> Usage:
    """Run a command and measure it; raise SystemExit if it fails or ``made`` is missing."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _STARTER, *command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    ended, seconds, megabytes = json.loads(done.stdout)
    if ended or (made and not made.exists()):
        raise SystemExit(f"failed: {' '.join(command[:6])} …")
    return Usage(seconds, megabytes)
