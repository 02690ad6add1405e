"""Rules for the codes of findings, with examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.findings import Severity

__all__ = ["Example", "Rule"]


class Example(NamedTuple):
    """Text that has the problem, or the same text without it; tests check both."""

    text: str
    """Text to check: a target, an article or a PO file, as the family's docstring says."""
    source: str = ""
    """Source of the text, for rules that compare the two."""
    locale: str = "fr"
    """Locale of the text."""


class Rule(NamedTuple):
    """Rule of one code."""

    severity: Severity
    summary: str
    """Problem in a few words, without a full stop."""
    why: str
    """Harm that the problem does, in a sentence or two."""
    bad: Example
    good: Example
