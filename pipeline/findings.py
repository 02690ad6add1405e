"""What a check finds: problems of one text, and findings that know where the text stands."""

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
"""Stands in the place of the engine where none proofread."""


class Severity(Enum):
    """How much a finding matters; an info never fails a check."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Problem(NamedTuple):
    """Something wrong in one text, before anybody knows where the text stands."""

    code: str
    message: str
    start: int = 0
    """Where in the text it begins, in code points."""
    end: int = 0
    """Where it ends; equal to ``start`` where something is missing there. Both 0: all of it."""
    suggestions: tuple[str, ...] = ()
    """What could stand in its place, best first."""
    rule: str = ""
    """Name that a grammar engine has for it."""
    severity: Severity | None = None
    """Where it differs from the severity of the code."""
    safe: bool = False
    """Whether the first suggestion can be put in without reading the text."""


class Place(NamedTuple):
    """Where a finding is; lines and columns from 1, columns in code points."""

    path: str
    line: int
    column: int = 1
    end_line: int = 0
    """Of the first character behind it; 0 where only the beginning is known."""
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should look at."""

    code: str
    severity: Severity
    message: str
    context: str = ""
    """Slug of the section it stands in."""
    source: str = ""
    """The msgid it is about, or an empty string."""
    place: Place | None = None
    """In the article."""
    catalogue: Place | None = None
    """In the PO file."""
    rule: str = ""
    """Name that a grammar engine has for it."""
    locale: str = ""
    """Language of the text."""
    suggestions: tuple[str, ...] = ()
    """What could stand in its place, best first."""
    text: str = ""
    """The text it was found in."""
    start: int = 0
    """Where in the text it begins, in code points."""
    end: int = 0
    """Where in the text it ends; both 0 where it is about all of the text."""
    safe: bool = False
    """Whether the first suggestion can be put in without reading the text."""
    fingerprint: str = ""
    """Sixteen hexadecimal digits that stay while lines move; see `fingerprinted`."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a check."""

    findings: tuple[Finding, ...]
    """In the order of files, and of places in them."""
    engines: tuple[str, ...]
    """Grammar engines with their versions, or that there was none."""


def fingerprinted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give each finding a fingerprint of its own.

    It is made of the code, the rule, the file, the section, the source text, and the words
    that are meant, or the message where all of the text is; what is alike is counted. So
    neither lines that move nor a repair beside it change it.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    done = []
    for finding in findings:
        place = finding.catalogue or finding.place
        meant = finding.text[finding.start : finding.end]
        about = meant if finding.end else finding.message
        path = place.path if place else ""
        parts = (finding.code, finding.rule, path, finding.context, finding.source, about)
        seen[parts] += 1
        whole = "\0".join((*parts, str(seen[parts])))
        digest = hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=8)
        done.append(replace(finding, fingerprint=digest.hexdigest()))
    return tuple(done)
