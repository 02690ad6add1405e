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

from pipeline.drafting.protect.nesting import flaw
from pipeline.drafting.protect.spacing import settled
from pipeline.drafting.protect.tokens import Damaged, Token, escaped, pattern, read, written
from pipeline.markdown import Span, find_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.markdown import Form, Piece

__all__ = ["Damaged", "Hidden", "Protected", "has_words", "protect", "restore"]

_LETTERS = re.compile(r"[^\W\d_]")
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Hidden(NamedTuple):
    """Spans that a token replaces."""

    spans: tuple[Span, ...]
    """Spans at the token, or at the tag that opens."""
    ends: tuple[Span, ...] = ()
    """Spans at the tag that closes; empty for a token."""
    before: bool = False
    """True if a space was put before the token, which is removed again."""
    behind: bool = False


class Protected(NamedTuple):
    """Text with tokens in it."""

    text: str
    """Text for the engine."""
    pieces: tuple[Piece, ...] = ()
    """Source as pieces: text, span, text and so on, with a text at both ends."""
    hidden: tuple[Hidden, ...] = ()
    """Hidden spans by the numbers of the tokens."""
    form: Form | None = None
    """Format of the tokens; None: nothing is protected."""


def protect(
    text: str,
    form: Form,
    terms: tuple[str, ...] = (),
    labels: frozenset[str] = frozenset(),
    glossary: Mapping[str, str] = _NOTHING,
) -> Protected | Damaged:
    """Replace all that a translation must carry over as it is by tokens.

    ``terms`` stay as they are, ``glossary`` has the translations of terms, ``labels`` are the
    link reference labels of the article, case-folded. A text that already has something like a
    token cannot be protected, unless the form is one of tags.
    """
    if not form.tags and pattern(form).search(text):
        return Damaged("a word in the text looks like a token")
    found = find_spans(text, terms, labels, glossary)
    pieces = tuple(_apart(text, found))
    hidden, places = _tagged(found) if form.open else _joined(found, text)
    parts: list[str] = []
    at = 0
    for start, end, token in places:
        before = text[at:start]
        one = hidden[token.number]
        parts.append(escaped(before) if form.tags else before)
        parts.append(" " * one.before + written(form, token) + " " * one.behind)
        at = end
    parts.append(escaped(text[at:]) if form.tags else text[at:])
    return Protected("".join(parts), pieces, tuple(hidden), form)


def restore(answer: str, protected: Protected) -> str | Damaged:
    """Put the spans back.

    Each token must be in the answer once and in an order in which the markup nests as it did.
    Spaces at the inner edges of markup are moved outside, as it would not be markup otherwise.
    """
    if not protected.form:
        return answer
    parts = read(answer, protected.form)
    if isinstance(parts, Damaged):
        return parts
    if problem := _miscounted(parts, protected) or _debris(parts, protected):
        return Damaged(problem)
    pieces = list(_replaced(parts, protected.hidden))
    if problem := flaw(protected.pieces, pieces):
        return Damaged(problem)
    return settled(protected.pieces, pieces)


def has_words(protected: Protected) -> bool:
    """Return whether any letters are left that an engine could translate."""
    texts = protected.pieces[::2] or (protected.text,)
    return any(_LETTERS.search(str(text)) for text in texts)


def _apart(text: str, found: Sequence[Span]) -> Iterator[Piece]:
    at = 0
    for span in found:
        yield text[at : span.start]
        yield span
        at = span.end
    yield text[at:]


_Place = tuple[int, int, Token]
"""Start and end of a token's spans in the source, and the token."""


def _joined(found: list[Span], text: str) -> tuple[list[Hidden], list[_Place]]:
    """Make one token of spans that touch, with spaces where it would touch a word."""
    hidden: list[Hidden] = []
    places: list[_Place] = []
    for run in _runs(found):
        start, end = run[0].start, run[-1].end
        before, behind = text[start - 1 : start].isalnum(), text[end : end + 1].isalnum()
        places.append((start, end, Token(len(hidden))))
        hidden.append(Hidden(tuple(run), (), before, behind))
    return hidden, places


