"""Paths of an article's files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pipeline.project.paths import Layout, is_hidden
from pipeline.project.settings import Settings
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path


def test_a_dot_in_a_folder_begins_no_ending() -> None:
    layout = Layout(Settings(locales=("fr",), page_path="build/v1.{lang}/{article}"))
    assert "build/v1.fr/salt.html" in layout.paths_of("salt")


PATHS = [
    ("a/b", "fr", "i18n/fr/a/b.md"),
    ("a/b", "pt_BR", "i18n/pt-br/a/b.md"),
    ("a/b", "en", "docs/a/b.md"),
]


@pytest.mark.parametrize(("article", "locale", "path"), PATHS)
def test_paths(article: str, locale: str, path: str) -> None:
    layout = Layout(
        Settings(
            locales=("fr", "pt_BR"),
            article_path="i18n/{lang}/{article}.md",
            source_path="docs/{article}.md",
            folders={"pt_BR": "pt-br"},
        )
    )
    assert layout.article_path(article, locale) == path
    assert layout.identify(path) == ("article", article, locale)


HTML = [
    ("build/{lang}/{article}.md", "a.b", "build/fr/a.b.html"),
    ("build/v1.{lang}/{article}", "a.b", "build/v1.fr/a.b.html"),
    ("build/{article}.{lang}", "a", "build/a.fr.html"),
    ("build/{article}.{lang}.markdown", "a", "build/a.fr.html"),
]


@pytest.mark.parametrize(("page_path", "article", "path"), HTML)
def test_the_page_in_html_is_beside_the_built_article(
    tmp_path: Path, page_path: str, article: str, path: str
) -> None:
    project = Project(tmp_path, article, page_path=page_path)
    project.done("run")
    project.review(article=article)
    project.done("run")
    assert path in project.tree()
    layout = Layout(Settings(locales=("fr",), page_path=page_path))
    assert layout.html_path(article, "fr") == path
    assert path in layout.paths_of(article)
    assert "nothing to do" in project.done("run").err
    (tmp_path / path).unlink()
    project.done("run")
    assert path in project.tree()


def test_an_article_of_the_other_ending_keeps_it_in_its_name() -> None:
    paths: dict[str, Any] = {
        "source_path": "d/{article}.md",
        "article_path": "i/{lang}/{article}.md",
    }
    layout = Layout(Settings(**paths, page_path=paths["article_path"], html=False))
    match_path = layout.article_pattern("en").fullmatch
    for path, name in {"d/a/b.md": "a/b", "d/b.mdx": "b.mdx", "d/b.x.mdx": "b.x.mdx"}.items():
        assert layout.article_path(name, "en") == path
        match = match_path(path)
        assert match
        assert match[1] == name
    assert layout.page_path("b.mdx", "fr") == "i/fr/b.mdx"
    assert layout.template_path("b.mdx") == "locales/templates/LC_MESSAGES/b.mdx.pot"
    assert [path for path in ("d/b.mdx.md", "d/.mdxx", "d/b.mdxx", "d/b") if match_path(path)] == []


ONE_ENDING = [
    {"html": True},
    {"article_path": "i/{article}/{lang}.md"},
    {"page_path": "i/{article}.{lang}.md"},
    {"source_path": "d/{article}.markdown"},
]


@pytest.mark.parametrize("settings", ONE_ENDING)
def test_where_a_page_would_not_have_its_ending_there_is_one_only(settings: dict[str, Any]) -> None:
    paths = {"article_path": "i/{lang}/{article}.md", "page_path": "i/{lang}/{article}.md"}
    layout = Layout(Settings(**{"html": False, **paths, **settings}))
    path = layout.article_path("a", "en")
    assert layout.article_pattern("en").fullmatch(path)
    assert not layout.article_pattern("en").fullmatch(path + "x")


LAYOUT = Layout(Settings(locales=("fr", "es"), folders={"es": "spanish"}))
IDENTIFIED = [
    ("source/a/b/en.md", ("article", "a/b", "en")),
    ("source/a/fr.md", ("article", "a", "fr")),
    ("source/a/spanish.md", ("article", "a", "es")),
    ("locales/fr/LC_MESSAGES/a/b.po", ("catalogue", "a/b", "fr")),
    ("locales/en/LC_MESSAGES/a.po", ("catalogue", "a", "en")),
    ("source/a/es.md", ("", "", "")),
    ("source/en.md", ("", "", "")),
    ("source/a/en.markdown", ("", "", "")),
    ("locales/de/LC_MESSAGES/a.po", ("", "", "")),
    ("locales/templates/LC_MESSAGES/a.pot", ("", "", "")),
]


@pytest.mark.parametrize(("path", "expected"), IDENTIFIED)
def test_what_a_path_is(path: str, expected: tuple[str, str, str]) -> None:
    assert LAYOUT.identify(path) == expected
    kind, article, locale = expected
    if kind:
        assert getattr(LAYOUT, f"{kind}_path")(article, locale) == path


OWN = [
    ("source/a/fr.md", True),
    ("build/spanish/a.md", True),
    ("build/spanish/a.html", True),
    ("build/.pipeline-pages", True),
    ("preview/.pipeline-pages", True),
    ("preview/fr/a.md", True),
    ("preview/de/a.md", False),
    ("locales/templates/LC_MESSAGES/a.pot", True),
    ("locales/de/words.txt", True),
    ("locales/fr/glossary.csv", True),
    ("locales/fr/notes.txt", False),
    ("build/de/a.md", False),
    ("build/fr/a.css", False),
    ("README.md", False),
]


@pytest.mark.parametrize(("path", "expected"), OWN)
def test_what_is_the_project_s_own(path: str, expected: bool) -> None:
    assert LAYOUT.is_project_file(path) is expected


def test_all_files_of_an_article() -> None:
    layout = Layout(Settings(locales=("fr",), html=True))
    assert layout.paths_of("a") == [
        "source/a/en.md",
        "source/a/fr.md",
        "locales/templates/LC_MESSAGES/a.pot",
        "locales/en/LC_MESSAGES/a.po",
        "locales/fr/LC_MESSAGES/a.po",
        "build/en/a.md",
        "preview/en/a.md",
        "build/en/a.html",
        "preview/en/a.html",
        "build/fr/a.md",
        "preview/fr/a.md",
        "build/fr/a.html",
        "preview/fr/a.html",
    ]


PAGES = [
    ("build/fr/b/a.md", ("b/a", "fr")),
    ("build/fr/a.html", ("a", "fr")),
    ("preview/en/a.md", ("a", "en")),
    ("preview/en/a.html", ("a", "en")),
    ("build/de/a.md", ("a", "de")),
    ("build/deep/es/a.md", ("a", "deep/es")),
    ("build/a.md", ("", "")),
    ("source/a/fr.md", ("", "")),
    ("build/fr/a.css", ("", "")),
]


@pytest.mark.parametrize(("path", "expected"), PAGES)
def test_the_article_and_language_of_a_built_page(path: str, expected: tuple[str, str]) -> None:
    layout = Layout(Settings(locales=("fr", "es"), folders={"es": "deep/es"}))
    assert layout.identify_page(path) == expected


def test_the_article_of_a_page_that_is_built_in_place() -> None:
    paths: dict[str, Any] = {
        "source_path": "docs/{article}.md",
        "article_path": "docs/{lang}/{article}.md",
        "page_path": "docs/{lang}/{article}.md",
    }
    layout = Layout(Settings(locales=("fr",), html=False, **paths))
    assert layout.identify_page("docs/fr/a.md") == ("a", "fr")
    assert layout.identify_page("docs/a.md") == ("", "")


PREVIEWS = [
    ({}, "preview/fr/a.md"),
    ({"page_path": "b/{lang}/{article}.mdx"}, "preview/fr/a.mdx"),
    ({"page_path": "b/{lang}/{article}"}, "preview/fr/a"),
    ({"preview_path": "p/{article}.{lang}"}, "p/a.fr.md"),
]


@pytest.mark.parametrize(("settings", "path"), PREVIEWS)
def test_a_preview_has_the_ending_of_the_page(settings: dict[str, Any], path: str) -> None:
    layout = Layout(Settings(locales=("fr",), **settings))
    assert layout.page_path("a", "fr", preview=True) == path
    assert layout.identify_page(path) == ("a", "fr")
    assert path in layout.paths_of("a")


def test_each_folder_of_pages_has_a_record() -> None:
    layout = Layout(Settings(locales=("fr",)))
    assert layout.record_paths == ("build/.pipeline-pages", "preview/.pipeline-pages")
    assert layout.record_of("preview/fr/a.md") == "preview/.pipeline-pages"
    assert layout.record_of("build/preview/a.md") == "build/.pipeline-pages"
    inside = Layout(Settings(page_path="{lang}/{article}.md"))
    assert inside.record_of("preview/fr/a.md") == "preview/.pipeline-pages"
    assert inside.record_of("fr/a.md") == ".pipeline-pages"


@pytest.mark.parametrize(
    ("path", "hidden"),
    [(".git/x", True), ("a/.b/c.md", True), ("a/.md", True), ("a.b/c.md", False), ("", False)],
)
def test_hidden_files(path: str, hidden: bool) -> None:
    assert is_hidden(path) is hidden


def test_a_version_in_a_folder_of_the_source_is_none_of_the_source() -> None:
    paths: dict[str, Any] = {
        "source_path": "docs/{article}.md",
        "article_path": "docs/{lang}/{article}.md",
    }
    layout = Layout(Settings(locales=("fr",), **paths))
    assert layout.identify("docs/fr/a.md") == ("article", "a", "fr")
    assert layout.identify("docs/de/a.md") == ("article", "de/a", "en")
