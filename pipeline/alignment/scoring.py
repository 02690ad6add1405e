"""Score texts as translations of each other, as a sum of log odds.

The figures in this module were set on the English Debian Reference and its French, German and
Japanese translations, which have the same blocks in the same order, after blocks had been dropped,
joined and split at random in them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import accumulate
from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.alignment.features import Features
    from pipeline.alignment.lexicon import Lexicon

__all__ = ["PRIOR", "Evidence", "Frequencies", "Statistics", "estimate", "frequencies"]


class Statistics(NamedTuple):
    """Differences between texts and their translations in one document."""

    ratio: float
    """Length of a translation divided by the length of its source."""
    variance: float
    """Variance of the difference in length, per character."""
    rates: Mapping[str, float]
    """Share of the marks that the translation has as well, by class of mark."""


# The variance is that of Gale and Church (1993), who give 6.8 for s².
PRIOR = Statistics(
    1.0, 6.8, {"a": 0.8, "n": 0.9, "t": 0.95, "x": 0.4, "c": 0.4, "p": 0.8, "k": 0.9}
)
_CHANCES = {"a": 0.01, "n": 0.02, "t": 0.05, "x": 0.02, "c": 0.02, "p": 0.15, "k": 0.3, "w": 0.02}
"""Share of the texts that have any one mark, by class of mark."""
_PAIRS_IN_PRIOR = 10
_MARKS_IN_PRIOR = 20
_TEXTS_IN_CHANCES = 5
_STYLE_VARIANCE = 0.006
"""Variance of the log length ratio that does not decrease with longer texts."""
_DAMPING = 0.5
"""Weight of the marks; less than 1 because they do not occur independently."""
_LEAST_ODDS = 0.3
"""Least log odds for which a mark or word on both sides is counted."""
_LEAST_LENGTH_ODDS = -8.0
"""Limit of the log odds that a length can add against a bead, however free a translation is."""
_RATIOS = (0.6, 1.6)
"""Usual length of a translation divided by the mean in its document; 97 in 100 are within."""
_DEVIATIONS = 2.0
"""Standard deviations beyond which a length is not outside of those bounds by chance."""
_GRAIN = 1024
"""Log odds are rounded to one part in this, which makes their sums exact: the order in which a set
is iterated differs from run to run, the result must not.
"""


class Frequencies(NamedTuple):
    """Frequency of each mark in the texts of one side, and the lengths of these texts."""

    marks: Mapping[str, int]
    """Number of texts by mark; words are among the marks, with the class ``w``."""
    texts: int
    length: float
    """Mean of the lengths."""
    spread: float
    """Square of the lengths' coefficient of variation, at least 0.25."""

    def chance(self, mark: str) -> float:
        """Return the probability that an unrelated text has the mark."""
        expected = _TEXTS_IN_CHANCES * _CHANCES[mark[0]]
        # As if some usual texts had been counted, too: no mark is impossible.
        return (self.marks.get(mark, 0) + expected) / (self.texts + _TEXTS_IN_CHANCES)

    def unrelated_length(self, count: int) -> tuple[float, float]:
        """Return mean and variance of the log length of ``count`` texts (log-normal, moments)."""
        variance = log(1 + self.spread / count)
        return log(count * self.length) - variance / 2, variance


def frequencies(texts: Sequence[Features]) -> Frequencies:
    """Count the marks of all texts of one side."""
    marks = Counter(mark for t in texts for mark in t.marks)
    marks.update("w" + word for t in texts for word in t.words)
    count = max(1, len(texts))
    mean = sum(t.length for t in texts) / count or 1.0
    variance = sum((t.length - mean) ** 2 for t in texts) / count
    return Frequencies(marks, len(texts), mean, max(0.25, variance / mean**2))


