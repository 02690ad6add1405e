"""What engines answered, kept in SQLite, so that no text is sent twice."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from pipeline.engines.contract import Answer
from pipeline.errors import EngineRefused, MachineError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Answers", "answer_key"]

_TABLE = """
create table if not exists answer (
    key blob primary key,
    refused integer not null,
    text text not null,
    signature text not null,
    previous text not null
) without rowid
"""


class Answers:
    """A store of answers; each is on the disk as soon as it is put in.

    Without a path it forgets everything at the end.
    """

    def __init__(self, path: Path | None = None) -> None:
        try:
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma synchronous = normal")
            self._db.execute(_TABLE)
        except sqlite3.Error as error:
            raise MachineError(
                f"{path}: cannot be used: {error}; delete it to start afresh"
            ) from error

    def get(self, key: bytes) -> Answer | EngineRefused | None:
        """Give what was answered, or None where nothing was."""
        with closing(self._db.execute("select * from answer where key = ?", (key,))) as rows:
            row = rows.fetchone()
        if row is None:
            return None
        _, refused, text, signature, previous = row
        return EngineRefused(text) if refused else Answer(text, signature, previous)

    def put(self, key: bytes, answer: Answer | EngineRefused) -> None:
        """Keep an answer."""
        if isinstance(answer, EngineRefused):
            row = (key, 1, str(answer), "", "")
        else:
            row = (key, 0, *answer)
        self._db.execute("insert or replace into answer values (?, ?, ?, ?, ?)", row)

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def answer_key(engine: str, source: str, target: str, text: str) -> bytes:
    """Make the key of an answer: engine, locales and protected text."""
    return hashlib.blake2b(
        "\0".join((engine, source, target, text)).encode(), digest_size=16
    ).digest()
