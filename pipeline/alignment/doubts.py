"""Lower the confidence of pairs that the rest of the alignment contradicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.alignment.lattice import DOUBTS, Bead
from pipeline.alignment.lexicon import WORD, words
from pipeline.markdown import EMAIL, URL, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model import Article

__all__ = [
    "CLEAR_CONFIDENCE",
    "DOUBTED_CONFIDENCE",
    "add_doubts",
    "count_sure",
    "is_copy",
    "is_same",
]

DOUBTED_CONFIDENCE = 0.7
"""Highest confidence of a bead with one doubt: if order, numbers or length speak against it, if it
looks no more like a translation than any other two texts, or if another pairing fits nearly as
well; with two such doubts its square. Of 1,009 beads with one doubt 929 were right, of 38 with two
one was (3 in 20 blocks damaged).
"""
CLEAR_CONFIDENCE = 0.8
"""Confidence below which a bead is doubtful for that alone."""
_SURE_SHARE = 0.25
"""Share of the texts that must be paired without a doubt. In versions of one article damaged in 15
of 100 places more are; in two articles that have nothing in common fewer (Debian Handbook, novels).
"""
_FEW_TEXTS = 4
"""Fewer texts than this do not show whether two versions are of one article."""
_OTHER_FACTOR = 0.6
"""Factor for all confidences if two versions seem to be of two articles."""
_CELL = "table cell"


def count_sure(beads: Iterable[Bead]) -> int:
    """Count the pairs that nothing speaks against."""
    return sum(
        bool(b.source and b.version and b.confidence >= CLEAR_CONFIDENCE and not b.reason)
        for b in beads
    )


def add_doubts(beads: list[Bead], source: Article, texts: int) -> list[Bead]:
    """Return the beads with the doubts that other beads raise.

    ``texts`` is the number of texts on the side that has fewer.
    """
    return _doubt_all(_doubt_rows(beads, source), texts)


def _doubt_rows(beads: list[Bead], source: Article) -> list[Bead]:
    """Doubt all cells of a table row if one of them has other numbers or another order.

    Rows change places as wholes, and most of their cells are too short to show it.
    """
    moved_rows = {
        source.segments[i].line
        for bead in beads
        for i in bead.source
        if source.segments[i].kind == _CELL
        and (DOUBTS["numbers"] in bead.reason or DOUBTS["order"] in bead.reason)
    }

    def judge(bead: Bead) -> Bead:
        cells = [source.segments[i] for i in bead.source]
        if bead.reason or not any(s.kind == _CELL and s.line in moved_rows for s in cells):
            return bead
        return bead._replace(
            confidence=min(bead.confidence, DOUBTED_CONFIDENCE), reason=DOUBTS["order"]
        )

    return [judge(bead) if bead.version else bead for bead in beads]


def _doubt_all(beads: list[Bead], texts: int) -> list[Bead]:
    """Doubt all beads if too few are sure for two versions of one article."""
    if texts < _FEW_TEXTS or count_sure(beads) >= _SURE_SHARE * texts:
        return beads
    return [
        bead._replace(
            confidence=bead.confidence * _OTHER_FACTOR,
            reason="; ".join(filter(None, (DOUBTS["other"], bead.reason))),
        )
        if bead.source and bead.version
        else bead
        for bead in beads
    ]


_LEAST_WORDS = 3
"""Fewer words than this without a capital make a name, or a title that is the same everywhere."""
_MANY_WORDS = 6
"""Number of different words from which a text with a few changes is known as a copy, too."""
# A copy of an older state has hardly a word that is not in the source, but the source may have
# got many words since.
_VERSION_SHARE = 0.9
_SOURCE_SHARE = 0.6


def is_same(source: str, version: str) -> bool:
    """Return whether two texts with letters are equal, except for white space."""
    return WORD.search(source) is not None and source.split() == version.split()


def is_copy(source: str, version: str, labels: frozenset[str] = frozenset()) -> bool:
    """Return whether a text is a copy of its source, or of an older state of it.

    Names, code, addresses and titles of few words may well be the same in two languages and
    are no copies. ``labels`` are the reference labels of both articles.
    """
    prose = _prose(source, labels)
    if sum(word == word.lower() for word in WORD.findall(prose)) < _LEAST_WORDS:
        return False
    if is_same(source, version):
        return True
    source_words, version_words = set(words(prose)), set(words(_prose(version, labels)))
    if min(len(source_words), len(version_words)) < _MANY_WORDS:
        return False
    common_count = len(source_words & version_words)
    if common_count < _VERSION_SHARE * len(version_words):
        return False
    return common_count >= _SOURCE_SHARE * len(source_words)


def _prose(text: str, labels: frozenset[str]) -> str:
    return EMAIL.sub(" ", URL.sub(" ", visible(text, labels, ("code",))))
