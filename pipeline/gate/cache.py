"""Cache the matches of a grammar engine in SQLite, so that no text is proofread twice."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from pipeline.gate.grammar.contract import Match
from pipeline.project import Store

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MatchCache"]

_FORM = "2"
"""Version of the conversion of an engine's answers to matches."""

_TABLE = """
create table if not exists verdict (key blob primary key, matches text not null) without rowid
"""


class MatchCache:
    """Store of matches, by engine and version, language, settings and text."""

    def __init__(self, path: Path | None = None, display_path: str = "") -> None:
        self._store = Store(path, display_path, [(_TABLE, ())])

    def get(self, key: bytes) -> tuple[Match, ...] | None:
        """Return the matches of a text, or None if it has no entry or a damaged one."""
        rows = self._store.execute("select matches from verdict where key = ?", (key,))
        if not rows:
            return None
        try:
            return tuple(Match._make((*row[:-1], tuple(row[-1]))) for row in json.loads(rows[0][0]))
        except (ValueError, TypeError):  # damaged: the engine is asked again
            return None

    def put(self, key: bytes, matches: tuple[Match, ...]) -> None:
        """Store the matches of a text."""
        text = json.dumps(matches, ensure_ascii=False)
        self._store.execute("insert or replace into verdict values (?, ?)", (key, text))

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    @staticmethod
    def key(version: str, language: str, text: str) -> bytes:
        """Return the key of a text; ``language`` also names the settings of the check."""
        # A lone surrogate needs a key, too, though each engine refuses it.
        parts = "\0".join((_FORM, version, language, text)).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(parts, digest_size=16).digest()
