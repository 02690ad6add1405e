"""Draft translations by machine: engines, translation memory, protection of markup and terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.drafting.cache import Answers
    from pipeline.drafting.drafts import DraftOrder, DraftTally, missing, translate
    from pipeline.drafting.engine_chain import (
        engine_warnings,
        open_chain,
        require_engines,
        summarise_drafts,
    )
    from pipeline.drafting.engines import ENGINES, SERVICES, open_engine
    from pipeline.drafting.engines.apertium import Apertium, installed_pairs
    from pipeline.drafting.engines.contract import Answer, Engine, Traits
    from pipeline.drafting.memory import Memory
    from pipeline.drafting.regional import draft_from_bases
    from pipeline.drafting.suggestions import suggest
    from pipeline.drafting.tmx import TMX_MARK, TmxPair, read_tmx, write_tmx
else:
    __getattr__, __dir__, __all__ = lazy_face(
        __name__,
        {
            "cache": "Answers",
            "drafts": "DraftOrder DraftTally missing translate",
            "engine_chain": "engine_warnings open_chain require_engines summarise_drafts",
            "engines": "ENGINES SERVICES open_engine",
            "engines.apertium": "Apertium installed_pairs",
            "engines.contract": "Answer Engine Traits",
            "memory": "Memory",
            "regional": "draft_from_bases",
            "suggestions": "suggest",
            "tmx": "TMX_MARK TmxPair read_tmx write_tmx",
        },
    )
