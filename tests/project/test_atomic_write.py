"""Files written completely or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pipeline.errors import ConflictError
from pipeline.project.atomic_write import (
    ABSENT,
    digest,
    read_regular,
    replace_file,
    sweep,
    write_refusal,
)

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


class Meddler:
    """Another program that saves a file at the worst moments: right after each check."""

    def __init__(self, target: Path, *saves: bytes | None) -> None:
        self.target = target
        self.saves = list(saves)

    def __call__(self, file: Path) -> None:
        data = file.read_bytes() if file.exists() else b""
        if self.saves and (save := self.saves.pop(0)) is not None:
            new = self.target.with_name("editor.tmp")
            new.write_bytes(save)
            new.replace(self.target)
        if data != b"old":
            raise ConflictError("changed")


def test_a_save_after_the_check_stays(tmp_path: Path, scratch: Path) -> None:
    target = tmp_path / "x.po"
    target.write_bytes(b"old")
    with pytest.raises(ConflictError, match=r"^changed$"):
        replace_file(target, b"new", scratch, Meddler(target, b"theirs"))
    assert target.read_bytes() == b"theirs"
    assert list(scratch.iterdir()) == []


def test_a_save_while_another_is_put_back_is_kept_beside(tmp_path: Path, scratch: Path) -> None:
    target = tmp_path / "x.po"
    target.write_bytes(b"old")
    (tmp_path / "x.po.~1~").write_bytes(b"earlier")
    with pytest.raises(ConflictError, match=r"^changed; a later version is saved as x\.po\.~2~$"):
        replace_file(target, b"new", scratch, Meddler(target, b"theirs", b"later"))
    assert target.read_bytes() == b"theirs"
    assert (tmp_path / "x.po.~2~").read_bytes() == b"later"
    assert list(scratch.iterdir()) == []


def test_a_file_that_appears_after_the_check_stays(tmp_path: Path, scratch: Path) -> None:
    target = tmp_path / "x.po"

    def appear(file: Path) -> None:
        if file.exists():
            raise ConflictError("changed")
        target.write_bytes(b"theirs")

    with pytest.raises(ConflictError):
        replace_file(target, b"new", scratch, appear)
    assert target.read_bytes() == b"theirs"
    assert list(scratch.iterdir()) == []


def test_a_file_that_goes_after_the_check_is_gone(tmp_path: Path, scratch: Path) -> None:
    target = tmp_path / "x.po"
    target.write_bytes(b"old")

    def go(file: Path) -> None:
        if not file.exists():
            raise ConflictError("gone")
        target.unlink()

    with pytest.raises(ConflictError, match="gone"):
        replace_file(target, b"new", scratch, go)
    assert not target.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has none")
def test_only_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"text")
    assert read_regular(tmp_path / "file") == b"text"
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="expected a file, found a named pipe"):
        read_regular(tmp_path / "pipe")
    with pytest.raises(OSError, match="expected a file, found a device"):
        read_regular(Path(os.devnull))
    with pytest.raises(IsADirectoryError):
        read_regular(tmp_path)
