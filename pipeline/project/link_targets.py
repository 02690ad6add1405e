"""Translated pages for the links of a translation that lead to source pages."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pipeline.project.paths import path_pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.project.workspace import Workspace

__all__ = ["version_finder"]


def version_finder(workspace: Workspace, article: str, locale: str) -> Callable[[str], str]:
    """Return a function from a link of an article to the path of its target page in a locale.

    The path is empty if the link leads elsewhere or is right already, or if there is no such page.
    A relative link starts from the source version; one that is right from the built page, too, is
    left alone. An absolute link counts if it begins with the setting ``site``, or with the path of
    that address.
    """
    targets: dict[str, str] = {}

    def find(link: str) -> str:
        if link not in targets:
            targets[link] = _find_target(workspace, article, locale, link)
        return targets[link]

    return find


def _find_target(workspace: Workspace, article: str, locale: str, link: str) -> str:
    path = unquote(link.partition("#")[0].partition("?")[0])
    source = workspace.settings.source
    # Functions for files raise ValueError for a null byte.
    if not path or "\0" in path:
        return ""
    if "://" in path or path.startswith("/"):
        name = _find_article(workspace, path)
        return _find_page(workspace, name, locale) if name else ""
    if urlsplit(path).scheme:
        return ""
    if workspace.exists(_resolve(workspace.page_path(article, locale), path)):
        return ""
    target = _resolve(workspace.article_path(article, source), path)
    kind, name, language = workspace.identify(target)
    if kind != "article" or language != source:
        return ""
    return _find_page(workspace, name, locale)


def _resolve(base: str, link: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), link))


def _find_page(workspace: Workspace, name: str, locale: str) -> str:
    """Return the path of an article's page in a locale, else of its version, else nothing."""
    paths = workspace.page_path(name, locale), workspace.article_path(name, locale)
    return next((path for path in paths if workspace.exists(path)), "")


def _find_article(workspace: Workspace, address: str) -> str:
    """Return the article whose page in the source language has an address on the site, if any."""
    settings = workspace.settings
    if not settings.site:
        return ""
    # With a slash at the end, so that /blog does not match /blogs.
    site = settings.site.rstrip("/") + "/"
    base = site if "://" in address else urlsplit(site).path or "/"
    if not address.startswith(base):
        return ""
    template = settings.page_path
    page = posixpath.join(workspace.page_folder, address.removeprefix(base))
    # Links lead to the page in HTML; the template is that of the Markdown file.
    built = posixpath.splitext(page)[0] + posixpath.splitext(template)[1]
    match = path_pattern(template, settings.source).fullmatch(built)
    return match[1] if match else ""
