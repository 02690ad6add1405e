"""A new project is ready to run."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.project.emptied import emptied

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sample_project import Project


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    """Return an empty folder."""
    return emptied(tmp_path)


def test_a_new_project_runs(empty: Project) -> None:
    outcome = empty.done("init", "--locales", "fr, es")
    assert outcome.err.splitlines() == [
        "wrote source/example/en.md",
        "wrote pipeline.toml",
        "wrote .gitattributes",
        "wrote .gitignore",
        "next: pipeline run --drafts",
    ]
    assert tomllib.loads(empty.read("pipeline.toml"))["locales"] == ["fr", "es"]
    empty.done("run", "--drafts", PIPELINE_ENGINES="pseudo")
    assert "preview/es/example.html" in empty.tree()
    # Its experts are found, their headings are not to be translated.
    contexts = {unit.context for unit in empty.catalog("fr", "example").units}
    assert contexts == {"front-matter", "introduction", "rosa-lindqvist", "tomás-okafor", "editors"}


def test_a_pyproject_without_our_table_is_no_obstacle(empty: Project) -> None:
    empty.write("pyproject.toml", "[project]\nname = 'x'\n")
    empty.done("init", "--quiet")
    empty.done("status")


REFUSED = [
    ({"pipeline.toml": ""}, [], ". is already a project; nothing was written"),
    ({"pyproject.toml": "[tool.pipeline]\n"}, [], ". is already a project; nothing was written"),
    ({"source/example/en.md": "Mine."}, [], "source/example/en.md already exists; nothing was"),
    (
        {"source": "a file"},
        [],
        "source/example/en.md: cannot be written: a file is in the place of ",
    ),
    ({}, ["--locales", "fr,en"], "pipeline.toml: setting 'locales' must not contain 'en', "),
    ({}, ["--locales", "fr,xx"], "unknown locale 'xx': expected a name such as "),
    ({}, ["--source", "xx"], "unknown locale 'xx': expected a name such as "),
]


@pytest.mark.parametrize(("there", "arguments", "message"), REFUSED)
def test_nothing_is_overwritten(
    there: dict[str, str], arguments: list[str], message: str, empty: Project
) -> None:
    for path, text in there.items():
        empty.write(path, text)
    stamps = empty.stamps()
    outcome = empty.run("init", *arguments)
    assert outcome.code == 2
    assert outcome.err.startswith(f"error: {message}")
    assert outcome.err.count("\n") == 1
    assert empty.stamps() == stamps
