"""Distinguish mathematics in TeX from prose and prices by its shape."""

from __future__ import annotations

import re

__all__ = ["Formulas", "is_formula"]

_TEX = re.compile(r"\\[A-Za-z]|[\^_=+<>|]")
_AMOUNT = re.compile(r"\d[\d.,]*[^\W\d_]?[ ,;]")
_VARIABLE = re.compile(r"\{[\w.]*\}")
_PROSE = re.compile(r"(?:(?<![\\A-Za-z])[^\W\d_]{3,}[ ,]+){3}")
_COMMAND = re.compile(r"\\[A-Za-z]")


def is_formula(text: str) -> bool:
    """Return whether a text has a sign of TeX and no prose."""
    return bool(_TEX.search(text)) and not _PROSE.search(text)


class Formulas:
    """Formulas in one text; nothing is searched for twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next_places: dict[re.Pattern[str], int] = {}

    def between_brackets(self, start: int, end: int) -> bool:
        """Return `is_formula` for a range; ranges must come in the order of their starts."""
        tex, prose = (self._first(pattern, start) < end for pattern in (_TEX, _PROSE))
        return tex and not prose

    def between_dollars(self, start: int, end: int) -> bool:
        """Return whether a range between two dollar signs is a formula.

        Pandoc's rule is applied, which excludes prices.
        """
        inner = self._text[start:end]
        before, behind = self._text[start - 2 : start - 1], self._text[end + 1 : end + 2]
        space = inner[0].isspace() or inner[-1].isspace()
        word = before.isalnum() or behind.isalnum() or behind == "{" or inner[-1] == "\\"
        amount = _AMOUNT.match(inner) and not _TEX.search(inner)
        # Two prices on two lines, or in two rows of a table, have none.
        if ("\n" in inner or "\r" in inner) and not _COMMAND.search(inner):
            return False
        return not (space or word or amount or _VARIABLE.match(inner) or _PROSE.search(inner))

    def _first(self, pattern: re.Pattern[str], at: int) -> int:
        """Return the start of the next match; the end of the text if there is none."""
        place = self._next_places.get(pattern, -1)
        if place < at:
            match = pattern.search(self._text, at)
            place = self._next_places[pattern] = match.start() if match else len(self._text)
        return place
