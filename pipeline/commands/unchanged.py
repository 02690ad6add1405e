"""Cache of articles whose files have not changed since the last run.

It is a file in the state folder, rebuilt if it is missing, damaged or of another version. It is
trusted for nothing but skipping work: each file that a result depends on, and each that is the
result, is identified by its content, and must still have it.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.catalogue import StatusRow
from pipeline.errors import MachineError
from pipeline.findings import Finding, Place, Severity
from pipeline.project import ABSENT, digest, read_regular, replace_file, write_refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
__all__ = ["ArticleOutcome", "OutcomeCache"]

_FORMAT_VERSION = 1
_RACY_AGE = 100_000_000
"""Age in nanoseconds below which a changed file is not trusted: it could change once more without a
newer time; git calls such an entry racily clean."""


_UNREADABLE = "unreadable"
"""Digest of a file that cannot be read, so that it is not taken for a missing one."""


class ArticleOutcome(NamedTuple):
    """Messages, findings and status of an article in which nothing changed."""

    lines: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: tuple[StatusRow, ...] = ()
    is_incomplete: bool = False
    """True if translations are missing, which an engine may have by now."""


class OutcomeCache:
    """Unchanged articles; ``key`` is a hash of all that every result depends on."""

    def __init__(self, root: Path, file: Path, key: str) -> None:
        self._root = str(root)
        self._file = file
        self._key = key
        self._start_time = time.time_ns()
        self._needs_saving = False
        self._articles: dict[str, Any] = self._read()

    def get(self, name: str, paths: Iterable[str]) -> ArticleOutcome | None:
        """Return the cached outcome of an unchanged article, else None.

        ``paths`` are the files of the article; other files that it depends on may be stored after
        them.
        """
        paths = list(paths)
        entry: Any = self._articles.get(name)
        try:
            files: dict[str, list[Any]] = dict(entry["files"])
            if list(files)[: len(paths)] != paths or not all(
                map(self._is_unchanged, files, files.values())
            ):
                return None
            return _outcome_from_json(entry)
        except (TypeError, KeyError, ValueError):  # not in our format
            return None

    def store(self, name: str, digests: Mapping[str, str], outcome: ArticleOutcome) -> None:
        """Store the outcome of an article; ``digests`` are of its files in this run, by path."""
        files = [
            [path, [self._stamp(path), content_digest]] for path, content_digest in digests.items()
        ]
        self._articles[name] = {
            "files": files,
            "lines": outcome.lines,
            "findings": [_finding_to_json(finding) for finding in outcome.findings],
            "rows": outcome.rows,
            "open": outcome.is_incomplete,
        }
        self._needs_saving = True

    def save(self, key: str) -> None:
        """Write the cache, with a key that is valid after the run.

        Raises:
            MachineError: the state folder cannot be written.
        """
        if not self._needs_saving and key == self._key:
            return
        data = {"form": _FORMAT_VERSION, "key": key, "articles": self._articles}
        text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
        try:
            # A finding may quote a lone surrogate of its text.
            content = text.encode("utf-8", "surrogatepass")
            replace_file(self._file, content, self._file.parent)
        except OSError as error:
            display_path = f"{self._file.parent.name}/{self._file.name}"
            raise MachineError(write_refusal(display_path, error)) from error
        self._needs_saving = False

    def _read(self) -> dict[str, Any]:
        try:
            data = json.loads(read_regular(self._file))
            if (data["form"], data["key"]) == (_FORMAT_VERSION, self._key):
                return dict(data["articles"])
        except (OSError, ValueError, TypeError, KeyError):
            pass
        return {}

    def _is_unchanged(self, path: str, cached: list[Any]) -> bool:
        """Return whether a file is unchanged; its content is read only if its stamp differs."""
        stamp, content_digest = cached
        current = self._stamp(path)
        if current and current == stamp:
            return True
        if self.digest_of(path) != content_digest:
            return False
        if current:
            cached[0] = current
            self._needs_saving = True
        return True

    def _stamp(self, path: str) -> list[int] | None:
        """Return the times, size and inode of a file; None if it may still change unseen."""
        try:
            stat = os.stat(f"{self._root}/{path}")  # noqa: PTH116 - ten thousand times in a run
        except OSError:
            return None
        if max(stat.st_mtime_ns, stat.st_ctime_ns) > self._start_time - _RACY_AGE:
            return None
        return [stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino]

    def digest_of(self, path: str) -> str:
        """Return the digest of a file; one of no content if it cannot be read."""
        file = Path(self._root, path)
        try:
            return digest(read_regular(file))
        except (FileNotFoundError, NotADirectoryError):
            return _UNREADABLE if file.is_symlink() else ABSENT
        except OSError:
            return _UNREADABLE


def _finding_to_json(finding: Finding) -> dict[str, Any]:
    return {**asdict(finding), "severity": finding.severity.value}


def _outcome_from_json(entry: Mapping[str, Any]) -> ArticleOutcome:
    return ArticleOutcome(
        tuple(entry["lines"]),
        tuple(map(_finding_from_json, entry["findings"])),
        tuple(StatusRow(*row) for row in entry["rows"]),
        bool(entry["open"]),
    )


def _finding_from_json(data: dict[str, Any]) -> Finding:
    values = dict(data)
    for name in ("place", "catalogue"):
        values[name] = Place(*values[name]) if values[name] else None
    values["severity"] = Severity(values["severity"])
    values["suggestions"] = tuple(values["suggestions"])
    return Finding(**values)
