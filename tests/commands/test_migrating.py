"""Migration of the catalogues of an older release."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.model import Origin, Reference, State, draft_digest, text_hash
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model import Unit

SOURCE = "source/salt/en.md"
OLD_TEMPLATE = "locales/salt.pot"
TEMPLATE = "locales/templates/LC_MESSAGES/salt.pot"
WEIGH = "I never weigh it."
TASTE = "I taste 3 times, then I stop."
ADDRESS = "noreply@pipeline.internal"


@pytest.fixture
def old(tmp_path: Path) -> Project:
    """Return a project as release 0.1 left it: lines in references, short hashes, its template.

    One text is reviewed, and so is one that became obsolete.
    """
    project = Project(tmp_path, locations="full")
    project.done("run", "--drafts")
    for source in (WEIGH, TASTE):
        entry = re.compile(
            rf'# pipeline.*\n((?:#\..*\n|#:.*\n)*)#, fuzzy\n(.*\n)(msgid "{source}")'
        )
        project.write(project.po(), entry.sub(r"# Sue: yes.\n\1\2\3", project.read(project.po())))
    project.edit(SOURCE, f"{TASTE}\n\n", "")
    project.done("run", "--drafts")
    (tmp_path / TEMPLATE).rename(tmp_path / OLD_TEMPLATE)
    shutil.rmtree(tmp_path / "locales/templates")
    digests = {unit.origin.digest: text_hash(unit.target) for unit in project.catalog().units}
    for path in (OLD_TEMPLATE, project.po()):
        text = project.read(path).replace(f'"Report-Msgid-Bugs-To: {ADDRESS}\\n"\n', "")
        text = text.replace(f"pipeline <{ADDRESS}>", "")
        for digest, short in digests.items():
            text = text.replace(digest, short) if digest else text
        project.write(path, text)
    project.edit("pipeline.toml", 'locations = "full"', 'locations = "file"')
    return project


def words(unit: Unit) -> object:
    """Return what a human sees of a unit."""
    return unit._replace(references=(), origin=unit.origin._replace(digest=""), line=0)


def test_until_the_migration_nothing_is_rewritten(old: Project) -> None:
    before = old.written()
    assert "nothing to do" in old.done("run", "--drafts").err
    assert old.written() == before
    old.edit(SOURCE, WEIGH, "I never, ever weigh it.")
    old.done("run", "--drafts")
    text = old.read(old.po())
    assert "#: source/salt/en.md:11\n" in text
    assert ADDRESS not in text
    assert not (old.root / "locales/templates").exists()
    assert "I never, ever weigh it." in old.read(OLD_TEMPLATE)


def test_a_migration_changes_the_form_and_no_word(old: Project) -> None:
    before = old.catalog()
    messages = old.done("migrate").err
    assert f"moved: {OLD_TEMPLATE} → {TEMPLATE}\n" in messages
    assert not (old.root / OLD_TEMPLATE).exists()
    after = old.catalog()
    assert list(map(words, after.units)) == list(map(words, before.units))
    assert list(map(words, after.obsolete)) == list(map(words, before.obsolete))
    assert [unit.source for unit in after.obsolete] == [TASTE]
    assert {unit.references for unit in after.units} == {(Reference(SOURCE, 0),)}
    drafts = [unit for unit in after.units if unit.origin != Origin()]
    assert len(drafts) == 5
    assert all(u.origin.digest == draft_digest(u.source, u.target) for u in drafts)
    for path in (TEMPLATE, old.po()):
        assert f'"Report-Msgid-Bugs-To: {ADDRESS}\\n"\n' in old.read(path)
    assert "nothing to do" in old.done("migrate").err
    assert "nothing to do" in old.done("run", "--drafts").err


def test_a_rehearsal_lists_the_files(old: Project) -> None:
    before = old.written()
    outcome = old.run("migrate", "--check")
    assert outcome.code == 1
    assert outcome.err == (
        f"would move: {OLD_TEMPLATE} → {TEMPLATE}\n"
        f"would change {TEMPLATE}\nwould change {old.po()}\n"
    )
    assert old.written() == before
    old.done("migrate")
    assert old.run("migrate", "--check").code == 0


def test_a_template_that_a_killed_migration_left_is_moved(old: Project) -> None:
    text = old.read(OLD_TEMPLATE)
    old.done("migrate")
    migrated = old.tree()
    old.write(OLD_TEMPLATE, text)
    old.done("migrate")
    assert old.tree() == migrated


def test_what_people_wrote_into_a_file_stays(old: Project) -> None:
    old.edit(old.po(), "# French translation of salt.\n", "# Ours.\n# Copyright: nobody.\n")
    old.edit(old.po(), '"Last-Translator: \\n"\n', '"Last-Translator: Sue <sue@example.org>\\n"\n')
    old.edit(
        old.po(), '"X-Source-Language: en\\n"\n', '"X-Source-Language: en\\n"\n"X-Own: 1\\n"\n'
    )
    plural = 'msgid "%d cup"\nmsgid_plural "%d cups"\nmsgstr[0] "%d tasse"\nmsgstr[1] "%d tasses"\n'
    text = old.read(old.po()) + f"\n{plural}\n# the end\n"
    old.write(old.po(), text)
    old.done("migrate")
    new = old.read(old.po())
    assert new.startswith("# Ours.\n# Copyright: nobody.\nmsgid")
    assert '"Last-Translator: Sue <sue@example.org>\\n"\n' in new
    assert '"X-Own: 1\\n"\n' in new
    assert plural in new
    assert new.endswith("# the end\n")
    assert new.count("# Sue: yes.\n") == 2


def test_a_file_without_wrapping_stays_one(old: Project) -> None:
    long = "word " * 60
    old.edit(SOURCE, WEIGH, f"{long}end.")
    old.done("run", "--drafts")
    text = re.sub(r'msgid ""\n((?:"word .*"\n)+)', _on_one_line, old.read(old.po()))
    old.write(old.po(), text)
    old.done("migrate")
    assert f'msgid "{long}end."\n' in old.read(old.po())


def _on_one_line(found: re.Match[str]) -> str:
    return f'msgid "{"".join(line[1:-1] for line in found[1].splitlines())}"\n'


def test_a_damaged_catalogue_is_left_out(old: Project) -> None:
    text = old.read(old.po()).replace('msgstr "', "msgstr ", 2)
    old.write(old.po(), text)
    outcome = old.run("migrate")
    assert outcome.code == 2
    assert f"error: {old.po()}:" in outcome.err
    assert old.read(old.po()) == text
    assert not (old.root / TEMPLATE).exists()


def test_a_template_of_another_program_stays(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("locales/messages.pot", 'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n')
    project.done("run")
    assert (tmp_path / TEMPLATE).is_file()
    project.done("migrate")
    assert (tmp_path / "locales/messages.pot").is_file()


@pytest.mark.parametrize(
    ("locations", "line"), [("full", f"#: {SOURCE}:11\n"), ("file", f"#: {SOURCE}\n"), ("none", "")]
)
def test_locations_are_as_the_setting_says(old: Project, locations: str, line: str) -> None:
    old.edit("pipeline.toml", 'locations = "file"', f'locations = "{locations}"')
    old.done("migrate")
    notes = "#. Ana Ruiz, Blue Spoon, @ana_ruiz (paragraph)\n"
    assert f'# Sue: yes.\n{notes}{line}msgctxt "ana-ruiz"\n' in old.read(old.po())
    assert "nothing to do" in old.done("run", "--drafts").err


def test_an_orphan_without_references_is_known(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", "pepper", locations="none")
    project.done("run", "--drafts")
    assert "#:" not in project.read(project.po())
    shutil.rmtree(tmp_path / "source/salt")
    assert f"{project.po()}: its article was deleted" in project.done("status").err
    project.done("migrate")
    assert project.catalog().units[0].state is State.DRAFT
