"""`.gitattributes` and `.gitignore` get what a project needs, and keep what they have."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import MachineError
from pipeline.project.git_files import add_git_files
from pipeline.project.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

PO, POT = "*.po text eol=lf merge=pipeline\n", "*.pot text eol=lf merge=pipeline\n"


def test_new_files(tmp_path: Path) -> None:
    assert add_git_files(tmp_path, Settings()) == (".gitattributes", ".gitignore")
    assert (tmp_path / ".gitattributes").read_bytes().decode() == PO + POT
    assert (tmp_path / ".gitignore").read_bytes().decode() == "/.pipeline/\n/build/\n/preview/\n"
    assert add_git_files(tmp_path, Settings()) == ()


ATTRIBUTES = [
    ("* text=auto\n", f"* text=auto\n{PO}{POT}"),
    ("# mine", f"# mine\n{PO}{POT}"),
    (POT, POT + PO),
    ("*.po -text\n", f"*.po -text\n*.po eol=lf merge=pipeline\n{POT}"),
    ("*.po text=auto !eol\n", f"*.po text=auto !eol\n*.po merge=pipeline\n{POT}"),
    (
        "*.po merge=union\r\n",
        "*.po merge=union\r\n*.po text eol=lf\r\n*.pot text eol=lf merge=pipeline\r\n",
    ),
    (f"{PO}\n{POT}", f"{PO}\n{POT}"),
    (f"*.po   merge=pipeline eol=lf\ttext\n{POT}", f"*.po   merge=pipeline eol=lf\ttext\n{POT}"),
]


@pytest.mark.parametrize(("before", "expected"), ATTRIBUTES)
def test_attributes_that_are_there_stay(before: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_bytes(before.encode())
    written = add_git_files(tmp_path, Settings())
    assert (tmp_path / ".gitattributes").read_bytes().decode() == expected
    assert (".gitattributes" in written) == (before != expected)


IGNORED = [
    ("", "/.pipeline/\n/build/\n/preview/\n"),
    ("*.pyc\n", "*.pyc\n/.pipeline/\n/build/\n/preview/\n"),
    (".pipeline\nbuild/\npreview", ".pipeline\nbuild/\npreview"),
    ("/build", "/build\n/.pipeline/\n/preview/\n"),
    ("# \xe9\n", "# \xe9\n/.pipeline/\n/build/\n/preview/\n"),
]


@pytest.mark.parametrize(("before", "expected"), IGNORED)
def test_what_is_ignored_stays_so(before: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(before.encode("latin-1"))
    add_git_files(tmp_path, Settings())
    assert (tmp_path / ".gitignore").read_bytes().decode("latin-1") == expected


FOLDERS = [
    (
        {"page_path": "public/pages/{lang}/{article}.md"},
        "/.pipeline/\n/public/pages/\n/preview/\n",
    ),
    ({"page_path": "{lang}/{article}.md"}, "/.pipeline/\n/preview/\n"),
    ({"preview_path": "{lang}/{article}.md"}, "/.pipeline/\n/build/\n"),
    # The pages of a site are its content.
    ({"article_path": "content/{lang}/{article}.md"} | {"page_path": "content/{lang}/{article}.md"},
     "/.pipeline/\n/preview/\n"),
    ({"source_path": "docs/{article}.md", "page_path": "docs/{lang}/{article}.md"},
     "/.pipeline/\n/preview/\n"),
    ({"catalogue_path": "docs/po", "page_path": "docs/{lang}/{article}.md"},
     "/.pipeline/\n/preview/\n"),
    ({"catalogue_path": "build-po"}, "/.pipeline/\n/build/\n/preview/\n"),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "expected"), FOLDERS)
def test_only_folders_of_pages_are_ignored(
    settings: dict[str, str], expected: str, tmp_path: Path
) -> None:
    add_git_files(tmp_path, Settings(**settings))  # type: ignore[arg-type]
    assert (tmp_path / ".gitignore").read_text() == expected


def test_git_understands_the_files(tmp_path: Path) -> None:
    add_git_files(tmp_path, Settings())
    for path in ("source/build/en.md", "build/fr/a.md", ".pipeline/lock"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=tmp_path, check=False, capture_output=True, text=True
        )
        return done.stdout

    git("init", "-q")
    # An article may be called "build".
    assert git("check-ignore", "source/build/en.md", "build/fr/a.md", ".pipeline/lock") == (
        "build/fr/a.md\n.pipeline/lock\n"
    )
    assert git("check-attr", "merge", "eol", "--", "locales/fr/a.po") == (
        "locales/fr/a.po: merge: pipeline\nlocales/fr/a.po: eol: lf\n"
    )


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").mkdir()
    with pytest.raises(MachineError, match="gitignore: cannot be written: Is a directory"):
        add_git_files(tmp_path, Settings())
