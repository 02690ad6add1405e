"""SQLite table for data that can be recomputed; each row is on the disk at once."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pipeline.errors import MachineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["Store"]

_ADVICE = {
    sqlite3.SQLITE_CORRUPT: "delete it to have it created again",
    sqlite3.SQLITE_NOTADB: "delete it to have it created again",
    sqlite3.SQLITE_ERROR: "delete it to have it created again",  # a table of another kind
    sqlite3.SQLITE_FULL: "free some space on the disk and run again",
    sqlite3.SQLITE_IOERR: "free some space on the disk and run again",
}


class Store:
    """One file with one table.

    Without a path all data are lost at the end; ``shown`` is the path for messages. If the file is
    damaged or cannot be written, any method raises `MachineError`. The statements of ``setup`` are
    run once the file is open.
    """

    def __init__(
        self, path: Path | None, display_path: str, setup: Sequence[tuple[str, Sequence[Any]]]
    ) -> None:
        self._display_path = display_path or str(path)
        with self._report_errors():
            # Without an isolation level each statement is committed at once.
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
        try:
            # A killed process loses nothing; only a power failure may lose the last rows.
            self.execute("pragma journal_mode = wal")
            self.execute("pragma synchronous = normal")
            for statement, values in setup:
                self.execute(statement, values)
        except MachineError:
            self._db.close()
            raise

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Run one statement; return its rows."""
        with self._report_errors():
            return self._db.execute(statement, values).fetchall()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def _report_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            # Errors of the Python module itself have no code.
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # above it are finer distinctions
            advice = _ADVICE.get(code, "check the permissions of its folder")
            raise MachineError(
                f"{self._display_path}: cannot be used: {error}; {advice}"
            ) from error
