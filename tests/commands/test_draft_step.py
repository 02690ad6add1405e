"""Drafts for missing translations, and the translation memory that helps with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.model import State
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

WEIGH = "I never weigh it."
CATALOGUE = "locales/fr/LC_MESSAGES/salt.po"


def test_memory_knows_the_texts_of_an_article_that_is_gone(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", engines=["memory", "pseudo"])
    project.write("source/pepper/en.md", "On pepper.\n")
    project.done("run")
    project.review()
    (tmp_path / "source/salt/en.md").unlink()
    project.done("run")
    project.write("source/pepper/en.md", f"## Di, Pub (@di)\n\n{WEIGH}\n")
    project.done("run")
    units = project.catalog(article="pepper").units
    assert [(unit.source, unit.target) for unit in units] == [(WEIGH, project.unit(WEIGH).target)]
    assert all("memory" in unit.origin.signature for unit in units)
    (tmp_path / CATALOGUE).write_bytes(b"no PO at all")
    project.edit("source/pepper/en.md", WEIGH, "I always weigh it.")
    project.done("run")


def test_check_of_a_network_engine_sends_nothing(tmp_path: Path) -> None:
    project = Project(tmp_path, engines=["google"])
    project.done("merge")
    outcome = project.run("translate", "--check", PIPELINE_OFFLINE="0")
    assert outcome.code == 1
    assert "would send 7 texts to google: " in outcome.err
    assert project.done("translate", "--check", "--offline", PIPELINE_OFFLINE="0")


@pytest.mark.parametrize("name", ["memory", "memory.TMX", "memory.tmx.txt", "tmx"])
def test_a_memory_is_exported_to_a_tmx_file_only(name: str, tmp_path: Path) -> None:
    project = Project(tmp_path)
    stamps = project.stamps()
    outcome = project.run("memory", "export", name)
    assert outcome.code == 2
    assert outcome.err == (
        f"error: '{name}': expected the name of a TMX file, such as memory.tmx\n"
    )
    assert project.stamps() == stamps


def test_an_exported_memory_gives_drafts_to_another_project(tmp_path: Path) -> None:
    """Check that only reviewed units are exported; units XML cannot hold are counted."""
    project = Project(tmp_path / "one", "a", "b")
    project.done("run")
    project.edit(project.po(article="a"), "⟪Î ñééṽééŕ ŵééîĝĥ îţ.⟫", r"Jamais\f.")
    project.review(article="a")
    outcome = project.done("memory", "export", "memory.tmx")
    assert outcome.err.splitlines() == [
        "wrote memory.tmx: 6 source texts",
        "warning: memory.tmx: translations left out: 1 (XML does not allow their characters)",
    ]
    for folder in ("locales", "locales/fr"):
        other = Project(tmp_path / folder.replace("/", "-"), engines=["memory"])
        other.write(f"{folder}/x.tmx", project.read("memory.tmx"))
        messages = other.done("translate").err
        assert "salt fr: memory drafted 6 of 7\n" in messages
        assert "salt fr: 1 of 7 have no draft; --verbose shows the reasons\n" in messages
        assert "drafts: 6 by memory; 0 characters sent\n" in messages
        assert other.unit(WEIGH).target == ""


@pytest.mark.parametrize(
    ("state", "options", "message", "drafted"),
    [
        ("empty", [], "salt fr: pseudo drafted 7 of 7\n", 7),
        ("drafted", [], "nothing to do\n", 7),
        ("reviewed", [], "nothing to do\n", 0),
        ("empty", ["--check"], "would write drafts: 7 by pseudo\n", 0),
        ("drafted", ["--check"], "nothing would change\n", 7),
    ],
)
def test_only_what_is_missing_is_drafted(
    state: str, options: list[str], message: str, drafted: int, tmp_path: Path
) -> None:
    project = Project(tmp_path)
    project.done("merge" if state == "empty" else "translate")
    if state == "reviewed":
        project.review()
    before = project.catalog()
    outcome = project.run("translate", *options)
    assert message in outcome.err
    units = project.catalog().units
    assert sum(unit.state is State.DRAFT for unit in units) == drafted
    assert (units != before.units) == (state == "empty" and not options)
