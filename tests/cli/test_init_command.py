"""`pipeline init`: what it says of a new project, and of a site that is there."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.project.emptied import emptied

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sample_project import Project


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    return emptied(tmp_path)


def test_a_new_project_in_a_folder_of_its_own(empty: Project) -> None:
    outcome = empty.done("init", "new/one", "--source", "fr", "--locales", "en,de")
    assert outcome.err.endswith("now: cd new/one && pipeline run --drafts\n")
    assert set(empty.tree()) == {"new/one/source/example/fr.md", "new/one/pipeline.toml"}
    assert "language: fr\n" in empty.read("new/one/source/example/fr.md")


@pytest.mark.parametrize(("source", "locale"), [("en", "fr"), ("fr", "en")])
def test_a_language_that_nobody_named_is_told(empty: Project, source: str, locale: str) -> None:
    outcome = empty.done("init", "--source", source)
    assert outcome.err.splitlines()[-2:] == [
        f"to be translated into {locale}, as --locales named none; 'locales' in pipeline.toml",
        "now: pipeline run --drafts",
    ]
    assert tomllib.loads(empty.read("pipeline.toml"))["locales"] == [locale]
