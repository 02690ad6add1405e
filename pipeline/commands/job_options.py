"""What is asked of a command beyond the settings."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["JobOptions"]


class JobOptions(NamedTuple):
    """What is asked of a job beyond the settings."""

    drafts: bool = False
    """Build pages of drafts too."""
    take_over: bool = False
    """Align pages that somebody else wrote, and let builds replace them from then on."""
    upgrade: bool = False
    """Redo untouched drafts of an engine by one that comes before it."""
    dry_run: bool = False
    """Send nothing; what drafts would come to is the result."""
    budget: int | None = None
    """Characters that may leave the machine; None for as many as there are."""
    min_confidence: float | None = None
    """Replaces the setting ``align_confidence``, 0 to 1; None for the setting."""
    jobs: int = 1
    """Processes at work on articles; 0 for one on each processor."""
