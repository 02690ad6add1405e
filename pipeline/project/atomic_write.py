"""Atomic writes: a file is written whole or not at all."""

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
"""Digest of a missing file."""


# Windows has no error for an exceeded quota.
_DISK_FULL_ERRORS = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}

_PART_PREFIX = ".pipeline-part-"
"""Prefix of the names of unfinished files."""


def digest(data: bytes) -> str:
    """Return the digest of some content (BLAKE2b, 128 bits)."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def replace_file(target: Path, data: bytes, scratch: Path, verify: Callable[[], None]) -> None:
    """Replace a file by new content in one step, keeping its mode.

    The new file is written in ``scratch``, or beside the target if ``scratch`` is on another file
    system. ``verify`` is called at the last moment and may still prevent the replacement by
    raising. A symbolic link remains one.

    Raises:
        OSError: the file cannot be written; the target is unchanged.
    """
    # A rename over a symbolic link would replace the link itself.
    target = target.resolve() if target.is_symlink() else target
    try:
        _replace(target, data, scratch, verify)
    except OSError as error:
        # A rename works only within one file system.
        if error.errno != errno.EXDEV:
            raise
        sweep(target.parent)
        _replace(target, data, target.parent, verify)


def sweep(folder: Path) -> None:
    """Delete the unfinished files of a run that was killed; no other run may be active."""
    for unfinished in folder.glob(f"{_PART_PREFIX}*"):
        unfinished.unlink()


def write_refusal(path: str, error: OSError) -> str:
    """Return the message for a file that cannot be written, with the remedy."""
    if error.errno in _DISK_FULL_ERRORS:
        hint = "the file is unchanged; free some space and run again"
        return f"{path}: cannot be written: the disk is full; {hint}"
    # The errors of mkdir where a parent folder is a file.
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"{path}: cannot be written: a file is in the place of its folder; rename that file"
    reason = error.strerror or str(error)
    return f"{path}: cannot be written: {reason}; check the permissions of its folder"


def _replace(target: Path, data: bytes, folder: Path, verify: Callable[[], None]) -> None:
    handle, name = tempfile.mkstemp(prefix=_PART_PREFIX, dir=folder)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            # Before the rename: after a crash the new name must not lead to an empty file.
            os.fsync(file.fileno())
        # A file of mkstemp is readable by its owner only.
        part.chmod(_mode(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        verify()
        part.replace(target)
    # Also for Ctrl-C, so that no unfinished file is left.
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """Return the mode of a file, or the mode of a new one."""
    try:
        return target.stat().st_mode & 0o7777
    except (FileNotFoundError, NotADirectoryError):
        # The mask can be read only by setting it.
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
