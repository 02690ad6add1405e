"""An article as an HTML page.

The only module that imports Jinja, which writes the frame and escapes every value in it, and
nh3, which lets through of the article only what is listed here. Neither lets a script pass,
and the page's own Content-Security-Policy would not run one.
"""

from __future__ import annotations

import html
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

import jinja2
import nh3

from pipeline import frontmatter
from pipeline.languages import (
    direction,
    language_tag,
    long_date,
    name_in,
    own_name,
    percent,
    require,
)
from pipeline.markdown import to_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.report.interface import Phrase, Words

__all__ = ["Alternate", "Page", "render_page"]

_MAIN = "page-text"
"""The id that the link for skipping leads to; nothing in an article may have it."""
# Never looks beyond the next heading, so that a thousand open ones take no longer.
_HEADING = re.compile(r"<h[1-6][^<>]*>((?:(?!<h[1-6]).)*?)</h[1-6]>", re.S)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")
_SCHEME = re.compile(r"[^/?#:]*:")

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
_DROPPED = {
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
_SCHEMES = {"http", "https", "mailto", "tel"}
_CLASSES = re.compile(
    r"draft|untranslated|visually-hidden|expert|language-[\w+#.-]+|footnote-[a-z-]+"
    r"|markdown-alert-[a-z]+"
)
_ALIGN = re.compile(r"\s*text-align:\s*(?:left|right|center|justify|start|end)\s*;?\s*")


class Alternate(NamedTuple):
    """One language in which the article exists."""

    locale: str
    href: str
    """A URL reference, relative to the page or absolute."""
    current: bool
    """Whether it is the page itself."""
    published: bool


class Page(NamedTuple):
    """What a page is made of."""

    locale: str
    source: str
    """The locale that the article was written in."""
    body: bytes
    """The built Markdown file in UTF-8; BOM and front matter may be there. A draft stands in
    ``<mark class="draft">``, a source text that stands in in
    ``<span class="untranslated" lang="…">``."""
    metadata: tuple[tuple[str, str], ...]
    """Front matter in the page's language, by dotted key, as plain text."""
    alternates: tuple[Alternate, ...]
    """The page itself among them, in the order of the language switcher."""
    share_reviewed: float
    """0 to 1."""
    drafts: int
    """Texts shown as drafts."""
    stand_ins: int
    """Texts shown in the source language."""
    site: str = ""
    """The absolute address of this page, which the alternates' hrefs are relative to; where
    it is empty, search engines are given relative addresses."""


class _Link(NamedTuple):
    locale: str
    tag: str
    name: str
    direction: str
    href: str
    address: str
    current: bool


def render_page(page: Page, words: Words) -> str:
    """Write a page.

    Alternates whose address is neither http, https nor relative are left out.

    Raises:
        UsageError: Babel does not know a locale.
    """
    locale = require(page.locale)
    source = require(page.source)
    text = page.body.decode("utf-8-sig")
    raw = to_html(text[frontmatter.locate(text).end :])
    body = _sanitised(_labelled(raw, words, locale, source))
    title = _metadata(page, "title")
    author = _metadata(page, "author")
    day, written = _date(_metadata(page, "date"), locale)
    return _template().render(
        tag=language_tag(locale),
        direction=direction(locale),
        main=_MAIN,
        title=title or _heading(raw) or words.say("Untitled").text,
        headline="" if body.startswith("<h1") else title,
        description=_metadata(page, "description") or _metadata(page, "summary"),
        author=words.say("By %(author)s").fill(author=author) if author else None,
        category=_metadata(page, "category"),
        day=day,
        date=written,
        links=list(_links(page)),
        source=source,
        notes=_notes(page, words),
        draft=page.drafts > 0,
        body=body,
        words=words,
        foreign=lambda phrase: _foreign(phrase, locale),
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.jinja")


def _metadata(page: Page, key: str) -> str:
    """Give a value of the front matter; those of a list are joined by commas."""
    return ", ".join(value.strip() for name, value in page.metadata if name == key)


def _date(value: str, locale: str) -> tuple[str, str]:
    """Give a date as ISO 8601 (empty where it is none) and as readers want it."""
    found = _DAY.fullmatch(value)
    try:
        return (found[1], long_date(date.fromisoformat(found[1]), locale)) if found else ("", value)
    except ValueError:  # there is no 30 February
        return "", value


def _foreign(phrase: Phrase, locale: str) -> dict[str, str]:
    """Give the attributes that say that a phrase is not in the page's language."""
    if phrase.locale.partition("_")[0] == locale.partition("_")[0]:
        return {}
    return {"lang": language_tag(phrase.locale), "dir": direction(phrase.locale)}


def _links(page: Page) -> Iterator[_Link]:
    for alternate in page.alternates:
        href = _safe(alternate.href)
        if href and (alternate.published or alternate.current):
            locale = require(alternate.locale)
            yield _Link(
                locale=locale,
                tag=language_tag(locale),
                name=own_name(locale),
                direction=direction(locale),
                href=href,
                address=_absolute(page.site, href),
                current=alternate.current,
            )


def _safe(address: str) -> str:
    """Give an address back, or nothing where a browser might see a script in it.

    Whatever stands before a first colon must be http or https to the letter, for browsers
    skip white space and control characters in a scheme.
    """
    scheme = _SCHEME.match(address)
    return address if not scheme or scheme[0].lower() in ("http:", "https:") else ""


def _absolute(base: str, href: str) -> str:
    try:
        return _safe(urljoin(base, href)) or href
    except ValueError:  # an address that is none
        return href


def _notes(page: Page, words: Words) -> list[tuple[str, Phrase]]:
    """Give what readers must know of the translation, each with its kind."""
    notes = []
    if page.drafts:
        phrase = words.count(
            "%(count)d text on this page is an unreviewed draft.",
            "%(count)d texts on this page are unreviewed drafts.",
            page.drafts,
        )
        notes.append(("draft", phrase))
    if page.stand_ins:
        phrase = words.count(
            "%(count)d text is not translated yet and is shown in %(language)s.",
            "%(count)d texts are not translated yet and are shown in %(language)s.",
            page.stand_ins,
        )
        phrase = phrase.fill(language=name_in(page.source, phrase.locale))
        notes.append(("untranslated", phrase))
    if notes:
        phrase = words.say("Reviewed: %(share)s")
        notes.append(("share", phrase.fill(share=percent(page.share_reviewed, phrase.locale))))
    return notes


def _labelled(raw: str, words: Words, locale: str, source: str) -> str:
    """Say in words what colour says of drafts and of texts that are not translated."""
    label = words.say("Draft:")
    foreign = "".join(f' {name}="{value}"' for name, value in _foreign(label, locale).items())
    hidden = f'<span class="visually-hidden"{foreign}>{html.escape(label.text)} </span>'
    title = html.escape(words.say("Unreviewed draft").text)
    raw = raw.replace('<mark class="draft">', f'<mark class="draft" title="{title}">{hidden}')
    stand_in = f'<span class="untranslated" lang="{language_tag(source)}"'
    title = html.escape(words.say("Not translated yet").text)
    return raw.replace(f"{stand_in}>", f'{stand_in} dir="{direction(source)}" title="{title}">')


def _sanitised(raw: str) -> str:
    return nh3.clean(
        raw,
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel=None,  # the article's own rel stays; no link opens a window
        set_tag_attribute_values=_SET_ATTRIBUTES,
        url_schemes=_SCHEMES,
    ).strip()


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Narrow the values of the attributes that the page's own style or links depend on."""
    if name == "class":
        return " ".join(part for part in value.split() if _CLASSES.fullmatch(part)) or None
    if name == "style":
        return value if _ALIGN.fullmatch(value) else None
    if name == "id" and value == _MAIN:
        return None
    return value


def _heading(raw: str) -> str:
    """Give the text of the first heading that has one."""
    found = (nh3.clean(inner[1], tags=set()) for inner in _HEADING.finditer(raw))
    return next((" ".join(html.unescape(text).split()) for text in found if text.strip()), "")
