"""An unusable article is skipped; the others are done, and exit code 2 reports it."""

from __future__ import annotations

import errno
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.sample_project import Project

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sample_project import Outcome

    Alone = tuple[Outcome, dict[str, bytes]]

GOOD = [f"good{number}" for number in range(9)]
"""Enough articles for a run to use several processes."""
BAD = "good4x"
"""Name that sorts between the others, not at an end."""
ARTICLE, VERSION = f"source/{BAD}/en.md", f"source/{BAD}/fr.md"
PO = f"locales/fr/LC_MESSAGES/{BAD}.po"


def writes(path: str, content: bytes) -> Callable[[Project], None]:
    return lambda project: project.write(path, content)


def loops(path: str) -> Callable[[Project], None]:
    """Return a sabotage that replaces a file by a link to itself, which even root cannot read."""

    def sabotage(project: Project) -> None:
        (project.root / path).parent.mkdir(parents=True, exist_ok=True)
        (project.root / path).unlink(missing_ok=True)
        (project.root / path).symlink_to(project.root / path)

    return sabotage


SABOTAGES: dict[str, tuple[Callable[[Project], None], str]] = {
    "not UTF-8": (writes(ARTICLE, b"One\n\ntw\xe9\n"), f"{ARTICLE}:3: expected UTF-8, found"),
    "front matter": (writes(ARTICLE, b"---\na: [b\n---\n"), f"{ARTICLE}:2: front matter is not"),
    "version": (writes(VERSION, b"\xff"), f"{VERSION}:1: expected UTF-8, found"),
    "catalogue": (writes(PO, b'msgid "a\n'), f"{PO}:1: a quote is missing"),
    "catalogue not to be read": (loops(PO), f"{PO}: cannot be read: "),
}
COMMANDS = [
    *(
        [command, *options, "--jobs", jobs]
        for command, *options in (["extract"], ["merge"], ["align"], ["build", "--drafts"], ["run"])
        for jobs in ("1", "2")
    ),
    ["translate"],
    ["status"],
    ["check", "--no-grammar"],
    ["memory", "export", "out.tmx"],
]


NEEDLESS = {"version": ("extract", "merge", "build", "translate", "status", "check", "memory")}
"""Commands that do not read the bad file."""
AS_FINDING = {"catalogue": ("check",)}
CASES = [
    (case, command)
    for case in SABOTAGES
    for command in COMMANDS
    if command[0] not in (*NEEDLESS.get(case, ()), *AS_FINDING.get(case, ()))
]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Alone]:
    """Return a function that runs a command line without a bad article: outcome and files."""

    @cache
    def run(*command: str) -> Alone:
        project = Project(tmp_path_factory.mktemp("alone"), *GOOD)
        return project.run(*command), project.tree()

    return run


@pytest.mark.parametrize(
    ("case", "command"), CASES, ids=lambda one: " ".join(one) if isinstance(one, list) else one
)
def test_the_others_are_done(
    case: str, command: list[str], alone: Callable[..., Alone], tmp_path: Path
) -> None:
    sabotage, message = SABOTAGES[case]
    beside = Project(tmp_path, *GOOD, BAD)
    sabotage(beside)
    expected, tree = alone(*command)
    outcome = beside.run(*command)
    assert outcome.code == 2
    assert outcome.out == expected.out
    *said, error = outcome.err.splitlines()
    assert error.startswith(f"error: {message}")
    assert error.endswith(f"({BAD} is left out)")
    assert "\n".join(said) == expected.err.rstrip("\n")
    made = {path: data for path, data in beside.tree().items() if BAD not in path}
    assert made == tree


def test_a_file_that_the_machine_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal is faked, because root may read everything."""
    project = Project(tmp_path, *GOOD, BAD)
    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path == tmp_path / ARTICLE:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    outcome = project.run("run", "--jobs", "2")
    message = f"error: {ARTICLE}: cannot be read: Permission denied ({BAD} is left out)"
    assert (outcome.code, outcome.err.splitlines()[-1]) == (2, message)
    assert (tmp_path / "locales/templates/LC_MESSAGES/good8.pot").is_file()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_cannot_be_written(jobs: str, tmp_path: Path) -> None:
    project = Project(tmp_path, *GOOD, BAD)
    project.write(f"preview/fr/{BAD}.html/file", "")
    outcome = project.run("run", "--drafts", "--jobs", jobs)
    assert outcome.code == 2
    assert outcome.err.splitlines()[-1].startswith(f"error: preview/fr/{BAD}.html: cannot be ")
    assert (tmp_path / "preview/fr/good8.html").is_file()
    assert f"{BAD} " not in outcome.out


def test_mended_it_is_done_by_the_next_run(tmp_path: Path) -> None:
    project = Project(tmp_path, *GOOD, BAD)
    text = project.read(ARTICLE)
    project.write(ARTICLE, b"\xff")
    assert project.run("run").code == 2
    again = project.run("run")
    assert (again.code, "good8" in again.out) == (2, True)
    project.write(ARTICLE, text)
    assert "locales/templates/LC_MESSAGES/good4x.pot" in project.done("run").err
    assert "nothing to do" in project.done("run").err


def test_after_a_run_all_is_shown_and_exported(tmp_path: Path) -> None:
    project = Project(tmp_path, *GOOD)
    project.done("run", "--drafts")
    for name in GOOD:
        project.edit(f"source/{name}/en.md", "I never weigh it.", f"I never weigh {name}.")
    project.done("run", "--drafts")
    for name in GOOD:
        project.review(article=name)
    project.done("run", "--drafts")
    assert all(f"{name}: fr" in project.done("status").out for name in GOOD)
    project.done("memory", "export", "out.tmx")
    assert all(f"never weigh {name}" in project.read("out.tmx") for name in GOOD)
    project.write("source/good1/en.md", b"\xff")
    assert project.run("memory", "export", "out.tmx").code == 2
    assert "good1" not in project.run("status").out


def test_many_are_counted(tmp_path: Path) -> None:
    project = Project(tmp_path, *GOOD)
    for number in range(20):
        project.write(f"source/bad{number:02}/en.md", b"\xff")
    lines = [line for line in project.run("run").err.splitlines() if line.startswith("error:")]
    assert len(lines) == 13
    assert lines[-1] == "error: and 8 more are left out; --verbose lists them"
    assert project.run("run", "--verbose").err.count("is left out") == 20


def test_named_files(tmp_path: Path) -> None:
    project = Project(tmp_path, *GOOD, BAD)
    project.write(ARTICLE, b"\xff")
    project.edit("source/good3/en.md", "@bencole", "@ben cole")
    outcome = project.run("check", "--no-grammar", ARTICLE, "source/good3/en.md")
    assert outcome.code == 2
    assert "source/good3/en.md" in outcome.out
    assert outcome.err.startswith(f"error: {ARTICLE}:1: ")
    alone = project.run("check", "--no-grammar", ARTICLE)
    assert (alone.code, alone.out) == (2, "")


def test_a_baseline_keeps_what_was_left_out(tmp_path: Path) -> None:
    project = Project(tmp_path, *GOOD, BAD)
    project.edit(ARTICLE, "@bencole", "@ben cole")
    update = ("check", "--no-grammar", "--baseline", "known.json", "--update-baseline")
    project.done(*update)
    baseline = project.read("known.json")
    assert BAD in baseline
    project.write(ARTICLE, b"\xff")
    assert project.run(*update).code == 2
    assert project.read("known.json") == baseline
