"""A file written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ABSENT", "digest", "replace_file", "sweep", "write_refusal"]

ABSENT = ""
"""Digest of a file that is not there."""


_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}  # Windows has no quota error

_PART = ".pipeline-part-"
"""How the names of unfinished files begin."""


def digest(data: bytes) -> str:
    """Give what a content is known by (BLAKE2b, 128 bits)."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def replace_file(target: Path, data: bytes, scratch: Path, verify: Callable[[], None]) -> None:
    """Put the data where the target is, in one step, with the mode that it has.

    The new file grows in ``scratch``; where that is on another file system, beside the
    target. ``verify`` is called at the last moment and may still prevent it by raising. A
    symbolic link stays one.

    Raises:
        OSError: it cannot be written; the target is as it was.
    """
    target = target.resolve() if target.is_symlink() else target
    try:
        _replace(target, data, scratch, verify)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        sweep(target.parent)
        _replace(target, data, target.parent, verify)


def sweep(folder: Path) -> None:
    """Delete the unfinished files of a run that was killed; no other run may be at work."""
    for left in folder.glob(f"{_PART}*"):
        left.unlink()


def write_refusal(path: str, error: OSError) -> str:
    """Say why a file cannot be written, and what to do."""
    if error.errno in _FULL:
        return f"{path}: the disk is full; free some space and run again; the old file stands"
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"{path}: cannot be written: a file stands where a folder should be"
    reason = error.strerror or str(error)
    return f"{path}: cannot be written: {reason}; check the permissions of its folder"


def _replace(target: Path, data: bytes, folder: Path, verify: Callable[[], None]) -> None:
    handle, name = tempfile.mkstemp(prefix=_PART, dir=folder)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(_mode(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        verify()
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """Give the mode of a file, or what a new one gets."""
    try:
        return target.stat().st_mode & 0o7777
    except (FileNotFoundError, NotADirectoryError):
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
