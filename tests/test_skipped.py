"""Nothing is skipped in silence: the unreadable is exit code 2, the misplaced a warning."""

from __future__ import annotations

import os
import shutil
import socket
from typing import TYPE_CHECKING

import pytest

from tests.privileges import unreadable
from tests.sample_project import ARTICLE, Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMMANDS = [
    ("extract",),
    ("merge",),
    ("align",),
    ("translate",),
    ("build", "--drafts"),
    ("run", "--drafts"),
    ("run", "--check"),
    ("status",),
    ("check", "--no-grammar"),
    ("memory", "export", "out.tmx"),
]
every_command = pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has none")


def warnings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("warning: ")]


@every_command
def test_an_unreadable_folder(command: tuple[str, ...], tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", "guests/pepper")
    project.done("run", "--drafts")
    with unreadable(tmp_path / "source/guests"):
        outcome = project.run(*command)
    assert outcome.code == 2
    error = "error: source/guests: cannot be read: Permission denied (source/guests is left out)"
    assert outcome.err.splitlines()[-1] == error
    # Its catalogue is not that of a deleted article.
    assert "deleted" not in outcome.err
    assert "pepper" not in outcome.out


def test_the_others_are_done(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", "guests/pepper")
    with unreadable(tmp_path / "source/guests"):
        assert project.run("run", "--drafts").code == 2
        assert (tmp_path / "preview/fr/salt.html").is_file()
        # Asked for one, a command leaves nothing out.
        project.done("run", "--article", "salt")
        outcome = project.run("run", "--article", "guests/pepper")
        assert (outcome.code, outcome.err) == (
            2,
            "error: source/guests: cannot be read: Permission denied\n",
        )
    assert "guests/pepper" in project.done("run").err


@every_command
def test_where_nothing_can_be_read(command: tuple[str, ...], tmp_path: Path) -> None:
    project = Project(tmp_path)
    with unreadable(tmp_path / "source"):
        outcome = project.run(*command)
    error = "error: source: cannot be read: Permission denied (source is left out)\n"
    assert (outcome.code, outcome.out, outcome.err) == (2, "", error)


@pytest.mark.parametrize("path", ["old", "old/x.po"])
@pytest.mark.parametrize("command", [("status",), ("check", "--no-grammar"), ("run",)])
def test_unreadable_catalogues(path: str, command: tuple[str, ...], tmp_path: Path) -> None:
    """They may hold translations of deleted articles, which are in the memory."""
    project = Project(tmp_path, engines=["memory"])
    project.done("run")
    project.edit("source/salt/en.md", "I never weigh it.", "I weigh it.")
    path = f"locales/fr/LC_MESSAGES/{path}"
    project.write("locales/fr/LC_MESSAGES/old/x.po", "")
    with unreadable(tmp_path / path):
        outcome = project.run(*command)
    assert outcome.code == 2
    assert f"error: {path}: cannot be read: Permission denied" in outcome.err


def folder(path: Path) -> None:
    path.mkdir()


def broken_link(path: Path) -> None:
    path.symlink_to("missing.md")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def listener(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.fspath(path))


ODD: dict[str, tuple[Callable[[Path], None], str]] = {
    "folder": (folder, "Is a directory"),
    "pipe": (lambda path: os.mkfifo(path), "expected a file, found a named pipe"),
    "socket": (listener, "expected a file, found a socket"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "expected a file, found a device"),
    "broken link": (
        broken_link,
        "it is a link to a missing file; restore that file, or delete the link",
    ),
    "link to itself": (link_to_itself, "Too many levels of symbolic links"),
}
odd = pytest.mark.parametrize("kind", ODD)


@needs_pipes
@odd
@every_command
def test_an_article_that_is_no_file(kind: str, command: tuple[str, ...], tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("run", "--drafts")
    (tmp_path / "source/pepper").mkdir()
    make, reason = ODD[kind]
    make(tmp_path / "source/pepper/en.md")
    outcome = project.run(*command)
    assert outcome.code == 2
    error = f"error: source/pepper/en.md: cannot be read: {reason} (pepper is left out)"
    assert outcome.err.splitlines()[-1] == error


FILES = [
    ("source/salt/en.md", "run"),
    ("source/salt/fr.md", "run"),
    ("locales/templates/LC_MESSAGES/salt.pot", "run"),
    ("locales/fr/LC_MESSAGES/salt.po", "run"),
    ("locales/fr/LC_MESSAGES/salt.po", "status"),
    ("locales/fr/LC_MESSAGES/salt.po", "check"),
    ("locales/fr/glossary.csv", "check"),
    ("locales/fr/words.txt", "check"),
    ("locales/old.tmx", "run"),
    ("preview/fr/salt.md", "build"),
    ("preview/fr/salt.html", "build"),
    ("pipeline.toml", "status"),
]


@needs_pipes
@pytest.mark.parametrize(("path", "command"), FILES)
def test_a_pipe_in_the_place_of_a_file(path: str, command: str, tmp_path: Path) -> None:
    """Reading one would wait for ever."""
    project = Project(tmp_path, engines=["memory"])
    project.done("run", "--drafts")
    (tmp_path / path).unlink(missing_ok=True)
    os.mkfifo(tmp_path / path)
    options = {"run": ["--drafts"], "build": ["--drafts"], "check": ["--no-grammar"]}
    outcome = project.run(command, *options.get(command, []))
    assert outcome.code == 2
    assert f"{path}: cannot be read: expected a file, found a named pipe" in outcome.err


@pytest.mark.parametrize("command", [("run", "--drafts"), ("align",)], ids=" ".join)
def test_an_unreadable_version(command: tuple[str, ...], tmp_path: Path) -> None:
    """A run without other changes takes it for no missing one."""
    project = Project(tmp_path)
    project.done("run", "--drafts")
    project.write("source/salt/fr.md", ARTICLE)
    with unreadable(tmp_path / "source/salt/fr.md"):
        outcome = project.run(*command)
    assert outcome.code == 2
    assert "source/salt/fr.md: cannot be read: Permission denied (salt is left" in outcome.err
    (tmp_path / "source/salt/fr.md").unlink()
    (tmp_path / "source/salt/fr.md").symlink_to("missing.md")
    outcome = project.run(*command)
    assert outcome.code == 2
    assert "source/salt/fr.md: cannot be read: it is a link to a missing file" in outcome.err


WARNED = {
    "source/en.md": "left out because no article has such a path; expected source/NAME/en.md",
    "source/pepper.md": "left out because no article has such a path; expected source/pepper/en.md",
    "source/pepper/en.MD": "left out because no article has such a path; "
    "expected source/pepper/en.md",
    "source/pepper/fr.md": "left out because source/pepper/en.md is missing",
}


@pytest.mark.parametrize("path", WARNED)
@every_command
def test_a_misplaced_article(path: str, command: tuple[str, ...], tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("run", "--drafts")
    expected = project.run(*command)
    project.write(path, ARTICLE)
    outcome = project.run(*command)
    assert (outcome.code, warnings(outcome.err)) == (
        expected.code,
        [f"warning: {path}: {WARNED[path]}"],
    )
    assert warnings(project.run(*command, "--article", "salt").err) == []


def test_many_misplaced_articles_are_one_warning(tmp_path: Path) -> None:
    project = Project(tmp_path)
    for name in "abcde":
        project.write(f"source/{name}.md", ARTICLE)
    assert warnings(project.done("status").err) == [
        "warning: source/a.md, source/b.md, source/c.md (and 2 more): left out because no article "
        "has such a path; expected source/a/en.md"
    ]


NO_ARTICLE = {
    "source/pepper.md": "found source/pepper.md; rename it to source/pepper/en.md",
    "source/pepper/EN.md": "found source/pepper/EN.md; rename it to source/pepper/en.md",
    "source/pepper/fr.md": "found source/pepper/fr.md; its source source/pepper/en.md is missing",
}


@pytest.mark.parametrize("path", NO_ARTICLE)
@every_command
def test_no_article_at_all(path: str, command: tuple[str, ...], tmp_path: Path) -> None:
    project = Project(tmp_path)
    shutil.rmtree(tmp_path / "source")
    project.write(path, ARTICLE)
    outcome = project.run(*command)
    message = "no article found: expected files such as source/NAME/en.md"
    assert (outcome.code, outcome.err) == (2, f"error: {message}, {NO_ARTICLE[path]}\n")


@pytest.mark.parametrize("place", ["inside", "outside"])
def test_articles_behind_links(place: str, tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    elsewhere = tmp_path / ("project/shared" if place == "inside" else "shared")
    (elsewhere / "pepper").mkdir(parents=True)
    (elsewhere / "pepper/en.md").write_text(ARTICLE)
    (project.root / "source/guests").symlink_to(elsewhere)
    (project.root / "source/single").symlink_to(elsewhere / "pepper")
    (project.root / "source/file").mkdir()
    (project.root / "source/file/en.md").symlink_to(elsewhere / "pepper/en.md")
    outcome = project.done("run", "--drafts")
    for name in ("guests/pepper", "single", "file", "salt"):
        assert (project.root / f"preview/fr/{name}.md").is_file()
    assert warnings(outcome.err) == []


def test_a_link_that_leads_back(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / "source/loop").symlink_to(".")
    outcome = project.done("run", "--drafts")
    assert warnings(outcome.err) == [
        "warning: source/loop: this link is not followed, as it leads to a folder that contains it"
    ]
    assert sorted(
        file.name for file in (tmp_path / "locales/templates/LC_MESSAGES").glob("*.pot")
    ) == ["salt.pot"]


@pytest.mark.parametrize(("one", "other"), [("ART01", "art01"), ("cafe\u0301", "caf\u00e9")])
@every_command
def test_names_that_are_one_on_other_systems(
    one: str, other: str, command: tuple[str, ...], tmp_path: Path
) -> None:
    project = Project(tmp_path, one, other)
    if len(list((tmp_path / "source").iterdir())) < 2:
        pytest.skip("this file system takes them for one")
    project.done("run", "--drafts")
    assert warnings(project.run(*command).err) == [
        f"warning: source/{one}/en.md and source/{other}/en.md: names that differ only in case or "
        "in the encoding of accents are one file on other systems; rename one"
    ]


def test_what_is_withheld_on_purpose_is_not_left_out(tmp_path: Path) -> None:
    project = Project(tmp_path, text=ARTICLE.replace("---\n", "---\ndraft: true\n", 1))
    outcome = project.done("run")
    assert "its front matter has 'draft: true'" in outcome.err
    assert warnings(outcome.err) == []
    assert "left out" not in outcome.err


RESERVED = [
    ("catalogue_path", ".pipeline"),
    ("catalogue_path", "./.pipeline/po"),
    ("catalogue_path", ".git"),
    ("catalogue_path", "themes/mine/.git/po"),
    ("catalogue_path", ".GIT/po"),
    ("page_path", ".pipeline/{lang}/{article}.md"),
    ("article_path", ".git/{article}/{lang}.md"),
    ("source_path", ".hg/{article}.md"),
]


@pytest.mark.parametrize(("name", "value"), RESERVED)
def test_folders_of_other_programs(name: str, value: str, tmp_path: Path) -> None:
    project = Project(tmp_path, **{name: value})
    before = project.stamps()
    outcome = project.run("run")
    assert outcome.code == 2
    reason = "must be a path outside the folders of git and of the pipeline's own state"
    assert f"setting '{name}' {reason}, found: '{value}'" in outcome.err
    assert project.stamps() == before


def test_a_link_into_such_a_folder(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "locales").symlink_to(".git")
    outcome = project.run("run")
    assert outcome.code == 2
    assert (
        "locales/templates/LC_MESSAGES/salt.pot: cannot be written: its folder is a link into .git"
        in outcome.err
    )
    assert list((tmp_path / ".git").iterdir()) == []


@pytest.mark.parametrize("target", [".git/config.tmx", ".pipeline/memory.tmx"])
def test_an_output_in_such_a_folder(target: str, tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("run")
    (tmp_path / ".git").mkdir()
    outcome = project.run("memory", "export", target)
    assert (outcome.code, (tmp_path / target).exists()) == (2, False)
    assert f"{target}: is in a folder of git or of the pipeline's own state" in outcome.err


@needs_pipes
@pytest.mark.parametrize("name", [".gitignore", "settled.json", "pages.journal", "lock"])
def test_a_pipe_in_the_state_folder(name: str, tmp_path: Path) -> None:
    """It may be refused or replaced, but nothing waits for it."""
    project = Project(tmp_path)
    project.done("run", "--drafts")
    (tmp_path / ".pipeline" / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / ".pipeline" / name)
    project.edit("source/salt/en.md", "I never weigh it.", "I weigh it.")
    outcome = project.run("run", "--drafts")
    assert outcome.code == 0 or f".pipeline/{name}" in outcome.err


def test_pages_that_cannot_be_read_are_not_forgotten(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", "pepper")
    project.done("run", "--drafts")
    project.edit("source/salt/en.md", "I never weigh it.", "I weigh it.")
    with unreadable(tmp_path / "preview/fr"):
        assert project.run("run", "--drafts").code == 2
    outcome = project.done("run", "--drafts")
    assert "not replaced" not in outcome.err
    assert "preview/fr/salt.md" in outcome.err


@needs_pipes
def test_a_pipe_in_the_place_of_interface_texts(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("run")
    os.mkfifo(tmp_path / project.po(article="interface"))
    outcome = project.run("build", "--drafts")
    assert outcome.code == 2
    assert "interface.po: cannot be read: expected a file, found a named pipe" in outcome.err
