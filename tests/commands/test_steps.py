"""Effect of each command on a project."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.model import OriginKind, State
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

WEIGH = "I never weigh it."
SOURCE = "source/salt/en.md"
CATALOGUE = "locales/fr/LC_MESSAGES/salt.po"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture
def drafted(project: Project) -> Project:
    project.done("run", "--drafts")
    return project


def test_extract_writes_a_template(project: Project) -> None:
    project.done("extract")
    text = project.read("locales/templates/LC_MESSAGES/salt.pot")
    assert text.startswith("# Template of salt, to be translated from English.\nmsgid")
    assert "#. Ana Ruiz, Blue Spoon, @ana_ruiz (paragraph)\n#: source/salt/en.md\nmsgctxt" in text
    assert set(project.tree()) == {
        "pipeline.toml",
        SOURCE,
        "locales/templates/LC_MESSAGES/salt.pot",
    }


def test_merge_says_what_changed(drafted: Project) -> None:
    assert drafted.done("merge").err == "nothing to do\n"
    drafted.review()
    drafted.edit(SOURCE, WEIGH, "I never, ever weigh it.")
    drafted.edit(SOURCE, "- More than your doctor thinks.\n", "- What do I know?\n")
    outcome = drafted.done("merge")
    assert outcome.err.startswith("salt fr: 2 new, 1 fuzzy, 2 obsolete\n")


def test_a_comment_beside_no_text_is_in_the_file_when_its_text_is_gone(tmp_path: Path) -> None:
    project = Project(tmp_path, engines=[])
    project.done("run")
    entry = (
        "#. Ana Ruiz, Blue Spoon, @ana_ruiz (paragraph)\n#: source/salt/en.md\n"
        f'msgctxt "ana-ruiz"\nmsgid "{WEIGH}"\n'
    )
    project.edit(CATALOGUE, entry, f"# Sue: ask her.\n{entry}")
    project.edit(SOURCE, f"{WEIGH}\n\n", "")
    project.done("run")
    comment_and_entry = (
        f'# Sue: ask her.\n#~ msgctxt "ana-ruiz"\n#~ msgid "{WEIGH}"\n#~ msgstr ""\n'
    )
    assert comment_and_entry in project.read(CATALOGUE)
    before = project.read(CATALOGUE)
    project.done("merge")
    assert project.read(CATALOGUE) == before


def test_edits_of_a_machine_draft_leave_no_obsolete_entry(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("run", "--drafts")
    for number in range(12):
        project.edit(SOURCE, WEIGH if not number else f"{number} times.", f"{number + 1} times.")
        project.done("run", "--drafts")
    assert "#~" not in project.read(CATALOGUE)


def test_pruning_drops_the_obsolete_machine_drafts_of_older_releases(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("run", "--drafts")
    unit = project.unit(WEIGH)
    draft = f"# pipeline: machine pseudo {unit.origin.digest}\n#, fuzzy\n"
    entry = f'#~ msgctxt "ana-ruiz"\n#~ msgid "{{}}"\n#~ msgstr "{unit.target}"\n'
    old = f"\n{draft}{entry.format('Gone.')}\n{entry.format('Reviewed.')}"
    project.write(CATALOGUE, project.read(CATALOGUE) + old)
    project.done("run", "--drafts")
    assert len(project.catalog().obsolete) == 2
    outcome = project.done("merge", "--prune")
    assert "salt fr: 1 obsolete machine draft removed\n" in outcome.err
    assert [unit.source for unit in project.catalog().obsolete] == ["Reviewed."]


FRENCH = """\
---
title: Deux cuisiniers et le sel
---

