"""How often a law is tried: the suite only shows that it can be held, `make fuzz` looks further."""

from __future__ import annotations

from hypothesis import settings

__all__ = ["fewer"]

_IN_SUITE = 30

fewer = settings(
    max_examples=_IN_SUITE
    if settings.get_current_profile_name() == "ci"
    else settings().max_examples
)
