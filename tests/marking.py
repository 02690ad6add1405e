"""One mark in every text of an article, and a renderer of another make that says what became of it.

The mark stands behind the first word of each text. Where all is well, every mark comes back in
the rendered page, and what is left without them is the page of the source.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract
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
    """Say what a marked build does to an article; empty: each mark is there, and no more."""
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
    """Put the mark behind the first word that is not in code, an address, a tag or a label."""
    rest = constructs(text, labels).rest
    own = [(item.start, item.end) for item in inline(text, labels) if item.label]
    for word in _WORD.finditer(rest):
        if not any(start < word.end() and word.start() < end for start, end in own):
            return text[: word.end()] + MARK + text[word.end() :]
    return text


def rendered(data: bytes) -> str:
    """Render as markdown-it does: CommonMark with tables, strikethrough and footnotes.

    Blanks and line ends are one blank but in code: a translation has lines of its own.
    """
    html = str(_renderer().render(data.decode("utf-8-sig")))
    return _BLANKS.sub(lambda m: m[1] or " ", html)


@cache
def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return renderer.use(footnote_plugin).use(front_matter_plugin)


def _shown(article: Article) -> list[Segment]:
    return [s for s in article.segments if s.form != "yaml"]
