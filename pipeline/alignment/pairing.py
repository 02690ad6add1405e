"""Find which texts of a version that exists translate which texts of the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.alignment.doubts import CLEAR, DOUBTED, count_sure, doubted, is_copy
from pipeline.alignment.features import numbers_differ, read
from pipeline.alignment.filling import fill, outdated
from pipeline.alignment.lattice import DOUBTS, ONE_TO_ONE, Alignment, Bead, chain
from pipeline.alignment.lexicon import associate, joined
from pipeline.alignment.reordering import crossed, exchanged
from pipeline.alignment.scoring import PRIOR, Evidence, estimate, frequencies
from pipeline.alignment.sections import FRONT, blocks, match, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.alignment.features import Text
    from pipeline.alignment.lattice import Link
    from pipeline.alignment.lexicon import Lexicon
    from pipeline.alignment.scoring import Frequencies, Statistics
    from pipeline.alignment.sections import Pair
    from pipeline.model import Article

__all__ = ["Alignment", "Bead", "align", "fill", "outdated"]

_CERTAIN = 0.99
"""Confidence of what is paired by its place: front-matter keys, headings of paired sections."""
_WELL = 0.7
"""Share of the texts below which another way to pair sections is tried."""
_BETTER = 0.1
_SMALL = 60
"""With so few texts, all pairings are looked at in the second round, too."""


def align(source: Article, version: Article, lexicon: Lexicon | None = None) -> Alignment:
    """Align two versions of an article.

    Sections are paired first, and no bead crosses their borders. Then there are two
    rounds: the first pairs single texts, to see how long translations are, what they keep
    and which words stand for which in this document; the second finds all beads. Where few
    texts are paired so, sections may stand for something else on the other side: then all is
    aligned once more without them, and what pairs more texts surely is taken, if its pairs are
    likelier, too.
    """
    work = _Work(source, version, lexicon)
    sides = blocks(source), blocks(version)
    pairs = match(*sides, work.first)
    beads = work.beads(pairs)
    if len(pairs) > 1 and count_sure(beads) < _WELL * work.least:
        others = work.beads(whole(*sides))
        surer = count_sure(others) > count_sure(beads) + _BETTER * work.least
        if surer and work.support(others) > work.support(beads):
            beads = others
    beads = doubted(beads, source, work.least)
    return Alignment(tuple(_ordered(beads, len(source.segments), len(version.segments))))


class _Work:
    """The work on two articles."""

    def __init__(self, source: Article, version: Article, lexicon: Lexicon | None) -> None:
        self.articles = source, version
        self.lexicon = lexicon
        terms = tuple(dict.fromkeys(source.terms + version.terms))
        self.texts = _texts(source, terms), _texts(version, terms)
        self.known = frequencies(self.texts[0]), frequencies(self.texts[1])
        self.least = min(map(len, self.texts))
        # Where texts are missing, means stay what they are; totals do not.
        self.guess = PRIOR._replace(ratio=self.known[1].length / self.known[0].length)
        self.first = Evidence(*self.texts, self.known, self.guess, lexicon)

    def beads(self, pairs: Sequence[Pair]) -> list[Bead]:
        """Find the beads of the sections that were paired."""
        runs = [
            _Run(pair, self.texts, self.known, self.lexicon) for pair in pairs if not _front(pair)
        ]
        drafts = [chain(run.evidence(self.guess), ONE_TO_ONE) for run in runs]
        sure = self.sure(runs, drafts)
        statistics = estimate(sure, self.guess)
        lexicon = joined(self.lexicon, associate([(a.words, b.words) for a, b in sure]))
        found = [bead for pair in pairs if _front(pair) for bead in _by_key(pair, *self.articles)]
        for run, draft in zip(runs, drafts, strict=True):
            found += run._replace(lexicon=lexicon).beads(statistics, draft, self.articles)
        return found

    def support(self, beads: Iterable[Bead]) -> float:
        """Sum up the log odds of single texts, before anything was learnt from what was paired.

        Pairs that are wrong teach words that make them look right.
        """
        single = (b for b in beads if len(b.source) == len(b.version) == 1)
        return sum(self.first.score(b.source[0], 1, b.version[0], 1) for b in single)

    def sure(
        self, runs: Sequence[_Run], drafts: Sequence[Sequence[Link]]
    ) -> list[tuple[Text, Text]]:
        """Give the texts that the first round is sure of."""
        source, version = self.articles
        return [
            (self.texts[0][i], self.texts[1][j])
            for run, links in zip(runs, drafts, strict=True)
            for i, j in run.sure(links)
            # What was not translated does not show how translations differ from their sources.
            if not is_copy(source.segments[i].text, version.segments[j].text)
        ]


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

    def sure(self, links: Iterable[Link]) -> list[tuple[int, int]]:
        """Give the places of the texts that the first round is sure of."""
        left, right = self.places
        return [
            (left[link.i], right[link.j])
            for link in links
            if link.n and link.m and link.odds >= CLEAR
        ]

    def beads(
        self, statistics: Statistics, draft: Sequence[Link], articles: tuple[Article, Article]
    ) -> list[Bead]:
        """Do the second round."""
        left, right = self.places
        evidence = self.evidence(statistics)
        around = draft if len(left) + len(right) > _SMALL else None
        links, moved, close = exchanged(evidence, chain(evidence, around=around))
        astray = crossed(evidence, links)
        beads = [
            self.bead(evidence, link, articles, moved=link in moved, close=link in close)
            for link in links
            if link.n and link.m
        ]
        beads += [self.bead(evidence, link, articles, moved=True) for link in astray]
        if self.headed:
            i, j = self.pair.source.places[0], self.pair.version.places[0]
            odds = _CERTAIN * self.pair.trust
            beads.append(Bead((i,), (j,), odds, "" if odds >= CLEAR else DOUBTS["close"]))
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
        moved: bool,
        close: bool = False,
    ) -> Bead:
        """Make the bead of a link, with what speaks against it."""
        left = tuple(self.places[0][link.i : link.i + link.n])
        right = tuple(self.places[1][link.j : link.j + link.m])
        one, other = (
            [article.segments[i] for i in side]
            for article, side in zip(articles, (left, right), strict=True)
        )
        doubts = []
        if moved:
            doubts.append(DOUBTS["order"])
        if numbers_differ([s.text for s in one], [s.text for s in other]):
            doubts.append(DOUBTS["numbers"])
        if evidence.odd(*link[:4]):
            doubts.append(DOUBTS["length"])
        if (
            evidence.score(*link[:4]) <= 0
            or evidence.idle(*link[:4])
            or evidence.elsewhere(*link[:4])
        ):
            doubts.append(DOUBTS["strange"])
        # A length that is odd is part of what makes texts strange.
        against = len(set(doubts) - {DOUBTS["length"]}) or len(doubts)
        confidence = min(link.odds * self.pair.trust, DOUBTED**against)
        if not doubts and (close or confidence < CLEAR):
            confidence = min(confidence, DOUBTED if close else 1.0)
            doubts.append(DOUBTS["close"])
        # No less likely for that (19 of 20 are right), but nothing to be taken unseen.
        if link.n != link.m:
            doubts.append(DOUBTS["parts"])
        elif {s.kind == "heading" for s in one} != {s.kind == "heading" for s in other}:
            doubts.append(DOUBTS["kind"])
        return Bead(left, right, confidence, "; ".join(doubts))


def _ordered(beads: list[Bead], left: int, right: int) -> list[Bead]:
    """Put the beads in order, and add those of the texts that have none yet."""
    source = {i for bead in beads for i in bead.source}
    version = {j: bead.source for bead in beads for j in bead.version}
    beads += [Bead((i,), (), CLEAR) for i in range(left) if i not in source]
    beads += [Bead((), (j,), CLEAR) for j in range(right) if j not in version]
    after = [-1]
    for j in range(right):
        after.append(max(version.get(j) or after[-1:]))
    return sorted(
        beads,
        key=lambda b: (b.source[0], 0) if b.source else (after[b.version[0]], 1 + b.version[0]),
    )
