"""The choice of a renderer, and formulas."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.markdown.rendering import render_html

RENDERED = {
    "plain": ("A *b*.\n", "<p>A <em>b</em>.</p>"),
    "formula": ("A $a\\,b\\_c$.\n", '<mspace width="0.167em" />'),
    "two formulas": ("$$a$$ $$b$$\n", "<mi>b</mi>"),
    "formula over lines": ("A:\n\n$$\na\n\nb\n$$\n\nC.\n", "<p>C.</p>"),
    "formula in a picture": ("![$a_1$](b.png)\n", 'alt="$a_1$"'),
    "price": ("It costs $5 and $6.\n", "$5 and $6"),
    "code": ("`$a$`\n", "<code>$a$</code>"),
    "bare value": ("![a](b){width=50%}\n", 'width="50%"'),
    "kramdown's attribute": ("[a](b){:.c}\n", 'class="c"'),
    "heading without a space": ("##\u00a0A\n\nB.\n", "<h2>A</h2>"),
    "containers, outer longer": (":::: a\n::: b\nC.\n:::\n::::\nD.\n", "</div>\n</div>\n<p>D.</p>"),
    "containers, inner longer": ("::: a\n:::: b\nC.\n::::\n:::\nD.\n", "</div>\n</div>\n<p>D.</p>"),
    "containers alike": ("::: a\n::: b\nC.\n:::\n:::\nD.\n", "</div>\n</div>\n<p>D.</p>"),
    "colons in code": ("```\n::: a\n```\n\n::: b\nC.\n:::\n", "<code>::: a\n</code>"),
}


@pytest.mark.parametrize(("text", "part"), RENDERED.values(), ids=RENDERED)
def test_a_text_is_rendered(text: str, part: str) -> None:
    assert part in render_html(text, {})


def test_slow_libraries_are_loaded_only_where_they_are_needed() -> None:
    program = (
        "import sys; from pipeline.markdown.rendering import render_html; render_html({!r}, {{}});"
        "print(*(n for n in ('markdown_it', 'latex2mathml') if n in sys.modules))"
    )
    loaded = [
        subprocess.run(
            [sys.executable, "-c", program.format(text)], capture_output=True, text=True, check=True
        ).stdout.split()
        for text in ("A *b*.\n", "::: a\n:::\n", "$a_1$\n")
    ]
    assert loaded == [[], ["markdown_it"], ["latex2mathml"]]
