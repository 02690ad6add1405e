"""What a command works on: versions and pages, catalogues, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_a_command_alone_needs_no_other_before_it(project: Project) -> None:
    """Where there is no catalogue yet, each takes the article's own texts."""
    assert "fr, français" in project.done("status").out
    assert project.run("check", "--no-grammar").out.startswith("0 findings, 8 notes (--verbose")
    assert "salt fr: 0% reviewed, publish_at asks for 80%: not built" in project.done("build").err
    assert "salt fr: pseudo drafted 7 of 7" in project.done("translate").err
    assert "nothing to do" in project.done("merge").err
