"""Rules for articles, catalogues and translations, by family; all are pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.rules.article.rules import check_article
    from pipeline.rules.catalogue.completeness import (
        check_completeness,
        check_publishable,
        check_up_to_date,
    )
    from pipeline.rules.catalogue.file import check_catalogue_file
    from pipeline.rules.codes import GRAMMAR_RULES, RULES, explain
    from pipeline.rules.fidelity.comparison import compare
    from pipeline.rules.fidelity.localised_links import check_localised_links
    from pipeline.rules.rule import Rule
    from pipeline.rules.terms.rules import check_glossary_file, check_terms
    from pipeline.rules.typography.languages import habits
    from pipeline.rules.typography.rules import check_typography
else:
    __getattr__, __dir__, __all__ = lazy_face(
        __name__,
        {
            "article.rules": "check_article",
            "catalogue.completeness": "check_completeness check_publishable check_up_to_date",
            "catalogue.file": "check_catalogue_file",
            "codes": "GRAMMAR_RULES RULES explain",
            "fidelity.comparison": "compare",
            "fidelity.localised_links": "check_localised_links",
            "rule": "Rule",
            "terms.rules": "check_glossary_file check_terms",
            "typography.languages": "habits",
            "typography.rules": "check_typography",
        },
    )
