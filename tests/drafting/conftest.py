"""Pauses that nobody waits for."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import tenacity.nap


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give the seconds of each pause between two tries; nobody waits for them."""
    taken: list[float] = []
    monkeypatch.setattr(tenacity.nap, "time", SimpleNamespace(sleep=taken.append))
    return taken
