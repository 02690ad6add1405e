"""Find the language of each text of an article: stated by its author, or detected."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.language import certain_language, has_own_words, is_locale, require_locale
from pipeline.markdown import plain
from pipeline.model import LanguageRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.markdown import Block
    from pipeline.model import Article, Segment

__all__ = ["find_language_ranges", "with_detected_languages", "with_stated_languages"]

_VALUE = r"(?<![\w:.-])lang[ \t]*=[ \t]*(?P<quote>[\"']?)(?P<tag>[\w@-]+)(?P=quote)(?![\w@-])"
_STATED = re.compile(_VALUE.encode())
_TAG = re.compile(rb"<(?P<name>[A-Za-z][\w.:-]*)(?=[\s/>])[^<>]*>")
_SPAN = re.compile(rb"\](?P<attributes>\{[^{}\n]*\})")
_FENCE = re.compile(rb"^[ \t>]*(?P<colons>:{3,})[ \t]*(?P<rest>[^\r\n]*)", re.M)
_ATTRIBUTE_LINE = re.compile(rb"^[ \t>]*\{(?P<behind>:?)[^{}\r\n]*\}[ \t]*(?=[\r\n]|\Z)", re.M)
_AT_END = re.compile(rb"[ \t]\{[^{}\r\n]*\}\Z")
_PARAGRAPH_END = re.compile(rb"(?:\r\n|\r|\n)[ \t>]*(?:\r|\n|\Z)")
_VOID = frozenset(b"area base br col embed hr img input link meta source track wbr".split())
_NO_ANSWER = frozenset({"job title", "heading", "image text", "image title", "HTML attribute"})
"""Kinds of texts of a section that may be the editor's, whatever language the answer is in."""


def find_language_ranges(
    events: Sequence[Block], data: bytes, shift: int
) -> tuple[LanguageRange, ...]:
    """Return the ranges of a file whose language its author states, in their order.

    ``events`` are those of the body, which begins at offset ``shift``. A heading states it for its
    section, with all that is in it; fenced divs, HTML elements, bracketed spans and attribute lines
    state it for what they enclose or precede. Names that are no locales are left out.
    """
    if not _STATED.search(data, shift):
        return ()
    code = [(e.start, e.end) for e in events if e.name == "CodeBlock" and e.key == "Start"]
    masked = bytearray(data)
    for start, end in code:
        masked[start:end] = re.sub(rb"[^\r\n]", b" ", data[start:end])
    masked[:shift] = re.sub(rb"[^\r\n]", b" ", data[:shift])
    text = bytes(masked)
    ranges = [
        *_heading_ranges(events, text),
        *_element_ranges(text),
        *_fence_ranges(text),
        *_line_ranges(text),
        *_span_ranges(text),
    ]
    return tuple(sorted(dict.fromkeys(ranges)))


def with_stated_languages(
    segments: Iterable[Segment], ranges: Sequence[LanguageRange], data: bytes
) -> Iterator[Segment]:
    """Yield the segments, each with the language of the smallest range that contains it."""
    for segment in segments:
        language = ""
        around = [r for r in ranges if r.start <= segment.start and segment.end <= r.end]
        if around:
            language = min(around, key=lambda r: r.end - r.start).language
        raw = data[segment.start : segment.end]
        if (behind := _AT_END.search(raw)) and (stated := _stated(raw, *behind.span())):
            language = stated.language
        yield segment._replace(language=language) if language else segment


def with_detected_languages(article: Article, locale: str) -> Article:
    """Return an article with the languages of experts' answers that are certainly in another one.

    ``locale`` is the language of the article. What an author states is kept; only sections of
    experts are looked at. Where all that is certain in a section has one language, short texts
    have it, too, but for headings and job titles, which may be the editor's.
    """
    experts = {section.slug for section in article.sections if section.expert}
    answers: dict[str, list[int]] = defaultdict(list)
    for index, segment in enumerate(article.segments):
        if segment.context in experts and not segment.language:
            answers[segment.context].append(index)
    segments = list(article.segments)
    detected = {
        index: language
        for indexes in answers.values()
        for index, language in _detect(segments, indexes, article.labels, locale)
    }
    if not detected:
        return article
    for index, language in detected.items():
        segments[index] = segments[index]._replace(language=language)
    return replace(article, segments=tuple(segments), detected=tuple(sorted(detected)))


