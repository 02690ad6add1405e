"""Paths of the files of a project; no other module knows one."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.project.settings import Settings

__all__ = ["DOCUMENTS", "Layout", "fill_template", "is_hidden", "path_pattern"]

DOCUMENTS = {"docx": ".docx", "fragment": ".fragment.html"}
"""Kinds of documents beside the built pages, with the endings of their files."""

_RECORD = ".pipeline-pages"
_COPIES = "files"
_HIDDEN = re.compile(r"(?:^|/)\.")
_TEMPLATES = "templates/LC_MESSAGES"  # where Weblate and Pontoon look for them
_TEXT_ENDINGS = (".md", ".mdx", ".markdown")


class Layout:
    """Paths of a project's files, all relative to its root, with slashes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.template_folder = f"{settings.catalogue_path}/{_TEMPLATES}"
        """Folder of the templates; an older project has them in that of the catalogues."""
        self.other_endings = _other_endings(settings)
        """Endings of further articles, whose names keep them; empty if all have the same ending."""

    def article_path(self, article: str, locale: str) -> str:
        """Return the path of one version of an article."""
        return self._fill(self._version_template(locale), article, locale)

    def page_path(self, article: str, locale: str, *, preview: bool = False) -> str:
        """Return the path of a built article, or of its preview.

        If pages are built in place, that of the source's language is the source itself.
        """
        return self._fill(self._page_template(locale, preview=preview), article, locale)

    def html_path(self, article: str, locale: str, *, preview: bool = False) -> str:
        """Return the path of the HTML page beside a built article, or beside its preview.

        Only the ending of the path template is replaced, whatever dots the names contain.
        """
        page = self.page_path(article, locale, preview=preview)
        ending = posixpath.splitext(self._page_template(locale, preview=preview))[1]
        return (page if "{" in ending else page.removesuffix(ending)) + ".html"

    def all_page_paths(self, article: str, locale: str) -> list[str]:
        """Return the paths of all pages of an article in a locale, previews included."""
        previews = (False, True)
        paths = [self.page_path(article, locale, preview=preview) for preview in previews]
        if self.settings.html:
            paths += [self.html_path(article, locale, preview=preview) for preview in previews]
        return paths

    def document_path(self, article: str, locale: str, kind: str) -> str:
        """Return the path of an article as a document, of a kind in `DOCUMENTS`."""
        return self.html_path(article, locale).removesuffix(".html") + DOCUMENTS[kind]

    def identify_page(self, path: str) -> tuple[str, str]:
        """Return the article and the language's folder of a built page or document.

        The language need not be one of the project's. Both are empty strings for another path.
        """
        folders = [
            self._language_folder(one) for one in (self.settings.source, *self.settings.locales)
        ]
        for preview in (False, True):
            template = self._page_template("", preview=preview)
            stem, ending = posixpath.splitext(template)
            bare = template if "{" in ending else stem
            for one in (template, *(bare + end for end in (*DOCUMENTS.values(), ".html"))):
                if match := _any_page(one, folders, self.other_endings).fullmatch(path):
                    return match["article"], match["lang"]
        return "", ""

    def copy_path(self, file: str, *, preview: bool = False) -> str:
        """Return the path of the copy of a file that an article names, beside the pages."""
        top = self.preview_folder if preview else self.page_folder
        return posixpath.join(top, _COPIES, file)

    def copied_file(self, path: str) -> str:
        """Return the path of the file of which a path is a copy; empty for another path."""
        for preview in (False, True):
            folder = self.copy_path("", preview=preview)
            if path.startswith(folder):
                return path.removeprefix(folder)
        return ""

    def version_folder(self, locale: str) -> str:
        """Return the folder that contains all versions in a language; empty for the root."""
        return self.article_path("{", locale).partition("{")[0].rpartition("/")[0]

    def version_ending(self, locale: str) -> str:
        """Return the ending of the versions in a language, such as ``.md``; it may be empty."""
        ending = posixpath.splitext(self._version_template(locale))[1]
        return "" if "{" in ending else ending

    @property
    def own_folder(self) -> str:
        """Folder for articles only; empty if they share it, as in sites of generators."""
        if self.in_place or not self.settings.html:
            return ""
        template = self._version_template(self.settings.source)
        return template.partition("{")[0].rpartition("/")[0]

    @property
    def in_place(self) -> bool:
        """True if a built page is the version of its language, as in the folders of a site."""
        return self.settings.page_path == self.settings.article_path

    @property
    def record_paths(self) -> tuple[str, ...]:
        """Paths of the records of built pages, each in the folder that contains these."""
        folders = dict.fromkeys((self.page_folder, self.preview_folder))
        return tuple(f"{folder}/{_RECORD}".lstrip("/") for folder in folders)

    def record_of(self, path: str) -> str:
        """Return the path of the record that has a page or another built file."""
        folders = (self.page_folder, self.preview_folder)
        inside = [folder for folder in folders if not folder or path.startswith(f"{folder}/")]
        return f"{max(inside, key=len, default=self.page_folder)}/{_RECORD}".lstrip("/")

    @property
    def page_folder(self) -> str:
        """Path of the folder that contains all built pages; empty for the root."""
        return self.settings.page_path.split("{")[0].rpartition("/")[0]

    @property
    def preview_folder(self) -> str:
        """Path of the folder that contains all previews; empty for the root."""
        return self.settings.preview_path.split("{")[0].rpartition("/")[0]

    def article_pattern(self, locale: str) -> re.Pattern[str]:
        """Return the pattern of a language's version paths; its group is the article's name."""
        return path_pattern(
            self._version_template(locale), self._language_folder(locale), self.other_endings
        )

    def page_patterns(self) -> list[re.Pattern[str]]:
        """Return the patterns of the paths of built articles that are not versions, too."""
        locales = (self.settings.source, *self.settings.locales)
        templates = [self._page_template("", preview=preview) for preview in (False, True)]
        if self.in_place:
            templates = templates[1:]
        return [
            path_pattern(template, self._language_folder(locale), self.other_endings)
            for template in templates
            for locale in locales
        ]

    def template_path(self, article: str) -> str:
        """Return the path of an article's POT file."""
        return f"{self.template_folder}/{article}.pot"

    def catalogue_path(self, article: str, locale: str) -> str:
        """Return the path of an article's PO file."""
        return f"{self.settings.catalogue_path}/{locale}/LC_MESSAGES/{article}.po"

    def glossary_path(self, locale: str) -> str:
        """Return the path of a locale's glossary."""
        return f"{self.settings.catalogue_path}/{locale}/glossary.csv"

    def words_path(self, locale: str) -> str:
        """Return the path of a locale's list of words that are spelt right."""
        return f"{self.settings.catalogue_path}/{locale}/words.txt"

    def paths_of(self, article: str) -> list[str]:
        """Return the paths of all files of an article: versions, template, catalogues, pages."""
        locales = (self.settings.source, *self.settings.locales)
        paths = [
            *(self.article_path(article, locale) for locale in locales),
            self.template_path(article),
            *(self.catalogue_path(article, locale) for locale in locales),
            *(path for locale in locales for path in self.all_page_paths(article, locale)),
        ]
        return list(dict.fromkeys(paths))

    def identify(self, path: str) -> tuple[str, str, str]:
        """Return the kind of a path (``article`` or ``catalogue``), the article and the locale.

        All three are empty strings for any other path.
        """
        catalogues = f"{self.settings.catalogue_path}/{{lang}}/LC_MESSAGES/{{article}}.po"
        locales = (*self.settings.locales, self.settings.source)
        for locale in locales:
            if match := path_pattern(catalogues, locale).fullmatch(path):
                return "catalogue", match[1], locale
        for locale in locales:  # the source last, as its pattern may match paths of the others
            if match := self.article_pattern(locale).fullmatch(path):
                return "article", match[1], locale
        return "", "", ""

    def is_project_file(self, path: str) -> bool:
        """Return whether a path is that of a file that commands read, or of a built page."""
        if self.identify(path)[0] or path in self.record_paths:
            return True
        if path.startswith(f"{self.settings.catalogue_path}/"):
            return path.endswith((".po", ".pot", "/glossary.csv", "/words.txt"))
        locales = (self.settings.source, *self.settings.locales)
        return self.identify_page(path)[1] in map(self._language_folder, locales)

    def is_input(self, path: str) -> bool:
        """Return whether results depend on a file: one that people or their programs save."""
        kind, name, _ = self.identify(path)
        if kind == "article":
            is_page = any(page.fullmatch(path) for page in self.page_patterns())
            return not (is_page or is_hidden(name))
        locales = (self.settings.source, *self.settings.locales)
        tables = [f(locale) for locale in locales for f in (self.glossary_path, self.words_path)]
        is_memory = path.endswith(".tmx") and path.startswith(f"{self.settings.catalogue_path}/")
        return kind == "catalogue" or path in tables or is_memory

    def _version_template(self, locale: str) -> str:
        """Return the path template of a language's versions."""
        source_path = self.settings.source_path if locale == self.settings.source else ""
        return source_path or self.settings.article_path

    def _page_template(self, locale: str, *, preview: bool = False) -> str:
        """Return the path template of a language's pages, or of its previews."""
        if preview:
            ending = posixpath.splitext(self.settings.page_path)[1]
            stem, own_ending = posixpath.splitext(self.settings.preview_path)
            if "{" in own_ending:
                stem += own_ending
            return stem + ("" if "{" in ending else ending)
        is_source = self.in_place and locale == self.settings.source
        return self._version_template(locale) if is_source else self.settings.page_path

    def _fill(self, template: str, article: str, locale: str) -> str:
        path = fill_template(template, article, self._language_folder(locale))
        keeps_ending = article.endswith(self.other_endings)
        return path.removesuffix(template.rpartition("{article}")[2]) if keeps_ending else path

    def _language_folder(self, locale: str) -> str:
        return self.settings.folders.get(locale, locale)


