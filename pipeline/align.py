"""Find which texts of a version that exists translate which texts of the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.beads import DOUBTS, ONE_TO_ONE, Alignment, Bead, chain, crossed, exchanged
from pipeline.evidence import PRIOR, Evidence, estimate, frequencies
from pipeline.fill import fill
from pipeline.marks import read
from pipeline.markup import numbers
from pipeline.sections import FRONT, blocks, match

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from pipeline.beads import Link
    from pipeline.evidence import Frequencies, Statistics
    from pipeline.lexicon import Lexicon
    from pipeline.marks import Text
    from pipeline.model import Article
    from pipeline.sections import Pair

__all__ = ["Alignment", "Bead", "align", "fill"]

_DOUBTED = 0.7
"""No bead is surer than this if order, numbers or length speak against it, or if
it looks no more like a translation than any other two texts."""
_CLEAR = 0.8
"""A bead that is less sure than this is doubtful for that alone."""
_CERTAIN = 0.99
"""Confidence of what is paired by its place: front-matter keys, headings of paired sections."""
_SPELT = 12
"""Numbers up to this may be written in letters on one side."""
_SMALL = 60
"""With so few texts, all pairings are looked at in the second round, too."""


def align(source: Article, version: Article, lexicon: Lexicon | None = None) -> Alignment:
    """Align two versions of an article.

    Sections are paired first, and no bead crosses their borders. Then there are two
    rounds: the first pairs single texts, to see how long translations are and what they
    keep in this document; the second finds all beads.
    """
    terms = tuple(dict.fromkeys(source.terms + version.terms))
    texts = _texts(source, terms), _texts(version, terms)
    known = frequencies(texts[0]), frequencies(texts[1])
    # Where texts are missing, means stay what they are; totals do not.
    guess = PRIOR._replace(ratio=known[1].length / known[0].length)
    evidence = Evidence(*texts, known, guess, lexicon)
    pairs = match(blocks(source), blocks(version), evidence)
    runs = [_Run(pair, texts, known, lexicon) for pair in pairs if not _front(pair)]
    drafts = [chain(run.evidence(guess), ONE_TO_ONE) for run in runs]
    sure = [pair for run, links in zip(runs, drafts, strict=True) for pair in run.sure(links)]
    statistics = estimate(sure, guess)
    beads = [bead for pair in pairs if _front(pair) for bead in _by_key(pair, source, version)]
    for run, draft in zip(runs, drafts, strict=True):
        beads += run.beads(statistics, draft, (source, version))
    return Alignment(tuple(_ordered(beads, len(texts[0]), len(texts[1]))))


def _texts(article: Article, terms: Iterable[str]) -> list[Text]:
    borders: dict[str, int] = {}
    return [
        read(s.text, s.kind, terms, borders.setdefault(s.context, len(borders)))
        for s in article.segments
    ]


def _front(pair: Pair) -> bool:
    return pair.source.section.slug == FRONT


def _by_key(pair: Pair, source: Article, version: Article) -> list[Bead]:
    """Pair the texts of the front matter by their keys, which are their kinds."""
    keys: dict[str, list[int]] = {}
    for j in pair.version.places:
        keys.setdefault(version.segments[j].kind, []).append(j)
    beads = []
    for i in pair.source.places:
        found = keys.get(source.segments[i].kind)
        if found:
            beads.append(Bead((i,), (found.pop(0),), _CERTAIN))
    return beads


class _Run(NamedTuple):
    """The work on one pair of sections."""

    pair: Pair
    texts: tuple[Sequence[Text], Sequence[Text]]
    """All of both documents."""
    known: tuple[Frequencies, Frequencies]
    lexicon: Lexicon | None

    @property
    def headed(self) -> bool:
        """Whether both sections begin with a heading, which then is a bead of its own."""
        return self.pair.source.headed and self.pair.version.headed

    @property
    def places(self) -> tuple[Sequence[int], Sequence[int]]:
        """Indexes of the segments that are to be aligned."""
        first = 1 if self.headed else 0
        return self.pair.source.places[first:], self.pair.version.places[first:]

    def evidence(self, statistics: Statistics) -> Evidence:
        """Weigh the texts of the two sections."""
        left = [self.texts[0][i] for i in self.places[0]]
        right = [self.texts[1][j] for j in self.places[1]]
        return Evidence(left, right, self.known, statistics, self.lexicon)

    def sure(self, links: Iterable[Link]) -> list[tuple[Text, Text]]:
        """Give the pairs of texts that the first round is sure of."""
        left, right = self.places
        return [
            (self.texts[0][left[link.i]], self.texts[1][right[link.j]])
            for link in links
            if link.n and link.m and link.odds >= _CLEAR
        ]

    def beads(
        self, statistics: Statistics, draft: Sequence[Link], articles: tuple[Article, Article]
    ) -> list[Bead]:
        """Do the second round."""
        left, right = self.places
        evidence = self.evidence(statistics)
        around = draft if len(left) + len(right) > _SMALL else None
        links = chain(evidence, around=around)
        astray = crossed(evidence, links)
        disordered = {*astray, *exchanged(evidence, links)}
        beads = [
            self.bead(evidence, link, articles, disordered=link in disordered)
            for link in (*links, *astray)
            if link.n and link.m
        ]
        if self.headed:
            i, j = self.pair.source.places[0], self.pair.version.places[0]
            odds = _CERTAIN * self.pair.trust
            beads.append(Bead((i,), (j,), odds, "" if odds >= _CLEAR else DOUBTS["close"]))
        found = {link.i for link in astray}, {link.j for link in astray}
        for link in links:
            odds = link.odds * self.pair.trust
            if not link.m and link.i not in found[0]:
                beads.append(Bead((left[link.i],), (), odds))
            if not link.n and link.j not in found[1]:
                beads.append(Bead((), (right[link.j],), odds))
        return beads

    def bead(
        self,
        evidence: Evidence,
        link: Link,
        articles: tuple[Article, Article],
        *,
        disordered: bool,
    ) -> Bead:
        """Make the bead of a link, with what speaks against it."""
        left = tuple(self.places[0][link.i : link.i + link.n])
        right = tuple(self.places[1][link.j : link.j + link.m])
        doubts = []
        if disordered or (link.n > 1 and link.m > 1):
            doubts.append(DOUBTS["order"])
        if _differ(
            *(_numbers(a, places) for a, places in zip(articles, (left, right), strict=True))
        ):
            doubts.append(DOUBTS["numbers"])
        if evidence.odd(*link[:4]):
            doubts.append(DOUBTS["length"])
        if evidence.score(*link[:4]) <= 0:
            doubts.append(DOUBTS["strange"])
        confidence = min(link.odds * self.pair.trust, _DOUBTED if doubts else 1.0)
        if confidence < _CLEAR and not doubts:
            doubts.append(DOUBTS["close"])
        return Bead(left, right, confidence, "; ".join(doubts))


def _numbers(article: Article, places: Iterable[int]) -> Counter[str]:
    return numbers(" ".join(article.segments[i].text for i in places))


def _differ(left: Counter[str], right: Counter[str]) -> bool:
    """Whether numbers differ in a way that letters for digits do not explain."""
    only = left - right, right - left
    return all(only) or any(len(n) > 2 or int(n) > _SPELT for side in only for n in side)


def _ordered(beads: list[Bead], left: int, right: int) -> list[Bead]:
    """Put the beads in order, and add those of the texts that have none yet."""
    source = {i for bead in beads for i in bead.source}
    version = {j: bead.source for bead in beads for j in bead.version}
    beads += [Bead((i,), (), _CLEAR) for i in range(left) if i not in source]
    beads += [Bead((), (j,), _CLEAR) for j in range(right) if j not in version]
    after = [-1]
    for j in range(right):
        after.append(max(version.get(j) or after[-1:]))
    return sorted(
        beads,
        key=lambda b: (b.source[0], 0) if b.source else (after[b.version[0]], 1 + b.version[0]),
    )
