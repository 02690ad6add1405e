"""The words that a finding is about, on one line, with carets under them."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.gate.formats.screen import graphemes
from pipeline.gate.formats.visible import visible, with_spaces

__all__ = ["Excerpt", "excerpt"]

_CUT = "…"
_DENSE = 4
"""So many code points in a cell are looked at; accents and emoji need two or three."""


class Excerpt(NamedTuple):
    """One line of a text."""

    line: str
    """Nothing in it moves the cursor; spaces can be seen where they are marked."""
    before: int
    """Cells of it before those that are marked."""
    marked: int
    """How many cells are marked; 0 where the finding is about all of the text."""

    @property
    def carets(self) -> str:
        """What to print below the line."""
        return " " * self.before + "^" * self.marked if self.marked else ""


def excerpt(text: str, start: int, end: int, room: int) -> Excerpt:
    """Show a text around a place, in at most ``room`` cells; … stands where it is cut.

    ``start`` and ``end`` are code points as in a `Finding`. Where nothing is between them,
    the character behind gets the caret. A caret never stands under a part of a character.
    """
    start = min(start, len(text))
    end = max(start, min(end, len(text)))
    # Only what can fit is measured, so that the length of the text does not matter.
    near = _DENSE * room
    low, high = max(start - near, 0), min(end, start + near)
    rest = high + near
    before = visible(text[low:start])
    meant = with_spaces(text[start:high]) if end else ""
    line = before + meant + visible(text[high:rest])
    spans = graphemes(line)
    cells = [width for _, _, width in spans]
    first = sum(stop <= len(before) for _, stop, _ in spans)
    last = first + sum(begin < len(before + meant) for begin, _, _ in spans[first:] if meant)
    whole = not low and rest >= len(text)
    # Where nothing is meant, the caret may stand behind the last character.
    left, right = _window(cells, first, last, room - (not meant), whole=whole)
    shown = "".join(line[begin:stop] for begin, stop, _ in spans[left:right])
    head = _CUT if low or left else ""
    tail = _CUT if rest < len(text) or right < len(spans) else ""
    marked = max(sum(cells[first : min(last, right)]), int(end > 0))
    return Excerpt(head + shown + tail, len(head) + sum(cells[left:first]), marked)


def _window(cells: list[int], first: int, last: int, room: int, *, whole: bool) -> tuple[int, int]:
    """Choose what is shown: what is meant, then as much on both sides as there is room for."""
    if whole and sum(cells) <= room:
        return 0, len(cells)
    room -= 2 * len(_CUT)
    left = right = first
    used = 0
    while right < last and used + cells[right] <= room:
        used += cells[right]
        right += 1
    grown = True
    while grown:
        grown = False
        if left and used + cells[left - 1] <= room:
            left -= 1
            used += cells[left]
            grown = True
        if right < len(cells) and used + cells[right] <= room:
            used += cells[right]
            right += 1
            grown = True
    return left, right
