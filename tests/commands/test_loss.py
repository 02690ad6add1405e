"""Articles and catalogues that were damaged, and losses on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.catalogue import load_po
from pipeline.model import State
from tests.sample_project import ARTICLE, Project

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "source/salt/en.md"
CATALOGUE = "locales/fr/LC_MESSAGES/salt.po"
COMMANDS = ("run", "extract", "merge", "align", "translate", "build", "status")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Project whose French translations are all reviewed."""
    project = Project(tmp_path, "salt", "other")
    project.done("run")
    for name in ("salt", "other"):
        path = f"locales/fr/LC_MESSAGES/{name}.po"
        project.write(path, project.read(path).replace("#, fuzzy\n", ""))
    project.done("run")
    return project


def reviewed(project: Project) -> int:
    catalog = load_po(project.root / CATALOGUE, CATALOGUE).catalog("salt", "fr")
    return sum(unit.state is State.REVIEWED for unit in catalog.units)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "damaged",
    [
        "",
        ARTICLE[: len(ARTICLE) // 2],
        ARTICLE.replace("We asked", "```\nWe asked"),
    ],
    ids=["emptied", "cut in half", "swallowed by a fence"],
)
def test_a_damaged_source_retires_nothing(project: Project, command: str, damaged: str) -> None:
    project.write(SOURCE, damaged)
    before = project.tree()
    outcome = project.run(command)
    assert outcome.code == 2
    assert f"{SOURCE}: most reviewed translations would become obsolete (fr: " in outcome.err
    assert outcome.err.count("--allow-loss salt") == 1
    after = project.tree()
    assert {p: d for p, d in after.items() if "salt" in p} == {
        p: d for p, d in before.items() if "salt" in p
    }


def test_the_gate_finds_it(project: Project) -> None:
    project.write(SOURCE, "")
    outcome = project.run("check", "--no-grammar")
    assert outcome.code == 1
    assert "CO106" in outcome.out


def test_a_loss_is_allowed_for_this_source(project: Project) -> None:
    project.write(SOURCE, "Nothing of it.\n")
    project.done("extract", "--allow-loss", "salt")
    project.done("merge")
    project.write(SOURCE, ARTICLE)
    project.done("run")
    assert reviewed(project) == 7
    project.write(SOURCE, "Nothing at all.\n")
    assert project.run("merge").code == 2


def test_a_rehearsal_does_not_remember(project: Project) -> None:
    project.write(SOURCE, "Nothing of it.\n")
    assert project.run("run", "--check", "--allow-loss", "salt").code == 1
    assert project.run("run").code == 2


def test_an_unknown_article_may_lose_nothing(project: Project) -> None:
    outcome = project.run("run", "--allow-loss", "slat")
    assert outcome.code == 2
    assert "did you mean 'salt'?" in outcome.err


def test_ordinary_edits_are_no_loss(project: Project) -> None:
    text = ARTICLE.replace("I never weigh it.\n\n", "").replace("than you", "than all of you")
    project.write(SOURCE, text)
    project.done("run")
    project.write(SOURCE, ARTICLE.replace("more", "much more").replace("I ", "We "))
    project.done("run")


def test_a_catalogue_that_lost_most_entries_is_not_refilled(project: Project) -> None:
    whole = project.read(CATALOGUE)
    cut = "\n\n".join(whole.split("\n\n")[:3]) + "\n"
    project.write(CATALOGUE, cut)
    outcome = project.run("run")
    assert outcome.code == 2
    assert f"{CATALOGUE}: 5 reviewed translations of the last run are missing" in outcome.err
    assert project.read(CATALOGUE) == cut
    project.write(CATALOGUE, whole)
    project.done("run")
    project.write(CATALOGUE, cut)
    project.done("run", "--allow-loss", "salt")
    assert reviewed(project) == 2


def test_a_deleted_catalogue_is_on_purpose(project: Project) -> None:
    (project.root / CATALOGUE).unlink()
    project.done("run")


def test_obsolete_entries_are_not_missing(project: Project) -> None:
    header, *entries = project.read(CATALOGUE).strip().split("\n\n")
    obsolete = [
        "\n".join("#~ " + line for line in entry.split("\n") if not line.startswith("#"))
        for entry in entries
    ]
    project.write(CATALOGUE, "\n\n".join([header, *obsolete]) + "\n")
    project.done("run")  # as after a merge by another tool
    assert reviewed(project) == 7
