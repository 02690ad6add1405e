"""Restore the spaces around spans, which engines add or drop."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.markdown import APART, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.markdown import Piece

__all__ = ["restore_spacing"]

_SENTENCE = frozenset("0123456789.,;:!?")
_WITH_ENDING = frozenset({"code", "placeholder", "term"})
_WORD = re.compile(r"[^\W_]")
_LONG_WORD = re.compile(r"\d|[^\W_]{5}")
"""Beginning of a word that is no ending of the word before it.

The longest endings in use are -issa, -ként and the like.
"""


def restore_spacing(source: Sequence[Piece], answer: Sequence[Piece]) -> str:
    """Return an answer as text, with the spaces that its source has beside its spans.

    Both are given as pieces: text, span, text and so on, with a text at both ends. Spaces at the
    inner edges of markup, with which it would not be markup, are moved outside; those that would
    be the second there, or the first or last of the text, are removed. A space that is missing
    between two spans, or a word and a span, is added.
    """
    texts = [str(text) for text in answer[::2]]
    spans = [span for span in answer[1::2] if isinstance(span, Span)]
    halves_with_space = _halves_with_inner_space(source)
    # From within, so that a space can move out of several pairs.
    for at in reversed(range(len(spans))):
        if spans[at].pair > 0 and (spans[at].kind, spans[at].text) not in halves_with_space:
            _move_space(texts, at + 1, at)
    for at, span in enumerate(spans):
        if span.pair < 0 and (span.kind, span.text) not in halves_with_space:
            _move_space(texts, at, at + 1)
    _add_missing_spaces(source, texts, spans)
    parts = [text + span.text for text, span in zip(texts, spans, strict=False)]
    return "".join(parts) + texts[-1]


def _halves_with_inner_space(source: Sequence[Piece]) -> set[tuple[str, str]]:
    """Return kind and text of the halves of pairs with a space at their inner side."""
    halves = set()
    for at, span in enumerate(source):
        if isinstance(span, Span) and span.pair:
            inner = str(source[at + 1])[:1] if span.pair > 0 else str(source[at - 1])[-1:]
            if inner.isspace():
                halves.add((span.kind, span.text))
    return halves


def _move_space(texts: list[str], inner: int, outer: int) -> None:
    """Move a space to the other side of the span between two texts."""
    begins = outer < inner
    stripped = texts[inner].lstrip() if begins else texts[inner].rstrip()
    if stripped == texts[inner]:
        return
    space = texts[inner][0 if begins else -1]
    texts[inner] = stripped
    beside = texts[outer][-1:] if begins else texts[outer][:1]
    if not beside.isspace() and (beside or 0 < outer < len(texts) - 1):
        texts[outer] = texts[outer] + space if begins else space + texts[outer]


def _add_missing_spaces(source: Sequence[Piece], texts: list[str], spans: list[Span]) -> None:
    """Add the missing spaces.

    None is added where the source has none, nor behind a script without spaces, such as Chinese.
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
        # Spans that touch in the source stay together.
        if one.pair <= 0 <= other.pair and one.end != other.start:
            texts[at] = texts[at] or " "


def _ends_word(text: str) -> bool:
    """Return whether a text ends in a digit, punctuation or a letter with case.

    Behind these a space belongs; scripts that are written without spaces have no case.
    """
    sign = text[-1:]
    return sign in _SENTENCE or sign.lower() != sign.upper()
