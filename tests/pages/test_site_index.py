"""The index of each language, and the site map."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from tests.pages.dom import Dom
from tests.sample_project import ARTICLE, Project

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://example.org/blog/"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def published(root: Path) -> Project:
    """Return a project whose French pages are published, its Spanish ones not."""
    project = Project(root, publish_at=0.5, locales=["fr", "es"], site=SITE)
    project.done("run", "--drafts")
    project.review()
    return project


def items(project: Project, path: str) -> list[tuple[str, str]]:
    dom = Dom(project.read(path))
    return [
        (e.attributes["href"], e.text)
        for e in dom.all("a")
        if "li" in e.above and "main" in e.above
    ]


def site_map(project: Project) -> dict[str, dict[str, str]]:
    root = ElementTree.fromstring(project.read("build/sitemap.xml"))
    return {
        str(url.findtext("s:loc", "", NAMES)): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.iterfind("x:link", NAMES)
        }
        for url in root.iterfind("s:url", NAMES)
    }


def test_each_published_language_has_an_index(tmp_path: Path) -> None:
    project = published(tmp_path)
    older = ARTICLE.replace("Two cooks on salt", "An *older* one <b>").replace(
        "author:", "date: 2020-01-02\nauthor:"
    )
    newer = ARTICLE.replace("Two cooks on salt", "A newer one").replace(
        "author:", "date: 2026-01-02\nauthor:"
    )
    project.write("source/old/en.md", older)
    project.write("source/a b/en.md", newer)
    project.done("run")
    assert items(project, "build/en/index.html") == [
        ("a%20b.html", "A newer one"),
        ("old.html", "An *older* one <b>"),
        ("salt.html", "Two cooks on salt"),
    ]
    assert [href for href, _ in items(project, "build/fr/index.html")] == ["salt.html"]
    assert not (tmp_path / "build/es/index.html").exists()
    french = Dom(project.read("build/fr/index.html"))
    assert french.one("html").attributes["lang"] == "fr"
    assert french.one("h1").text == "français"
    nav = [e.attributes["href"] for e in french.all("a") if "nav" in e.above]
    assert nav == ["../en/index.html", "index.html"]


def test_the_site_map_has_each_page_with_its_languages(tmp_path: Path) -> None:
    project = published(tmp_path)
    project.done("run")
    pages = site_map(project)
    salt = {
        "en": f"{SITE}en/salt.html",
        "x-default": f"{SITE}en/salt.html",
        "fr": f"{SITE}fr/salt.html",
    }
    assert pages[f"{SITE}en/salt.html"] == pages[f"{SITE}fr/salt.html"] == salt
    assert set(pages) == {
        f"{SITE}{one}" for one in ("en/salt.html", "fr/salt.html", "en/index.html", "fr/index.html")
    }
    head = project.read("build/fr/salt.html")
    assert re.findall(r'rel="canonical" href="(.*?)"', head) == [f"{SITE}fr/salt.html"]


def test_without_the_address_of_the_site_there_is_no_site_map(tmp_path: Path) -> None:
    project = Project(tmp_path, locales=["fr"])
    project.done("run")
    assert (tmp_path / "build/en/index.html").exists()
    assert not (tmp_path / "build/sitemap.xml").exists()
    assert "canonical" not in project.read("build/en/salt.html")


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    project = published(tmp_path)
    project.done("run")
    before = project.read("build/sitemap.xml"), project.read("build/fr/index.html")
    assert "wrote" not in project.done("build").err
    assert (project.read("build/sitemap.xml"), project.read("build/fr/index.html")) == before
    project.done("run", "--check")


def test_files_of_others_stay(tmp_path: Path) -> None:
    project = published(tmp_path)
    project.write("build/en/index.html", "Mine.\n")
    project.write("build/sitemap.xml", "Mine.\n")
    outcome = project.done("run")
    for path in ("build/en/index.html", "build/sitemap.xml"):
        assert f"{path} not replaced" in outcome.err
        assert project.read(path) == "Mine.\n"
    assert items(project, "build/fr/index.html")


def test_an_article_called_index_has_its_place(tmp_path: Path) -> None:
    project = Project(tmp_path, "index", locales=["fr"])
    project.done("run")
    assert Dom(project.read("build/en/index.html")).one("h1").text == "Two cooks on salt"
    assert not (tmp_path / "build/fr/index.html").exists()


def test_no_page_in_html_means_no_index(tmp_path: Path) -> None:
    project = Project(tmp_path, locales=["fr"], html=False, site=SITE)
    project.done("run")
    assert not (tmp_path / "build/en/index.html").exists()
    assert not (tmp_path / "build/sitemap.xml").exists()
