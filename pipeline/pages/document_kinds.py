"""Kinds of documents that a language can be built as."""

from __future__ import annotations

__all__ = ["DOCUMENT_ENDINGS"]

DOCUMENT_ENDINGS = {"docx": ".docx", "fragment": ".fragment.html"}
"""Ending of the documents of each kind."""
