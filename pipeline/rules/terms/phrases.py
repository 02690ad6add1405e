"""Search for terms of one or more words, in any of their forms.

The index is made once; a search then takes time in proportion to the text.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.rules.terms.stems import akin, loose, tight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.markdown import Plain

__all__ = ["Found", "Index", "Phrase", "Token", "holds", "phrase", "tokens"]

# Scripts that put no blanks between words: Thai to Khmer, kana, Chinese characters.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_JOINT = re.compile(r"[\s'’ʼ‐‑–-]*")
_SIGN = re.compile(r"[^\w\s()\[\]{}\"«»“”„‘’']*")
_LAST_SIGN = re.compile(_SIGN.pattern + r"\Z")


class Token(NamedTuple):
    """Word of a text; offsets in code points."""

    text: str
    """Word as written; empty for code and addresses."""
    start: int
    end: int


class _Word(NamedTuple):
    text: str
    exact: bool
    """True if capitals count: in an abbreviation, a trade name, a term to keep."""
    tight: str
    loose: str


class Phrase(NamedTuple):
    """Term, prepared for the search."""

    words: tuple[_Word, ...]
    gaps: tuple[str, ...]
    """Characters between the words."""
    before: str
    """Characters before the first word that are part of the term, such as the dot of ``.NET``."""
    behind: str
    entry: int
    """Index of its entry in the glossary; -1 for a protected term."""


class Found(NamedTuple):
    """Place of a phrase; offsets in code points of the plain text."""

    entry: int
    start: int
    end: int


def tokens(plain: Plain) -> list[Token]:
    """Split a text into words; parts that are not proofread become words without letters."""
    return [
        Token("" if plain.opaque and plain.hides(*m.span()) else m[0], *m.span())
        for m in _WORD.finditer(plain.text)
    ]


def phrase(term: str, entry: int, language: str, *, exact: bool = False) -> Phrase:
    """Return the phrase of a term, which must have a letter or a digit."""
    found = list(_WORD.finditer(term))
    words = tuple(
        _Word(
            m[0],
            exact or any(sign.isupper() for sign in m[0][1:]),
            tight(m[0], language),
            loose(m[0], language),
        )
        for m in found
    )
    gaps = tuple(term[a.end() : b.start()] for a, b in pairwise(found))
    before = _LAST_SIGN.search(term[: found[0].start()])
    behind = _SIGN.match(term, found[-1].end())
    signs = (before[0] if before else "", behind[0] if behind else "")
    return Phrase(words, gaps, *signs, entry)


class Index:
    """Index of phrases by their first words."""

    def __init__(self, phrases: Iterable[Phrase], language: str) -> None:
        self.language = language
        self._by_word: dict[str, list[Phrase]] = {}
        for one in phrases:
            first = one.words[0]
            self._by_word.setdefault(first.text if first.exact else first.tight, []).append(one)

    def find(self, text: str, words: list[Token]) -> Iterator[Found]:
        """Yield the longest phrases at each place, in order; longer ones hide those inside."""
        at = 0
        while at < len(words):
            fits = [
                (len(one.words), one.entry)
                for one in self._candidates(words[at].text)
                if _fits(one, text, words, at, self.language)
            ]
            longest = max(fits)[0] if fits else 1
            for length, entry in fits:
                if length == longest:
                    yield Found(entry, words[at].start, words[at + length - 1].end)
            at += longest

    def _candidates(self, word: str) -> Iterator[Phrase]:
        if word:
            keys = dict.fromkeys((word, word.removesuffix("s"), tight(word, self.language)))
            for key in keys:
                yield from self._by_word.get(key, ())


def holds(text: str, words: list[Token], phrases: Iterable[Phrase], language: str) -> bool:
    """Return whether a text has one of the phrases; other words of the family count, too."""
    starts: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        if word.text:
            starts.setdefault(loose(word.text, language), []).append(at)
    return any(
        _fits(one, text, words, at, language, strict=False)
        for one in phrases
        for at in starts.get(one.words[0].loose, ())
    )


def _fits(
    one: Phrase, text: str, words: list[Token], at: int, language: str, *, strict: bool = True
) -> bool:
    """Return whether the words from an index on are the phrase's, with nothing else between."""
    here = words[at : at + len(one.words)]
    if len(here) < len(one.words):
        return False
    pairs = zip(one.words, here, strict=True)
    if not all(_same(word, token.text, language, strict) for word, token in pairs):
        return False
    for gap, (left, right) in zip(one.gaps, pairwise(here), strict=True):
        between = text[left.end : right.start]
        if between.strip() != gap.strip() and not _JOINT.fullmatch(between):
            return False
    signs = text[: here[0].start].endswith(one.before)
    return signs and text.startswith(one.behind, here[-1].end)


def _same(word: _Word, text: str, language: str, strict: bool) -> bool:
    if word.exact:
        return text in (word.text, word.text + "s")
    if strict:
        return tight(text, language) == word.tight and akin(word.text, text, language)
    return loose(text, language) == word.loose and akin(word.text, text, language)
