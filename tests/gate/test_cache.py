"""Cache of grammar engine answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.gate.cache import MatchCache
from pipeline.gate.grammar.contract import Match

if TYPE_CHECKING:
    from pathlib import Path

MATCHES = (Match(1, 3, "R", "C", "style", "né", ("a", "\u202f")), Match(4, 4, "S", "", "", "", ()))


def test_what_was_put_in_is_there_in_the_next_run(tmp_path: Path) -> None:
    key, empty = MatchCache.key("E 1", "fr", "a"), MatchCache.key("E 1", "fr", "b")
    first = MatchCache(tmp_path / "v")
    assert first.get(key) is None
    first.put(key, MATCHES)
    first.put(empty, ())
    first.close()
    second = MatchCache(tmp_path / "v")
    assert second.get(key) == MATCHES
    assert second.get(empty) == ()
    second.close()


def test_keys_differ_by_engine_language_and_text() -> None:
    parts = [("E 1", "fr", "a"), ("E 2", "fr", "a"), ("E 1", "en", "a"), ("E 1", "fr", "b")]
    assert len({MatchCache.key(*part) for part in parts}) == len(parts)
    assert MatchCache.key("E", "fr", "\ud800")
