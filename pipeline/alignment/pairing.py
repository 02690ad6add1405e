"""Pair the texts of an existing version with the texts of the source that they translate."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.alignment.doubts import (
    CLEAR_CONFIDENCE,
    DOUBTED_CONFIDENCE,
    add_doubts,
    count_sure,
    is_copy,
)
from pipeline.alignment.features import numbers_differ, read_features
from pipeline.alignment.lattice import DOUBTS, ONE_TO_ONE, Alignment, Bead, best_links
from pipeline.alignment.lexicon import associate, merge_lexicons
from pipeline.alignment.reordering import exchange_texts, pair_crossed
from pipeline.alignment.scoring import PRIOR, Evidence, estimate, frequencies
from pipeline.alignment.sections import FRONT, pair_sections, pair_whole, section_blocks
from pipeline.alignment.tables import pair_cells, pair_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.alignment.features import Features
    from pipeline.alignment.lattice import Link
    from pipeline.alignment.lexicon import Lexicon
    from pipeline.alignment.scoring import Statistics
    from pipeline.alignment.sections import Pair
    from pipeline.alignment.tables import TablePair
    from pipeline.model import Article, Segment

__all__ = ["align"]

_CERTAIN = 0.99
"""Confidence of texts paired by their place: front-matter keys, headings of paired sections."""
_WELL_PAIRED_SHARE = 0.7
"""Share of surely paired texts below which another way to pair sections is tried."""
_BETTER_SHARE = 0.1
_FULL_SEARCH = 60
"""Number of texts up to which all pairings are searched in the second round, too."""


def align(
    source: Article,
    version: Article,
    lexicon: Lexicon | None = None,
    *,
    locales: tuple[str, str] = ("", ""),
) -> Alignment:
    """Align two versions of an article.

    Sections are paired first, and no bead crosses their borders. Then there are two rounds: the
    first pairs single texts, to learn the length of translations, the marks that they keep and the
    translations of words in this document; the second finds all beads. If few texts are surely
    paired, a section may correspond to another one on the other side: then all texts are aligned
    once more without sections, and the result that surely pairs more texts is taken, if its pairs
    are likelier, too. ``locales`` are those of both sides, for numbers in letters.
    """
    aligner = _Aligner(source, version, lexicon, locales)
    sides = section_blocks(source), section_blocks(version)
    pairs = pair_sections(*sides, aligner.first_evidence)
    beads = aligner.beads(pairs)
    if len(pairs) > 1 and count_sure(beads) < _WELL_PAIRED_SHARE * aligner.fewest_texts:
        other_beads = aligner.beads(pair_whole(*sides))
        is_surer = (
            count_sure(other_beads) > count_sure(beads) + _BETTER_SHARE * aligner.fewest_texts
        )
        if is_surer and aligner.sum_of_odds(other_beads) > aligner.sum_of_odds(beads):
            beads = other_beads
    beads = add_doubts(beads, source, aligner.fewest_texts)
    return Alignment(tuple(_complete(beads, len(source.segments), len(version.segments))))


class _Aligner:
    """The alignment of two articles."""

    def __init__(
        self,
        source: Article,
        version: Article,
        lexicon: Lexicon | None,
        locales: tuple[str, str],
    ) -> None:
        self.articles = source, version
        self.locales = locales
        self.lexicon = lexicon
        terms = tuple(dict.fromkeys(source.terms + version.terms))
        self.texts = _read_texts(source, terms), _read_texts(version, terms)
        self.frequencies = frequencies(self.texts[0]), frequencies(self.texts[1])
        self.fewest_texts = min(map(len, self.texts))
        # Where texts are missing, means stay what they are; totals do not.
        self.prior = PRIOR._replace(ratio=self.frequencies[1].length / self.frequencies[0].length)
        self.first_evidence = Evidence(*self.texts, self.frequencies, self.prior, lexicon)

    def beads(self, pairs: Sequence[Pair]) -> list[Bead]:
        """Return the beads of the sections that were paired."""
        sections = [pair for pair in pairs if not _is_front_matter(pair)]
        whole_runs = [_texts_below_headings(pair) for pair in sections]
        tables = [
            (pair, run.trust)
            for run in whole_runs
            for pair in pair_tables(self.articles, run.source, run.version)
        ]
        runs = _without_tables(whole_runs, [pair for pair, _ in tables])
        drafts = [
            best_links(self.evidence(run, self.prior, self.lexicon), ONE_TO_ONE) for run in runs
        ]
        sure_pairs = self.sure_pairs(runs, drafts)
        statistics = estimate(sure_pairs, self.prior)
        lexicon = merge_lexicons(
            self.lexicon, associate([(a.words, b.words) for a, b in sure_pairs])
        )
        fronts = filter(_is_front_matter, pairs)
        beads = [bead for pair in fronts for bead in _pair_by_key(pair, *self.articles)]
        headings = [bead for pair in sections for bead in _pair_headings(pair)]
        cells = [
            bead
            for table, trust in tables
            for bead in self.cell_beads(table, trust, statistics, lexicon)
        ]
        beads = [self.doubt_numbers(bead) for bead in beads + headings + cells]
        for run, draft in zip(runs, drafts, strict=True):
            evidence = self.evidence(run, statistics, lexicon)
            beads += _SecondRound(run, self.articles, evidence, draft, self.locales).beads()
        return beads

    def cell_beads(
        self, table: TablePair, trust: float, statistics: Statistics, lexicon: Lexicon | None
    ) -> Iterator[Bead]:
        """Yield the pairs of the cells of a table whose rows were paired."""
        run = _Run(table.places(0), table.places(1), trust)
        for pair in pair_cells(table, self.evidence(run, statistics, lexicon)):
            confidence, doubt = pair.odds * trust, ""
            if pair.score <= 0:
                confidence, doubt = min(confidence, DOUBTED_CONFIDENCE), "strange"
            elif confidence < CLEAR_CONFIDENCE:
                doubt = "close"
            yield Bead((pair.source,), (pair.version,), confidence, DOUBTS[doubt] if doubt else "")

    def doubt_numbers(self, bead: Bead) -> Bead:
        """Doubt a pair of texts that have other numbers, though their place is the same."""
        one = [self.articles[0].segments[i].text for i in bead.source]
        other = [self.articles[1].segments[j].text for j in bead.version]
        if bead.reason or not numbers_differ(one, other, self.locales):
            return bead
        confidence = min(bead.confidence, DOUBTED_CONFIDENCE)
        return bead._replace(confidence=confidence, reason=DOUBTS["numbers"])

    def evidence(self, run: _Run, statistics: Statistics, lexicon: Lexicon | None) -> Evidence:
        """Return the evidence for the texts of two sections."""
        left = [self.texts[0][i] for i in run.source]
        right = [self.texts[1][j] for j in run.version]
        return Evidence(left, right, self.frequencies, statistics, lexicon)

    def sum_of_odds(self, beads: Iterable[Bead]) -> float:
        """Return the sum of the log odds of single texts, before anything was learnt from pairs.

        Pairs that are wrong teach words that make them look right.
        """
        single = (b for b in beads if len(b.source) == len(b.version) == 1)
        return sum(self.first_evidence.score(b.source[0], 1, b.version[0], 1) for b in single)

    def sure_pairs(
        self, runs: Sequence[_Run], drafts: Sequence[Sequence[Link]]
    ) -> list[tuple[Features, Features]]:
        """Return the pairs of texts that the first round is sure of, without untranslated ones."""
        source, version = self.articles
        labels = source.labels | version.labels
        places = (
            (run.source[link.i], run.version[link.j])
            for run, links in zip(runs, drafts, strict=True)
            for link in links
            if link.n and link.m and link.odds >= CLEAR_CONFIDENCE
        )
        return [
            (self.texts[0][i], self.texts[1][j])
            for i, j in places
            # What was not translated does not show how translations differ from their sources.
            if not is_copy(source.segments[i].text, version.segments[j].text, labels)
        ]


def _read_texts(article: Article, terms: Iterable[str]) -> list[Features]:
    borders: dict[str, int] = {}
    return [
        read_features(
            s.text, s.kind, terms, borders.setdefault(s.context, len(borders)), article.labels
        )
        for s in article.segments
    ]


def _is_front_matter(pair: Pair) -> bool:
    return pair.source.section.slug == FRONT


def _pair_by_key(pair: Pair, source: Article, version: Article) -> Iterator[Bead]:
    """Yield the pairs of front-matter texts with the same key, which is their kind."""
    keys: dict[str, list[int]] = {}
    for j in pair.version.places:
        keys.setdefault(version.segments[j].kind, []).append(j)
    for i in pair.source.places:
        if same := keys.get(source.segments[i].kind):
            yield Bead((i,), (same.pop(0),), _CERTAIN)


def _pair_headings(pair: Pair) -> Iterator[Bead]:
    """Yield the pair of the headings of two sections, if both have one."""
    if _have_headings(pair):
        confidence = _CERTAIN * pair.trust
        reason = "" if confidence >= CLEAR_CONFIDENCE else DOUBTS["close"]
        yield Bead(pair.source.places[:1], pair.version.places[:1], confidence, reason)


def _have_headings(pair: Pair) -> bool:
    return pair.source.has_heading and pair.version.has_heading


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


def _texts_below_headings(pair: Pair) -> _Run:
    """Return the texts of two sections, without their headings if both have one."""
    first = 1 if _have_headings(pair) else 0
    return _Run(pair.source.places[first:], pair.version.places[first:], pair.trust)


def _without_tables(runs: Sequence[_Run], tables: Sequence[TablePair]) -> list[_Run]:
    """Return the runs without the cells of some tables."""
    if not tables:
        return list(runs)
    source, version = (
        frozenset(place for table in tables for place in table.places(side)) for side in (0, 1)
    )
    return [
        run._replace(
            source=[i for i in run.source if i not in source],
            version=[j for j in run.version if j not in version],
        )
        for run in runs
    ]


class _SecondRound:
    """All beads of a run, with their doubts; ``draft`` is of the first round."""

    def __init__(
        self,
        run: _Run,
        articles: tuple[Article, Article],
        evidence: Evidence,
        draft: Sequence[Link],
        locales: tuple[str, str],
    ) -> None:
        self.run = run
        self.locales = locales
        self.articles = articles
        self.evidence = evidence
        around = draft if len(run.source) + len(run.version) > _FULL_SEARCH else None
        self.links, moved_links, self.close_links = exchange_texts(
            evidence, best_links(evidence, around=around)
        )
        self.crossed_links = pair_crossed(evidence, self.links)
        self.moved_links = moved_links.union(self.crossed_links)

    def beads(self) -> list[Bead]:
        """Return the beads of all texts, those without a counterpart last."""
        paired = [link for link in self.links if link.n and link.m]
        return [*map(self.bead_of, paired + self.crossed_links), *self.unpaired_beads()]

    def unpaired_beads(self) -> list[Bead]:
        """Return the beads of texts that have no counterpart, not even in another order."""
        source = {link.i for link in self.crossed_links}
        version = {link.j for link in self.crossed_links}
        links = [
            link
            for link in self.links
            if (not link.m and link.i not in source) or (not link.n and link.j not in version)
        ]
        return [Bead(*self.run.places(link), link.odds * self.run.trust) for link in links]

    def bead_of(self, link: Link) -> Bead:
        """Return the bead of a link, with its doubts."""
        source, version = self.run.places(link)
        one = [self.articles[0].segments[i] for i in source]
        other = [self.articles[1].segments[j] for j in version]
        doubts = self.find_doubts(link, one, other)
        # A length that is odd is part of what makes texts strange.
        doubt_count = len(set(doubts) - {"length"}) or len(doubts)
        confidence = min(link.odds * self.run.trust, DOUBTED_CONFIDENCE**doubt_count)
        if not doubts and confidence < CLEAR_CONFIDENCE:
            doubts.append("close")
        # No less likely for that (19 of 20 are right), but nothing to be taken unseen.
        if len(one) != len(other):
            doubts.append("parts")
        elif _are_headings(one) != _are_headings(other):
            doubts.append("kind")
        return Bead(source, version, confidence, "; ".join(DOUBTS[doubt] for doubt in doubts))

    def find_doubts(
        self, link: Link, one: Sequence[Segment], other: Sequence[Segment]
    ) -> list[str]:
        """Return the doubts that make a link less likely, as keys of `DOUBTS`."""
        signs = {
            "order": link in self.moved_links,
            "numbers": numbers_differ([s.text for s in one], [s.text for s in other], self.locales),
            "length": self.evidence.lengths_differ(*link[:4]),
            "strange": self.evidence.is_unlikely(*link[:4]),
        }
        doubts = [doubt for doubt, is_there in signs.items() if is_there]
        return doubts or (["close"] if link in self.close_links else [])


def _are_headings(segments: Iterable[Segment]) -> set[bool]:
    return {segment.kind == "heading" for segment in segments}


def _complete(beads: list[Bead], source_count: int, version_count: int) -> list[Bead]:
    """Sort the beads, and add those of the texts that have none yet."""
    paired_source = {i for bead in beads for i in bead.source}
    sources = {j: bead.source for bead in beads for j in bead.version}
    beads += [
        Bead((i,), (), CLEAR_CONFIDENCE) for i in range(source_count) if i not in paired_source
    ]
    beads += [Bead((), (j,), CLEAR_CONFIDENCE) for j in range(version_count) if j not in sources]
    after = [-1]
    for j in range(version_count):
        after.append(max(sources.get(j) or after[-1:]))
    return sorted(
        beads,
        key=lambda b: (b.source[0], 0) if b.source else (after[b.version[0]], 1 + b.version[0]),
    )
