"""Formulas as MathML."""

from __future__ import annotations

import pytest

from pipeline.markdown.formulas import find_formulas, formula_html


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("$a\\,b$", ['display="inline"', "<mi>a</mi><mspace", "<mi>b</mi>"]),
        ("$a\\_b$", ["<mi>_</mi>".replace("_", "&#x0005F;")]),
        ("$$\na^2\n$$", ['display="block"', "<msup>"]),
        ("\\(x\\)", ['display="inline"', "<mi>x</mi>"]),
        ("\\[x\\]", ['display="block"', "<mi>x</mi>"]),
        ("\\begin{align}a&=b\\end{align}", ['display="block"', "<mtable"]),
        ("$`x`$", ['display="inline"', "<mi>x</mi>"]),
    ],
)
def test_a_formula_becomes_mathml(raw: str, parts: list[str]) -> None:
    made = formula_html(raw)
    assert made.startswith("<math ")
    assert [part for part in parts if part not in made] == []


@pytest.mark.parametrize("raw", ["$\\frac{$", "$a", "text", "$" + "x+" * 3000 + "$", "${$"])
def test_what_cannot_be_read_stays_as_tex(raw: str) -> None:
    assert formula_html(raw) == f'<code class="math">{raw}</code>'


def test_tex_is_text() -> None:
    assert formula_html("$<b> \\frac{$") == '<code class="math">$&lt;b&gt; \\frac{$</code>'


@pytest.mark.parametrize(
    ("text", "ranges"),
    [("$a$", [(0, 3)]), ("$$a$$ $$b$$ {#c}", [(0, 5), (6, 11)]), ("\\$a", []), ("", [])],
)
def test_formulas_are_found(text: str, ranges: list[tuple[int, int]]) -> None:
    assert find_formulas(text) == ranges
