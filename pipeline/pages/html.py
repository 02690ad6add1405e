"""Rendering of an article as an HTML page.

The only module that imports Jinja, which writes the frame and escapes every value in it. The page's
own Content-Security-Policy would block a script even if one came through.
"""

from __future__ import annotations

import html
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from pipeline.language import (
    direction,
    language_tag,
    long_date,
    name_in,
    own_name,
    percent,
    require_locale,
)
from pipeline.markdown import locate_front_matter, mend_marks, to_html
from pipeline.pages.sanitise import MAIN, first_heading, sanitise

if TYPE_CHECKING:
    from collections.abc import Iterator

    import jinja2

    from pipeline.pages.interface import Phrase, Words
    from pipeline.pages.planning import PlannedText

__all__ = ["Alternate", "Page", "render_page", "template"]

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")
_SCHEME = re.compile(r"[^/?#:]*:")


class Alternate(NamedTuple):
    """Language in which the article exists."""

    locale: str
    href: str
    """URL reference, relative to the page or absolute."""
    current: bool
    """True for the page itself."""
    published: bool


class Page(NamedTuple):
    """Content of a page."""

    locale: str
    source: str
    """Locale in which the article was written."""
    body: bytes
    """Built Markdown file in UTF-8, with or without BOM and front matter. A draft is in
    ``<mark class="draft">``, a source text without translation in
    ``<span class="untranslated" lang="…">``."""
    metadata: tuple[tuple[str, str], ...]
    """Front matter in the page's language, by dotted key, as plain text."""
    alternates: tuple[Alternate, ...]
    """Languages in the order of the language switcher, the page itself included."""
    share_reviewed: float
    """Share of reviewed texts, 0 to 1."""
    drafts: int
    """Number of texts shown as drafts."""
    untranslated: int
    """Number of texts shown in the source language."""
    site: str = ""
    """Absolute address of this page, to which the alternates' hrefs are relative; if it is empty,
    search engines get relative addresses."""
    texts: tuple[tuple[str, PlannedText], ...] = ()
    """Kind of each text of the page, as its segment has it (for values of the front matter, the
    key), and the words that stand there, with their language and the reason."""
    preview: bool = False
    """True if search engines must not find it."""
    inherited: bool = False
    """True if all its texts are those of another locale's page, which search engines know."""


class _Link(NamedTuple):
    locale: str
    tag: str
    name: str
    direction: str
    href: str
    address: str
    current: bool
    announced: bool
    """True if search engines are told of it."""


def render_page(page: Page, words: Words) -> str:
    """Return a page as HTML.

    Alternates whose address is neither http, https nor relative are left out.

    Raises:
        UsageError: Babel does not know a locale.
    """
    locale = require_locale(page.locale)
    source = require_locale(page.source)
    text = page.body.decode("utf-8-sig")
    raw = to_html(mend_marks(text[locate_front_matter(text).end :]))
    body = sanitise(_add_labels(raw, words, locale, source))
    title = _metadata(page, "title")
    author = _metadata(page, "author")
    day, display_date = _date(_metadata(page, "date"), locale)
    return template("page.html.jinja").render(
        tag=language_tag(locale),
        direction=direction(locale),
        main=MAIN,
        title=title or first_heading(raw) or words.say("Untitled").text,
        # An article that begins with its title needs no second one.
        headline="" if body.startswith("<h1") else title,
        description=_metadata(page, "description") or _metadata(page, "summary"),
        author=words.say("By %(author)s").fill(author=author) if author else None,
        category=_metadata(page, "category"),
        day=day,
        date=display_date,
        links=list(_links(page)),
        source=source,
        notes=_notes(page, words),
        draft=page.preview or page.drafts > 0,
        body=body,
        words=words,
        foreign=lambda phrase: _language_attributes(phrase, locale),
    )


@cache
def template(name: str) -> jinja2.Template:
    """Return a template of this package; it escapes every value."""
    import jinja2  # here, as a run without changes writes no page

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        # A misspelt name in a template is an error, not an empty text.
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)


def _metadata(page: Page, key: str) -> str:
    """Return a value of the front matter; the values of a list are joined by commas."""
    return ", ".join(value.strip() for name, value in page.metadata if name == key)


def _date(value: str, locale: str) -> tuple[str, str]:
    """Return a date as ISO 8601 (empty if it is none) and as readers expect it."""
    match = _DAY.fullmatch(value)
    try:
        return (match[1], long_date(date.fromisoformat(match[1]), locale)) if match else ("", value)
    except ValueError:  # there is no 30 February
        return "", value


def _language_attributes(phrase: Phrase, locale: str) -> dict[str, str]:
    """Return the attributes that mark a phrase as not in the page's language."""
    if phrase.locale.partition("_")[0] == locale.partition("_")[0]:
        return {}
    return {"lang": language_tag(phrase.locale), "dir": direction(phrase.locale)}


def _links(page: Page) -> Iterator[_Link]:
    for alternate in page.alternates:
        href = _safe_address(alternate.href)
        if href and (alternate.published or alternate.current):
            locale = require_locale(alternate.locale)
            yield _Link(
                locale=locale,
                tag=language_tag(locale),
                name=own_name(locale),
                direction=direction(locale),
                href=href,
                address=_absolute(page.site, href),
                current=alternate.current,
                announced=not (alternate.current and page.inherited),
            )


def _safe_address(address: str) -> str:
    """Return an address, or an empty string if a browser might find a script in it.

    Any text before a first colon must be http or https to the letter, because browsers skip white
    space and control characters in a scheme.
    """
    scheme = _SCHEME.match(address)
    return address if not scheme or scheme[0].lower() in ("http:", "https:") else ""


def _absolute(base: str, href: str) -> str:
    try:
        return _safe_address(urljoin(base, href)) or href
    except ValueError:  # an address that is none
        return href


def _notes(page: Page, words: Words) -> list[tuple[str, Phrase]]:
    """Return the notes to readers about the translation, each with its kind."""
    notes = []
    if page.drafts:
        phrase = words.count(
            "%(count)d text on this page is an unreviewed draft.",
            "%(count)d texts on this page are unreviewed drafts.",
            page.drafts,
        )
        notes.append(("draft", phrase))
    if page.untranslated:
        phrase = words.count(
            "%(count)d text is not translated yet and is shown in %(language)s.",
            "%(count)d texts are not translated yet and are shown in %(language)s.",
            page.untranslated,
        )
        phrase = phrase.fill(language=name_in(page.source, phrase.locale))
        notes.append(("untranslated", phrase))
    if notes:
        phrase = words.say("Reviewed: %(share)s")
        notes.append(("share", phrase.fill(share=percent(page.share_reviewed, phrase.locale))))
    return notes


def _add_labels(raw: str, words: Words, locale: str, source: str) -> str:
    """Return HTML that labels drafts and texts without translation in words, not only by colour."""
    label = words.say("Draft:")
    foreign = "".join(
        f' {name}="{value}"' for name, value in _language_attributes(label, locale).items()
    )
    hidden = f'<span class="visually-hidden"{foreign}>{html.escape(label.text)} </span>'
    title = html.escape(words.say("Unreviewed draft").text)
    raw = raw.replace('<mark class="draft">', f'<mark class="draft" title="{title}">{hidden}')
    stand_in = f'<span class="untranslated" lang="{language_tag(source)}"'
    title = html.escape(words.say("Not translated yet").text)
    return raw.replace(f"{stand_in}>", f'{stand_in} dir="{direction(source)}" title="{title}">')
