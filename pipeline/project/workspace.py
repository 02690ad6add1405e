"""Files of a project: paths, reading and writing of whole files, and a lock for one writer."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConflictError, MachineError, UsageError, decode
from pipeline.language import is_locale, nearest_locale, require_locale, suggestion
from pipeline.project.article_search import search_articles
from pipeline.project.atomic_write import (
    ABSENT,
    digest,
    read_regular,
    replace_file,
    sweep,
    write_refusal,
)
from pipeline.project.find import detect_hard_wrap, find_project
from pipeline.project.paths import Layout, is_hidden
from pipeline.project.settings import load_settings, with_environment
from pipeline.project.settings_reader import is_reserved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from pipeline.errors import PipelineError
    from pipeline.project.article_search import ArticleFiles
    from pipeline.project.settings import Settings

__all__ = ["STATE_FOLDER", "Workspace"]

STATE_FOLDER = ".pipeline"
"""Folder for data that can be recomputed: answers of engines, unfinished files, the lock."""
_UNFINISHED = "unfinished"


class Workspace(Layout):
    """Files of one project.

    With ``check`` nothing is written to the project: new content goes to a temporary folder where
    later reads look first, so that a whole run can be rehearsed. Closing the workspace, which a
    ``with`` statement does, deletes that folder.
    """

    def __init__(self, root: Path, settings: Settings, *, check: bool = False) -> None:
        super().__init__(settings)
        self.root = root
        self.check = check
        self.changed: list[str] = []
        """Paths written so far; in a rehearsal, paths that would be."""
        self.removed: list[str] = []
        """Paths removed so far; in a rehearsal, paths that would be."""
        self.digests: dict[str, str] = {}
        """Digest of the content last read from each file, or written there."""
        self.unreadable: dict[str, PipelineError] = {}
        """Errors of folders and files beside the articles that a command left out, by path."""
        if _has_old_templates(root / settings.catalogue_path):
            self.template_folder = settings.catalogue_path
        self._rehearsal = tempfile.TemporaryDirectory(prefix="pipeline-") if check else None

    @classmethod
    def open(cls, start: Path, environment: Mapping[str, str], *, check: bool = False) -> Workspace:
        """Open the project around a folder, with its settings."""
        root, name, text, table = find_project(start)
        settings = load_settings(text, name, table)
        settings = detect_hard_wrap(root, with_environment(settings, environment))
        return cls(root, settings, check=check)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._rehearsal:
            self._rehearsal.cleanup()

    def articles(self) -> tuple[str, ...]:
        """Return the sorted names of all articles that have a source version.

        Hidden files and built pages are not articles. A source that cannot be read is one.

        Raises:
            InputError: a name is not UTF-8, or holds control characters.
        """
        return tuple(self.search().names[self.settings.source])

    def search(self) -> ArticleFiles:
        """Search for all articles.

        Raises:
            InputError: the name of an article is not UTF-8, or holds control characters.
        """
        return search_articles(self, self.root)

    def choose(self, article: str | None, files: ArticleFiles | None = None) -> tuple[str, ...]:
        """Return the requested article, or all; ``files`` are those of a search just now.

        It may be none at all if folders cannot be read.

        Raises:
            UsageError: there is no such article, or none at all.
            MachineError: the folder in which the article should be cannot be read.
        """
        files = files or self.search()
        articles = tuple(files.names[self.settings.source])
        if not articles and not files.unreadable:
            path = self.article_path("NAME", self.settings.source)
            raise UsageError(
                f"no article found: expected files such as {path}{self._misplaced(files)}"
            )
        if article is None:
            return articles
        if article in articles:
            return (article,)
        path = self.article_path(article, self.settings.source)
        for folder, error in files.unreadable.items():
            if folder == "." or path.startswith(f"{folder}/"):
                raise error
        hint = suggestion(article, articles, otherwise=f"available: {', '.join(articles)}")
        raise UsageError(f"no article '{article}' (no file {path}){hint}")

    def _misplaced(self, files: ArticleFiles) -> str:
        """Return what to do with files that are nearly articles, for a message; maybe nothing."""
        source = self.settings.source
        without_source = [
            (self.article_path(name, locale), self.article_path(name, source))
            for locale in self.settings.locales
            for name in files.names[locale]
        ]
        for path, expected in files.strays:
            return f", found {path}; rename it to {expected}"
        for path, expected in without_source:
            return f", found {path}; its source {expected} is missing"
        return ""

    def choose_locales(self, locale: str | None) -> tuple[str, ...]:
        """Return the requested locale, or all into which the project translates.

        The locale of the source may be requested, too, for texts in other languages.

        Raises:
            UsageError: the locale is not one of the project's.
        """
        if locale is None:
            return self.settings.locales
        locales = self.settings.locales
        name = require_locale(locale) if is_locale(locale) else nearest_locale(locale)
        if name in (*locales, self.settings.source) and is_locale(locale):
            return (name,)
        available = f"available: {', '.join(locales) or 'none yet'}"
        hint = (
            f"; did you mean '{name}'?"
            if name in locales
            else suggestion(locale, locales, otherwise=available)
        )
        raise UsageError(f"locale '{locale}' is not in the settings ('locales'){hint}")

    # Reading and writing.

    def locate(self, path: str) -> Path:
        """Return the file with the content of a path; in a rehearsal it may be a temporary one."""
        if self._rehearsal:
            rehearsed = Path(self._rehearsal.name) / path
            if rehearsed.is_file() or path in self.removed:
                return rehearsed
        return self.root / path

    def exists(self, path: str) -> bool:
        """Return whether a file exists; False for a file that the machine cannot look for."""
        try:
            return self.locate(path).is_file()
        except OSError:  # the name is too long, or the folder is not accessible
            return False

    def may_be_shown(self, path: str) -> bool:
        """Return whether a file may be copied beside the pages: not a hidden one, or one elsewhere.

        A link may lead out of the project.
        """
        root = self.root.resolve()
        full = self.locate(path).resolve()
        inside = full.is_relative_to(root) and not is_hidden(full.relative_to(root).as_posix())
        return not is_hidden(path) and (inside or self._rehearsal is not None)

    def relative_paths(self, file: Path) -> list[str]:
        """Return the paths of a file from the root: as it is named, and with links resolved."""
        # Not resolve(), which would follow links.
        full = Path(os.path.normpath(file.absolute()))
        roots = ((self.root, full), (self.root.resolve(), full.resolve()))
        return [p.relative_to(root).as_posix() for root, p in roots if p.is_relative_to(root)]

    def read(self, path: str) -> bytes | None:
        """Read a whole file; return None if there is none.

        Raises:
            MachineError: the file cannot be read.
        """
        file = self.locate(path)
        data = _read(file, path)
        self.digests[path] = ABSENT if data is None else digest(data)
        return data

    def text(self, path: str) -> str | None:
        """Read a file in UTF-8, with or without a BOM; return None if there is none.

        Raises:
            InputError: the file is not UTF-8.
            MachineError: the file cannot be read.
        """
        data = self.read(path)
        return None if data is None else decode(data, path)

    def write(self, path: str, data: bytes, expected: bytes | None) -> bool:
        """Write a file whole or not at all; return whether it had to change.

        ``expected`` is the content that was read from it (None: there was no file). A reader sees
        the old file or the new one; a killed run leaves the old one.

        Raises:
            ConflictError: the file has other content now.
            MachineError: the file cannot be written; the old one is unchanged.
        """
        if data == expected:
            return False
        target = (Path(self._rehearsal.name) if self._rehearsal else self.root) / path

        def verify(file: Path) -> None:
            _require(path, _read(file, path), expected)

        try:
            if self._rehearsal:
                _require(path, self.read(path), expected)
                replace_file(target, data, self._scratch_folder())
            else:
                self._refuse_odd_place(path)
                replace_file(target, data, self._scratch_folder(), verify)
        except OSError as error:
            raise MachineError(write_refusal(path, error)) from error
        self.changed.append(path)
        self.digests[path] = digest(data)
        return True

    def move(self, path: str, target: str, expected: bytes | None) -> None:
        """Move a file to another path in one step; its content and mode stay.

        ``expected`` is the content that was read from the target (None: there was no file).

        Raises:
            ConflictError: the target has other content now.
            MachineError: the file cannot be moved; both are unchanged.
        """
        data = self.read(path)
        if self._rehearsal or self.locate(path).is_symlink():  # a link may be relative
            self.write(target, data or b"", expected)
            self.remove(path, data)
            return
        _require(target, self.read(target), expected)
        self._refuse_odd_place(target)
        file = self.root / target
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).replace(file)
        except OSError as error:
            raise MachineError(write_refusal(target, error)) from error
        self.changed.append(target)
        self.removed.append(path)
        self.digests |= {path: ABSENT, target: digest(data or b"")}

    def move_templates(self, articles: Sequence[str]) -> list[tuple[str, str]]:
        """Move the templates of articles from the folder of the catalogues to their own.

        Return the old and the new path of each. One that is in both places is removed.

        Raises:
            MachineError: a file cannot be read or moved.
        """
        self.template_folder = Layout(self.settings).template_folder
        moves = []
        for article in articles:
            old, new = f"{self.settings.catalogue_path}/{article}.pot", self.template_path(article)
            data = self.read(old)
            if data is None:
                continue
            if self.exists(new):
                self.remove(old, data)
            else:
                self.move(old, new, None)
            moves.append((old, new))
        return moves

    def remove(self, path: str, expected: bytes | None) -> None:
        """Remove a file with the content that was read from it.

        Raises:
            ConflictError: the file has other content now.
            MachineError: the file cannot be removed.
        """
        _require(path, self.read(path), expected)
        try:
            folder = Path(self._rehearsal.name) if self._rehearsal else self.root
            # In a rehearsal the file may be in the project only.
            (folder / path).unlink(missing_ok=bool(self._rehearsal))
        except OSError as error:
            message = f"{path}: cannot be removed: {error.strerror or error}"
            raise MachineError(f"{message}; check the permissions of its folder") from error
        self.removed.append(path)
        self.digests[path] = ABSENT

    def state_file(self, name: str) -> Path:
        """Return the path of a file in the state folder; in a rehearsal, of a copy."""
        if not self._rehearsal:
            file = self._state_folder() / name
            # Opening a pipe would wait for ever.
            if file.exists() and not (file.is_file() or file.is_dir()):
                message = f"{STATE_FOLDER}/{name}: cannot be used: expected a file; delete it"
                raise MachineError(message)
            return file
        folder = Path(self._rehearsal.name) / STATE_FOLDER
        folder.mkdir(exist_ok=True)
        if (folder / name).exists():  # what the rehearsal wrote there stays
            return folder / name
        # Unsaved rows of SQLite are in files beside it (-wal, -shm).
        for file in (self.root / STATE_FOLDER).glob(f"{name}*"):
            shutil.copy(file, folder)
        return folder / name

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Lock the project against a second writing run, and delete the leftovers of a killed one.

        A rehearsal takes no lock.

        Raises:
            MachineError: another run holds the lock, or the state folder cannot be written.
        """
        if self.check:
            yield
            return
        from filelock import FileLock, Timeout  # here, as commands that only read need none

        path = f"{STATE_FOLDER}/lock"
        lock = FileLock(self._state_folder() / "lock")
        try:
            lock.acquire(blocking=False)
        except Timeout as error:
            message = "another run is active in this project; wait until it ends"
            raise MachineError(message) from error
        except OSError as error:
            raise MachineError(write_refusal(path, error)) from error
        try:
            self._sweep()
            yield
        finally:
            lock.release()

    def _sweep(self) -> None:
        try:
            sweep(self._scratch_folder())
        except OSError as error:
            raise MachineError(write_refusal(f"{STATE_FOLDER}/{_UNFINISHED}", error)) from error

    def _refuse_odd_place(self, path: str) -> None:
        """Raise MachineError if a path leads, through a link, to where nothing may be written."""
        file, root = (self.root / path).resolve(), self.root.resolve()
        folder = file.parent.relative_to(root).as_posix() if file.is_relative_to(root) else ""
        if is_reserved(folder):
            raise MachineError(
                f"{path}: cannot be written: its folder is a link into {folder}, which belongs to "
                "git or the pipeline itself; change the link"
            )

    def _state_folder(self) -> Path:
        """Return the state folder, which git ignores; create it if needed."""
        folder = self.root / STATE_FOLDER
        ignore = folder / ".gitignore"
        try:
            folder.mkdir(exist_ok=True)
            # A killed run may have left it empty.
            if not ignore.is_file() or ignore.read_text("utf-8") != "*\n":
                ignore.unlink(missing_ok=True)  # it may be a pipe
                ignore.write_text("*\n", "utf-8")
        except OSError as error:
            raise MachineError(write_refusal(STATE_FOLDER, error)) from error
        return folder

    def _scratch_folder(self) -> Path:
        folder = (
            Path(self._rehearsal.name) if self._rehearsal else self._state_folder() / _UNFINISHED
        )
        folder.mkdir(exist_ok=True)
        return folder


