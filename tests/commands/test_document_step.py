"""`build --as`: which documents are written where, and what they never replace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.done("run")
    return project


def test_documents_of_all_languages(project: Project) -> None:
    outcome = project.done("build", "--as", "fragment", "--drafts")
    assert "wrote build/en/salt.fragment.html" in outcome.err
    assert "wrote build/fr/salt.fragment.html" in outcome.err
    english = project.read("build/en/salt.fragment.html")
    assert english.startswith("<p>We asked two cooks <strong>one</strong> question")
    assert project.unit("I never weigh it.").target in project.read("build/fr/salt.fragment.html")
    assert project.done("build", "--as", "fragment", "--drafts").err == "nothing to do\n"


def test_one_language(project: Project) -> None:
    project.done("build", "--as", "docx", "--locale", "en")
    assert (project.root / "build/en/salt.docx").exists()
    assert not (project.root / "build/fr/salt.docx").exists()


def test_documents_stay_while_their_article_does(project: Project) -> None:
    for kind in ("docx", "fragment"):
        project.done("build", "--as", kind, "--drafts")
    for command in ("run", "build"):
        project.edit("source/salt/en.md", "I never weigh it", "I never, ever weigh it")
        outcome = project.done(command, "--drafts", "--verbose")
        assert "salt.docx" not in outcome.err + outcome.out
        assert "salt.fragment" not in outcome.err + outcome.out
        project.edit("source/salt/en.md", "I never, ever weigh it", "I never weigh it")
    assert (project.root / "build/fr/salt.docx").exists()
    assert (project.root / "build/fr/salt.fragment.html").exists()
    (project.root / "source/salt/en.md").rename(project.root / "salt.md")
    project.write("source/pepper/en.md", "Pepper is another thing.\n")
    project.done("run")
    assert not (project.root / "build/fr/salt.fragment.html").exists()
    assert not (project.root / "build/fr/salt.docx").exists()


def test_a_language_with_too_few_reviews_needs_drafts(project: Project) -> None:
    outcome = project.done("build", "--as", "fragment", "--locale", "fr")
    assert "title and description must be reviewed: no document written" in outcome.err
    assert not (project.root / "build/fr/salt.fragment.html").exists()
    project.review()
    project.done("build", "--as", "fragment", "--locale", "fr")
    assert (project.root / "build/fr/salt.fragment.html").exists()


def test_a_document_that_a_reviewer_changed_is_kept(project: Project) -> None:
    project.done("build", "--as", "docx", "--locale", "en")
    project.write("build/en/salt.docx", b"reviewed")
    project.edit("source/salt/en.md", "I never weigh it.", "I never weigh salt.")
    outcome = project.done("build", "--as", "docx", "--locale", "en")
    assert "build/en/salt.docx not replaced: it was changed since it was built" in outcome.err
    assert project.read("build/en/salt.docx") == "reviewed"


def test_a_named_file(project: Project, tmp_path: Path) -> None:
    target = str(tmp_path / "out.docx")
    arguments = ("build", "--as", "docx", "--locale", "en", "--output", target)
    assert f"wrote {target}" in project.done(*arguments).err
    data = (tmp_path / "out.docx").read_bytes()
    project.edit("source/salt/en.md", "I never weigh it.", "I never weigh salt.")
    outcome = project.run(*arguments)
    assert (outcome.code, "exists; delete it or choose another name" in outcome.err) == (2, True)
    assert (tmp_path / "out.docx").read_bytes() == data


@pytest.mark.parametrize("target", ["source/salt/en.md", "pipeline.toml", "new.po", ".pipeline/x"])
def test_a_named_file_is_none_of_the_project(project: Project, target: str) -> None:
    before = project.tree()
    arguments = ("build", "--as", "fragment", "--locale", "en", "--output", target)
    assert project.run(*arguments).code == 2
    assert project.tree() == before


def test_a_named_file_is_for_one_document(project: Project) -> None:
    outcome = project.run("build", "--as", "docx", "--output", "a.docx")
    assert (outcome.code, "add --article NAME and --locale LOCALE" in outcome.err) == (2, True)
    assert project.run("build", "--output", "a.docx").code == 2


def test_a_rehearsal_writes_nothing(project: Project) -> None:
    before = project.written()
    outcome = project.run("build", "--as", "fragment", "--locale", "en", "--check")
    assert (outcome.code, project.written()) == (1, before)
    named = project.run("build", "--as", "docx", "--locale", "en", "--check", "--output", "a.docx")
    assert ("would write a.docx" in named.err, project.written()) == (True, before)
