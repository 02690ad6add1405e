"""Files of a project: where they are, read and written whole, one writer at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import settings as settings_module
from pipeline.errors import ConflictError, InputError, MachineError, UsageError
from pipeline.similar import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.settings import Settings

__all__ = ["STATE", "Workspace", "find_project"]

STATE = ".pipeline"
"""Folder for what can be made again: answers of engines, unfinished files, the lock."""


def find_project(start: Path) -> tuple[Path, str, tuple[str, ...]]:
    """Find the project around a folder: its root, its settings file and the table in it.

    Raises:
        UsageError: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / "pyproject.toml").is_file():
            text = (folder / "pyproject.toml").read_text(encoding="utf-8")
            if re.search(r"^\s*\[tool\.pipeline\b", text, re.M):
                return folder, "pyproject.toml", ("tool", "pipeline")
        if (folder / "pipeline.toml").is_file():
            return folder, "pipeline.toml", ()
    message = (
        f"no project found in {start} or above: expected pipeline.toml, or pyproject.toml with "
        "[tool.pipeline]; 'pipeline init' makes one"
    )
    raise UsageError(message)


class Workspace:
    """The files of one project.

    With ``check`` nothing is written: what would be goes to a folder of its own that
    later readings look at first, so that a whole run can be rehearsed.
    """

    def __init__(self, root: Path, settings: Settings, *, check: bool = False) -> None:
        self.root = root
        self.settings = settings
        self.check = check
        self.changed: list[str] = []
        """Paths written so far, or that would be."""
        self._rehearsal = tempfile.TemporaryDirectory(prefix="pipeline-") if check else None

    @classmethod
    def open(cls, start: Path, environment: Mapping[str, str], *, check: bool = False) -> Workspace:
        """Find the project around a folder and read its settings."""
        root, name, table = find_project(start)
        try:
            text = (root / name).read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise InputError("expected UTF-8", name) from error
        settings = settings_module.load(text, name, table)
        return cls(root, settings_module.with_environment(settings, environment), check=check)

    # Where things are; all paths relative to the root, with slashes.

    def article_path(self, article: str, locale: str) -> str:
        """Path of one version of an article."""
        return _filled(self.settings.article_path, article, locale)

    def page_path(self, article: str, locale: str) -> str:
        """Path of a built article."""
        return _filled(self.settings.page_path, article, locale)

    def template_path(self, article: str) -> str:
        """Path of an article's POT file."""
        return f"{self.settings.catalogue_path}/{article}.pot"

    def catalogue_path(self, article: str, locale: str) -> str:
        """Path of an article's PO file."""
        return f"{self.settings.catalogue_path}/{locale}/LC_MESSAGES/{article}.po"

    def articles(self) -> tuple[str, ...]:
        """Names of all articles that have a source version, sorted."""
        path = _filled(self.settings.article_path, "\0", self.settings.source)
        before, _, after = path.partition("\0")
        found = re.compile(re.escape(before) + "(.+)" + re.escape(after).replace("\0", "(.+)"))
        folder = self.root / before.rpartition("/")[0]
        names = []
        for file in folder.rglob("*" + Path(path).suffix):
            match = found.fullmatch(file.relative_to(self.root).as_posix())
            if match and file.is_file():
                names.append(match[1])
        return tuple(sorted(names))

    def choose(self, wanted: str | None) -> tuple[str, ...]:
        """Give the one article that is asked for, or all.

        Raises:
            UsageError: there is no such article, or none at all.
        """
        known = self.articles()
        if not known:
            path = self.article_path("NAME", self.settings.source)
            raise UsageError(f"no article found: expected files such as {path}")
        if wanted is None:
            return known
        if wanted in known:
            return (wanted,)
        close = nearest(wanted, known, 0.4)
        hint = f"did you mean '{close}'?" if close else f"there are: {', '.join(known)}"
        path = self.article_path(wanted, self.settings.source)
        raise UsageError(f"no article '{wanted}' (no file {path}); {hint}")

    def choose_locales(self, wanted: str | None) -> tuple[str, ...]:
        """Give the one locale that is asked for, or all of the project.

        Raises:
            UsageError: it is none of the project's.
        """
        known = self.settings.locales
        if wanted is None:
            return known
        if wanted in known:
            return (wanted,)
        there = ", ".join(known) or "none yet"
        message = f"locale '{wanted}' is not in the settings ('locales'); there are: {there}"
        raise UsageError(message)

    # Reading and writing.

    def locate(self, path: str) -> Path:
        """Give the file that holds a path's content, be it a rehearsed one."""
        if self._rehearsal:
            rehearsed = Path(self._rehearsal.name) / path
            if rehearsed.is_file():
                return rehearsed
        return self.root / path

    def read(self, path: str) -> bytes | None:
        """Read a file whole; None where there is none.

        Raises:
            MachineError: it cannot be read.
        """
        try:
            return self.locate(path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise MachineError(f"{path}: cannot be read: {error.strerror}") from error

    def write(self, path: str, data: bytes, expected: bytes | None) -> bool:
        """Write a file whole or not at all; tell whether it had to change.

        ``expected`` is what was read from it (None: it was not there). A reader sees the
        old file or the new one; a killed run leaves the old one.

        Raises:
            ConflictError: the file holds something else by now.
            MachineError: it cannot be written; the old file stands.
        """
        now = self.read(path)
        if now != expected:
            message = (
                f"{path}: another program changed it while this run was working; "
                "nothing was written there; run the command again"
            )
            raise ConflictError(message)
        if now == data:
            return False
        target = self.root / path
        if self._rehearsal:
            target = Path(self._rehearsal.name) / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, data, self._scratch())
        except OSError as error:
            raise MachineError(_refusal(path, error)) from error
        self.changed.append(path)
        return True

    def remove(self, path: str) -> None:
        """Delete a file that the pipeline wrote."""
        if not self.check:
            (self.root / path).unlink(missing_ok=True)
        self.changed.append(path)

    def state(self) -> Path:
        """Give the folder for what can be made again, which git does not see."""
        folder = self.root / STATE
        try:
            folder.mkdir(exist_ok=True)
            if not (folder / ".gitignore").exists():
                (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        except OSError as error:
            raise MachineError(_refusal(STATE, error)) from error
        return folder

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the project against a second writing run, and sweep what a killed one left.

        Raises:
            MachineError: another run holds it.
        """
        if self.check:
            yield
            return
        with (self.state() / "lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                message = "another run is at work in this project; wait for it to end"
                raise MachineError(message) from error
            for left in self._scratch().iterdir():
                left.unlink()
            yield

    def _scratch(self) -> Path:
        if self._rehearsal:
            return Path(self._rehearsal.name)
        folder = self.state() / "unfinished"
        folder.mkdir(exist_ok=True)
        return folder


def _filled(template: str, article: str, locale: str) -> str:
    return template.replace("{article}", article).replace("{lang}", locale)


def _replace(target: Path, data: bytes, scratch: Path) -> None:
    """Put the data where the target is, in one step."""
    if scratch.stat().st_dev != target.parent.stat().st_dev:
        scratch = target.parent  # a rename cannot cross file systems
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=scratch)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = target.stat().st_mode if target.exists() else 0o666 & ~_umask()
        part.chmod(mode & 0o7777)
        part.replace(target.resolve() if target.is_symlink() else target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refusal(path: str, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"{path}: the disk is full; free some space and run again; the old file stands"
    reason = error.strerror or str(error)
    return f"{path}: cannot be written: {reason}; check the folder's permissions"
