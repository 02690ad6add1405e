"""Results of a check: problems in one text, and findings with their places in files."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["UNREAD", "Finding", "Place", "Problem", "Report", "Severity", "fingerprinted"]

UNREAD = "grammar was not checked (--no-grammar, or left out)"
"""Entry of `Report.engines` if no engine proofread."""


class Severity(Enum):
    """Weight of a finding; an info never fails a check."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Problem(NamedTuple):
    """Problem in one text, without the place of the text in a file."""

    code: str
    message: str
    start: int = 0
    """Offset of its first character in the text, in code points."""
    end: int = 0
    """Offset after its last character; equal to ``start`` where something is missing there. Both
    are 0 if it concerns the whole text."""
    suggestions: tuple[str, ...] = ()
    """Replacements for the characters from ``start`` to ``end``, best first."""
    rule: str = ""
    """Grammar engine's name of the rule; empty for other problems."""
    severity: Severity | None = None
    """Severity of this problem; None for that of its code."""
    safe: bool = False
    """True if the first suggestion can be applied without reading the text."""


class Place(NamedTuple):
    """Place of a finding in a file; lines and columns from 1, columns in code points."""

    path: str
    line: int
    column: int = 1
    end_line: int = 0
    """Line of the first character after it; 0 where only the beginning is known."""
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """Problem of a project that a person should look at."""

    code: str
    severity: Severity
    message: str
    context: str = ""
    """Slug of its section."""
    source: str = ""
    """Its msgid, or an empty string."""
    place: Place | None = None
    """Place in the article."""
    catalogue: Place | None = None
    """Place in the PO file."""
    rule: str = ""
    """Grammar engine's name of the rule; empty for other findings."""
    locale: str = ""
    """Locale of the text."""
    suggestions: tuple[str, ...] = ()
    """Replacements for the characters from ``start`` to ``end``, best first."""
    text: str = ""
    """Text with the problem."""
    start: int = 0
    """Offset of its first character in the text, in code points."""
    end: int = 0
    """Offset after its last character; both are 0 if it concerns the whole text."""
    safe: bool = False
    """True if the first suggestion can be applied without reading the text."""
    fingerprint: str = ""
    """Sixteen hexadecimal digits that do not depend on line numbers; see `fingerprinted`."""


@dataclass(frozen=True, slots=True)
class Report:
    """Result of a check."""

    findings: tuple[Finding, ...]
    """Findings in the order of files, and of places in them."""
    engines: tuple[str, ...]
    """Grammar engines with their versions, or `UNREAD`."""


def fingerprinted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings, each with a fingerprint of its own.

    A fingerprint is a hash of the code, the rule, the file, the section, the source text, the words
    with the problem (the message if it concerns the whole text), and the number of earlier findings
    that are equal in all of these. So it stays the same when lines move, or when a problem beside
    it is repaired.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    results = []
    for finding in findings:
        place = finding.catalogue or finding.place
        words = finding.text[finding.start : finding.end]
        about = words if finding.end else finding.message
        path = place.path if place else ""
        parts = (finding.code, finding.rule, path, finding.context, finding.source, about)
        seen[parts] += 1
        whole = "\0".join((*parts, str(seen[parts])))
        # Texts of the command line may have surrogates, which UTF-8 does not.
        digest = hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=8)
        results.append(replace(finding, fingerprint=digest.hexdigest()))
    return tuple(results)
