"""The project around a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.errors import InputError, UsageError
from pipeline.project.find import detect_hard_wrap, find_project, is_project
from pipeline.project.settings import load_settings
from pipeline.project.workspace import Workspace
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path


PROJECTS = [
    ({"pipeline.toml": ""}, ("pipeline.toml", ())),
    ({"pyproject.toml": "[tool.pipeline]"}, ("pyproject.toml", ("tool", "pipeline"))),
    ({"pyproject.toml": "[tool.ruff]", "pipeline.toml": ""}, ("pipeline.toml", ())),
    ({"sub/pyproject.toml": "[project]", "pipeline.toml": ""}, ("pipeline.toml", ())),
    ({"sub/folder/pipeline.toml/x": "", "pipeline.toml": ""}, ("pipeline.toml", ())),
    (
        {"pyproject.toml": "[tool.pipeline]\nthis is not TOML"},
        ("pyproject.toml", ("tool", "pipeline")),
    ),
]


@pytest.mark.parametrize(("there", "expected"), PROJECTS)
def test_a_project_is_found_from_any_folder_in_it(
    there: dict[str, str], expected: tuple[str, tuple[str, ...]], tmp_path: Path
) -> None:
    project = Project(tmp_path)
    (tmp_path / "pipeline.toml").unlink()
    for path, text in there.items():
        project.write(path, text)
    inside = tmp_path / "sub/folder"
    inside.mkdir(parents=True, exist_ok=True)
    result = find_project(inside)
    assert (result.root, result.name, result.table) == (tmp_path, *expected)


def test_two_settings_files_are_one_too_many(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("pyproject.toml", "[tool.pipeline]\n")
    with pytest.raises(
        UsageError, match=r": settings in both pyproject\.toml and pipeline\.toml; keep one"
    ):
        find_project(tmp_path)


def test_where_there_is_none_a_settings_file_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^no project found in .*: expected pipeline\.toml, or "):
        find_project(tmp_path)


def test_a_settings_file_that_is_no_text_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_bytes(b"# one\n# caf\xe9\n")
    with pytest.raises(InputError, match=r"^pipeline\.toml:2: expected UTF-8"):
        find_project(tmp_path)


def test_a_folder_in_a_project_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_text("\ufefflocales = []\n", encoding="utf-8")
    inside = tmp_path / "sub"
    inside.mkdir()
    assert is_project(tmp_path)
    assert not is_project(inside)
    assert find_project(inside).text == "locales = []\n"


@pytest.mark.parametrize(
    ("vault", "setting", "expected"),
    [
        ("site", "", "true"),
        ("site/notes", "", "true"),
        ("site/notes/en", "", "false"),
        (".", "", "true"),
        ("other", "", "false"),
        ("site", "hard_wrap = false", "false"),
        ("other", "hard_wrap = true", "true"),
    ],
)
def test_a_vault_of_obsidian_shows_line_breaks(
    tmp_path: Path, vault: str, setting: str, expected: str
) -> None:
    (tmp_path / vault / ".obsidian").mkdir(parents=True)
    (tmp_path / "site/notes").mkdir(parents=True, exist_ok=True)
    text = f'article_path = "notes/{{lang}}/{{article}}.md"\n{setting}\n'
    (tmp_path / "site/pipeline.toml").write_text(text)
    settings = load_settings(text, "pipeline.toml", ())
    assert detect_hard_wrap(tmp_path / "site", settings).hard_wrap == expected
    opened = Workspace.open(tmp_path / "site/notes", {})
    assert opened.settings.rules.hard_wrap is (expected == "true")
