"""Extract: the template of an article, one unit per context and text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Catalog, Reference, Unit

if TYPE_CHECKING:
    from pipeline.model import Article, Section, Segment

__all__ = ["extract", "notes"]


def extract(article: Article, name: str) -> Catalog:
    """Give the template: every segment as an empty unit, in the order of the article.

    A text that stands twice in one section is one unit with two references.
    """
    sections = {section.slug: section for section in article.sections}
    found: dict[tuple[str, str], list[Segment]] = {}
    for segment in article.segments:
        found.setdefault((segment.context, segment.text), []).append(segment)
    return Catalog(
        name,
        "",
        tuple(
            Unit(
                context=context,
                source=text,
                references=tuple(Reference(article.path, s.line) for s in segments),
                notes=notes(segments, sections.get(context)),
            )
            for (context, text), segments in found.items()
        ),
    )


def notes(segments: list[Segment], section: Section | None) -> tuple[str, ...]:
    """Tell a translator who speaks, in what kind of block, and what the author adds."""
    kinds = ", ".join(dict.fromkeys(segment.kind for segment in segments))
    who = ""
    if section is not None and section.expert:
        who = ", ".join(term for term in (section.name, section.organisation) if term)
    lines = [f"{who} ({kinds})" if who else kinds]
    lines += dict.fromkeys(segment.note for segment in segments if segment.note)
    return tuple(lines)
