"""Exchange of two files in one step, and detection of programs that write to a file."""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["swap", "watch_writers"]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_UNSUPPORTED = (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP)
_MAX_WAIT = 1.0
"""Seconds to wait for another program that is writing to a file."""


def swap(one: Path, other: Path) -> bool:
    """Exchange two files; return False if the system or the file system cannot do that.

    Python has no function for it: any way by two renames leaves a moment without the file, or one
    in which a save by another program is lost.

    Raises:
        OSError: one of the files is missing, or they are on different file systems.
    """
    rename = _renameat2()
    if rename is None:
        return False
    import ctypes  # here, as it is slow to load, and a run without changes writes nothing

    # Positive numbers are of the C library.
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(other))


@cache
def _renameat2() -> Callable[[int, bytes, int, bytes, int], int] | None:
    """Return the function of the C library, if there is one."""
    if sys.platform != "linux":
        return None
    import ctypes  # here, as above

    try:
        function = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):  # an old C library, or another one
        return None
    function.argtypes = (
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_uint,
    )

    def rename(old_folder: int, old: bytes, new_folder: int, new: bytes, flags: int) -> int:
        return int(function(old_folder, old, new_folder, new, flags))

    return rename


@contextmanager
def watch_writers(file: Path) -> Iterator[Callable[[], bool]]:
    """Wait until no program has a file open for writing; yield a function that looks again.

    It returns True if one still has, or is about to. Where the system cannot tell, it returns
    False. A program that opens the file later waits until the watch ends.
    """
    if sys.platform != "linux":
        yield lambda: False
        return
    import fcntl  # here, as other systems have none

    handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        # The signal for a program that waits would end this process; this one is ignored.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        leased = _lease(handle)
        if leased is None:
            yield lambda: False
        elif not leased:
            yield lambda: True
        else:
            yield lambda: fcntl.fcntl(handle, fcntl.F_GETLEASE) != fcntl.F_RDLCK
    finally:
        os.close(handle)


def _lease(handle: int) -> bool | None:
    """Take a lease of an open file, as soon as nobody writes to it.

    Return False if somebody does all the time, None if there are no leases, as for the files of
    other users.
    """
    if sys.platform != "linux":
        return None
    import fcntl  # here, as above

    end = time.monotonic() + _MAX_WAIT
    while True:
        try:
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            return True
        except BlockingIOError:
            if time.monotonic() > end:
                return False
            time.sleep(0.001)
        except OSError:
            return None
