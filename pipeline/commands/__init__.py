"""Commands over many articles: each loads, calls one stage, saves and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.commands.accepting import accept, hold_drafts
    from pipeline.commands.alignment_report import align_with_report
    from pipeline.commands.document_step import DocumentRequest, write_documents
    from pipeline.commands.draft_step import export_memory
    from pipeline.commands.git_merging import GitMerge, install_driver, merge_for_git
    from pipeline.commands.importing import ImportRequest, import_documents
    from pipeline.commands.job import Job
    from pipeline.commands.job_options import DOCUMENT_KINDS, JobOptions
    from pipeline.commands.loss import leave_out_losses
    from pipeline.commands.migrating import migrate
    from pipeline.commands.moving import explain_orphan, find_moves
    from pipeline.commands.rerun import Rerun
    from pipeline.commands.steps import (
        align,
        build,
        extract,
        merge,
        rows,
        run,
        translate,
        warn_of_orphans,
        warn_of_strays,
    )
else:
    __getattr__, __dir__, __all__ = lazy_face(
        __name__,
        {
            "accepting": "accept hold_drafts",
            "alignment_report": "align_with_report",
            "document_step": "DocumentRequest write_documents",
            "draft_step": "export_memory",
            "git_merging": "GitMerge install_driver merge_for_git",
            "importing": "ImportRequest import_documents",
            "job": "Job",
            "job_options": "DOCUMENT_KINDS JobOptions",
            "loss": "leave_out_losses",
            "migrating": "migrate",
            "moving": "explain_orphan find_moves",
            "rerun": "Rerun",
            "steps": "align build extract merge rows run translate warn_of_orphans warn_of_strays",
        },
    )
