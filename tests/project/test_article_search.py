"""Articles found, and files that look like misplaced ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pipeline.project.article_search import Stray, search_articles, twins
from pipeline.project.paths import Layout
from pipeline.project.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.project.article_search import ArticleFiles

SITE: dict[str, Any] = {"html": False, "locales": ("fr",)}


def search(root: Path, *paths: str, **settings: Any) -> ArticleFiles:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    return search_articles(Layout(Settings(**{"locales": ("fr", "es"), **settings})), root)


def test_versions_by_locale(tmp_path: Path) -> None:
    files = search(tmp_path, "source/b/en.md", "source/a/en.md", "source/a/fr.md", "source/c/es.md")
    assert files.names == {"en": ["a", "b"], "fr": ["a"], "es": ["c"]}
    assert (files.strays, files.unreadable, files.loops) == ((), {}, ())


def test_what_has_the_path_of_a_version_is_one(tmp_path: Path) -> None:
    """Whatever it is: reading it reports what is wrong."""
    (tmp_path / "source/folder/en.md").mkdir(parents=True)
    (tmp_path / "source/link").mkdir()
    (tmp_path / "source/link/en.md").symlink_to("missing")
    assert search(tmp_path, "source/a/en.md").names["en"] == ["a", "folder", "link"]


STRAYS = [
    ("source/en.md", "source/NAME/en.md"),
    ("source/fr.md", "source/NAME/en.md"),
    ("source/article.md", "source/article/en.md"),
    ("source/article.markdown", "source/article/en.md"),
    ("source/b/article.md", "source/b/en.md"),
    ("source/b/en.MD", "source/b/en.md"),
    ("source/b/EN.md", "source/b/en.md"),
    ("source/b/Fr.md", "source/b/fr.md"),
    ("source/b/en.mdx", "source/b/en.md"),
    ("source/b/en.md.txt", "source/b/en.md"),
    ("source/b/en.md ", "source/b/en.md"),
    ("source/b/de.md", "source/b/en.md"),
    ("source/b/c/d.md", "source/b/c/en.md"),
    ("source/a/notes.md", "source/NAME/en.md"),
]


@pytest.mark.parametrize(("path", "expected"), STRAYS)
def test_a_misplaced_article(path: str, expected: str, tmp_path: Path) -> None:
    assert search(tmp_path, "source/a/en.md", path).strays == (Stray(path, expected),)


def test_a_misplaced_article_above_the_folders_of_languages(tmp_path: Path) -> None:
    settings = {"article_path": "text/{lang}/{article}.md", "page_path": "out/{lang}/{article}.md"}
    paths = ("text/en/a.md", "text/b.md", "text/de/a.md", "text/de/c.md", "out/en/a.md")
    assert search(tmp_path, *paths, **settings).strays == (
        Stray("text/b.md", "text/en/b.md"),
        Stray("text/de/c.md", "text/en/c.md"),
    )


@pytest.mark.parametrize("name", ["pt-BR", "pt-br", "PT_br"])
def test_a_version_whose_locale_is_spelt_otherwise(name: str, tmp_path: Path) -> None:
    path = f"source/a/{name}.md"
    found = search(tmp_path, "source/a/en.md", path, locales=("fr", "pt_BR"))
    assert found.strays == (Stray(path, "source/a/pt_BR.md"),)


OTHERS = [
    "source/README.md",
    "source/a/Readme.md",
    "source/a/de.md",
    "source/a/pt-BR.md",
    "source/.drafts/x.md",
    "source/a/.notes.md",
    "source/a/en.md~",
    "source/a/en.md.bak",
    "source/a/picture.png",
    "README.md",
    "docs/guide.md",
]


@pytest.mark.parametrize("path", OTHERS)
def test_other_files(path: str, tmp_path: Path) -> None:
    assert search(tmp_path, "source/a/en.md", path).strays == ()


SITES: list[tuple[dict[str, Any], list[str], list[Stray]]] = [
    (
        {"source_path": "docs/{article}.md", "article_path": "i18n/{lang}/{article}.md"},
        ["docs/a.md", "docs/b/_category_.json", "docs/c.mdx", "docs/README.MD", "i18n/de/a.md"],
        [],
    ),
    (
        {"article_path": "content/{article}.{lang}.md"},
        ["content/a.en.md", "content/_index.md", "content/about.md", "content/a.de.md"],
        [],
    ),
    (
        {"article_path": "content/{lang}/{article}.md"},
        ["content/en/a.md", "content/about.md", "content/de/b.md", "content/en/a.md.txt"],
        [],
    ),
    ({"article_path": "{article}/{lang}.md"}, ["a/en.md", "a/notes.md", "README.md"], []),
    (
        {"article_path": "content/{article}.{lang}.md"},
        ["content/a.en.md", "content/b.EN.md", "content/about.md"],
        [Stray("content/b.EN.md", "content/b.en.md")],
    ),
]


@pytest.mark.parametrize(("settings", "paths", "expected"), SITES)
def test_in_a_site_only_what_is_nearly_a_version(
    settings: dict[str, Any], paths: list[str], expected: list[Stray], tmp_path: Path
) -> None:
    settings = {**SITE, **settings, "page_path": settings["article_path"]}
    files = search(tmp_path, *paths, **settings)
    assert files.names["en"]
    assert list(files.strays) == expected


def test_hidden_folders_of_a_template(tmp_path: Path) -> None:
    settings = {"article_path": "source/{article}/.text/{lang}.md"}
    assert search(tmp_path, "source/a/.text/en.md", **settings).names["en"] == ["a"]


def test_names_on_other_systems() -> None:
    assert twins(["ART01", "art01", "b", "caf\u00e9", "cafe\u0301", "cafe"]) == [
        ("ART01", "art01"),
        ("caf\u00e9", "cafe\u0301"),
    ]
