"""Translation memory: the reviewed translations of all catalogues of a project, as an engine."""

from __future__ import annotations

from collections import Counter
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

_LIMIT = 5
"""So many of the most similar texts are looked at for one that shares words."""


class Match(NamedTuple):
    """What was translated before."""

    source: str
    target: str
    score: float
    """How alike the sources are, 0 to 1."""

    @property
    def percent(self) -> int:
        """The score, rounded down, so that only the same text has 100."""
        return int(self.score * 100 + 1e-9)


class Memory:
    """Exact and fuzzy matches; only what a human reviewed is in it.

    ``threshold`` says how alike, from 0 to 1, a source must be. Where a source has several
    translations, the most frequent wins, then the first. ``pairs`` come from other tools;
    they count only where the catalogues have no translation of the same source.
    """

    name = "memory"
    traits = Traits(network=False, form=None)

    def __init__(
        self, catalogs: Iterable[Catalog], threshold: float, pairs: Iterable[TmxPair] = ()
    ) -> None:
        self._threshold = threshold
        own = (
            (catalog.locale, unit.source, unit.target)
            for catalog in catalogs
            for unit in (*catalog.units, *catalog.obsolete)
            if unit.state is State.REVIEWED
        )
        self._targets = _most_frequent(own)
        for locale, targets in _most_frequent(pairs).items():
            self._targets[locale] = targets | self._targets.get(locale, {})
        self._indexes: dict[str, tuple[list[str], SimilarityIndex]] = {}

    def translate(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> Iterator[tuple[int, Answer | EngineRefused]]:
        """Yield the translation of the same or the most similar source, in order."""
        targets = self._targets.get(target, {})
        for number, text in enumerate(texts):
            if text in targets:
                yield number, Answer(targets[text], "memory 100%")
                continue
            found = self._near(text, target, self._threshold, 1)
            if found:
                match = found[0]
                yield number, Answer(match.target, f"memory {match.percent}%", match.source)
            else:
                yield number, EngineRefused("nothing similar was translated before")

    def similar(self, text: str, target: str, floor: float) -> Match | None:
        """Find what helps a translator of a text, the same text first, or None.

        As many of the words must be alike as of the characters: ``floor``, 0 to 1.
        """
        known = self._targets.get(target, {}).get(text)
        if known is not None:
            return Match(text, known, 1.0)
        near = self._near(text, target, floor, _LIMIT)
        return next((match for match in near if words_ratio(text, match.source) >= floor), None)

    def close(self) -> None:
        """Nothing to end."""

    def _near(self, text: str, target: str, cutoff: float, limit: int) -> list[Match]:
        """Give the most similar texts, best first."""
        targets = self._targets.get(target, {})
        if target not in self._indexes:
            sources = list(targets)
            self._indexes[target] = sources, SimilarityIndex(sources)
        sources, index = self._indexes[target]
        return [
            Match(sources[number], targets[sources[number]], score)
            for number, score in index.near(text, cutoff, limit)
        ]


def _most_frequent(pairs: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    """Choose for each locale one target of each source, from locale, source and target."""
    chosen: dict[str, dict[str, str]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for (locale, source, target), count in Counter(map(tuple, pairs)).items():
        if count > counts[locale, source]:
            counts[locale, source] = count
            chosen.setdefault(locale, {})[source] = target
    return chosen
