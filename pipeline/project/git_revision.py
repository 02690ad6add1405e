"""Files of a project at a git revision."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from pipeline.errors import MachineError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Revision"]


class Revision:
    """One revision of the repository around a folder, which is only read.

    Raises:
        UsageError: the folder is in no repository, or the revision is unknown.
        MachineError: git is not installed.
    """

    def __init__(self, root: Path, name: str) -> None:
        self._root = root
        # Verified first, so that an unknown revision is not taken for a file that is missing.
        tree = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{tree}")
        if tree is None:
            message = f"unknown git revision '{name}' in {root}; expected a commit, branch or tag"
            raise UsageError(message)
        self._tree = tree.decode().strip()

    def read(self, path: str) -> bytes | None:
        """Return the content of a file by its path from the folder; None if there was no file."""
        # With ./ the path starts from the folder, not from the root of the repository.
        return self._git("cat-file", "blob", f"{self._tree}:./{path}")

    def _git(self, *arguments: str) -> bytes | None:
        try:
            process = subprocess.run(
                ["git", *arguments], cwd=self._root, capture_output=True, check=False
            )
        except FileNotFoundError as error:
            message = "git is not installed; install it to compare with a revision"
            raise MachineError(message) from error
        return process.stdout if process.returncode == 0 else None
