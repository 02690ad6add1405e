"""Two versions of articles side by side, as an HTML page for a person to look over."""

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
    "doubtful": "in doubt",
    "guess": "likelier wrong than right, not written",
    "copy": "not translated",
    "missing": "nothing in the version",
    "extra": "nothing in the source",
}
"""How certain a row is, by the word for it in the page's classes, with what the page says."""

REPORT_MARK = b'<meta name="generator" content="pipeline align">'
"""What stands in every page that `render_comparisons` gives."""


class ReportCell(NamedTuple):
    """One text of one side."""

    line: int
    """In its file, from 1."""
    kind: str
    """What block it is."""
    text: str
    """As it stands in the file."""


class ReportRow(NamedTuple):
    """Texts that were paired, or texts of one side that were not."""

    source: tuple[ReportCell, ...]
    version: tuple[ReportCell, ...]
    certainty: str
    """One of `CERTAINTIES`."""
    confidence: float
    """0 to 1."""
    reason: str
    """What speaks against it, in words; may be empty."""


class ReportSection(NamedTuple):
    """The rows of one section of the source."""

    title: str
    rows: tuple[ReportRow, ...]


class AlignmentReport(NamedTuple):
    """One article and one version of it."""

    article: str
    source: str
    """Locale."""
    version: str
    """Locale."""
    paths: tuple[str, str]
    """Files of source and version."""
    parts: tuple[ReportSection, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many rows there are, by certainty."""
        return Counter(row.certainty for part in self.parts for row in part.rows)

    @property
    def sides(self) -> tuple[tuple[str, str, str, str], ...]:
        """Language tag, direction, name of the language and path, of either side."""
        locales = zip((self.source, self.version), self.paths, strict=True)
        return tuple((language_tag(a), direction(a), name_in(a, "en"), path) for a, path in locales)


def render_alignment_report(comparisons: Sequence[AlignmentReport], threshold: float) -> str:
    """Write one page about all; ``threshold`` is the confidence above which a pair is sure.

    The page holds no script, asks for nothing and shows each text as it stands in its file.

    Raises:
        UsageError: Babel does not know a locale.
    """
    return template("alignment.html.jinja").render(
        comparisons=comparisons, certainties=CERTAINTIES, threshold=threshold
    )
