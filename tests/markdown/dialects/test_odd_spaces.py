"""Headings and list items without a plain space behind their mark."""

from __future__ import annotations

import pytest

from pipeline.article.reading import read_article
from pipeline.markdown.dialects.view import parser_view
from pipeline.markdown.rendering import render_html
from tests.linear.odd import RUNS

READ = {
    "a no-break space": ("##\u00a0One\n", "## One\n"),
    "a narrow one": ("Up.\n###\u202fOne\nWords.\n", "Up.\n### One\nWords.\n"),
    "a character without a width": ("##\u200bOne\n", "## One\n"),
    "an ideographic space": ("#\u3000見出し\n", "# 見出し\n"),
    "several": ("##\u00a0\u200b One\n", "##  One\n"),
    "in a quotation": ("> ##\u00a0One\n", "> ## One\n"),
    "nothing": ("Up.\n\n##One\n\nWords.\n", "Up.\n\n## One\n\nWords.\n"),
    "nothing, an expert": ("Up.\n##One, Two (@one)\nWords.\n", "Up.\n## One, Two (@one)\nWords.\n"),
    "nothing, as elsewhere": (
        "##One\n\nUp.\n\n##Two\nWords.\n",
        "## One\n\nUp.\n\n## Two\nWords.\n",
    ),
    "nothing, bold": ("##**One**\n", "## **One**\n"),
    "lines that end as on Windows": ("##\u00a0One\r\n\r\n##Two\r\n", "## One\r\n\r\n## Two\r\n"),
    "items": ("-\u00a0One\n-\u00a0Two\n", "- One\n- Two\n"),
    "one of the items": ("- One\n-\u202fTwo\n", "- One\n- Two\n"),
    "items with stars": ("*\u200bOne\n* Two\n", "* One\n* Two\n"),
    "items with gaps": ("+\u00a0One\n  more\n\n+\u00a0Two\n", "+ One\n  more\n\n+ Two\n"),
    "numbered items": ("1.\u00a0One\n2.\u00a0Two\n", "1. One\n2. Two\n"),
    "items with another sign": ("1)\u00a0One\n2) Two\n", "1) One\n2) Two\n"),
    "nested items": (
        "- One\n    -\u00a0Two\n    -\u00a0Three\n",
        "- One\n    - Two\n    - Three\n",
    ),
    "a lone item": ("Up:\n\n-\u00a0One\n", "Up:\n\n- One\n"),
}
LEFT = [
    "#hashtag and words\n",
    "#\u200bhashtag\n",
    "Up.\n#\u00a05 of all\n",
    "##tag and words in\na paragraph\n",
    "Up.\n##One\n",
    "##!One\n\n####\n",
    "#######\u00a0One\n",
    "```\n##\u00a0One\n-\u00a0a\n-\u00a0b\n```\n",
    "Up.\n\n    ##\u00a0One\n",
    "<pre>\n##\u00a0One\n</pre>\n",
    "1.\u00a0Mai\n",
    "1986.\u00a0Mai\n1999.\u00a0Juni\n",
    "*\u00a0A footnote.\n",
    "-\u00a05 degrees\n",
    "Up,\n-\u00a0one.\n",
    "## One\n\n- Two\n\n1. Three\n",
    "##\u00a0\n\n-\u00a0\n",
]


@pytest.mark.parametrize(("text", "plain"), READ.values(), ids=READ)
def test_what_was_meant_is_read(text: str, plain: str) -> None:
    assert render_html(text, {}) == render_html(plain, {})
    one, other = (read_article(body.encode(), "a.md") for body in (text, plain))
    assert [s[:4] for s in one.segments] == [s[:4] for s in other.segments]
    assert one.sections == other.sections
    for segment in one.segments:
        assert one.data[segment.start : segment.end].decode().split() == segment.text.split()


@pytest.mark.parametrize("text", LEFT)
def test_what_may_be_something_else_stays(text: str) -> None:
    view = parser_view(text)
    assert view is None or not view.odd_spaces


@pytest.mark.parametrize("unit", [*RUNS, "##a\n\n", "-\u00a0a\n", "#\u00a0"])
def test_long_runs_are_read(unit: str) -> None:
    assert "\u00a0" not in render_html(unit * 2_000, {}) or unit == "#\u00a0"
