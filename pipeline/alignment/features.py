"""Features of one text that its translation should share (numbers, names, punctuation)."""

from __future__ import annotations

import re
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from pipeline.alignment.lexicon import words
from pipeline.language import certain_numbers, spelt_numbers
from pipeline.markdown import EMAIL, URL, count_constructs, count_numbers, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SENTENCE", "Features", "numbers_differ", "read_features"]

_WORD = re.compile(r"[^\W\d_]{2,}")
_SHAPES = {
    "?": re.compile(r"[?？؟]"),
    "!": re.compile(r"[!！]"),
    "(": re.compile(r"[(（]"),
    '"': re.compile(r"[«»“”„「」『』\"]"),
    "…": re.compile(r"…|\.\.\."),
    ";": re.compile(r"[;；]"),
    ":": re.compile(r"[:：]"),
    "list": re.compile(r"\A\W{0,3}(?:[-*•]|\w{1,2}[.)])\s"),
}
# Looked for in the last characters only: what may stand behind them has no fixed length.
_ENDS = {
    "colon at the end": re.compile(r"[:：]\W*\Z"),
    "sentence end": re.compile(r"[.!?。！？…][\W_]*\Z"),
}
_END_CHARACTERS = 20
SENTENCE = "psentence end"
"""Mark of a text that ends as sentences do."""
_MOST_SPELT_OUT = 12
"""Highest number that may be written in letters on one side."""
_COGNATE_LETTERS = 4
"""Number of first letters that cognates have in common, if both words are longer (Simard, Foster
and Isabelle 1992).
"""


class Features(NamedTuple):
    """Features of one segment that are compared."""

    length: int
    """Number of characters that a reader sees, at least 1."""
    marks: frozenset[str]
    """The first character of each mark is its class: ``a`` address, code or handle, ``n`` number,
    ``t`` protected term, ``x`` word with a capital, ``c`` start of a longer word, ``p``
    punctuation, ``k`` kind of block.
    """
    words: tuple[str, ...]
    """Each word once, as returned by `lexicon.words`."""
    kind: str
    border: int = 0
    """Number of its section; texts of different sections are never joined."""


def read_features(
    text: str,
    kind: str,
    terms: Iterable[str] = (),
    border: int = 0,
    labels: frozenset[str] = frozenset(),
) -> Features:
    """Read the features of one segment.

    ``terms`` are the protected terms of both articles, ``labels`` the reference labels of its own.
    """
    visible_text = visible(text, labels).strip()
    prose = EMAIL.sub(" ", URL.sub(" ", visible_text))
    unique_words = tuple(dict.fromkeys(words(prose)))
    marks = {f"k{kind}"}
    marks.update(f"n{number}" for number in count_numbers(prose))
    marks.update(f"t{term}" for term in terms if term in text)
    marks.update(f"p{name}" for name, pattern in _SHAPES.items() if pattern.search(prose))
    marks.update(
        f"p{name}" for name, pattern in _ENDS.items() if pattern.search(prose[-_END_CHARACTERS:])
    )
    marks.update(f"{'a' if value else 'p'}{name} {value}" for name, value in count_constructs(text))
    marks.update(f"x{word.casefold()}" for word in _WORD.findall(prose) if word != word.lower())
    marks.update(
        f"c{word[:_COGNATE_LETTERS]}" for word in unique_words if len(word) > _COGNATE_LETTERS
    )
    # At least 1, because lengths are compared by their logarithms.
    return Features(max(1, len(visible_text)), frozenset(marks), unique_words, kind, border)


def numbers_differ(
    source: Iterable[str], version: Iterable[str], locales: tuple[str, str] = ("", "")
) -> bool:
    """Return whether numbers differ in a way that letters for digits do not explain.

    Numbers in letters are read where the language of a side is known.
    """
    texts = " ".join(source), " ".join(version)
    digits = [count_numbers(text) for text in texts]
    spelt = [spelt_numbers(text, locale) for text, locale in zip(texts, locales, strict=True)]
    words = [certain_numbers(text, locale) for text, locale in zip(texts, locales, strict=True)]
    unmatched = [
        {number for number in digits[one] - digits[other] if number not in spelt[other]}
        for one, other in ((0, 1), (1, 0))
    ]
    unmatched_words = [
        words[one] - spelt[other].keys() - digits[other].keys() for one, other in ((0, 1), (1, 0))
    ]
    # A number on one side only may be in letters on the other; numbers on both sides differ.
    return all(map(or_, unmatched, unmatched_words)) or any(
        len(n) > 2 or int(n) > _MOST_SPELT_OUT for side in unmatched for n in side
    )
