"""Built pages in Markdown and HTML, and the record of those that the pipeline wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.pages.alignment_html import (
        REPORT_MARK,
        AlignmentReport,
        ReportCell,
        ReportRow,
        ReportSection,
        render_alignment_report,
    )
    from pipeline.pages.building import Built, build
    from pipeline.pages.documents import render_fragment, render_word
    from pipeline.pages.foreign_parts import box_labels
    from pipeline.pages.interface import page_words
    from pipeline.pages.left_out import find_left_out
    from pipeline.pages.ownership import Record
    from pipeline.pages.planning import (
        Decision,
        Plan,
        PlannedText,
        Standing,
        counted_apart,
        describe_plan,
        plan_article,
        plan_source,
    )
    from pipeline.pages.publishing import as_version, build_page, linked_files, publish
    from pipeline.pages.refusals import hold_refused
    from pipeline.pages.site_index import write_site_index
else:
    __getattr__, __dir__, __all__ = lazy_face(
        __name__,
        {
            "alignment_html": "AlignmentReport REPORT_MARK ReportCell ReportRow ReportSection "
            "render_alignment_report",
            "building": "Built build",
            "documents": "render_fragment render_word",
            "foreign_parts": "box_labels",
            "interface": "page_words",
            "left_out": "find_left_out",
            "ownership": "Record",
            "planning": "Decision Plan PlannedText Standing counted_apart describe_plan "
            "plan_article plan_source",
            "publishing": "as_version build_page linked_files publish",
            "refusals": "hold_refused",
            "site_index": "write_site_index",
        },
    )
