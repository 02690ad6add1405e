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

from pipeline.errors import UsageError
from pipeline.language import (
    direction,
    join_names,
    language_tag,
    long_date,
    name_in,
    own_name,
    percent,
    require_locale,
)
from pipeline.markdown import locate_front_matter, render_html
from pipeline.pages.accessible import isolate_scripts, make_accessible
from pipeline.pages.foreign_parts import box_labels, label_marks, language_attributes, split_mark
from pipeline.pages.sanitise import MAIN, first_heading, first_words, frame_host, sanitise

if TYPE_CHECKING:
    from collections.abc import Iterator

    import jinja2

    from pipeline.pages.interface import Phrase, Words

__all__ = ["Alternate", "Page", "render_page", "template"]

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")
_SCHEME = re.compile(r"[^/?#:]*:")
_HEADING = re.compile(r"<h(?P<level>[1-6])\b[^<>]*>(?P<text>.*?)</h(?P=level)>", re.S)
_TAG = re.compile(r"<[^<>]*>")
_FRAME = re.compile(r"<iframe src=\"([^\"]*)\"")
_STAND_IN = re.compile(r"<span class=\"untranslated\" lang=\"([\w-]+)\">")


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
    ``<mark class="draft">``, a text in another language marked by `mark_part`."""
    metadata: tuple[tuple[str, str], ...]
    """Front matter in the page's language, by dotted key, as plain text; values in another language
    are marked."""
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
    inherited: bool = False
    """True if all its texts are those of another locale's page, which search engines know."""
    preview: bool = False
    """True if it is for translators: they see how far it is, and search engines leave it out."""
    quoted: tuple[str, ...] = ()
    """Locales from which the quotations of the page were translated."""
    frame_hosts: tuple[str, ...] = ()
    """Hosts of which a page may show frames."""


class _Part(NamedTuple):
    """Text of a page with the attributes that say its language."""

    text: str
    attributes: dict[str, str]


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
    raw = label_marks(render_html(text[locate_front_matter(text).end :], box_labels(words, locale)))
    body = make_accessible(sanitise(_add_labels(raw, words, page), page.frame_hosts))
    body = isolate_scripts(body, direction(locale))
    title = _part(page, "title")
    top, rest = _split_at_title(body, title.text)
    day, display_date = _date(_part(page, "date").text, locale)
    description = _part(page, "description")
    return template("page.html.jinja").render(
        tag=language_tag(locale),
        direction=direction(locale),
        main=MAIN,
        policy=_policy(body),
        title=title if title.text else _Part(_own_title(raw) or own_name(locale), {}),
        # An article that begins with its title needs no second one.
        headline=None if top or not title.text else title,
        description=description if description.text else _part(page, "summary"),
        author=_author(page, words),
        category=_part(page, "category"),
        day=day,
        date=display_date,
        quoted=_quoted(page, words),
        links=list(_links(page)),
        source=source,
        canonical="" if page.inherited else _safe_address(page.site),
        notes=_notes(page, words),
        hidden=page.preview or page.drafts > 0,
        top=top,
        body=rest,
        words=words,
        foreign=lambda phrase: language_attributes(phrase.locale, locale),
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


def _part(page: Page, key: str) -> _Part:
    """Return a value of the front matter; the values of a list are joined by commas."""
    values = [split_mark(value) for name, value in page.metadata if name == key]
    text = ", ".join(value.strip() for _, value in values)
    locales = {locale for locale, _ in values}
    locale = locales.pop() if len(locales) == 1 else ""
    return _Part(text, language_attributes(locale, require_locale(page.locale)))


class _Author(NamedTuple):
    phrase: Phrase
    before: str
    names: str
    after: str


def _author(page: Page, words: Words) -> _Author | None:
    """Return the byline's phrase, cut at the names of the authors."""
    names = _part(page, "author").text
    if not names:
        return None
    phrase = words.say("By %(author)s")
    before, _, after = phrase.fill(author="\0").text.partition("\0")
    return _Author(phrase, before, names, after)


def _split_at_title(body: str, title: str) -> tuple[str, str]:
    """Return the beginning of an article to the end of its title, and the rest.

    The beginning is empty if the article does not begin with a title of its own: a heading of the
    first level with nothing but pictures above it, or one that says the same as the front matter.
    """
    heading = _HEADING.search(body)
    if heading is None or heading["level"] != "1":
        return "", body
    before = _TAG.sub("", body[: heading.start()]).strip()
    own = " ".join(html.unescape(_TAG.sub("", heading["text"])).split())
    if before and title and own != " ".join(title.split()):
        return "", body
    return body[: heading.end()], body[heading.end() :]


def _own_title(raw: str) -> str:
    return first_heading(raw) or first_words(raw)


def _policy(body: str) -> str:
    """Return the policy that lets a browser load pictures, and what else the article holds."""
    hosts = sorted({frame_host(html.unescape(one)) for one in _FRAME.findall(body)})
    media = ["media-src *"] if "<video" in body or "<audio" in body else []
    frames = [" ".join(["frame-src", *(f"https://{host}" for host in hosts)])] if hosts else []
    parts = ["default-src 'none'", "img-src * data:", *media, *frames, "style-src 'unsafe-inline'"]
    return "; ".join([*parts, "base-uri 'none'", "form-action 'none'"])


def _date(value: str, locale: str) -> tuple[str, str]:
    """Return a date as ISO 8601 (empty if it is none) and as readers expect it."""
    match = _DAY.fullmatch(value)
    try:
        return (match[1], long_date(date.fromisoformat(match[1]), locale)) if match else ("", value)
    except ValueError:  # there is no 30 February
        return "", value


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


def _quoted(page: Page, words: Words) -> Phrase | None:
    """Return the line that says from which languages quotations were translated."""
    locale = require_locale(page.locale)
    sources = dict.fromkeys(
        one for one in map(require_locale, page.quoted) if language_attributes(one, locale)
    )
    if not sources:
        return None
    phrase = words.say("Quotations are translated (original: %(language)s)")
    names = [name_in(one, phrase.locale) for one in sources]
    return phrase.fill(language=join_names(names, phrase.locale))


def _notes(page: Page, words: Words) -> list[tuple[str, Phrase]]:
    """Return the notes of a preview about the translation, each with its kind."""
    notes: list[tuple[str, Phrase]] = []
    if not page.preview:
        return notes
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


def _add_labels(raw: str, words: Words, page: Page) -> str:
    """Return HTML that labels drafts in words, not only by colour, and says directions.

    A preview names the texts without translation, too.
    """
    locale = require_locale(page.locale)
    if '<mark class="draft">' in raw:
        label = words.say("Draft:")
        foreign = "".join(
            f' {name}="{value}"'
            for name, value in language_attributes(label.locale, locale).items()
        )
        hidden = f'<span class="visually-hidden"{foreign}>{html.escape(label.text)} </span>'
        title = html.escape(words.say("Unreviewed draft").text)
        raw = raw.replace('<mark class="draft">', f'<mark class="draft" title="{title}">{hidden}')
    title = html.escape(words.say("Not translated yet").text) if page.preview else ""
    title = f' title="{title}"' if title else ""

    def complete(span: re.Match[str]) -> str:
        try:
            way = direction(require_locale(span[1].replace("-", "_")))
        except UsageError:  # the article's own span
            return span[0]
        return f'{span[0][:-1]} dir="{way}"{title}>'

    return _STAND_IN.sub(complete, raw)
