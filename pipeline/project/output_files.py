"""Output files that a user names: reports, exports and baselines.

They replace no file of the project, and no other text that somebody is known to have written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import MachineError, UsageError
from pipeline.project.atomic_write import replace_file, write_refusal
from pipeline.project.find import SETTINGS_FILES
from pipeline.project.settings_reader import is_reserved

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.project.workspace import Workspace

__all__ = ["require_free", "write_output"]

_TEXT_ENDINGS = (".po", ".pot", ".md", ".markdown", ".mdx", ".toml", ".csv", ".tmx")
"""Endings of texts and settings that people write."""


def require_free(workspace: Workspace, target: Path, option: str, mark: bytes = b"") -> None:
    """Raise UsageError if writing ``target`` would overwrite a file of the project or a person.

    ``option`` is the option that names it. ``mark`` is in every file of that kind: an existing file
    without it is somebody else's, unless it is empty. Without a mark, the ending of the name
    decides.

    Raises:
        UsageError: the target is a file of the project, or another text.
        MachineError: the target cannot be read.
    """
    message = f"{option} {target}: is the name of a text or settings file; choose another name"
    if any(
        path in SETTINGS_FILES or workspace.is_project_file(path)
        for path in workspace.relative_paths(target)
    ):
        raise UsageError(message)
    if any(map(is_reserved, workspace.relative_paths(target))):
        raise UsageError(
            f"{option} {target}: is in a folder of git or of the pipeline's own state; choose "
            "another one"
        )
    if not mark:
        if target.resolve().suffix.lower() in _TEXT_ENDINGS:
            raise UsageError(message)
        return
    try:
        content = target.read_bytes() if target.is_file() else b""
    except OSError as error:
        raise MachineError(f"{target}: cannot be read: {error.strerror}") from error
    if content.strip() and mark not in content:
        message = f"{option} {target}: another file exists there; delete it or choose another name"
        raise UsageError(message)


def write_output(
    workspace: Workspace, target: Path, option: str, data: bytes, mark: bytes = b""
) -> None:
    """Write a file whole or not at all; write to a device or a pipe directly.

    Raises:
        UsageError: `require_free` refuses the file.
        MachineError: the file cannot be written; the old one is unchanged.
    """
    require_free(workspace, target, option, mark)
    try:
        # A rename would replace a device such as /dev/stdout, or a pipe, instead of writing to it.
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            replace_file(target, data, target.parent)
    except OSError as error:
        raise MachineError(write_refusal(str(target), error)) from error
