"""A project to check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.gate.reviewed import reviewed_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sample_project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project whose French is reviewed and correct."""
    return reviewed_project(tmp_path)
