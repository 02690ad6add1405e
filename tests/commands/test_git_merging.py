"""Branches of real repositories, merged by git with the driver of `pipeline git-merge`."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

import pytest

from pipeline import catalogue
from pipeline.catalogue.po.file import Header, load_po, render_catalog
from pipeline.commands import git_merging
from pipeline.errors import InputError, MachineError
from pipeline.model import Origin, State
from tests.git_repository import Repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.model import Catalog, Unit
    from tests.sample_project import Project

    Edit = Callable[[Project], None]

SOURCE = "source/salt/en.md"
WEIGH, TASTE = "I never weigh it.", "I taste 3 times, then I stop."
LESS, MORE = "Less than you think.", "More than your doctor thinks."
POUR = "I pour it 3 times, then I stop."
ANA = f"## Ana Ruiz, Blue Spoon (@ana_ruiz)\n\n{WEIGH}\n\n{TASTE}\n\n"


def run(project: Project) -> None:
    project.done("run")


def rewrite(project: Project, change: Callable[[Catalog], Catalog], day: int = 0) -> None:
    """Save a changed catalogue as an editor does, with another date in the header."""
    path = project.root / project.po()
    file = load_po(path, project.po())
    catalog = change(file.catalog("salt", "fr"))
    header = Header((("PO-Revision-Date", f"2026-12-{day:02} 10:00+0000"),) if day else ())
    path.write_bytes(render_catalog(catalog, file, header))


def edit(source: str, day: int = 0, **changes: object) -> Edit:
    """Return an edit of one entry."""

    def change(catalog: Catalog) -> Catalog:
        units = [u._replace(**changes) if u.source == source else u for u in catalog.units]  # type: ignore[arg-type]
        assert tuple(units) != catalog.units
        return replace_units(catalog, units)

    return lambda project: rewrite(project, change, day)


def replace_units(catalog: Catalog, units: list[Unit]) -> Catalog:
    return type(catalog)(catalog.article, catalog.locale, tuple(units), catalog.obsolete)


def review(source: str, target: str, day: int = 0) -> Edit:
    return edit(source, day, target=target, state=State.REVIEWED, origin=Origin(), previous=None)


def draft(source: str, target: str) -> Edit:
    return edit(source, target=target, state=State.DRAFT, origin=Origin())


def comment(source: str, *lines: str) -> Edit:
    return edit(source, comments=lines)


def article(old: str, new: str) -> Edit:
    """Return an edit of the article, with a run."""

    def change(project: Project) -> None:
        project.edit(SOURCE, old, new)
        run(project)

    return change


def both(*edits: Edit) -> Edit:
    def change(project: Project) -> None:
        for one in edits:
            one(project)

    return change


class Case(NamedTuple):
    ours: Edit
    theirs: Edit
    expected: dict[str, tuple[str, State]]
    """Targets and states of some sources in the result."""
    conflicts: int = 0
    before: Edit = run
    """What is done before the branches part."""
    gone: tuple[str, ...] = ()
    """Targets of obsolete entries."""
    is_hard: bool = True
    """Git's own merge of text has a conflict, or loses something."""


