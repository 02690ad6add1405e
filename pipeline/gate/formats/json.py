"""Render findings as JSON; ``findings.schema.json`` beside this module is the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.gate.formats.printable import dump_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.findings import Finding, Place, Report
    from pipeline.rules import Rule

__all__ = ["render"]


def render(report: Report, _rules: Mapping[str, Rule]) -> str:
    """Return one object: ``version``, ``engines``, ``findings``; unknown values are null."""
    findings = [_finding(finding) for finding in report.findings]
    whole = {"version": 1, "engines": list(report.engines), "findings": findings}
    return dump_json(whole, indent=2)


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "rule": finding.rule or None,
        "severity": finding.severity.value,
        "message": finding.message,
        **_place(finding.place),
        "catalogue": _place(finding.catalogue) if finding.catalogue else None,
        "locale": finding.locale,
        "context": finding.context,
        "suggestions": list(finding.suggestions),
        "fingerprint": finding.fingerprint,
    }


def _place(place: Place | None) -> dict[str, object]:
    if place is None:
        return dict.fromkeys(("path", "line", "column", "end_line", "end_column"))
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line or None,
        "end_column": place.end_column if place.end_line else None,
    }
