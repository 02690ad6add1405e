"""Localisation and translation pipeline for round-up articles, as a library.

An `Article` is one version of an article, cut into segments; a `Catalog` has its texts in one
locale. Both are frozen: each function returns new values. What is wrong with a text is a
`Finding`; all that is raised on purpose is a `PipelineError`. Nothing here prints. Functions
that return a changed catalogue take it first, those that only read take the article first.

What this module does not offer is private, and changes without notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

__all__ = [
    "ENGINES",
    "RULES",
    "Alignment",
    "Article",
    "Built",
    "Catalog",
    "ConflictError",
    "DraftOrder",
    "Engine",
    "EngineError",
    "EngineFailed",
    "EngineRefused",
    "EngineUnavailable",
    "Fault",
    "Finding",
    "Grammar",
    "GrammarError",
    "InputError",
    "MachineError",
    "Origin",
    "OriginKind",
    "PipelineError",
    "Place",
    "Previous",
    "ReadingRules",
    "Reference",
    "Section",
    "Segment",
    "Severity",
    "State",
    "Unit",
    "UsageError",
    "align",
    "build",
    "check",
    "check_article",
    "extract",
    "fill",
    "load_catalog",
    "merge",
    "open_engine",
    "open_grammar",
    "read_article",
    "rebuild",
    "save_catalog",
    "translate",
]

if TYPE_CHECKING:
    from pipeline.alignment import Alignment, align, fill
    from pipeline.article import ReadingRules, read_article, rebuild
    from pipeline.catalogue import extract, merge
    from pipeline.drafting import ENGINES, DraftOrder, Engine, open_engine, translate
    from pipeline.errors import (
        ConflictError,
        EngineError,
        EngineFailed,
        EngineRefused,
        EngineUnavailable,
        GrammarError,
        InputError,
        MachineError,
        PipelineError,
        UsageError,
    )
    from pipeline.findings import Finding, Place, Severity
    from pipeline.gate import Grammar, check, open_grammar
    from pipeline.model import (
        Article,
        Catalog,
        Fault,
        Origin,
        OriginKind,
        Previous,
        Reference,
        Section,
        Segment,
        State,
        Unit,
    )
    from pipeline.pages import Built, build
    from pipeline.project import load_catalog, save_catalog
    from pipeline.rules import RULES, check_article
else:
    __getattr__, __dir__, _ = lazy_face(
        __name__,
        {
            "alignment": "Alignment align fill",
            "article": "ReadingRules read_article rebuild",
            "catalogue": "extract merge",
            "drafting": "ENGINES DraftOrder Engine open_engine translate",
            "errors": "ConflictError EngineError EngineFailed EngineRefused EngineUnavailable "
            "GrammarError InputError MachineError PipelineError UsageError",
            "findings": "Finding Place Severity",
            "gate": "Grammar check open_grammar",
            "model": "Article Catalog Fault Origin OriginKind Previous Reference Section Segment "
            "State Unit",
            "pages": "Built build",
            "project": "load_catalog save_catalog",
            "rules": "RULES check_article",
        },
    )

__version__ = "0.1.0"
