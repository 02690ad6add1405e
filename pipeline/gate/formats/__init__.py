"""What a check prints: one module with one function for each format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.gate.formats.github import as_github
from pipeline.gate.formats.json import as_json
from pipeline.gate.formats.junit import as_junit
from pipeline.gate.formats.sarif import as_sarif
from pipeline.gate.formats.text import engine_line, render_text, statistics

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.findings import Report
    from pipeline.rules import Rule

__all__ = ["FORMATS", "engine_line", "render_text", "statistics"]

FORMATS: dict[str, Callable[[Report, Mapping[str, Rule]], str]] = {
    "json": lambda report, _rules: as_json(report),
    "sarif": as_sarif,
    "junit": as_junit,
    "github": lambda report, _rules: as_github(report),
}
"""The formats for programs, each with the texts of all rules; `render_text` is that for people.

None ends with a line feed.
"""
