"""An empty project folder, in which command lines can be run."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["emptied"]


def emptied(root: Path) -> Project:
    """Return a project with an empty folder."""
    project = Project(root)
    shutil.rmtree(root)
    root.mkdir()
    return project
