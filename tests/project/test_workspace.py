"""Project files: found, written completely, never over another's change, one run at a time."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.drafting.engines.pseudo import Pseudo
from pipeline.errors import ConflictError, InputError, MachineError, UsageError
from pipeline.project import file_swap
from pipeline.project.settings import Settings
from pipeline.project.workspace import STATE_FOLDER, Workspace
from tests.sample_project import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipeline.drafting.engines.contract import Answer
    from pipeline.errors import EngineRefused

PATHS = [
    ("source/{article}/{lang}.md", "build/{lang}/{article}.md", ["a", "b/c", "ä ö"]),
    ("content/{lang}/{article}.md", "public/{lang}/{article}.md", ["a", "b/c"]),
    ("docs/{article}.{lang}.md", "docs-built/{article}.{lang}.md", ["a", "b/c", "a.b"]),
    ("{article}.{lang}.md", "build/{article}.{lang}.md", ["a", "b/c"]),
    ("{article}/{lang}.md", "build/{lang}/{article}.md", ["a", "b/c"]),
    ("posts/{article}/{article}-{lang}.md", "out/{lang}/{article}.md", ["a"]),
    ("text/{article}.{lang}", "out/{lang}/{article}.md", ["a"]),
]


@pytest.mark.parametrize(("article_path", "page_path", "names"), PATHS)
def test_articles_are_found_wherever_the_settings_say(
    article_path: str, page_path: str, names: list[str], tmp_path: Path
) -> None:
    settings = Settings(article_path=article_path, page_path=page_path)
    workspace = Workspace(tmp_path, settings)
    for name in names:
        for locale in ("en", "fr"):
            workspace.write(workspace.article_path(name, locale), b"text", None)
        workspace.write(workspace.page_path(name, "en"), b"page", None)
    workspace.write("README.md", b"", None)
    workspace.write(article_path.format(article=".hidden/x", lang="en"), b"", None)
    assert workspace.articles() == tuple(sorted(names))


@pytest.mark.parametrize("folder", ["fr", "french"])
def test_a_built_page_is_no_article(tmp_path: Path, folder: str) -> None:
    settings = Settings(locales=("fr",), source_path="{article}.md", folders={"fr": folder})
    workspace = Workspace(tmp_path, settings)
    workspace.write("a.md", b"text", None)
    for locale in ("en", "fr"):
        workspace.write(workspace.page_path("a", locale), b"page", None)
    assert workspace.articles() == ("a",)


INPUTS = [
    ("docs/a/b.md", True),
    ("docs/a/b.fr.md", True),
    ("docs/.a/b.md", False),
    ("docs/a/.#b.md", False),
    ("docs/a/b.md~", False),
    ("build/fr/a/b.md", False),
    ("build/en/a/b.html", False),
    ("build/.pipeline-pages", False),
    ("po/a/b.pot", False),
    ("po/fr/LC_MESSAGES/a/b.po", True),
    ("po/en/LC_MESSAGES/interface.po", True),
    ("po/es/LC_MESSAGES/interface.po", False),
    ("po/fr/glossary.csv", True),
    ("po/fr/words.txt", True),
    ("po/fr/old.tmx", True),
    ("old.tmx", False),
    ("log", False),
]


@pytest.mark.parametrize(("path", "expected"), INPUTS)
def test_what_a_run_reads(tmp_path: Path, path: str, expected: bool) -> None:
    settings = Settings(
        locales=("fr",),
        article_path="docs/{article}.{lang}.md",
        source_path="docs/{article}.md",
        catalogue_path="po",
    )
    assert Workspace(tmp_path, settings).is_input(path) is expected


def test_a_repeated_name_is_the_same_both_times(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, Settings(article_path="{article}/{article}-{lang}.md"))
    workspace.write("a/b-en.md", b"", None)
    assert workspace.articles() == ()


@pytest.mark.parametrize("name", [b"caf\xe9", b"two\nlines", b"\x1b[31m", "a\u2028b".encode()])
def test_a_name_that_no_catalogue_can_hold_is_refused(name: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "source" / os.fsdecode(name)
    folder.mkdir(parents=True)
    (folder / "en.md").touch()
    with pytest.raises(InputError, match=r"^'source/.*: file name has unprintable characters"):
        Workspace(tmp_path, Settings()).articles()


def test_without_an_article_the_expected_path_is_named(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, Settings(article_path="posts/{article}.{lang}.md"))
    with pytest.raises(UsageError, match=r"expected files such as posts/NAME\.en\.md"):
        workspace.choose(None)


def test_a_file_is_written_once(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, Settings())
    assert workspace.write("a/b.txt", b"1", None) is True
    assert workspace.write("a/b.txt", b"1", b"1") is False
    assert workspace.write("a/b.txt", b"2", b"1") is True
    assert workspace.read("a/b.txt") == b"2"
    assert workspace.changed == ["a/b.txt", "a/b.txt"]
    assert list((tmp_path / STATE_FOLDER / "unfinished").iterdir()) == []


@pytest.mark.parametrize("check", [False, True])
def test_a_file_gets_another_path(tmp_path: Path, check: bool) -> None:
    Workspace(tmp_path, Settings()).write("a.txt", b"1", None)
    (tmp_path / "a.txt").chmod(0o600)
    with Workspace(tmp_path, Settings(), check=check) as workspace:
        workspace.move("a.txt", "b/c.txt", None)
        assert (workspace.read("a.txt"), workspace.read("b/c.txt")) == (None, b"1")
        assert not workspace.exists("a.txt")
        assert (workspace.changed, workspace.removed) == (["b/c.txt"], ["a.txt"])
        workspace.write("d.txt", b"2", None)
        with pytest.raises(ConflictError):
            workspace.move("d.txt", "b/c.txt", None)
        workspace.move("d.txt", "b/c.txt", b"1")
        assert workspace.read("b/c.txt") == b"2"
        workspace.remove("b/c.txt", b"2")
        assert workspace.read("b/c.txt") is None
        with pytest.raises(ConflictError):
            workspace.remove("a.txt", b"1")
    assert (tmp_path / "a.txt").exists() is check
    assert not (tmp_path / "b/c.txt").exists()


def test_the_mode_of_a_moved_file_and_a_link_stay(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, Settings())
    workspace.write("a.txt", b"1", None)
    (tmp_path / "a.txt").chmod(0o600)
    workspace.move("a.txt", "b.txt", None)
    assert (tmp_path / "b.txt").stat().st_mode & 0o777 == 0o600
    (tmp_path / "link").symlink_to("b.txt")
    workspace.move("link", "x/copy.txt", None)
    assert (tmp_path / "x/copy.txt").read_bytes() == (tmp_path / "b.txt").read_bytes() == b"1"
    assert not (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("theirs", [b"theirs", None, b""])
def test_another_programs_change_stands(theirs: bytes | None, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, Settings())
    workspace.write("a.txt", b"old", None)
    if theirs is None:
        (tmp_path / "a.txt").unlink()
    else:
        (tmp_path / "a.txt").write_bytes(theirs)
    with pytest.raises(ConflictError, match=r"^a\.txt: was changed by another program during"):
        workspace.write("a.txt", b"ours", b"old")
    assert workspace.read("a.txt") == theirs


def test_a_change_at_the_last_moment_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The content is compared after the new file is ready, not before it is written."""
    workspace = Workspace(tmp_path, Settings())
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    fsync = os.fsync

    def slow_disk(handle: int) -> None:
        fsync(handle)
        target.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", slow_disk)
    with pytest.raises(ConflictError):
        workspace.write("a.txt", b"ours", b"old")
    assert target.read_bytes() == b"theirs"