def estimate(pairs: Iterable[tuple[Features, Features]], prior: Statistics = PRIOR) -> Statistics:
    """Estimate the statistics of a document from pairs that are surely right.

    The fewer pairs there are, the nearer the result is to ``prior``, whose ratio is taken only if
    there are none.
    """
    pairs_by_ratio = [(log(v.length / s.length), min(s.length, v.length), s, v) for s, v in pairs]
    if not pairs_by_ratio:
        return prior
    pairs_by_ratio.sort(key=lambda pair: pair[:2])
    totals = list(accumulate(weight for _, weight, _, _ in pairs_by_ratio))
    # The weighted median, which a few wrong pairs do not move.
    middle = pairs_by_ratio[bisect_left(totals, totals[-1] / 2)][0]
    # Three standard deviations: a wrong pair counts no more than that.
    most = 9 * prior.variance
    squares = sum(
        min(most, (log_ratio - middle) ** 2 * weight) for log_ratio, weight, _, _ in pairs_by_ratio
    )
    all_counts, shared_counts = Counter[str](), Counter[str]()
    for _, _, s, v in pairs_by_ratio:
        # A mark counts once for each side that has it.
        for mark in s.marks ^ v.marks:
            all_counts[mark[0]] += 1
        for mark in s.marks & v.marks:
            all_counts[mark[0]] += 2
            shared_counts[mark[0]] += 2
    return Statistics(
        ratio=exp(middle),
        variance=(_PAIRS_IN_PRIOR * prior.variance + squares)
        / (_PAIRS_IN_PRIOR + len(pairs_by_ratio)),
        rates={
            name: _rate(rate, shared_counts[name], all_counts[name])
            for name, rate in prior.rates.items()
        },
    )


def _rate(prior: float, shared: int, total: int) -> float:
    rate = (_MARKS_IN_PRIOR * prior + shared) / (_MARKS_IN_PRIOR + total)
    # Never certain: the logarithm of 0 would outweigh all other evidence.
    return min(0.97, max(0.02, rate))


def _round_odds(odds: float) -> float:
    return round(odds * _GRAIN) / _GRAIN


class _RunFeatures(NamedTuple):
    """Features of consecutive texts, taken as one."""

    length: int
    log_length: float
    marks: frozenset[str]
    """Only those with a weight."""
    base: float
    """Log odds if the other side has none of the marks."""
    words: Mapping[str, float]
    """Words of the version: expected ones with the log odds that they add (source), or the actual
    ones with 0 (version).
    """


