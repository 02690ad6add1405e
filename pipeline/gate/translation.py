"""Check the translation of one article without a project around it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.findings import Place
from pipeline.gate.document import Document, catalogue_texts, finding_of
from pipeline.pages import build

if TYPE_CHECKING:
    from pipeline.findings import Finding
    from pipeline.gate.grammar.contract import Grammar
    from pipeline.language import Glossary
    from pipeline.model import Article, Catalog

__all__ = ["check"]


def check(
    article: Article,
    catalog: Catalog,
    source: str,
    *,
    path: str = "",
    terms: tuple[str, ...] = (),
    glossary: Glossary | None = None,
    grammar: Grammar | None = None,
) -> list[Finding]:
    """Return the findings on the translations of an article, in the order of the catalogue.

    First come the texts that a page would leave out, then the findings of each text; lines
    are those of the catalogue's file, ``path``. ``source`` is the locale of the article,
    ``terms`` are words to be kept besides the experts' names. Without ``grammar`` nothing is
    proofread.

    Raises:
        GrammarError: the engine cannot run, or does not know the language.
    """
    document = Document(
        catalog.locale,
        catalogue_texts(catalog),
        source_locale=source,
        terms=article.terms + terms,
        labels=article.labels,
        terminology=glossary,
    )
    chunks = [chunk.text for chunk in document.chunks] if grammar else []
    answers = grammar.check(chunks, catalog.locale) if grammar else ()
    matches = dict(zip(chunks, answers, strict=True))
    findings = []
    for unit, problems in zip(catalog.units, document.problems(matches), strict=True):
        for problem in problems:
            finding = finding_of(problem, catalog.locale, None, Place(path, unit.line))
            text = unit.target or unit.source
            findings.append(replace(finding, context=unit.context, source=unit.source, text=text))
    # What a text itself shows has a better place than what the page shows of it.
    reported = {(finding.context, finding.source, finding.code) for finding in findings}
    build_findings = build(article, catalog, path, drafts=True).findings
    new_findings = [f for f in build_findings if (f.context, f.source, f.code) not in reported]
    return [replace(finding, locale=catalog.locale) for finding in new_findings] + findings
