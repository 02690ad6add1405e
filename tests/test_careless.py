"""Careless translations: shown as intended, or replaced by the source with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.article import skeleton_of
from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract
from pipeline.model import State
from pipeline.pages.building import build

if TYPE_CHECKING:
    from pipeline.model import Article, Catalog

PLACES = {
    "paragraph": "Before.\n\nTHIS\n\nAfter *all*.\n",
    "paragraph of lines": "Before.\n\nTHIS\ntext\n\nAfter.\n",
    "heading": "# THIS\n\nAfter.\n",
    "closed heading": "## THIS ##\n\nAfter.\n",
    "underlined heading": "THIS\n====\n\nAfter.\n",
    "item": "- One\n- THIS\n- Three\n\nAfter.\n",
    "loose item": "1. One\n\n2. THIS\n\n   Inner.\n",
    "task": "- [ ] THIS\n- [x] Two\n",
    "quotation": "> Before.\n>\n> THIS\n\nAfter.\n",
    "cell": "| a | b |\n|---|---|\n| THIS | d |\n\nAfter.\n",
    "head of a table": "| THIS | b |\n|---|---|\n| c | d |\n",
    "cell without bars": "a | b\n-|-\nTHIS | d\n",
    "image": "![THIS](u.png)\n\nAfter.\n",
    "title of an image": '![a b](u.png "THIS")\n\nAfter.\n',
    "footnote": "One[^1].\n\n[^1]: THIS\n\nAfter.\n",
    "definition": "Term\n: THIS\n\nAfter.\n",
    "container": ":::note\nTHIS\n:::\n\nAfter.\n",
    "title of a container": ":::note THIS\nBody.\n:::\n\nAfter.\n",
    "label of a container": ":::note[THIS]\nBody.\n:::\n\nAfter.\n",
    "attribute of a container": ':::note{title="THIS"}\nBody.\n:::\n\nAfter.\n',
    "admonition": '!!! note "THIS"\n    Body.\n\nAfter.\n',
    "body of an admonition": "!!! note\n    THIS\n\nAfter.\n",
    "directive": "```{note} THIS\nBody.\n```\n\nAfter.\n",
    "body of a directive": "```{note}\nTHIS\n```\n\nAfter.\n",
    "callout": "> [!tip] THIS\n> Body.\n\nAfter.\n",
    "abbreviation": "The HTML.\n\n*[HTML]: THIS\n\nAfter.\n",
    "text of HTML": "<p>Before</p>\n<p>THIS</p>\n\nAfter.\n",
    "lines of HTML": "<div>\nTHIS\n</div>\n\nAfter.\n",
    "attribute of HTML": '<img src="u" alt="THIS">\n\nAfter.\n',
    "MDX": "import A from 'a'\n\n<A b={c}>\n\nTHIS\n\n</A>\n\nAfter.\n",
    "attribute of MDX": 'import A from "a"\n\n<A\n  title="THIS"\n/>\n\nAfter.\n',
    "shortcode": '{{< figure src="u" title="THIS" >}}\n\nAfter.\n',
    "Liquid": "{% if a %}\nTHIS\n{% endif %}\n\nAfter.\n",
}
CARELESS = (
    "**open",
    "*a* b*",
    "a `code",
    "a ``` b",
    "```",
    "~~~ text",
    ":::",
    ":::note Text",
    "/// x",
    "a {b",
    "a } b",
    "{% raw %}",
    "{{ b }}",
    "a < b",
    "a <b",
    "<div>",
    "</div> a",
    "<Aa> b",
    "<!-- a",
    "a --> b",
    "a\\",
    "a \\| b | c",
    "| a | b |",
    "# a",
    "a #",
    "a ##",
    "- a",
    "1. a",
    "+ a",
    "> a",
    "[!NOTE]",
    "[^1]: a",
    "[a]: b",
    "[a](b",
    "a](b) c",
    "[a]",
    "<https://a.b>",
    "    a",
    "a    ",
    "\ta\tb",
    "a\nb",
    "a\n\nb",
    "a\n- b",
    "a\n===",
    "a\n---",
    "---",
    "***",
    "a\r\nb",
    'a "b" c',
    "a 'b' c",
    '"',
    "a: b",
    "a #b",
    "- a: b",
    "@a",
    "%a",
    "&a *a !a",
    "&amp; &quot; &lt;b",
    "true",
    "~",
    "12",
    "\u202ea\u202c b",
    "a\u2028b",
    "a\u00a0 ",
    "\ufeffa",
    "[x] a",
    ": a",
    "a\n: b",
    '=== "a"',
    "!!! note",
    "$$",
    "a $b$ c",
    "\\[ a \\]",
    "import a from 'b'",
    "export const a",
    "[TOC]",
    "*[a]: b",
    "%% a %%",
    "[[a]]",
    "(a)=",
    "+++",
    "a {#b}",
    "a {: #b}",
)


@pytest.mark.parametrize("place", PLACES)
def test_nothing_else_is_touched(place: str) -> None:
    article = read_article(PLACES[place].encode(), "x.md")
    template = extract(article, "x")
    assert [target for target in CARELESS if not _is_harmless(article, template, target)] == []


def _is_harmless(article: Article, template: Catalog, target: str) -> bool:
    """Return whether a translation leaves all other texts and the skeleton unchanged."""
    index = next(n for n, s in enumerate(article.segments) if s.text.startswith("THIS"))
    units = tuple(
        unit._replace(target=target if "THIS" in unit.source else "", state=State.REVIEWED)
        for unit in template.units
    )
    built = build(article, replace(template, units=units), "x.po", drafts=True)
    if skeleton_of(built.data) != skeleton_of(article.data):
        return False
    if built.findings:
        return built.data == article.data and bool(built.findings[0].message)
    texts = [segment.text for segment in article.segments]
    again = [segment.text for segment in read_article(built.data, "x.md").segments]
    rest = texts[:index] + texts[index + 1 :]
    # A text without a letter is none when it is read again.
    return again in (texts[:index] + again[index : index + 1] + texts[index + 1 :], rest)
