"""Report on the alignment of existing versions, for review."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.alignment import LEAST_CONFIDENCE, align, is_copy
from pipeline.commands import steps
from pipeline.errors import UsageError
from pipeline.pages import (
    REPORT_MARK,
    AlignmentReport,
    ReportCell,
    ReportRow,
    ReportSection,
    render_alignment_report,
)
from pipeline.project import require_free, write_output

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipeline.alignment import Bead
    from pipeline.commands.job import Job
    from pipeline.model import Article

__all__ = ["align_with_report", "compare"]


def align_with_report(job: Job, target: Path) -> None:
    """Align, and write a page about all selected articles and locales that have a version.

    It compares the versions as they are, whatever the catalogues hold. It is written in a
    rehearsal, too, because it is the requested result and no file of the project.

    Raises:
        UsageError: the name is not that of an HTML file, or another file is there.
        MachineError: the existing file cannot be read, or the new one cannot be written.
    """
    if target.suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"--report {target}: expected the name of an HTML file, such as a.html")
    require_free(job.workspace, target, "--report", REPORT_MARK)
    steps.align(job)
    comparisons = list(_comparisons(job))
    if not comparisons:
        job.warn("no article has an existing translation to compare; no report was written")
        return
    page = render_alignment_report(comparisons, job.align_confidence)
    write_output(job.workspace, target, "--report", page.encode("utf-8"), REPORT_MARK)
    count = "1 version" if len(comparisons) == 1 else f"{len(comparisons)} versions"
    job.tell(f"wrote {target}: {count} compared")


def _comparisons(job: Job) -> Iterator[AlignmentReport]:
    source = job.workspace.settings.source
    for name, article, locale in job.pairs():
        version = job.version(name, locale)
        if version is not None:
            lexicon = job.lexicons.get(locale)
            beads = align(article, version, lexicon, locales=(source, locale)).beads
            parts = compare(
                article,
                version,
                beads,
                job.align_confidence,
                foreign=job.has_other_language(locale),
            )
            yield AlignmentReport(name, source, locale, (article.path, version.path), parts)


def compare(
    source: Article,
    version: Article,
    beads: Sequence[Bead],
    threshold: float,
    *,
    foreign: bool = True,
) -> tuple[ReportSection, ...]:
    """Return the rows of a page, by section of the source.

    A bead without a source belongs to the section of the bead before it. If versions are not
    ``foreign`` to each other, equal texts are not copies.
    """
    titles = {section.slug: section.title for section in source.sections}
    slug = source.segments[0].context if source.segments else ""
    rows_by_section = []
    for bead in beads:
        slug = source.segments[bead.source[0]].context if bead.source else slug
        rows_by_section.append((slug, _row(source, version, bead, threshold, foreign)))
    return tuple(
        ReportSection(
            titles.get(slug) or slug.replace("-", " ").capitalize(), tuple(row for _, row in rows)
        )
        for slug, rows in groupby(rows_by_section, key=lambda item: item[0])
    )


def _row(
    source: Article, version: Article, bead: Bead, threshold: float, foreign: bool
) -> ReportRow:
    sides = [
        tuple(ReportCell(s.line, s.kind, s.text) for s in (article.segments[i] for i in places))
        for article, places in ((source, bead.source), (version, bead.version))
    ]
    source_text, version_text = (" ".join(cell.text for cell in side) for side in sides)
    if not sides[1]:
        certainty = "missing"
    elif not sides[0]:
        certainty = "extra"
    elif foreign and is_copy(source_text, version_text, source.labels | version.labels):
        certainty = "copy"
    elif bead.confidence < LEAST_CONFIDENCE:
        certainty = "guess"
    else:
        sure = bead.confidence >= threshold and not bead.reason
        certainty = "sure" if sure else "doubtful"
    return ReportRow(sides[0], sides[1], certainty, bead.confidence, bead.reason)
