"""Blanks around spans that engines add or eat, set where they do no harm."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.markdown import APART, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.markdown import Piece

__all__ = ["settled"]

_SENTENCE = frozenset("0123456789.,;:!?")
_WITH_ENDING = frozenset({"code", "placeholder", "term"})
_WORD = re.compile(r"[^\W_]")
_LONG_WORD = re.compile(r"\d|[^\W_]{5}")
"""What is no ending of the word before it; the longest in use are -issa, -ként and the like."""


def settled(source: Sequence[Piece], answer: Sequence[Piece]) -> str:
    """Put an answer together, with the blanks that its source has beside its spans.

    Both come as pieces: text, span, text and so on, with a text at both ends. Blanks at the
    inner edges of markup, with which it would not be markup, go outside; those that would be the
    second there, or the first or last of the text, go away. A blank that is missing between two
    spans, or a word and a span, is put in.
    """
    texts = [str(text) for text in answer[::2]]
    spans = [span for span in answer[1::2] if isinstance(span, Span)]
    meant = _inner_blanks(source)
    # From within, so that a blank can go out of several pairs.
    for at in reversed(range(len(spans))):
        if spans[at].pair > 0 and (spans[at].kind, spans[at].text) not in meant:
            _move(texts, at + 1, at)
    for at, span in enumerate(spans):
        if span.pair < 0 and (span.kind, span.text) not in meant:
            _move(texts, at, at + 1)
    _part(source, texts, spans)
    parts = [text + span.text for text, span in zip(texts, spans, strict=False)]
    return "".join(parts) + texts[-1]


def _inner_blanks(source: Sequence[Piece]) -> set[tuple[str, str]]:
    """Give the halves of pairs at whose inner side a blank belongs."""
    found = set()
    for at, span in enumerate(source):
        if isinstance(span, Span) and span.pair:
            inner = str(source[at + 1])[:1] if span.pair > 0 else str(source[at - 1])[-1:]
            if inner.isspace():
                found.add((span.kind, span.text))
    return found


def _move(texts: list[str], inner: int, outer: int) -> None:
    """Move a blank to the other side of the span between two texts."""
    begins = outer < inner
    kept = texts[inner].lstrip() if begins else texts[inner].rstrip()
    if kept == texts[inner]:
        return
    blank = texts[inner][0 if begins else -1]
    texts[inner] = kept
    beside = texts[outer][-1:] if begins else texts[outer][:1]
    if not beside.isspace() and (beside or 0 < outer < len(texts) - 1):
        texts[outer] = texts[outer] + blank if begins else blank + texts[outer]


def _part(source: Sequence[Piece], texts: list[str], spans: list[Span]) -> None:
    """Put in the blanks that are missing.

    Not where the source has none, and not behind what is written without blanks, as in Chinese.
    """
    before = {span for text, span in pairwise(source) if _ends_word(str(text))}
    behind = {span for span, text in pairwise(source) if _WORD.match(str(text))}
    for at, span in enumerate(spans):
        if span.kind not in APART:
            continue
        if span.pair >= 0 and span not in before and _ends_word(texts[at]):
            texts[at] += " "
        word = _LONG_WORD if span.kind in _WITH_ENDING else _WORD
        if span.pair == 0 and span not in behind and word.match(texts[at + 1]):
            texts[at + 1] = " " + texts[at + 1]
    for at, (one, other) in enumerate(pairwise(spans), 1):
        if one.pair <= 0 <= other.pair and one.end != other.start:
            texts[at] = texts[at] or " "


def _ends_word(text: str) -> bool:
    """Tell whether a blank belongs behind a text in a language that is written with blanks."""
    sign = text[-1:]
    return sign in _SENTENCE or sign.lower() != sign.upper()
