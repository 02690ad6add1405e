"""Translation memory: the reviewed translations of all catalogues of a project, as an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.engines.contract import Answer, Traits
from pipeline.errors import EngineRefused
from pipeline.model import State
from pipeline.similar import best

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.model import Catalog

__all__ = ["Memory"]


class Memory:
    """Exact and fuzzy matches; only what a human reviewed is in it.

    ``threshold`` says how alike, from 0 to 1, a source must be.
    """

    name = "memory"
    traits = Traits(network=False, token="")

    def __init__(self, catalogs: Iterable[Catalog], threshold: float) -> None:
        self._threshold = threshold
        self._targets: dict[str, dict[str, str]] = {}
        for catalog in catalogs:
            targets = self._targets.setdefault(catalog.locale, {})
            for unit in (*catalog.units, *catalog.obsolete):
                if unit.state is State.REVIEWED:
                    targets.setdefault(unit.source, unit.target)

    def translate(
        self, texts: Sequence[str], source: str, target: str
    ) -> Iterator[Answer | EngineRefused]:
        """Yield the translation of the same or the most similar source."""
        targets = self._targets.get(target, {})
        for text in texts:
            if text in targets:
                yield Answer(targets[text], "memory 100%")
                continue
            found = best(text, targets, self._threshold)
            if found is None:
                yield EngineRefused("nothing similar was translated before")
            else:
                near, score = found
                yield Answer(targets[near], f"memory {score:.0%}", near)

    def close(self) -> None:
        """Nothing to end."""
