"""Pair the texts of an existing version with the texts of the source that they translate."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.alignment.doubts import CLEAR, DOUBTED, count_sure, doubted, is_copy
from pipeline.alignment.features import numbers_differ, read
from pipeline.alignment.lattice import DOUBTS, ONE_TO_ONE, Alignment, Bead, chain
from pipeline.alignment.lexicon import associate, joined
from pipeline.alignment.reordering import crossed, exchanged
from pipeline.alignment.scoring import PRIOR, Evidence, estimate, frequencies
from pipeline.alignment.sections import FRONT, blocks, match, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.alignment.features import Text
    from pipeline.alignment.lattice import Link
    from pipeline.alignment.lexicon import Lexicon
    from pipeline.alignment.scoring import Statistics
    from pipeline.alignment.sections import Pair
    from pipeline.model import Article, Segment

__all__ = ["align"]

_CERTAIN = 0.99
"""Confidence of texts paired by their place: front-matter keys, headings of paired sections."""
_WELL = 0.7
"""Share of surely paired texts below which another way to pair sections is tried."""
_BETTER = 0.1
_SMALL = 60
"""Number of texts up to which all pairings are searched in the second round, too."""


def align(source: Article, version: Article, lexicon: Lexicon | None = None) -> Alignment:
    """Align two versions of an article.

    Sections are paired first, and no bead crosses their borders. Then there are two rounds: the
    first pairs single texts, to learn the length of translations, the marks that they keep and the
    translations of words in this document; the second finds all beads. If few texts are surely
    paired, a section may correspond to another one on the other side: then all texts are aligned
    once more without sections, and the result that surely pairs more texts is taken, if its pairs
    are likelier, too.
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
    """The alignment of two articles."""

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
        """Return the beads of the sections that were paired."""
        sections = [pair for pair in pairs if not _front(pair)]
        runs = [_run(pair) for pair in sections]
        drafts = [chain(self.evidence(run, self.guess, self.lexicon), ONE_TO_ONE) for run in runs]
        sure = self.sure(runs, drafts)
        statistics = estimate(sure, self.guess)
        lexicon = joined(self.lexicon, associate([(a.words, b.words) for a, b in sure]))
        fronts = filter(_front, pairs)
        beads = [bead for pair in fronts for bead in _by_key(pair, *self.articles)]
        for pair, run, draft in zip(sections, runs, drafts, strict=True):
            evidence = self.evidence(run, statistics, lexicon)
            beads += _SecondRound(run, self.articles, evidence, draft).beads()
            beads += _by_heading(pair)
        return beads

    def evidence(self, run: _Run, statistics: Statistics, lexicon: Lexicon | None) -> Evidence:
        """Return the evidence for the texts of two sections."""
        left = [self.texts[0][i] for i in run.source]
        right = [self.texts[1][j] for j in run.version]
        return Evidence(left, right, self.known, statistics, lexicon)

    def support(self, beads: Iterable[Bead]) -> float:
        """Return the sum of the log odds of single texts, before anything was learnt from pairs.

        Pairs that are wrong teach words that make them look right.
        """
        single = (b for b in beads if len(b.source) == len(b.version) == 1)
        return sum(self.first.score(b.source[0], 1, b.version[0], 1) for b in single)

    def sure(
        self, runs: Sequence[_Run], drafts: Sequence[Sequence[Link]]
    ) -> list[tuple[Text, Text]]:
        """Return the pairs of texts that the first round is sure of, without untranslated ones."""
        source, version = self.articles
        labels = source.labels | version.labels
        places = (
            (run.source[link.i], run.version[link.j])
            for run, links in zip(runs, drafts, strict=True)
            for link in links
            if link.n and link.m and link.odds >= CLEAR
        )
        return [
            (self.texts[0][i], self.texts[1][j])
            for i, j in places
            # What was not translated does not show how translations differ from their sources.
            if not is_copy(source.segments[i].text, version.segments[j].text, labels)
        ]


def _texts(article: Article, terms: Iterable[str]) -> list[Text]:
    borders: dict[str, int] = {}
    return [
        read(s.text, s.kind, terms, borders.setdefault(s.context, len(borders)), article.labels)
        for s in article.segments
    ]


def _front(pair: Pair) -> bool:
    return pair.source.section.slug == FRONT


