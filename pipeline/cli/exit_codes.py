"""Exit codes of the command line."""

from __future__ import annotations

__all__ = ["DONE", "ERROR", "FINDINGS", "INTERRUPTED"]

DONE = 0
"""Done."""
FINDINGS = 1
"""Findings of a check; with --check, something that would change or has an error; conflicts of a
merge for git; a returned document that differs from its catalogue."""
ERROR = 2
"""Wrong use or environment, or an article that was left out."""
INTERRUPTED = 130
"""Interrupted; the next run continues where this one stopped."""
