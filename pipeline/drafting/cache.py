"""What engines answered, kept in SQLite, so that no text is sent twice."""

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

_PATIENCE = 24 * 3600
"""Seconds after which a refused text may be asked for again: the service may be well by then."""


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
        late = clock() - _PATIENCE
        forget = ("delete from answer where 0 < refused and refused < ?", (late,))
        self._store = Store(path, shown, [(_TABLE, ()), forget])

    def get(self, key: bytes) -> Answer | EngineRefused | None:
        """Give what was answered, or None where nothing was."""
        rows = self._store.execute("select * from answer where key = ?", (key,))
        if not rows:
            return None
        _, refused, text, signature, previous = rows[0]
        return EngineRefused(text) if refused else Answer(text, signature, previous)

    def put(self, key: bytes, answer: Answer | EngineRefused) -> None:
        """Keep an answer."""
        if isinstance(answer, EngineRefused):
            row = (key, self._clock(), str(answer), "", "")
        else:
            row = (key, 0, *answer)
        self._store.execute("insert or replace into answer values (?, ?, ?, ?, ?)", row)

    def close(self) -> None:
        """Close the file."""
        self._store.close()


def answer_key(engine: str, source: str, target: str, text: str) -> bytes:
    """Make the key of an answer: engine, locales and protected text."""
    return hashlib.blake2b(
        "\0".join((engine, source, target, text)).encode(), digest_size=16
    ).digest()