def _runs(found: list[Span]) -> Iterator[list[Span]]:
    """Yield the spans in lists of those that touch."""
    run: list[Span] = []
    for span in found:
        if run and run[-1].end != span.start:
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _tagged(found: list[Span]) -> tuple[list[Hidden], list[_Place]]:
    """Make tags of markup around words, and tokens of all else.

    Spans that touch are one token, also with markup that has nothing but them in it; and markup
    that is around the same words as other markup is one pair of tags with it.
    """
    hidden: list[Hidden] = []
    places: list[_Place] = []
    solid = _Solid(found)
    numbers: dict[int, int] = {}
    at = 0
    while at < len(found):
        last = at
        if at in numbers:
            token = Token(numbers[at], -1)
            last += len(hidden[token.number].ends) - 1
        elif solid.end(at) is None:
            last = solid.twin(at)
            token = Token(len(hidden), 1)
            end = solid.partner[last]
            numbers[end] = token.number
            ends = tuple(found[end : solid.partner[at] + 1])
            hidden.append(Hidden(tuple(found[at : last + 1]), ends))
        else:
            last = solid.run(at)
            token = Token(len(hidden))
            hidden.append(Hidden(tuple(found[at : last + 1])))
        places.append((found[at].start, found[last].end, token))
        at = last + 1
    return hidden, places


class _Solid:
    """Index of the spans that touch and of markup without words, by their positions in a list."""

    def __init__(self, found: list[Span]) -> None:
        self._found = found
        self.partner: dict[int, int] = {}
        opened: dict[int, int] = {}
        for at, span in enumerate(found):
            if span.pair > 0:
                opened[span.pair] = at
            elif span.pair:
                self.partner[opened[-span.pair]] = at
        gaps = (one.end != other.start for one, other in pairwise(found))
        self._gaps = [0, *accumulate(gaps)]

    def touch(self, at: int, other: int) -> bool:
        """Return whether there is no text between two spans."""
        return other < len(self._found) and self._gaps[at] == self._gaps[other]

    def end(self, at: int) -> int | None:
        """Return the end of a solid span: its own position or that of its other half.

        None for half of markup around words, which is not solid.
        """
        end = self.partner.get(at, at)
        return end if self._found[at].pair >= 0 and self.touch(at, end) else None

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
            if inner != outer - 1 or not self.touch(inner, outer) or self.end(at + 1) is not None:
                break
            at += 1
        return at


def _miscounted(parts: list[str | Token], protected: Protected) -> str:
    """Return the fault if a token is missing, doubled or made up, or an empty string."""
    expected = Counter((n, r) for n, one in enumerate(protected.hidden) for r in _roles(one))
    for part in parts[1::2]:
        if isinstance(part, Token):
            if not expected[part.number, part.role]:
                return f"the engine doubled or made up {part.shown!r}"
            expected[part.number, part.role] -= 1
    lost = min(expected.elements(), default=None)
    if lost is None:
        return ""
    text = "".join(span.text for span in protected.hidden[lost[0]].spans)
    return f"the engine lost {text.strip()[:40]!r}"


def _roles(hidden: Hidden) -> tuple[int, ...]:
    return (1, -1) if hidden.ends else (0,)


def _debris(parts: list[str | Token], protected: Protected) -> str:
    """Return the fault if half of a token is left in an answer though all are there, or ""."""
    assert protected.form
    source = "".join(map(str, protected.pieces[::2])).casefold()
    answer = "\n".join(map(str, parts[::2])).casefold()
    template, opening, *_ = protected.form
    halves = [half.casefold() for half in template.split("{n}")]
    if opening:  # what such a tag ends with is too common
        halves = [halves[0], opening.partition("{n}")[0]]
    for half in halves:
        if (len(half) > 1 or not half.isascii()) and half in answer and half not in source:
            return f"the engine left {half!r} behind"
    return ""


def _replaced(parts: list[str | Token], hidden: tuple[Hidden, ...]) -> Iterator[Piece]:
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
