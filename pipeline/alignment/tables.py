"""Pair the rows of a table with those of a version that lacks some, or has more.

Cells are too short to find their counterparts alone, but those of a row stay together, and the
columns keep their order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.alignment.features import Features
from pipeline.alignment.lattice import ONE_TO_ONE, best_links
from pipeline.markdown import count_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.alignment.lattice import Scorer
    from pipeline.model import Article

__all__ = ["CellPair", "Row", "TablePair", "pair_cells", "pair_tables"]

_HEADER = "table header"
_KINDS = (_HEADER, "table cell")
_BAR = re.compile(rb"(?<!\\)\|")
_LONGEST_LINE = 10_000
"""Most bytes of a row in front of a cell that are looked at; more would not be linear."""


class Row(NamedTuple):
    """Row of a table."""

    line: int
    is_header: bool
    numbers: frozenset[str]
    """Numbers in digits; a cell that has nothing else is no segment."""
    cells: dict[int, int]
    """Indexes of the segments, by column."""


class TablePair(NamedTuple):
    """Rows of a table on both sides, in order."""

    source: list[Row]
    version: list[Row]

    def places(self, side: int) -> list[int]:
        """Return the indexes of all segments of one side: 0 for the source, 1 for the version."""
        return [i for row in self[side] for i in row.cells.values()]


class CellPair(NamedTuple):
    """Two cells in the same column of paired rows."""

    source: int
    version: int
    odds: float
    """Odds of the rows, 0 to 1."""
    score: float
    """Log odds of the rows."""


def pair_tables(
    sides: tuple[Article, Article], source: Sequence[int], version: Sequence[int]
) -> list[TablePair]:
    """Return the pairs of tables that have the same columns and another number of rows.

    Those with as many rows are as well aligned text by text. ``source`` and ``version`` are the
    indexes of the segments of two paired sections; their tables are paired in order.
    """
    left, right = _tables(sides[0], source), _tables(sides[1], version)
    if len(left) != len(right):
        return []
    return [
        TablePair(one, other)
        for one, other in zip(left, right, strict=True)
        if len(one) != len(other) and _columns(one) == _columns(other)
    ]


def pair_cells(pair: TablePair, evidence: Scorer) -> Iterator[CellPair]:
    """Yield the pairs of cells of a table; ``evidence`` is about its places on both sides."""
    scorer = _RowScorer(pair, evidence)
    for link in best_links(scorer, ONE_TO_ONE):
        if not (link.n and link.m):
            continue
        one, other = scorer.rows[0][link.i], scorer.rows[1][link.j]
        score = scorer.score(*link[:4])
        for column in one.cells.keys() & other.cells.keys():
            yield CellPair(one.cells[column], other.cells[column], link.odds, score)


class _RowScorer:
    """Log odds that two rows belong together: the sum of those of their cells."""

    def __init__(self, pair: TablePair, evidence: Scorer) -> None:
        self.rows = pair.source, pair.version
        self._evidence = evidence
        self._at = tuple(
            {place: at for at, place in enumerate(pair.places(side))} for side in (0, 1)
        )
        self.source = [self._features(0, row) for row in pair.source]
        self.version = [self._features(1, row) for row in pair.version]

    def _features(self, side: int, row: Row) -> Features:
        texts = (self._evidence.source, self._evidence.version)[side]
        cells = [texts[self._at[side][place]] for place in row.cells.values()]
        return Features(
            sum(cell.length for cell in cells),
            frozenset[str]().union(*(cell.marks for cell in cells)),
            tuple(word for cell in cells for word in cell.words),
            cells[0].kind,
        )

    def score(self, i: int, n: int, j: int, m: int) -> float:
        """Return the log odds of one row of either side; ``n`` and ``m`` are 1."""
        one, other = self.rows[0][i], self.rows[1][j]
        if one.is_header != other.is_header:
            return -_NEVER
        numbers = 0.0
        if one.numbers and other.numbers:
            numbers = _NUMBERS_ODDS if one.numbers == other.numbers else -_NUMBERS_ODDS
        return numbers + sum(
            self._evidence.score(self._at[0][place], 1, self._at[1][other.cells[column]], 1)
            if column in other.cells
            else _GAP_ODDS
            for column, place in one.cells.items()
        )


_NEVER = 100.0
_GAP_ODDS = -2.0
"""Log odds of a cell with words beside one without."""
_NUMBERS_ODDS = 3.0
"""Log odds of rows that both have numbers: for the same ones, against others."""


def _tables(article: Article, places: Sequence[int]) -> list[list[Row]]:
    """Return the rows of each table among some segments, which are in order."""
    tables: list[list[Row]] = []
    last = -2
    for place in places:
        segment = article.segments[place]
        if segment.kind not in _KINDS:
            continue
        is_header = segment.kind == _HEADER
        if last != place - 1 or (is_header and not tables[-1][-1].is_header):
            tables.append([])
        if not tables[-1] or tables[-1][-1].line != segment.line:
            numbers = frozenset(count_numbers(_line(article, segment.start)))
            tables[-1].append(Row(segment.line, is_header, numbers, {}))
        tables[-1][-1].cells.setdefault(_column(article, segment.start), place)
        last = place
    return tables


def _column(article: Article, start: int) -> int:
    """Return the column of a cell, from 0; a bar in front of the first one does not count."""
    head = article.data[max(0, start - _LONGEST_LINE) : start]
    line = re.split(rb"[\r\n]", head)[-1].lstrip(b" \t>")
    return len(_BAR.findall(line)) - line.startswith(b"|")


def _line(article: Article, start: int) -> str:
    """Return the line of a cell."""
    data = article.data
    head = re.split(rb"[\r\n]", data[max(0, start - _LONGEST_LINE) : start])[-1]
    tail = re.split(rb"[\r\n]", data[start : start + _LONGEST_LINE], maxsplit=1)[0]
    return (head + tail).decode("utf-8", "replace")


def _columns(rows: Sequence[Row]) -> int:
    return 1 + max(column for row in rows for column in row.cells)
