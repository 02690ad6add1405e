"""Texts in gettext catalogues: extract, merge and count them, read and write PO files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.catalogue.acceptance import accept_draft, accept_offered, restore_drafts
    from pipeline.catalogue.comments import SUGGESTION, without_suggestions
    from pipeline.catalogue.extraction import extract
    from pipeline.catalogue.merging import EditKind, changes, merge, merge_and_list, prune
    from pipeline.catalogue.moving import (
        Moves,
        Rename,
        TextMove,
        find_renames,
        find_text_moves,
        has_work,
        is_kept_by,
    )
    from pipeline.catalogue.originals import is_foreign, template_for, text_language, with_originals
    from pipeline.catalogue.po.file import PoFile, load_po, new_header, render_anew, render_catalog
    from pipeline.catalogue.po.lint.file import lint_po
    from pipeline.catalogue.po.three_way_file import MergedFile, merge_files
    from pipeline.catalogue.publication import (
        Readiness,
        find_complete,
        is_publishable,
        is_withdrawn,
        last_reviewed,
        needs_translation,
        omission,
        readiness,
        reviewed_obsolete,
    )
    from pipeline.catalogue.regional import (
        BASE_SIGNATURE,
        base_texts,
        is_from_base,
        with_base_texts,
    )
    from pipeline.catalogue.status import StatusRow, count, share_reviewed, total_row
else:
    __getattr__, __dir__, __all__ = lazy_face(
        __name__,
        {
            "acceptance": "accept_draft accept_offered restore_drafts",
            "comments": "SUGGESTION without_suggestions",
            "extraction": "extract",
            "merging": "EditKind changes merge merge_and_list prune",
            "moving": "Moves Rename TextMove find_renames find_text_moves has_work is_kept_by",
            "po.file": "PoFile load_po new_header render_anew render_catalog",
            "po.lint.file": "lint_po",
            "po.three_way_file": "MergedFile merge_files",
            "publication": "Readiness find_complete is_publishable is_withdrawn last_reviewed "
            "needs_translation omission readiness reviewed_obsolete",
            "regional": "BASE_SIGNATURE base_texts is_from_base with_base_texts",
            "originals": "is_foreign template_for text_language with_originals",
            "status": "StatusRow count share_reviewed total_row",
        },
    )