Nous avons posé **une** question à deux cuisiniers sur [le sel](https://example.org/salt).

## Ben Cole, The Larder (@bencole)

- Moins que vous ne pensez.
- Plus que ne pense votre médecin.

## Ana Ruiz, Blue Spoon (@ana_ruiz)

Je ne le pèse jamais.

Je goûte 3 fois, puis j'arrête.
"""


@pytest.mark.parametrize(
    ("settings", "states"),
    [
        ({}, {State.DRAFT}),
        ({"align_accept": True}, {State.REVIEWED}),
        ({"align_accept": True, "align_confidence": 1.0}, {State.DRAFT}),
    ],
)
def test_align_takes_texts_from_a_version(
    settings: dict[str, Any], states: set[State], tmp_path: Path
) -> None:
    project = Project(tmp_path, **settings)
    project.write("source/salt/fr.md", FRENCH)
    outcome = project.done("align")
    assert "salt fr: 6 of 7 aligned from source/salt/fr.md" in outcome.err
    unit = project.unit(WEIGH)
    assert (unit.target, unit.origin.kind) == ("Je ne le pèse jamais.", OriginKind.ALIGNED)
    aligned = [unit for unit in project.catalog().units if unit.target]
    assert {unit.state for unit in aligned} == states


def test_run_leaves_to_the_engines_what_no_version_has(project: Project) -> None:
    project.write("source/salt/fr.md", FRENCH)
    outcome = project.done("run", "--drafts")
    assert "salt fr: pseudo drafted 1 of 1" in outcome.err
    kinds = [unit.origin.kind for unit in project.catalog().units]
    assert kinds.count(OriginKind.MACHINE) == 1
    assert kinds.count(OriginKind.ALIGNED) == 6
    assert project.read("source/salt/fr.md") == FRENCH


def test_a_correction_of_the_version_reaches_drafts_that_nobody_touched(project: Project) -> None:
    project.write("source/salt/fr.md", FRENCH)
    project.done("run")
    mine = "Je ne le pèse jamais, moi."
    assert project.read(CATALOGUE).count("Je ne le pèse jamais.") == 1
    project.edit(CATALOGUE, "Moins que vous ne pensez.", "Bien moins.")
    project.edit("source/salt/fr.md", "Je ne le pèse jamais.", mine)
    project.edit("source/salt/fr.md", "Moins que vous ne pensez.", "Moins que vous ne croyez.")
    assert "salt fr: 1 draft updated from source/salt/fr.md" in project.done("run").err
    assert mine in project.read(CATALOGUE)
    assert "Bien moins." in project.read(CATALOGUE)
    assert project.done("run").err.endswith("nothing to do\n")


OWN = "author: Les rédacteurs\ndate: 2026-02-07\nslug: le-sel\ntags:\n  - sel\n"


def test_values_that_a_version_has_of_its_own_are_in_the_page(project: Project) -> None:
    project.write("source/salt/fr.md", f"---\ntitle: Le sel\n{OWN}---\n\nNous avons posé.\n")
    outcome = project.done("run", "--drafts")
    assert "slug" not in outcome.err
    page = project.read("preview/fr/salt.md")
    assert "author: Les rédacteurs\n" in page
    assert "date: 2026-02-07\nslug: le-sel\ntags: [sel]\n---\n" in page
    assert project.done("run", "--drafts").err.endswith("nothing to do\n")
    project.edit("source/salt/fr.md", "le-sel", "sel")
    project.done("run", "--drafts")
    page = page.replace("le-sel", "sel")
    assert project.read("preview/fr/salt.md") == page
    # A fresh clone may lack the version and all pages; a merge leaves the values alone.
    (project.root / "source/salt/fr.md").unlink()
    (project.root / "preview/fr/salt.md").unlink()
    project.edit(SOURCE, WEIGH, "I weigh it.")
    project.done("run", "--drafts")
    assert "slug: sel\ntags: [sel]\n---\n" in project.read("preview/fr/salt.md")
    assert "slug" not in project.read("preview/en/salt.md")


def test_values_of_a_page_that_is_taken_over_are_kept(project: Project) -> None:
    project.write(
        "preview/fr/salt.md", f"---\ntitle: Le sel\n{OWN}menu:\n  order: 2\n---\n\nNous.\n"
    )
    outcome = project.done("run", "--drafts", "--take-over")
    assert "AL008 warning: the value of 'menu.order' in preview/fr/salt.md differs" in outcome.err
    page = project.read("preview/fr/salt.md")
    assert "date: 2026-02-07\nslug: le-sel\ntags: [sel]\n---\n" in page


def test_align_without_a_version_does_nothing(project: Project) -> None:
    assert project.done("align").err == "nothing to do\n"


@pytest.mark.usefixtures("kept_engines")
def test_a_text_that_breaks_the_page_is_a_finding_not_a_page(drafted: Project) -> None:
    drafted.review()
    drafted.edit(drafted.po(), "⟪Î ñééṽééŕ ŵééîĝĥ îţ.⟫", "# Jamais")
    outcome = drafted.done("build")
    line = drafted.unit(WEIGH).line
    assert f"{drafted.po()}:{line}:1: MK109 error: translation '# Jamais" in outcome.err
    assert f"\n{WEIGH}\n" in drafted.read("build/fr/salt.md")
    assert drafted.run("check").code == 1


def test_check_sees_a_translation_that_lost_a_name(drafted: Project) -> None:
    drafted.edit(SOURCE, WEIGH, "Ben Cole never weighs it.")
    drafted.done("run")
    drafted.review()
    assert drafted.run("check", "--no-grammar").code == 0
    drafted.edit(drafted.po(), "⟪Ben Cole ñ", "⟪Benoît Cole ñ")
    outcome = drafted.run("check", "--no-grammar")
    assert outcome.code == 1
    assert "NM101 error: 'Ben Cole' is missing" in outcome.out


def test_status_counts_by_section(drafted: Project) -> None:
    drafted.review()
    drafted.edit(SOURCE, "- More than your doctor thinks.\n", "- What do I know?\n")
    drafted.done("merge")
    out = drafted.done("status").out
    assert re.search(r"section +┃ reviewed ┃ draft ┃ empty ┃ waiting ┃ words", out)
    rows = re.findall(r"│ (.+?) +│ +(\S+) │ +(\S+) │ +(\S+) │ +(\S+) │ +(\d+) │", out)
    # The page was complete before, and is published without the new text.
    assert rows == [
        ("front-matter", "2", "·", "·", "·", "8"),
        ("introduction", "1", "·", "·", "·", "8"),
        ("Ana Ruiz", "2", "·", "·", "·", "11"),
        ("Ben Cole", "1", "·", "1", "1", "8"),
        ("89% of the words", "6", "·", "1", "1", "35"),
    ]


def test_carried_and_kept_translations_are_listed(tmp_path: Path) -> None:
    project = Project(tmp_path, engines=[])
    project.done("run")
    text = project.read(CATALOGUE)
    text = text.replace(
        '3 times, then I stop."\nmsgstr ""', '3 times, then I stop."\nmsgstr "3 fois."'
    )
    project.write(CATALOGUE, text.replace(f'{WEIGH}"\nmsgstr ""', f'{WEIGH}"\nmsgstr "Jamais."'))
    project.edit(SOURCE, "3 times", "4 times")
    told = project.done("merge").err
    assert "source/salt/en.md:13: fr: translation updated ('3' → '4'); it is a draft now" in told
    assert "# pipeline: carried 3 → 4\n" in project.read(CATALOGUE)
    project.edit(SOURCE, WEIGH, WEIGH.replace("never", "do not"))
    told = project.done("merge", "--minor", "salt").err
    assert "source/salt/en.md:13: fr: translation kept for an edit that is minor" in told
    assert "source/salt/en.md:11: fr: translation kept for an edit that is minor" in told
    assert "fuzzy" not in project.read(CATALOGUE)


def test_edits_are_either_minor_or_a_correction(tmp_path: Path) -> None:
    project = Project(tmp_path)
    outcome = project.run("merge", "--minor", "salt", "--correction", "salt")
    assert outcome.code == 2
    assert "use one of --minor and --correction" in outcome.err
    assert project.run("merge", "--minor", "slat").code == 2
