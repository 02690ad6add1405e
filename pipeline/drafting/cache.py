"""Cache the answers of engines in SQLite, so that no text is sent twice."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

from pipeline.drafting.engines.contract import Answer
from pipeline.errors import EngineRefused
from pipeline.project import Store

if TYPE_CHECKING:
    from collections.abc import Callable
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

_REFUSAL_LIFETIME = 24 * 3600
"""Seconds after which a refused text may be sent again: the service may have recovered by then."""


class Answers:
    """Store of answers; each is on the disk as soon as it is stored.

    Without a path the store is forgotten at the end. ``display_path`` is the path for messages, and
    ``clock`` returns seconds since 1970. Any method raises a `MachineError` if the file is
    damaged or cannot be written.
    """

    def __init__(
        self,
        path: Path | None = None,
        display_path: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._clock = clock
        cutoff = clock() - _REFUSAL_LIFETIME
        forget = ("delete from answer where 0 < refused and refused < ?", (cutoff,))
        self._store = Store(path, display_path, [(_TABLE, ()), forget])

    def get(self, key: bytes) -> Answer | EngineRefused | None:
        """Return the stored answer or refusal, or None."""
        rows = self._store.execute("select * from answer where key = ?", (key,))
        if not rows:
            return None
        _, refused, text, signature, previous = rows[0]
        return EngineRefused(text) if refused else Answer(text, signature, previous)

    def put(self, key: bytes, answer: Answer | EngineRefused) -> None:
        """Store an answer or refusal."""
        if isinstance(answer, EngineRefused):
            row = (key, self._clock(), str(answer), "", "")
        else:
            row = (key, 0, *answer)
        self._store.execute("insert or replace into answer values (?, ?, ?, ?, ?)", row)

    def close(self) -> None:
        """Close the file."""
        self._store.close()


def answer_key(engine: str, source: str, target: str, text: str) -> bytes:
    """Return the key of an answer: a hash of engine, locales and protected text."""
    return hashlib.blake2b(
        "\0".join((engine, source, target, text)).encode(), digest_size=16
    ).digest()
