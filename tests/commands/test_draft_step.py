"""Drafts for what is missing, and the memory that helps with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

WEIGH = "I never weigh it."
CATALOGUE = "locales/fr/LC_MESSAGES/salt.po"


def test_memory_knows_the_texts_of_an_article_that_got_another_name(tmp_path: Path) -> None:
    project = Project(tmp_path, engines=["memory", "pseudo"])
    project.done("run")
    project.review()
    (tmp_path / "source/salt").rename(tmp_path / "source/sugar")
    project.done("run")
    new = project.catalog(article="sugar")
    assert [u.target for u in new.units] == [u.target for u in project.catalog().units]
    assert all("memory" in unit.origin.signature for unit in new.units)
    (tmp_path / CATALOGUE).write_bytes(b"no PO at all")
    project.edit("source/sugar/en.md", WEIGH, "I always weigh it.")
    project.done("run")


def test_check_of_a_network_engine_sends_nothing(tmp_path: Path) -> None:
    project = Project(tmp_path, engines=["google"])
    project.done("merge")
    outcome = project.run("translate", "--check", PIPELINE_OFFLINE="0")
    assert outcome.code == 1
    assert "would send 7 texts to google: " in outcome.err
    assert project.done("translate", "--check", "--offline", PIPELINE_OFFLINE="0")
