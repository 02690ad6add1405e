"""Blocks that a page leaves out: what goes with them, and what must stay as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.article.reading import read_article
from pipeline.pages.leaving_out import leave_out
from tests.steps import MOST, growth
from tests.strategies import articles

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = {
    "a paragraph": ("A\n\nnew\n\nB\n", "A\n\nB\n"),
    "the last paragraph": ("A\n\nnew\n", "A\n"),
    "a list item": ("- a\n- new\n- b\n", "- a\n- b\n"),
    "an item with more in it": ("- a\n- new\n\n  new too\n\n      code\n- b\n", "- a\n- b\n"),
    "the first of a numbered list": ("A\n\n1. new\n2. a\n3. b\n", "A\n\n1. a\n3. b\n"),
    "the first two": ("4) new\n5) new\n\n   new\n\n6) a\n", "4) a\n"),
    "a whole list": ("A\n\n- new\n- new\n\nB\n", "A\n\nB\n"),
    "a list right under a paragraph": ("A\n- new\n\nB\n", "A\n\nB\n"),
    "a row": ("|h|\n|-|\n|a|\n|new|\n|b|\n", "|h|\n|-|\n|a|\n|b|\n"),
    "a quotation": ("> new\n> new\n\nB\n", "B\n"),
    "a paragraph of a quotation": ("> A\n>\n> new\n>\n> B\n", "> A\n>\n> B\n"),
    "a section with all that is in it": (
        "## A\n\na\n\n## new\n\nnew\n\n```\ncode\n```\n\n![](x.png)\n\n## B\n\nb\n",
        "## A\n\na\n\n## B\n\nb\n",
    ),
    "an expert": (
        "## Ana Ruiz, Spoon (@ana)\n\na\n\n## Ben Cole, Larder (@ben)\n\nnew\n",
        "## Ana Ruiz, Spoon (@ana)\n\na\n",
    ),
    "an expert in bold": (
        "**Ana Ruiz, Spoon (@ana)**\n\na\n\n**Ben Cole, Larder (@ben)**\n\nnew\n\n"
        "**Cem Oz, Fork (@cem)**\n\nc\n",
        "**Ana Ruiz, Spoon (@ana)**\n\na\n\n**Cem Oz, Fork (@cem)**\n\nc\n",
    ),
    "a part of a section": (
        "## A\n\na\n\n### new\n\nnew\n\n### B\n\nb\n",
        "## A\n\na\n\n### B\n\nb\n",
    ),
    "a heading alone": ("## new\n\na\n", "a\n"),
    "numbers go with their section": ("## new\n\nnew\n\n3 %\n\n## B\n\nb\n", "## B\n\nb\n"),
    "numbers stay where others stand": ("## A\n\nnew\n\n3 %\n", "## A\n\n3 %\n"),
    "a description": ("---\ntitle: A\ndescription: new\n---\n\nA\n", "---\ntitle: A\n---\n\nA\n"),
    "tags": ("---\ntitle: A\ntags:\n  - new\n  - new b\n---\n", "---\ntitle: A\n---\n"),
    "a tag": ("---\ntags: [a, new, b]\n---\n", "---\ntags: [a, b]\n---\n"),
    "the first tag": ("---\ntags: ['new', b]\n---\n", "---\ntags: [b]\n---\n"),
    "the last tag": ('---\ntags: [a, "new"]\n---\n', "---\ntags: [a]\n---\n"),
    "a tag on a line": ("---\ntags:\n  - a\n  - new\n---\n", "---\ntags:\n  - a\n---\n"),
    "definitions stay": ("A [b]\n\n## new\n\nnew\n\n[b]: x\n", "A [b]\n\n[b]: x\n"),
    "raw HTML that is closed": ("A\n\n<div>new</div>\n\nB\n", "A\n\nB\n"),
    "a container of a dialect": (
        "## A\n\na\n\n## new\n\n:::note\n\nnew\n\n:::\n\n## B\n\nb\n",
        "## A\n\na\n\n## B\n\nb\n",
    ),
    "a paragraph of a dialect": (":::note[A]\n\na\n\nnew\n\n:::\n", ":::note[A]\n\na\n\n:::\n"),
    "all but the title of a container": (":::note[A]\n\nnew\n\n:::\n", ":::note[A]\n\n:::\n"),
    "nested containers": (
        "a\n\n::::tip\n:::note\nnew\n:::\n::::\n\nb\n",
        "a\n\nb\n",
    ),
    "an admonition": ("a\n\n!!! note\n\n    new\n\nb\n", "a\n\nb\n"),
    "a paragraph of an admonition": (
        "!!! note\n\n    a\n\n    new\n\nb\n",
        "!!! note\n\n    a\n\nb\n",
    ),
    "a text beside a template": ("a\n\n{% x %}\n\nnew\n\nb\n", "a\n\n{% x %}\n\nb\n"),
    "a definition behind a dialect": (
        "## A\n\na [b]\n\n## new\n\n:::note\n\nnew\n\n:::\n\n[b]: x\n",
        "## A\n\na [b]\n\n[b]: x\n",
    ),
    "a footnote with its reference": (
        "a\n\nnew[^1]\n\n[^1]: new\n\nb\n",
        "a\n\nb\n",
    ),
    "a reference to a footnote that another has": (
        "a[^1]\n\nnew[^1]\n\n[^1]: new\n",
        "a[^1]\n\n[^1]: new\n",
    ),
    "old Macs": ("A\r\rnew\r\rB\r", "A\r\rB\r"),
    "Windows": ("A\r\n\r\nnew\r\n\r\nB\r\n", "A\r\n\r\nB\r\n"),
}


def without_new(text: str) -> str:
    article = read_article(text.encode(), "x")
    waiting = [None if "%" in s.text else "new" in s.text for s in article.segments]
    remainder = leave_out(article, waiting)
    kept = [article.segments[index] for index in remainder.kept]
    for old, segment in zip(kept, remainder.article.segments, strict=True):
        at = slice(segment.start, segment.end)
        assert remainder.article.data[at] == article.data[old.start : old.end]
    return remainder.article.data.decode()


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_what_waits_is_left_out(text: str, expected: str) -> None:
    assert without_new(text) == expected


STAYS = {
    "a title": "---\ntitle: new\n---\n",
    "a nested value": "---\nhero:\n  title: new\n  lead: a\n---\n",
    "a cell": "|h|i|\n|-|-|\n|a|new|\n",
    "a picture's text beside another": "![new](x.png 'a')\n",
    "a footnote": "A[^1]\n\n[^1]: new\n",
    "raw HTML that is closed elsewhere": "<details><summary>new</summary>\n\nA\n\n</details>\n",
    "the first paragraph of an item": "- new\n\n  a\n",
    "what keeps code out of an item": "- a\n\nnew\n\n    code\n",
    "a role": "## Ana Ruiz, new chef at Spoon (@ana)\n\na\n",
}


@pytest.mark.parametrize("text", STAYS.values(), ids=STAYS)
def test_what_is_no_whole_block_stays(text: str) -> None:
    assert without_new(text) == text


def test_paragraphs_that_would_become_one_stay_two() -> None:
    assert without_new("A\n\n- new\n\nB\n\n    new\n") == "A\n\nB\n\n    new\n"


def test_nothing_that_waits_is_the_same_article() -> None:
    article = read_article(b"A\n\nB\n", "x")
    assert leave_out(article, [False, False]).article is article


@given(articles, st.lists(st.sampled_from([True, False, None]), min_size=1))
def test_what_stays_is_as_it_was(data: bytes, values: list[bool | None]) -> None:
    article = read_article(data, "x")
    waiting = [values[at % len(values)] for at in range(len(article.segments))]
    remainder = leave_out(article, waiting)
    standing = {at for at, waits in enumerate(waiting) if waits is False}
    assert standing <= set(remainder.kept)
    for at, segment in zip(remainder.kept, remainder.article.segments, strict=True):
        old = article.segments[at]
        assert segment[:3] == old[:3]
        assert remainder.article.data[segment.start : segment.end] == data[old.start : old.end]


def test_the_work_is_linear() -> None:
    def work(size: int) -> Callable[[], object]:
        article = read_article(b"## H\n\n- a\n- new\n\nb\n\nnew\n\n" * size, "x")
        waiting = ["new" in segment.text for segment in article.segments]
        return lambda: leave_out(article, waiting)

    assert growth(work, 40) < MOST
