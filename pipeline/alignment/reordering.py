"""Pair texts that changed places: a chain keeps the order of both sides, a version need not."""

from __future__ import annotations

from bisect import bisect_left
from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

from pipeline.alignment.lattice import TEMPERATURE, Link, add_logs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.alignment.lattice import Scorer

__all__ = ["CROSSING", "Exchange", "exchange_texts", "pair_crossed"]

CROSSING = 2.0
"""Least log odds of two texts in crossed order; more are needed if they are far apart."""
_EXCHANGE_GAIN = 3.0
"""Least gain in log odds for which two texts that were paired in order change places."""
_CLOSE_GAIN = 1.0
"""Gain in log odds above which texts that do not change places are doubtful."""
_NEAR_STEPS = 8
"""Steps of a chain from one text to another that it may have changed places with."""
_MOST_CANDIDATES = 100
"""Number of texts left alone before and after one that are compared with it."""


class Exchange(NamedTuple):
    """A chain after its texts changed places."""

    links: list[Link]
    """Links, no longer in the order of the version."""
    moved: set[Link]
    """Links that are not in the chain's order."""
    close: set[Link]
    """Links that would fit about as well if they changed places."""


def exchange_texts(evidence: Scorer, links: Iterable[Link]) -> Exchange:
    """Exchange texts of the version where that fits better, the best gain first.

    A chain pays for a text that it leaves alone, and may rather put texts that changed places into
    one bead, or beside the wrong ones.
    """
    items = [single for link in links for single in _singles(link)]
    split_links = set(items).difference(links)
    split_items: set[int] = {at for at, item in enumerate(items) if item in split_links}
    exchanged_items: set[int] = set()
    close_items: set[int] = set()
    # Equal gains are in the order of the texts, so that all runs have the same result.
    for gain, a, b in sorted(_gains(evidence, items), key=lambda g: (-g[0], g[1:])):
        if exchanged_items & {a, b} or gain <= _EXCHANGE_GAIN:
            close_items |= {a, b}
            continue
        exchanged_items |= {a, b}
        # The least gain counts as even odds.
        odds = 1 / (1 + exp((_EXCHANGE_GAIN - gain) / TEMPERATURE))
        one, other = items[a], items[b]
        items[a] = one._replace(j=other.j, m=other.m, odds=odds)
        items[b] = other._replace(j=one.j, m=one.m, odds=odds)
    return Exchange(
        items,
        {items[at] for at in split_items | exchanged_items},
        {items[at] for at in close_items - exchanged_items},
    )


def pair_crossed(evidence: Scorer, links: Sequence[Link]) -> list[Link]:
    """Pair texts that a chain left alone although they fit, because their order differs."""
    unpaired_source = [(at, link.i) for at, link in enumerate(links) if not link.m]
    unpaired_version = [(at, link.j) for at, link in enumerate(links) if not link.n]
    rows: dict[int, dict[int, float]] = {}
    columns: dict[int, dict[int, float]] = {}
    for a, i in unpaired_source:
        nearest = bisect_left(unpaired_version, (a,))
        for b, j in unpaired_version[
            max(0, nearest - _MOST_CANDIDATES) : nearest + _MOST_CANDIDATES
        ]:
            # The farther apart two texts are, the more texts could fit by chance.
            score = evidence.score(i, 1, j, 1) - log(max(1, abs(a - b) / _NEAR_STEPS))
            rows.setdefault(i, {})[j] = columns.setdefault(j, {})[i] = score
    pairs: list[Link] = []
    paired: tuple[set[int], set[int]] = set(), set()
    scores = ((-s, i, j) for i, row in rows.items() for j, s in row.items() if s > CROSSING)
    for score, i, j in sorted(scores):
        if i not in paired[0] and j not in paired[1]:
            # The odds are those against no pair at all and against all rivals of either text.
            total = CROSSING / TEMPERATURE
            for rival in (*rows[i].values(), *(s for k, s in columns[j].items() if k != i)):
                total = add_logs(total, rival / TEMPERATURE)
            pairs.append(Link(i, 1, j, 1, exp(-score / TEMPERATURE - total)))
            paired[0].add(i)
            paired[1].add(j)
    return pairs


def _singles(link: Link) -> list[Link]:
    """Split a bead of two or more texts on each side into single pairs, whose order is unknown."""
    if link.n != link.m or link.n < 2:
        return [link]
    return [link._replace(i=link.i + k, n=1, j=link.j + k, m=1) for k in range(link.n)]


def _gains(evidence: Scorer, items: Sequence[Link]) -> Iterator[tuple[float, int, int]]:
    """Yield the gain of an exchange of two texts near each other, if it is worth considering.

    One of the two may be alone; then the exchange leaves the other one alone.
    """

    def score(one: Link, other: Link) -> float:
        if not (one.n and other.m):
            return 0.0
        return evidence.score(one.i, 1, other.j, 1)

    for a, one in enumerate(items):
        if max(one.n, one.m) > 1:
            continue
        for b in range(a + 1, min(len(items), a + 1 + _NEAR_STEPS)):
            other = items[b]
            if max(other.n, other.m) > 1 or not ((one.n and one.m) or (other.n and other.m)):
                continue
            straight = score(one, one) + score(other, other)
            gain = score(one, other) + score(other, one) - straight
            if gain > _CLOSE_GAIN:
                yield gain, a, b
