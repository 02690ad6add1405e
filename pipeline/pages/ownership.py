"""Record of the pages that the pipeline wrote itself, and of their content.

A page that is not in the record, or was changed since, is somebody's work and is not replaced. The
record is in the folder of the pages, so that both are committed or neither is: a line for each
page, its digest and its path, sorted, as checksum programs write them.
"""

from __future__ import annotations

import errno
import os
import posixpath
from itertools import count
from typing import TYPE_CHECKING

from pipeline.errors import MachineError
from pipeline.project import DOCUMENTS, STATE_FOLDER, digest, read_regular, write_refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.project import Workspace

__all__ = ["INDEX", "SITE_MAP", "Record"]

INDEX = "index"
"""Name in whose place the index of a language is; an article of this name is there instead."""
SITE_MAP = "sitemap.xml"

_JOURNAL = "pages.journal"
_JOURNAL_PATH = f"{STATE_FOLDER}/{_JOURNAL}"


class Record:
    """Record of the built pages of a project.

    Each page that is written goes into a journal first, line by line and from any process, so that
    a killed run forgets none; `merge_journal` moves the journal into the record.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._journal = workspace.root / STATE_FOLDER / _JOURNAL
        self._digests: dict[str, set[str]] | None = None
        self._new_digests: dict[str, str] = {}
        self._has_missing = False
        """True if pages of the record do not exist any more."""

    def owns(self, path: str, data: bytes) -> bool:
        """Return whether a page is as the pipeline wrote it."""
        content = digest(data)
        if self._new_digests.get(path) == content:
            return True
        if self._digests is None:
            self._digests = self._read_record()
        return content in self._digests.get(path, ())

    def put(self, path: str, data: bytes) -> bool:
        """Write a page; return False if somebody else wrote the existing one, which is left alone.

        Raises:
            ConflictError: the page changed while it was written.
            MachineError: the page cannot be written.
        """
        old = self._workspace.read(path)
        if old is not None and old != data and not self.owns(path, old):
            return False
        if old is None or not self.owns(path, data):
            self.adopt(path, data)
        self._workspace.write(path, data, old)
        return True

    def remove_abandoned(self, tell: Callable[[str], None]) -> bool:
        """Remove the pages of articles that are gone, and of languages that were withdrawn.

        A page that somebody changed stays, and so does one that is none by the present settings.
        Return whether pages of the record do not exist now.

        Raises:
            MachineError: a page cannot be read or removed.
        """
        workspace = self._workspace
        if self._digests is None:
            self._digests = self._read_record()
        articles = workspace.articles()
        locales = (workspace.settings.source, *workspace.settings.locales)
        current = {
            path
            for locale in locales
            for name in (*articles, INDEX)
            for path in (
                *workspace.all_page_paths(name, locale),
                *(workspace.document_path(name, locale, kind) for kind in DOCUMENTS),
            )
        }
        current.add(posixpath.join(workspace.page_folder, SITE_MAP))
        for path in sorted(self._digests.keys() - current):
            data = workspace.read(path)
            name, _ = workspace.identify_page(path)
            file = workspace.copied_file(path)
            if data is None:
                self._has_missing = True
            elif file:
                if not workspace.exists(file):
                    self.withdraw(path, data, f"{file} is gone", tell)
            elif not name:
                tell(f"{path}: is no page by the present settings; delete it if nobody needs it")
            elif name not in articles:
                self.withdraw(path, data, "its article is gone", tell)
            else:
                self.withdraw(path, data, "its language is not in the settings", tell)
        return self._has_missing

    def withdraw(self, path: str, data: bytes, reason: str, tell: Callable[[str], None]) -> None:
        """Remove a page that must not be published any more, unless somebody else changed it.

        ``data`` is its content.

        Raises:
            MachineError: it cannot be removed.
        """
        if self.owns(path, data):
            self._workspace.remove(path, data)
            self._has_missing = True
            verb = "would remove" if self._workspace.check else "removed"
            tell(f"{verb}: {path}: {reason}")
        else:
            message = f"{reason}, but the page was changed since it was built"
            tell(f"{path}: {message}; delete it if nobody needs it")

    def follow_rename(self, article: str, name: str) -> None:
        """Record the pages that somebody renamed with their article.

        Raises:
            MachineError: a page cannot be read, or the journal cannot be written.
        """
        workspace = self._workspace
        for locale in (workspace.settings.source, *workspace.settings.locales):
            paths = (workspace.all_page_paths(one, locale) for one in (article, name))
            for old, new in zip(*paths, strict=True):
                data = None if workspace.exists(old) else workspace.read(new)
                if data is not None and self.owns(old, data):
                    self.adopt(new, data)

    def adopt(self, path: str, data: bytes) -> None:
        """Record a page as the pipeline's own, so that the next build may replace it.

        Raises:
            MachineError: the journal cannot be written.
        """
        content = digest(data)
        if not self._workspace.check:
            # A killed run may have left half a line; this one begins on a line of its own.
            self._append_to_journal(f"\n{content}  {path}\n".encode())
        self._new_digests[path] = content

    def take_over(self, path: str, data: bytes) -> str:
        """Take over somebody's page; return the path of the copy that is kept of it.

        Copies are numbered as GNU programs number their backups.

        Raises:
            MachineError: the copy or the journal cannot be written.
        """
        for number in count(1):
            copy = f"{path}.~{number}~"
            old = self._workspace.read(copy)
            if old is None or old == data:
                break
        self._workspace.write(copy, data, old)
        self.adopt(path, data)
        return copy

    def merge_journal(self) -> None:
        """Move the journal into the record; no other process may be active.

        Raises:
            MachineError: the record cannot be written, or the journal cannot be deleted.
        """
        journal = _parse(self._read_journal())
        if self._workspace.check or not (journal or self._has_missing):
            return
        digests = self._read_record()
        for path in sorted(digests):
            if self._is_gone(path):
                del digests[path]
            # Only the content that is on disk counts from now on.
            elif path in journal:
                digests[path] = {digest(self._workspace.read(path) or b"")} & digests[path]
        lines: dict[str, list[str]] = {path: [] for path in self._workspace.record_paths}
        for name in sorted(digests):
            record = lines[self._workspace.record_of(name)]
            record += [f"{content}  {name}\n" for content in sorted(digests[name])]
        changed_before = len(self._workspace.changed)
        for path, record in lines.items():
            old = self._workspace.read(path)
            if record or old is not None:
                self._workspace.write(path, "".join(record).encode("utf-8"), old)
        # The record is no page, so no run reports it as written.
        del self._workspace.changed[changed_before:]
        try:
            self._journal.unlink(missing_ok=True)
        except OSError as error:
            raise MachineError(write_refusal(_JOURNAL_PATH, error)) from error
        self._digests = digests
        self._has_missing = False

    def _is_gone(self, path: str) -> bool:
        """Return whether a page was deleted, rather than in a folder that cannot be read."""
        try:
            (self._workspace.root / path).stat()
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:
            return False
        return False

    def _append_to_journal(self, line: bytes) -> None:
        """Append a line to the journal."""
        file = self._workspace.state_file(_JOURNAL)
        try:
            journal = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            try:
                # In one call: lines of several processes do not mix.
                if os.write(journal, line) < len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            finally:
                os.close(journal)
        except OSError as error:
            raise MachineError(write_refusal(_JOURNAL_PATH, error)) from error

    def _read_journal(self) -> bytes:
        """Return the content of the journal, empty if there is none."""
        try:
            return read_regular(self._journal)
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise MachineError(f"{_JOURNAL_PATH}: cannot be read: {error.strerror}") from error

    def _read_record(self) -> dict[str, set[str]]:
        """Read the record together with the journal."""
        digests: dict[str, set[str]] = {}
        records = [self._workspace.read(path) or b"" for path in self._workspace.record_paths]
        for data in (*records, self._read_journal()):
            for path, contents in _parse(data).items():
                digests.setdefault(path, set()).update(contents)
        return digests


def _parse(data: bytes) -> dict[str, set[str]]:
    digests: dict[str, set[str]] = {}
    for line in data.decode("utf-8", "replace").split("\n"):
        content, _, path = line.partition("  ")
        if path:
            digests.setdefault(path, set()).add(content)
    return digests
