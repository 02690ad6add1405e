"""Output of `pipeline init` for a new project and for an existing site."""

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
    return emptied(tmp_path)


def test_a_new_project_in_a_folder_of_its_own(empty: Project) -> None:
    outcome = empty.done("init", "new/one", "--source", "fr", "--locales", "en,de")
    assert outcome.err.endswith("next: cd new/one && pipeline run --drafts\n")
    assert set(empty.tree()) == {
        "new/one/source/example/fr.md",
        "new/one/pipeline.toml",
        "new/one/.gitattributes",
        "new/one/.gitignore",
    }
    assert "language: fr\n" in empty.read("new/one/source/example/fr.md")


@pytest.mark.parametrize(("source", "locale"), [("en", "fr"), ("fr", "en")])
def test_a_language_that_nobody_named_is_told(empty: Project, source: str, locale: str) -> None:
    outcome = empty.done("init", "--source", source)
    assert outcome.err.splitlines()[-2:] == [
        f"no --locales given, so 'locales' is {locale}; change it in pipeline.toml",
        "next: pipeline run --drafts",
    ]
    assert tomllib.loads(empty.read("pipeline.toml"))["locales"] == [locale]


@pytest.mark.parametrize("locales", ["fr,pt-br", "fr pt_BR", "fr; PT-BR", "fr, pt_BR,"])
def test_locales_are_taken_in_any_spelling(locales: str, empty: Project) -> None:
    empty.done("init", "--locales", locales)
    assert tomllib.loads(empty.read("pipeline.toml"))["locales"] == ["fr", "pt_BR"]


def test_a_second_locale_is_not_taken_for_a_folder(empty: Project) -> None:
    outcome = empty.run("init", "--locales", "fr", "es")
    assert outcome.code == 2
    assert outcome.err == (
        "error: 'es' would be the folder of the project; locales have commas between: "
        "--locales fr,es (a folder: ./es)\n"
    )
    empty.done("init", "--locales", "fr", "./es")
    assert "es/pipeline.toml" in empty.tree()


GIT = ["wrote .gitattributes", "wrote .gitignore"]
NOW = "next: pipeline run --drafts"
FOUND = {
    "jekyll": (
        {"_config.yml": "", "_posts/a.md": "Text.\n"},
        ["--locales", "fr"],
        [
            "site generator: jekyll (_config.yml)",
            "add 'exclude: [locales, pipeline.toml]' to _config.yml",
            "wrote pipeline.toml",
            *GIT,
            NOW,
        ],
    ),
    "one language": (
        {"mkdocs.yml": "", "docs/a.md": "Text.\n"},
        [],
        [
            "site generator: mkdocs (mkdocs.yml)",
            "no second language found, so 'locales' is fr; change it in pipeline.toml",
            "wrote pipeline.toml",
            *GIT,
            NOW,
        ],
    ),
    "in a folder": (
        {"site/mkdocs.yml": "", "site/docs/a.md": "Text.\n"},
        ["site", "--locales", " fr , de,"],
        [
            "site generator: mkdocs (mkdocs.yml)",
            "wrote site/pipeline.toml",
            "wrote site/.gitattributes",
            "wrote site/.gitignore",
            "next: cd site && pipeline run --drafts",
        ],
    ),
    "no site": (
        {"notes.txt": "Mine.\n"},
        ["--source", "de", "--locales", "fr"],
        ["wrote source/example/de.md", "wrote pipeline.toml", *GIT, NOW],
    ),
}


@pytest.mark.parametrize(("there", "arguments", "messages"), FOUND.values(), ids=FOUND)
def test_what_is_told(
    there: dict[str, str], arguments: list[str], messages: list[str], empty: Project
) -> None:
    for path, text in there.items():
        empty.write(path, text)
    outcome = empty.done("init", *arguments)
    assert (outcome.out, outcome.err.splitlines()) == ("", messages)
    assert {path: empty.read(path) for path in there} == there


@pytest.mark.parametrize("arguments", [["--locales", "fr,xx"], ["--source", "xx"]])
@pytest.mark.parametrize("there", ["mkdocs.yml", "notes.txt"])
def test_an_unknown_locale_leaves_all_as_it_was(
    arguments: list[str], there: str, empty: Project
) -> None:
    empty.write(there, "")
    outcome = empty.run("init", *arguments)
    assert outcome.code == 2
    assert outcome.err.startswith("error: unknown locale 'xx'")
    assert set(empty.tree()) == {there}
