"""Files written completely or not at all."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import ConflictError
from pipeline.project.atomic_write import ABSENT, digest, replace_file, sweep, write_refusal

if TYPE_CHECKING:
    from pathlib import Path


FULL = (
    "x.po: cannot be written: the disk is full; the file is unchanged; "
    "free some space and run again"
)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (
            errno.ENOSPC,
            FULL,
        ),
        (
            errno.EDQUOT,
            FULL,
        ),
        (errno.EACCES, "x.po: cannot be written: Permission denied; check the permissions of its "),
        (errno.EROFS, "x.po: cannot be written: Read-only file system; check the permissions of "),
    ],
)
def test_a_refusal_says_what_to_do(number: int, message: str) -> None:
    assert write_refusal("x.po", OSError(number, os.strerror(number))).startswith(message)


def nothing(_file: Path) -> None:
    """Do not interfere with the write."""


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def test_a_file_is_replaced_in_one_step(tmp_path: Path, scratch: Path) -> None:
    target = tmp_path / "a/b/x.po"
    seen: list[bytes | None] = []

    def look(target: Path) -> None:
        seen.append(target.read_bytes() if target.exists() else None)

    replace_file(target, b"old", scratch, look)
    target.chmod(0o640)
    replace_file(target, b"new", scratch, look)
    # The file that was replaced is looked at, too.
    assert (seen, target.read_bytes()) == ([None, b"old", b"old"], b"new")
    assert target.stat().st_mode & 0o777 == 0o640
    assert list(scratch.iterdir()) == []


def test_what_prevents_it_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, scratch: Path
) -> None:
    target = tmp_path / "x.po"
    target.write_bytes(b"old")

    def prevent(_file: Path) -> None:
        raise ConflictError("changed")

    with pytest.raises(ConflictError):
        replace_file(target, b"new", scratch, prevent)
    assert target.read_bytes() == b"old"
    assert list(scratch.iterdir()) == []


def test_a_link_stays_one(tmp_path: Path, scratch: Path) -> None:
    target, link = tmp_path / "x.po", tmp_path / "link.po"
    target.write_bytes(b"old")
    link.symlink_to(target)
    replace_file(link, b"new", scratch, nothing)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_only_unfinished_files_are_swept(tmp_path: Path) -> None:
    for name in (".pipeline-part-x", ".pipeline-pages", "x.po"):
        (tmp_path / name).touch()
    sweep(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == [".pipeline-pages", "x.po"]


def test_a_digest_is_of_the_content_alone() -> None:
    assert digest(b"a") == digest(b"a") != digest(b"b")
    assert len(digest(b"")) == 32
    assert digest(b"") != ABSENT
