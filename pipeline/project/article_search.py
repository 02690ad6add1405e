"""Search for the articles of a project, and for files that look like misplaced ones."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import InputError
from pipeline.language import is_locale, require_locale
from pipeline.project.folder_walk import FolderWalk, display, has_unprintable
from pipeline.project.paths import is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.errors import PipelineError
    from pipeline.project.paths import Layout

__all__ = ["ArticleFiles", "Stray", "search_articles", "twins"]

_MARKDOWN = re.compile(r"\.(?:md|mdx|markdown|mdown|mkdn?)(?:\.txt)?[ ]*\Z", re.I)
"""Endings of Markdown files, also as file managers that hide endings make them."""
_ABOUT_FILES = frozenset(
    ("authors", "changelog", "code_of_conduct", "contributing", "licence", "license", "readme")
)
"""Names of Markdown files that are about a folder, and are no articles."""


class Stray(NamedTuple):
    """Markdown file that is left out, as its path is not that of an article."""

    path: str
    expected: str
    """Path that it should probably have."""


class ArticleFiles(NamedTuple):
    """Articles of a project, and what a search for them left out."""

    names: Mapping[str, Sequence[str]]
    """Sorted names of articles with a version in a locale, by locale."""
    strays: tuple[Stray, ...]
    """Files that look like misplaced articles, sorted by path."""
    unreadable: Mapping[str, PipelineError]
    """Errors by the path of the folder or file that cannot be read."""
    loops: tuple[str, ...]
    """Links to folders that contain them, which were not followed."""


def search_articles(layout: Layout, root: Path) -> ArticleFiles:
    """Return the versions of all articles.

    Hidden files and built pages are not articles. A folder, a pipe or a broken link with the path
    of a version counts as one, so that reading it reports what is wrong.

    Raises:
        InputError: the name of an article is not UTF-8, or holds control characters.
    """
    search = _Search(layout)
    settings = layout.settings
    # Part of a template below the folder that is walked may be hidden.
    templates = (settings.article_path, settings.source_path, *settings.folders.values())
    walk = FolderWalk(root, hidden=any("/." in template for template in templates))
    folders = [*filter(None, [layout.own_folder]), *map(layout.version_folder, search.locales)]
    for folder in _outermost(folders):
        for path, is_folder in walk.files(folder):
            search.add(path, is_folder=is_folder)
    unreadable = {**search.unreadable, **walk.errors()}
    names = {locale: sorted(set(found)) for locale, found in search.names.items()}
    strays = sorted(_strays(layout, names, search.others))
    return ArticleFiles(names, tuple(strays), unreadable, tuple(map(display, walk.loops)))


def _outermost(folders: Iterable[str]) -> list[str]:
    """Return the folders that are inside no other one; a hidden one is not walked with its own."""
    folders = dict.fromkeys(folders)
    return [
        folder
        for folder in folders
        if not any(folder.startswith(f"{other}/") for other in folders)
        and ("" not in folders or not folder or is_hidden(folder))
    ]


def twins(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs of names that differ only in case, or in the encoding of accents."""
    first: dict[str, str] = {}
    pairs = []
    for name in names:
        other = first.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
        if other != name:
            pairs.append((other, name))
    return pairs


class _Search:
    """Files sorted by what they are."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._source = layout.settings.source
        self.locales = (*layout.settings.locales, self._source)
        """The source last, as its pattern may match paths of the others."""
        self._patterns = {locale: layout.article_pattern(locale) for locale in self.locales}
        self._pages = layout.page_patterns()
        ends = {layout.article_path("\0", locale).rpartition("\0")[2] for locale in self.locales}
        self._ends = (*ends, *layout.other_endings)
        """Ends of paths of versions; a test by them is much faster than one by patterns."""
        self.names: dict[str, list[str]] = {locale: [] for locale in self.locales}
        self.others: list[str] = []
        self.unreadable: dict[str, InputError] = {}

    def add(self, path: str, *, is_folder: bool) -> None:
        if path.endswith(self._ends) and self._add_version(path):
            return
        # A page is no version, and no misplaced one either.
        if not is_folder and _MARKDOWN.search(path) and not self._is_page(path):
            self.others.append(path)

    def _add_version(self, path: str) -> bool:
        """Add a version of an article; return False for another path."""
        is_version = False
        for locale in self.locales:
            match = self._patterns[locale].fullmatch(path)
            if not match or (is_version and locale == self._source):
                continue
            is_version = True
            if is_hidden(match[1]) or self._is_page(path):
                continue
            if not has_unprintable(path):
                self.names[locale].append(match[1])
                continue
            error = InputError("file name has unprintable characters; rename the file", ascii(path))
            if locale == self._source:
                raise error
            self.unreadable[ascii(path)] = error
        return is_version

    def _is_page(self, path: str) -> bool:
        return any(page.fullmatch(path) for page in self._pages)


def _strays(
    layout: Layout, names: Mapping[str, Sequence[str]], paths: Iterable[str]
) -> Iterator[Stray]:
    """Yield the files that look like misplaced articles.

    In sites of generators most Markdown files may be no articles; there, only a path that is
    nearly that of a version looks misplaced.
    """
    articles, folder = set(names[layout.settings.source]), layout.own_folder
    for path in dict.fromkeys(paths):
        stem = _MARKDOWN.sub("", path)
        if is_hidden(path) or posixpath.basename(stem).casefold() in _ABOUT_FILES:
            continue
        if not folder and path.lower().endswith(".txt"):  # sites offer their sources so
            continue
        expected = _nearly(layout, stem)
        if not expected and folder and path.startswith(f"{folder}/"):
            expected = _intended(layout, articles, stem.removeprefix(f"{folder}/"), stem)
        if expected:
            yield Stray(display(path), display(expected))


def _nearly(layout: Layout, stem: str) -> str:
    """Return the path of a version that differs only in case, ending or encoding, if any."""
    stem = unicodedata.normalize("NFC", stem)
    for locale in (layout.settings.source, *layout.settings.locales):
        pattern = re.compile(layout.article_pattern(locale).pattern, re.S | re.I)
        match = pattern.fullmatch(stem + layout.version_ending(locale))
        if match:
            return layout.article_path(match[1], locale)
    return ""


def _intended(layout: Layout, articles: set[str], name: str, stem: str) -> str:
    """Return the path that a Markdown file in the folder of the articles should probably have.

    It is empty for a version of an article in a language that is not one of the project's.
    """
    source = layout.settings.source
    ending = posixpath.splitext(layout.settings.article_path)[1]
    match = _any_language(layout).fullmatch(stem + ("" if "{" in ending else ending))
    if match:
        article, language = match["article"], match["lang"]
        if article not in articles:
            return layout.article_path(article, source)
        if not is_locale(language):
            return layout.article_path("NAME", source)
        locale = require_locale(language)  # pt-br.md may be meant as the version pt_BR.md
        return layout.article_path(article, locale) if locale in layout.settings.locales else ""
    return layout.article_path("NAME" if is_locale(name) else name, source)


def _any_language(layout: Layout) -> re.Pattern[str]:
    """Return the pattern of a version's path in any language."""
    groups = {"{article}": "(?P<article>.+)", "{lang}": r"(?P<lang>[^/]+)"}
    seen: set[str] = set()
    parts = []
    for part in re.split(r"(\{article\}|\{lang\})", layout.settings.article_path):
        again = f"(?P={part[1:-1]})"
        parts.append(
            re.escape(part) if part not in groups else again if part in seen else groups[part]
        )
        seen.add(part)
    return re.compile("".join(parts), re.S)