def _read(file: Path, path: str) -> bytes | None:
    """Read a file; return None if there is none.

    Raises:
        MachineError: the file cannot be read.
    """
    try:
        return read_regular(file)
    except (FileNotFoundError, NotADirectoryError) as error:
        if file.is_symlink():
            raise MachineError(
                f"{path}: cannot be read: it is a link to a missing file; restore that file, or "
                "delete the link"
            ) from error
        return None
    except OSError as error:
        raise MachineError(f"{path}: cannot be read: {error.strerror}") from error


def _require(path: str, content: bytes | None, expected: bytes | None) -> None:
    """Raise ConflictError if a file does not have the content that was read from it before."""
    if content != expected:
        message = (
            f"{path}: was changed by another program during this run; "
            "it was not overwritten; run the command again"
        )
        raise ConflictError(message)


def _has_old_templates(folder: Path) -> bool:
    """Return whether a project has its templates in the folder of its catalogues itself.

    Releases before 0.3 put them there, where hosted tools pair them with the wrong catalogues.
    Those of other programs may be there, too.
    """
    if (folder / "templates").is_dir():
        return False
    waiting = [folder]
    for one in waiting:
        try:
            entries = list(os.scandir(one))
        except OSError:  # there is none yet; the search for articles reports another fault
            continue
        if any(entry.name.endswith(".pot") and _is_own_template(entry.path) for entry in entries):
            return True
        names = {entry.name for entry in entries}
        if "LC_MESSAGES" not in names:
            waiting += [Path(entry.path) for entry in entries if entry.is_dir()]
    return False


def _is_own_template(path: str) -> bool:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a path of scandir
            return b"X-Source-Language:" in file.read(2000)
    except OSError:
        return False
