"""What a terminal makes of a text: cells and colours.

Beside the terminal itself the only module that imports rich.
"""

from __future__ import annotations

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.style import Style

__all__ = ["graphemes", "painted"]


def graphemes(text: str) -> list[tuple[int, int, int]]:
    """Cut a text into what is drawn as one: start, end, and how many cells wide it is."""
    # "auto", the default, would read the environment.
    spans, _ = split_graphemes(text, unicode_version="latest")
    return spans


def painted(text: str, style: str) -> str:
    """Colour a text with one of rich's styles, such as ``bold red``; sixteen colours do."""
    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)
