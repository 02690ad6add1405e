"""Tiers of tests, and profiles of the property tests.

``make test`` leaves out tests marked ``slow`` or ``heavy``; ``make test-all`` runs those, and the
property tests with more examples. Profile ``quick`` is for the first, ``ci`` for the second; both
are the same on every run, ``fuzz`` looks further.
"""

from __future__ import annotations

import os
import signal
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from pipeline.gate.grammar import lingotweaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile(
    "ci", deadline=None, max_examples=150, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile("quick", settings.get_profile("ci"), max_examples=30)
settings.register_profile("fuzz", deadline=None, max_examples=20_000, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# What is started in the background of a shell has Ctrl-C ignored, and so have its children.
signal.signal(signal.SIGINT, signal.default_int_handler)

_HEAVY_FIXTURES = {"browser": "Chromium", "languagetool": "LanguageTool"}
"""Program that each fixture starts, by fixture; tests that use one are marked ``heavy``."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark a test by its fixtures; refuse a mark without a reason."""
    for fixture, part in _HEAVY_FIXTURES.items():
        if fixture in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.heavy(part))
    for marker in item.iter_markers():
        if marker.name in ("slow", "heavy") and not marker.args:
            raise pytest.UsageError(f"{item.nodeid}: say why it is {marker.name}")


@pytest.fixture(scope="session")
def _loaded_once() -> Callable[[str], Any]:
    return cache(lingotweaker._load_engine)


@pytest.fixture(scope="module")
def kept_engines(_loaded_once: Callable[[str], Any]) -> Iterator[None]:
    """Load LingoTweaker's rules for a language once for all tests that use this (1 to 2 s)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lingotweaker, "_load_engine", _loaded_once)
        yield
