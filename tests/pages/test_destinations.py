"""Links between articles, and the files that articles name, seen from pages."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.pages.publishing import as_version
from pipeline.project.workspace import Workspace
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "---\ntitle: A\ndescription: Of a\nimage: cup.png\n---\n\nWords {}\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project of two articles, with a picture, of which b is not translated."""
    project = Project(tmp_path, "a", "b/c", text="---\ntitle: B\n---\n\n## Part\n\nOf b.\n")
    project.write("source/a/cup.png", b"\x89PNG")
    project.write("shared/x y.pdf", "PDF")
    return project


def links(project: Project, text: str, locale: str = "en", *options: str) -> tuple[str, str]:
    """Return the first address in the Markdown and in the HTML of a page of an article."""
    project.write("source/a/en.md", TEXT.format(text))
    project.done("run", *options)
    folder = "preview" if options else "build"
    page = project.read(f"{folder}/{locale}/a.md").rpartition("---\n")[2]
    html = project.read(f"{folder}/{locale}/a.html").partition("<article>")[2]
    address = re.search(r'\]\(<?([^)> ]*)|href="([^"]*)"|\]: (\S+)', page)
    target = re.search(r'(?:href|src)="([^"]*)"', html)
    assert address
    assert target
    return next(filter(None, address.groups())), target[1]


LINKS = {
    "an article": ("[x](../b/c/en.md)", "b/c.md", "b/c.html"),
    "with a fragment": ("[x](../b/c/en.md#part)", "b/c.md#part", "b/c.html#part"),
    "in angle brackets": ("[x](<../b/c/en.md>)", "b/c.md", "b/c.html"),
    "a reference": ("[x][r].\n\n[r]: ../b/c/en.md", "b/c.md", "b/c.html"),
    "HTML": ('<a href="../b/c/en.md">x</a>', "b/c.md", "b/c.html"),
    "its folder": ("[x](../b/c/)", "b/c.md", "b/c.html"),
    "its folder, with a fragment": ("[x](../b/c#part)", "b/c.md#part", "b/c.html#part"),
    "a folder of none": ("[x](../b/)", "../b/", "../b/"),
    "no article": ("[x](../d/en.md)", "../d/en.md", "../d/en.md"),
    "another address": ("[x](https://a.org/b/c/en.md)", *["https://a.org/b/c/en.md"] * 2),
    "a picture": ("![x](cup.png)", *["../files/source/a/cup.png"] * 2),
    "a download": ("[x](../../shared/x%20y.pdf)", *["../files/shared/x%20y.pdf"] * 2),
    "code": ("`[x](../b/c/en.md)` [y](#z)", "../b/c/en.md", "#z"),
}


@pytest.mark.parametrize(("text", "markdown", "html"), LINKS.values(), ids=LINKS)
def test_links_lead_to_pages(project: Project, text: str, markdown: str, html: str) -> None:
    assert links(project, text) == (markdown, html)
    assert links(project, text, "en", "--drafts") == (markdown, html)


def test_a_link_to_a_version_leads_to_its_language(project: Project) -> None:
    text = "[x](../b/c/fr.md)"
    assert links(project, text) == ("b/c.md", "b/c.html")
    assert links(project, text, "en", "--drafts") == ("../fr/b/c.md", "../fr/b/c.html")


def test_a_link_leads_to_the_page_of_the_same_language_once_there_is_one(project: Project) -> None:
    links(project, "[x](../b/c/en.md)")
    project.review(article="a")
    assert links(project, "[x](../b/c/en.md)", "fr") == ("../en/b/c.md", "../en/b/c.html")
    report = project.run("check", "--no-grammar", "--verbose", "--select", "CO107,MK102").out
    assert "'b/c' is not published in fr yet" in report
    project.review(article="b/c")
    project.done("run")
    assert "](b/c.md)" in project.read("build/fr/a.md")
    assert 'href="b/c.html"' in project.read("build/fr/a.html")
    assert "](b/c.md)" in project.read("build/en/a.md")
    report = project.run("check", "--no-grammar", "--verbose", "--select", "CO107,MK102").out
    assert "CO107" not in report
    assert "MK102" not in report
    # A draft has no page to which others could lead.
    project.edit("source/b/c/en.md", "title: B", "title: B\ndraft: true")
    project.done("run")
    assert "](../b/c/en.md)" in project.read("build/fr/a.md")
    assert "](b/c.md)" in links_of(project, "preview/fr/a.md", "--drafts")


