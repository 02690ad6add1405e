"""Split one translated paragraph among several source segments."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from pipeline.alignment.features import SENTENCE, read_features
from pipeline.alignment.lattice import best_links, division_costs
from pipeline.alignment.scoring import PRIOR, Evidence, frequencies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.alignment.features import Features
    from pipeline.alignment.scoring import Frequencies
    from pipeline.model import Article

__all__ = ["LEAST_CONFIDENCE", "Division"]

LEAST_CONFIDENCE = 0.5
"""Least confidence for a text to be written or divided: likelier right than wrong. With 10 in 100
blocks damaged, 1 of 38 texts below this was right (novels, Debian Handbook).
"""
_MOST_SENTENCES = 100
"""Most sentences of a paragraph that is divided: nobody joins more, and it would take long."""
# Too many places are better than too few: what belongs together is put together again.
_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]+(?:\s?[»”’\"')\]*_])*\s+(?=[^\sa-zß-öø-ÿ»”])|[。！？]+[」』）]*(?=.)"
)
_ITEM_END = re.compile(r"[;；]\s+")
"""End of the items of a list that became a paragraph, if they end so in the source."""


class Division:
    """Division of texts of one version of an article."""

    def __init__(self, source: Article, version: Article) -> None:
        self._source = source
        self._version = version

    def divide(self, places: Sequence[int], text: str) -> list[tuple[int, str, float]]:
        """Divide one text among some source segments at the ends of sentences, or of list items.

        The result has the index of each segment, its text and the odds. It is empty where a
        division is not possible: where a segment but the last is no whole sentence or item, or
        where lengths show that the right place to cut is not among them.
        """
        texts = [self._source.segments[i].text for i in places]
        items = [t.endswith((";", "；")) for t in texts[:-1]]
        pieces = _pieces(text, items=any(items))
        if not len(places) <= len(pieces) <= _MOST_SENTENCES:
            return []
        source_features = [self._read(t) for t in texts]
        piece_features = [self._read(piece) for piece in pieces]
        # Both sides have the same content, so their lengths show the ratio.
        ratio = sum(t.length for t in piece_features) / sum(t.length for t in source_features)
        evidence = Evidence(
            source_features, piece_features, self._frequencies, PRIOR._replace(ratio=ratio)
        )
        links = best_links(evidence, division_costs(len(pieces)), alone=-inf)
        firsts = zip(source_features[:-1], items, strict=True)
        is_whole = all(SENTENCE in t.marks or item for t, item in firsts)
        if not is_whole or any(
            link.odds < LEAST_CONFIDENCE or evidence.lengths_differ(*link[:4]) for link in links
        ):
            return []
        return [
            (places[link.i], " ".join(pieces[link.j : link.j + link.m]), link.odds)
            for link in links
        ]

    def _read(self, text: str) -> Features:
        return read_features(text, "", self._terms, labels=self._labels)

    @cached_property
    def _labels(self) -> frozenset[str]:
        return self._source.labels | self._version.labels

    @cached_property
    def _terms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._source.terms + self._version.terms))

    @cached_property
    def _frequencies(self) -> tuple[Frequencies, Frequencies]:
        """Frequencies of marks in the source's segments, and in the version's sentences."""
        sentences = [p for s in self._version.segments for p in _pieces(s.text)]
        return (
            frequencies([self._read(s.text) for s in self._source.segments]),
            frequencies([self._read(sentence) for sentence in sentences]),
        )


def _pieces(text: str, *, items: bool = False) -> list[str]:
    """Split a text into sentences, and with ``items`` into list items as well."""
    patterns = (_SENTENCE_END, _ITEM_END) if items else (_SENTENCE_END,)
    ends = [0, *sorted({f.end() for p in patterns for f in p.finditer(text)}), len(text)]
    return [piece for start, end in pairwise(ends) if (piece := text[start:end].strip())]
