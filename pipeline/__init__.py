"""Localisation and translation pipeline for round-up articles, as a library.

Build a French page from an English article of which a part is translated already:

    from pathlib import Path
    import pipeline

    article = pipeline.read_article(Path("en.md").read_bytes(), "en.md")
    version = pipeline.read_article(Path("fr.md").read_bytes(), "fr.md")  # a translation of a part
    catalog = pipeline.merge(pipeline.Catalog("salt", "fr"), pipeline.extract(article, "salt"))
    catalog, doubts = pipeline.fill(catalog, article, version, pipeline.align(article, version))
    engine = pipeline.open_engine("pseudo")  # or "apertium", "deepl", …
    catalog, left = pipeline.translate(catalog, article, pipeline.DraftOrder("en"), [engine])
    findings = pipeline.check(article, catalog, "en")
    pipeline.save_catalog(Path("fr.po"), catalog, "en")
    Path("built.md").write_bytes(pipeline.build(article, catalog, drafts=True).data)

An `Article` is one version of an article, cut into segments; a `Catalog` has its texts in one
locale. Both are frozen: each function returns new values. Functions that return a changed
catalogue take it first, those that only read take the article first. A problem in a text is a
`Finding`; every exception raised on purpose is a `PipelineError`. Nothing here prints.

Names that this module does not export are private, and change without notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

__all__ = [
    "ENGINES",
    "Alignment",
    "Answer",
    "Answers",
    "Article",
    "Bead",
    "Built",
    "Catalog",
    "ConflictError",
    "DraftOrder",
    "DraftTally",
    "Engine",
    "EngineError",
    "EngineFailed",
    "EngineRefused",
    "EngineUnavailable",
    "Fault",
    "Finding",
    "Glossary",
    "Grammar",
    "GrammarError",
    "InputError",
    "Lexicon",
    "MachineError",
    "Match",
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
    "Traits",
    "Unit",
    "UsageError",
    "align",
    "build",
    "check",
    "extract",
    "fill",
    "learn_lexicon",
    "load_catalog",
    "merge",
    "open_engine",
    "open_grammar",
    "parse_glossary",
    "read_article",
    "save_catalog",
    "translate",
]

if TYPE_CHECKING:
    from pipeline.alignment import Alignment, Bead, Lexicon, align, fill, learn_lexicon
    from pipeline.article import ReadingRules, read_article
    from pipeline.catalogue import extract, merge
    from pipeline.drafting import (
        ENGINES,
        Answer,
        Answers,
        DraftOrder,
        DraftTally,
        Engine,
        Traits,
        open_engine,
        translate,
    )
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
    from pipeline.gate import Grammar, Match, check, open_grammar
    from pipeline.language import Glossary, parse_glossary
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
else:
    __getattr__, __dir__, _ = lazy_face(
        __name__,
        {
            "alignment": "Alignment Bead Lexicon align fill learn_lexicon",
            "article": "ReadingRules read_article",
            "catalogue": "extract merge",
            "drafting": "ENGINES Answer Answers DraftOrder DraftTally Engine Traits open_engine "
            "translate",
            "errors": "ConflictError EngineError EngineFailed EngineRefused EngineUnavailable "
            "GrammarError InputError MachineError PipelineError UsageError",
            "findings": "Finding Place Severity",
            "gate": "Grammar Match check open_grammar",
            "language": "Glossary parse_glossary",
            "model": "Article Catalog Fault Origin OriginKind Previous Reference Section Segment "
            "State Unit",
            "pages": "Built build",
            "project": "load_catalog save_catalog",
        },
    )

__version__ = "0.2.0"
