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

__all__ = ["WORD", "Lexicon", "associate", "fold", "joined", "learn_lexicon", "words"]

_NULL = ""
_SMALLEST = 0.05
"""Share of a word's translations below which a line of the table is noise and is left out."""
_COMMON = 0.1
"""Share of the pairs above which a word is too common to be used."""
_TOGETHER = 2
_ALIKE = 0.2
_TRANSLATIONS = 4
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
    corpus = [((_NULL, *dict.fromkeys(words(s))), tuple(dict.fromkeys(words(t)))) for s, t in pairs]
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for source, version in corpus:
        for s in source:
            table[s].update(dict.fromkeys(version, 1.0))
    for _ in range(rounds):
        table = _maximise(corpus, table)
    return Lexicon({s: kept for s, row in table.items() if s and (kept := _likely(row))})


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


def _likely(row: Mapping[str, float]) -> dict[str, float]:
    return {t: p for t, p in row.items() if p >= _SMALLEST}


def associate(pairs: Sequence[tuple[Iterable[str], Iterable[str]]]) -> Lexicon:
    """Learn a lexicon from the word sets of a document's own pairs of texts.

    A pair of words needs two pairs of texts, and Dice's coefficient of at least a fifth. One of the
    texts is not counted, so that no pair of texts is ever evidence for itself.
    """
    sets = [(set(source), set(version)) for source, version in pairs]
    counts = [Counter(word for pair in sets for word in pair[side]) for side in (0, 1)]
    most = max(_TOGETHER, _COMMON * len(sets))
    rare = [{w for w, c in count.items() if _TOGETHER <= c <= most} for count in counts]
    together: dict[str, Counter[str]] = defaultdict(Counter)
    for source, version in sets:
        known = version & rare[1]
        for word in source & rare[0]:
            together[word].update(known)
    table = {}
    for word, found in together.items():
        count = counts[0][word]
        ranked = sorted((-2 * c / (count + counts[1][t]), t) for t, c in found.items() if c > 1)
        best = [t for dice, t in ranked[:_TRANSLATIONS] if dice <= -_ALIKE]
        if best:
            table[word] = {t: (found[t] - 1) / count for t in best}
    return Lexicon(table)


def joined(one: Lexicon | None, other: Lexicon) -> Lexicon:
    """Merge two lexicons; of two probabilities the higher is taken."""
    if one is None:
        return other
    table = {word: dict(row) for word, row in one.table.items()}
    for word, row in other.table.items():
        known = table.setdefault(word, {})
        for translation, likely in row.items():
            known[translation] = max(likely, known.get(translation, 0.0))
    return Lexicon(table)
