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
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.catalogue import StatusRow
from pipeline.errors import MachineError
from pipeline.findings import Finding, Place, Severity
from pipeline.project import ABSENT, digest, replace_file, write_refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["Remains", "Settled"]

_FORM = 1
_RACE = 100_000_000
"""Age in nanoseconds below which a changed file is not trusted: it could change once more without a
newer time; git calls such an entry racily clean."""


class Remains(NamedTuple):
    """Messages, findings and status of an article in which nothing changed."""

    lines: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: tuple[StatusRow, ...] = ()
    open: bool = False
    """True if translations are missing, which an engine may have by now."""


class Settled:
    """Unchanged articles; ``key`` is a hash of all that every result depends on."""

    def __init__(self, root: Path, file: Path, key: str) -> None:
        self._root = str(root)
        self._file = file
        self._key = key
        self._began = time.time_ns()
        self._changed = False
        self._articles: dict[str, Any] = self._read()

    def look(self, name: str, paths: Iterable[str]) -> Remains | None:
        """Return the cached outcome of an unchanged article, else None.

        ``paths`` are the files of the article; other files that it depends on may be stored after
        them.
        """
        paths = list(paths)
        entry: Any = self._articles.get(name)
        try:
            known: dict[str, list[Any]] = dict(entry["files"])
            if list(known)[: len(paths)] != paths or not all(
                map(self._same, known, known.values())
            ):
                return None
            return _remains(entry)
        except (TypeError, KeyError, ValueError):  # another form than ours
            return None

    def keep(self, name: str, seen: Mapping[str, str], remains: Remains) -> None:
        """Store the outcome of an article; ``seen`` has the digests of its files in this run."""
        marks = [[path, [self._mark(path), content]] for path, content in seen.items()]
        self._articles[name] = {
            "files": marks,
            "lines": remains.lines,
            "findings": [_plain(finding) for finding in remains.findings],
            "rows": remains.rows,
            "open": remains.open,
        }
        self._changed = True

    def save(self, key: str) -> None:
        """Write the cache, with a key that is valid after the run.

        Raises:
            MachineError: the state folder cannot be written.
        """
        if not self._changed and key == self._key:
            return
        data = {"form": _FORM, "key": key, "articles": self._articles}
        text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
        try:
            content = text.encode("utf-8", "surrogatepass")
            replace_file(self._file, content, self._file.parent, lambda: None)
        except OSError as error:
            shown = f"{self._file.parent.name}/{self._file.name}"
            raise MachineError(write_refusal(shown, error)) from error
        self._changed = False

    def _read(self) -> dict[str, Any]:
        try:
            data = json.loads(self._file.read_bytes())
            if (data["form"], data["key"]) == (_FORM, self._key):
                return dict(data["articles"])
        except (OSError, ValueError, TypeError, KeyError):
            pass
        return {}

    def _same(self, path: str, known: list[Any]) -> bool:
        """Return whether a file is unchanged; its content is read only if its mark differs."""
        mark, content = known
        now = self._mark(path)
        if now and now == mark:
            return True
        if self.content(path) != content:
            return False
        if now:
            known[0] = now
            self._changed = True
        return True

    def _mark(self, path: str) -> list[int] | None:
        """Return the times, size and inode of a file; None if it may still change unseen."""
        try:
            stat = os.stat(f"{self._root}/{path}")  # noqa: PTH116 - ten thousand times in a run
        except OSError:
            return None
        if max(stat.st_mtime_ns, stat.st_ctime_ns) > self._began - _RACE:
            return None
        return [stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino]

    def content(self, path: str) -> str:
        """Return the digest of a file; that of a missing file if it cannot be read."""
        try:
            with open(f"{self._root}/{path}", "rb") as file:  # noqa: PTH123 - as above
                return digest(file.read())
        except OSError:
            return ABSENT


def _plain(finding: Finding) -> dict[str, Any]:
    return {**asdict(finding), "severity": finding.severity.value}


def _remains(entry: Mapping[str, Any]) -> Remains:
    return Remains(
        tuple(entry["lines"]),
        tuple(map(_finding, entry["findings"])),
        tuple(StatusRow(*row) for row in entry["rows"]),
        bool(entry["open"]),
    )


def _finding(plain: dict[str, Any]) -> Finding:
    values = dict(plain)
    for name in ("place", "catalogue"):
        values[name] = Place(*values[name]) if values[name] else None
    values["severity"] = Severity(values["severity"])
    values["suggestions"] = tuple(values["suggestions"])
    return Finding(**values)
