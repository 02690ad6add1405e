"""Inline elements of TMX from other tools: kept, removed or refused."""

from __future__ import annotations

import pytest
from lxml import etree  # type: ignore[import-untyped]

from pipeline.drafting.tmx_inline import text


def segment(inner: str) -> str | None:
    """Read a segment that contains these elements."""
    return text(etree.fromstring(f"<seg>{inner}</seg>"))


KEPT = [
    ("Plain.", "Plain."),
    ("", ""),
    ("a &lt;b&gt; &amp; c", "a <b> & c"),
    ('<bpt i="1">**</bpt>Salt<ept i="1">**</ept>!', "**Salt**!"),
    ('<bpt i="1">&lt;b&gt;</bpt>Salt<ept i="1">&lt;/b&gt;</ept>', "<b>Salt</b>"),
    ('<bpt i="1">[</bpt>Salt<ept i="1">](https://a.b/c)</ept>', "[Salt](https://a.b/c)"),
    ('<it pos="begin">&lt;em class="x"&gt;</it>Salt', '<em class="x">Salt'),
    ("Hello <ph>{name}</ph>, <ph>%(n)s</ph>!", "Hello {name}, %(n)s!"),
    ("A<ph>&lt;br/&gt;</ph>B", "A<br/>B"),
    ("A<ph>&amp;nbsp;</ph>B", "A&nbsp;B"),
]

DROPPED = [
    ('<bpt i="1" type="bold"/>Salt<ept i="1"/>', "Salt"),
    ('<bpt i="1">{\\b </bpt>Salt<ept i="1">}</ept>', "Salt"),
    ('<bpt i="1">&lt;mq:b&gt;</bpt>Salt<ept i="1">&lt;/b&gt;</ept>', "Salt"),
    ("A <hi>bold <hi>word</hi></hi> here", "A bold word here"),
    ("A <!-- remark -->word<?app here?>", "A word"),
]

REFUSED = [
    "See <ph/>.",
    "See <ph>1</ph>.",
    "See <ph>{1}</ph>.",
    "See <ut>{\\field}</ut>.",
    "See <new>this</new>.",
    "<hi>See <ph/></hi>.",
    '<bpt i="1">&lt;a title="<sub>Words</sub>"&gt;</bpt>A<ept i="1">&lt;/a&gt;</ept>',
]


@pytest.mark.parametrize(("inner", "expected"), KEPT)
def test_what_an_article_can_hold_stays(inner: str, expected: str) -> None:
    assert segment(inner) == expected


@pytest.mark.parametrize(("inner", "expected"), DROPPED)
def test_other_codes_go_and_words_stay(inner: str, expected: str) -> None:
    assert segment(inner) == expected


@pytest.mark.parametrize("inner", REFUSED)
def test_a_segment_that_would_not_be_whole_is_none(inner: str) -> None:
    assert segment(inner) is None


def test_names_in_a_namespace_are_the_same() -> None:
    node = etree.fromstring('<seg xmlns="http://www.lisa.org/tmx14">A <hi>b</hi><ph/></seg>')
    assert text(node) is None
    node.remove(node[1])
    assert text(node) == "A b"
