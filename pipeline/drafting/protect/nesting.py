"""Compare the nesting of markup in an answer with that in its source."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from pipeline.markdown import APART, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.markdown import Piece

__all__ = ["find_nesting_fault"]

_Key = tuple[str, str, str]
"""Kind, text at the beginning, text at the end; pairs with the same key are interchangeable."""

_TEXT = 1
_WORDS = 2
"""Content of a pair: nothing (0), punctuation, or a word or a span that counts as one."""
_LINKS = frozenset({"link", "address", "footnote"})
_ORDERED = re.compile(r"<(?!br\b|img\b|wbr\b)|%[sd]|\{(?:\}|[:!%])")
"""Tags without their other half, and placeholders that are known only by their order."""
_EMPHASIS = frozenset({"emphasis", "strong", "strikethrough"})
_OUTSIDE: _Key = ("", "", "")


def find_nesting_fault(source: Sequence[Piece], answer: Sequence[Piece]) -> str:
    """Return the fault in the nesting of an answer with each span of its source once, or "".

    Both are given as pieces: text, span, text and so on, with a text at both ends.
    Each pair must end, in itself and not in another. A pair is in the same pairs as in the
    source, and does not become empty. Nothing gets into an image or out of it, and no link into
    a link. Spans that are known only by their order keep it.
    """
    keys = _keys(source)
    paths: dict[tuple[int, _Key], int] = {}
    expected, actual = _Outline(source, keys, paths), _Outline(answer, keys, paths)
    if actual.fault:
        return actual.fault
    if moved := (actual.places - expected.places) or (expected.places - actual.places):
        return f"the engine moved {_describe(next(iter(moved))[0])} into or out of other markup"
    for key, sizes in expected.sizes.items():
        pairs = zip(sorted(sizes), sorted(actual.sizes[key]), strict=True)
        if any(now < was for was, now in pairs):
            return f"the engine left {_describe(key)} empty"
    if actual.order != expected.order:
        return f"the engine changed the order of {', '.join(expected.order)}"
    return ""


def _keys(source: Sequence[Piece]) -> dict[int, _Key]:
    """Return the key of each pair by its number."""
    spans = [piece for piece in source if isinstance(piece, Span) and piece.pair]
    ends = {-span.pair: span.text for span in spans if span.pair < 0}
    return {span.pair: (span.kind, span.text, ends[span.pair]) for span in spans if span.pair > 0}


class _Frame:
    """Pair that is not closed yet."""

    def __init__(self, key: _Key, path: int, around: _Frame | None) -> None:
        self.key = key
        self.path = path
        self.size = 0
        self.image: _Key = key if key[0] == "image" or not around else around.image
        self.link: bool = key[0] == "link" or (around is not None and around.link)


class _Outline:
    """Structure of a text that its translation must share."""

    def __init__(
        self, pieces: Sequence[Piece], keys: dict[int, _Key], paths: dict[tuple[int, _Key], int]
    ) -> None:
        """Walk through a text; ``paths`` numbers the combinations of pairs around a place."""
        self.places: Counter[tuple[_Key, object]] = Counter()
        """Surroundings of each pair, and of the spans in links and images."""
        self.sizes: dict[_Key, list[int]] = defaultdict(list)
        """Content of the pairs of a key."""
        self.order: list[str] = []
        self.fault = ""
        """Fault because of which the outline is not complete, or an empty string."""
        self._paths = paths
        self._inside = [_Frame(_OUTSIDE, 0, None)]
        for piece in pieces:
            if isinstance(piece, str):
                self._add_text(piece)
            elif piece.pair > 0:
                self._begin_pair(keys[piece.pair])
            elif piece.pair == 0:
                self._add_single(piece)
            elif not self._end_pair(keys[-piece.pair], piece):
                break

    def _add_text(self, text: str) -> None:
        if core := text.strip():
            self._grow(_WORDS if any(map(str.isalnum, core)) else _TEXT)

    def _begin_pair(self, key: _Key) -> None:
        frame = self._inside[-1]
        place = (frame.path, _canonical_key(key))
        self.places[_canonical_key(key), frame.path] += 1
        path = self._paths.setdefault(place, len(self._paths) + 1)
        self._inside.append(_Frame(key, path, frame))

    def _end_pair(self, key: _Key, span: Span) -> bool:
        frame = self._inside[-1]
        if frame.key != key:
            place = f" inside {_describe(frame.key)}" if frame.key[0] else ""
            self.fault = f"the engine closed {span.text[:40]!r}{place}"
            return False
        self._inside.pop()
        self.sizes[_canonical_key(key)].append(frame.size)
        self._grow(frame.size)
        return True

    def _add_single(self, span: Span) -> None:
        frame = self._inside[-1]
        self._grow(_WORDS if span.kind in APART else _TEXT)
        linked = frame.link and span.kind in _LINKS
        if linked or frame.image[0]:
            self.places[(span.kind, span.text, ""), (frame.image, linked)] += 1
        if span.kind in ("tag", "placeholder") and _ORDERED.match(span.text):
            self.order.append(span.text)

    def _grow(self, size: int) -> None:
        frame = self._inside[-1]
        frame.size = max(frame.size, size)


def _canonical_key(key: _Key) -> _Key:
    """Return the key of a pair, for emphasis only its kind, as ``*`` and ``_`` mean the same."""
    return (key[0], "", "") if key[0] in _EMPHASIS else key


def _describe(key: _Key) -> str:
    """Return the name of a pair or a span for messages."""
    kind, begin, end = key
    return f"{kind} {begin[:40] + '…' * bool(end) + end[:40]!r}" if begin else kind
