"""Links of a translation that lead to pages in the source language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pipeline.project.link_targets import SourceLink, source_link_finder
from pipeline.project.settings import Settings
from pipeline.project.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://a.org/blog"
FOUND = {
    "an article that is not published": ("../d/en.md", SourceLink("d", "")),
    "with a fragment": ("../d/en.md#part", SourceLink("d", "")),
    "with percents": ("../%64/en.md", SourceLink("d", "")),
    "on the site": (f"{SITE}/en/b.html", SourceLink("b", f"{SITE}/fr/b.html")),
    "from the site's root": ("/blog/en/b.html?x=y#z", SourceLink("b", "/blog/fr/b.html?x=y#z")),
    "on the site, not published": (f"{SITE}/en/d.html", SourceLink("d", "")),
}
LEFT = {
    "a build leads it": "../b/en.md",
    "with a fragment, too": "../b/en.md#part",
    "already in the language": "../b/fr.md",
    "a folder": "../b/",
    "a name without an ending": "../b",
    "no article": "../b/picture.png",
    "out of the project": "../../../../etc/passwd",
    "another site": "https://b.org/blog/en/b.html",
    "the site in the language": "https://a.org/blog/fr/b.html",
    "beside the site": "/shop/en/b.html",
    "the root": "/b/",
    "an address of mail": "mailto:a@b.org",
    "nothing": "",
    "within the page": "#part",
    "NUL": "../b/en.md%00",
    "an address of a page": "b.html",
    "longer than a name may be": "../" + "x" * 300 + "/en.md",
    "longer than a path may be": "x/" * 3000 + "en.md",
}


def in_french(name: str, locale: str) -> bool:
    return (name, locale) == ("b", "fr")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Make a project of three articles."""
    for path in ("source/a/en.md", "source/b/en.md", "source/d/en.md"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    return Workspace(tmp_path, Settings(locales=("fr",), site=SITE))


@pytest.mark.parametrize(("link", "expected"), FOUND.values(), ids=FOUND)
def test_links_to_the_source_language(
    workspace: Workspace, link: str, expected: SourceLink
) -> None:
    find = source_link_finder(workspace, "a", "fr", in_french)
    assert find(link) == expected
    assert find(link) == expected


@pytest.mark.parametrize("link", LEFT.values(), ids=LEFT)
def test_links_that_are_left(workspace: Workspace, link: str) -> None:
    assert source_link_finder(workspace, "a", "fr", in_french)(link) is None


def test_without_a_site_absolute_links_are_left(workspace: Workspace) -> None:
    other = Workspace(workspace.root, Settings(locales=("fr",)))
    assert source_link_finder(other, "a", "fr", in_french)("/blog/en/b.html") is None


IN_SITES = [
    ("b.md", None),  # right from the built page
    ("../en/b.md", SourceLink("b", "../fr/b.md")),
    ("../en/b.md#c", SourceLink("b", "../fr/b.md#c")),
    ("../en/d.md", None),  # there is no page
    ("../fr/b.md", None),
]


@pytest.mark.parametrize(("link", "expected"), IN_SITES)
def test_links_in_a_site_are_not_changed_by_a_build(
    tmp_path: Path, link: str, expected: SourceLink | None
) -> None:
    paths: dict[str, Any] = dict.fromkeys(("article_path", "page_path"), "d/{lang}/{article}.md")
    for path in ("d/en/a.md", "d/en/b.md", "d/en/d.md", "d/fr/b.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x", encoding="utf-8")
    site = Workspace(tmp_path, Settings(locales=("fr",), html=False, **paths))
    assert source_link_finder(site, "a", "fr", in_french)(link) == expected
