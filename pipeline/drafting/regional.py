"""Drafts of a regional locale from the reviewed texts of its base."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.catalogue import BASE_SIGNATURE, base_texts, is_from_base, text_language
from pipeline.findings import Severity
from pipeline.model import Origin, OriginKind, State, draft_digest
from pipeline.rules import compare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.drafting.drafts import DraftOrder
    from pipeline.model import Article, Catalog, Unit

__all__ = ["draft_from_bases"]


def draft_from_bases(
    catalog: Catalog, article: Article, order: DraftOrder, bases: Sequence[Catalog]
) -> Catalog:
    """Return a catalogue whose empty units have the reviewed texts of its bases as drafts.

    A draft that came from there is renewed if it has another text there now, and nobody touched
    it. A text that the gate would refuse is no draft.
    """
    known = base_texts(bases)
    terms = article.terms + order.terms
    units = []
    for unit in catalog.units:
        locale, base = known.get(unit.key, ("", None))
        if base and (unit.state is State.EMPTY or is_from_base(unit, bases)):
            source = text_language(unit.notes) or order.source
            pair = source, catalog.locale
            problems = compare(unit.source, base.target, terms, article.labels, *pair)
            if all(problem.severity is Severity.INFO for problem in problems):
                unit = _draft(unit, locale, base.target)
        units.append(unit)
    return replace(catalog, units=tuple(units))


def _draft(unit: Unit, locale: str, target: str) -> Unit:
    signature = BASE_SIGNATURE.format(locale)
    digest = draft_digest(unit.source, target)
    origin = Origin(OriginKind.MACHINE, signature, digest)
    return unit._replace(target=target, state=State.DRAFT, origin=origin, previous=None)