REVIEWED, DRAFT = State.REVIEWED, State.DRAFT
CASES = {
    "each edits another expert in the article and runs": Case(
        article(WEIGH, "I never weigh salt."),
        article(MORE, "More than your own doctor thinks."),
        {"I never weigh salt.": ("", DRAFT), "More than your own doctor thinks.": ("", DRAFT)},
    ),
    "each edits a neighbour's reviewed text in the article and runs": Case(
        article(WEIGH, "I never weigh salt."),
        article(TASTE, "I taste it 3 times, then I stop."),
        {
            "I never weigh salt.": ("Je ne pèse pas.", DRAFT),
            "I taste it 3 times, then I stop.": ("Je goûte 3 fois.", DRAFT),
        },
        before=both(run, review(WEIGH, "Je ne pèse pas."), review(TASTE, "Je goûte 3 fois.")),
        gone=("Je goûte 3 fois.", "Je ne pèse pas."),
    ),
    "each reviews a text, with other dates": Case(
        review(WEIGH, "Je ne pèse pas.", 3),
        review(MORE, "Plus que le médecin.", 2),
        {WEIGH: ("Je ne pèse pas.", REVIEWED), MORE: ("Plus que le médecin.", REVIEWED)},
    ),
    "each reviews a neighbouring text": Case(
        review(WEIGH, "Je ne pèse pas."),
        review(TASTE, "Je goûte 3 fois."),
        {WEIGH: ("Je ne pèse pas.", REVIEWED), TASTE: ("Je goûte 3 fois.", REVIEWED)},
    ),
    "both translate one text": Case(
        review(WEIGH, "Je ne pèse pas."),
        review(WEIGH, "Jamais de balance."),
        {WEIGH: ("Je ne pèse pas.", DRAFT)},
        conflicts=1,
    ),
    "both translate one text alike": Case(
        review(WEIGH, "Je ne pèse pas.", 2),
        review(WEIGH, "Je ne pèse pas.", 3),
        {WEIGH: ("Je ne pèse pas.", REVIEWED)},
    ),
    "one deletes an expert, the other translates her": Case(
        article(ANA, ""),
        review(WEIGH, "Je ne pèse pas."),
        {},
        gone=("Je ne pèse pas.",),
    ),
    "one deletes a reviewed expert, the other translates her anew": Case(
        review(TASTE, "Je goûte 3 fois, puis stop."),
        both(lambda p: p.edit(SOURCE, ANA, ""), lambda p: p.done("run", "--allow-loss", "salt")),  # type: ignore[arg-type, return-value]
        {},
        before=both(run, review(WEIGH, "Je ne pèse pas."), review(TASTE, "Je goûte 3 fois.")),
        gone=("Je ne pèse pas.", "Je goûte 3 fois, puis stop."),
    ),
    "one edits a reviewed source, the other reviews the old one again": Case(
        article(TASTE, POUR),
        review(TASTE, "Je goûte 3 fois, c’est tout."),
        {POUR: ("Je goûte 3 fois, c’est tout.", DRAFT)},
        before=both(run, review(TASTE, "Je goûte 3 fois.")),
        gone=("Je goûte 3 fois, c’est tout.",),
    ),
    "one edits the source of a machine draft, the other reviews it": Case(
        review(TASTE, "Je goûte 3 fois."),
        article(TASTE, POUR),
        {POUR: ("Je goûte 3 fois.", DRAFT)},
        gone=("Je goûte 3 fois.",),
    ),
    "one corrects a handle, the other reviews": Case(
        both(lambda p: p.edit(SOURCE, "(@ana_ruiz)", "(@anaruiz)"), run),
        review(WEIGH, "Je ne pèse pas."),
        {WEIGH: ("Je ne pèse pas.", REVIEWED)},
        is_hard=False,
    ),
    "one renames an expert, the other reviews her": Case(
        both(lambda p: p.edit(SOURCE, "Ana Ruiz", "Ana María Ruiz"), run),
        review(WEIGH, "Je ne pèse pas."),
        {WEIGH: ("Je ne pèse pas.", REVIEWED)},
    ),
    "one reviews, the other has a machine draft": Case(
        review(WEIGH, "Je ne pèse pas."),
        run,
        {WEIGH: ("Je ne pèse pas.", REVIEWED)},
        before=lambda p: p.done("merge") and None,
    ),
    "one has a machine draft, the other reviews": Case(
        run,
        review(WEIGH, "Je ne pèse pas."),
        {WEIGH: ("Je ne pèse pas.", REVIEWED)},
        before=lambda p: p.done("merge") and None,
    ),
    "a human's draft against a review": Case(
        review(WEIGH, "Je ne pèse pas."),
        draft(WEIGH, "Jamais de balance."),
        {WEIGH: ("Jamais de balance.", DRAFT)},
        conflicts=1,
    ),
    "comments of both": Case(
        comment(WEIGH, "ours"),
        comment(WEIGH, "theirs"),
        {},
    ),
    "a review and a comment": Case(
        review(WEIGH, "Je ne pèse pas."),
        comment(WEIGH, "theirs"),
        {WEIGH: ("Je ne pèse pas.", REVIEWED)},
    ),
}


def prepared(case: Case, root: Path, *, with_driver: bool = True) -> Repository:
    repository = Repository(root, with_driver=with_driver)
    case.before(repository)
    repository.fork(case.ours, case.theirs)
    return repository


@pytest.mark.parametrize("name", CASES)
def test_branches_are_merged(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    repository = prepared(case, tmp_path)
    told = repository.merge()
    assert repository.unmerged() == [repository.po()] * case.conflicts, told
    assert repository.hunks() == 0
    catalog = repository.catalog()
    for source, (target, state) in case.expected.items():
        unit = repository.unit(source)
        assert target in unit.target
        assert (unit.state, unit.source) == (state, source)
    assert {unit.target for unit in catalog.obsolete} >= set(case.gone)
    if not case.conflicts:
        check_it_is_stable(repository)


def check_it_is_stable(repository: Repository) -> None:
    """Check that the next run finds nothing damaged, loses no human text, and is the last one."""
    before = reviewed(repository.catalog())
    repository.done("run", "--allow-loss", "salt")
    assert {target for _, target in reviewed(repository.catalog())} >= {t for _, t in before}
    assert repository.done("run").err.endswith("nothing to do\n")
    lint = subprocess.run(
        ["msgfmt", "--check", "-o", "-", repository.po()],
        cwd=repository.root,
        capture_output=True,
        check=False,
    )
    assert lint.returncode == 0, lint.stderr


def reviewed(catalog: Catalog) -> set[tuple[str, str]]:
    units = (*catalog.units, *catalog.obsolete)
    return {(unit.source, unit.target) for unit in units if unit.state is REVIEWED}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.is_hard])
def test_without_the_driver_these_are_conflicts_or_worse(name: str, tmp_path: Path) -> None:
    """Git merges text for a driver that it does not know."""
    case = CASES[name]
    repository = prepared(case, tmp_path, with_driver=False)
    repository.merge()
    if not repository.hunks():
        targets = {source: repository.unit(source).target for source in case.expected}
        assert any(target not in targets[source] for source, (target, _) in case.expected.items())