def is_hidden(path: str) -> bool:
    """Return whether a file, or a folder that contains it, is hidden."""
    return _HIDDEN.search(path) is not None


def fill_template(template: str, article: str, locale: str) -> str:
    """Replace the placeholders of a path template by an article and a locale."""
    return template.replace("{article}", article).replace("{lang}", locale)


def path_pattern(template: str, locale: str, other_endings: Sequence[str] = ()) -> re.Pattern[str]:
    """Return the pattern of a path; its group is the article's name.

    A name that ends in one of the ``other_endings`` also matches without the template's own ending.
    """
    # A null byte stands for the article's name, as no path can contain one.
    start, *rest = map(re.escape, fill_template(template, "\0", locale).split("\0"))
    if other_endings:
        with_other = "|".join(f"(?<={re.escape(other)})" for other in other_endings)
        without_other = "".join(f"(?<!{re.escape(other)})" for other in other_endings)
        rest[-1] = f"(?:{with_other}|{without_other}{rest[-1]})"
    # A template may have the name several times; all must be the same. In a group, as a digit that
    # follows would belong to the reference. Names with line breaks match, so that they can be
    # refused.
    return re.compile(r"(?:\1)".join([f"{start}(.+){rest[0]}", *rest[1:]]), re.S)


def _any_page(
    template: str, folders: Sequence[str], other_endings: Sequence[str]
) -> re.Pattern[str]:
    """Return the pattern of a page's path in any language, with groups for article and language."""
    languages = "|".join([*map(re.escape, folders), "[^/]+"])
    groups = {"{article}": "(?P<article>.+)", "{lang}": f"(?P<lang>{languages})"}
    pattern = ""
    for part in re.split(r"(\{article\}|\{lang\})", template):
        if part not in groups:
            pattern += re.escape(part)
        else:
            name = part[1:-1]
            pattern += f"(?P={name})" if f"(?P<{name}>" in pattern else groups[part]
    if other_endings:
        ending = template.rpartition("{article}")[2]
        others = "|".join(f"(?<={re.escape(other)})" for other in other_endings)
        pattern = pattern.removesuffix(re.escape(ending)) + f"(?:{others}|{re.escape(ending)})"
    return re.compile(pattern, re.S)


def _other_endings(settings: Settings) -> tuple[str, ...]:
    """Return the endings that articles of a site may have besides the ending of its paths."""
    templates = settings.article_path, settings.page_path, settings.source_path
    endings = {posixpath.splitext(path)[1] for path in templates if path}
    name_is_last = all(
        path.endswith("{article}" + ending) for path in templates if path for ending in endings
    )
    # A page in HTML has no other ending. In the other cases a name would not end as its file does.
    if settings.html or len(endings) > 1 or not name_is_last or not endings < set(_TEXT_ENDINGS):
        return ()
    return tuple(ending for ending in _TEXT_ENDINGS if ending not in endings)
