"""HTML of word processors and web editors."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from pipeline.importers.editor_html import mend_editor_html


def mended(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    mend_editor_html(soup)
    for element in soup.find_all(style=True):
        del element["style"]
    return str(soup)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<span style="font-weight:700">a</span>', "<strong><span>a</span></strong>"),
        ('<span style="font-style: italic">a</span>', "<em><span>a</span></em>"),
        ('<span style="text-decoration:line-through">a</span>', "<del><span>a</span></del>"),
        ('<span style="font-weight:400">a</span>', "<span>a</span>"),
        ('<b style="font-weight:normal"><p>a</p></b>', "<p>a</p>"),
        ('<h2><span style="font-weight:700">a</span></h2>', "<h2><span>a</span></h2>"),
    ],
)
def test_styles_are_elements(html: str, expected: str) -> None:
    assert mended(html) == expected


def item(marker: str, text: str, level: int = 1) -> str:
    return f'<p style="mso-list:l0 level{level} lfo1"><span>{marker}</span>{text}</p>'


def test_paragraphs_of_word_are_lists() -> None:
    html = item("·", "a") + item("o", "b", 2) + item("·", "c") + "<p>d</p>" + item("1.", "e")
    assert mended(html) == (
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><p>d</p><ol><li>e</li></ol>"
    )
