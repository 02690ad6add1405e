"""Pair the sections of a version with the sections of the source."""

from __future__ import annotations

from collections import deque
from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

from pipeline.alignment.lattice import ONE_TO_ONE, TEMPERATURE, best_links
from pipeline.alignment.lexicon import fold
from pipeline.alignment.reordering import CROSSING, pair_crossed
from pipeline.language import SimilarityIndex
from pipeline.model import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.alignment.lattice import Link
    from pipeline.alignment.scoring import Evidence
    from pipeline.model import Article

    _Likeness = tuple[float, int, int]
    """Similarity, 0 to 1, of a section of the source and one of the version, and their indexes."""
    Likeness = Callable[[Sequence[Section], Sequence[Section]], Iterator[_Likeness]]

__all__ = ["FRONT", "Block", "Pair", "pair_sections", "pair_whole", "section_blocks"]

FRONT = "front-matter"
_INTRODUCTION = "introduction"
_NAMES_ALIKE = 0.86
"""Least similarity of two names; one letter in seven may differ."""
_ORGANISATIONS_ALIKE = 0.9


class Block(NamedTuple):
    """The segments of one section."""

    section: Section
    places: tuple[int, ...]
    """Indexes into the article's segments, ascending."""
    has_heading: bool
    """True if the first of them is the section's heading."""


class Pair(NamedTuple):
    """Two sections that are each other's translation."""

    source: Block
    version: Block
    trust: float
    """Confidence in the pair, 0 to 1."""


def section_blocks(article: Article) -> list[Block]:
    """Group the segments by their section, in the order of the sections' first segments."""
    # Reversed, so that the first of several sections with a slug counts.
    sections = {section.slug: section for section in reversed(article.sections)}
    places: dict[str, list[int]] = {}
    for at, segment in enumerate(article.segments):
        places.setdefault(segment.context, []).append(at)
    groups = []
    for slug, inside in places.items():
        first = article.segments[inside[0]]
        section = sections.get(slug) or Section(slug, "", first.line)
        headed = first.kind == "heading" and first.line == section.line
        groups.append(Block(section, tuple(inside), headed))
    return groups


def pair_sections(
    source: Sequence[Block],
    version: Sequence[Block],
    evidence: Evidence,
) -> list[Pair]:
    """Pair the sections: by slug, handle, name, organisation, then by their contents.

    ``evidence`` is about all segments of both sides. If one side has no sections at all, its text
    is paired with the whole text of the other side.
    """
    if _has_no_sections(source) != _has_no_sections(version):
        return pair_whole(source, version)
    left, right = list(source), list(version)
    pairs: list[Pair] = []
    for key in _KEYS:
        pairs += _pop_same(left, right, key)
    for likeness, trust in _LIKENESSES:
        pairs += _pop_alike(left, right, likeness, trust)
    left = [b for b in left if b.section.slug not in (FRONT, _INTRODUCTION)]
    right = [b for b in right if b.section.slug not in (FRONT, _INTRODUCTION)]
    contents = _Contents(left, right, evidence)
    for link in _pair_by_contents(contents):
        if link.odds >= _LEAST_ODDS:
            pairs.append(Pair(left[link.i], right[link.j], link.odds))
    return sorted(pairs, key=lambda pair: pair.source.places)


_LEAST_ODDS = 0.5
"""Least odds of sections paired by their contents: likelier right than wrong."""
_MOVED_FREQUENCY = log(0.1)
"""Frequency of sections without a counterpart in their place, as a logarithm."""
_MOST_TEXTS = 12
"""Number of texts that distinguish a section from others; comparing all would take long."""
_NEAR_SECTIONS = 8
"""Number of following sections that may have changed places with one, even if one of them fits."""
_FAR_SECTIONS = 100
"""Number of following sections, of those that do not fit, that may be the right one."""
_GAP_ODDS = -2.0
"""Log odds for each text that has no counterpart in the other section."""


class _Contents:
    """Log odds that two sections have the same contents, in the same order.

    They are the best sum over single texts, each paired or left out (Needleman and Wunsch 1970).
    """

    def __init__(self, left: Sequence[Block], right: Sequence[Block], evidence: Evidence) -> None:
        self.source = [evidence.source[b.places[0]] for b in left]
        self.version = [evidence.version[b.places[0]] for b in right]
        self._evidence = evidence
        self._places = [b.places for b in left], [b.places for b in right]
        self._scores: dict[tuple[int, int], float] = {}

    def score(self, i: int, n: int, j: int, m: int) -> float:
        """Return the log odds of one section of either side; ``n`` and ``m`` are 1."""
        score = self._scores.get((i, j))
        if score is None:
            score = self._score(self._places[0][i], self._places[1][j])
            self._scores[i, j] = score
        return score

    def _score(self, left: Sequence[int], right: Sequence[int]) -> float:
        score = self._evidence.score
        right = right[:_MOST_TEXTS]
        above = [_GAP_ODDS * j for j in range(len(right) + 1)]
        for i in left[:_MOST_TEXTS]:
            row = [above[0] + _GAP_ODDS]
            for at, j in enumerate(right):
                row.append(
                    max(
                        above[at] + score(i, 1, j, 1),
                        above[at + 1] + _GAP_ODDS,
                        row[at] + _GAP_ODDS,
                    )
                )
            above = row
        return above[-1]


