"""Translated pages to which links of a translation should lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.project.link_targets import version_finder
from pipeline.project.settings import Settings
from pipeline.project.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://a.org/blog"
FOUND = {
    "relative": ("../b/en.md", "build/fr/b.md"),
    "with a fragment": ("../b/en.md#part", "build/fr/b.md"),
    "with percents": ("../%62/en.md", "build/fr/b.md"),
    "no page, but a version": ("../c/en.md", "source/c/fr.md"),
    "on the site": ("https://a.org/blog/en/b.html", "build/fr/b.md"),
    "from the site's root": ("/blog/en/b.html?x=y", "build/fr/b.md"),
}
LEFT = {
    "already in the language": "../b/fr.md",
    "not translated": "../d/en.md",
    "no article": "../b/picture.png",
    "out of the project": "../../../../etc/passwd",
    "another site": "https://b.org/blog/en/b.html",
    "the site in the language": "https://a.org/blog/fr/b.html",
    "beside the site": "/shop/en/b.html",
    "an address of mail": "mailto:a@b.org",
    "nothing": "",
    "within the page": "#part",
    "NUL": "../b/en.md%00",
    "right from the built page": "b.md",
    "longer than a name may be": "../" + "x" * 300 + "/en.md",
    "longer than a path may be": "x/" * 3000 + "en.md",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Make a project of four articles, one with a page, one with a version."""
    there = ("source/a/en.md", "source/b/en.md", "source/c/en.md", "source/d/en.md")
    for path in (*there, "source/c/fr.md", "build/fr/b.md", "build/fr/b.html"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    return Workspace(tmp_path, Settings(locales=("fr",), site=SITE))


@pytest.mark.parametrize(("link", "page"), FOUND.values(), ids=FOUND)
def test_the_page_of_a_link(workspace: Workspace, link: str, page: str) -> None:
    find = version_finder(workspace, "a", "fr")
    assert find(link) == page
    assert find(link) == page


@pytest.mark.parametrize("link", LEFT.values(), ids=LEFT)
def test_links_that_are_left(workspace: Workspace, link: str) -> None:
    assert version_finder(workspace, "a", "fr")(link) == ""


def test_without_a_site_absolute_links_are_left(workspace: Workspace) -> None:
    other = Workspace(workspace.root, Settings(locales=("fr",)))
    assert version_finder(other, "a", "fr")("/blog/en/b.html") == ""
