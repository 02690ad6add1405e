"""Footnotes of several programs."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from pipeline.importers.html_footnotes import lift_footnotes
from pipeline.importers.html_markdown import convert_blocks

CASES = {
    "Python-Markdown": (
        '<p>a<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>'
        '<div class="footnote"><hr><ol><li id="fn:1"><p>b&#160;'
        '<a href="#fnref:1">↩</a></p></li></ol></div>'
    ),
    "goldmark": (
        '<p>a<sup id="fnref:1"><a href="#fn:1" role="doc-noteref">1</a></sup></p>'
        '<div role="doc-endnotes"><ol><li id="fn:1"><p>b '
        '<a href="#fnref:1">&#x21a9;&#xfe0e;</a></p></li></ol></div>'
    ),
    "pandoc": (
        '<p>a<a href="#fn1" id="fnref1" role="doc-noteref"><sup>1</sup></a></p><section>'
        '<ol><li id="fn1"><p>b<a href="#fnref1" role="doc-backlink">↩︎</a></p></li></ol></section>'
    ),
    "mammoth": (
        '<p>a<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a></sup></p>'
        '<ol><li id="footnote-1"><p>b <a href="#footnote-ref-1">↑</a></p></li></ol>'
    ),
    "docutils": (
        '<p>a<a class="footnote-reference" href="#f1" id="id1"><span>[</span>1'
        "<span>]</span></a></p>"
        '<aside class="footnote" id="f1"><span class="label">[<a href="#id1">1</a>]'
        "</span><p>b</p></aside>"
    ),
    "LibreOffice": (
        '<p>a<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym">'
        "<sup>1</sup></a></p>"
        '<div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" '
        'href="#sdfootnote1anc">1</a>b</p></div>'
    ),
}


@pytest.mark.parametrize("program", CASES)
def test_footnotes_are_those_of_markdown(program: str) -> None:
    soup = BeautifulSoup(CASES[program], "lxml")
    assert soup.body is not None
    footnotes = lift_footnotes(soup.body)
    blocks = [block for block in convert_blocks(soup.body, []) if block.kind != "rule"]
    assert [block.text for block in blocks] == ["a[^1]"]
    assert [block.text.rstrip() for block in footnotes] == ["[^1]: b"]


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="#b">to b</a></p><h2 id="b">b</h2>',
        '<p id="t"><a href="#b">1</a></p><p id="b">c</p>',
        '<p><a href="#x">1</a></p>',
        '<ul><li><a id="a1" href="#b1">Contents</a></li></ul><h2 id="b1">b '
        '<a href="#a1">back</a></h2>',
    ],
)
def test_other_links_stay(html: str) -> None:
    soup = BeautifulSoup(html, "lxml")
    assert soup.body is not None
    before = str(soup)
    assert lift_footnotes(soup.body) == []
    assert str(soup) == before


def test_several_references_and_paragraphs() -> None:
    html = (
        '<p>a<sup><a id="r1" href="#n1">1</a></sup> b<sup><a id="r2" href="#n2">2</a></sup></p>'
        '<ol><li id="n1"><p>c</p><p>d <a href="#r1">↩</a></p></li>'
        '<li id="n2">e <a href="#r2">↩</a></li></ol>'
    )
    soup = BeautifulSoup(html, "lxml")
    assert soup.body is not None
    footnotes = lift_footnotes(soup.body)
    assert [block.text for block in footnotes] == ["[^1]: c\n\n    d", "[^2]: e"]
    assert [block.text for block in convert_blocks(soup.body, [])] == ["a[^1] b[^2]"]
