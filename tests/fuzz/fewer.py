"""How often a law is tried: the suite only shows that it can be held, `make fuzz` looks further."""

from __future__ import annotations

from hypothesis import settings

__all__ = ["fewer"]

_IN_SUITE = {"quick": 6, "ci": 30}
"""Examples, by the profile."""

fewer = settings(
    max_examples=_IN_SUITE.get(settings.get_current_profile_name(), settings().max_examples)
)
