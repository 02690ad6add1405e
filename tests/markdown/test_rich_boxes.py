"""Boxes: which lines open one, and how they nest."""

from __future__ import annotations

import pytest

from pipeline.markdown.rich_boxes import Label, is_container
from pipeline.markdown.rich_html import rich_html

LABELS = {"note": Label("N"), "tip": Label("T")}


@pytest.mark.parametrize(
    ("marker", "words", "expected"),
    [
        (":", " note", True),
        (":", " note A title", True),
        (":", "{note}", True),
        (":", " {.a #b}", True),
        (":", "note[A]{b=c}", True),
        (":", "", False),
        (":", "  ", False),
        (":", "{code-block} python", False),
        (":", " a {b} {c} {d}", False),
        ("`", "{note} A", True),
        ("`", "python", False),
        ("`", "{math}", False),
        ("~", "", False),
    ],
)
def test_which_lines_open_a_box(marker: str, words: str, expected: bool) -> None:
    assert is_container(marker, words, marker * 3) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "> [!note]\n> > [!tip]- A\n> > B\n>\n> C\n",
            '<div class="box box-note note" role="note">\n<p class="box-title">N</p>\n'
            '<details class="box box-tip tip">\n<summary class="box-title">A</summary>\n'
            "<p>B</p>\n</details>\n<p>C</p>\n</div>\n",
        ),
        (
            "> A\n>\n> > B\n",
            "<blockquote>\n<p>A</p>\n<blockquote>\n<p>B</p>\n</blockquote>\n</blockquote>\n",
        ),
        ('!!! note ""\n    A\n', '<div class="box box-note note" role="note">\n<p>A</p>\n</div>\n'),
        (":::{a:b}\n:c: d\n:::\n", '<div class="a-b"></div>\n'),
        (
            "> [!NOTE]\n",
            '<div class="box box-note note" role="note">\n<p class="box-title">N</p>\n</div>\n',
        ),
        (
            "::: details\nA\n:::\n",
            '<details class="details">\n<summary class="box-title">N</summary>\n'
            "<p>A</p>\n</details>\n",
        ),
        (
            "```{glossary}\nA\nB\n  *C*\n  D\nE\n  F\n```\n",
            '<div class="glossary">\n<dl>\n<dt>A</dt>\n<dt>B</dt>\n<dd><em>C</em> D</dd>\n'
            "<dt>E</dt>\n<dd>F</dd>\n</dl>\n</div>\n",
        ),
        ("::: plain\nA\n  B\n:::\n", '<div class="plain">\n<p>A\nB</p>\n</div>\n'),
        ("::: plain\nA\n:::\n", '<div class="plain">\n<p>A</p>\n</div>\n'),
        (
            "- ::: note\n  A\n  :::\n",
            '<ul>\n<li>\n<div class="box box-note note" role="note">\n'
            '<p class="box-title">N</p>\n<p>A</p>\n</div>\n</li>\n</ul>\n',
        ),
    ],
)
def test_boxes(text: str, expected: str) -> None:
    assert rich_html(text, LABELS) == expected
