"""Baseline: the findings that a project knows and does not want to hear of again.

A baseline is a JSON file with one entry on a line, sorted, without line numbers, so that
two people who change it seldom meet and a diff shows what was added or cleared.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import InputError
from pipeline.findings import Severity
from pipeline.gate.formats.printable import dumped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.findings import Finding

__all__ = [
    "BASELINE_MARK",
    "Baseline",
    "Entry",
    "compare_with_baseline",
    "parse_baseline",
    "render_baseline",
]

BASELINE_MARK = b'"findings"'
"""What stands in every baseline, and in what is left of a broken one."""

_VERSION = 1
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_BETWEEN = re.compile(r"[\s,:]*")
_REMEDY = "; put it right, or make the file anew with --update-baseline"


class Entry(NamedTuple):
    """A known finding; all but the fingerprint is there for people."""

    fingerprint: str
    """As in a `Finding`; it alone decides what an entry stands for."""
    code: str
    path: str
    """Of the PO file, or of the article where no PO file has it."""
    context: str
    message: str


class Baseline(NamedTuple):
    """What is known."""

    entries: tuple[Entry, ...]
    """In the order of the file; an entry that is there twice stands for two findings."""


def parse_baseline(text: str, shown: str) -> Baseline:
    """Read a baseline; ``shown`` is its path in messages.

    Raises:
        InputError: it is not what `render` writes; with the line where that is known.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        told = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        message = f"expected a baseline in JSON: {told.lower()}{_REMEDY}"
        raise InputError(message, shown, line) from error
    items = _items(data, shown)
    faults = ((index, _fault(item)) for index, item in enumerate(items))
    for index, fault in faults:
        if fault:
            raise InputError(f"{fault}{_REMEDY}", shown, _line(text, index))
    return Baseline(tuple(Entry(**item) for item in items))


def compare_with_baseline(
    findings: Iterable[Finding], baseline: Baseline
) -> tuple[tuple[Finding, ...], tuple[Entry, ...]]:
    """Tell what is new, in the order of the findings, and which entries stand for nothing.

    Each entry stands for one finding of its fingerprint. Where less than the whole project
    was checked, it is for the caller to know that an entry of the rest is not stale.
    """
    known = Counter(entry.fingerprint for entry in baseline.entries)
    new = []
    for finding in findings:
        if known[finding.fingerprint]:
            known[finding.fingerprint] -= 1
        else:
            new.append(finding)
    stale = []
    for entry in sorted(baseline.entries, key=_order):
        if known[entry.fingerprint]:
            known[entry.fingerprint] -= 1
            stale.append(entry)
    return tuple(new), tuple(stale)


def render_baseline(findings: Iterable[Finding], kept: Iterable[Entry] = ()) -> str:
    """Write a baseline of the findings that fail a check, and of entries that are to stay.

    The order of what is given does not matter.
    """
    failing = (f for f in findings if f.severity is not Severity.INFO)
    entries = sorted([*map(_entry, failing), *kept], key=_order)
    lines = ",".join("\n" + dumped(entry._asdict()) for entry in entries)
    return f'{{"version": {_VERSION}, "findings": [{lines}\n]}}\n'


def _entry(finding: Finding) -> Entry:
    place = finding.catalogue or finding.place
    path = place.path if place else ""
    return Entry(finding.fingerprint, finding.code, path, finding.context, finding.message)


def _order(entry: Entry) -> tuple[str, ...]:
    return (entry.path, entry.code, *entry)


def _items(data: object, shown: str) -> list[Any]:
    """Take the entries out of the object around them."""
    if not isinstance(data, dict) or data.keys() != {"version", "findings"}:
        message = "expected an object with 'version' and 'findings' and nothing else"
        raise InputError(f"{message}{_REMEDY}", shown, 1)
    version, items = data["version"], data["findings"]
    if type(version) is not int or version != _VERSION:
        message = f"expected a baseline of version {_VERSION}, found {version!r}"
        raise InputError(f"{message}{_REMEDY}", shown, 1)
    if not isinstance(items, list):
        raise InputError(f"expected a list as 'findings'{_REMEDY}", shown, 1)
    return items


def _fault(item: object) -> str:
    """Say what is wrong with an entry; nothing is an empty string."""
    if not isinstance(item, dict):
        return f"expected an entry, found {json.dumps(item)[:40]}"
    for name in Entry._fields:
        if not isinstance(item.get(name), str):
            return f"expected a text as '{name}' of an entry"
    if unknown := sorted(item.keys() - set(Entry._fields)):
        return f"unknown key '{unknown[0]}' in an entry; known are {', '.join(Entry._fields)}"
    if not _FINGERPRINT.fullmatch(item["fingerprint"]):
        return f"expected a fingerprint of sixteen digits, found {item['fingerprint'][:40]!r}"
    return ""


def _line(text: str, index: int) -> int:
    """Find the line of an entry, from 1, in text that is known to be a baseline in JSON."""
    return text.count("\n", 0, list(_starts(text))[index]) + 1


def _starts(text: str) -> Iterator[int]:
    """Yield where each entry begins."""
    decoder = json.JSONDecoder()
    at = _after(text, text.index("{") + 1)
    while text[at] != "}":
        key, at = decoder.raw_decode(text, at)
        at = _after(text, at)
        if key == "findings":
            at = _after(text, at + 1)
            while text[at] != "]":
                yield at
                _, at = decoder.raw_decode(text, at)
                at = _after(text, at)
            at = _after(text, at + 1)
        else:
            _, at = decoder.raw_decode(text, at)
            at = _after(text, at)


def _after(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at
