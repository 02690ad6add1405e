"""Checks of experts: handles, headings that nearly name one, quotations that never end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.article import in_article
from pipeline.findings import Problem
from pipeline.rules.article.headings import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Place
    from pipeline.model import Article, Section, Segment
    from pipeline.rules.article.headings import Heading, Outline

__all__ = ["handles", "quotations", "speakers"]

_LONGEST = 30
"""Maximum number of characters of a handle without its @: Instagram and YouTube allow the most."""
_HANDLE = re.compile(r"@\w(?:[\w.·-]*\w)?_*(?:@[\w-]+(?:\.[\w-]+)+)?")
"""Handles: letters, digits and _ . · - (YouTube), a domain (Bluesky), a server (Mastodon)."""
_NAME = r"(?P<name>[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){1,4})"
_NEARLY = re.compile(
    _NAME + r"(?P<middle>.*?)"
    r"\s*(?P<open>[(（\[]?)\s*(?P<at>[@＠])(?P<handle>\w[\w.-]*)\s*(?P<close>[)）\]]?)\s*[:.]?"
)
_BARE = re.compile(_NAME + r"(?P<middle>, .+?) \((?P<handle>\w[\w.]+)\)")
_PARTING = re.compile(r"\s*(?:[,，;|]|\s[-–—]+(?=\s))\s*")
_PAIRS = {"“": "”", "«": "»", "„": "“”", "»": "«"}
_REST = re.compile(r"(?:[\s.,!?…*_)]|\[\^[^\]]*\])+\Z")


def handles(
    article: Article, outline: Outline, terms: tuple[str, ...]
) -> Iterator[tuple[Problem, Place]]:
    """Yield handles that no service allows, and handles and names that two experts share.

    A handle in ``terms`` was approved by somebody and is not checked; `headings` reports identical
    headings.
    """
    spots = {place(article, h.start, h.start).line: h for h in outline.headings}
    seen: dict[str, Section] = {}
    told: set[str] = set()
    for section in (s for s in article.sections if s.expert):
        heading = spots.get(section.line)
        if heading and heading.title.casefold() in told:
            continue
        told.add(heading.title.casefold() if heading else "")
        fault = _impossible(section.handle) if section.handle not in terms else ""
        if fault and heading:
            yield Problem("AR101", fault), _within(article, heading, section.handle)
        for code, word in (("AR101", section.handle), ("AR104", section.name)):
            first = seen.setdefault(word.casefold(), section) if word else section
            if first is not section and heading:
                message = f"duplicate '{word}' (first in the heading on line {first.line})"
                yield Problem(code, message), _within(article, heading, word)


def speakers(article: Article, outline: Outline) -> Iterator[tuple[Problem, Place]]:
    """Yield headings that were meant to open an expert's section but do not."""
    experts = {section.line for section in article.sections if section.expert}
    for heading in outline.headings:
        spot = place(article, heading.start, heading.end)
        if spot.line in experts:
            continue
        found = _NEARLY.fullmatch(heading.title) or (experts and _by_name(heading.title)) or None
        if not found or not _is_name(found["name"], found["middle"]):
            continue
        reason, meant = _reason(found, heading)
        message = f"heading does not open an expert's section: {reason}; expected '{meant}'"
        yield Problem("AR106", message, suggestions=(meant,)), spot


def quotations(article: Article) -> Iterator[tuple[Problem, Place]]:
    """Yield the opening mark of an expert's quotation that is never closed in the section.

    A mark that is repeated at the beginning of a paragraph continues the quotation.
    """
    experts = {section.slug for section in article.sections if section.expert}
    spoken: dict[str, list[Segment]] = {}
    for segment in article.segments:
        if segment.context in experts and segment.kind != "footnote":
            spoken.setdefault(segment.context, []).append(segment)
    for segments in spoken.values():
        opening = segments[0].text.lstrip("*_")[:1]
        closing = _PAIRS.get(opening, "")
        if closing and _open(segments, opening, closing):
            at = segments[0].text.index(opening)
            message = f"quotation that begins with {opening} is never closed: add its closing mark"
            yield Problem("AR109", message), in_article(article, segments[0], at, at + 1)


def _impossible(handle: str) -> str:
    """Return the fault of a handle; an empty string if some service allows it or there is none."""
    if not handle:
        return ""
    name = handle[1:].partition("@")[0]
    if re.search(r"\s", handle):
        return f"'{handle}' is not a valid handle: it contains a space"
    if not _HANDLE.fullmatch(handle):
        return f"'{handle}' is not a valid handle: it contains characters that no service allows"
    if len(name) > _LONGEST and "." not in name:
        return f"'{handle}' is not a valid handle: it is longer than {_LONGEST} characters"
    return ""


def _within(article: Article, heading: Heading, word: str) -> Place:
    """Return the place of a word in a heading, or that of the heading if it is not found."""
    at = article.data.find(word.encode("utf-8"), heading.start, heading.end)
    if at < 0:
        return place(article, heading.start, heading.end)
    return place(article, at, at + len(word.encode("utf-8")))


def _is_name(name: str, middle: str) -> bool:
    """Return whether a heading begins with a capitalised name, alone or before a separator."""
    words = name.split()
    capitals = words[0][:1].isupper() and words[-1][:1].isupper()
    return capitals and bool(not middle.strip() or _PARTING.match(middle))


def _by_name(title: str) -> re.Match[str] | None:
    """Return a match if the title has a handle without its @ that contains a part of the name."""
    found = _BARE.fullmatch(title)
    if not found:
        return None
    parts = [word.lower() for word in found["name"].split() if len(word) > 2]
    return found if any(part in found["handle"].lower() for part in parts) else None


def _reason(found: re.Match[str], heading: Heading) -> tuple[str, str]:
    """Return the fault of a heading, and the heading that was meant."""
    groups = found.groupdict("")
    middle = _PARTING.sub("", groups["middle"], count=1).strip() or "Organisation"
    meant = f"{groups['name']}, {middle} (@{groups['handle']})"
    if not groups.get("at"):
        return "the handle has no @", meant
    if meant == heading.title:
        return f"it has level {heading.level} instead of 2", meant
    if groups["open"] + groups["close"] != "()":
        return "the handle is not in round brackets", meant
    if not groups["middle"].strip():
        return "the organisation is missing", meant
    return "a comma and a space must separate the name from the organisation", meant


def _open(segments: list[Segment], opening: str, closing: str) -> bool:
    """Return whether a quotation is still open at the end of the last segment."""
    depth = 0
    for segment in segments:
        text = segment.text.lstrip("*_")
        if depth and text.startswith(opening):
            text = text[1:]
        for sign in text:
            if sign in closing and depth:
                depth -= 1
            elif sign == opening:
                depth += 1
    return depth > 0 and _REST.sub("", segments[-1].text)[-1:] not in closing
