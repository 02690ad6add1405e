"""Metadata in the head of a page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from pipeline.importers.page_metadata import read_metadata

LINKED = (
    '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"headline": "Salt", '
    '"author": [{"name": "Mira"}], "datePublished": "2026-10-03T08:00"}]}</script>'
)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<title>Salt</title>", {"title": "Salt"}),
        ("<title>Salt | The Site</title><h1>Salt</h1>", {"title": "Salt"}),
        (
            '<title>x</title><meta property="og:title" content="Salt - Site">'
            '<meta property="og:site_name" content="Site">', {"title": "Salt"},
        ),
        (LINKED, {"title": "Salt", "author": "Mira", "date": "2026-10-03"}),
        ('<script type="application/ld+json">{"a":</script><title>a</title>', {"title": "a"}),
        ('<meta name=author content="Mira">', {"author": "Mira"}),
        ('<p>By <a rel="author" href="/m">Mira Holt</a></p>', {"author": "Mira Holt"}),
        ('<span class="author">By Mira Holt</span>', {"author": "Mira Holt"}),
        ('<div class="author">Mira Holt has baked for twenty years</div>', {"author": ""}),
        ('<time datetime="2026-10-03">3 October</time>', {"date": "2026-10-03"}),
        ('<meta name="description" content="a\xa0b ?">', {"description": "a\xa0b ?"}),
        ('<html lang="pt_BR"><p>a', {"language": "pt-BR"}),
        ("<p>a</p>", {"title": "", "author": "", "date": "", "language": ""}),
    ],
)  # fmt: skip
def test_metadata(html: str, expected: dict[str, str]) -> None:
    document = read_metadata(BeautifulSoup(html, "lxml"))
    assert {key: getattr(document, key) for key in expected} == expected