class Evidence:
    """Log odds that runs of texts of a source and a version belong together.

    They are positive if the texts are likelier to be translations of each other than unrelated.
    Marks count as in a naive Bayes classifier; lengths as in Gale and Church (1993), but as
    logarithms, and against the odds of an unrelated text having that length.
    """

    def __init__(
        self,
        source: Sequence[Features],
        version: Sequence[Features],
        frequencies: tuple[Frequencies, Frequencies],
        statistics: Statistics = PRIOR,
        lexicon: Lexicon | None = None,
    ) -> None:
        self.source = source
        self.version = version
        self._frequencies = frequencies
        self._rates = statistics.rates
        self._variance = statistics.variance
        self._log_ratio = log(statistics.ratio)
        self._table = lexicon.table if lexicon else {}
        self._unrelated_lengths = [
            frequencies[1].unrelated_length(m) for m in range(1, len(version) + 1)
        ]
        self._weights: dict[str, float] = {}
        self._lacks: tuple[dict[str, float], dict[str, float]] = ({}, {})
        self._gains: dict[str, list[tuple[str, float]]] = {}
        # Bound once, for the innermost loop (`_shared_odds`).
        self._get_weight = self._weights.__getitem__
        self._runs: tuple[dict[tuple[int, int], _RunFeatures], ...] = ({}, {})

    def score(self, i: int, n: int, j: int, m: int) -> float:
        """Return the log odds that two runs of texts belong together.

        The runs are ``n`` source texts from ``i`` and ``m`` version texts from ``j``.
        """
        # Without a call where a run was made before: this is called for each state of a lattice.
        left = self._runs[0].get((i, n)) or self._run(0, i, n)
        right = self._runs[1].get((j, m)) or self._run(1, j, m)
        value = left.base + right.base + self._shared_odds(left, right)
        spread = self._variance / min(left.length, right.length) + _STYLE_VARIANCE
        difference = right.log_length - left.log_length - self._log_ratio
        mean, variance = self._unrelated_lengths[m - 1]
        unrelated_difference = right.log_length - mean
        fit = (
            unrelated_difference * unrelated_difference / variance
            - difference * difference / spread
            + log(variance / spread)
        ) / 2
        return _DAMPING * value + max(_LEAST_LENGTH_ODDS, fit)

    def lengths_differ(self, i: int, n: int, j: int, m: int) -> bool:
        """Return whether the lengths differ so much that one side may lack something."""
        left, right = self._run(0, i, n), self._run(1, j, m)
        difference = right.log_length - left.log_length - self._log_ratio
        spread = self._variance / min(left.length, right.length) + _STYLE_VARIANCE
        is_usual = _RATIOS[0] <= exp(difference) <= _RATIOS[1]
        return not is_usual and difference * difference > _DEVIATIONS * _DEVIATIONS * spread

    def is_unlikely(self, i: int, n: int, j: int, m: int) -> bool:
        """Return whether the texts look no more like translations than any other two."""
        link = i, n, j, m
        return self.score(*link) <= 0 or self.has_idle_text(*link) or self.has_mark_elsewhere(*link)

    def has_idle_text(self, i: int, n: int, j: int, m: int) -> bool:
        """Return whether one of several texts on a side adds no evidence to the pair."""
        left, right = self._run(0, i, n), self._run(1, j, m)
        parts = [self._run(0, at, 1) for at in range(i, i + n)] if n > 1 else []
        pairs = [(part, right, part.base) for part in parts]
        parts = [self._run(1, at, 1) for at in range(j, j + m)] if m > 1 else []
        pairs += [(left, part, part.base) for part in parts]
        return any(base + self._shared_odds(one, other) <= 0 for one, other, base in pairs)

    def has_mark_elsewhere(self, i: int, n: int, j: int, m: int) -> bool:
        """Return whether code, an address or a handle of a side is in another text of the other."""
        marks = self._run(0, i, n).marks, self._run(1, j, m).marks
        return any(
            mark[0] == "a" and other.marks.get(mark) == 1
            for one, other in ((0, self._frequencies[1]), (1, self._frequencies[0]))
            for mark in marks[one] - marks[1 - one]
        )

    def _shared_odds(self, left: _RunFeatures, right: _RunFeatures) -> float:
        """Return the log odds of marks and words that both sides have."""
        value = sum(map(self._get_weight, left.marks & right.marks))
        if left.words:
            value += sum(map(left.words.__getitem__, left.words.keys() & right.words.keys()))
        return value

    def _run(self, side: int, at: int, count: int) -> _RunFeatures:
        run = self._runs[side].get((at, count))
        if run is None:
            run = self._joined_run(side, at, count) if count > 1 else self._single_run(side, at)
            self._runs[side][at, count] = run
        return run

    def _single_run(self, side: int, at: int) -> _RunFeatures:
        text = (self.source, self.version)[side][at]
        marks = frozenset(mark for mark in text.marks if self._weight(mark))
        words = self._expected(text.words) if side == 0 else dict.fromkeys(text.words, 0.0)
        base = self._lacking_odds(side, marks)
        return _RunFeatures(text.length, log(text.length), marks, base, words)

    def _joined_run(self, side: int, at: int, count: int) -> _RunFeatures:
        """Return a run of several texts, made of a shorter run and one more text."""
        first, last = self._run(side, at, count - 1), self._run(side, at + count - 1, 1)
        base = first.base + self._lacking_odds(side, last.marks - first.marks)
        words = dict(first.words)
        for word, gain in last.words.items():
            words[word] = max(gain, words.get(word, 0.0))
        length = first.length + last.length
        return _RunFeatures(length, log(length), first.marks | last.marks, base, words)

    def _lacking_odds(self, side: int, marks: Iterable[str]) -> float:
        """Return half of the log odds that marks of one side add if the other lacks them."""
        return sum(self._lacks[side].get(m) or self._lack(side, m) for m in marks) / 2

    def _lack(self, side: int, mark: str) -> float:
        """Return the log odds that a mark of one side adds if the other lacks it."""
        chance = self._frequencies[1 - side].chance(mark)
        odds = _round_odds(log((1 - self._rates[mark[0]]) / (1 - chance)))
        self._lacks[side][mark] = odds
        return odds

    def _weight(self, mark: str) -> float:
        """Return the log odds that a mark adds if both sides have it.

        It is the mean of both directions.
        """
        weight = self._weights.get(mark)
        if weight is None:
            rate = self._rates[mark[0]]
            chances = [side.chance(mark) for side in self._frequencies]
            weight = log(rate / (1 - rate)) + sum(log((1 - c) / c) for c in chances) / 2
            weight = self._weights[mark] = _round_odds(weight) if weight > _LEAST_ODDS else 0.0
        return weight

    def _expected(self, words: Iterable[str]) -> dict[str, float]:
        """Return the log odds of the words that the lexicon expects in the version."""
        expected: dict[str, float] = {}
        for word in self._table.keys() & words:
            if word not in self._gains:
                self._gains[word] = self._translation_gains(self._table[word])
            for translation, gain in self._gains[word]:
                if gain > expected.get(translation, 0.0):
                    expected[translation] = gain
        return expected

    def _translation_gains(self, row: Mapping[str, float]) -> list[tuple[str, float]]:
        chance = self._frequencies[1].chance
        odds = (
            (word, _round_odds(log(likely / chance("w" + word)))) for word, likely in row.items()
        )
        return [(word, gain) for word, gain in odds if gain > _LEAST_ODDS]
