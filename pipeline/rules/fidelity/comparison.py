"""All that a translation must carry over from its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.rules.fidelity.markup import markup
from pipeline.rules.fidelity.names import names
from pipeline.rules.fidelity.numbers import quantities

if TYPE_CHECKING:
    from pipeline.findings import Problem

__all__ = ["compare"]


def compare(
    source: str,
    target: str,
    terms: tuple[str, ...],
    labels: frozenset[str],
    source_locale: str,
    target_locale: str,
) -> list[Problem]:
    """Give what a target lacks, has too many or has changed: markup, then numbers, then names.

    ``terms`` are the words that stay as they are, ``labels`` the link reference labels of the
    article, case-folded. A text that is its source has none of these problems.
    """
    if source == target:
        return []
    locales = source_locale, target_locale
    return [
        *markup(source, target, labels, *locales),
        *quantities(source, target, *locales, labels),
        *names(source, target, terms, labels, *locales),
    ]
