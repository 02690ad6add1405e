"""The store of articles that are in order: trusted only while their files are the same."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from pipeline.commands.unchanged import Settled

if TYPE_CHECKING:
    from pathlib import Path


def test_the_store_takes_no_file_that_changed_a_moment_ago(tmp_path: Path) -> None:
    """Its time could stay the same through another change."""
    file = tmp_path / "x"
    file.write_text("one")
    store = Settled(tmp_path, tmp_path / "store", "key")
    assert store._mark("x") is None
    old = time.time_ns() - 10**9
    os.utime(file, ns=(old, old))
    assert store._mark("x") is None  # the time of its last change of any kind is still new
