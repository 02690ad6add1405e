"""Search for terms of one or more words, in any of their forms.

The index is made once; a search then takes time in proportion to the text.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.rules.terms.stems import can_be_forms, family_stem, form_stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.markdown import Plain

__all__ = ["Index", "Phrase", "TermMatch", "Token", "contains_any", "prepare_phrase", "tokenize"]

# Scripts without spaces between words: Thai to Khmer, kana, Chinese characters.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
# Words of a term may be joined in another way: social media, social-media.
_JOINT = re.compile(r"[\s'’ʼ‐‑–-]*")
# Characters beside a word that belong to the term (C++, .NET), unlike brackets and quotes.
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
    form_stem: str
    family_stem: str


class Phrase(NamedTuple):
    """Term, prepared for the search."""

    words: tuple[_Word, ...]
    gaps: tuple[str, ...]
    """Characters between the words."""
    before: str
    """Characters before the first word that are part of the term, such as the dot of ``.NET``."""
    after: str
    entry: int
    """Index of its entry in the glossary; -1 for a protected term."""


class TermMatch(NamedTuple):
    """Place of a phrase; offsets in code points of the plain text."""

    entry: int
    start: int
    end: int


def tokenize(plain: Plain) -> list[Token]:
    """Split a text into words; parts that are not proofread become words without letters."""
    return [
        Token("" if plain.opaque and plain.hides(*m.span()) else m[0], *m.span())
        for m in _WORD.finditer(plain.text)
    ]


def prepare_phrase(term: str, entry: int, language: str, *, exact: bool = False) -> Phrase:
    """Return the phrase of a term, which must have a letter or a digit."""
    matches = list(_WORD.finditer(term))
    words = tuple(
        _Word(
            m[0],
            # A capital within the word makes an abbreviation or a trade name: SEO, LinkedIn.
            exact or any(sign.isupper() for sign in m[0][1:]),
            form_stem(m[0], language),
            family_stem(m[0], language),
        )
        for m in matches
    )
    gaps = tuple(term[a.end() : b.start()] for a, b in pairwise(matches))
    before = _LAST_SIGN.search(term[: matches[0].start()])
    after = _SIGN.match(term, matches[-1].end())
    signs = (before[0] if before else "", after[0] if after else "")
    return Phrase(words, gaps, *signs, entry)


class Index:
    """Index of phrases by their first words."""

    def __init__(self, phrases: Iterable[Phrase], language: str) -> None:
        self.language = language
        self._by_word: dict[str, list[Phrase]] = {}
        for one in phrases:
            first = one.words[0]
            self._by_word.setdefault(first.text if first.exact else first.form_stem, []).append(one)

    def find(self, text: str, words: list[Token]) -> Iterator[TermMatch]:
        """Yield the longest phrases at each place, in order; longer ones hide those inside."""
        at = 0
        while at < len(words):
            fits = [
                (len(one.words), one.entry)
                for one in self._candidates(words[at].text)
                if _matches_at(one, text, words, at, self.language)
            ]
            longest = max(fits)[0] if fits else 1
            for length, entry in fits:
                if length == longest:
                    yield TermMatch(entry, words[at].start, words[at + length - 1].end)
            at += longest

    def _candidates(self, word: str) -> Iterator[Phrase]:
        if word:
            # Exact terms are indexed as written, so their plural is looked up without its s.
            keys = dict.fromkeys((word, word.removesuffix("s"), form_stem(word, self.language)))
            for key in keys:
                yield from self._by_word.get(key, ())


def contains_any(text: str, words: list[Token], phrases: Iterable[Phrase], language: str) -> bool:
    """Return whether a text has one of the phrases; other words of the family count, too."""
    starts: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        if word.text:
            starts.setdefault(family_stem(word.text, language), []).append(at)
    return any(
        _matches_at(one, text, words, at, language, strict=False)
        for one in phrases
        for at in starts.get(one.words[0].family_stem, ())
    )


def _matches_at(
    one: Phrase, text: str, words: list[Token], at: int, language: str, *, strict: bool = True
) -> bool:
    """Return whether the words from an index on are the phrase's, with nothing else between."""
    here = words[at : at + len(one.words)]
    if len(here) < len(one.words):
        return False
    pairs = zip(one.words, here, strict=True)
    if not all(_is_same_word(word, token.text, language, strict) for word, token in pairs):
        return False
    for gap, (left, right) in zip(one.gaps, pairwise(here), strict=True):
        between = text[left.end : right.start]
        if between.strip() != gap.strip() and not _JOINT.fullmatch(between):
            return False
    signs = text[: here[0].start].endswith(one.before)
    return signs and text.startswith(one.after, here[-1].end)


def _is_same_word(word: _Word, text: str, language: str, strict: bool) -> bool:
    if word.exact:
        return text in (word.text, word.text + "s")
    if strict:
        same_stem = form_stem(text, language) == word.form_stem
    else:
        same_stem = family_stem(text, language) == word.family_stem
    return same_stem and can_be_forms(word.text, text, language)
