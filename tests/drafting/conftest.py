"""Retry pauses that do not wait."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import tenacity.nap


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the list of retry pauses in seconds; no pause is waited for."""
    taken: list[float] = []
    monkeypatch.setattr(tenacity.nap, "time", SimpleNamespace(sleep=taken.append))
    return taken
