"""Find the language of each text of an article: stated by its author, or detected."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict, deque
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.language import certain_language, has_own_words, is_locale, require_locale
from pipeline.markdown import plain
from pipeline.model import LanguageRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.markdown import Block
    from pipeline.model import Article, Segment

__all__ = [
    "find_language_ranges",
    "stated_at_end",
    "with_detected_languages",
    "with_stated_languages",
]

_VALUE = r"(?<![\w:.-])lang[ \t]*=[ \t]*(?P<quote>[\"']?)(?P<tag>[\w@-]+)(?P=quote)(?![\w@-])"
_STATED = re.compile(_VALUE.encode())
_LANGUAGE_TAG = re.compile(
    r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?(?:@\w+)?"
)
_TAG = re.compile(rb"<(?P<end>/?)(?P<name>[A-Za-z][\w.:-]*)(?=[\s/>])[^<>]*>")
_BRACKET = re.compile(rb"\\.|(?P<open>\[)|\](?P<attributes>\{[^{}\r\n]*\})?")
_FENCE = re.compile(rb"^[ \t>]*(?P<colons>:{3,})[ \t]*(?P<rest>[^\r\n]*)", re.M)
_ATTRIBUTE_LINE = re.compile(rb"^[ \t>]*\{(?P<behind>:?)[^{}\r\n]*\}[ \t]*(?=[\r\n]|\Z)", re.M)
_AT_END = re.compile(rb"[ \t]\{[^{}\r\n]*\}\Z")
_ATTRIBUTES_AT_END = re.compile(rb"\{[^{}\r\n]*\}[ \t#]*[\r\n]*\Z")
_LINE_BELOW = re.compile(rb"(?:\r\n|\r|\n)[ \t>]*(?P<attributes>\{:[^{}\r\n]*\})")
_BLANK_LINE = re.compile(rb"(?:\r\n|\r(?!\n)|\n)[ \t>]*(?=\r|\n|\Z)")
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
    if not _states_language(data):
        return ()
    code = [(e.start, e.end) for e in events if e.name == "CodeBlock" and e.key == "Start"]
    masked = bytearray(data)
    for start, end in code:
        masked[start:end] = re.sub(rb"[^\r\n]", b" ", data[start:end])
    masked[:shift] = re.sub(rb"[^\r\n]", b" ", data[:shift])
    text = bytes(masked)
    paragraph_ends = [*(m.end() for m in _BLANK_LINE.finditer(text)), len(text)]
    ranges = [
        *_heading_ranges(events, text),
        *_element_ranges(text, paragraph_ends),
        *_fence_ranges(text),
        *_line_ranges(text, paragraph_ends),
        *_span_ranges(text),
    ]
    return tuple(sorted(dict.fromkeys(ranges)))


def with_stated_languages(
    segments: Iterable[Segment], ranges: Sequence[LanguageRange], data: bytes
) -> Iterator[Segment]:
    """Yield the segments in order, each with the language of the smallest range around it."""
    if not _states_language(data):
        yield from segments
        return
    following = deque(ranges)
    around: list[LanguageRange] = []
    for segment in segments:
        while following and following[0].start <= segment.start:
            around.append(following.popleft())
        around = [one for one in around if segment.end <= one.end]
        stated = min(around, key=lambda one: one.end - one.start, default=None)
        raw = data[segment.start : segment.end]
        if match := _AT_END.search(raw):
            stated = _stated(raw, *match.span()) or stated
        yield segment._replace(language=stated.language) if stated else segment


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


def _states_language(data: bytes) -> bool:
    return b"lang" in data and _STATED.search(data) is not None


def _stated(data: bytes, start: int, end: int) -> LanguageRange | None:
    """Return the language that attributes in a range of the file state, with that range."""
    match = _STATED.search(data, start, end)
    tag = match["tag"].decode("utf-8", "replace") if match else ""
    if not match or not _LANGUAGE_TAG.fullmatch(tag) or not is_locale(tag):
        return None
    return LanguageRange(start, end, require_locale(tag), *match.span("tag"))


def stated_at_end(data: bytes, start: int, end: int) -> LanguageRange | None:
    """Return the language that attributes at the end of a title state, with their range."""
    attributes = _ATTRIBUTES_AT_END.search(data, start, end)
    return _stated(data, *attributes.span()) if attributes else None


def _stated_below(data: bytes, end: int) -> LanguageRange | None:
    """Return the language that a line of attributes directly below a heading states."""
    at = end - data[:end].endswith((b"\n", b"\r"))
    line = _LINE_BELOW.match(data, at)
    return _stated(data, *line.span("attributes")) if line else None


def _heading_ranges(events: Sequence[Block], data: bytes) -> Iterator[LanguageRange]:
    """Yield the sections of headings that state a language, up to the next one of their level."""
    opened: list[tuple[str, LanguageRange | None]] = []
    for heading in (e for e in events if e.name == "Heading" and e.key == "Start"):
        level = heading.detail["level"]
        while opened and opened[-1][0] >= level:
            if stated := opened.pop()[1]:
                yield stated._replace(end=heading.start)
        stated = stated_at_end(data, heading.start, heading.end) or _stated_below(data, heading.end)
        opened.append((level, stated and stated._replace(start=heading.start)))
    yield from (stated._replace(end=len(data)) for _, stated in opened if stated)


def _element_ranges(data: bytes, paragraph_ends: Sequence[int]) -> Iterator[LanguageRange]:
    """Yield the HTML elements that state a language; without an end tag, to their paragraph's end.

    Only elements of the same name are counted, since those of others may lack an end tag.
    """
    opened: dict[bytes, list[LanguageRange | None]] = defaultdict(list)
    for tag in _TAG.finditer(data):
        name = tag["name"].lower()
        stated = None if tag["end"] else _stated(data, *tag.span())
        if name in _VOID or tag[0].endswith(b"/>"):
            if stated:
                yield stated
        elif not tag["end"]:
            opened[name].append(stated)
        elif opened[name] and (last := opened[name].pop()):
            yield last._replace(end=tag.end())
    for stated in filter(None, chain.from_iterable(opened.values())):
        yield stated._replace(end=_next(paragraph_ends, stated.end))


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


def _line_ranges(data: bytes, paragraph_ends: Sequence[int]) -> Iterator[LanguageRange]:
    """Yield the blocks to which a line of attributes belongs.

    ``{: lang=fr}`` stands behind its block, ``{lang=fr}`` in front of it.
    """
    for line in _ATTRIBUTE_LINE.finditer(data):
        if not (stated := _stated(data, *line.span())):
            continue
        if line["behind"]:
            before = bisect_left(paragraph_ends, line.start())
            yield stated._replace(start=paragraph_ends[before - 1] if before else 0)
        else:
            yield stated._replace(end=_next(paragraph_ends, line.end() + 1))


def _span_ranges(data: bytes) -> Iterator[LanguageRange]:
    """Yield the bracketed spans (``[…]{lang=fr}``) that state a language."""
    opened: list[int] = []
    for match in _BRACKET.finditer(data):
        if match["open"]:
            opened.append(match.start())
        elif match[0].startswith(b"]") and opened:
            start = opened.pop()
            if match["attributes"] and (stated := _stated(data, *match.span("attributes"))):
                yield stated._replace(start=start)


def _next(offsets: Sequence[int], at: int) -> int:
    """Return the first of ascending offsets that is not before another one."""
    return offsets[min(bisect_left(offsets, at), len(offsets) - 1)]
