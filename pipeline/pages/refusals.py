"""Texts of an existing version that a build would refuse, found when they are aligned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.article import first_lines
from pipeline.findings import Finding, Place, Severity
from pipeline.markdown import find_marks, is_mdx
from pipeline.model import State
from pipeline.pages.building import build

if TYPE_CHECKING:
    from pipeline.model import Article, Catalog, Unit

__all__ = ["hold_refused"]

_LINKS = ("link", "image", "address")


def hold_refused(
    article: Article, version: Article, old: Catalog, filled: Catalog, page_path: str = ""
) -> tuple[Catalog, tuple[Finding, ...]]:
    """Return a filled catalogue with drafts in place of new texts that a build would refuse.

    Those that lack a link are drafts, too. ``old`` is the catalogue before it was filled from the
    version. The findings have the reasons. The texts stay, because little has to be changed in
    them.
    """
    old_targets = {unit.key: unit.target for unit in old.units}
    new_units = {unit.key: unit for unit in filled.units if unit.target != old_targets[unit.key]}
    if not new_units:
        return filled, ()
    built = build(article, filled, drafts=True, mdx=is_mdx(article.data, page_path))
    reasons = {(one.context, one.source): one.message for one in built.findings}
    for unit in new_units.values():
        if lost := _describe_lost_links(unit, article.labels):
            reasons.setdefault(unit.key, lost)
    lines = first_lines(article)
    refused: dict[tuple[str, str], Finding] = {}
    for key in (key for key in new_units if key in reasons):
        message = f"taken from {version.path} as a draft only: {reasons[key]}"
        refused[key] = Finding(
            "AL007", Severity.WARNING, message, *key, Place(article.path, lines[key])
        )
    units = tuple(
        unit._replace(state=State.DRAFT) if unit.key in refused else unit for unit in filled.units
    )
    return replace(filled, units=units), tuple(refused.values())


def _describe_lost_links(unit: Unit, labels: frozenset[str]) -> str:
    """Return the message if a translation has fewer links and images than its source, else ''.

    A translator may leave one out, and a build does not refuse it, but it is no sure pair.
    """
    expected, actual = (
        sum(mark.kind in _LINKS for mark in find_marks(text, labels).marks)
        for text in (unit.source, unit.target or unit.source)
    )
    if actual >= expected:
        return ""
    count = "1 link or image" if expected == 1 else f"{expected} links and images"
    return f"expected {count} as in the source, found {actual}"