def _by_key(pair: Pair, source: Article, version: Article) -> Iterator[Bead]:
    """Yield the pairs of front-matter texts with the same key, which is their kind."""
    keys: dict[str, list[int]] = {}
    for j in pair.version.places:
        keys.setdefault(version.segments[j].kind, []).append(j)
    for i in pair.source.places:
        if same := keys.get(source.segments[i].kind):
            yield Bead((i,), (same.pop(0),), _CERTAIN)


def _by_heading(pair: Pair) -> Iterator[Bead]:
    """Yield the pair of the headings of two sections, if both have one."""
    if _headed(pair):
        confidence = _CERTAIN * pair.trust
        doubt = "" if confidence >= CLEAR else DOUBTS["close"]
        yield Bead(pair.source.places[:1], pair.version.places[:1], confidence, doubt)


def _headed(pair: Pair) -> bool:
    return pair.source.headed and pair.version.headed


class _Run(NamedTuple):
    """Texts of two paired sections that are to be aligned, as indexes of their segments."""

    source: Sequence[int]
    version: Sequence[int]
    trust: float
    """Confidence that the sections are a pair, 0 to 1."""

    def places(self, link: Link) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the indexes of the segments on both sides of a link."""
        return (
            tuple(self.source[link.i : link.i + link.n]),
            tuple(self.version[link.j : link.j + link.m]),
        )


def _run(pair: Pair) -> _Run:
    """Return the texts of two sections, without their headings if both have one."""
    first = 1 if _headed(pair) else 0
    return _Run(pair.source.places[first:], pair.version.places[first:], pair.trust)


class _SecondRound:
    """All beads of a run, with their doubts; ``draft`` is of the first round."""

    def __init__(
        self,
        run: _Run,
        articles: tuple[Article, Article],
        evidence: Evidence,
        draft: Sequence[Link],
    ) -> None:
        self.run = run
        self.articles = articles
        self.evidence = evidence
        around = draft if len(run.source) + len(run.version) > _SMALL else None
        self.links, moved, self.close = exchanged(evidence, chain(evidence, around=around))
        self.astray = crossed(evidence, self.links)
        self.moved = moved.union(self.astray)

    def beads(self) -> list[Bead]:
        """Return the beads of all texts, those without a counterpart last."""
        paired = [link for link in self.links if link.n and link.m]
        return [*map(self.bead, paired + self.astray), *self.alone()]

    def alone(self) -> list[Bead]:
        """Return the beads of texts that have no counterpart, not even in another order."""
        source, version = {link.i for link in self.astray}, {link.j for link in self.astray}
        links = [
            link
            for link in self.links
            if (not link.m and link.i not in source) or (not link.n and link.j not in version)
        ]
        return [Bead(*self.run.places(link), link.odds * self.run.trust) for link in links]

    def bead(self, link: Link) -> Bead:
        """Return the bead of a link, with its doubts."""
        source, version = self.run.places(link)
        one = [self.articles[0].segments[i] for i in source]
        other = [self.articles[1].segments[j] for j in version]
        doubts = self.doubts(link, one, other)
        # A length that is odd is part of what makes texts strange.
        against = len(set(doubts) - {"length"}) or len(doubts)
        confidence = min(link.odds * self.run.trust, DOUBTED**against)
        if not doubts and confidence < CLEAR:
            doubts.append("close")
        # No less likely for that (19 of 20 are right), but nothing to be taken unseen.
        if len(one) != len(other):
            doubts.append("parts")
        elif _are_headings(one) != _are_headings(other):
            doubts.append("kind")
        return Bead(source, version, confidence, "; ".join(DOUBTS[doubt] for doubt in doubts))

    def doubts(self, link: Link, one: Sequence[Segment], other: Sequence[Segment]) -> list[str]:
        """Return the doubts that make a link less likely, as keys of `DOUBTS`."""
        signs = {
            "order": link in self.moved,
            "numbers": numbers_differ([s.text for s in one], [s.text for s in other]),
            "length": self.evidence.odd(*link[:4]),
            "strange": self.evidence.strange(*link[:4]),
        }
        doubts = [doubt for doubt, is_there in signs.items() if is_there]
        return doubts or (["close"] if link in self.close else [])


def _are_headings(segments: Iterable[Segment]) -> set[bool]:
    return {segment.kind == "heading" for segment in segments}


def _ordered(beads: list[Bead], left: int, right: int) -> list[Bead]:
    """Sort the beads, and add those of the texts that have none yet."""
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
