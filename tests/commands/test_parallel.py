"""Work in several processes, one of which is killed from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.commands import steps as commands
from tests.sample_project import Project
from tests.steps import until

if TYPE_CHECKING:
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
    assert "the system ended a worker process, perhaps for lack of memory" in outcome.err
    assert "--jobs 1" in outcome.err
    monkeypatch.undo()
    project.done("merge", "--jobs", "2")
    assert all(project.catalog(article=name).units for name in ARTICLES)


PROGRAM = """\
import os, signal, sys
from pipeline.cli import main
from pipeline.commands import steps

def wait(job, name):
    os.write(1, b"%d\\n" % os.getpid())  # at once, as two of them write
    signal.pause()

steps._merge = wait
main(["merge", "--jobs", "2"])
"""


def test_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    Project(tmp_path, *ARTICLES)
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        workers = [run.stdout.readline().strip() for _ in range(2)]
        run.kill()
    assert "" not in workers
    until(lambda: not any(Path("/proc", worker).exists() for worker in workers))


@pytest.mark.parametrize("terminal", [False, True])
def test_a_run_that_is_told_to_end_says_so(tmp_path: Path, terminal: bool) -> None:
    Project(tmp_path, *ARTICLES)
    code = PROGRAM.replace("import main", "import console").replace("main([", "sys.argv[1:] = ([")
    with subprocess.Popen(
        [sys.executable, "-c", f"{code}\nconsole()"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        assert run.stdout
        workers = [run.stdout.readline().strip() for _ in range(2)]
        if terminal:
            os.killpg(run.pid, signal.SIGINT)  # as Ctrl-C does, which the workers get as well
        else:
            run.terminate()
        _, err = run.communicate()
    assert run.returncode == 130
    assert err == "error: interrupted; run the command again to continue\n"
    until(lambda: not any(Path("/proc", worker).exists() for worker in workers))
