"""Bad input and failing machines: one clear message, exit code 2, no partial files."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from pipeline.catalogue.po.file import load_po
from pipeline.commands import steps
from pipeline.model import Reference
from tests.sample_project import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

    Sabotage = Callable[[Project], None]
    Tree = Mapping[str, bytes]

ARTICLE = "source/salt/en.md"
VERSION = "source/salt/fr.md"
PO = "locales/fr/LC_MESSAGES/salt.po"
POT = "locales/templates/LC_MESSAGES/salt.pot"
WORDS = "locales/fr/LC_MESSAGES/interface.po"
FIRST = 'msgctxt "front-matter"\nmsgid "Two cooks on salt"'
"""First entry; it begins in line 21 of the catalogue and in line 18 of the template."""


def writes(path: str, content: str | bytes) -> Sabotage:
    return lambda project: project.write(path, content)


def edits(path: str, old: str, new: str) -> Sabotage:
    return lambda project: project.edit(path, old, new)


def replaces(path: str, old: bytes, new: bytes) -> Sabotage:
    def sabotage(project: Project) -> None:
        data = (project.root / path).read_bytes()
        assert old in data
        project.write(path, data.replace(old, new, 1))

    return sabotage


def sets(line: str) -> Sabotage:
    return lambda project: project.write("pipeline.toml", f'locales = ["fr"]\n{line}\n')


def makes_folder(path: str) -> Sabotage:
    def sabotage(project: Project) -> None:
        (project.root / path).unlink(missing_ok=True)
        (project.root / path).mkdir(parents=True)

    return sabotage


def loops(path: str) -> Sabotage:
    """Return a sabotage that replaces a file by a link to itself, which even root cannot read."""

    def sabotage(project: Project) -> None:
        (project.root / path).unlink(missing_ok=True)
        (project.root / path).symlink_to(project.root / path)

    return sabotage


def deletes(path: str) -> Sabotage:
    return lambda project: (project.root / path).unlink()


def moves_settings(text: str) -> Sabotage:
    def sabotage(project: Project) -> None:
        (project.root / "pipeline.toml").unlink()
        project.write("pyproject.toml", text)

    return sabotage


BAD: dict[str, tuple[Sabotage, str]] = {
    "article not UTF-8": (
        replaces(ARTICLE, b"weigh", b"w\xe9igh"),
        f"{ARTICLE}:11: expected UTF-8, found byte 0xE9; save the file as UTF-8",
    ),
    "version not UTF-8": (
        writes(VERSION, b"Bonjour\n\n\xff\n"),
        f"{VERSION}:3: expected UTF-8, found byte 0xFF; save the file as UTF-8",
    ),
    "front matter not YAML": (
        edits(ARTICLE, "author: The editors", "author: [The editors"),
        f"{ARTICLE}:4: front matter is not valid YAML: close the bracket with ']', or put ",
    ),
    "front matter not closed": (
        edits(ARTICLE, "editors\n---\n", "editors\n"),
        f"{ARTICLE}:1: front matter begins with '---' but has no closing '---'",
    ),
    "front matter with a sign": (
        writes(ARTICLE, "---\na:\n- @b\n---\n\nText.\n"),
        f"{ARTICLE}:3: front matter is not valid YAML: put the value in quotes: it begins with '@'",
    ),
    "version with broken front matter": (
        writes(VERSION, "---\na: b: c\n---\n\nTexte.\n"),
        f"{VERSION}:2: front matter is not valid YAML: ",
    ),
    "version a folder": (makes_folder(VERSION), f"{VERSION}: cannot be read: Is a directory"),
    "article deleted": (
        deletes(ARTICLE),
        "no article found: expected files such as source/NAME/en.md",
    ),
    "PO that is empty": (
        writes(PO, "\n"),
        f"{PO}:1: empty catalogue; restore it, or delete it to have it created again",
    ),
    "PO with a conflict": (
        edits(PO, FIRST, f"<<<<<<< HEAD\n{FIRST}"),
        f"{PO}:21: merge-conflict marker; keep one of the two sides and delete the markers",
    ),
    "PO with an entry twice": (
        lambda project: project.write(PO, project.read(PO) + f'\n{FIRST}\nmsgstr ""\n'),
        f"{PO}:77: this message stands already in line 22; delete one of the two entries",
    ),
    "PO with a quote missing": (
        edits(PO, FIRST, FIRST[:-1]),
        f'{PO}:22: a quote is missing: msgid "Two cooks on salt',
    ),
    "PO with a stray line": (
        edits(PO, FIRST, f"hello\n{FIRST}"),
        f'{PO}:21: expected msgid, msgstr or a "quoted" line, found: hello',
    ),
    "PO not of its charset": (
        replaces(PO, b"French", b"Fran\xe7ais"),
        f"{PO}:1: expected UTF-8 as the header says, found byte 0xE7",
    ),
    "PO of a charset without the letters": (
        replaces(PO, b"charset=UTF-8", b"charset=US-ASCII"),
        f"{PO}:23: expected ASCII as the header says, found byte 0xE2",
    ),
    "PO a folder": (makes_folder(PO), f"{PO}: cannot be read: Is a directory"),
    "POT with a conflict": (
        edits(POT, FIRST, f"=======\n{FIRST}"),
        f"{POT}:18: merge-conflict marker; keep one of the two sides and delete the markers",
    ),
    "interface words with a stray line": (writes(WORDS, "hello\n"), "WORDS:1: expected msgid, "),
    "unknown locale": (
        sets('source = "em_GB"'),
        "pipeline.toml:2: unknown locale 'em_GB': expected a name such as fr, fr_CA or zh_Hant; "
        "did you mean 'en_GB'?",
    ),
    "unknown setting": (
        sets("publish-at = 1"),
        "pipeline.toml:2: unknown setting 'publish-at'; did you mean 'publish_at'?",
    ),
    "setting of a wrong type": (
        sets('terms = "salt"'),
        "pipeline.toml:2: setting 'terms' must be a list of strings, found: 'salt'",
    ),
    "unknown engine": (
        sets('engines = ["gogle"]'),
        "settings: unknown engine 'gogle'; did you mean 'google'?",
    ),
    "options of an unknown engine": (
        sets("engine.x.y = 1"),
        "settings: unknown engine 'x'; expected one of memory, ",
    ),
    "unknown option of an engine": (
        sets("engine.pseudo.x = 1"),
        "unknown option 'x' of engine 'pseudo'",
    ),
    "settings not TOML": (sets("terms = ["), "pipeline.toml:"),
    "pyproject not TOML": (
        moves_settings("[tool.pipeline]\n\nsource =\n"),
        "pyproject.toml:3: invalid TOML: ",
    ),
    "settings not UTF-8": (
        writes("pipeline.toml", b"# caf\xe9\n"),
        "pipeline.toml:1: expected UTF-8, found byte 0xE9; save the file as UTF-8",
    ),
    "settings cannot be read": (loops("pipeline.toml"), "ROOT/pipeline.toml: cannot be read: "),
    "settings deleted": (
        deletes("pipeline.toml"),
        "no project found in ROOT or above: expected pipeline.toml, or pyproject.toml with "
        "[tool.pipeline]; create one with 'pipeline init'",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_message_and_no_change(case: str, tmp_path: Path) -> None:
    sabotage, message = BAD[case]
    project = Project(tmp_path)
    project.done("run", "--drafts")
    # There is work to do before the bad file is reached.
    project.edit(ARTICLE, "I taste 3 times", "I taste it 3 times")
    (tmp_path / "build/en/salt.md").unlink()
    sabotage(project)
    tree = project.tree()

    outcome = project.run("run", "--drafts")
    assert outcome.code == 2
    assert outcome.out == ""
    message = message.replace("ROOT", str(tmp_path)).replace("WORDS", str(tmp_path / WORDS))
    assert outcome.err.startswith(f"error: {message}")
    assert outcome.err.count("\n") == 1
    assert project.tree() == tree


def test_a_broken_file_of_another_article_or_locale_is_no_obstacle(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", "pepper", locales=["fr", "es"])
    project.done("run")
    for path in (project.po("es", "salt"), project.po("fr", "pepper"), "source/pepper/en.md"):
        project.write(path, b"\xff broken")
    assert project.run("merge", "--article", "salt", "--locale", "fr").code == 0
    assert project.run("status", "--article", "salt", "--locale", "fr").code == 0
    assert project.run("merge", "--article", "salt").code == 2
    assert project.run("merge", "--locale", "fr").code == 2


@contextmanager
def blocked_by_file(folder: Path) -> Iterator[None]:
    """Replace a folder by a file."""
    with TemporaryDirectory() as aside:
        aside_folder = folder.rename(Path(aside, "aside_folder"))
        folder.touch()
        yield
        folder.unlink()
        aside_folder.rename(folder)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Make a folder read-only: by its mode or, for root, by a mount."""
    if os.geteuid():
        folder.chmod(0o500)
        yield
        folder.chmod(0o700)
        return
    _mount("--bind", folder, folder)
    try:
        _mount("-o", "remount,bind,ro", folder, folder)
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def _mount(*arguments: str | Path) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"this machine lets nobody mount: {done.stderr.strip()}")


