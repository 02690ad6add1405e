"""What the command line ends with."""

from __future__ import annotations

__all__ = ["DONE", "FINDINGS", "INTERRUPTED", "WRONG"]

DONE = 0
FINDINGS = 1
"""A check found something; or, with --check, something would change or has an error."""
WRONG = 2
"""Wrong use or environment, or an article that was left out."""
INTERRUPTED = 130
