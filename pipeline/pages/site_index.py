"""Pages and files about all built pages: an index for each language, and the site map.

Both are made of what the built pages say themselves in their heads, whichever run wrote them.
"""

from __future__ import annotations

import html
import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urljoin
from xml.sax.saxutils import escape, quoteattr

from pipeline.errors import MachineError
from pipeline.language import own_name
from pipeline.pages.html import Alternate, Page, render_page
from pipeline.pages.interface import load_words
from pipeline.pages.ownership import INDEX, SITE_MAP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.pages.ownership import Record
    from pipeline.project import Settings, Workspace

__all__ = ["write_site_index"]

_STYLE = "<style>"
_NOINDEX = '<meta name="robots" content="noindex">'
_TITLE = re.compile(r"<title(?P<language>[^<>]*)>(?P<text>[^<]*)</title>")
_DESCRIPTION = re.compile(
    r'<meta name="description" content="(?P<text>[^"]*)"(?P<language>[^<>]*)>'
)
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')
_ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">')
_DAY = re.compile(r'<time datetime="(\d{4}-\d\d-\d\d)">')


class _Entry(NamedTuple):
    """What a built page says of itself; all texts are escaped, as in its head."""

    path: str
    title: str
    title_language: str
    """Attributes that say the language of the title, where it is not that of the page."""
    description: str
    description_language: str
    day: str
    address: str
    alternates: tuple[tuple[str, str], ...]
    """Language tag and address of the page in each language."""


def write_site_index(workspace: Workspace, record: Record, tell: Callable[[str], None]) -> None:
    """Write an index of the published pages of each language, and their site map.

    The site map needs the setting ``site``. A file that somebody else wrote, or changed, stays; one
    that would be empty is removed.

    Raises:
        ConflictError: a file changed while it was written.
        MachineError: a file cannot be read or written.
    """
    settings = workspace.settings
    if not settings.html:
        return
    articles = workspace.articles()
    locales = (settings.source, *settings.locales)
    pages = {
        locale: [entry for name in articles if (entry := _read(workspace, name, locale))]
        for locale in locales
    }
    listed = [locale for locale in locales if pages[locale] and INDEX not in articles]
    for locale in locales:
        if INDEX in articles:
            break
        data = b""
        if locale in listed:
            page = _index(workspace, locale, listed, pages[locale])
            data = render_page(page, load_words(locale)).encode("utf-8")
        _put(workspace, record, workspace.html_path(INDEX, locale), data, tell)
    entries = [entry for locale in locales for entry in pages[locale]]
    entries += [entry for locale in listed if (entry := _read(workspace, INDEX, locale))]
    _put(workspace, record, _site_map_path(workspace), _site_map(entries), tell)


def _read(workspace: Workspace, name: str, locale: str) -> _Entry | None:
    """Read what a built page says of itself; None if there is none for readers."""
    path = workspace.html_path(name, locale)
    try:
        data = workspace.read(path)
    except MachineError:  # the build of the page has said so
        return None
    head, _, rest = (data or b"").decode("utf-8", "replace").partition(_STYLE)
    title = _TITLE.search(head)
    if title is None or _NOINDEX in head:
        return None
    description = _DESCRIPTION.search(head)
    day = _DAY.search(rest)
    address = _CANONICAL.search(head)
    return _Entry(
        path,
        title["text"],
        title["language"],
        description["text"] if description else "",
        description["language"] if description else "",
        day[1] if day else "",
        address[1] if address else "",
        tuple((tag, target) for tag, target in _ALTERNATE.findall(head)),
    )


def _index(
    workspace: Workspace, locale: str, locales: Sequence[str], entries: Sequence[_Entry]
) -> Page:
    """Return the index of a language's pages: the newest first, then by title."""
    path = workspace.html_path(INDEX, locale)
    settings = workspace.settings
    by_title = sorted(entries, key=lambda entry: entry.title)
    items = (_item(entry, path) for entry in sorted(by_title, key=lambda e: e.day, reverse=True))
    return Page(
        locale=locale,
        source=settings.source,
        # One block of HTML, in which no text is read as Markdown.
        body=f'<ul class="index">{"".join(items)}</ul>\n'.encode(),
        metadata=(("title", own_name(locale)),),
        alternates=tuple(
            Alternate(other, _href(path, workspace.html_path(INDEX, other)), other == locale, True)
            for other in locales
        ),
        share_reviewed=1.0,
        drafts=0,
        untranslated=0,
        site=_address(settings, workspace.page_folder, path),
    )


def _item(entry: _Entry, path: str) -> str:
    link = f'<a href="{_href(path, entry.path)}"{entry.title_language}>{_flat(entry.title)}</a>'
    words = f"<p{entry.description_language}>{_flat(entry.description)}</p>"
    return f"<li>{link}{words if entry.description else ''}</li>"


def _flat(text: str) -> str:
    """Return a text without line ends, which could end a block of HTML."""
    return " ".join(text.split())


def _site_map(entries: Sequence[_Entry]) -> bytes:
    """Return the site map in XML of pages whose addresses are known; empty without any."""
    urls = [_url(entry) for entry in entries if entry.address]
    if not urls:
        return b""
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    names += ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<urlset {names}>", *urls, "</urlset>"]
    return ("\n".join(lines) + "\n").encode()


def _url(entry: _Entry) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={_quoted(tag)} href={_quoted(address)}/>'
        for tag, address in entry.alternates
    )
    return f"<url><loc>{escape(html.unescape(entry.address))}</loc>{links}</url>"


def _quoted(text: str) -> str:
    return quoteattr(html.unescape(text))


def _site_map_path(workspace: Workspace) -> str:
    return posixpath.join(workspace.page_folder, SITE_MAP)


def _put(
    workspace: Workspace, record: Record, path: str, data: bytes, tell: Callable[[str], None]
) -> None:
    """Write a file, or remove an earlier one where there is nothing to write."""
    if data:
        if not record.put(path, data):
            tell(f"{path} not replaced: the pipeline did not write it, or it was changed since")
        return
    old = workspace.read(path)
    if old is not None and record.owns(path, old):
        workspace.remove(path, old)


def _href(path: str, other: str) -> str:
    return quote(posixpath.relpath(other, posixpath.dirname(path)))


def _address(settings: Settings, folder: str, path: str) -> str:
    if not settings.site:
        return ""
    return urljoin(settings.site.rstrip("/") + "/", quote(posixpath.relpath(path, folder or ".")))