@pytest.mark.parametrize(
    ("obstacle", "place", "message"),
    [
        (
            blocked_by_file,
            "locales/es",
            "locales/es/LC_MESSAGES/salt.po: cannot be written: a file is in the place of its ",
        ),
        (
            read_only,
            "locales/es/LC_MESSAGES",
            "locales/es/LC_MESSAGES/salt.po: cannot be written: ",
        ),
        (read_only, "build/fr", "build/fr/salt.md: cannot be written: "),
        (blocked_by_file, ".pipeline", ".pipeline: cannot be written: a file is in the place of "),
        (
            blocked_by_file,
            "build",
            "build/en/salt.md: cannot be written: a file is in the place of ",
        ),
    ],
)
def test_a_folder_that_cannot_be_written(
    obstacle: Callable[[Path], AbstractContextManager[None]],
    place: str,
    message: str,
    tmp_path: Path,
) -> None:
    project = Project(tmp_path, locales=["fr", "es"])
    project.done("run", "--drafts")
    project.edit(ARTICLE, "I taste 3 times", "I taste it 3 times")
    project.edit(ARTICLE, "**one**", "**a**")
    with obstacle(tmp_path / place):
        before = project.tree()
        outcome = project.run("run", "--drafts")
        assert outcome.code == 2
        last = outcome.err.splitlines()[-1]
        assert last.startswith(f"error: {message}"), outcome
        assert outcome.err.count("error:") == 1
        after = project.tree()
    project.done("run", "--drafts")
    complete = project.tree()
    # What was written before is whole, the rest is as it was.
    assert set(after) <= set(before) | set(complete)
    assert_whole(project, after, before, complete)
    assert list((tmp_path / ".pipeline/unfinished").iterdir()) == []


