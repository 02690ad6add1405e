"""Make text safe to print, and excerpt the words of a finding with carets below."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.style import Style

__all__ = ["Excerpt", "dump_json", "excerpt", "graphemes", "paint", "show_controls", "show_spaces"]

_CUT = "…"
_CODE_POINTS_PER_CELL = 4
"""Code points that are measured for a cell; accents and emoji need two or three."""


class Excerpt(NamedTuple):
    """One line of a text."""

    line: str
    """Text of the line; nothing in it moves the cursor, and marked spaces are visible."""
    before: int
    """Width of the text before the marked words, in cells."""
    marked: int
    """Width of the marked words, in cells; 0 where the finding is about all of the text."""

    @property
    def carets(self) -> str:
        """Line of carets to print below."""
        return " " * self.before + "^" * self.marked if self.marked else ""


def excerpt(text: str, start: int, end: int, room: int) -> Excerpt:
    """Return a text around a place, in at most ``room`` cells; … is where it is cut.

    ``start`` and ``end`` are code points as in a `Finding`. Where nothing is between them,
    the next character gets the caret. A caret is never below a part of a character.
    """
    start = min(start, len(text))
    end = max(start, min(end, len(text)))
    # Only what can fit is measured, so that the length of the text does not matter.
    near = _CODE_POINTS_PER_CELL * room
    low, high = max(start - near, 0), min(end, start + near)
    rest = high + near
    before = show_controls(text[low:start])
    marked_text = show_spaces(text[start:high]) if end else ""
    line = before + marked_text + show_controls(text[high:rest])
    spans = graphemes(line)
    cells = [width for _, _, width in spans]
    first = sum(stop <= len(before) for _, stop, _ in spans)
    last = first + sum(
        begin < len(before + marked_text) for begin, _, _ in spans[first:] if marked_text
    )
    whole = not low and rest >= len(text)
    # Where nothing is meant, the caret may stand behind the last character.
    first_shown, last_shown = _window(cells, first, last, room - (not marked_text), whole=whole)
    visible_part = "".join(line[begin:stop] for begin, stop, _ in spans[first_shown:last_shown])
    head = _CUT if low or first_shown else ""
    tail = _CUT if rest < len(text) or last_shown < len(spans) else ""
    marked = max(sum(cells[first : min(last, last_shown)]), int(end > 0))
    return Excerpt(head + visible_part + tail, len(head) + sum(cells[first_shown:first]), marked)


def _window(cells: list[int], first: int, last: int, room: int, *, whole: bool) -> tuple[int, int]:
    """Return the range of cells to show: the marked ones, then as many on both sides as fit."""
    if whole and sum(cells) <= room:
        return 0, len(cells)
    room -= 2 * len(_CUT)
    left = right = first
    width = 0
    while right < last and width + cells[right] <= room:
        width += cells[right]
        right += 1
    is_growing = True
    while is_growing:
        is_growing = False
        if left and width + cells[left - 1] <= room:
            left -= 1
            width += cells[left]
            is_growing = True
        if right < len(cells) and width + cells[right] <= room:
            width += cells[right]
            right += 1
            is_growing = True
    return left, right


# Controls, lone surrogates, line separators, marks that turn the direction of writing, and other
# characters without a shape. A joiner stays where it joins emoji, as there it can be seen.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufff9-\ufffb\ufffe\uffff\U000e0001\U000e0020-\U000e007f]"
    "|\u200d(?![\u2190-\U0001ffff])"
)
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SHAPES = {"\n": "↵", "\x7f": "␡", " ": "␣", "\u00a0": "⍽", "\u202f": "⎵"}
_PICTURES = 0x2400
"""Code point from which on Unicode has pictures of the controls below the space."""


def show_controls(text: str) -> str:
    """Return a text on one line, with a visible sign in place of each invisible character.

    A line feed becomes ↵, another control its picture such as ␛, and a character without a
    picture its number such as ``<U+200B>``. Spaces stay.
    """
    return _UNSAFE.sub(_shape_of, text)


def show_spaces(text: str) -> str:
    """Return a text as `show_controls` does, with visible spaces, too.

    A space becomes ␣, a no-break space ⍽, a narrow one ⎵, and another its number.
    """
    return _SPACES.sub(_shape_of, show_controls(text))


def dump_json(value: object, *, indent: int | None = None) -> str:
    """Return JSON that is safe to print: invisible characters are escaped, other text is not."""
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    return _UNSAFE.sub(_escape_match, text)


def _shape_of(match: re.Match[str]) -> str:
    character = match[0]
    if character in _SHAPES:
        return _SHAPES[character]
    code = ord(character)
    return chr(_PICTURES + code) if code < ord(" ") else f"<U+{code:04X}>"


def _escape_match(match: re.Match[str]) -> str:
    # The only raw line feeds are those between the values; in a string they are escaped already.
    return match[0] if match[0] == "\n" else json.dumps(match[0])[1:-1]


def graphemes(text: str) -> list[tuple[int, int, int]]:
    """Return the graphemes of a text: start, end, and width in cells."""
    # "auto", the default, would read the environment.
    spans, _ = split_graphemes(text, unicode_version="latest")
    return spans


def paint(text: str, style: str) -> str:
    """Return a text in one of rich's styles, such as ``bold red``, in sixteen colours."""
    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)
