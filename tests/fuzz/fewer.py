"""Fewer examples per law: the suite samples each law, and `make fuzz` searches further."""

from __future__ import annotations

from hypothesis import settings

__all__ = ["fewer"]

_IN_SUITE = {"quick": 6, "ci": 30}
"""Examples per profile."""

fewer = settings(
    max_examples=_IN_SUITE.get(settings.get_current_profile_name(), settings().max_examples)
)
