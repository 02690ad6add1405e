"""Articles: cut into segments with their bytes, and rebuilt with other words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.article.bones import describe_difference
    from pipeline.article.damage import Damage, find_damage
    from pipeline.article.folding import fold
    from pipeline.article.positions import InArticle, InEntry, at_offset, in_article
    from pipeline.article.reading import (
        EXPERT_PATTERN,
        FRONT_MATTER_KEYS,
        ReadingRules,
        ignored_codes,
        read_article,
    )
    from pipeline.article.rebuilding import (
        block_starts,
        render_targets,
        skeleton_of,
        splice,
        with_language,
    )
    from pipeline.article.segment_form import CELL
else:
    __getattr__, __all__ = lazy_face(
        __name__,
        {
            "bones": "describe_difference",
            "damage": "Damage find_damage",
            "folding": "fold",
            "positions": "InArticle InEntry at_offset in_article",
            "reading": "EXPERT_PATTERN FRONT_MATTER_KEYS ReadingRules ignored_codes read_article",
            "rebuilding": "block_starts render_targets skeleton_of splice with_language",
            "segment_form": "CELL",
        },
    )
