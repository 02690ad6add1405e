"""What engines answered, kept in SQLite, so that no text is sent twice."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.engines.contract import Answer
from pipeline.errors import EngineRefused, MachineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Answers", "answer_key"]

_TABLE = """
create table if not exists answer (
    key blob primary key,
    refused real not null,
    text text not null,
    signature text not null,
    previous text not null
) without rowid
"""
# ``refused`` is when that was, in seconds since 1970; 0 for an answer.

_PATIENCE = 24 * 3600
"""Seconds after which a refused text may be asked for again: the service may be well by then."""

_ADVICE = {
    sqlite3.SQLITE_CORRUPT: "delete it to start afresh",
    sqlite3.SQLITE_NOTADB: "delete it to start afresh",
    sqlite3.SQLITE_ERROR: "delete it to start afresh",  # a table of another kind
    sqlite3.SQLITE_FULL: "free some space on the disk and run again",
    sqlite3.SQLITE_IOERR: "free some space on the disk and run again",
}


class Answers:
    """A store of answers; each is on the disk as soon as it is put in.

    Without a path it forgets everything at the end; ``shown`` is what messages name. A
    file that is damaged, or cannot be written, raises a `MachineError` anywhere.
    ``clock`` gives seconds since 1970.
    """

    def __init__(
        self,
        path: Path | None = None,
        shown: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._clock = clock
        self._shown = shown or str(path)
        with self._readable():
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
        try:
            with self._readable():
                self._db.execute("pragma journal_mode = wal")
                self._db.execute("pragma synchronous = normal")
                self._db.execute(_TABLE)
                late = clock() - _PATIENCE
                self._db.execute("delete from answer where 0 < refused and refused < ?", (late,))
        except MachineError:
            self._db.close()
            raise

    def get(self, key: bytes) -> Answer | EngineRefused | None:
        """Give what was answered, or None where nothing was."""
        with self._readable():
            row = self._db.execute("select * from answer where key = ?", (key,)).fetchone()
            if row is None:
                return None
            _, refused, text, signature, previous = row
            return EngineRefused(text) if refused else Answer(text, signature, previous)

    def put(self, key: bytes, answer: Answer | EngineRefused) -> None:
        """Keep an answer."""
        if isinstance(answer, EngineRefused):
            row = (key, self._clock(), str(answer), "", "")
        else:
            row = (key, 0, *answer)
        with self._readable():
            self._db.execute("insert or replace into answer values (?, ?, ?, ?, ?)", row)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # above it are finer distinctions
            advice = _ADVICE.get(code, "check the permissions of its folder")
            raise MachineError(f"{self._shown}: cannot be used: {error}; {advice}") from error


def answer_key(engine: str, source: str, target: str, text: str) -> bytes:
    """Make the key of an answer: engine, locales and protected text."""
    return hashlib.blake2b(
        "\0".join((engine, source, target, text)).encode(), digest_size=16
    ).digest()
