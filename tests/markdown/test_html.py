"""Texts and comments in blocks of raw HTML."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.markdown.html import INLINE_TAGS, html_pieces

TEXTS = {
    "plain": ("<p>One</p>", ["One"]),
    "two blocks": ("<p>One</p><p>Two</p>", ["One", "Two"]),
    "inline tags stay": ("<p>One <b>and</b> two</p>", ["One <b>and</b> two"]),
    "inline tag at the edge": ("<p><em>All</em></p>", ["<em>All</em>"]),
    "blanks go": ("<p>\n  One\r\n</p>", ["One"]),
    "entities stay": ("<p>A &amp; B</p>", ["A &amp; B"]),
    "only entities": ("<p>&nbsp;&#160;&mdash;</p>", []),
    "no letters": ("<p>12 — 13 …</p>", []),
    "no Latin letters": ("<p>日本</p>", ["日本"]),
    "attributes": ('<img src="x" alt="One"><hr title=\'Two\'>', ["One", "Two"]),
    "attributes of no words": ('<img class="a" alt="1 &amp;" title=b><hr id="title=\'c\'">', []),
    "attribute of a tag in a text": ('<p>A <img alt="b"></p>', ['A <img alt="b">']),
    "attribute beside no text": ('<p><img alt="b"> – </p>', ["b"]),
    "attribute in silence": ('<svg><g title="a"/></svg><p label="B">', ["B"]),
    "attributes on lines": ('<img\n  alt = "One"\n  title="a\nb">', ["One", "a\nb"]),
    "greater-than in a value": ('<p class="a > b">One</p>', ["One"]),
    "single quotes": ("<p class='a > b'>One</p>", ["One"]),
    "quote outside of a value": ('<p a"b>One</p>', ["One"]),
    "less-than in the text": ("<p>1 < 2 is true</p>", ["1 < 2 is true"]),
    "unknown tag": ("<my-tag>One</my-tag>", ["One"]),
    "upper case": ("<P>One <B>two</B></P>", ["One <B>two</B>"]),
    "doctype and instruction": ("<!doctype html><?php echo ?>One", ["One"]),
    "character data": ("<![CDATA[ no <p> ]]>One", ["One"]),
    "script": ("<script>if (a<b) f('x');</script>One", ["One"]),
    "script that is not closed": ("<script>One <p>Two", []),
    "style, pre, svg": ("<style>a{}</style><pre>b</pre><svg><text>c</text></svg>One", ["One"]),
    "nested silence": ("<svg>a<svg>b</svg>c</svg>One", ["One"]),
    "empty silent tag": ("<svg/>One", ["One"]),
    "stray end of silence": ("</pre>One", ["One"]),
    "tag that is not closed": ("One <b", ["One <b"]),
    "tag alone on the first line": ('<a href="x">\nOne\n</a>', ["One"]),
    "tag alone on the last line": ("<td>One\n<br>", ["One"]),
    "tag alone in the middle": ("<p>One\n<br>\nTwo</p>", ["One\n<br>\nTwo"]),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("block", "expected"), TEXTS.values(), ids=TEXTS)
def test_texts(block: str, expected: list[str]) -> None:
    raw = block.encode("utf-8")
    texts = [raw[p.start : p.end].decode("utf-8") for p in html_pieces(raw) if p.kind != "comment"]
    assert texts == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("<p>a<!-- one -->b<!-- two -->", ["<!-- one -->", "<!-- two -->"]),
        ("<!-->a", ["<!-->"]),
        ("<!--->a", ["<!--->"]),
        ("<!-- a --!> b", ["<!-- a --!>"]),
        ("<!-- a > b -- c -->", ["<!-- a > b -- c -->"]),
        ("<!-- never closed", ["<!-- never closed"]),
        ("<pre><!-- in silence --></pre>", ["<!-- in silence -->"]),
        ("<script><!-- no comment --></script>", []),
    ],
)
def test_comments(block: str, expected: list[str]) -> None:
    raw = block.encode("utf-8")
    assert [
        raw[p.start : p.end].decode("utf-8") for p in html_pieces(raw) if p.kind == "comment"
    ] == expected


def test_a_comment_ends_a_text() -> None:
    raw = b"<p>One <!-- c --> two</p>"
    assert [raw[p.start : p.end] for p in html_pieces(raw)] == [b"One", b"<!-- c -->", b"two"]


def test_pieces_are_in_order_and_apart() -> None:
    raw = "".join(f"<{tag}>é {tag}</{tag}><!-- c -->" for tag in ("p", "td", "li", "dt")).encode()
    pieces = html_pieces(raw)
    assert len(pieces) == 8
    assert all(a.end <= b.start for a, b in pairwise(pieces))


def test_block_tags_are_not_inline() -> None:
    assert not INLINE_TAGS & {"p", "div", "td", "li", "h1", "summary", "script"}
