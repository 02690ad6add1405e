"""A run killed at any moment leaves whole files, and the next run completes it."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from pipeline.catalogue.po.file import load_po
from pipeline.cli.program import main
from pipeline.drafting.engines.pseudo import Pseudo
from tests.drafting.engines.servers import GoogleServer
from tests.sample_project import ENVIRONMENT, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from multiprocessing.process import BaseProcess

    from pipeline.drafting.engines.contract import Answer
    from pipeline.errors import EngineRefused
    from tests.drafting.engines.server import Request

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


def work(root: Path, pause: float, last: int | None) -> None:
    """Run the pipeline in a process of its own, with a slow engine.

    It ends itself at its call number ``last``; where that is None, it leaves the number of its
    calls beside the project.
    """
    translate = Pseudo.translate

    def slow(self: Pseudo, *arguments: Any) -> Iterator[tuple[int, Answer | EngineRefused]]:
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
        calls_counted(last) as count,
    ):
        code = main(["run", "--drafts"])
    if last is None:
        root.with_suffix(".calls").write_text(str(count()), "utf-8")
    sys.exit(code)


@contextmanager
def calls_counted(last: int | None) -> Iterator[Callable[[], int]]:
    """Count function calls, including those in C; kill the process at call number ``last``."""
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event.endswith("call")
        if calls == last:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    try:
        yield lambda: calls
    finally:
        sys.setprofile(None)


def project_in(root: Path) -> Project:
    return Project(root, *ARTICLES, text=TEXT, locales=LOCALES)


def started(project: Project, pause: float = 0.0, last: int | None = None) -> BaseProcess:
    process = _PROCESSES.Process(target=work, args=(project.root, pause, last))
    process.start()
    return process


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], int]:
    """Return the files after a complete run, and the number of calls it takes."""
    project = project_in(tmp_path_factory.mktemp("whole") / "project")
    process = started(project)
    process.join()
    assert process.exitcode == 0
    return project.tree(), int(project.root.with_suffix(".calls").read_text("utf-8"))


@pytest.mark.slow("30 runs are killed, and run again")
def test_killed_at_any_moment(undisturbed: tuple[dict[str, bytes], int], tmp_path: Path) -> None:
    complete, calls = undisturbed
    chosen = random.Random(1994)
    halves = []
    for number in range(MOMENTS):
        project = project_in(tmp_path / str(number))
        process = started(project, last=int(calls * (number + chosen.random()) / MOMENTS))
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
    """Check that every catalogue can be read, by the pipeline and by gettext."""
    for path in project.tree():
        if path.endswith((".po", ".pot")):
            load_po(project.root / path, path)
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


class Paid(GoogleServer):
    """Server that records each answered text, because an answer may cost money."""

    def __init__(self) -> None:
        super().__init__()
        self.paid: list[str] = []
        self.delay = lambda: 0.01

    def speak(self, request: Request) -> tuple[int, Mapping[str, str], bytes]:
        """Record the text and answer it."""
        self.paid.append(request.query["q"])
        return super().speak(request)


def ask(root: Path, url: str) -> None:
    """Draft missing translations in a process of its own, with a network service."""
    os.chdir(root)
    os.environ.update(ENVIRONMENT | {"PIPELINE_OFFLINE": "0"})
    with Path(os.devnull).open("w") as silence, redirect_stdout(silence), redirect_stderr(silence):
        sys.exit(main(["run"]))


@pytest.mark.slow("50 runs are killed")
def test_what_was_paid_for_is_not_asked_again(tmp_path: Path) -> None:
    """Kill a run at 50 random moments of its requests; each next run goes on with the rest."""
    text = "".join(f"Sentence number {n} of an article.\n\n" for n in range(800))
    chosen = random.Random(1848)
    with Paid() as server:
        service = {"google": {"base_url": f"{server.url}/m", "threads": 2, "rate": 0}}
        project = Project(tmp_path, text=text, engines=["google"], engine=service)
        for _ in range(50):
            before = len(server.paid)
            process = _PROCESSES.Process(target=ask, args=(project.root, server.url))
            process.start()
            while process.is_alive() and len(server.paid) == before:
                time.sleep(0.001)
            time.sleep(chosen.uniform(0, 0.1))
            process.kill()
            process.join()
            assert process.exitcode == -signal.SIGKILL, "it was done before it was killed"
        project.done("run", PIPELINE_OFFLINE="0")
    assert all(unit.target for unit in project.catalog().units)
    asked = Counter(server.paid)
    assert len(asked) == 800
    # Only what was on its way at a kill: two requests, and two answers to be stored.
    assert len(server.paid) <= 800 + 4 * 50
