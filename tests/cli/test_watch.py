"""Watch mode runs again for files that a run reads, and for no others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.sample_project import ARTICLE, ENVIRONMENT, Project
from tests.steps import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_QUIET = 1.5
"""Seconds in which a watch that reacts to its own output would run again."""


class Watch:
    """Running watch with its log, which is a file in its project."""

    def __init__(self, root: Path) -> None:
        self.log = root / "log.txt"

    def said(self) -> str:
        """Return the log so far."""
        return self.log.read_text()

    def runs(self) -> list[str]:
        """Return the log lines of files written by runs after the first one."""
        return [line for line in self.said().splitlines() if ": wrote " in line]


@contextmanager
def watching(project: Project) -> Iterator[Watch]:
    """Watch a project from the end of its first run until the block ends, then interrupt it."""
    environment = {**os.environ, **ENVIRONMENT, "PYTHONUNBUFFERED": "1"}
    command = (sys.executable, "-m", "pipeline", "watch", "--drafts")
    watch = Watch(project.root)
    with (
        watch.log.open("w") as log,
        subprocess.Popen(command, cwd=project.root, env=environment, stderr=log) as process,
    ):
        try:
            until(lambda: "watching" in watch.said())
            yield watch
        finally:
            code = ended(process)
        assert code == 130
    assert "interrupted" not in watch.said()


def ended(process: subprocess.Popen[bytes]) -> int:
    """Send Ctrl-C until a watch ends, kill it after ten attempts, and return its exit code."""
    for _ in range(10):
        process.send_signal(signal.SIGINT)
        try:
            return process.wait(2)
        except subprocess.TimeoutExpired:
            continue
    process.kill()
    return process.wait()


def test_it_builds_again_after_a_save(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with watching(project) as watch:
        page = tmp_path / "preview/fr/salt.md"
        assert "3" in page.read_text()
        project.edit("source/salt/en.md", "3 times", "77 times")
        until(lambda: "77" in page.read_text())
        until(lambda: "source/salt/en.md: wrote" in watch.said())
        project.write("source/salt/en.md", b"\xff")
        until(lambda: "expected UTF-8" in watch.said())
        project.write("source/salt/new", ARTICLE.replace("3 times", "88 times"))
        (tmp_path / "source/salt/new").replace(tmp_path / "source/salt/en.md")
        until(lambda: "88" in page.read_text())
        (tmp_path / "source/salt").rename(tmp_path / "source/pepper")
        until((tmp_path / "preview/fr/pepper.md").exists)


def test_it_does_not_run_for_what_it_wrote_or_does_not_read(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with watching(project) as watch:
        project.edit("source/salt/en.md", "3 times", "77 times")
        until(lambda: bool(watch.runs()))
        for path in ("notes.txt", "source/salt/.en.md.swp", "source/salt/en.md~", "x/a.md"):
            project.write(path, "Not read by any run.")
        time.sleep(_QUIET)
        assert len(watch.runs()) == 1


def test_wrong_settings_are_waited_for(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with watching(project) as watch:
        settings = project.read("pipeline.toml")
        project.write("pipeline.toml", settings + "no_setting = 1\n")
        until(lambda: "unknown setting 'no_setting'" in watch.said())
        project.write("pipeline.toml", settings + 'page_path = "out/{lang}/{article}.md"\n')
        until((tmp_path / "out/en/salt.md").exists)
