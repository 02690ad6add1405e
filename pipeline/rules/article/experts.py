"""Checks of experts: handles, headings that nearly name one, quotations that never end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.article import in_article
from pipeline.findings import Problem
from pipeline.rules.article.headings import byte_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Place
    from pipeline.model import Article, Section, Segment
    from pipeline.rules.article.headings import Heading, Outline

__all__ = ["check_expert_headings", "check_handles", "check_quotations"]

_MAX_HANDLE = 30
"""Maximum number of characters of a handle without its @: Instagram and YouTube allow the most."""
_HANDLE = re.compile(r"@\w(?:[\w.·-]*\w)?_*(?:@[\w-]+(?:\.[\w-]+)+)?")
"""Handles: letters, digits and _ . · - (YouTube), a domain (Bluesky), a server (Mastodon)."""
_NAME = r"(?P<name>[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){1,4})"
_NEAR_MISS = re.compile(
    _NAME + r"(?P<middle>.*?)"
    r"\s*(?P<open>[(（\[]?)\s*(?P<at>[@＠])(?P<handle>\w[\w.-]*)\s*(?P<close>[)）\]]?)\s*[:.]?"
)
_WITHOUT_AT = re.compile(_NAME + r"(?P<middle>, .+?) \((?P<handle>\w[\w.]+)\)")
_SEPARATOR = re.compile(r"\s*(?:[,，;|]|\s[-–—]+(?=\s))\s*")
_CLOSING = {"“": "”", "«": "»", "„": "“”", "»": "«"}
# What may follow a closing mark at the end of a section: punctuation, emphasis, footnotes.
_TRAILING = re.compile(r"(?:[\s.,!?…*_)]|\[\^[^\]]*\])+\Z")


def check_handles(
    article: Article, outline: Outline, terms: tuple[str, ...]
) -> Iterator[tuple[Problem, Place]]:
    """Yield handles that no service allows, and handles and names that two experts share.

    A handle in ``terms`` was approved by somebody and is not checked; `check_headings` reports
    identical headings.
    """
    headings_by_line = {byte_place(article, h.start, h.start).line: h for h in outline.headings}
    first_sections: dict[str, Section] = {}
    titles: set[str] = set()
    for section in (s for s in article.sections if s.expert):
        heading = headings_by_line.get(section.line)
        if heading and heading.title.casefold() in titles:
            continue
        titles.add(heading.title.casefold() if heading else "")
        fault = _handle_fault(section.handle) if section.handle not in terms else ""
        if fault and heading:
            yield Problem("AR101", fault), _word_place(article, heading, section.handle)
        for code, word in (("AR101", section.handle), ("AR104", section.name)):
            earlier = first_sections.setdefault(word.casefold(), section) if word else section
            if earlier is not section and heading:
                message = f"duplicate '{word}' (first in the heading on line {earlier.line})"
                yield Problem(code, message), _word_place(article, heading, word)


def check_expert_headings(article: Article, outline: Outline) -> Iterator[tuple[Problem, Place]]:
    """Yield headings that were meant to open an expert's section but do not, or lack the @."""
    experts = {section.line: section for section in article.sections if section.expert}
    for heading in outline.headings:
        position = byte_place(article, heading.start, heading.end)
        expert = experts.get(position.line)
        if expert and expert.handle:
            continue
        match = None if expert else _NEAR_MISS.fullmatch(heading.title)
        if not match and experts:
            match = _match_without_at(heading.title)
        if not match or not _is_name(match["name"], match["middle"]):
            continue
        reason, expected = _heading_fault(match, heading)
        fault = "heading of an expert" if expert else "heading does not open an expert's section"
        message = f"{fault}: {reason}; expected '{expected}'"
        yield Problem("AR106", message, suggestions=(expected,)), position


def check_quotations(article: Article) -> Iterator[tuple[Problem, Place]]:
    """Yield the opening mark of an expert's quotation that is never closed in the section.

    A mark that is repeated at the beginning of a paragraph continues the quotation.
    """
    experts = {section.slug for section in article.sections if section.expert}
    by_expert: dict[str, list[Segment]] = {}
    for segment in article.segments:
        if segment.context in experts and segment.kind != "footnote":
            by_expert.setdefault(segment.context, []).append(segment)
    for segments in by_expert.values():
        opening = segments[0].text.lstrip("*_")[:1]
        closing = _CLOSING.get(opening, "")
        if closing and _is_unclosed(segments, opening, closing):
            at = segments[0].text.index(opening)
            message = f"quotation that begins with {opening} is never closed: add its closing mark"
            yield Problem("AR109", message), in_article(article, segments[0], at, at + 1)


def _handle_fault(handle: str) -> str:
    """Return the fault of a handle; an empty string if some service allows it or there is none."""
    if not handle:
        return ""
    name = handle[1:].partition("@")[0]
    if re.search(r"\s", handle):
        return f"'{handle}' is not a valid handle: it contains a space"
    if not _HANDLE.fullmatch(handle):
        return f"'{handle}' is not a valid handle: it contains characters that no service allows"
    # A domain as a handle (Bluesky) may be longer.
    if len(name) > _MAX_HANDLE and "." not in name:
        return f"'{handle}' is not a valid handle: it is longer than {_MAX_HANDLE} characters"
    return ""


def _word_place(article: Article, heading: Heading, word: str) -> Place:
    """Return the place of a word in a heading, or that of the heading if it is not found."""
    at = article.data.find(word.encode("utf-8"), heading.start, heading.end)
    if at < 0:
        return byte_place(article, heading.start, heading.end)
    return byte_place(article, at, at + len(word.encode("utf-8")))


def _is_name(name: str, middle: str) -> bool:
    """Return whether a heading begins with a capitalised name, alone or before a separator."""
    words = name.split()
    capitals = words[0][:1].isupper() and words[-1][:1].isupper()
    return capitals and bool(not middle.strip() or _SEPARATOR.match(middle))


def _match_without_at(title: str) -> re.Match[str] | None:
    """Return a match if the title has a handle without its @ that contains a part of the name."""
    match = _WITHOUT_AT.fullmatch(title)
    if not match:
        return None
    parts = [word.lower() for word in match["name"].split() if len(word) > 2]
    return match if any(part in match["handle"].lower() for part in parts) else None


def _heading_fault(match: re.Match[str], heading: Heading) -> tuple[str, str]:
    """Return the fault of a heading, and the heading that was meant."""
    groups = match.groupdict("")
    middle = _SEPARATOR.sub("", groups["middle"], count=1).strip() or "Organisation"
    expected = f"{groups['name']}, {middle} (@{groups['handle']})"
    if not groups.get("at"):
        return "the handle has no @", expected
    if expected == heading.title:
        return f"it has level {heading.level} instead of 2", expected
    if groups["open"] + groups["close"] != "()":
        return "the handle is not in round brackets", expected
    if not groups["middle"].strip():
        return "the organisation is missing", expected
    return "a comma and a space must separate the name from the organisation", expected


def _is_unclosed(segments: list[Segment], opening: str, closing: str) -> bool:
    """Return whether a quotation is still open at the end of the last segment."""
    depth = 0
    for segment in segments:
        text = segment.text.lstrip("*_")
        # Repeated at the beginning of a paragraph, the mark continues the quotation.
        if depth and text.startswith(opening):
            text = text[1:]
        for sign in text:
            if sign in closing and depth:
                depth -= 1
            elif sign == opening:
                depth += 1
    return depth > 0 and _TRAILING.sub("", segments[-1].text)[-1:] not in closing
