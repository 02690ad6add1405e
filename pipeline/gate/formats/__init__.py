"""Formats of a check's report: a module with a function `render` for each."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.findings import Report
    from pipeline.rules import Rule

__all__ = ["FORMATS", "TEXT", "render_report"]

TEXT = "text"
"""Format for people, with colours and widths: `text.render_text`."""

FORMATS = (TEXT, "json", "sarif", "junit", "github")
"""Names of all formats; those for programs are the modules of these names."""


def render_report(name: str, report: Report, rules: Mapping[str, Rule]) -> str:
    """Return a report in a format for programs, without a line feed at its end.

    ``rules`` has the texts of all codes. The module of the format is loaded here.
    """
    text = import_module(f"{__name__}.{name}").render(report, rules)
    assert isinstance(text, str)
    return text
