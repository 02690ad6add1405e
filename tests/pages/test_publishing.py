"""Publishing an article: as it is, as a preview, or not at all, and how it is marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pipeline.article.reading import read_article
from pipeline.pages.ownership import Record
from pipeline.pages.publishing import as_version, linked_files
from pipeline.project.workspace import Workspace
from tests.sample_project import ARTICLE, Project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def drafted(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.done("run", "--drafts")
    return project


def test_a_locale_is_published_once_all_is_reviewed(drafted: Project) -> None:
    why = "0% of the words reviewed, publish_at requires 100%, and title and description must be"
    outcome = drafted.done("build")
    assert f"salt fr: {why} reviewed: not built; --drafts builds a preview\n" in outcome.err
    assert not (drafted.root / "build/fr").exists()
    outcome = drafted.done("build", "--drafts")
    assert f"salt fr: {why} reviewed: built as a preview only\n" in outcome.err

    drafted.review()
    outcome = drafted.done("build")
    assert f"salt fr: published; {drafted.po()} records it, so commit that file\n" in outcome.err
    assert '"X-Published: yes\\n"' in drafted.read(drafted.po())
    assert drafted.catalog().published
    page = drafted.read("build/fr/salt.md")
    assert "\n⟪Î ñééṽééŕ ŵééîĝĥ îţ.⟫\n" in page
    assert "draft" not in page
    assert "nothing to do" in drafted.done("build").err


def test_a_preview_marks_drafts_and_is_never_indexed(drafted: Project) -> None:
    preview = drafted.read("preview/fr/salt.md")
    assert '<mark class="draft">⟪Î ñééṽééŕ ŵééîĝĥ îţ.⟫</mark>' in preview
    assert "title: '[draft] ⟪" in preview or 'title: "[draft] ⟪' in preview
    empty = Project(drafted.root / "empty", engines=["memory"])
    empty.done("run", "--drafts")
    for project in (drafted, empty):
        for locale in ("en", "fr"):
            html = project.read(f"preview/{locale}/salt.html")
            assert '<meta name="robots" content="noindex">' in html
            assert f'href="../{"fr" if locale == "en" else "en"}/salt.html"' in html
        assert "noindex" not in project.read("build/en/salt.html")
        assert "fr/salt.html" not in project.read("build/en/salt.html")


def test_previews_have_the_front_matter_that_their_generator_knows(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", html=False, preview_values={"draft": "true"})
    project.write("source/bare/en.md", "Only words.\n")
    project.done("run", "--drafts")
    assert "\ndraft: true\n---\n" in project.read("preview/fr/salt.md")
    assert project.read("preview/fr/bare.md").startswith("---\ndraft: true\n---\n\n<mark")
    assert "preview/en/salt.md" not in project.tree(), "a generator shows the source itself"


KEPT_BACK = [
    ("draft: true", True),
    ("draft: 'yes'", True),
    ("draft: false", False),
    ('draft: ""', False),
    ("status: draft", False),
]


@pytest.mark.parametrize(("line", "is_draft"), KEPT_BACK)
def test_a_draft_is_kept_out_of_the_pages_that_may_be_published(
    drafted: Project, line: str, is_draft: bool
) -> None:
    drafted.review()
    drafted.done("run")
    drafted.edit("source/salt/en.md", "author: The editors", f"author: The editors\n{line}")
    outcome = drafted.done("run", "--drafts")
    assert ("build/fr/salt.md" not in drafted.tree()) is is_draft
    assert ("build/en/salt.html" not in drafted.tree()) is is_draft
    message = "removed: build/en/salt.html: its front matter has 'draft: true'"
    assert (message in outcome.err) is is_draft
    assert outcome.err.count("has 'draft: true': built as a preview only") == is_draft
    assert "preview/fr/salt.html" in drafted.tree()
    drafted.edit("source/salt/en.md", f"\n{line}", "")
    drafted.done("run")
    assert {"build/fr/salt.md", "build/en/salt.html"} <= set(drafted.tree())


def test_a_version_may_keep_its_own_language_back(drafted: Project) -> None:
    drafted.review()
    drafted.done("run")
    drafted.write("source/salt/fr.md", "---\ntitle: Le sel\ndraft: true\n---\n")
    outcome = drafted.done("run")
    assert "salt fr: its front matter has 'draft: true'" in outcome.err
    assert "build/fr/salt.md" not in drafted.tree()
    assert "build/en/salt.md" in drafted.tree()


def test_a_page_that_somebody_changed_is_not_withdrawn(drafted: Project) -> None:
    drafted.review()
    drafted.done("run")
    drafted.edit("build/fr/salt.md", "3", "33")
    drafted.edit("source/salt/en.md", "author:", "draft: true\nauthor:")
    message = "build/fr/salt.md: its front matter has 'draft: true', but the page was changed since"
    assert message in drafted.done("run").err
    assert "33" in drafted.read("build/fr/salt.md")


def test_previews_of_the_earlier_layout_are_removed(drafted: Project) -> None:
    """Earlier releases wrote them to the place of pages."""
    record = opened_record(drafted)
    for ending in ("md", "html"):
        record.put(
            f"build/fr/salt.{ending}", (drafted.root / f"preview/fr/salt.{ending}").read_bytes()
        )
    record.merge_journal()
    outcome = drafted.done("build")
    message = "removed: build/fr/salt.html: previews are in another folder now"
    assert message in outcome.err
    assert not list((drafted.root / "build/fr").iterdir())
    # A page without drafts may have been published.
    record = opened_record(drafted)
    record.put("build/fr/salt.md", b"Le sel.\n")
    record.merge_journal()
    assert "build/fr/salt.md: is from an earlier build" in drafted.done("build").err
    assert drafted.read("build/fr/salt.md") == "Le sel.\n"


def opened_record(project: Project) -> Record:
    return Record(Workspace.open(project.root, {}))


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
    before = drafted.read("preview/fr/salt.html")
    drafted.write(
        "locales/fr/LC_MESSAGES/interface.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Languages"\nmsgstr "Autres voix"\n',
    )
    drafted.done("build", "--drafts")
    assert "Autres voix" in drafted.read("preview/fr/salt.html")
    assert "Autres voix" not in before + drafted.read("build/en/salt.html")


def test_a_preview_marks_titles_of_admonitions_without_breaking_them(tmp_path: Path) -> None:
    text = '!!! note "A title"\n    Body of it.\n\n=== "A tab"\n\n    Text of it.\n'
    project = Project(tmp_path, text=text)
    outcome = project.done("run", "--drafts")
    assert "MK109" not in outcome.err
    page = project.read("preview/fr/salt.md")
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
        (
            "b/{lang}/{article}.md",
            True,
            [
                *("d/cup.png", "b/en/cup.png", "b/fr/cup.png"),
                *("preview/en/cup.png", "preview/fr/cup.png"),
                *("b/files/d/cup.png", "preview/files/d/cup.png"),
            ],
        ),
        ("b/{lang}/{article}.md", False, []),
        (
            "d/{article}.{lang}.md",
            True,
            [
                *("d/cup.png", "preview/en/cup.png", "preview/fr/cup.png"),
                *("d/files/d/cup.png", "preview/files/d/cup.png"),
            ],
        ),
    ],
    ids=["other folders", "not followed", "the same folder"],
)
def test_a_build_depends_on_the_files_that_an_article_names(
    page_path: str, follow_paths: bool, paths: list[str], tmp_path: Path
) -> None:
    article = read_article(b"![cup](cup.png) ![again](cup.png) `![](x.png)`\n", "d/a.md")
    workspace = deep_pages(tmp_path, page_path, follow_paths)
    assert sorted(linked_files(workspace, article, "a")) == sorted(paths)
