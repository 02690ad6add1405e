"""HTML page that shows two versions of articles side by side, for review."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.language import direction, language_tag, name_in
from pipeline.pages.html import template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "CERTAINTIES",
    "REPORT_MARK",
    "AlignmentReport",
    "ReportCell",
    "ReportRow",
    "ReportSection",
    "render_alignment_report",
]

CERTAINTIES: Mapping[str, str] = {
    "sure": "sure",
    "doubtful": "doubtful",
    "guess": "probably wrong, not used",
    "copy": "not translated",
    "missing": "missing in the version",
    "extra": "missing in the source",
}
"""Words of the page for each certainty of a row, by its name in the page's classes."""

REPORT_MARK = b'<meta name="generator" content="pipeline align">'
"""Bytes that are in every page of `render_alignment_report`."""


class ReportCell(NamedTuple):
    """One text on one side."""

    line: int
    """Line in its file, from 1."""
    kind: str
    """Kind of its block."""
    text: str
    """Inline Markdown with soft line breaks folded."""


class ReportRow(NamedTuple):
    """Texts that were paired, or texts of one side that were not."""

    source: tuple[ReportCell, ...]
    version: tuple[ReportCell, ...]
    certainty: str
    """Key of `CERTAINTIES`."""
    confidence: float
    """Confidence, 0 to 1."""
    reason: str
    """Reason for doubt, in words; may be empty."""


class ReportSection(NamedTuple):
    """Rows of one section of the source."""

    title: str
    rows: tuple[ReportRow, ...]


class AlignmentReport(NamedTuple):
    """Comparison of one article with one version of it."""

    article: str
    source: str
    """Locale of the source."""
    version: str
    """Locale of the version."""
    paths: tuple[str, str]
    """Paths of source and version."""
    parts: tuple[ReportSection, ...]

    @property
    def counts(self) -> Counter[str]:
        """Number of rows by certainty."""
        return Counter(row.certainty for part in self.parts for row in part.rows)

    @property
    def sides(self) -> tuple[tuple[str, str, str, str], ...]:
        """Language tag, direction, language name and path of either side."""
        locales = zip((self.source, self.version), self.paths, strict=True)
        return tuple((language_tag(a), direction(a), name_in(a, "en"), path) for a, path in locales)


def render_alignment_report(comparisons: Sequence[AlignmentReport], threshold: float) -> str:
    """Return one page with all comparisons; pairs are sure from the confidence ``threshold`` on.

    The page holds no script, loads nothing, and shows the Markdown of each text.

    Raises:
        UsageError: Babel does not know a locale.
    """
    return template("alignment.html.jinja").render(
        comparisons=comparisons, certainties=CERTAINTIES, threshold=threshold
    )
