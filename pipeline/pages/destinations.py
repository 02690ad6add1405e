"""Where the files and articles that an article names are, seen from its pages.

A link to an article leads to its page in the reader's language, or in the source's where there is
none. Pictures and downloads are copied to a folder beside the pages, so that these can be served by
themselves; never in sites, whose generators see to it.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from pipeline.pages.file_paths import candidate_paths, change_paths, file_paths, move_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.model import Article
    from pipeline.project import Workspace

__all__ = ["Moved", "as_in_source", "for_page", "named_articles", "named_files"]


class Moved(NamedTuple):
    """Page whose paths lead from its own place."""

    data: bytes
    copies: dict[str, str]
    """Files to copy: the path of each copy, by that of the file."""


def for_page(
    workspace: Workspace,
    data: bytes,
    article: Article,
    locale: str,
    page: str,
    published: Callable[[str, str], bool],
    *,
    preview: bool = False,
) -> Moved:
    """Return a page with the paths that lead to where its source's lead.

    ``page`` is the path of the page, in Markdown or HTML. ``published`` tells whether an article
    has a page in a locale.
    """
    if not workspace.settings.follow_paths:
        return Moved(data, {})
    if workspace.in_place:
        return Moved(move_paths(data, article.path, page, workspace.exists), {})
    copies: dict[str, str] = {}
    folder = posixpath.dirname(page) or "."
    pages = workspace.preview_folder if preview else workspace.page_folder
    top = f"{pages}/" if pages else ""
    path_of = workspace.html_path if page.endswith(".html") else workspace.page_path

    def target_of(path: str) -> str:
        name, language = _identify(workspace, path, article.path)
        if name:
            # A link to a version in another language is meant for that.
            wanted = locale if language == workspace.settings.source else language
            locales = (wanted, locale, workspace.settings.source)
            there = next((one for one in locales if published(name, one)), "")
            target = path_of(name, there, preview=preview) if there else ""
            return posixpath.relpath(target, folder) if target else ""
        file = _find_file(workspace, path, article.path) if workspace.settings.html else ""
        places = candidate_paths(path, page) if file else ()
        if any(at.startswith(top) and workspace.exists(at) for at in places):
            return ""  # made for this language
        if not file:
            return ""
        copies[file] = workspace.copy_path(file, preview=preview)
        return posixpath.relpath(copies[file], folder)

    data = change_paths(data, target_of)
    if not workspace.settings.html:  # a generator sees to files
        data = move_paths(data, article.path, page, workspace.exists)
    return Moved(data, copies)


def _identify(workspace: Workspace, link: str, source: str) -> tuple[str, str]:
    """Return the article and the language to which a link leads; empty strings for another link."""
    name, language = _article_at(workspace, link, source)
    is_there = name and workspace.exists(workspace.article_path(name, workspace.settings.source))
    return (name, language) if is_there else ("", "")


def _article_at(workspace: Workspace, link: str, source: str) -> tuple[str, str]:
    """Return the article and the language that a link of an article names, if it names any.

    A link may lead to the folder of an article.
    """
    full = posixpath.normpath(posixpath.join(posixpath.dirname(source), link))
    if full.startswith("..") or "\0" in full:
        return "", ""
    file = posixpath.basename(workspace.article_path("\0", workspace.settings.source))
    inside = [] if "\0" in file or posixpath.splitext(full)[1] else [f"{full}/{file}"]
    for path in (full, *inside):
        kind, name, language = workspace.identify(path)
        if kind == "article":
            return name, language
    return "", ""


def _find_file(workspace: Workspace, path: str, source: str) -> str:
    """Return the path of the file that an article names; empty if there is none to be shown."""
    for candidate in candidate_paths(path, source):
        if workspace.exists(candidate) and workspace.may_be_shown(candidate):
            return candidate
    return ""


def named_articles(workspace: Workspace, article: Article) -> Iterator[str]:
    """Yield the articles to which an article links, those included that do not exist yet."""
    for one in file_paths(article.data, articles=True):
        name, _ = _article_at(workspace, one.path, article.path)
        if name:
            yield name


def named_files(workspace: Workspace, article: Article, pages: list[str]) -> list[str]:
    """Return the paths at which a build looks for the files that an article names.

    ``pages`` are the paths of its pages.
    """
    if not workspace.settings.follow_paths:
        return []
    places = list(dict.fromkeys((article.path, *pages)))
    if workspace.in_place and len(set(map(posixpath.dirname, places))) == 1:
        return []
    paths = [one.path for one in file_paths(article.data, articles=not workspace.in_place)]
    files = [at for page in places for path in paths for at in candidate_paths(path, page)]
    if workspace.settings.html and not workspace.in_place:
        named = [at for path in paths for at in candidate_paths(path, article.path)]
        files += [workspace.copy_path(at, preview=one) for at in named for one in (False, True)]
    return list(dict.fromkeys(files))


def as_in_source(workspace: Workspace, data: bytes, page: str, source: str, like: bytes) -> bytes:
    """Return a page, or a version, with its paths as they are in the source.

    Copies become the files, and pages the articles; ``like`` is the source, whose spelling is kept.
    """
    if not workspace.settings.follow_paths:
        return data
    folder, new_folder = posixpath.dirname(page), posixpath.dirname(source) or "."
    spelling = {
        posixpath.normpath(posixpath.join(new_folder, one.path)): one.path
        for one in file_paths(like, articles=True)
    }

    def target_of(path: str) -> str:
        full = posixpath.normpath(posixpath.join(folder, path))
        if file := workspace.copied_file(full):
            return spelling.get(file) or posixpath.relpath(file, new_folder)
        name, _ = workspace.identify_page(full)
        if name and workspace.exists(workspace.article_path(name, workspace.settings.source)):
            article = workspace.article_path(name, workspace.settings.source)
            return spelling.get(article) or posixpath.relpath(article, new_folder)
        return ""

    if not workspace.in_place and (workspace.identify_page(page)[0]):
        data = change_paths(data, target_of)
    if posixpath.dirname(page) == posixpath.dirname(source):
        return data
    return move_paths(data, page, source, workspace.exists, like=like)
