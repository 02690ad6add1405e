"""Publishing an article: as it is, as a preview, or not at all, and how it is marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pipeline.article.reading import read_article
from pipeline.model import Catalog, State, Unit
from pipeline.pages.publishing import as_version, is_published, linked_files
from pipeline.project.workspace import Workspace
from tests.sample_project import ARTICLE, Project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def drafted(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.done("run", "--drafts")
    return project


def test_build_publishes_at_the_share_that_the_settings_ask_for(drafted: Project) -> None:
    for page in ("md", "html"):
        (drafted.root / f"build/fr/salt.{page}").unlink()
    message = (
        "salt fr: 0% reviewed, publish_at requires 80%: not built; --drafts builds a preview\n"
    )
    assert drafted.done("build").err == message + "nothing to do\n"
    assert not (drafted.root / "build/fr/salt.md").exists()

    message = (
        "salt fr: 0% reviewed, publish_at requires 80%: built as a preview with marked drafts\n"
    )
    assert drafted.done("build", "--drafts").err.startswith(message)
    preview = drafted.read("build/fr/salt.md")
    assert '<mark class="draft">⟪Î ñééṽééŕ ŵééîĝĥ îţ.⟫</mark>' in preview
    assert "title: '[draft] ⟪" in preview or 'title: "[draft] ⟪' in preview
    assert "build/fr/salt.md is from an earlier build" in drafted.done("build").err

    text = drafted.read(drafted.po())
    drafted.write(drafted.po(), text.replace("#, fuzzy\n", "", 6))
    outcome = drafted.done("build")
    assert "reviewed" not in outcome.err
    page = drafted.read("build/fr/salt.md")
    assert "\n⟪Î ñééṽééŕ ŵééîĝĥ îţ.⟫\n" in page
    assert "draft" not in page
    assert "- More than your doctor thinks." in page, "the one draft gives way to the source"


def test_an_identity_catalogue_builds_the_source(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("merge")
    entry = re.compile(r'(msgid ((?:".*"\n)+)msgstr )""\n(?=\n|\Z)')
    header, _, rest = project.read(project.po()).partition("\n\n")
    project.write(project.po(), header + "\n\n" + entry.sub(r"\1\2", rest))
    assert project.catalog().units[0].target == "Two cooks on salt"
    project.done("build")
    assert project.read("build/fr/salt.md") == ARTICLE
    assert project.read("build/en/salt.md") == ARTICLE


def test_the_words_of_a_page_can_be_the_projects_own(drafted: Project) -> None:
    before = drafted.read("build/fr/salt.html")
    drafted.write(
        "locales/fr/LC_MESSAGES/interface.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Languages"\nmsgstr "Autres voix"\n',
    )
    drafted.done("build", "--drafts")
    assert "Autres voix" in drafted.read("build/fr/salt.html")
    assert "Autres voix" not in before + drafted.read("build/en/salt.html")


def test_a_preview_marks_titles_of_admonitions_without_breaking_them(tmp_path: Path) -> None:
    text = '!!! note "A title"\n    Body of it.\n\n=== "A tab"\n\n    Text of it.\n'
    project = Project(tmp_path, text=text)
    outcome = project.done("run", "--drafts")
    assert "MK109" not in outcome.err
    page = project.read("build/fr/salt.md")
    assert '!!! note "[draft] ' in page
    assert '=== "[draft] ' in page
    assert page.count('<mark class="draft">') == 2


def test_a_page_of_the_source_can_only_be_deleted(tmp_path: Path) -> None:
    """No catalogue holds its texts, so it cannot be taken over."""
    project = Project(tmp_path)
    project.write("build/en/salt.md", "Mine.")
    outcome = project.done("run", "--drafts", "--take-over")
    assert "--locale en" not in outcome.err
    assert (
        "build/en/salt.md not replaced: the pipeline did not write it, or it was changed since; "
        "delete it to rebuild it"
    ) in outcome.err
    (tmp_path / "build/en/salt.md").unlink()
    project.done("run", "--drafts")
    assert "I never weigh it." in project.read("build/en/salt.md")


def test_a_page_of_the_source_has_no_version_to_align(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("build/en/salt.md", "Mine.\n")
    outcome = project.done("run", "--drafts", "--take-over")
    assert "build/en/salt.md not replaced: the pipeline did not write it" in outcome.err
    assert "delete it to rebuild it" in outcome.err
    assert project.read("build/en/salt.md") == "Mine.\n"


LIMITS = [
    ([], 1.0, True),
    ([State.DRAFT], 0.0, True),
    ([State.REVIEWED, State.DRAFT], 0.5, True),
    ([State.REVIEWED, State.DRAFT], 0.51, False),
    ([State.REVIEWED, State.EMPTY], 1.0, False),
    ([State.REVIEWED, State.REVIEWED], 1.0, True),
]


@pytest.mark.parametrize(("states", "publish_at", "published"), LIMITS)
def test_a_catalogue_at_the_limit_is_published(
    states: list[State], publish_at: float, published: bool
) -> None:
    units = tuple(Unit("x", f"Text {n}", "t", state) for n, state in enumerate(states))
    assert is_published(Catalog("a", "fr", units), publish_at) is published


def deep_pages(
    root: Path, page_path: str = "b/{lang}/{article}.md", follow_paths: bool = True
) -> Workspace:
    """Return a project whose pages are deeper than their source, which has a picture."""
    project = Project(
        root,
        source_path="d/{article}.md",
        article_path="d/{lang}/{article}.md",
        page_path=page_path,
        follow_paths=follow_paths,
    )
    project.write("d/cup.png", "")
    project.write("d/a.md", "![cup](cup.png)\n")
    return Workspace.open(root, {})


AS_VERSION = [
    # A page loses the marks of drafts, and its paths begin where the source is.
    ("b/fr/a.md", '<mark class="draft">A *b*\nc</mark> d\n', "A *b*\nc d\n"),
    ("b/fr/a.md", "---\ntitle: '[draft] A'\n---\n", "---\ntitle: 'A'\n---\n"),
    ("d/fr/a.md", "![](../cup.png)\n", "![](cup.png)\n"),
    # All else stays as it is.
    ("d/fr/a.md", '<mark class="draft">A</mark> [draft] b\n', None),
    ("b/fr/a.md", '<mark class="other">A</mark> [Draft] b\n', None),
    ("b/fr/a.md", "![](https://example.org/cup.png)\n", None),
    ("d/b.md", "![](cup.png) ![](../d/cup.png)\n", None),
]


@pytest.mark.parametrize(("path", "text", "expected"), AS_VERSION)
def test_a_page_is_read_as_if_it_were_beside_the_source(
    path: str, text: str, expected: str | None, tmp_path: Path
) -> None:
    data = as_version(deep_pages(tmp_path), "a", "fr", path, text.encode())
    assert data.decode() == (text if expected is None else expected)


@pytest.mark.parametrize(
    ("page_path", "follow_paths", "paths"),
    [
        ("b/{lang}/{article}.md", True, ["d/cup.png", "b/en/cup.png", "b/fr/cup.png"]),
        ("b/{lang}/{article}.md", False, []),
        ("d/{article}.{lang}.md", True, []),
    ],
    ids=["other folders", "not followed", "the same folder"],
)
def test_a_build_depends_on_the_files_that_an_article_names(
    page_path: str, follow_paths: bool, paths: list[str], tmp_path: Path
) -> None:
    article = read_article(b"![cup](cup.png) ![again](cup.png) `![](x.png)`\n", "d/a.md")
    workspace = deep_pages(tmp_path, page_path, follow_paths)
    assert sorted(linked_files(workspace, article, "a")) == sorted(paths)
