"""Work in several processes: what happens when one of them is ended from outside."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from pipeline.commands import steps as commands
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from pipeline.commands.job import Job

ARTICLES = [f"a{number}" for number in range(8)]


def test_a_process_that_the_system_ended_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path, *ARTICLES)
    merge = commands._merge

    def killed(job: Job, name: str) -> None:
        if name == "a7":
            os.kill(os.getpid(), signal.SIGKILL)  # as the kernel does where memory runs out
        merge(job, name)

    monkeypatch.setattr(commands, "_merge", killed)
    outcome = project.run("merge", "--jobs", "2")
    assert outcome.code == 2
    assert "ended a process" in outcome.err
    assert "--jobs 1" in outcome.err
    monkeypatch.undo()
    project.done("merge", "--jobs", "2")
    assert all(project.catalog(article=name).units for name in ARTICLES)
