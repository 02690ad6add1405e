"""What a check prints: one module with one function for each format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.report.formats.as_github import as_github
from pipeline.report.formats.as_json import as_json
from pipeline.report.formats.as_junit import as_junit
from pipeline.report.formats.as_sarif import as_sarif
from pipeline.report.formats.as_text import engines, render_text, statistics

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.findings import Report
    from pipeline.report.formats.ruletext import RuleText

__all__ = ["FORMATS", "engines", "render_text", "statistics"]

FORMATS: dict[str, Callable[[Report, Mapping[str, RuleText]], str]] = {
    "json": lambda report, _rules: as_json(report),
    "sarif": as_sarif,
    "junit": as_junit,
    "github": lambda report, _rules: as_github(report),
}
"""The formats for programs, each with the texts of all rules; `render_text` is that for people.

None ends with a line feed.
"""
