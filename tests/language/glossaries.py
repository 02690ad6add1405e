"""Short glossaries for tests."""

from __future__ import annotations

from pipeline.language.glossary import (
    Glossary,
    parse_glossary,
)

__all__ = ["listed"]


def listed(*rows: str) -> Glossary:
    """Read a glossary of these rows."""
    return parse_glossary("\n".join(("source,target,kind,note", *rows)), "g.csv")
