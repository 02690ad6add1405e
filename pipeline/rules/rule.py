"""What a code stands for, and how its page explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.findings import Severity

__all__ = ["Example", "Rule"]


class Example(NamedTuple):
    """A text that has the problem, or the same text without it; tests run both."""

    text: str
    """What is checked: a target, an article or a PO file, as the family's docstring says."""
    source: str = ""
    """The msgid that the text translates, where the rule compares."""
    locale: str = "fr"
    """Language of the text."""


class Rule(NamedTuple):
    """One code."""

    severity: Severity
    summary: str
    """What it finds, in a few words, without a full stop."""
    why: str
    """What harm it does, in a sentence or two."""
    bad: Example
    good: Example
