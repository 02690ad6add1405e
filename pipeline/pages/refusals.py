"""Texts of an existing version that a build would refuse, found when they are aligned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.article import first_lines
from pipeline.findings import Finding, Place, Severity
from pipeline.markdown import is_mdx
from pipeline.model import State
from pipeline.pages.building import build

if TYPE_CHECKING:
    from pipeline.model import Article, Catalog

__all__ = ["hold_refused"]


def hold_refused(
    article: Article, version: Article, old: Catalog, filled: Catalog, page_path: str = ""
) -> tuple[Catalog, tuple[Finding, ...]]:
    """Return a filled catalogue with drafts in place of new texts that a build would refuse.

    ``old`` is the catalogue before it was filled from the version. The findings have the reasons of
    the build. The texts stay, because little has to be changed in them.
    """
    old_targets = {unit.key: unit.target for unit in old.units}
    new_keys = {unit.key for unit in filled.units if unit.target != old_targets[unit.key]}
    if not new_keys:
        return filled, ()
    lines = first_lines(article)
    refused: dict[tuple[str, str], Finding] = {}
    built = build(article, filled, drafts=True, mdx=is_mdx(article.data, page_path))
    for finding in built.findings:
        key = finding.context, finding.source
        if key in new_keys:
            message = f"taken from {version.path} as a draft only: {finding.message}"
            place = Place(article.path, lines[key])
            refused[key] = Finding("AL007", Severity.WARNING, message, *key, place)
    units = tuple(
        unit._replace(state=State.DRAFT) if unit.key in refused else unit for unit in filled.units
    )
    return replace(filled, units=units), tuple(refused.values())
