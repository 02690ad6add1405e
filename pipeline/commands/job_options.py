"""Options of a command beyond the settings."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["DOCUMENT_KINDS", "JobOptions"]

DOCUMENT_KINDS = ("docx", "fragment")
"""Ending of each kind of document that a language can be built as."""


class JobOptions(NamedTuple):
    """Options of a job beyond the settings."""

    drafts: bool = False
    """Build pages of drafts, too."""
    take_over: bool = False
    """Align pages that somebody else wrote, and let builds replace them from then on."""
    upgrade: bool = False
    """Redo untouched drafts by an engine that precedes theirs."""
    dry_run: bool = False
    """Send nothing; the result is an estimate of the drafts."""
    budget: int | None = None
    """Maximum number of characters that may leave the machine; None for no limit."""
    min_confidence: float | None = None
    """Confidence (0 to 1) in place of the setting ``align_confidence``; None for the setting."""
    allow_loss: tuple[str, ...] = ()
    """Articles that may lose most of their reviewed translations."""
    minor: tuple[str, ...] = ()
    """Articles whose edits change no meaning."""
    correction: tuple[str, ...] = ()
    """Articles whose edits withdraw what was said."""
    prune: bool = False
    """Remove the obsolete machine drafts that nobody touched."""
    jobs: int = 1
    """Number of processes for the work on articles; 0 for one on each processor."""
