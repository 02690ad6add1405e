"""Files as they were at a revision of git."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import MachineError, UsageError
from pipeline.project.git_revision import Revision

if TYPE_CHECKING:
    from pathlib import Path


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "é b.md").write_bytes(b"old\r\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "one")
    (inner / "é b.md").write_bytes(b"new\n")
    (inner / "c.md").write_bytes(b"new\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "two")
    return inner


def test_files_by_their_path_from_a_folder(repository: Path) -> None:
    assert Revision(repository, "HEAD~1").read("é b.md") == b"old\r\n"
    assert Revision(repository, "HEAD~1").read("c.md") is None
    assert Revision(repository, "HEAD").read("é b.md") == b"new\n"


@pytest.mark.parametrize("name", ["nowhere", "--help", "", "HEAD~9"])
def test_an_unknown_revision(repository: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"^unknown git revision '"):
        Revision(repository, name)


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^unknown git revision '"):
        Revision(tmp_path, "HEAD")


def test_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(MachineError, match="git is not installed"):
        Revision(repository, "HEAD")
