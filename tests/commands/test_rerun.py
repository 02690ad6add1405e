"""Runs that skip unchanged articles have the same result as runs without a cache."""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from pipeline.article import read_article
from tests.sample_project import ARTICLE, Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = tuple(f"a{number}" for number in range(8))
INTERFACE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
STORE = ".pipeline/settled.json"
EDITS = 40


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project after a complete run."""
    project = Project(tmp_path, *NAMES, locales=["fr", "es"])
    project.done("run", "--drafts")
    return project


def read_in(project: Project, *arguments: str) -> list[str]:
    """Return the source articles that a run reads, by path."""
    with mock.patch("pipeline.article.read_article", wraps=read_article) as read:
        project.done("run", "--drafts", "--jobs", "1", *arguments)
    return sorted(
        {call.args[1] for call in read.call_args_list if call.args[1].startswith("source")}
    )


def test_a_second_run_reads_no_article(project: Project) -> None:
    assert read_in(project) == []


def test_it_says_what_the_run_before_said(project: Project) -> None:
    again = project.done("run", "--drafts")
    assert "nothing to do" in again.err
    assert "a0 fr: 0% of the words reviewed, publish_at requires 100%, and title" in again.err
    assert again.out == project.done("status").out


def test_a_picture_that_comes_later_is_looked_for_again(project: Project) -> None:
    project.write("source/a3/en.md", ARTICLE + "\nA cup ![A](cup.png) here.\n")
    project.done("run", "--drafts")
    assert "](cup.png)" in project.read("preview/fr/a3.md")
    project.write("source/a3/cup.png", "")
    assert read_in(project) == ["source/a3/en.md"]
    assert "](../files/source/a3/cup.png)" in project.read("preview/fr/a3.md")
    assert 'src="../files/source/a3/cup.png"' in project.read("preview/en/a3.html")
    assert "](cup.png)" in project.read("locales/fr/LC_MESSAGES/a3.po")
    assert read_in(project) == []


def test_what_no_file_can_be_called_is_not_looked_for(project: Project) -> None:
    project.write("source/a3/en.md", ARTICLE + f"\n![A](b%00.png) ![B]({'c' * 5000}.png)\n")
    project.done("run", "--drafts")
    assert read_in(project) == []


CHANGES: dict[str, Callable[[Project], None]] = {
    "source": lambda p: p.edit("source/a3/en.md", "I never weigh it.", "I always weigh it."),
    "catalogue": lambda p: (
        p.edit("locales/fr/LC_MESSAGES/a3.po", "#, fuzzy", "# mine\n#, fuzzy")
        if p.read("locales/fr/LC_MESSAGES/a3.po").count("#, fuzzy") == 1
        else p.write(
            "locales/fr/LC_MESSAGES/a3.po",
            p.read("locales/fr/LC_MESSAGES/a3.po").replace("#, fuzzy\n", "", 1),
        )
    ),
    "page": lambda p: p.write("preview/es/a3.md", "mine"),
    "page gone": lambda p: (p.root / "preview/es/a3.html").unlink(),
    "template gone": lambda p: (p.root / "locales/templates/LC_MESSAGES/a3.pot").unlink(),
    "a version": lambda p: p.write("source/a3/fr.md", ARTICLE),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_only_what_changed_is_read(project: Project, change: Callable[[Project], None]) -> None:
    change(project)
    assert {path.split("/")[1] for path in read_in(project)} == {"a3"}
    assert read_in(project) == []


OTHERS: dict[str, Callable[[Project], None]] = {
    "settings": lambda p: p.write(
        "pipeline.toml", p.read("pipeline.toml") + "\npublish_at = 0.5\n"
    ),
    "glossary": lambda p: p.write("locales/fr/glossary.csv", "source,target\nsalt,sel\n"),
    "words of pages": lambda p: p.write("locales/fr/LC_MESSAGES/interface.po", INTERFACE),
    "words of pages of the source": lambda p: p.write(
        "locales/en/LC_MESSAGES/interface.po", INTERFACE
    ),
    "a memory": lambda p: p.write("locales/x.tmx", '<tmx version="1.4"><header/><body/></tmx>'),
    "no store": lambda p: (p.root / STORE).unlink(),
    "a damaged store": lambda p: p.write(STORE, p.read(STORE)[:99]),
    "another form": lambda p: p.write(STORE, '{"form": 1, "key": 3, "articles": []}'),
    "entries of another form": lambda p: p.write(
        STORE, p.read(STORE).replace('"files":[[', '"files":[["x"],[')
    ),
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_all_are_read_when_something_common_changed(
    project: Project, change: Callable[[Project], None]
) -> None:
    change(project)
    assert len({path.split("/")[1] for path in read_in(project)}) == len(NAMES)


def test_a_touched_file_is_no_changed_one(project: Project) -> None:
    for name in NAMES:
        os.utime(project.root / f"source/{name}/en.md")
    assert read_in(project) == []


def test_an_older_version_that_comes_back_is_a_change(project: Project) -> None:
    path = project.root / "source/a1/en.md"
    before = path.stat()
    project.write("source/a1/en.md", ARTICLE.replace("3 times", "4 times"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_in(project) == ["source/a1/en.md"]


def test_what_is_missing_is_tried_again_when_something_else_changed(tmp_path: Path) -> None:
    project = Project(tmp_path, *NAMES, engines=["memory"])
    project.done("run", "--drafts")
    assert read_in(project) == []
    project.edit("source/a1/en.md", "3 times", "4 times")
    assert len(read_in(project)) == len(NAMES)


def test_what_is_missing_is_tried_again_when_an_engine_was_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APERTIUM_DATADIR", str(tmp_path / "apertium"))
    project = Project(tmp_path / "x", *NAMES, engines=["apertium"])
    project.done("run", "--drafts")
    assert read_in(project) == []
    (tmp_path / "apertium/modes").mkdir(parents=True)
    (tmp_path / "apertium/modes/eng-fra.mode").write_text("cat")
    assert len(read_in(project)) == len(NAMES)
    assert read_in(project) == []


def test_a_rehearsal_remembers_nothing(tmp_path: Path) -> None:
    project = Project(tmp_path, *NAMES)
    assert project.run("run", "--check").code == 1
    assert not (tmp_path / STORE).exists()


@pytest.mark.parametrize("seed", range(3))
def test_it_comes_to_the_same_as_a_run_that_knows_of_nothing(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    project = Project(tmp_path / "x", *NAMES[:3], locales=["fr", "es"])
    project.done("run", "--drafts")
    for _ in range(EDITS // 10):
        for _ in range(rng.randrange(3)):
            _edit(project, rng)
        fresh = tmp_path / "fresh"
        shutil.copytree(project.root, fresh)
        shutil.rmtree(fresh / ".pipeline")
        other = Project.__new__(Project)
        other.root = fresh
        other.done("run", "--drafts")
        project.done("run", "--drafts")
        assert project.tree() == other.tree()
        shutil.rmtree(fresh)


def _edit(project: Project, rng: random.Random) -> None:
    """Change a random article or catalogue, or delete built pages, as users might."""
    name, number = rng.choice(NAMES[:3]), rng.randrange(100)
    path = rng.choice((f"source/{name}/en.md", f"locales/fr/LC_MESSAGES/{name}.po", "build"))
    if path == "build":
        shutil.rmtree(project.root / "build" / rng.choice(("fr", "es")), ignore_errors=True)
    elif path.endswith(".md"):
        project.write(path, ARTICLE.replace("3 times", f"{number} times"))
    else:
        project.write(path, project.read(path).replace("#, fuzzy\n", "", rng.randrange(3)))


@pytest.mark.parametrize("jobs", ["2", "4"])
def test_more_processes_do_the_same(tmp_path: Path, jobs: str) -> None:
    one = Project(tmp_path / "one", *NAMES, locales=["fr", "es"])
    more = Project(tmp_path / "more", *NAMES, locales=["fr", "es"])
    alone = one.done("run", "--drafts", "--verbose", "--jobs", "1")
    together = more.done("run", "--drafts", "--verbose", "--jobs", jobs)
    assert together == alone
    assert _without_state(more) == _without_state(one)


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_an_error_in_one_article_is_one_message(tmp_path: Path, jobs: str) -> None:
    project = Project(tmp_path, *NAMES)
    project.write("source/a5/en.md", b"---\ntitle: [\n---\n\xff")
    outcome = project.run("run", "--jobs", jobs)
    assert outcome.code == 2
    assert outcome.err.count("error:") == 1
    last = outcome.err.splitlines()[-1]
    assert last.startswith("error: source/a5/en.md:4: expected UTF-8, found byte 0xFF")
    assert not (tmp_path / "locales/templates/LC_MESSAGES/a5.pot").exists()


def test_errors_of_workers_come_in_the_order_of_the_articles(tmp_path: Path) -> None:
    project = Project(tmp_path, *NAMES)
    project.done("run", "--drafts")
    for name in ("a2", "a6"):
        (tmp_path / f"preview/fr/{name}.html").unlink()
        (tmp_path / f"preview/fr/{name}.html").mkdir()
    outcome = project.run("build", "--drafts", "--jobs", "3")
    errors = [line for line in outcome.err.splitlines() if line.startswith("error:")]
    assert outcome.code == 2
    assert [line.split(".html")[0] for line in errors] == [
        "error: preview/fr/a2",
        "error: preview/fr/a6",
    ]


def _without_state(project: Project) -> dict[str, bytes]:
    return {path: data for path, data in project.tree().items() if ".pipeline" not in path}
