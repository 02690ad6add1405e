"""Articles: read into segments with their bytes, and rebuilt with translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.article.damage import Damage, find_damage
    from pipeline.article.languages import with_detected_languages
    from pipeline.article.plain_marks import odd_space_ranges, with_plain_marks
    from pipeline.article.positions import (
        InArticle,
        InEntry,
        at_offset,
        first_lines,
        in_article,
    )
    from pipeline.article.reading import ignored_codes, read_article
    from pipeline.article.rebuilding import (
        language_edits,
        rebuild,
        render_targets,
        splice,
        with_language,
    )
    from pipeline.article.rules import EXPERT_PATTERN, FRONT_MATTER_KEYS, ReadingRules
    from pipeline.article.segment_form import CELL, fold
    from pipeline.article.skeleton import block_starts, describe_difference, skeleton_of
else:
    __getattr__, __dir__, __all__ = lazy_face(
        __name__,
        {
            "damage": "Damage find_damage",
            "languages": "with_detected_languages",
            "plain_marks": "odd_space_ranges with_plain_marks",
            "positions": "InArticle InEntry at_offset first_lines in_article",
            "reading": "ignored_codes read_article",
            "rebuilding": "language_edits rebuild render_targets splice with_language",
            "rules": "EXPERT_PATTERN FRONT_MATTER_KEYS ReadingRules",
            "segment_form": "CELL fold",
            "skeleton": "block_starts describe_difference skeleton_of",
        },
    )
