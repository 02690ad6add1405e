"""Replacing ranges of a text or of bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, AnyStr

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["replace_ranges"]


def replace_ranges(
    data: AnyStr, edits: Iterable[tuple[int, int, AnyStr]], start: int = 0, end: int | None = None
) -> AnyStr:
    """Return ``data``, or its part from ``start`` to ``end``, with other words in some ranges.

    An edit is where its range begins and ends (exclusive), and what takes its place. Edits come
    in ascending order, lie within the part, and do not overlap.
    """
    pieces: list[AnyStr] = []
    for first, last, new in edits:
        pieces += (data[start:first], new)
        start = last
    pieces.append(data[start:end])
    # An empty str or bytes, whichever the data is.
    return data[:0].join(pieces)
