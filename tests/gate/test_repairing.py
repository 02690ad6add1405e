"""Repairs of a check, written only to the text that was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pipeline.article import skeleton_of
from pipeline.cli import check_command as checking
from pipeline.gate.repairing import _drop_harmful, _Edit, repair
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "source/salt/en.md"
FIX = ("check", "--no-grammar", "--fix")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with two reviewed catalogues, each with something to repair."""
    project = Project(tmp_path, "pepper", "salt")
    project.done("run")
    for article in ("pepper", "salt"):
        project.review(article=article)
        project.edit(project.po(article=article), "⟪Î ñééṽééŕ ŵééîĝĥ îţ.⟫", "Riche  en mots\u00a0!")
    return project


def meanwhile(monkeypatch: pytest.MonkeyPatch, project: Project, path: str, old: str) -> None:
    """Save another text between the check and the repair."""

    def late(*arguments: Any, **options: Any) -> int:
        project.edit(path, old, "Selon nous tous, et puis voilà")
        return repair(*arguments, **options)

    monkeypatch.setattr(checking, "repair", late)


@pytest.mark.parametrize("way", ["--fix", "--diff"])
def test_a_catalogue_that_was_saved_meanwhile_stays(
    project: Project, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    meanwhile(monkeypatch, project, project.po(), "Riche  en mots\u00a0!")
    outcome = project.run("check", "--no-grammar", way)
    assert outcome.code == 2, outcome
    assert f"{project.po()}: was changed by another program during this run" in outcome.err
    assert "Selon nous tous, et puis voilà" in project.read(project.po())
    repaired = outcome.out if way == "--diff" else project.read(project.po(article="pepper"))
    assert "Riche en mots" in repaired  # the others are done


def test_an_article_that_was_saved_meanwhile_stays(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.edit(SOURCE, "I never weigh it.", "I never  weigh it.")
    meanwhile(monkeypatch, project, SOURCE, "I never  weigh it.")
    outcome = project.run(*FIX, SOURCE)
    assert outcome.code == 2, outcome
    assert f"{SOURCE}: was changed by another program during this run" in outcome.err
    assert "\n\nSelon nous tous, et puis voilà\n\n" in project.read(SOURCE)


def test_a_text_that_its_repair_would_make_a_list_stays(project: Project) -> None:
    project.edit(SOURCE, "I never weigh it.", "I never  weigh it.\n\n1 . two  three")
    project.edit(SOURCE, "then I stop.", "then  I stop.")
    project.run(*FIX, SOURCE)
    text = project.read(SOURCE)
    assert "I never weigh it." in text
    assert "then I stop." in text
    assert "\n1 . two  three\n" in text


def test_every_file_that_was_saved_meanwhile_is_reported(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*arguments: Any, **options: Any) -> int:
        for article in ("pepper", "salt"):
            project.edit(project.po(article=article), "Riche  en mots", "Riche de mots")
        return repair(*arguments, **options)

    monkeypatch.setattr(checking, "repair", late)
    outcome = project.run(*FIX)
    assert outcome.code == 2, outcome
    assert outcome.err.count("was changed by another program during this run") == 2
    assert "fixed 0 places" in outcome.err


def test_all_places_are_counted_and_articles_only_repaired_by_name(project: Project) -> None:
    for article in ("pepper", "salt"):
        project.edit(f"source/{article}/en.md", "I never weigh it.", "I never  weigh it.")
    assert "fixed 2 places" in project.run(*FIX).err
    assert "I never  weigh it." in project.read(SOURCE)
    paths = [SOURCE, SOURCE.replace("salt", "pepper"), project.po()]  # the last one is right
    assert "fixed 2 places" in project.run(*FIX, *paths).err
    assert "I never weigh it." in project.read(SOURCE)


def test_a_repaired_draft_stays_a_machine_s(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.edit(SOURCE, "I never weigh it.", "I never  weigh it.")
    project.done("run", "--drafts")
    drafts = {unit.key: unit for unit in project.catalog().units}
    project.run(*FIX)
    repaired = [unit for unit in project.catalog().units if drafts[unit.key].target != unit.target]
    assert repaired
    for unit in repaired:
        draft = drafts[unit.key]
        assert unit.target == draft.target.replace("  ", " ")
        assert unit.untouched
        assert unit.origin == draft.origin._replace(digest=unit.origin.digest)


def test_repairs_that_break_an_article_only_together_are_not_all_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = b"a b c"
    edits = [[_Edit(0, 1, b"A")], [_Edit(2, 3, b"B")], [_Edit(4, 5, b"C")]]

    def broken(data: bytes) -> bool:
        return b"A" in data and b"C" in data

    monkeypatch.setattr("pipeline.gate.repairing.skeleton_of", broken)
    assert _drop_harmful(data, edits, skeleton=False) == edits[:1]


QUOTED = "---\ntitle: 'L''ours d''ici n''est pas l''ours'\n---\n\nIl dort  ici.\n"


def test_a_text_that_its_file_spells_in_another_way_stays(tmp_path: Path) -> None:
    """In front matter, a quote within quotes is two; the text's offsets are not the file's."""
    project = Project(tmp_path, text=QUOTED, source="fr", locales=["en"])
    project.write("source/salt/fr.md", QUOTED)
    outcome = project.run(*FIX, "source/salt/fr.md")
    assert "fixed 1 place\n" in outcome.err, outcome
    assert project.read("source/salt/fr.md") == QUOTED.replace("dort  ici", "dort ici")


@pytest.mark.parametrize("broken", [0, 1])
def test_an_article_is_not_parsed_for_each_repair(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: int
) -> None:
    texts = [f"Word{number}  word." for number in range(64)] + ["1 . two  three"] * broken
    project = Project(tmp_path, text="\n\n".join(texts) + "\n")
    parsed = 0

    def counted(data: bytes) -> Any:
        nonlocal parsed
        parsed += 1
        return skeleton_of(data)

    monkeypatch.setattr("pipeline.gate.repairing.skeleton_of", counted)
    project.run(*FIX, SOURCE)
    assert project.read(SOURCE).count("  ") == broken
    assert parsed <= (2, 32)[broken]


def test_a_repaired_text_of_a_version_is_not_undone(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write(
        "source/salt/fr.md", "Nous avons demandé  à deux cuisiniers leur avis... sur le sel.\n"
    )
    project.write("source/salt/en.md", "We asked two cooks for their opinion... on salt.\n")
    project.done("run", "--drafts")
    assert "demandé  à" in project.read(project.po())
    project.run(*FIX)
    assert "demandé à" in project.read(project.po())
    project.done("run", "--drafts")
    assert "demandé à" in project.read(project.po())
    assert "nothing to do" in project.done("run", "--drafts").err


def test_odd_spaces_are_repaired_in_a_named_article(project: Project) -> None:
    text = "# One\n\nTwo.\n\n##\u00a0Three\n\nFour...\n\n##Five\n\n-\u202fsix\n-\u00a0seven\n"
    project.write("source/salt/en.md", text)
    project.run("check", "--no-grammar", "--fix")
    assert project.read("source/salt/en.md") == text
    project.run("check", "--no-grammar", "--fix", "source/salt/en.md")
    expected = "# One\n\nTwo.\n\n## Three\n\nFour…\n\n## Five\n\n- six\n- seven\n"
    assert project.read("source/salt/en.md") == expected
