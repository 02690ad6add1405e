"""Output files of a command, which must not replace a project file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

CHECK = ("check", "--no-grammar")
OWN = (
    "locales/fr/LC_MESSAGES/salt.po",
    "locales/salt.pot",
    "locales/fr/glossary.csv",
    "locales/fr/words.txt",
    "source/salt/en.mdx",
    "source/salt/fr.mdx",
    "build/fr/salt.mdx",
    "build/fr/salt.html",
    "build/.pipeline-pages",
    "pipeline.toml",
)
"""Files that the project reads or built."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project in MDX with every kind of project file."""
    settings = {
        "article_path": "source/{article}/{lang}.mdx",
        "page_path": "build/{lang}/{article}.mdx",
    }
    project = Project(tmp_path, **settings)
    (tmp_path / "source" / "salt" / "en.md").rename(tmp_path / "source" / "salt" / "en.mdx")
    project.write("source/salt/fr.mdx", "Le sel.\n")
    project.write("locales/fr/glossary.csv", "source,target,kind,note\n")
    project.write("locales/fr/words.txt", "sel\n")
    project.done("run", "--drafts")
    return project


def refused(project: Project, *arguments: str) -> str:
    """Run a command that must be refused and change nothing; return its message."""
    before = project.tree()
    outcome = project.run(*arguments)
    assert outcome.code == 2, outcome
    assert project.tree() == before
    return outcome.err


@pytest.mark.parametrize("path", OWN)
def test_a_report_replaces_no_file_of_the_project(project: Project, path: str) -> None:
    assert path in refused(project, *CHECK, "--output-file", path)


@pytest.mark.parametrize("path", [*OWN, "notes.txt", "package.json"])
def test_a_baseline_replaces_nothing_but_a_baseline(project: Project, path: str) -> None:
    project.write("notes.txt", "mine\n")
    project.write("package.json", '{"version": 1}\n')
    assert path in refused(project, *CHECK, "--update-baseline", "--baseline", path)
    assert path in refused(project, "check", "--update-baseline", "--baseline", path)


def test_a_link_to_a_text_is_refused_as_the_text_is(project: Project) -> None:
    (project.root / "out.json").symlink_to("source/salt/en.mdx")
    refused(project, *CHECK, "--output-file", "out.json")
    refused(project, *CHECK, "--update-baseline", "--baseline", "out.json")


def test_a_report_does_not_replace_the_baseline(project: Project) -> None:
    project.done(*CHECK, "--update-baseline", "--baseline", "known.json")
    command = (*CHECK, "--baseline", "known.json", "--output-file", "known.json")
    assert "would overwrite the baseline; choose another name" in refused(project, *command)


def test_new_files_and_ones_of_their_kind_are_written(project: Project) -> None:
    for _ in range(2):
        project.done(*CHECK, "--update-baseline", "--baseline", "known.json")
        project.done(*CHECK, "--output-file", "found.txt")
        project.done("align", "--report")
        project.done("memory", "export", "locales/all.tmx")
    assert "findings" in project.read("found.txt")


@pytest.mark.parametrize(
    "command", [("align", "--report"), ("memory", "export", "locales/alignment.tmx")]
)
def test_a_page_or_memory_of_somebody_else_stays(
    project: Project, command: tuple[str, ...]
) -> None:
    project.done("align")
    project.write("alignment.html", "<title>Alignment of the planets</title>\n")
    project.write("locales/alignment.tmx", "<tmx/>\n")
    assert "another file exists there" in refused(project, *command)


def test_a_report_is_refused_before_catalogues_are_filled(project: Project) -> None:
    project.write("planets.html", "<title>Planets</title>\n")
    before = project.tree()
    assert "another file exists there" in project.run("align", "--report", "planets.html").err
    assert project.tree() == before


def test_a_page_that_was_built_is_no_place_for_a_report(project: Project) -> None:
    project.done("align")
    refused(project, "align", "--report", "build/fr/salt.html")
