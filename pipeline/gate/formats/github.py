"""Render findings as GitHub workflow commands, which annotate the lines of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.findings import Severity
from pipeline.gate.formats.printable import show_controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.findings import Finding, Place, Report
    from pipeline.rules import Rule

__all__ = ["render"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_WORST_FIRST = list(_COMMANDS)


def render(report: Report, _rules: Mapping[str, Rule]) -> str:
    """Return a command for each finding, the worst first: GitHub shows ten of a kind for a step."""
    ordered = sorted(report.findings, key=lambda f: _WORST_FIRST.index(f.severity))
    return "\n".join(map(_command, ordered))


def _command(finding: Finding) -> str:
    place = finding.catalogue or finding.place
    fields = [*(_place(place) if place else ()), ("title", _field(finding.code))]
    properties = ",".join(f"{name}={value}" for name, value in fields)
    return f"::{_COMMANDS[finding.severity]} {properties}::{_data(finding.message)}"


def _place(place: Place) -> Iterator[tuple[str, str]]:
    yield "file", _field(place.path)
    yield "line", str(place.line)
    end = place.end_line or place.line
    yield "endLine", str(end)
    # GitHub takes columns only where a place is on one line.
    if end == place.line:
        yield "col", str(place.column)
        yield "endColumn", str(place.end_column if place.end_line else place.column)


def _data(text: str) -> str:
    """Escape as GitHub's toolkit does, and make all other control characters visible."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return show_controls(escaped)


def _field(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
