"""Sanitiser of an article's HTML: only the tags and attributes listed here remain.

The only module that imports nh3, which removes the others.
"""

from __future__ import annotations

import html
import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import nh3

__all__ = ["MAIN", "first_heading", "sanitise"]

MAIN = "page-text"
"""Id to which the link for skipping leads; nothing in an article may have it."""
# Never looks beyond the next heading, so that a thousand open ones take no longer.
_HEADING = re.compile(r"<h[1-6][^<>]*>((?:(?!<h[1-6]).)*?)</h[1-6]>", re.S)
# fmt: off
_TAGS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "hr", "br", "wbr", "div", "section", "span",
    "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "details", "summary", "input",
    "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td",
    "figure", "figcaption", "img", "a", "em", "strong", "b", "i", "u", "s", "small", "mark",
    "abbr", "bdi", "bdo", "cite", "code", "dfn", "kbd", "q", "rp", "rt", "ruby", "samp",
    "del", "ins", "sub", "sup", "time", "var",
}
# What stands in these is not text for readers.
_DROPPED_WITH_CONTENT = {
    "embed", "iframe", "noembed", "noframes", "object", "script", "style", "svg", "template",
}
# fmt: on
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang", "rel"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "input": {"checked"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start"},
    "q": {"cite"},
    "td": {"align", "colspan", "rowspan", "style"},
    "th": {"align", "colspan", "rowspan", "scope", "style"},
    "time": {"datetime"},
}
# The only field is a task's check box, whatever the article asks for.
_SET_ATTRIBUTES = {"input": {"type": "checkbox", "disabled": ""}}
# The outer loop is greedy, not possessive: Python before 3.11.5 leaves a possessive group where its
# last, failed round ended (gh-106052). Nothing is gained by going back, so it stays linear.
_CLOSED_TAG = re.compile(
    r"<(/?)(?!(?:p|li|d[td]|t[rdh]|tbody|thead|tfoot|br|hr|img|input|wbr|col)\b)"
    r"[A-Za-z](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*>",
    re.I,
)
"""Tags that must be closed."""
_MOST_NESTED = 500
_SCHEMES = {"http", "https", "mailto", "tel"}
_CLASSES = re.compile(
    r"draft|untranslated|visually-hidden|expert|language-[\w+#.-]+|footnote-[a-z-]+"
    r"|markdown-alert-[a-z]+"
)
_ALIGN = re.compile(r"\s*text-align:\s*(?:left|right|center|justify|start|end)\s*;?\s*")


def sanitise(raw: str) -> str:
    """Return HTML without scripts, whatever an article or a catalogue holds."""
    clean = partial(
        nh3.clean,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel=None,  # the article's own rel stays; no link opens a window
        set_tag_attribute_values=_SET_ATTRIBUTES,
        url_schemes=_SCHEMES,
    )
    # What is raised in a filter is lost. Only in the main thread can that be Ctrl-C.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(clean, _drop_deep_tags(raw)).result().strip()


def _drop_deep_tags(raw: str) -> str:
    """Return HTML without the tags that are nested too deeply; their text is kept.

    An HTML parser looks through all open tags at each tag.
    """
    depth = 0

    def drop_deep(tag: re.Match[str]) -> str:
        nonlocal depth
        depth += 1 if not tag[1] else -1 if depth else 0
        return tag[0] if depth + bool(tag[1]) <= _MOST_NESTED else ""

    # A page with fewer tags cannot be nested too deeply.
    return _CLOSED_TAG.sub(drop_deep, raw) if raw.count("<") > _MOST_NESTED else raw


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Restrict the values of the attributes on which the page's own style or links depend."""
    if name == "class":
        return " ".join(part for part in value.split() if _CLASSES.fullmatch(part)) or None
    if name == "style":
        return value if _ALIGN.fullmatch(value) else None
    if name == "id" and value == MAIN:
        return None
    return value


def first_heading(raw: str) -> str:
    """Return the text of the first heading that has one; an empty string without any."""
    texts = (nh3.clean(heading[1], tags=set()) for heading in _HEADING.finditer(raw))
    return next((" ".join(html.unescape(text).split()) for text in texts if text.strip()), "")
