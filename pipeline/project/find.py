"""Search for the project of a folder, which is where the settings file is, and for its vault."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import MachineError, UsageError, decode
from pipeline.project.atomic_write import read_regular
from pipeline.project.settings import has_table

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.project.settings import Settings

__all__ = [
    "SETTINGS_FILE",
    "SETTINGS_FILES",
    "Project",
    "detect_hard_wrap",
    "find_project",
    "is_project",
]

SETTINGS_FILE = "pipeline.toml"
"""Settings file of a project that has no settings in a pyproject.toml."""

_PYPROJECT = "pyproject.toml"
SETTINGS_FILES = (SETTINGS_FILE, _PYPROJECT)
"""Names of files that may hold the settings."""
_TABLE = ("tool", "pipeline")
_OF_OBSIDIAN = ".obsidian"
"""Folder in which Obsidian keeps the settings of a vault."""


class Project(NamedTuple):
    """Folder with settings."""

    root: Path
    name: str
    """Name of the settings file."""
    text: str
    """Content of the settings file."""
    table: tuple[str, ...]
    """Keys of the table that holds the settings; empty if the whole file does."""


def find_project(start: Path) -> Project:
    """Return the project of a folder or of the nearest folder above it.

    Raises:
        UsageError: there is no project, or it has two settings files.
        InputError: a settings file is not UTF-8.
        MachineError: a settings file cannot be read.
    """
    for folder in (start, *start.parents):
        project = _project_in(folder)
        if project:
            return project
    message = (
        f"no project found in {start} or above: expected {SETTINGS_FILE}, or {_PYPROJECT} with "
        "[tool.pipeline]; create one with 'pipeline init'"
    )
    raise UsageError(message)


def is_project(folder: Path) -> bool:
    """Return whether a folder has settings itself."""
    return _project_in(folder) is not None


def detect_hard_wrap(root: Path, settings: Settings) -> Settings:
    """Return the settings with an answer in place of ``auto`` for `Settings.hard_wrap`.

    The vault may be the folder of the project, one around the articles, or one above both.
    """
    if settings.hard_wrap != "auto":
        return settings
    path = (settings.source_path or settings.article_path).partition("{")[0]
    inside = PurePosixPath(path + "_").parents
    folders = (*(root / folder for folder in inside), *root.resolve().parents)
    # Not Path.is_dir, which raises where a folder may not be entered; the search tells of that.
    in_vault = any(os.path.isdir(folder / _OF_OBSIDIAN) for folder in folders)  # noqa: PTH112
    return replace(settings, hard_wrap="true" if in_vault else "false")


def _project_in(folder: Path) -> Project | None:
    pyproject_text, text = _read(folder / _PYPROJECT), _read(folder / SETTINGS_FILE)
    # A pyproject.toml without our table belongs to other programs only.
    if pyproject_text is not None and has_table(pyproject_text, _TABLE):
        if text is not None:
            message = (
                f"{folder}: settings in both {_PYPROJECT} and {SETTINGS_FILE}; keep one of them"
            )
            raise UsageError(message)
        return Project(folder, _PYPROJECT, pyproject_text, _TABLE)
    return Project(folder, SETTINGS_FILE, text, ()) if text is not None else None


def _read(path: Path) -> str | None:
    """Read a settings file; return None if there is none."""
    try:
        data = read_regular(path)
    # A folder of this name is not a settings file.
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise MachineError(f"{path}: cannot be read: {error.strerror}") from error
    return decode(data, path.name)
