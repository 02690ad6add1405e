"""Replace protected spans by placeholders before translation and restore them after.

`protect` puts a token in the place of each such span, so that an engine cannot harm it, or tags
around the words that markup is around; `restore` puts the spans back, or returns the damage.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pipeline.drafting.protect.nesting import find_nesting_fault
from pipeline.drafting.protect.spacing import restore_spacing
from pipeline.drafting.protect.tokens import (
    Damage,
    Token,
    escape_xml,
    read_tokens,
    token_pattern,
    write_token,
)
from pipeline.markdown import Span, find_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.markdown import Form, Piece

__all__ = ["Damage", "ProtectedText", "TokenSpans", "has_words", "protect", "restore"]

_LETTERS = re.compile(r"[^\W\d_]")
_NOTHING: Mapping[str, str] = MappingProxyType({})


class TokenSpans(NamedTuple):
    """Spans that a token replaces."""

    spans: tuple[Span, ...]
    """Spans at the token, or at the tag that opens."""
    ends: tuple[Span, ...] = ()
    """Spans at the tag that closes; empty for a token."""
    before: bool = False
    """True if a space was put before the token, which is removed again."""
    behind: bool = False


class ProtectedText(NamedTuple):
    """Text with tokens in it."""

    text: str
    """Text for the engine."""
    pieces: tuple[Piece, ...] = ()
    """Source as pieces: text, span, text and so on, with a text at both ends."""
    hidden: tuple[TokenSpans, ...] = ()
    """Hidden spans by the numbers of the tokens."""
    form: Form | None = None
    """Format of the tokens; None: nothing is protected."""


def protect(
    text: str,
    form: Form,
    terms: tuple[str, ...] = (),
    labels: frozenset[str] = frozenset(),
    glossary: Mapping[str, str] = _NOTHING,
) -> ProtectedText | Damage:
    """Replace all that a translation must carry over as it is by tokens.

    ``terms`` stay as they are, ``glossary`` has the translations of terms, ``labels`` are the
    link reference labels of the article, case-folded. A text that already has something like a
    token cannot be protected, unless the form is one of tags.
    """
    if not form.tags and token_pattern(form).search(text):
        return Damage("the source text contains a word that looks like a placeholder")
    spans = find_spans(text, terms, labels, glossary)
    pieces = tuple(_split(text, spans))
    hidden, places = _tag_markup(spans) if form.open else _join_touching(spans, text)
    parts: list[str] = []
    at = 0
    for start, end, token in places:
        before = text[at:start]
        one = hidden[token.number]
        parts.append(escape_xml(before) if form.tags else before)
        parts.append(" " * one.before + write_token(form, token) + " " * one.behind)
        at = end
    parts.append(escape_xml(text[at:]) if form.tags else text[at:])
    return ProtectedText("".join(parts), pieces, tuple(hidden), form)


def restore(answer: str, protected: ProtectedText) -> str | Damage:
    """Put the spans back.

    Each token must be in the answer once and in an order in which the markup nests as it did.
    Spaces at the inner edges of markup are moved outside, as it would not be markup otherwise.
    """
    if not protected.form:
        return answer
    parts = read_tokens(answer, protected.form)
    if isinstance(parts, Damage):
        return parts
    if problem := _find_count_fault(parts, protected) or _find_leftover(parts, protected):
        return Damage(problem)
    pieces = list(_put_spans_back(parts, protected.hidden))
    if problem := find_nesting_fault(protected.pieces, pieces):
        return Damage(problem)
    return restore_spacing(protected.pieces, pieces)


def has_words(protected: ProtectedText) -> bool:
    """Return whether any letters are left that an engine could translate."""
    texts = protected.pieces[::2] or (protected.text,)
    return any(_LETTERS.search(str(text)) for text in texts)


def _split(text: str, spans: Sequence[Span]) -> Iterator[Piece]:
    at = 0
    for span in spans:
        yield text[at : span.start]
        yield span
        at = span.end
    yield text[at:]


_Place = tuple[int, int, Token]
"""Start and end of a token's spans in the source, and the token."""


def _join_touching(spans: list[Span], text: str) -> tuple[list[TokenSpans], list[_Place]]:
    """Make one token of spans that touch, with spaces where it would touch a word."""
    hidden: list[TokenSpans] = []
    places: list[_Place] = []
    for run in _touching_runs(spans):
        start, end = run[0].start, run[-1].end
        before, behind = text[start - 1 : start].isalnum(), text[end : end + 1].isalnum()
        places.append((start, end, Token(len(hidden))))
        hidden.append(TokenSpans(tuple(run), before=before, behind=behind))
    return hidden, places


