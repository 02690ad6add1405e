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
    assert outcome.err.endswith("now: cd new/one && pipeline run --drafts\n")
    assert set(empty.tree()) == {"new/one/source/example/fr.md", "new/one/pipeline.toml"}
    assert "language: fr\n" in empty.read("new/one/source/example/fr.md")


@pytest.mark.parametrize(("source", "locale"), [("en", "fr"), ("fr", "en")])
def test_a_language_that_nobody_named_is_told(empty: Project, source: str, locale: str) -> None:
    outcome = empty.done("init", "--source", source)
    assert outcome.err.splitlines()[-2:] == [
        f"to be translated into {locale}, as --locales named none; 'locales' in pipeline.toml",
        "now: pipeline run --drafts",
    ]
    assert tomllib.loads(empty.read("pipeline.toml"))["locales"] == [locale]


NOW = "now: pipeline run --drafts"
FOUND = {
    "jekyll": (
        {"_config.yml": "", "_posts/a.md": "Text.\n"},
        ["--locales", "fr"],
        [
            "found a site of jekyll (_config.yml)",
            "put 'exclude: [locales, pipeline.toml]' into its _config.yml",
            "wrote pipeline.toml",
            NOW,
        ],
    ),
    "one language": (
        {"mkdocs.yml": "", "docs/a.md": "Text.\n"},
        [],
        [
            "found a site of mkdocs (mkdocs.yml)",
            "it has no second language yet; 'fr' is a guess: see 'locales' there",
            "wrote pipeline.toml",
            NOW,
        ],
    ),
    "in a folder": (
        {"site/mkdocs.yml": "", "site/docs/a.md": "Text.\n"},
        ["site", "--locales", " fr , de,"],
        [
            "found a site of mkdocs (mkdocs.yml)",
            "wrote site/pipeline.toml",
            "now: cd site && pipeline run --drafts",
        ],
    ),
    "no site": (
        {"notes.txt": "Mine.\n"},
        ["--source", "de", "--locales", "fr"],
        ["wrote source/example/de.md", "wrote pipeline.toml", NOW],
    ),
}


@pytest.mark.parametrize(("there", "arguments", "told"), FOUND.values(), ids=FOUND)
def test_what_is_told(
    there: dict[str, str], arguments: list[str], told: list[str], empty: Project
) -> None:
    for path, text in there.items():
        empty.write(path, text)
    outcome = empty.done("init", *arguments)
    assert (outcome.out, outcome.err.splitlines()) == ("", told)
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
