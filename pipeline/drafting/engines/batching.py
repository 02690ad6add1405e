"""Split texts for a service with limits, group them into requests, and join the answers."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import EngineRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.drafting.engines.contract import Bounds
    from pipeline.markdown import Form

__all__ = ["Pieces", "cut", "has_letters", "pack_requests", "size", "without_tokens"]

_BREAKS = (
    re.compile(r"[.!?…։؟۔।][\"'”’»›)\]]*\s+|[。！？｡][\"'”’」』）]*\s*|\n\s*"),
    re.compile(r"\s+"),
)
"""Places where a text may be cut, best first: ends of sentences and lines, ends of words."""
_LETTER = re.compile(r"[^\W\d_]")
_TAG = r"<[^<>]*>"
_ENTITY = r"&#?\w+;"


def size(text: str, utf8: bool) -> int:
    """Return the size of a text, in bytes of UTF-8 or in code points, as in `contract.Bounds`."""
    return len(text.encode()) if utf8 else len(text)


def without_tokens(text: str, form: Form | None) -> str:
    """Return the text to translate: spaces in place of tokens, entities decoded."""
    if form is None:
        return text
    text = _tokens(form).sub(" ", text)
    return html.unescape(text) if form.tags else text


def has_letters(text: str, form: Form | None) -> bool:
    """Return whether there is anything to translate outside of the tokens."""
    return bool(_LETTER.search(without_tokens(text, form)))


def cut(text: str, bounds: Bounds, form: Form | None) -> list[str]:
    """Cut a text at ends of sentences, else between words, else between letters.

    The joined pieces are the text. None ends inside a token, or between an opening tag and its
    end; one that cannot be cut otherwise is longer than the bounds allow.
    """
    uncuttable = _uncuttable_ranges(text, form)
    pieces = []
    start = 0
    while size(text[start:], bounds.utf8) > bounds.characters:
        end = _cut_place(text, start, start + _fitting_length(text[start:], bounds), uncuttable)
        if end == len(text):
            break
        pieces.append(text[start:end])
        start = end
    return [*pieces, text[start:]]


def pack_requests(texts: Iterable[str], bounds: Bounds) -> Iterator[list[str]]:
    """Yield the texts in order, in lists of as many as one request takes."""
    request: list[str] = []
    filled = 0
    for text in texts:
        more = size(text, bounds.utf8)
        if request and (len(request) >= bounds.texts or filled + more > bounds.characters):
            yield request
            request, filled = [], 0
        request.append(text)
        filled += more
    if request:
        yield request


class _Text(NamedTuple):
    parts: list[tuple[str, str, str]]
    """White space, core and white space of each piece, in order."""
    missing: set[str]


class Pieces:
    """Pieces of some texts, each to be sent once, and the texts that their answers complete."""

    def __init__(self, texts: Sequence[str], bounds: Bounds, form: Form | None) -> None:
        self.immediate: list[tuple[int, str | EngineRefused]] = []
        """Texts or refusals by number, from 0, of texts that need no request."""
        self._texts: dict[int, _Text] = {}
        self._waiting: dict[str, list[int]] = {}
        self._answers: dict[str, str] = {}
        for number, text in enumerate(texts):
            self._add(number, text, bounds, form)

    @property
    def to_send(self) -> list[str]:
        """Pieces to be sent, without outer white space."""
        return [*self._waiting]

    def put(
        self, piece: str, answer: str | EngineRefused
    ) -> Iterator[tuple[int, str | EngineRefused]]:
        """Store the answer to a piece; yield the texts that it completes, by number.

        A refusal completes each text of the piece.
        """
        if isinstance(answer, str):
            self._answers[piece] = answer.strip()
        for number in self._waiting.pop(piece, ()):
            if number not in self._texts:
                continue  # another piece of it was refused
            if isinstance(answer, EngineRefused):
                del self._texts[number]
                yield number, answer
                continue
            text = self._texts[number]
            text.missing.discard(piece)
            if not text.missing:
                yield number, self._join(self._texts.pop(number))

    def _add(self, number: int, text: str, bounds: Bounds, form: Form | None) -> None:
        if re.search("[\ud800-\udfff]", text):
            self.immediate.append((number, EngineRefused("the source text is not valid Unicode")))
            return
        parts = [_split_outer_space(piece) for piece in cut(text, bounds, form)]
        missing = {core for _, core, _ in parts if has_letters(core, form)}
        if not missing:
            self.immediate.append((number, text))
        elif max(size(core, bounds.utf8) for core in missing) > bounds.characters:
            reason = "the source text is too long, and its markup cannot be split"
            self.immediate.append((number, EngineRefused(reason)))
        else:
            self._texts[number] = _Text(parts, missing)
            for _, core, _ in parts:
                if core in missing:
                    self._waiting.setdefault(core, []).append(number)

    def _join(self, text: _Text) -> str:
        return "".join(
            before + self._answers.get(core, core) + behind for before, core, behind in text.parts
        )


def _split_outer_space(text: str) -> tuple[str, str, str]:
    core = text.strip()
    # str.partition refuses an empty separator.
    before, _, behind = text.partition(core) if core else (text, "", "")
    return before, core, behind


@lru_cache(maxsize=32)
def _tokens(form: Form) -> re.Pattern[str]:
    """Return a pattern that matches all replacements of protected spans."""
    patterns = [form.loose] if form.loose else []
    patterns += [
        _numbered_pattern(template) for template in (form.token, form.open, form.close) if template
    ]
    return re.compile("|".join([*patterns, _TAG] if form.tags else patterns), re.I)


def _numbered_pattern(template: str) -> str:
    return r"\s*\d+\s*".join(re.escape(part) for part in template.split("{n}"))


def _uncuttable_ranges(text: str, form: Form | None) -> list[tuple[int, int]]:
    """Return the ranges that must not be cut, in order."""
    if form is None:
        return []
    opening = re.compile(_numbered_pattern(form.open), re.I) if form.open else None
    closing = re.compile(_numbered_pattern(form.close), re.I) if form.close else None
    tokens = _tokens(form)
    pattern = re.compile(f"{tokens.pattern}|{_ENTITY}", re.I) if form.tags else tokens
    ranges = []
    depth = start = 0
    for match in pattern.finditer(text):
        if opening and opening.fullmatch(match[0]):
            start = start if depth else match.start()
            depth += 1
        elif closing and closing.fullmatch(match[0]) and depth:
            depth -= 1
            if not depth:
                ranges.append((start, match.end()))
        elif not depth:
            ranges.append(match.span())
    return ranges


def _fitting_length(text: str, bounds: Bounds) -> int:
    """Return the number of characters at the beginning of a longer text that fit, at least one."""
    if not bounds.utf8:
        return bounds.characters
    # At least one character, even if the limit splits it, so that cutting ends.
    return max(1, len(text.encode()[: bounds.characters].decode(errors="ignore")))


def _cut_place(text: str, start: int, limit: int, uncuttable: list[tuple[int, int]]) -> int:
    """Return the last good place between start and limit, else the end of the range at start."""
    for pattern in _BREAKS:
        for match in reversed([*pattern.finditer(text, start, limit)]):
            if _is_outside(match.end(), uncuttable):
                return match.end()
    for at in range(limit, start, -1):
        # A combining mark belongs to the letter before it.
        if _is_outside(at, uncuttable) and not (at < len(text) and unicodedata.combining(text[at])):
            return at
    return next((end for first, end in uncuttable if first <= start < end), len(text))


def _is_outside(at: int, uncuttable: list[tuple[int, int]]) -> bool:
    return not any(first < at < end for first, end in uncuttable)
