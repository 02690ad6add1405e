"""Files that a check reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.gate.reviewed import failing_findings, line_of, translate
from tests.project.test_git_revision import git

if TYPE_CHECKING:
    from tests.sample_project import Project

pytestmark = pytest.mark.usefixtures("kept_engines")


def test_changed_since(project: Project) -> None:
    translate(project, "I never weigh it.", "Je ne le pèse jamais, non?")
    git(project.root, "init", "-q")
    git(project.root, "add", ".")
    git(project.root, "commit", "-q", "-m", "one")
    assert project.run("check", "--no-grammar").code == 1
    project.done("check", "--no-grammar", "--changed-since", "HEAD")
    translate(project, "Less than you think.", "Moins que, non?")
    outcome = project.run("check", "--no-grammar", "--changed-since", "HEAD", "--json")
    assert failing_findings(outcome) == [("TY101", line_of(project, "Moins que, non?"), 23)]
    assert project.run("check", "--changed-since", "nowhere").code == 2


WRONG_PATHS = {
    "locales/fr/LC_MESSAGES/nope.po": "the article of this catalogue is missing",
    "source/salt/de.md": "unknown language",
    "source/nope.md": "file not found",
    "pipeline.toml": "expected an article",
    "../elsewhere.md": "expected a path inside the project ",
}


@pytest.mark.parametrize("path", WRONG_PATHS)
def test_a_path_that_cannot_be_checked(project: Project, path: str) -> None:
    project.write("source/salt/de.md", "Hallo.\n")
    outcome = project.run("check", "--no-grammar", path)
    assert outcome.code == 2
    assert WRONG_PATHS[path] in outcome.err
    assert outcome.out == ""


def test_a_file_that_says_its_language(project: Project) -> None:
    project.write("notes/x.md", "---\nlanguage: fr\n---\n\nVraiment?\n")
    outcome = project.run("check", "--no-grammar", "notes/x.md", "--json")
    assert failing_findings(outcome) == [("TY101", 5, 9)]
    project.write("notes/y.md", "Vraiment?\n")
    assert project.run("check", "--no-grammar", "notes/y.md", "--locale", "fr").code == 1


def test_a_catalogue_behind_its_article(project: Project) -> None:
    project.edit("source/salt/en.md", "I never weigh it.", "I always weigh it.\n\nTwice.")
    outcome = project.run("check", "--no-grammar", "--locale", "fr")
    assert outcome.code == 1
    assert "CO106" in outcome.out
    assert "(2 new and 1 removed texts): run 'pipeline merge'" in outcome.out
    project.done("merge")
    project.done("check", "--no-grammar")
    project.write("source/salt/en.md", "")
    assert "(0 new and 8 removed texts)" in project.run("check", "--no-grammar").out


def test_a_catalogue_whose_article_is_gone(project: Project) -> None:
    for name in ("pepper", "vinegar"):
        project.write(f"source/{name}/en.md", "Taste it.\n")
    project.done("run")
    other = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    project.write("locales/fr/LC_MESSAGES/of/another/program.po", other)
    project.done("check", "--no-grammar")
    (project.root / "source/pepper/en.md").unlink()
    outcome = project.run("check", "--no-grammar")
    assert outcome.code == 1
    assert outcome.out.count("CO106") == 1
    assert "locales/fr/LC_MESSAGES/pepper.po:1" in outcome.out
    assert "the article of this catalogue is missing" in outcome.out
    assert "pepper.po: its article was deleted\n" in project.done("status").err
    project.write("build/fr/pepper.md", "Built.\n")
    message = "pepper.po: its article was deleted; build/fr/pepper.md is from an earlier build\n"
    assert message in project.done("status").err
    project.done("check", "--no-grammar", "--article", "salt")


def test_a_version_without_a_source_is_left_out_but_told(project: Project) -> None:
    assert "left out" not in project.done("status").err
    for name in ("pepper", "vinegar"):
        project.write(f"source/{name}/fr.md", "Goûtez.\n")
    message = "source/pepper/fr.md: left out because source/pepper/en.md is missing (and 1 more)\n"
    assert message in project.done("status").err


@pytest.mark.parametrize(("mark", "code"), [("```", "AR114"), ("<!-- note", "AR110")])
def test_a_version_of_which_a_part_is_hidden(project: Project, mark: str, code: str) -> None:
    project.write("source/salt/fr.md", f"Un.\n\n{mark}\n\nDeux.\n")
    outcome = project.run("check", "--no-grammar", "--json")
    assert failing_findings(outcome) == [(code, 3, 1)]
    project.write("source/salt/fr.md", "Un ?\n\n```\nDeux.\n```\n")
    project.done("check", "--no-grammar")
    project.write("source/salt/fr.md", b"```\xff\n")
    project.done("check", "--no-grammar")


def test_a_template_that_is_named_is_read(project: Project) -> None:
    project.done("check", "--no-grammar", "locales/templates/LC_MESSAGES/salt.pot")
    project.edit(
        "locales/templates/LC_MESSAGES/salt.pot", 'msgid "I never weigh it."\n', "<<<<<<< ours\n"
    )
    outcome = project.run("check", "--no-grammar", "locales/templates/LC_MESSAGES/salt.pot")
    assert outcome.code == 1
    assert "PO101" in outcome.out
    missing = project.run("check", "--no-grammar", "locales/templates/LC_MESSAGES/sugar.pot")
    assert missing.code == 2
    assert "locales/templates/LC_MESSAGES/sugar.pot: file not found" in missing.err
