"""Baseline: the known findings of a project, which are not reported again.

A baseline is a JSON file with one entry on a line, sorted, without line numbers, so that
two people who change it seldom meet and a diff shows which entries were added or removed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import InputError
from pipeline.findings import Severity
from pipeline.gate.formats.printable import dump_json

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
"""Bytes that every baseline contains, and also the remains of a broken one."""

_VERSION = 1
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_SEPARATORS = re.compile(r"[\s,:]*")
_ADVICE = "; correct it, or rewrite the file with --update-baseline"


class Entry(NamedTuple):
    """Known finding; all fields but the fingerprint are there for people."""

    fingerprint: str
    """Fingerprint as in a `Finding`; it alone decides which finding an entry matches."""
    code: str
    path: str
    """Path of the PO file, or of the article where no PO file has the finding."""
    context: str
    message: str


class Baseline(NamedTuple):
    """Known findings of a project."""

    entries: tuple[Entry, ...]
    """Entries in the order of the file; an entry that is there twice matches two findings."""


def parse_baseline(text: str, display_path: str) -> Baseline:
    """Parse a baseline; ``display_path`` is the path for messages.

    Raises:
        InputError: it is not in the form of `render_baseline`; with the line where that is known.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        detail = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        message = f"expected a baseline in JSON: {detail.lower()}{_ADVICE}"
        raise InputError(message, display_path, line) from error
    items = _read_entries(data, display_path)
    faults = ((index, _find_fault(item)) for index, item in enumerate(items))
    for index, fault in faults:
        if fault:
            raise InputError(f"{fault}{_ADVICE}", display_path, _line_of_entry(text, index))
    return Baseline(tuple(Entry(**item) for item in items))


def compare_with_baseline(
    findings: Iterable[Finding], baseline: Baseline
) -> tuple[tuple[Finding, ...], tuple[Entry, ...]]:
    """Return the new findings, in order, and the stale entries, which match no finding.

    Each entry matches one finding of its fingerprint. Where less than the whole project
    was checked, the caller must know that an entry of the rest is not stale.
    """
    counts = Counter(entry.fingerprint for entry in baseline.entries)
    new_findings = []
    for finding in findings:
        if counts[finding.fingerprint]:
            counts[finding.fingerprint] -= 1
        else:
            new_findings.append(finding)
    stale_entries = []
    for entry in sorted(baseline.entries, key=_sort_key):
        if counts[entry.fingerprint]:
            counts[entry.fingerprint] -= 1
            stale_entries.append(entry)
    return tuple(new_findings), tuple(stale_entries)


def render_baseline(findings: Iterable[Finding], old_entries: Iterable[Entry] = ()) -> str:
    """Return a baseline of the findings that fail a check, and of the ``old_entries``.

    The order of the arguments' items does not matter.
    """
    failing = (f for f in findings if f.severity is not Severity.INFO)
    entries = sorted([*map(_entry, failing), *old_entries], key=_sort_key)
    lines = ",".join("\n" + dump_json(entry._asdict()) for entry in entries)
    return f'{{"version": {_VERSION}, "findings": [{lines}\n]}}\n'


def _entry(finding: Finding) -> Entry:
    place = finding.catalogue or finding.place
    path = place.path if place else ""
    return Entry(finding.fingerprint, finding.code, path, finding.context, finding.message)


def _sort_key(entry: Entry) -> tuple[str, ...]:
    return (entry.path, entry.code, *entry)


def _read_entries(data: object, display_path: str) -> list[Any]:
    """Return the entries of a parsed baseline.

    Raises:
        InputError: the object around them is not that of a baseline of this version.
    """
    if not isinstance(data, dict) or data.keys() != {"version", "findings"}:
        message = "expected an object with only 'version' and 'findings'"
        raise InputError(f"{message}{_ADVICE}", display_path, 1)
    version, items = data["version"], data["findings"]
    # Not isinstance(), because true is an int, too.
    if type(version) is not int or version != _VERSION:
        message = f"expected a baseline of version {_VERSION}, found {version!r}"
        raise InputError(f"{message}{_ADVICE}", display_path, 1)
    if not isinstance(items, list):
        raise InputError(f"expected a list as 'findings'{_ADVICE}", display_path, 1)
    return items


def _find_fault(item: object) -> str:
    """Return the fault of an entry, or an empty string."""
    if not isinstance(item, dict):
        return f"expected an entry, found {json.dumps(item)[:40]}"
    for name in Entry._fields:
        if not isinstance(item.get(name), str):
            return f"expected a string as '{name}' of an entry"
    if unknown := sorted(item.keys() - set(Entry._fields)):
        return f"unknown key '{unknown[0]}' in an entry; expected only {', '.join(Entry._fields)}"
    if not _FINGERPRINT.fullmatch(item["fingerprint"]):
        return (
            f"expected a fingerprint of 16 hexadecimal digits, found {item['fingerprint'][:40]!r}"
        )
    return ""


def _line_of_entry(text: str, index: int) -> int:
    """Return the line of an entry, from 1, in text that is known to be a baseline in JSON."""
    return text.count("\n", 0, list(_entry_offsets(text))[index]) + 1


def _entry_offsets(text: str) -> Iterator[int]:
    """Yield the offset of each entry."""
    decoder = json.JSONDecoder()
    # The library does not tell where a value begins, so the text is read once more.
    at = _skip_separators(text, text.index("{") + 1)
    while text[at] != "}":
        key, at = decoder.raw_decode(text, at)
        at = _skip_separators(text, at)
        if key == "findings":
            at = _skip_separators(text, at + 1)
            while text[at] != "]":
                yield at
                _, at = decoder.raw_decode(text, at)
                at = _skip_separators(text, at)
            at = _skip_separators(text, at + 1)
        else:
            _, at = decoder.raw_decode(text, at)
            at = _skip_separators(text, at)


def _skip_separators(text: str, at: int) -> int:
    match = _SEPARATORS.match(text, at)
    return match.end() if match else at
