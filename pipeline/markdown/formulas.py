"""Formulas in TeX as MathML.

The only module that imports latex2mathml.
"""

from __future__ import annotations

import html
import re

__all__ = ["find_formulas", "formula_html"]

_FORMULA = re.compile(
    r"\$\$(?P<dollars>(?:[^$\\]|\\.|\$(?!\$))+)\$\$|\\\[(?P<brackets>(?:[^\\]|\\(?!\]).)+)\\\]"
    r"|(?P<environment>\\begin\{(?P<name>[A-Za-z]+)\*?\}.+\\end\{(?P=name)\*?\})"
    r"|\$`(?P<ticks>[^`]+)`\$|\$(?P<dollar>(?:[^$\\]|\\.)+)\$|\\\((?P<bracket>(?:[^\\]|\\(?!\)).)+)\\\)",
    re.S,
)
_DISPLAYED = ("dollars", "brackets", "environment")
_LONGEST = 4000
"""Longest formula in characters that is converted, so that a page takes linear time."""


def find_formulas(text: str) -> list[tuple[int, int]]:
    """Return the ranges of formulas in a text that holds nothing but formulas and attributes."""
    return [match.span() for match in _FORMULA.finditer(text)]


def formula_html(raw: str) -> str:
    """Return a formula, with its delimiters, as MathML.

    A formula that cannot be read is returned as its TeX in ``<code class="math">``. The result is
    not safe: TeX may hold addresses and HTML.
    """
    match = _FORMULA.fullmatch(raw)
    if match and len(raw) <= _LONGEST:
        from latex2mathml.converter import convert  # here, as few pages have formulas

        kind = next(name for name in match.groupdict() if name != "name" and match[name])
        display = "block" if kind in _DISPLAYED else "inline"
        try:
            return convert(match[kind].strip(), display=display)
        except Exception:  # noqa: BLE001 - it raises whatever a wrong formula makes it stumble over
            pass
    return f'<code class="math">{html.escape(raw, quote=False)}</code>'
