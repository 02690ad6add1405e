"""Folders walked through, with links, and what cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.project.folder_walk import FolderWalk, display
from tests.privileges import unreadable

if TYPE_CHECKING:
    from pathlib import Path


def walked(walk: FolderWalk, folder: str = "a") -> list[str]:
    return sorted(path for path, is_folder in walk.files(folder) if not is_folder)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in ("a/1", "a/b/2", "a/.c/3", "d/4", "d/e/5"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    return tmp_path


def test_files_at_any_depth(root: Path) -> None:
    assert walked(FolderWalk(root)) == ["a/1", "a/b/2"]
    assert walked(FolderWalk(root, hidden=True)) == ["a/.c/3", "a/1", "a/b/2"]
    assert walked(FolderWalk(root), "") == ["a/1", "a/b/2", "d/4", "d/e/5"]
    assert walked(FolderWalk(root), "missing") == []


def test_folders_are_found_too(root: Path) -> None:
    assert [path for path, is_folder in FolderWalk(root).files("a") if is_folder] == ["a/b"]


def test_links_are_followed(root: Path) -> None:
    (root / "a/link").symlink_to(root / "d")
    (root / "a/b/file").symlink_to(root / "d/4")
    walk = FolderWalk(root)
    assert walked(walk) == ["a/1", "a/b/2", "a/b/file", "a/link/4", "a/link/e/5"]
    assert (walk.unreadable, walk.loops) == ({}, [])


@pytest.mark.parametrize("target", [".", "..", "b/..", "/"])
def test_a_link_that_leads_back_is_not_followed(target: str, root: Path) -> None:
    (root / "a/link").symlink_to(target)
    walk = FolderWalk(root)
    assert walked(walk) == ["a/1", "a/b/2"]
    assert walk.loops == ["a/link"]


def test_links_in_a_circle_end(root: Path) -> None:
    (root / "a/link").symlink_to(root / "d")
    (root / "d/link").symlink_to(root / "a")
    walk = FolderWalk(root)
    assert walked(walk) == ["a/1", "a/b/2", "a/link/4", "a/link/e/5"]
    assert walk.loops == ["a/link/link"]


def test_links_to_each_other_do_not_multiply(root: Path) -> None:
    """With each folder twice in the one before, 30 of them would make a thousand million paths."""
    for number in range(30):
        (root / f"x{number}").mkdir()
        (root / f"x{number}/file").touch()
        for name in ("one", "other") if number else ():
            (root / f"x{number - 1}/{name}").symlink_to(root / f"x{number}")
    (root / "a/x").symlink_to(root / "x0")
    assert len(walked(FolderWalk(root))) == 32


def test_a_link_that_leads_nowhere(root: Path) -> None:
    for name in ("guests", "picture.png", "v1.2"):
        (root / "a" / name).symlink_to(root / "missing")
    (root / "a/self").symlink_to("self")
    walk = FolderWalk(root)
    assert set(walked(walk)) >= {"a/1", "a/b/2"}
    # A picture is no concern of the pipeline; the others may have been folders.
    assert walk.unreadable == {
        "a/guests": "it is a link to a missing file or folder",
        "a/self": "Too many levels of symbolic links",
        "a/v1.2": "it is a link to a missing file or folder",
    }
    (root / "link").symlink_to(root / "missing")
    walk = FolderWalk(root)
    assert walked(walk, "link") == []
    assert walk.unreadable == {"link": "it is a link to a missing folder"}


def test_a_file_in_the_place_of_a_folder(root: Path) -> None:
    walk = FolderWalk(root)
    assert walked(walk, "a/1") == []
    assert walk.unreadable == {"a/1": "Not a directory"}


@pytest.mark.parametrize("mode", [0o000, 0o300, 0o600])
def test_a_folder_that_cannot_be_read(mode: int, root: Path) -> None:
    (root / "a/b/c").mkdir()
    walk = FolderWalk(root)
    with unreadable(root / "a/b", mode):
        assert "a/1" in walked(walk)
    # One that can only be listed has a folder that cannot.
    folder = "a/b/c" if mode == 0o600 else "a/b"
    assert walk.unreadable == {folder: "Permission denied"}
    assert list(map(str, walk.errors().values())) == [
        f"{folder}: cannot be read: Permission denied"
    ]


def test_a_path_for_messages() -> None:
    assert display("source/é.md") == "source/é.md"
    assert display("source/\udce9.md") == r"'source/\udce9.md'"