def _detect(
    segments: Sequence[Segment], indexes: Sequence[int], labels: frozenset[str], locale: str
) -> Iterator[tuple[int, str]]:
    """Yield the texts of one section that are in another language, by their indexes."""
    prose = {index: plain(segments[index].text, labels).text for index in indexes}
    if has_own_words(" ".join(prose.values()), locale) and all(
        has_own_words(text, locale) for text in prose.values() if len(text.split()) > 3
    ):
        return
    certain = {
        index: language
        for index, text in prose.items()
        if not has_own_words(text, locale) and (language := certain_language(text, locale))
    }
    languages = set(certain.values())
    own = any(
        has_own_words(prose[i], locale) for i in indexes if segments[i].kind not in _NO_ANSWER
    )
    for index in indexes:
        if index in certain:
            yield index, certain[index]
        elif len(languages) == 1 and not own and segments[index].kind not in _NO_ANSWER:
            yield index, next(iter(languages))


def _stated(data: bytes, start: int, end: int) -> LanguageRange | None:
    """Return the language that attributes in a range of the file state, with that range."""
    match = _STATED.search(data, start, end)
    tag = match["tag"].decode("utf-8", "replace") if match else ""
    if not match or not is_locale(tag):
        return None
    return LanguageRange(start, end, require_locale(tag), *match.span("tag"))


def _heading_ranges(events: Sequence[Block], data: bytes) -> Iterator[LanguageRange]:
    """Yield the sections of headings that state a language, up to the next one of their level."""
    headings = [e for e in events if e.name == "Heading" and e.key == "Start"]
    for number, heading in enumerate(headings):
        if not any(key == "lang" for key, _ in heading.detail["attrs"]):
            continue
        level = heading.detail["level"]
        following = (h.start for h in headings[number + 1 :] if h.detail["level"] <= level)
        end = next(following, len(data))
        last = data.rfind(b"{", heading.start, heading.end)
        if stated := _stated(data, last, heading.end):
            yield stated._replace(start=heading.start, end=end)


def _element_ranges(data: bytes) -> Iterator[LanguageRange]:
    """Yield the HTML elements that state a language."""
    for tag in _TAG.finditer(data):
        stated = _stated(data, *tag.span())
        if stated:
            yield stated._replace(end=_element_end(data, tag))


def _element_end(data: bytes, tag: re.Match[bytes]) -> int:
    """Return the end of an element; without an end tag, that of its paragraph."""
    name = re.escape(tag["name"])
    if tag["name"].lower() in _VOID or tag[0].endswith(b"/>"):
        return tag.end()
    depth = 1
    for other in re.compile(rb"<(?P<end>/?)%s(?=[\s/>])[^<>]*>" % name, re.I).finditer(
        data, tag.end()
    ):
        depth += -1 if other["end"] else 1
        if not depth:
            return other.end()
    end = _PARAGRAPH_END.search(data, tag.end())
    return end.start() if end else len(data)


def _fence_ranges(data: bytes) -> Iterator[LanguageRange]:
    """Yield the fenced divs (``::: {lang=fr}``) that state a language."""
    opened: list[LanguageRange | None] = []
    for line in _FENCE.finditer(data):
        if line["rest"].strip(b" \t:"):
            stated = _stated(data, *line.span("rest"))
            opened.append(stated and stated._replace(start=line.start()))
        elif opened and (last := opened.pop()):
            yield last._replace(end=line.end())
    yield from (one._replace(end=len(data)) for one in opened if one)


def _line_ranges(data: bytes) -> Iterator[LanguageRange]:
    """Yield the blocks to which a line of attributes belongs.

    ``{: lang=fr}`` stands behind its block, ``{lang=fr}`` in front of it.
    """
    for line in _ATTRIBUTE_LINE.finditer(data):
        if not (stated := _stated(data, *line.span())):
            continue
        if line["behind"]:
            before = [m.end() for m in _PARAGRAPH_END.finditer(data, 0, max(line.start() - 1, 0))]
            yield stated._replace(start=before[-1] if before else 0)
        else:
            end = _PARAGRAPH_END.search(data, line.end() + 1)
            yield stated._replace(end=end.start() if end else len(data))


def _span_ranges(data: bytes) -> Iterator[LanguageRange]:
    """Yield the bracketed spans (``[…]{lang=fr}``) that state a language."""
    for match in _SPAN.finditer(data):
        if not (stated := _stated(data, *match.span("attributes"))):
            continue
        depth = 0
        for at in range(match.start(), -1, -1):
            depth += {b"]": 1, b"[": -1}.get(data[at : at + 1], 0)
            if not depth:
                yield stated._replace(start=at)
                break