def assert_whole(project: Project, now: Tree, before: Tree, complete: Tree) -> None:
    """Check that each catalogue can be read, and that every other file is empty, old or final."""
    for path in now:
        if path.endswith((".po", ".pot")) and (project.root / path).is_file():
            load_po(project.root / path, path)
        elif now[path] and path != "ballast":  # an empty one is what stands in the way
            assert now[path] in (before.get(path), complete[path])


def fill(folder: Path) -> Path:
    """Fill a file system; return the file that fills it."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 4096)
    return ballast


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid():
        pytest.skip("only root can mount a small disk; the faked one is tested everywhere")
    _mount("-t", "tmpfs", "-o", "size=400k", "tmpfs", disk)
    try:
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("room", [0, 4096, 16_384, 40_960])
def test_a_full_disk(room: int, small_disk: Path, tmp_path: Path) -> None:
    project = Project(small_disk, locales=["fr", "es"])
    project.done("run", "--drafts")
    project.edit(ARTICLE, "I taste 3 times", "I taste it 3 times")
    undisturbed = Project(tmp_path / "undisturbed", locales=["fr", "es"])
    shutil.copytree(small_disk, undisturbed.root, dirs_exist_ok=True)
    undisturbed.done("run", "--drafts")

    ballast = fill(small_disk)
    os.truncate(ballast, ballast.stat().st_size - room)
    before = project.tree()
    outcome = project.run("run", "--drafts")
    assert outcome.code == 2 or room
    if outcome.code:
        assert "; free some space" in outcome.err.splitlines()[-1]
    complete = undisturbed.tree()
    assert project.tree().keys() == before.keys()
    assert_whole(project, project.tree(), before, complete)

    ballast.unlink()
    project.done("run", "--drafts")
    assert project.tree() == complete


@pytest.mark.parametrize("failing", range(1, 8))
def test_a_disk_that_is_full_at_one_of_the_files(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operating system's error is faked, because not every machine allows a mount."""
    project = Project(tmp_path / "project")
    undisturbed = Project(tmp_path / "undisturbed")
    undisturbed.done("run", "--drafts")
    fsync, calls = os.fsync, 0

    def full(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", full)
    before = project.tree()
    outcome = project.run("run", "--drafts")
    monkeypatch.undo()
    assert outcome.code == (2 if failing <= calls else 0)
    assert (
        "cannot be written: the disk is full; the file is unchanged; free some space"
        in outcome.err.splitlines()[-1]
    )
    written = set(project.tree()) - set(before)
    assert len(written) < failing
    assert list((project.root / ".pipeline/unfinished").iterdir()) == []
    project.done("run", "--drafts")
    assert project.tree() == undisturbed.tree()


def _answers_in_pieces(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:] = b"\xff" * (len(data) - 100)
    path.write_bytes(data)


@pytest.mark.parametrize(
    "sabotage",
    [
        lambda path: path.write_bytes(b"this is no database, but it is long enough to be one"),
        _answers_in_pieces,
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["text", "in pieces", "folder"],
)
def test_a_broken_store_of_answers(sabotage: Callable[[Path], object], tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("run")
    (tmp_path / project.po()).unlink()
    project.done("merge")
    sabotage(tmp_path / ".pipeline/answers.sqlite")
    tree = project.tree()
    outcome = project.run("translate")
    assert outcome.code == 2
    assert outcome.err.startswith("error: .pipeline/answers.sqlite: cannot be used: ")
    assert re.search(
        "; (delete it to have it created again|check the permissions of its folder)$", outcome.err
    )
    assert project.tree() == tree


@pytest.mark.parametrize(
    "name",
    [
        "a/b/c",
        "two words",
        "ünï çødé",
        "日本語",
        'it\'s "quoted"',
        "back\\slash",
        "100%s {x}",
        "a:b",
    ],
)
def test_an_article_may_have_any_name(name: str, tmp_path: Path) -> None:
    project = Project(tmp_path, name)
    project.done("run", "--drafts")
    stamps = project.written()
    assert f"preview/fr/{name}.html" in stamps
    assert "nothing to do" in project.done("run", "--drafts", "--article", name).err
    assert project.written() == stamps
    first, *_ = project.catalog("fr", name).units
    assert first.references == (Reference(f"source/{name}/en.md", 0),)
    for path in (project.po("fr", name), f"locales/templates/LC_MESSAGES/{name}.pot"):
        command = ["msgfmt", "--check", "-o", os.devnull, path]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=20)


@pytest.mark.parametrize("name", ["pages.journal", "settled.json", "unfinished", "lock"])
def test_a_state_file_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    """A folder in its place acts like a missing permission, for root too."""
    project = Project(tmp_path)
    project.done("run", "--drafts")
    project.edit(ARTICLE, "I taste 3 times", "I taste it 3 times")
    file = project.root / ".pipeline" / name
    if name == "unfinished":
        file.rmdir()
        file.write_text("", "utf-8")
    else:
        file.unlink(missing_ok=True)
        file.mkdir()
        (file / "x").touch()
    outcome = project.run("run", "--drafts")
    assert outcome.code == 2
    assert f"error: .pipeline/{name}: cannot be " in outcome.err
    if file.is_dir():
        shutil.rmtree(file)
    else:
        file.unlink()
    project.done("run", "--drafts")
    assert "it 3 times" in project.read("build/en/salt.md")


def test_a_disk_that_is_full_at_the_journal_of_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path)
    write = os.write

    def full(handle: int, data: bytes) -> int:
        return write(handle, data[:8]) if b"build/" in data else write(handle, data)

    monkeypatch.setattr(os, "write", full)
    outcome = project.run("run", "--drafts")
    monkeypatch.undo()
    assert outcome.code == 2
    assert ".pipeline/pages.journal: cannot be written: the disk is full; " in outcome.err
    assert not (project.root / "build").exists()
    project.done("run", "--drafts")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", [["status"], ["status", "--json"], ["check", "--no-grammar"]])
def test_an_output_that_cannot_be_written(
    tmp_path: Path, command: list[str], unbuffered: str
) -> None:
    Project(tmp_path).done("run")
    with Path("/dev/full").open("w") as full:
        outcome = subprocess.run(
            [sys.executable, "-m", "pipeline", *command],
            cwd=tmp_path,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert outcome.returncode == 2
    assert outcome.stderr == "error: cannot write to standard output: No space left on device\n"


def test_an_article_that_goes_away_during_a_run_is_one_message(tmp_path: Path) -> None:
    project = Project(tmp_path)
    article = tmp_path / "source/salt/en.md"
    with mock.patch.object(steps, "build", side_effect=lambda _: article.unlink()):
        outcome = project.run("run", "--drafts")
    assert outcome.code == 2
    assert "salt/en.md: was deleted during this run; run the command again" in outcome.err
    assert "Traceback" not in outcome.err
