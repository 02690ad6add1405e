"""Drafts that other programs turn into reviews, and their acceptance."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from pipeline.catalogue import load_po
from pipeline.errors import MachineError
from pipeline.model import OriginKind, State
from tests.sample_project import ARTICLE, Project

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = "source/salt/en.md"
WEIGH = "I never weigh it."
TASTE = "I taste 3 times, then I stop."
LESS = "Less than you think."
COUNT = 7
PROVENANCE = re.compile(r"# pipeline: machine .*\n")
ACCEPTED = re.compile(r"# pipeline: accepted 2023-11-14 [0-9a-f]{16}\n")
ACCEPT = ("accept", "--article", "salt", "--locale", "fr")


def tool(project: Project, *command: str) -> str:
    """Run a program in the project's folder; return its output."""
    done = subprocess.run(
        command, cwd=project.root, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def git(project: Project, *arguments: str) -> None:
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false")
    tool(project, "git", *who, *arguments)


def through_csv(project: Project, out: str = "") -> None:
    """Take the catalogue through a CSV file and back, as translators in spreadsheets do."""
    toolkit = Path(sys.executable).parent
    tool(project, str(toolkit / "po2csv"), "--progress=none", project.po(), "salt.csv")
    back = [
        str(toolkit / "csv2po"),
        "--progress=none",
        "-t",
        "locales/templates/LC_MESSAGES/salt.pot",
        "salt.csv",
    ]
    (project.root / "salt.po").unlink(missing_ok=True)
    tool(project, *back, "salt.po")
    project.write(out or project.po(), project.read("salt.po"))


def through_msgattrib(project: Project) -> None:
    """Clear all fuzzy marks after a tool dropped the comments."""
    project.write(project.po(), PROVENANCE.sub("", project.read(project.po())))
    project.write(project.po(), tool(project, "msgattrib", "--clear-fuzzy", project.po()))


def through_csv_without_template(project: Project) -> None:
    """Take the catalogue through a CSV file without the template: the contexts are lost, too."""
    toolkit = Path(sys.executable).parent
    tool(project, str(toolkit / "po2csv"), "--progress=none", project.po(), "salt.csv")
    tool(project, str(toolkit / "csv2po"), "--progress=none", "salt.csv", "bare.po")
    project.write(project.po(), project.read("bare.po"))


def states(project: Project) -> dict[State, int]:
    units = project.catalog().units
    return {state: n for state in State if (n := sum(u.state is state for u in units))}


def review(project: Project, *sources: str) -> None:
    """Review texts as an editor does that drops fuzzy mark and comment."""
    for source in sources:
        text = project.read(project.po())
        entry = rf'.*\nmsgid "{re.escape(source)}"'
        pattern = rf"# pipeline: machine .*\n((?:#[.:].*\n)*)#, fuzzy\n({entry})"
        text, count = re.subn(pattern, r"\1\2", text)
        assert count == 1
        project.write(project.po(), text)


@pytest.fixture
def drafted(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.done("run")
    assert states(project) == {State.DRAFT: COUNT}
    return project


ROUND_TRIPS = [through_csv, through_msgattrib, through_csv_without_template]


@pytest.mark.parametrize("trip", ROUND_TRIPS)
def test_drafts_that_lose_their_marks_in_a_batch_stay_drafts(
    trip: Callable[[Project], None], drafted: Project
) -> None:
    trip(drafted)
    assert states(drafted) == {State.REVIEWED: COUNT}
    outcome = drafted.done("run")
    assert outcome.err.count("pipeline accept --article salt --locale fr") == 1
    assert f"{drafted.po()}: 7 drafts lost their fuzzy marks and comments at once" in outcome.err
    assert states(drafted) == {State.DRAFT: COUNT}
    assert all(unit.untouched for unit in drafted.catalog().units)
    assert not (drafted.root / "build/fr/salt.md").exists()
    stamps = drafted.written()
    assert "pipeline accept" not in drafted.done("run").err
    assert drafted.written() == stamps


def test_the_origin_comes_back_as_it_was(drafted: Project) -> None:
    before = drafted.catalog().units
    through_csv(drafted)
    drafted.done("run")
    assert [u._replace(line=0) for u in drafted.catalog().units] == [
        u._replace(line=0) for u in before
    ]


@pytest.mark.parametrize("command", ["merge", "translate", "build", "align"])
def test_every_command_that_writes_holds_them(command: str, drafted: Project) -> None:
    through_csv(drafted)
    assert "pipeline accept" in drafted.done(command).err
    assert states(drafted) == {State.DRAFT: COUNT}


@pytest.mark.parametrize("command", [["status", "--json"], ["run", "--check"], ["check"]])
def test_commands_that_only_read_count_them_as_drafts(command: list[str], drafted: Project) -> None:
    through_csv(drafted)
    stamps = drafted.written()
    if command == ["check"]:
        outcome = drafted.run("check", "--no-grammar", "--verbose")
        assert outcome.out.count("CO102") == COUNT
        assert "CO102" in drafted.run("check", "--no-grammar", "-v", drafted.po()).out
        assert "CO102" not in drafted.run("check", "--no-grammar", "-v", SOURCE).out
    else:
        outcome = drafted.run(*command)
    if "--json" in command:
        rows = json.loads(outcome.out)
        assert "reviewed" in outcome.out
        assert rows
    assert "pipeline accept --article salt --locale fr" in outcome.err
    assert drafted.written() == stamps


def test_a_memory_is_exported_without_them(drafted: Project) -> None:
    through_csv(drafted)
    drafted.done("memory", "export", "reviewed.tmx")
    assert "<tu " not in drafted.read("reviewed.tmx")
    assert "<tu>" not in drafted.read("reviewed.tmx")


def test_a_batch_is_accepted_once_and_for_everybody(drafted: Project, tmp_path: Path) -> None:
    through_csv(drafted)
    drafted.done("run")
    outcome = drafted.done(*ACCEPT)
    assert f"{drafted.po()}: accepted 7 drafts" in outcome.err
    assert states(drafted) == {State.REVIEWED: COUNT}
    assert len(ACCEPTED.findall(drafted.read(drafted.po()))) == COUNT
    assert {unit.origin.kind for unit in drafted.catalog().units} == {OriginKind.ACCEPTED}
    drafted.done("run")
    assert (drafted.root / "build/fr/salt.md").exists()
    checked = drafted.run("check", "--no-grammar", "--verbose", "--select", "CO")
    assert checked.code == 0
    assert "CO10" not in checked.out
    stamps = drafted.written()
    assert "accept" not in drafted.done("run").err
    drafted.done(*ACCEPT)
    assert drafted.written() == stamps
    # Another machine has the files, and another record or none.
    other = Project(tmp_path / "other")
    other.done("run")
    assert states(other) == {State.DRAFT: COUNT}
    other.write(other.po(), drafted.read(drafted.po()))
    assert "accept" not in other.done("run").err
    assert other.read(other.po()) == drafted.read(drafted.po())


def test_a_batch_can_be_accepted_before_any_run(drafted: Project) -> None:
    through_csv(drafted)
    stamps = drafted.written()
    assert drafted.run(*ACCEPT, "--check").code == 1
    assert drafted.written() == stamps
    assert "stay drafts" not in drafted.done("accept").err
    assert states(drafted) == {State.REVIEWED: COUNT}
    assert len(ACCEPTED.findall(drafted.read(drafted.po()))) == COUNT


def test_only_the_batch_is_accepted(drafted: Project) -> None:
    stamps = drafted.written()
    assert "accepted" not in drafted.done(*ACCEPT).err
    assert drafted.written() == stamps
    through_csv(drafted)
    drafted.done("run")
    drafted.edit(SOURCE, LESS, "Ask a chemist, not me!")
    drafted.done("run")
    drafted.done(*ACCEPT)
    assert drafted.unit("Ask a chemist, not me!").state is State.DRAFT
    assert states(drafted) == {State.REVIEWED: COUNT - 1, State.DRAFT: 1}


def test_a_later_batch_replaces_one_that_nobody_accepted(drafted: Project) -> None:
    through_csv(drafted)
    drafted.done("run")
    through_csv(drafted)
    target = drafted.unit(WEIGH).target
    drafted.edit(drafted.po(), f'"{target}"', '"Je ne le pèse jamais."')
    drafted.done("run")
    drafted.edit(drafted.po(), '"Je ne le pèse jamais."', f'"{target}"')
    context = f'msgctxt "ana-ruiz"\nmsgid "{WEIGH}"'
    drafted.edit(drafted.po(), context, f"#, fuzzy\n{context}")
    assert "accepted 6 drafts" in drafted.done(*ACCEPT).err
    assert drafted.unit(WEIGH).state is State.DRAFT


def test_a_catalogue_that_is_renamed_is_held_and_accepted(drafted: Project) -> None:
    through_csv(drafted)
    (drafted.root / "source/salt").rename(drafted.root / "source/pepper")
    outcome = drafted.done("run")
    assert outcome.err.count("pipeline accept --article pepper --locale fr") == 1
    units = drafted.catalog(article="pepper").units
    assert [unit.state for unit in units] == [State.DRAFT] * COUNT
    drafted.done("accept", "--article", "pepper")
    units = drafted.catalog(article="pepper").units
    assert [unit.origin.kind for unit in units] == [OriginKind.ACCEPTED] * COUNT


def test_a_text_that_moves_meanwhile_stays_a_draft(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("source/pepper/en.md", "We asked nobody.\n")
    project.done("run")
    through_csv(project)
    project.edit(SOURCE, f"{WEIGH}\n\n", "")
    project.write(
        "source/pepper/en.md",
        f"We asked nobody.\n\n## Ana Ruiz, Blue Spoon (@ana_ruiz)\n\n{WEIGH}\n",
    )
    project.done("run")
    moved = project.catalog(article="pepper").units
    assert [unit.state for unit in moved] == [State.DRAFT] * 2
    assert states(project) == {State.DRAFT: COUNT - 1}


def test_a_project_that_cannot_be_written_can_be_read(drafted: Project) -> None:
    through_csv(drafted)
    refusal = mock.Mock(side_effect=MachineError("no"))
    with mock.patch("pipeline.commands.loss.Reviews.hold", refusal):
        outcome = drafted.done("status")
        assert "pipeline accept" in outcome.err
        assert drafted.run("run").code == 2


def test_single_reviews_in_an_intact_file_count(drafted: Project) -> None:
    review(drafted, WEIGH, TASTE, LESS)
    saved = drafted.read(drafted.po())
    assert "accept" not in drafted.done("run").err
    assert drafted.read(drafted.po()) == saved
    # The rest, one after the other, is no batch either.
    for source in ("More than your doctor thinks.", "How much is enough?"):
        review(drafted, source)
        assert "accept" not in drafted.done("run").err
    assert states(drafted) == {State.REVIEWED: 5, State.DRAFT: 2}


def test_what_was_edited_in_the_batch_is_a_review(drafted: Project) -> None:
    through_csv(drafted)
    target = drafted.unit(WEIGH).target
    drafted.edit(drafted.po(), f'"{target}"', '"Je ne le pèse jamais."')
    assert "6 drafts lost their fuzzy marks" in drafted.done("run").err
    assert drafted.unit(WEIGH).state is State.REVIEWED
    assert states(drafted) == {State.REVIEWED: 1, State.DRAFT: COUNT - 1}


def test_the_committed_version_knows_drafts_where_no_record_does(drafted: Project) -> None:
    git(drafted, "init", "-q")
    git(drafted, "add", "-A")
    git(drafted, "commit", "-qm", "Draft")
    for file in (drafted.root / ".pipeline").glob("reviews*"):
        file.unlink()
    through_csv(drafted)
    assert "7 drafts lost their fuzzy marks" in drafted.done("run").err
    assert states(drafted) == {State.DRAFT: COUNT}


def test_a_committed_review_is_a_review(drafted: Project) -> None:
    through_csv(drafted)
    git(drafted, "init", "-q")
    git(drafted, "add", "-A")
    git(drafted, "commit", "-qm", "Review")
    for file in (drafted.root / ".pipeline").glob("reviews*"):
        file.unlink()
    assert "accept" not in drafted.done("run").err
    assert states(drafted) == {State.REVIEWED: COUNT}


def test_a_file_accepts_what_is_reviewed_in_it(drafted: Project) -> None:
    through_csv(drafted, "back.po")
    taste = drafted.unit(TASTE).target
    drafted.edit("back.po", f'"{taste}"', '"Je goûte 3 fois."')
    less = drafted.unit(LESS).target
    drafted.edit("back.po", f'msgstr "{less}"', 'msgstr ""')
    weigh = drafted.unit(WEIGH).target
    drafted.edit(drafted.po(), f'"{weigh}"', '"Je ne le pèse jamais."')
    outcome = drafted.done(*ACCEPT, "--from", "back.po")
    assert "accepted 5 drafts" in outcome.err
    assert "1 texts of people differ from the file and were kept" in outcome.err
    assert drafted.unit(WEIGH).target == "Je ne le pèse jamais."
    assert drafted.unit(WEIGH).state is State.DRAFT
    assert drafted.unit(LESS).state is State.DRAFT
    edited = drafted.unit(TASTE)
    assert (edited.target, edited.state) == ("Je goûte 3 fois.", State.REVIEWED)
    assert edited.origin.kind is OriginKind.HUMAN
    assert states(drafted) == {State.REVIEWED: 5, State.DRAFT: 2}
    drafted.done("run")
    stamps = drafted.written()
    drafted.done(*ACCEPT, "--from", "back.po")
    drafted.done("run")
    assert drafted.written() == stamps


def test_a_file_without_contexts_accepts_equal_texts(drafted: Project) -> None:
    before = drafted.read(drafted.po())
    through_csv_without_template(drafted)
    drafted.write(drafted.po(), before)
    taste = drafted.unit(TASTE).target
    drafted.edit("bare.po", f'"{taste}"', '"Je goûte 3 fois."')
    assert "accepted 6 drafts" in drafted.done(*ACCEPT, "--from", "bare.po").err
    assert drafted.unit(TASTE).state is State.DRAFT


def test_a_file_is_for_one_catalogue(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", "pepper")
    project.done("run")
    outcome = project.run("accept", "--from", "back.po")
    assert outcome.code == 2
    assert "--from FILE is for one catalogue; add --article NAME and --locale LOCALE" in outcome.err
    outcome = project.run(*ACCEPT, "--from", "back.po")
    assert outcome.code == 2
    assert "back.po: cannot be read: No such file or directory" in outcome.err
    project.write("back.po", "msgid\n")
    assert project.run(*ACCEPT, "--from", "back.po").code == 2


@pytest.fixture
def accepted(drafted: Project) -> Project:
    through_csv(drafted)
    drafted.done(*ACCEPT)
    drafted.done("run")
    return drafted


def test_an_acceptance_goes_with_an_edit(accepted: Project) -> None:
    target = accepted.unit(WEIGH).target
    accepted.edit(accepted.po(), f'"{target}"', '"Je ne le pèse jamais."')
    accepted.done("run")
    unit = accepted.unit(WEIGH)
    assert (unit.state, unit.origin.kind) == (State.REVIEWED, OriginKind.HUMAN)
    assert len(ACCEPTED.findall(accepted.read(accepted.po()))) == COUNT - 1


def test_an_acceptance_survives_msgmerge_until_the_source_changes(accepted: Project) -> None:
    new = "I taste 4 times, then I stop."
    target = accepted.unit(TASTE).target
    accepted.edit(SOURCE, TASTE, new)
    accepted.done("extract")
    update = ["msgmerge", "--update", "--previous", "--backup=none", "--quiet"]
    tool(accepted, *update, accepted.po(), "locales/templates/LC_MESSAGES/salt.pot")
    assert len(ACCEPTED.findall(accepted.read(accepted.po()))) == COUNT
    accepted.done("run")
    assert len(ACCEPTED.findall(accepted.read(accepted.po()))) == COUNT - 1
    unit = accepted.unit(new)
    assert (unit.target, unit.state) == (target, State.DRAFT)
    assert unit.origin.kind is OriginKind.HUMAN
    # And the draft that it is now passes through our merge, too.
    accepted.edit(SOURCE, LESS, "Less than you may think.")
    accepted.done("run")
    unit = accepted.unit("Less than you may think.")
    assert (unit.state, unit.origin.kind) == (State.DRAFT, OriginKind.HUMAN)


def test_a_corrected_name_leaves_an_acceptance(tmp_path: Path) -> None:
    text = ARTICLE.replace(WEIGH, "I never weigh it, says @ana_ruis, nor does anybody.")
    project = Project(tmp_path, text=text)
    project.done("run")
    through_csv(project)
    project.done(*ACCEPT)
    project.edit(SOURCE, "@ana_ruis", "@ana_ruiz2")
    project.done("run")
    unit = project.unit("I never weigh it, says @ana_ruiz2, nor does anybody.")
    assert (unit.state, unit.origin.kind) == (State.REVIEWED, OriginKind.ACCEPTED)
    assert not unit.has_false_origin


def test_no_program_is_needed_to_see_the_acceptance(accepted: Project) -> None:
    saved = tool(accepted, "msgcat", "--width=60", accepted.po())
    accepted.write(accepted.po(), saved)
    accepted.done("run")
    assert accepted.read(accepted.po()) == saved
    units = load_po(accepted.root / accepted.po(), "").units
    assert {unit.origin.kind for unit in units} == {OriginKind.ACCEPTED}