def _pair_by_contents(contents: _Contents) -> list[Link]:
    links = best_links(contents, ONE_TO_ONE, alone=_MOVED_FREQUENCY)
    pairs = [link for link in links if link.n and link.m] + pair_crossed(contents, links)
    # Two sections that changed places may have been paired straight, for the order's sake.
    weak = [at for at, pair in enumerate(pairs) if contents.score(*pair[:4]) < CROSSING]
    for a, b in _exchange_candidates(len(pairs), weak):
        one, other = pairs[a], pairs[b]
        straight = contents.score(*one[:4]) + contents.score(*other[:4])
        one, other = one._replace(j=other.j), other._replace(j=one.j)
        gain = contents.score(*one[:4]) + contents.score(*other[:4]) - straight
        if gain > CROSSING:
            odds = 1 / (1 + exp(-gain / TEMPERATURE))
            pairs[a], pairs[b] = one._replace(odds=odds), other._replace(odds=odds)
    return pairs


def _exchange_candidates(number: int, weak: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield sections that may have changed places: near ones, or far ones of which neither fits."""
    following = {a: weak[at + 1 : at + 1 + _FAR_SECTIONS] for at, a in enumerate(weak)}
    for a in range(number):
        near = range(a + 1, min(number, a + 1 + _NEAR_SECTIONS))
        yield from ((a, b) for b in near)
        yield from ((a, b) for b in following.get(a, ()) if b >= near.stop)


def _has_no_sections(side: Sequence[Block]) -> bool:
    return all(block.section.slug in (FRONT, _INTRODUCTION) for block in side)


def pair_whole(source: Sequence[Block], version: Sequence[Block]) -> list[Pair]:
    """Pair the whole body of one side with that of the other, and the front matters."""
    pairs = [
        Pair(a, b, 1.0)
        for a in source
        for b in version
        if a.section.slug == b.section.slug == FRONT
    ]
    bodies = [
        tuple(sorted(i for b in side if b.section.slug != FRONT for i in b.places))
        for side in (source, version)
    ]
    if all(bodies):
        body = Section(_INTRODUCTION, "", 1)
        pairs.append(Pair(Block(body, bodies[0], False), Block(body, bodies[1], False), 1.0))
    return pairs


def _pop_same(left: list[Block], right: list[Block], key: Callable[[Section], str]) -> list[Pair]:
    """Remove the pairs that have the same key from both lists, and return them in order."""
    candidates: dict[str, deque[Block]] = {}
    for block in right:
        candidates.setdefault(key(block.section), deque()).append(block)
    # An empty key, such as that of a section without a handle, says nothing.
    candidates.pop("", None)
    pairs = [
        Pair(block, matches.popleft(), 1.0)
        for block in left
        if (matches := candidates.get(key(block.section)))
    ]
    for side, paired in (
        (left, {p.source.places for p in pairs}),
        (right, {p.version.places for p in pairs}),
    ):
        side[:] = [block for block in side if block.places not in paired]
    return pairs


def _pop_alike(
    left: list[Block], right: list[Block], likeness: Likeness, trust: float
) -> list[Pair]:
    """Remove the pairs that are most similar from both lists, and return them."""
    pairs: list[Pair] = []
    paired: tuple[set[int], set[int]] = (set(), set())
    scores = likeness([b.section for b in left], [b.section for b in right])
    # The most similar first; each section is in one pair.
    for _, i, j in sorted((-score, i, j) for score, i, j in scores):
        if i not in paired[0] and j not in paired[1]:
            pairs.append(Pair(left[i], right[j], trust))
            paired[0].add(i)
            paired[1].add(j)
    left[:] = [b for i, b in enumerate(left) if i not in paired[0]]
    right[:] = [b for j, b in enumerate(right) if j not in paired[1]]
    return pairs


def _similar_names(left: Sequence[Section], right: Sequence[Section]) -> Iterator[_Likeness]:
    """Yield the similarity of names; a heading that was not understood may still contain one."""
    one, other = ([fold(s.name or s.title) for s in side] for side in (left, right))
    for score, i, j in _similar_texts(one, other, _NAMES_ALIKE):
        if left[i].name or right[j].name:
            yield score, i, j
    named = [j for j, section in enumerate(right) if section.name]
    unnamed = [j for j, section in enumerate(right) if not section.name]
    for i, section in enumerate(left):
        for j in unnamed if section.name else named:
            if one[i] and other[j] and (one[i] in other[j] or other[j] in one[i]):
                yield 1.0, i, j


def _similar_organisations(
    left: Sequence[Section], right: Sequence[Section]
) -> Iterator[_Likeness]:
    one, other = ([fold(s.organisation) for s in side] for side in (left, right))
    return _similar_texts(one, other, _ORGANISATIONS_ALIKE)


def _similar_texts(left: Sequence[str], right: Sequence[str], cutoff: float) -> Iterator[_Likeness]:
    index = SimilarityIndex(right)
    for i, text in enumerate(left):
        if text:
            yield from ((score, i, j) for j, score in index.near(text, cutoff, len(right)))


# What is the same in sections that stand for each other, and is found out at once.
_KEYS: tuple[Callable[[Section], str], ...] = (
    lambda section: section.slug,
    lambda section: section.handle.casefold(),
    lambda section: fold(section.name),
)
# What is alike, and how far a pair so found is trusted.
_LIKENESSES: tuple[tuple[Likeness, float], ...] = (
    (_similar_names, 1.0),
    (_similar_organisations, 0.95),
)
