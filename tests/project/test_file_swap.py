"""Files exchanged in one step, and programs found that write to them."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import ConflictError
from pipeline.project import file_swap
from pipeline.project.atomic_write import replace_file
from pipeline.project.file_swap import swap, watch_writers
from tests.project.saves import SAVES, lost_saves

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems lack both")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    return one, other


def test_two_files_change_places(files: tuple[Path, Path]) -> None:
    assert swap(*files)
    assert [file.read_bytes() for file in files] == [b"2", b"1"]


def test_a_missing_file_is_no_reason_to_try_another_way(files: tuple[Path, Path]) -> None:
    files[1].unlink()
    with pytest.raises(FileNotFoundError):
        swap(*files)
    assert files[0].read_bytes() == b"1"


def test_a_file_that_nobody_has_open(files: tuple[Path, Path]) -> None:
    with files[0].open("rb"), watch_writers(files[0]) as is_written:
        assert not is_written()


def test_a_writer_that_comes_waits_and_is_noticed(files: tuple[Path, Path]) -> None:
    def write() -> None:
        with files[0].open("r+b") as stream:
            stream.write(b"3")

    writer = threading.Thread(target=write)
    with watch_writers(files[0]) as is_written:
        writer.start()
        writer.join(0.2)
        assert (is_written(), files[0].read_bytes()) == (True, b"1")
    writer.join()
    assert files[0].read_bytes() == b"3"


def test_a_writer_that_stays(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_swap, "_MAX_WAIT", 0.05)
    with files[0].open("r+b"), watch_writers(files[0]) as is_written:
        assert is_written()


@pytest.mark.parametrize("kind", SAVES)
def test_no_save_is_lost(kind: str, tmp_path: Path) -> None:
    assert lost_saves(tmp_path, kind, 150) == []


@pytest.mark.slow("thousands of saves")
@pytest.mark.parametrize("kind", SAVES)
def test_no_save_of_thousands_is_lost(kind: str, tmp_path: Path) -> None:
    assert lost_saves(tmp_path, kind, 8000) == []


def test_a_save_in_place_is_kept_where_files_cannot_be_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_swap, "swap", lambda *_: False)
    target = tmp_path / "b.po"
    target.write_bytes(b"old")

    def save_after_the_check(file: Path) -> None:
        if file.read_bytes() != b"old":
            raise ConflictError("changed")
        target.write_bytes(b"theirs")

    with pytest.raises(ConflictError, match=r"^changed$"):
        replace_file(target, b"new", tmp_path, save_after_the_check)
    assert target.read_bytes() == b"theirs"
    replace_file(target, b"new", tmp_path, lambda _: None)
    assert target.read_bytes() == b"new"
    assert not list(tmp_path.glob(".pipeline-part-*"))
