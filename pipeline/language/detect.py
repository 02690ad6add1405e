"""Detect the language of a text (py3langid)."""

from __future__ import annotations

__all__ = ["detect_language"]

_MOST_CHARACTERS = 20_000
"""Characters that are enough to be sure."""


def detect_language(text: str) -> str:
    """Return the likeliest language of a text as a locale (``fr``)."""
    from py3langid import langid  # here, as numpy takes long to load

    language: str = langid.classify(text[:_MOST_CHARACTERS])[0]
    return language
