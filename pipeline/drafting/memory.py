"""Translation memory: the reviewed translations of all catalogues of a project, as an engine."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pipeline.drafting.engines.contract import Answer, Traits
from pipeline.errors import EngineRefused
from pipeline.language import SimilarityIndex, words_ratio
from pipeline.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.drafting.tmx import TmxPair
    from pipeline.model import Catalog

__all__ = ["Match", "Memory"]

_NO_BASES: Mapping[str, Sequence[str]] = MappingProxyType({})
_LIMIT = 5
"""Number of the most similar texts that are compared word by word."""


class Match(NamedTuple):
    """Pair from the memory that matches a text."""

    source: str
    target: str
    score: float
    """Similarity of the sources, 0 to 1."""

    @property
    def percent(self) -> int:
        """Score in percent, rounded down, so that only the same text has 100."""
        # 0.29 * 100 is 28.999999999999996.
        return int(self.score * 100 + 1e-9)


class Memory:
    """Engine with exact and fuzzy matches among the translations that a human reviewed.

    ``threshold`` is the least similarity of the sources, from 0 to 1. Where a source has several
    translations, the most frequent wins, then the first. ``pairs`` come from other tools; they
    count only where the catalogues have no translation of the same source. What a locale lacks is
    looked for in its ``bases``, in their order.
    """

    name = "memory"
    traits = Traits(network=False, form=None)

    def __init__(
        self,
        catalogs: Iterable[Catalog],
        threshold: float,
        pairs: Iterable[TmxPair] = (),
        bases: Mapping[str, Sequence[str]] = _NO_BASES,
    ) -> None:
        self._threshold = threshold
        self._bases = bases
        own = (
            (catalog.locale, unit.source, unit.target)
            for catalog in catalogs
            for unit in (*catalog.units, *catalog.obsolete)
            if unit.state is State.REVIEWED
        )
        self._targets = _most_frequent(own)
        for locale, targets in _most_frequent(pairs).items():
            # The right operand wins: the project's own translations.
            self._targets[locale] = targets | self._targets.get(locale, {})
        self._indexes: dict[str, tuple[list[str], SimilarityIndex]] = {}

    def translate(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> Iterator[tuple[int, Answer | EngineRefused]]:
        """Yield the translation of the same or the most similar source, in order."""
        for number, text in enumerate(texts):
            found = self._find_best(text, target)
            if found is None:
                yield number, EngineRefused("no similar reviewed translation")
                continue
            locale, match = found
            name = "memory" if locale == target else f"memory {locale}"
            previous = match.source if match.source != text else ""
            yield number, Answer(match.target, f"{name} {match.percent}%", previous)

    def _find_best(self, text: str, target: str) -> tuple[str, Match] | None:
        """Return the best match and its locale: the same text first, then the locale's own."""
        locales = (target, *self._bases.get(target, ()))
        for locale in locales:
            if same := self._targets.get(locale, {}).get(text):
                return locale, Match(text, same, 1.0)
        for locale in locales:
            if near := self._find_similar(text, locale, self._threshold, 1):
                return locale, near[0]
        return None

    def similar(self, text: str, target: str, floor: float) -> Match | None:
        """Return the best match as a suggestion for a translator, the same text first, or None.

        At least ``floor``, 0 to 1, is both the similarity of the characters and that of the words.
        """
        exact = self._targets.get(target, {}).get(text)
        if exact is not None:
            return Match(text, exact, 1.0)
        near = self._find_similar(text, target, floor, _LIMIT)
        return next((match for match in near if words_ratio(text, match.source) >= floor), None)

    def close(self) -> None:
        """Do nothing: nothing is open."""

    def _find_similar(self, text: str, target: str, cutoff: float, limit: int) -> list[Match]:
        """Return at most ``limit`` matches with a score of at least ``cutoff``, best first."""
        targets = self._targets.get(target, {})
        # Built for a locale only when it has a text that no source equals.
        if target not in self._indexes:
            sources = list(targets)
            self._indexes[target] = sources, SimilarityIndex(sources)
        sources, index = self._indexes[target]
        return [
            Match(sources[number], targets[sources[number]], score)
            for number, score in index.near(text, cutoff, limit)
        ]


def _most_frequent(pairs: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    """Return the most frequent target of each source, by locale and source.

    The pairs are locale, source and target.
    """
    chosen: dict[str, dict[str, str]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for (locale, source, target), count in Counter(map(tuple, pairs)).items():
        if count > counts[locale, source]:
            counts[locale, source] = count
            chosen.setdefault(locale, {})[source] = target
    return chosen
