"""Tests that need a user who may not read everything, whoever runs them."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["modes_obeyed", "unreadable"]

_VERSION = 0x20080522
_READS_EVERYTHING = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH


@contextmanager
def modes_obeyed() -> Iterator[None]:
    """Have files and folders opened only as their modes allow, which root need not obey.

    Another user would not do: it may not read this Python's own modules.
    """
    if not hasattr(os, "geteuid"):
        pytest.skip("modes are of no consequence on this system")
    if os.geteuid():
        yield
        return
    if sys.platform != "linux":
        pytest.skip("root may read everything")
    library = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable, twice
    assert library.capget(header, sets) == 0
    effective = sets[0]
    sets[0] = effective & ~_READS_EVERYTHING
    assert library.capset(header, sets) == 0
    try:
        yield
    finally:
        sets[0] = effective
        assert library.capset(header, sets) == 0


@contextmanager
def unreadable(path: Path, mode: int = 0) -> Iterator[None]:
    """Forbid the reading of a file or a folder."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        with modes_obeyed():
            yield
    finally:
        path.chmod(before)
