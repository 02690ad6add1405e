"""Links of a translation that lead to pages in the source language, and why."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from pipeline.project.paths import path_pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.project.workspace import Workspace

__all__ = ["SourceLink", "source_link_finder"]


class SourceLink(NamedTuple):
    """Link that leads to a page in the source language."""

    article: str
    """Article to which it leads."""
    address: str
    """Address of the page in the other language, in the form of the link; empty if there is none.
    """


def source_link_finder(
    workspace: Workspace, article: str, locale: str, published: Callable[[str, str], bool]
) -> Callable[[str], SourceLink | None]:
    """Return a function from a link of an article to what it leads to, if not to the locale.

    A build leads relative links between articles to pages in the reader's language, so that only
    those to articles that are not published in it are left. Where it does not, as in sites, a link
    counts if its page exists in the locale and the link does not lead there. An absolute link
    counts if it begins with the setting ``site``, or with the path of that address. ``published``
    tells whether an article has a page in a locale.
    """
    links: dict[str, SourceLink | None] = {}

    def find(link: str) -> SourceLink | None:
        if link not in links:
            links[link] = _find(workspace, article, locale, link, published)
        return links[link]

    return find


def _find(
    workspace: Workspace,
    article: str,
    locale: str,
    link: str,
    published: Callable[[str, str], bool],
) -> SourceLink | None:
    settings = workspace.settings
    path = unquote(link.partition("#")[0].partition("?")[0])
    # Functions for files raise ValueError for a null byte.
    if not path or "\0" in path:
        return None
    if "://" in path or path.startswith("/"):
        name = _find_article(workspace, path, settings.source)
        if not name:
            return None
        address = _in_locale(workspace, link, locale)
        is_right = published(name, locale) and _find_article(workspace, address, locale) == name
        return SourceLink(name, address if is_right else "")
    if urlsplit(path).scheme:
        return None
    target = _resolve(workspace.article_path(article, settings.source), path)
    kind, name, language = workspace.identify(target)
    is_article = kind == "article" and language == settings.source
    if not is_article or not workspace.exists(target):
        return None
    if not workspace.in_place and settings.follow_paths:
        return None if published(name, locale) else SourceLink(name, "")
    page, expected = workspace.page_path(article, locale), workspace.page_path(name, locale)
    there = _resolve(page, path)
    is_elsewhere = there != target and workspace.exists(there)
    if there == expected or is_elsewhere or not workspace.exists(expected):
        return None
    address = _in_locale(workspace, link, locale)
    is_right = _resolve(page, unquote(address.partition("#")[0].partition("?")[0])) == expected
    return SourceLink(name, address) if is_right else None


def _in_locale(workspace: Workspace, link: str, locale: str) -> str:
    """Return a link in which the folder of the source's language is that of another one."""
    folders = workspace.settings.folders
    source, other = (folders.get(one, one) for one in (workspace.settings.source, locale))
    path, sign, rest = link.partition("#")
    return "/".join(other if part == source else part for part in path.split("/")) + sign + rest


def _resolve(base: str, link: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), link))


def _find_article(workspace: Workspace, address: str, locale: str) -> str:
    """Return the article whose page in a language has an address on the site, if any."""
    settings = workspace.settings
    if not settings.site:
        return ""
    address = unquote(address.partition("#")[0].partition("?")[0])
    # With a slash at the end, so that /blog does not match /blogs.
    site = settings.site.rstrip("/") + "/"
    base = site if "://" in address else urlsplit(site).path or "/"
    if not address.startswith(base):
        return ""
    template = settings.page_path
    page = posixpath.join(workspace.page_folder, address.removeprefix(base))
    # Links lead to the page in HTML; the template is that of the Markdown file.
    built = posixpath.splitext(page)[0] + posixpath.splitext(template)[1]
    match = path_pattern(template, settings.folders.get(locale, locale)).fullmatch(built)
    return match[1] if match else ""
