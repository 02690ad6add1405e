"""Comparison of a translation with its source: markup, numbers and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.rules.fidelity.markup import compare_markup
from pipeline.rules.fidelity.names import compare_names
from pipeline.rules.fidelity.numbers import compare_numbers

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
    """Return the differences of a target from its source: markup, then numbers, then names.

    ``terms`` are protected words, ``labels`` the link reference labels of the article, case-folded.
    A target that is equal to its source has no differences.
    """
    if source == target:
        return []
    locales = source_locale, target_locale
    return [
        *compare_markup(source, target, labels, *locales),
        *compare_numbers(source, target, *locales, labels),
        *compare_names(source, target, terms, labels, *locales),
    ]
