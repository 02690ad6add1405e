"""Drafts of a regional locale from its base: `pipeline run` on a small project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import State
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

WEIGH = "I never weigh it."
TASTE = "I taste 3 times, then I stop."


@pytest.fixture
def regional(tmp_path: Path) -> Project:
    """Return a project with a French catalogue that is reviewed, and a Canadian one."""
    project = Project(tmp_path, locales=["fr", "fr_CA", "es"])
    project.done("run", "--locale", "fr")
    project.review("fr")
    project.done("run")
    return project


def test_reviewed_texts_of_the_base_are_drafts(regional: Project) -> None:
    units = regional.catalog("fr_CA").units
    assert {unit.origin.signature for unit in units} == {"memory fr"}
    assert {unit.state for unit in units} == {State.DRAFT}
    assert [unit.target for unit in units] == [unit.target for unit in regional.catalog().units]
    assert {unit.origin.signature for unit in regional.catalog("es").units} == {"pseudo"}
    assert "nothing to do" in regional.done("run").err


def test_a_draft_follows_its_base_until_somebody_touches_it(regional: Project) -> None:
    for source in (WEIGH, TASTE):
        target = regional.unit(source).target
        regional.edit(regional.po(), f'msgstr "{target}"', f'msgstr "{target} Oui."')
    old = regional.unit(TASTE, "fr_CA").target
    regional.edit(regional.po("fr_CA"), f'msgstr "{old}"', f'msgstr "{old} Non."')
    assert "salt fr_CA: 1 draft from fr\n" in regional.done("run").err
    assert regional.unit(WEIGH, "fr_CA").target == regional.unit(WEIGH).target
    assert regional.unit(TASTE, "fr_CA").target == f"{old} Non."


def test_a_page_shows_its_base_before_its_source(regional: Project) -> None:
    pages = {locale: regional.read(f"build/{locale}/salt.md") for locale in ("fr", "fr_CA")}
    assert pages["fr_CA"].replace("fr-CA", "fr").replace("fr_CA", "fr") == pages["fr"]
    assert "--drafts" not in regional.done("run").err.partition("fr_CA")[2].partition("\n")[0]


def test_a_page_that_is_inherited_is_not_announced(regional: Project) -> None:
    def announced(locale: str) -> list[str]:
        page = regional.read(f"build/{locale}/salt.html")
        return [other for other in ("en", "fr", "fr-CA") if f'hreflang="{other}"' in page]

    assert announced("en") == announced("fr") == announced("fr_CA") == ["en", "fr"]
    unit = regional.unit(WEIGH, "fr_CA")
    mark = f"# pipeline: machine memory fr {unit.origin.digest}\n"
    path = regional.po("fr_CA")
    entry = regional.read(path).partition(mark)[2].partition(WEIGH)[0]
    regional.edit(path, f"{mark}{entry}", entry.replace("#, fuzzy\n", ""))
    regional.done("run")
    assert announced("en") == announced("fr_CA") == ["en", "fr", "fr-CA"]


def test_similar_texts_of_the_base_are_in_the_memory(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", locales=["fr", "fr_CA"], engines=["memory", "pseudo"])
    project.done("run", "--locale", "fr")
    project.review("fr")
    project.write("source/pepper/en.md", f"{WEIGH}\n\nI taste 3 times, and then I stop.\n")
    project.done("run", "--locale", "fr_CA")
    signatures = [unit.origin.signature for unit in project.catalog("fr_CA", "pepper").units]
    assert signatures[0] == "memory fr 100%"
    assert signatures[1].startswith("memory fr 9")


def test_a_text_that_the_gate_refuses_is_no_draft(regional: Project) -> None:
    target = regional.unit(TASTE).target
    regional.edit(regional.po(), f'msgstr "{target}"', 'msgstr "Je goûte."')
    old = regional.unit(TASTE, "fr_CA")
    regional.done("run")
    assert regional.unit(TASTE, "fr_CA") == old


def test_without_a_base_a_locale_is_drafted_alone(tmp_path: Path) -> None:
    project = Project(tmp_path, locales=["fr", "fr_CA"], bases={"fr_CA": ""})
    project.done("run", "--locale", "fr")
    project.review("fr")
    project.done("run")
    assert {unit.origin.signature for unit in project.catalog("fr_CA").units} == {"pseudo"}
    assert not (tmp_path / "build/fr_CA/salt.md").exists()


def test_the_gate_counts_what_the_base_has(regional: Project) -> None:
    command = ("check", "--no-grammar", "--verbose", "--locale")
    assert "CO104" not in regional.run(*command, "fr_CA").out
    assert "CO104" in regional.run(*command, "es").out
