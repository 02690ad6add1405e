"""Atomic writes: a file is written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from contextlib import nullcontext
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ABSENT", "digest", "read_regular", "replace_file", "sweep", "write_refusal"]

ABSENT = ""
"""Digest of a missing file."""


# Windows has no error for an exceeded quota.
_DISK_FULL_ERRORS = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}

# Some file systems have no hard links.
_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}

_PART_PREFIX = ".pipeline-part-"
"""Prefix of the names of unfinished files."""


def digest(data: bytes) -> str:
    """Return the digest of some content (BLAKE2b, 128 bits)."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def read_regular(file: Path) -> bytes:
    """Return the content of a file; refuse a pipe or a device, which may have no end.

    Raises:
        OSError: there is no such file, or it cannot be read.
    """
    mode = file.stat().st_mode
    for is_kind, kind in _ODD_KINDS:
        if is_kind(mode):
            raise OSError(errno.EINVAL, f"expected a file, found {kind}", str(file))
    return file.read_bytes()


_ODD_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def replace_file(
    target: Path, data: bytes, scratch: Path, verify: Callable[[Path], None] | None = None
) -> None:
    """Replace a file by new content in one step, keeping its mode.

    The new file is written in ``scratch``, or beside the target if ``scratch`` is on another file
    system. ``verify`` is called with the target at the last moment, and with the file that was
    replaced afterwards; by raising it prevents the replacement. Thus a save by another program is
    never lost, however close it is. A symbolic link remains one.

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


def _replace(
    target: Path, data: bytes, folder: Path, verify: Callable[[Path], None] | None
) -> None:
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
        if verify:
            _exchange(part, target, data, verify)
        else:
            part.replace(target)
    # Also for Ctrl-C, so that no unfinished file is left.
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _exchange(part: Path, target: Path, data: bytes, verify: Callable[[Path], None]) -> None:
    """Put a part in the place of its target, unless the target is not as it should be.

    A save between a check and a rename would be lost, so the file that was replaced is checked,
    too. At the end the part is gone.
    """
    from pipeline.project import file_swap  # here, as a run without changes writes nothing

    while True:
        # Before the check, so that a file that goes or comes after it is noticed.
        exists = target.exists()
        verify(target)
        try:
            if exists:
                is_exact = _swap_or_replace(part, target)
                break
            if _move_to_free(part, target):
                return
        except FileNotFoundError:
            # Another program deleted the target just now, which the next check will find.
            if not part.exists():
                raise
    try:
        with (
            file_swap.watch_writers(part) if is_exact else nullcontext(lambda: False) as is_written
        ):
            verify(part)
            if is_written():
                message = f"{target}: is open for writing in another program; close it there"
                raise ConflictError(message)
            part.unlink()
    except BaseException as error:
        _put_back(part, target, data, error)
        raise


def _swap_or_replace(part: Path, target: Path) -> bool:
    """Exchange two files; return False if that took two steps.

    Then a save by a rename between both, a matter of microseconds, would be lost.
    """
    from pipeline.project import file_swap  # here, as above

    if file_swap.swap(part, target):
        return True
    old = part.with_name(f"{part.name}-old")
    try:
        os.link(target, old)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        old.write_bytes(target.read_bytes())
    part.replace(target)
    old.replace(part)
    return False


def _put_back(part: Path, target: Path, data: bytes, error: BaseException) -> None:
    """Restore the content of a target; keep what was saved there meanwhile under another name.

    Raises:
        ConflictError: something was saved meanwhile.
    """
    from pipeline.project import file_swap  # here, as above

    try:
        _swap_or_replace(part, target)
    except FileNotFoundError:  # deleted meanwhile
        _move_to_free(part, target)
        return
    # Another program may have opened our file in its short time as the target.
    with file_swap.watch_writers(part) as is_written:
        is_ours = part.read_bytes() == data and not is_written()
        numbers = count(1)
        while not is_ours:
            copy = target.with_name(f"{target.name}.~{next(numbers)}~")
            if _move_to_free(part, copy):
                message = f"{error}; a later version is saved as {copy.name}"
                raise ConflictError(message) from error
        part.unlink()


def _move_to_free(part: Path, target: Path) -> bool:
    """Rename a file; return False if there is one of the new name."""
    try:
        os.link(part, target)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            return False
        part.rename(target)
        return True
    part.unlink()
    return True


def _mode(target: Path) -> int:
    """Return the mode of a file, or the mode of a new one."""
    try:
        return target.stat().st_mode & 0o7777
    except (FileNotFoundError, NotADirectoryError):
        # The mask can be read only by setting it.
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
