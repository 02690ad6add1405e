"""What a look at all beads of two versions makes doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.alignment.lattice import DOUBTS, Bead
from pipeline.alignment.lexicon import WORD, words
from pipeline.markdown import EMAIL, URL, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model import Article

__all__ = ["CLEAR", "DOUBTED", "count_sure", "doubted", "is_copy", "same"]

DOUBTED = 0.7
"""No bead is surer than this if order, numbers or length speak against it, or if it looks no
more like a translation than any other two texts; if two of these do, than its square. Of 1,009
beads with one doubt 929 were right, of 38 with two one was (3 in 20 blocks damaged)."""
CLEAR = 0.8
"""A bead that is less sure than this is doubtful for that alone."""
_FITTING = 0.25
"""In versions of one article damaged in 15 of 100 places, more of the texts than this are paired
without a doubt; in two articles that have nothing in common, fewer (Debian Handbook, novels)."""
_FEW = 4
"""Fewer texts than this do not show whether two versions are of one article."""
_OTHER = 0.6
"""Weight of all confidences where two versions seem to be of two articles."""
_CELL = "table cell"


def count_sure(beads: Iterable[Bead]) -> int:
    """Count the pairs that nothing speaks against."""
    return sum(
        bool(b.source and b.version and b.confidence >= CLEAR and not b.reason) for b in beads
    )


def doubted(beads: list[Bead], source: Article, texts: int) -> list[Bead]:
    """Doubt what other beads speak against; ``texts`` is the number of the side that has fewer."""
    return _as_others(_by_rows(beads, source), texts)


def _by_rows(beads: list[Bead], source: Article) -> list[Bead]:
    """Doubt all cells of a table's row, if one of them has other numbers or another order.

    Rows change places as wholes, and most of their cells are too short to show it.
    """
    moved = {
        source.segments[i].line
        for bead in beads
        for i in bead.source
        if source.segments[i].kind == _CELL
        and (DOUBTS["numbers"] in bead.reason or DOUBTS["order"] in bead.reason)
    }

    def judged(bead: Bead) -> Bead:
        cells = [source.segments[i] for i in bead.source]
        if bead.reason or not any(s.kind == _CELL and s.line in moved for s in cells):
            return bead
        return bead._replace(confidence=min(bead.confidence, DOUBTED), reason=DOUBTS["order"])

    return [judged(bead) if bead.version else bead for bead in beads]


def _as_others(beads: list[Bead], texts: int) -> list[Bead]:
    """Doubt all beads, if too few are sure for two versions of one article."""
    if texts < _FEW or count_sure(beads) >= _FITTING * texts:
        return beads
    return [
        bead._replace(
            confidence=bead.confidence * _OTHER,
            reason="; ".join(filter(None, (DOUBTS["other"], bead.reason))),
        )
        if bead.source and bead.version
        else bead
        for bead in beads
    ]


_LEAST = 3
"""So many words without a capital are no name and no title that is the same everywhere."""
_MANY = 6
"""With so many words, a text that was changed here and there is known as a copy, too."""
_KEPT = 0.9
_TAKEN = 0.6


def same(source: str, version: str) -> bool:
    """Whether two texts have the same letters, and have letters; white space does not count."""
    return WORD.search(source) is not None and source.split() == version.split()


def is_copy(source: str, version: str, labels: frozenset[str] = frozenset()) -> bool:
    """Return whether a text is a copy of its source, or of an older state of it.

    Names, code, addresses and titles of few words may well be the same in two languages and
    are no copies. ``labels`` are the reference labels of both articles.
    """
    prose = _prose(source, labels)
    if sum(word == word.lower() for word in WORD.findall(prose)) < _LEAST:
        return False
    if same(source, version):
        return True
    left, right = set(words(prose)), set(words(_prose(version, labels)))
    if min(len(left), len(right)) < _MANY:
        return False
    common = len(left & right)
    return common >= _KEPT * len(right) and common >= _TAKEN * len(left)


def _prose(text: str, labels: frozenset[str]) -> str:
    return EMAIL.sub(" ", URL.sub(" ", visible(text, labels, ("code",))))
