"""HTML elements into blocks of Markdown."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from pipeline.importers.html_markdown import convert_blocks, join_formatting, mend_lists, text_of


def converted(html: str) -> tuple[list[str], list[str]]:
    soup = BeautifulSoup(html, "lxml")
    assert soup.body is not None
    mend_lists(soup.body)
    join_formatting(soup.body)
    notes: list[str] = []
    texts = [
        f"{'#' * block.level} {block.text}".strip() for block in convert_blocks(soup.body, notes)
    ]
    return texts, notes


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2> a <b>b</b></h2>", ["## a **b**"]),
        ("<h3><strong>a</strong></h3>", ["### a"]),
        ("a<p>b</p>c", ["a", "b", "c"]),
        ("<div><div>a</div><span>b</span></div>", ["a", "b"]),
        ("<p>a<br>b</p>", ["a\\\nb"]),
        ("<p><br>a<br></p>", ["a"]),
        ("<p>a  b\n c</p>", ["a b c"]),
        ("<p>a\xa0b</p>", ["a\xa0b"]),
        ("<p><b>a</b><b>b</b> <i>c</i></p>", ["**ab** *c*"]),
        ("<p><b>(a)</b>b</p>", ["<strong>(a)</strong>b"]),
        ("<p><del>a</del> <s>b</s> <strike>c</strike> <u>d</u></p>",
         ["~~a~~ ~~b~~ ~~c~~ <u>d</u>"]),
        ("<p>H<sub>2</sub>O<sup>3</sup></p>", ["H<sub>2</sub>O<sup>3</sup>"]),
        ("<p><code>a*b</code></p>", ["`a*b`"]),
        ("<p><a href='https://a.b/c d'>e</a><a href='#x'>f</a></p>", ["[e](<https://a.b/c d>)f"]),
        ("<p><a href='javascript:x()'>a</a></p>", ["a"]),
        ("<img src='a b.png' alt='c [d]'>", ["![c [d]](<a b.png>)"]),
        ("<blockquote><p>a</p><p>b</p></blockquote>", ["> a\n>\n> b"]),
        ("<pre>a\n  b</pre>", ["```\na\n  b\n```"]),
        ("<hr>", ["---"]),
        ("<ol start=3><li>a<ul><li>b</ul><li>c</ol>", ["3. a\n   - b\n4. c"]),
        ("<ul><li><p>a</p></li><li><p>b</p></li></ul>", ["- a\n- b"]),
        ("<ul><li><p>a</p><p>b</p></li></ul>", ["- a\n\n  b"]),
        ("<ul><li>x<p>a</p></li></ul>", ["- x\n\n  a"]),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", ["- a\n  - b"]),
        (
            "<ol><li>a</li></ol><ul><ul><li>b</li></ul></ul><ol start=2><li>c</li></ol>",
            ["1. a\n   - b\n2. c"],
        ),
        (
            "<table><tr><th>a</th><th>b|c</th></tr><tr><td>d<br>e</td><td><p>f</p></td></tr></table>",
            ["| a | b\\|c |\n| --- | --- |\n| d e | f |"],
        ),
        ("<table><caption>t</caption><tr><td>a</td><td>b</td></tr></table>",
         ["t", "| a | b |\n| --- | --- |"]),
        ("<table><tr><td><h2>a</h2><p>b</p></td></tr></table>", ["## a", "b"]),
        ("<table role=presentation><tr><td>a</td><td>b</td></tr></table>", ["a", "b"]),
        ("<figure><img src=a.png alt=b><figcaption>c</figcaption></figure>", ["![b](a.png)", "c"]),
        ("<ul><li>a</ul> <ul><li>b</ul><ul><li>c</ul>", ["- a\n- b\n- c"]),
        ("<ul><li>a</ul>x<ul><li>b</ul>", ["- a", "x", "- b"]),
        ("<ol><li>a</ol><ol start=2><li>b</ol><ol><li>c</ol>", ["1. a\n2. b", "1. c"]),
        ("<h4>Ana Ruiz<br><small>Saltworks (@ana)</small></h4>",
         ["#### Ana Ruiz, Saltworks (@ana)"]),
        ("<h4>Salt<br>water</h4>", ["#### Salt water"]),
        ("<dl><dt>a</dt><dd>b</dd></dl>", ["a\n:   b"]),
        ("<p>1. a</p><p># b</p><p>- c</p>", ["1\\. a", "\\# b", "\\- c"]),
        ("<p></p><div> </div>", []),
    ],
)  # fmt: skip
def test_blocks(html: str, expected: list[str]) -> None:
    assert converted(html) == (expected, [])


def test_merged_cells_are_told() -> None:
    html = (
        "<table><tr><th>a<th>b<th>c</tr><tr><td colspan=2>d<td rowspan=2>e</tr>"
        "<tr><td>f<td>g</tr></table>"
    )
    texts, notes = converted(html)
    assert [line.count("|") for line in texts[0].split("\n")] == [4, 4, 4, 4]
    assert texts[0].endswith("| f | g |  |")
    assert notes == [
        "table with 2 merged cells (the first: 'd'): Markdown has none, so the text is in the "
        "first of the cells and the others are empty"
    ]


def test_text_of_blocks_is_apart_and_that_of_words_is_not() -> None:
    soup = BeautifulSoup("<p>a<b>b</b></p><p>c<br>d</p><img alt='e'><li>f</li>g", "lxml")
    assert text_of(soup) == "ab c d e f g"