def _touching_runs(spans: list[Span]) -> Iterator[list[Span]]:
    """Yield the spans in lists of those that touch."""
    run: list[Span] = []
    for span in spans:
        if run and run[-1].end != span.start:
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _tag_markup(spans: list[Span]) -> tuple[list[TokenSpans], list[_Place]]:
    """Make tags of markup around words, and tokens of all else.

    Spans that touch are one token, also with markup that has nothing but them in it; and markup
    that is around the same words as other markup is one pair of tags with it.
    """
    hidden: list[TokenSpans] = []
    places: list[_Place] = []
    index = _SpanIndex(spans)
    numbers: dict[int, int] = {}
    at = 0
    while at < len(spans):
        last = at
        if at in numbers:
            token = Token(numbers[at], -1)
            last += len(hidden[token.number].ends) - 1
        elif index.end(at) is None:
            last = index.twin(at)
            token = Token(len(hidden), 1)
            end = index.partner[last]
            numbers[end] = token.number
            ends = tuple(spans[end : index.partner[at] + 1])
            hidden.append(TokenSpans(tuple(spans[at : last + 1]), ends))
        else:
            last = index.run(at)
            token = Token(len(hidden))
            hidden.append(TokenSpans(tuple(spans[at : last + 1])))
        places.append((spans[at].start, spans[last].end, token))
        at = last + 1
    return hidden, places


class _SpanIndex:
    """Index of the spans that touch and of markup without words, by their positions in a list."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = spans
        self.partner: dict[int, int] = {}
        opened: dict[int, int] = {}
        for at, span in enumerate(spans):
            if span.pair > 0:
                opened[span.pair] = at
            elif span.pair:
                self.partner[opened[-span.pair]] = at
        # Sums of the gaps before each span, by which two spans are compared in constant time.
        gaps = (one.end != other.start for one, other in pairwise(spans))
        self._gaps = [0, *accumulate(gaps)]

    def touch(self, at: int, other: int) -> bool:
        """Return whether there is no text between two spans."""
        return other < len(self._spans) and self._gaps[at] == self._gaps[other]

    def end(self, at: int) -> int | None:
        """Return the end of a solid span: its own position or that of its other half.

        None for half of markup around words, which is not solid.
        """
        end = self.partner.get(at, at)
        return end if self._spans[at].pair >= 0 and self.touch(at, end) else None

    def run(self, at: int) -> int:
        """Return the last of the solid spans that touch each other, from a solid one on."""
        last = self.end(at)
        assert last is not None
        while self.touch(last, last + 1) and (end := self.end(last + 1)) is not None:
            last = end
        return last

    def twin(self, at: int) -> int:
        """Return the innermost pair that is around the same words as a pair."""
        while self.touch(at, at + 1):
            inner, outer = self.partner.get(at + 1), self.partner[at]
            if inner != outer - 1 or not self.touch(inner, outer):
                break
            at += 1
        return at


def _find_count_fault(parts: list[str | Token], protected: ProtectedText) -> str:
    """Return the fault if a token is missing, doubled or made up, or an empty string."""
    expected = Counter((n, r) for n, one in enumerate(protected.hidden) for r in _roles(one))
    for part in parts[1::2]:
        if isinstance(part, Token):
            if not expected[part.number, part.role]:
                return f"the engine duplicated or invented the placeholder {part.spelling!r}"
            expected[part.number, part.role] -= 1
    lost = min(expected.elements(), default=None)
    if lost is None:
        return ""
    text = "".join(span.text for span in protected.hidden[lost[0]].spans)
    return f"the engine lost {text.strip()[:40]!r}"


def _roles(hidden: TokenSpans) -> tuple[int, ...]:
    return (1, -1) if hidden.ends else (0,)


def _find_leftover(parts: list[str | Token], protected: ProtectedText) -> str:
    """Return the fault if half of a token is left in an answer though all are there, or ""."""
    assert protected.form
    source = "\n".join(map(str, protected.pieces[::2])).casefold()
    answer = "\n".join(map(str, parts[::2])).casefold()
    template, opening, *_ = protected.form
    halves = [half.casefold() for half in template.split("{n}")]
    if opening:  # what such a tag ends with is too common
        halves = [halves[0], opening.partition("{n}")[0]]
    for half in halves:
        if (len(half) > 1 or not half.isascii()) and half in answer and half not in source:
            return f"the engine left a part of a placeholder in the translation: {half!r}"
    return ""


def _put_spans_back(parts: list[str | Token], hidden: tuple[TokenSpans, ...]) -> Iterator[Piece]:
    """Yield an answer with spans instead of tokens: text, span, text and so on."""
    text = ""
    behind = False
    for part in parts:
        if isinstance(part, str):
            text = part.removeprefix(" ") if behind else part
            continue
        one = hidden[part.number]
        text = text.removesuffix(" ") if one.before else text
        behind = one.behind
        for span in one.ends if part.role < 0 else one.spans:
            yield text
            yield span
            text = ""
    yield text