def test_a_translator_who_saves_while_engines_work_keeps_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path)
    project.done("merge")
    answers = Pseudo.translate

    def translator_saves(
        self: Pseudo, *arguments: Any
    ) -> Iterator[tuple[int, Answer | EngineRefused]]:
        empty = 'msgid "I never weigh it."\nmsgstr ""'
        project.edit(project.po(), empty, empty.replace('""', '"Jamais."'))
        return answers(self, *arguments)

    monkeypatch.setattr(Pseudo, "translate", translator_saves)
    outcome = project.run("translate")
    assert outcome.code == 2
    assert f"{project.po()}: was changed by another program" in outcome.err
    assert project.unit("I never weigh it.").target == "Jamais."
    monkeypatch.undo()

    project.done("translate")
    assert project.unit("I never weigh it.").target == "Jamais."
    assert project.unit("Less than you think.").target.startswith("⟪")


@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_the_mode_of_a_file_is_kept(mode: int, tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("merge")
    (tmp_path / project.po()).chmod(mode)
    project.done("translate")
    assert (tmp_path / project.po()).stat().st_mode & 0o7777 == mode


def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        Workspace(tmp_path, Settings()).write("a.txt", b"", None)
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o7777 == 0o640


def test_links_stay_links(tmp_path: Path) -> None:
    project = Project(tmp_path / "project", locales=["fr", "es"])
    elsewhere = tmp_path / "translations"
    elsewhere.mkdir()
    (tmp_path / "project/locales").symlink_to(elsewhere)
    project.done("merge")
    shared = tmp_path / "shared.po"
    linked = elsewhere / "es/LC_MESSAGES/salt.po"
    linked.rename(shared)
    linked.symlink_to(shared)
    project.done("run", "--drafts")
    assert (tmp_path / "project/locales").is_symlink()
    assert linked.is_symlink()
    for locale in ("fr", "es"):
        assert (elsewhere / locale / "LC_MESSAGES/salt.po").read_text().count("#, fuzzy") == 7
    assert project.run("run", "--check", "--drafts").code == 0


def test_a_catalogue_on_another_file_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rename cannot leave its file system, so the unfinished file is beside its target."""
    project = Project(tmp_path)
    target = tmp_path / project.po()
    target.parent.mkdir(parents=True)
    leftover = target.parent / ".pipeline-part-of-a-killed-run"
    leftover.write_text("half")
    crossed = []

    def refusing(rename: Callable[..., Any]) -> Callable[..., Any]:
        def refuse(source: Path, to: Path) -> Any:
            if STATE_FOLDER in source.parts:
                crossed.append((rename, to))
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
            return rename(source, to)

        return refuse

    # A new file is linked to its name, an old one is exchanged.
    monkeypatch.setattr(os, "link", refusing(os.link))
    monkeypatch.setattr(file_swap, "swap", refusing(file_swap.swap))
    project.done("merge")
    project.edit("source/salt/en.md", "I never weigh it.", "I weigh it.")
    project.done("merge")
    assert len({rename for rename, to in crossed if to == target}) == 2
    assert [file.name for file in target.parent.iterdir()] == ["salt.po"]


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("extract")
    leftover = tmp_path / STATE_FOLDER / "unfinished/.pipeline-part-x"
    leftover.write_text("half")
    (tmp_path / STATE_FOLDER / ".gitignore").write_text("")
    project.done("extract")
    assert not leftover.exists()
    assert (tmp_path / STATE_FOLDER / ".gitignore").read_text() == "*\n"


def test_a_rehearsal_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    project = Project(tmp_path / "project")
    assert project.run("run", "--check").code == 1
    assert project.run("run", "--check", "--article", "x").code == 2
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "project" / STATE_FOLDER).exists()


def test_a_second_run_at_once_is_refused(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with Workspace.open(tmp_path, {}).lock():
        stamps = project.stamps()
        for command in ("run", "merge", "build"):
            outcome = project.run(command)
            assert outcome.code == 2
            assert outcome.err == (
                "error: another run is active in this project; wait until it ends\n"
            )
        assert project.stamps() == stamps
        assert project.run("status").code == 0
        assert project.run("run", "--check").code == 1
    assert project.run("run").code == 0


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a process that holds the lock of the project in the test's folder."""
    Project(tmp_path)
    program = (
        "import pathlib, signal, sys\n"
        "from pipeline.project import Workspace\n"
        "with Workspace.open(pathlib.Path(sys.argv[1]), {}).lock():\n"
        "    print('locked', flush=True)\n"
        "    signal.pause()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdout
        assert child.stdout.readline() == "locked\n"
        yield child
        child.kill()


def test_another_process_holds_the_project_until_it_dies(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    project = Project(tmp_path)
    assert project.run("merge").code == 2
    holder.kill()
    holder.wait()
    assert project.run("merge").code == 0


def test_nothing_is_written_where_a_file_is_in_the_way(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, Settings())
    workspace.write("a", b"file", None)
    with pytest.raises(MachineError, match=r"^a/b\.po: cannot be written: a file is in the place"):
        workspace.write("a/b.po", b"", None)
    with pytest.raises(MachineError, match=r"^\.: cannot be read: Is a directory"):
        workspace.read(".")
