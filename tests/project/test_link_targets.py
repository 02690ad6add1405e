"""Links in a translation that lead to the source language though their page is translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.project.link_targets import version_finder
from pipeline.project.settings import Settings
from pipeline.project.workspace import Workspace
from pipeline.rules.codes import RULES as ALL
from pipeline.rules.fidelity.localised import RULES, check_localised_links

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
WRITTEN = {
    "link": ("Un [lien](x.md) là.", [(10, 14)]),
    "two": ("[a](x.md) [b](<x.md>)", [(4, 8), (15, 19)]),
    "with a title": ('[a](x.md "b")', [(4, 8)]),
    "address in the text": ("[x.md](x.md)", [(7, 11)]),
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


@pytest.mark.parametrize(("text", "places"), WRITTEN.values(), ids=WRITTEN)
def test_the_finding_names_link_and_page(text: str, places: list[tuple[int, int]]) -> None:
    found = list(check_localised_links(text, frozenset(), {"x.md": "build/fr/x.md"}.get))  # type: ignore[arg-type]
    assert [(problem.start, problem.end) for problem in found] == places
    message = "the link 'x.md' leads to the source language; here it is build/fr/x.md"
    assert {problem.message for problem in found} == {message}


@pytest.mark.parametrize("text", ["x.md", "`[a](x.md)`", "![a](x.md)", "[a][x.md]", "[a](y.md)"])
def test_what_is_no_such_link(text: str) -> None:
    find = {"x.md": "build/fr/x.md"}
    assert not list(
        check_localised_links(text, frozenset({"x.md"}), lambda link: find.get(link, ""))
    )


def test_the_example() -> None:
    find = {"other.md": "fr/other.md"}
    rule = RULES["CO107"]
    for example, codes in ((rule.bad, ["CO107"]), (rule.good, [])):
        found = check_localised_links(example.text, frozenset(), lambda link: find.get(link, ""))
        assert [problem.code for problem in found] == codes
    assert ALL["CO107"] is rule
