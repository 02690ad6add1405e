"""Walk through folders that reports what it cannot read, follows links and never loops."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import MachineError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.errors import PipelineError

__all__ = ["FolderWalk", "WalkedFile", "display", "has_unprintable"]

# Bytes that are not UTF-8 (surrogates), and characters that end a line of a catalogue.
_UNPRINTABLE = re.compile("[\ud800-\udfff\x00-\x1f\x7f\x85\u2028\u2029]")
_HAS_ENDING = re.compile(r"[^.]\.[A-Za-z]\w{0,8}$")
"""Name of a file with an ending; a broken link without one may have led to a folder."""

_Key = tuple[int, int]
"""Device and inode of a folder."""


def has_unprintable(path: str) -> bool:
    """Return whether a path has characters that no catalogue can hold."""
    return _UNPRINTABLE.search(path) is not None


def display(path: str) -> str:
    """Return a path for messages; one with unprintable characters is quoted."""
    return ascii(path) if has_unprintable(path) else path


class WalkedFile(NamedTuple):
    """File or folder that a walk found."""

    path: str
    """Path from the root, with slashes."""
    is_folder: bool


class FolderWalk:
    """Walk through folders below a root, with what it could not read.

    Links are followed, to files and to folders. A link to a folder that contains it is not; what it
    leads to is found at its own place. Behind a link each folder is entered once.
    """

    def __init__(self, root: Path, *, hidden: bool = False) -> None:
        self._root = str(root)
        self._hidden = hidden
        self.unreadable: dict[str, str] = {}
        """Folders that cannot be read and links that lead nowhere, with the reason."""
        self.loops: list[str] = []
        """Links to folders that contain them."""

    def files(self, folder: str) -> Iterator[WalkedFile]:
        """Yield all files and folders in a folder and below; hidden ones only on request."""
        folders: list[tuple[str, set[_Key] | None]] = [(folder, None)]
        while folders:
            path, visited = folders.pop()
            for entry in self._entries(path):
                if entry.name.startswith(".") and not self._hidden:
                    continue
                entry_path = f"{path}/{entry.name}" if path else entry.name
                is_folder = self._is_folder(entry, entry_path)
                if is_folder:
                    self._enter(entry, entry_path, visited, folders)
                yield WalkedFile(entry_path, is_folder)

    def errors(self) -> dict[str, PipelineError]:
        """Return an error for each path that cannot be read, by the path for messages."""
        paths = {display(path): reason for path, reason in self.unreadable.items()}
        return {
            path: MachineError(f"{path}: cannot be read: {reason}")
            for path, reason in paths.items()
        }

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(f"{self._root}/{folder}") as entries:
                return list(entries)
        except FileNotFoundError:
            # A folder that is missing has no files; a link to it promises some.
            if os.path.islink(f"{self._root}/{folder}"):  # noqa: PTH114 - no Path in a long walk
                self.unreadable[folder] = "it is a link to a missing folder"
        except OSError as error:
            # Below a file there is no folder, either; the file is for those to report who need one.
            below_file = isinstance(error, NotADirectoryError)
            if not below_file or os.path.lexists(f"{self._root}/{folder}"):
                self.unreadable[folder or "."] = error.strerror or str(error)
        return []

    def _is_folder(self, entry: os.DirEntry[str], path: str) -> bool:
        try:
            is_folder = entry.is_dir()
            is_broken = not is_folder and entry.is_symlink() and not os.path.exists(entry.path)  # noqa: PTH110 - as above
            reason = "it is a link to a missing file or folder"
        except OSError as error:
            is_folder, is_broken = False, True
            reason = error.strerror or str(error)
        # Other broken links, of pictures and the like, are no concern of this program.
        if is_broken and not _HAS_ENDING.search(entry.name):
            self.unreadable[path] = reason
        return is_folder

    def _enter(
        self,
        entry: os.DirEntry[str],
        path: str,
        visited: set[_Key] | None,
        folders: list[tuple[str, set[_Key] | None]],
    ) -> None:
        """Add a folder to those that the walk will enter, unless it leads back."""
        is_link = entry.is_symlink()
        if visited is None and not is_link:
            folders.append((path, None))
            return
        try:
            stat = os.stat(entry.path)  # noqa: PTH116 - as above
            ancestors = self._ancestors(path) if is_link else set()
        except OSError as error:
            self.unreadable[path] = error.strerror or str(error)
            return
        key = (stat.st_dev, stat.st_ino)
        if key in ancestors:
            self.loops.append(path)
            return
        visited = ancestors if visited is None else visited
        if key not in visited:
            visited.add(key)
            folders.append((path, visited))

    def _ancestors(self, path: str) -> set[_Key]:
        """Return the keys of the folders that contain a path, by its name and by its real place."""
        keys = set()
        name = os.path.dirname(f"{self._root}/{path}")  # noqa: PTH120 - as above
        for folder in (name, os.path.realpath(name)):
            while True:
                stat = os.stat(folder)  # noqa: PTH116 - as above
                keys.add((stat.st_dev, stat.st_ino))
                above = os.path.dirname(folder)  # noqa: PTH120 - as above
                if above == folder:
                    break
                folder = above
        return keys
