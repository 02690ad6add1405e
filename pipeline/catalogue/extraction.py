"""Extract the template of an article, one unit per context and text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.language import name_in
from pipeline.model import Catalog, Reference, Unit

if TYPE_CHECKING:
    from pipeline.model import Article, Section, Segment

__all__ = ["extract"]


def extract(article: Article, name: str, locations: str = "full") -> Catalog:
    """Return the template: every segment as an empty unit, in the order of the article.

    A text that occurs twice in one section is one unit. With the ``locations`` "full" it has a
    reference for each of its lines, with "file" one to the article, with "none" none.
    """
    speakers = {section.slug: _speaker_note(section) for section in article.sections}
    segments_by_key: dict[tuple[str, str], list[Segment]] = {}
    for segment in article.segments:
        segments_by_key.setdefault((segment.context, segment.text), []).append(segment)
    of_file: tuple[Reference, ...] = (Reference(article.path, 0),) if locations == "file" else ()
    units = []
    notes_by_kind: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for (context, text), segments in segments_by_key.items():
        first = segments[0]
        # Most segments of a section have the same notes.
        notes = notes_by_kind.get((context, first.kind, first.language))
        if notes is None or len(segments) > 1 or first.note:
            notes = _notes(segments, speakers.get(context, ""))
            if len(segments) == 1 and not first.note:
                notes_by_kind[context, first.kind, first.language] = notes
        references = of_file
        if locations == "full":
            references = tuple([Reference(article.path, segment.line) for segment in segments])
        units.append(Unit(context, text, references=references, notes=notes))
    return Catalog(name, "", tuple(units))


def _speaker_note(section: Section) -> str:
    """Return the speaker in the form that `speaker_of` reads."""
    if not section.expert:
        return ""
    return ", ".join(p for p in (section.name, section.organisation, section.handle) if p)


def _notes(segments: list[Segment], speaker: str) -> tuple[str, ...]:
    """Return notes for translators: speaker, kinds of block, language, and the author's notes."""
    kinds = ", ".join(dict.fromkeys(segment.kind for segment in segments))
    lines = [f"{speaker} ({kinds})" if speaker else kinds]
    if language := segments[0].language:
        lines.append(f"in {name_in(language, 'en')}")  # as `text_language` reads it
    lines += dict.fromkeys(segment.note for segment in segments if segment.note)
    return tuple(lines)
