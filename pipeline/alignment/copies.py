"""Whether a text of a version was left in the language of the source."""

from __future__ import annotations

import re

from pipeline.alignment.features import plain
from pipeline.alignment.lexicon import WORD, words
from pipeline.markdown import EMAIL, URL

__all__ = ["is_copy", "same"]

_CODE = re.compile(r"(`+)[^`]+\1")
_LEAST = 3
"""So many words without a capital are no name and no title that is the same everywhere."""
_MANY = 6
"""With so many words, a text that was changed here and there is known as a copy, too."""
_KEPT = 0.9
_TAKEN = 0.6


def same(source: str, version: str) -> bool:
    """Whether two texts have the same letters, and have letters; white space does not count."""
    return WORD.search(source) is not None and source.split() == version.split()


def is_copy(source: str, version: str) -> bool:
    """Whether a text is a copy of its source, or of an older state of it.

    Names, code, addresses and titles of few words may well be the same in two languages and
    are no copies.
    """
    prose = _prose(source)
    if sum(word == word.lower() for word in WORD.findall(prose)) < _LEAST:
        return False
    if same(source, version):
        return True
    left, right = set(words(prose)), set(words(_prose(version)))
    if min(len(left), len(right)) < _MANY:
        return False
    common = len(left & right)
    return common >= _KEPT * len(right) and common >= _TAKEN * len(left)


def _prose(text: str) -> str:
    return EMAIL.sub(" ", URL.sub(" ", plain(_CODE.sub(" ", text))))
