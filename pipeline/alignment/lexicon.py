"""Learn a lexicon of word translations from pairs of texts."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.language import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["WORD", "Lexicon", "associate", "fold", "learn_lexicon", "merge_lexicons", "words"]

_EMPTY_WORD = ""
_LEAST_PROBABILITY = 0.05
"""Share of a word's translations below which a line of the table is noise and is left out."""
_COMMON_SHARE = 0.1
"""Share of the pairs above which a word is too common to be used."""
_LEAST_PAIRS = 2
_LEAST_DICE = 0.2
_MOST_TRANSLATIONS = 4
WORD = re.compile(rf"[{UNSPACED}]|[^\W\d_{UNSPACED}]+")
"""A word, as it is written; in scripts without spaces each character is one."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Table p(t|s): the probability that the translation of ``s`` has the word ``t``."""

    table: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """By source word, then by word of the version; both as returned by `words`."""


def fold(text: str) -> str:
    """Remove case and accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """Split a text into folded words; in scripts without spaces each character is one."""
    return WORD.findall(fold(text))


def learn_lexicon(pairs: Iterable[tuple[str, str]], rounds: int = 5) -> Lexicon:
    """Learn a lexicon from pairs of sentence and translation.

    Expectation maximisation for IBM model 1 (Brown et al. 1993) with an empty source word for words
    without a counterpart. Five rounds are used by that paper's successors; more of them make rare
    words too certain.
    """
    corpus = [
        ((_EMPTY_WORD, *dict.fromkeys(words(s))), tuple(dict.fromkeys(words(t)))) for s, t in pairs
    ]
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for source, version in corpus:
        for s in source:
            table[s].update(dict.fromkeys(version, 1.0))
    for _ in range(rounds):
        table = _maximise(corpus, table)
    return Lexicon(
        {s: translations for s, row in table.items() if s and (translations := _drop_unlikely(row))}
    )


def _maximise(
    corpus: list[tuple[tuple[str, ...], tuple[str, ...]]], table: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for source, version in corpus:
        rows = [(counts[s], table[s]) for s in source]
        for t in version:
            total = sum(row[t] for _, row in rows)
            for count, row in rows:
                count[t] += row[t] / total
    result: dict[str, dict[str, float]] = {}
    for s, count in counts.items():
        total = sum(count.values())
        result[s] = {t: value / total for t, value in count.items()}
    return result


def _drop_unlikely(row: Mapping[str, float]) -> dict[str, float]:
    return {t: p for t, p in row.items() if p >= _LEAST_PROBABILITY}


def associate(pairs: Sequence[tuple[Iterable[str], Iterable[str]]]) -> Lexicon:
    """Learn a lexicon from the word sets of a document's own pairs of texts.

    A pair of words needs two pairs of texts, and Dice's coefficient of at least a fifth. One of the
    texts is not counted, so that no pair of texts is ever evidence for itself.
    """
    sets = [(set(source), set(version)) for source, version in pairs]
    counts = [Counter(word for pair in sets for word in pair[side]) for side in (0, 1)]
    most = max(_LEAST_PAIRS, _COMMON_SHARE * len(sets))
    rare = [{w for w, c in count.items() if _LEAST_PAIRS <= c <= most} for count in counts]
    pair_counts: dict[str, Counter[str]] = defaultdict(Counter)
    for source, version in sets:
        rare_words = version & rare[1]
        for word in source & rare[0]:
            pair_counts[word].update(rare_words)
    table = {}
    for word, counterparts in pair_counts.items():
        count = counts[0][word]
        # Negative, so that the best come first, and equal ones in the order of their letters.
        ranked = sorted(
            (-2 * c / (count + counts[1][t]), t) for t, c in counterparts.items() if c > 1
        )
        best = [t for dice, t in ranked[:_MOST_TRANSLATIONS] if dice <= -_LEAST_DICE]
        if best:
            table[word] = {t: (counterparts[t] - 1) / count for t in best}
    return Lexicon(table)


def merge_lexicons(one: Lexicon | None, other: Lexicon) -> Lexicon:
    """Merge two lexicons; of two probabilities the higher is taken."""
    if one is None:
        return other
    table = {word: dict(row) for word, row in one.table.items()}
    for word, row in other.table.items():
        translations = table.setdefault(word, {})
        for translation, probability in row.items():
            translations[translation] = max(probability, translations.get(translation, 0.0))
    return Lexicon(table)