def links_of(project: Project, path: str, *options: str) -> str:
    project.done("run", *options)
    return project.read(path)


def test_the_folder_of_pages_can_be_served_by_itself(project: Project) -> None:
    links(project, "![x](cup.png) [y](../../shared/x%20y.pdf)")
    project.review(article="a")
    project.review(article="b/c")
    project.done("run", "--drafts")
    for folder, count in (("build", 6), ("preview", 4)):  # two indexes are only in build
        shutil.copytree(project.root / folder, project.root / "served", dirs_exist_ok=True)
        pages = list((project.root / "served").rglob("*.html"))
        assert len(pages) == count
        for page in pages:
            for address in re.findall(r'(?:href|src)="([^"#]+)"', page.read_text("utf-8")):
                target = (page.parent / address.replace("%20", " ")).resolve()
                assert target.is_file(), (page, address)
                assert target.is_relative_to((project.root / "served").resolve())
        shutil.rmtree(project.root / "served")
    assert "image: ../files/source/a/cup.png" in project.read("build/fr/a.md")
    assert (project.root / "build/files/source/a/cup.png").read_bytes() == b"\x89PNG"


def test_a_copy_follows_its_file_unless_somebody_changed_it(project: Project) -> None:
    copy = "build/files/source/a/cup.png"
    links(project, "![x](cup.png)")
    project.write("source/a/cup.png", "new")
    project.done("run")
    assert project.read(copy) == "new"
    project.write(copy, "mine")
    project.write("source/a/cup.png", "newer")
    assert f"{copy} not replaced" in project.done("run").err
    assert project.read(copy) == "mine"
    (project.root / copy).unlink()
    project.done("run")
    (project.root / "source/a/cup.png").unlink()
    assert f"removed: {copy}: source/a/cup.png is gone" in project.done("run").err


def test_what_is_hidden_or_elsewhere_is_not_copied(project: Project) -> None:
    project.write(".env", "secret")
    outside = project.root.parent / "secret.txt"
    outside.write_text("secret")
    (project.root / "source/a/link.txt").symlink_to(outside)
    for path in ("../../.env", "link.txt", "../../../secret.txt"):
        assert links(project, f"[x]({path})")[0] == path
    assert not [
        path for path, data in project.tree().items() if data == b"secret" and "build" in path
    ]


def test_a_picture_of_one_language_is_used(project: Project) -> None:
    project.write("build/fr/cup.png", "French")
    links(project, "![x](cup.png)")
    project.review(article="a")
    assert links(project, "![x](cup.png)", "fr") == ("cup.png", "cup.png")


def test_a_setting_leaves_paths_as_they_are(project: Project) -> None:
    project.write("pipeline.toml", "follow_paths = false\n" + project.read("pipeline.toml"))
    assert links(project, "[x](../b/c/en.md)")[0] == "../b/c/en.md"
    assert links(project, "![x](cup.png)")[0] == "cup.png"


def test_a_page_that_is_taken_over_has_the_paths_of_its_source(project: Project) -> None:
    links(project, "[x](../b/c/en.md#part) ![y](./cup.png)", "fr", "--drafts")
    workspace = Workspace.open(project.root, {})
    for path in ("preview/fr/a.md", "build/en/a.md"):
        data = as_version(workspace, "a", "fr", path, (project.root / path).read_bytes())
        assert "](../b/c/en.md#part)" in data.decode()
        assert "](./cup.png)" in data.decode()
        assert "image: ./cup.png" in data.decode()
