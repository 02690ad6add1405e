"""A run that is killed at any moment leaves whole files, and the next run completes it."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from pipeline.cli import main
from pipeline.engines.pseudo import Pseudo
from pipeline.pofile import load
from tests.project import ENVIRONMENT, Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.process import BaseProcess

    from pipeline.engines.contract import Answer
    from pipeline.errors import EngineRefused

MOMENTS = 30
LOCALES = ["fr", "ar"]
ARTICLES = ["salt", "a/pepper"]
TEXT = "---\ntitle: Spices\n---\n" + "".join(
    f"\n## Cook {number}, Kitchen {number} (@cook{number})\n\nI use **{number} grams** of it.\n\n"
    f"- Never more than {number + 7}.\n- See [my list](https://example.org/{number}).\n"
    for number in range(8)
)

# A server that has everything imported, and forks: a process is there within milliseconds.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.test_kill"])


def work(root: Path, pause: float) -> None:
    """Run the pipeline in a process of its own, with an engine that thinks a while."""
    translate = Pseudo.translate

    def slow(self: Pseudo, *arguments: Any) -> Iterator[Answer | EngineRefused]:
        for answer in translate(self, *arguments):
            time.sleep(pause)
            yield answer

    os.chdir(root)
    os.environ.update(ENVIRONMENT)
    with (
        mock.patch.object(Pseudo, "translate", slow),
        Path(os.devnull).open("w") as silence,
        redirect_stdout(silence),
        redirect_stderr(silence),
    ):
        sys.exit(main(["run", "--drafts"]))


def project_in(root: Path) -> Project:
    return Project(root, *ARTICLES, text=TEXT, locales=LOCALES)


def started(project: Project, pause: float = 0.002) -> BaseProcess:
    process = _PROCESSES.Process(target=work, args=(project.root, pause))
    process.start()
    return process


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    """Give the tree of a whole run, and the seconds that it takes."""
    seconds = []
    for attempt in range(3):  # the first one starts the server
        project = project_in(tmp_path_factory.mktemp("whole") / str(attempt))
        start = time.perf_counter()
        process = started(project)
        process.join()
        seconds.append(time.perf_counter() - start)
        assert process.exitcode == 0
    return project.tree(), min(seconds)


def test_killed_at_any_moment(undisturbed: tuple[dict[str, bytes], float], tmp_path: Path) -> None:
    complete, seconds = undisturbed
    chosen = random.Random(1994)
    halves = []
    for number in range(MOMENTS):
        project = project_in(tmp_path / str(number))
        process = started(project)
        time.sleep(seconds * (number + chosen.random()) / MOMENTS)
        process.kill()
        process.join()
        assert process.exitcode in (-signal.SIGKILL, 0)
        tree = project.tree()
        halves.append(tree)
        assert_whole(project)

        project.done("run", "--drafts")
        assert project.tree() == complete, number
        assert list((project.root / ".pipeline/unfinished").iterdir()) == []
    different = {tuple(sorted(tree.items())) for tree in halves}
    assert len(different) >= 5, "the kills did not hit the run at different moments"


def assert_whole(project: Project) -> None:
    """Every catalogue can be read, by us and by gettext."""
    for path in project.tree():
        if path.endswith((".po", ".pot")):
            load(project.root / path, path)
        if path.endswith(".po"):
            command = ["msgfmt", "--check", "-o", os.devnull, path]
            subprocess.run(command, cwd=project.root, check=True, capture_output=True, timeout=20)


def test_interrupted_by_the_keyboard(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    process = started(project, pause=10.0)
    while process.is_alive() and not (tmp_path / project.po("fr", "a/pepper")).exists():
        time.sleep(0.01)
    time.sleep(0.1)
    assert process.pid
    os.kill(process.pid, signal.SIGINT)
    process.join()
    assert process.exitcode == 130
    assert_whole(project)
    project.done("run", "--drafts")
    assert len(project.catalog("fr", "salt").units) > 20
