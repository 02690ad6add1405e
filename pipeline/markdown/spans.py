"""Find the parts of a text that no engine may change, and pair those that belong together."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.markdown.marks import ENTITY, MEASURE, PLAIN, VOID_TAGS
from pipeline.markdown.parser import inline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["APART", "Piece", "Span", "find_spans"]


class Span(NamedTuple):
    """A part of a text that engines do not get; offsets in code points."""

    start: int
    end: int
    text: str
    """Text to put there in the end; usually the text that is there now."""
    kind: str
    """Kind of a `parser.Inline` or of `marks.PLAIN`, entity, measure, control or term."""
    pair: int = 0
    """Number from 1 where markup around words begins; its negative where the markup ends.

    Pairs are nested, never crossed. 0: the part is not paired.
    """


Piece = str | Span

APART = frozenset(
    {"emphasis", "strong", "strikethrough", "link", "image", "code", "address", "url", "email"}
    | {"handle", "hashtag", "placeholder", "emoji", "measure", "term"}
)
"""Kinds that are words to a reader, with spaces around them."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
"""Characters that are not text; XML has no way to write them."""
_PATTERNS = {**PLAIN, "entity": ENTITY, "measure": MEASURE, "control": _CONTROL}
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)")
_WORD = re.compile(r"[^\W_]+")
_MORE = re.compile(r"_*[^\W_]")
_SENTENCE = re.compile(r"(?:\A|[.!?…]['\"”’»)\]*_~]*\s)[\W_]*")


def find_spans(
    text: str,
    terms: tuple[str, ...],
    labels: frozenset[str],
    glossary: Mapping[str, str],
) -> list[Span]:
    """Find the spans to protect, in order, without overlaps.

    Markup comes first, then addresses and the like, then ``terms``, then the terms of the
    ``glossary``, each the longest first. A term of the glossary must be spelt as it is there, or in
    any case of letters at the start of a sentence; its span's text is the target.
    """
    mask = bytearray(len(text))
    spans = list(_markup_spans(text, labels, mask))
    rest = _blank_out(text, mask)
    for kind, pattern in _PATTERNS.items():
        matches = [m for m in pattern.finditer(rest) if _claim(mask, *m.span())]
        if matches:
            spans += [Span(*match.span(), match[0], kind) for match in matches]
            rest = _blank_out(text, mask)
    for start, end, term in _term_places(text, terms):
        if text[start:end] == term and _claim(mask, start, end):
            spans.append(Span(start, end, term, "term"))
    if glossary:
        spans += _glossary_spans(text, glossary, mask)
    return _pair_tags(sorted(spans))


def _claim(mask: bytearray, start: int, end: int) -> bool:
    """Mark a range as taken; return False if a part of it is taken already, or if it is empty."""
    free = start < end and not any(mask[start:end])
    if free:
        mask[start:end] = b"\1" * (end - start)
    return free


def _blank_out(text: str, mask: bytearray) -> str:
    """Replace taken ranges by spaces, so that their signs do not join the text beside them."""
    return "".join(" " if covered else sign for sign, covered in zip(text, mask, strict=True))


def _markup_spans(text: str, labels: frozenset[str], mask: bytearray) -> Iterator[Span]:
    for number, item in enumerate(inline(text, labels), 1):
        close = f"][{item.label}]" if item.label else text[item.inner_end : item.end]
        begins = _claim(mask, item.start, item.inner_start)
        ends = _claim(mask, item.inner_end, item.end)
        pair = number if begins and ends else 0
        if begins:
            opening = text[item.start : item.inner_start]
            yield Span(item.start, item.inner_start, opening, item.kind, pair)
        if ends:
            yield Span(item.inner_end, item.end, close, item.kind, -pair)


_Shape = tuple[int, int]
"""Offset of the first word in a term, and the length of the term."""


@lru_cache(maxsize=8)  # the same for all texts of an article
def _index_terms(terms: tuple[str, ...]) -> dict[str, dict[_Shape, dict[str, list[str]]]]:
    """Sort terms by their first word, by their shape, and by the whole term; all in lower case."""
    index: dict[str, dict[_Shape, dict[str, list[str]]]] = {}
    for term in dict.fromkeys(terms):
        if word := _WORD.search(term):
            shapes = index.setdefault(word[0].lower(), {})
            same = shapes.setdefault((word.start(), len(term)), {})
            same.setdefault(term.lower(), []).append(term)
    return index


def _term_places(text: str, terms: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Return the places of terms as whole words, in any case of letters, the longest first."""
    index = _index_terms(terms)
    places = []
    for word in _WORD.finditer(text) if index else ():
        for (offset, size), same in index.get(word[0].lower(), {}).items():
            start = word.start() - offset
            end = start + size
            terms_here = same.get(text[start:end].lower(), ()) if start >= 0 else ()
            places += [
                (start, end, term) for term in terms_here if _is_whole_word(text, start, end)
            ]
    return sorted(places, key=lambda place: place[0] - place[1])


def _is_whole_word(text: str, start: int, end: int) -> bool:
    """Return whether a range is not part of a longer word.

    An underscore beside a term is emphasis, unless more of a word is behind it.
    """
    begins = not text[start].isalnum() or start == 0 or not text[start - 1].isalnum()
    return begins and (not text[end - 1].isalnum() or not _MORE.match(text, end))


def _glossary_spans(text: str, glossary: Mapping[str, str], mask: bytearray) -> Iterator[Span]:
    starts = {match.end() for match in _SENTENCE.finditer(text)}
    for start, end, term in _term_places(text, tuple(glossary)):
        words, target = text[start:end], glossary[term]
        if (words == term or start in starts) and _claim(mask, start, end):
            if start in starts and words[0].isupper():
                target = target[:1].upper() + target[1:]
            yield Span(start, end, target, "term")


def _pair_tags(spans: list[Span]) -> list[Span]:
    """Pair the HTML tags that belong together, and leave the others unpaired."""
    inside: list[tuple[str, int]] = []
    count = max((span.pair for span in spans), default=0)
    for at, span in enumerate(spans):
        tag = _TAG.match(span.text) if span.kind == "tag" else None
        if span.pair > 0:
            inside.append(("", at))
        elif span.pair < 0:
            while inside.pop()[0]:
                pass  # a tag that is not closed within
        elif tag and not tag[1] and not (tag[2].lower() in VOID_TAGS or span.text.endswith("/>")):
            inside.append((tag[2], at))
        elif tag and tag[1] and inside and inside[-1][0] == tag[2]:
            count += 1
            start = inside.pop()[1]
            spans[start] = spans[start]._replace(pair=count)
            spans[at] = span._replace(pair=-count)
    return spans
