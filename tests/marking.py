"""A mark in every text of an article, and an independent renderer that checks the result.

The mark follows the first word of each text. In a correct build every mark comes back in
the rendered page, and without the marks it equals the page of the source.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract
from pipeline.markdown.frontmatter import locate_front_matter
from pipeline.markdown.marks import find_marks as constructs
from pipeline.markdown.parser import inline
from pipeline.model import State
from pipeline.pages.building import build

if TYPE_CHECKING:
    from pipeline.model import Article, Segment

__all__ = ["MARK", "flaw", "marked", "rendered"]

MARK = " жжж"
_WORD = re.compile(r"(?<![&#\w\\])[^\W\d_]\w*(?![\w;'’]|[.:@/]\w)")
# A fence of MyST such as ```{note} holds text.
_BLANKS = re.compile(r"(<pre>(?!<code class=\"language-\{).*?</pre>)|\s+", re.S)


def flaw(data: bytes) -> str:
    """Return the flaw of a marked build; empty if every mark is there and nothing else changed."""
    article = read_article(data, "a.md")
    template = extract(article, "a")
    units = tuple(
        u._replace(target=marked(u.source, article.labels), state=State.REVIEWED)
        for u in template.units
    )
    built = build(article, replace(template, units=units), "a.po", drafts=True)
    if built.findings:
        return f"refused: {built.findings[0].message}"
    before, after = rendered(data), rendered(built.data)
    wanted = sum(MARK in marked(s.text, article.labels) for s in _shown(article))
    found = after.count(MARK)
    if after.replace(MARK, "") != before:
        return "rendered in another way"
    return "" if found == wanted else f"{wanted} marks, {found} in the page"


def marked(text: str, labels: frozenset[str]) -> str:
    """Put the mark behind the first word outside of code, addresses, tags and labels."""
    rest = constructs(text, labels).rest
    own = [(item.start, item.end) for item in inline(text, labels) if item.label]
    for word in _WORD.finditer(rest):
        if not any(start < word.end() and word.start() < end for start, end in own):
            return text[: word.end()] + MARK + text[word.end() :]
    return text


def rendered(data: bytes) -> str:
    """Render CommonMark with tables, strikethrough and footnotes.

    Outside of code, runs of spaces and line ends become one space: translations wrap differently.
    """
    text = data.decode("utf-8-sig")
    html = str(_renderer().render(text[locate_front_matter(text).end :]))
    return _BLANKS.sub(lambda m: m[1] or " ", html)


@cache
def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return renderer.use(footnote_plugin)


def _shown(article: Article) -> list[Segment]:
    return [s for s in article.segments if s.form != "yaml"]
