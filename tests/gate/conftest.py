"""A project to be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.gate.reviewed import reviewed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sample_project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project whose French is reviewed and right."""
    return reviewed(tmp_path)
