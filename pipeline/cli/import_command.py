"""`pipeline import` at the command line: files, or standard input, into the project."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import commands
from pipeline.cli.exit_codes import DONE, ERROR, FINDINGS
from pipeline.errors import MachineError
from pipeline.importers import MOST_BYTES, ImportOptions
from pipeline.project import Workspace

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.cli.arguments import Options
    from pipeline.cli.terminal import Terminal

__all__ = ["run"]


def run(options: Options, terminal: Terminal, now: datetime) -> int:
    """Import the files of a command line; return the exit code.

    Raises:
        PipelineError: there is no project, or the only file cannot be imported.
    """
    environment = dict(os.environ)
    with Workspace.open(Path.cwd(), environment, check=options.check) as workspace:
        locales = workspace.settings.locales
        job = commands.Job(workspace, (), locales, now, environment, options.job, terminal)
        request = commands.ImportRequest(
            options.files,
            options.article,
            options.lang,
            ImportOptions(options.keep, dict(options.columns)),
            options.verbose,
        )
        with workspace.lock():
            differs = commands.import_documents(job, request, _read_input)
        terminal.list_left_out(job.failures)
        if workspace.changed:
            terminal.changes(workspace.changed, rehearsed=options.check)
        if job.failures:
            return ERROR
        return FINDINGS if differs or (options.check and workspace.changed) else DONE


def _read_input() -> bytes:
    """Return the content of standard input, up to more than the importers take.

    Raises:
        MachineError: it is closed, or cannot be read.
    """
    try:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    except (OSError, AttributeError, ValueError) as error:
        raise MachineError(f"standard input cannot be read: {error}") from error
