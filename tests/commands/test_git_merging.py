"""Branches of real repositories, merged by git with the driver of `pipeline git-merge`."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

import pytest

from pipeline.catalogue.po.file import Header, load_po, render_catalog
from pipeline.commands import git_merging
from pipeline.errors import MachineError
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
    project.done("run", "--allow-loss", "salt")


def only_merge(project: Project) -> None:
    project.done("merge")


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
    """Edit before the branches part."""
    gone: tuple[str, ...] = ()
    """Targets of obsolete entries."""


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
        review(WEIGH, "Je ne pèse pas.", 2),
        review(TASTE, "Je goûte 3 fois.", 3),
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
        article(ANA, ""),
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
        article("(@ana_ruiz)", "(@anaruiz)"),
        review(WEIGH, "Je ne pèse pas."),
        {WEIGH: ("Je ne pèse pas.", REVIEWED)},
    ),
    "one renames an expert, the other reviews her": Case(
        article("Ana Ruiz", "Ana María Ruiz"),
        review(WEIGH, "Je ne pèse pas."),
        {WEIGH: ("Je ne pèse pas.", REVIEWED)},
    ),
    "one reviews, the other has a machine draft": Case(
        review(WEIGH, "Je ne pèse pas."),
        run,
        {WEIGH: ("Je ne pèse pas.", REVIEWED)},
        before=only_merge,
    ),
    "one has a machine draft, the other reviews": Case(
        run,
        review(WEIGH, "Je ne pèse pas."),
        {WEIGH: ("Je ne pèse pas.", REVIEWED)},
        before=only_merge,
    ),
    "a human's draft against a review": Case(
        review(WEIGH, "Je ne pèse pas."),
        draft(WEIGH, "Jamais de balance."),
        {WEIGH: ("Jamais de balance.", DRAFT)},
        conflicts=1,
    ),
    "both translate all texts that are new": Case(
        both(article(TASTE, f"{TASTE}\n\n{POUR}"), review(POUR, "Je verse.")),
        both(article(TASTE, f"{TASTE}\n\n{POUR}"), review(LESS, "Moins.")),
        {POUR: ("Je verse.", REVIEWED), LESS: ("Moins.", REVIEWED)},
    ),
    "each adds a text to the same section": Case(
        article(ANA, f"{ANA}I use spoons.\n\n"),
        article(WEIGH, f"I use scales.\n\n{WEIGH}"),
        {"I use spoons.": ("", DRAFT), "I use scales.": ("", DRAFT)},
    ),
    "one moves a section, the other reviews it": Case(
        both(article(ANA, ""), lambda p: p.write(SOURCE, f"{p.read(SOURCE)}\n{ANA}"), run),
        review(WEIGH, "Je ne pèse pas."),
        {WEIGH: ("Je ne pèse pas.", REVIEWED)},
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
    run(repository)
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


@pytest.mark.parametrize(
    "name", ["each reviews a text, with other dates", "both translate one text"]
)
def test_git_merges_text_for_a_driver_that_it_does_not_know(name: str, tmp_path: Path) -> None:
    repository = prepared(CASES[name], tmp_path, with_driver=False)
    assert "CONFLICT (content)" in repository.merge()
    assert repository.unmerged() == [repository.po()]
    assert repository.hunks() == 1


def test_plain_git_merges_branches_that_edit_different_experts(tmp_path: Path) -> None:
    """Hosted merges run no driver."""
    repository = Repository(tmp_path, with_driver=False)
    repository.done("run", "--drafts")

    def edited(old: str, new: str, year: str) -> Edit:
        def change(project: Project) -> None:
            project.edit(SOURCE, f"{old}\n", f"{new}\n\nAnd one more line.\n")
            project.done("run", "--drafts", SOURCE_DATE_EPOCH=year)

        return change

    ours = edited(WEIGH, "I never weigh salt.", "1800000000")
    theirs = edited(f"- {MORE}", "- More than your own doctor thinks.", "1900000000")
    repository.fork(ours, theirs)
    repository.merge()
    assert repository.unmerged() == []
    repository.done("run", "--drafts")
    assert {unit.source for unit in repository.catalog().units} >= {
        "I never weigh salt.",
        "More than your own doctor thinks.",
    }


def test_the_order_is_that_of_the_article(tmp_path: Path) -> None:
    repository = prepared(CASES["each adds a text to the same section"], tmp_path)
    repository.merge()
    sources = [unit.source for unit in repository.catalog().units]
    at = sources.index("I use scales.")
    assert sources[at : at + 4] == ["I use scales.", WEIGH, TASTE, "I use spoons."]
    assert (
        repository.read("locales/templates/LC_MESSAGES/salt.pot").count("msgid") == len(sources) + 1
    )


def test_a_conflict_can_be_read_and_is_no_translation(tmp_path: Path) -> None:
    repository = prepared(CASES["both translate one text"], tmp_path)
    told = repository.merge()
    unit = repository.unit(WEIGH)
    assert unit.target == (
        "#-#-#-#-#  ours (reviewed)  #-#-#-#-#\nJe ne pèse pas.\n"
        "#-#-#-#-#  theirs (reviewed)  #-#-#-#-#\nJamais de balance."
    )
    assert (
        f"warning: {repository.po()}:{unit.line}: two translations of '{WEIGH}'; keep one" in told
    )
    assert "CONFLICT (content)" in told
    assert not reviewed(repository.catalog())
    # Nothing is made of it before somebody chose, as with the conflict markers of git.
    outcome = repository.run("run")
    assert outcome.code == 2
    assert "msgcat marked several versions here; keep one and delete the marks" in outcome.err
    assert repository.unit(WEIGH) == unit
    # A translator keeps theirs.
    text = repository.read(repository.po())
    theirs = re.compile(r'#, fuzzy\n(msgctxt.*\nmsgid.*\n)msgstr ""\n"#-#.*\n.*\n"#-#.*\n(".*"\n)')
    repository.write(repository.po(), theirs.sub(r"\1msgstr \2", text))
    repository.commit("resolved")
    check_it_is_stable(repository)
    assert repository.unit(WEIGH).target == "Jamais de balance."


def test_texts_in_conflict_are_few(tmp_path: Path) -> None:
    repository = prepared(CASES["both translate one text"], tmp_path)
    before = repository.read(repository.po()).splitlines()
    repository.merge()
    now = repository.read(repository.po()).splitlines()
    assert len([line for line in now if line not in before]) == 4


def test_comments_of_both_sides_are_kept(tmp_path: Path) -> None:
    repository = prepared(CASES["comments of both"], tmp_path)
    repository.merge()
    assert repository.unit(WEIGH).comments == ("ours", "theirs")


def test_dates_are_the_newest(tmp_path: Path) -> None:
    repository = prepared(CASES["each reviews a text, with other dates"], tmp_path)
    repository.merge()
    assert '"PO-Revision-Date: 2026-12-03 10:00+0000\\n"\n' in repository.read(repository.po())


@pytest.mark.parametrize("command", [("rebase", "other"), ("cherry-pick", "other")])
def test_rebase_and_cherry_pick(command: tuple[str, ...], tmp_path: Path) -> None:
    case = CASES["each reviews a text, with other dates"]
    repository = prepared(case, tmp_path)
    repository.git(*command)
    for source, (target, _) in case.expected.items():
        assert repository.unit(source).target == target


def test_both_sides_add_the_catalogue(tmp_path: Path) -> None:
    """The ancestor is empty."""
    repository = Repository(tmp_path)
    repository.fork(
        both(run, review(WEIGH, "Je ne pèse pas.")), both(run, review(TASTE, "Je goûte 3 fois."))
    )
    repository.merge()
    assert repository.unmerged() == []
    for source in (WEIGH, TASTE):
        assert repository.unit(source).state is REVIEWED


def crlf(project: Project) -> None:
    run(project)
    (project.root / ".gitattributes").write_text("*.po -text merge=pipeline\n")
    project.write(project.po(), project.read(project.po()).replace("\n", "\r\n"))


def latin(project: Project) -> None:
    run(project)
    review(WEIGH, "Pesé.")(project)
    # The pseudo engine writes letters that few charsets have.
    path, charset = project.root / project.po(), "charset=ISO-8859-1"
    text = path.read_text("utf-8").replace("charset=UTF-8", charset)
    text = re.sub(r"# pipeline: .*\n#. .*\n.*\n#, fuzzy\n", "", text)
    path.write_bytes(re.sub("[^\\x00-\\xff]", "", text).encode("latin-1"))


@pytest.mark.parametrize("before", [crlf, latin])
def test_line_ends_and_charsets_stay(before: Edit, tmp_path: Path) -> None:
    repository = prepared(
        Case(review(LESS, "Moins salé."), review(MORE, "Plus salé."), {}, before=before), tmp_path
    )
    data = (repository.root / repository.po()).read_bytes()
    assert "Already" not in repository.merge()
    assert repository.unmerged() == []
    now = (repository.root / repository.po()).read_bytes()
    assert [repository.unit(s).target for s in (LESS, MORE)] == ["Moins salé.", "Plus salé."]
    assert now.count(b"\r\n") in (0, now.count(b"\n"))
    assert (b"\xe9" in now) == (before is latin)
    assert (b"\r\n" in now) == (b"\r\n" in data)


# What cannot be merged entry by entry


def broken(project: Project) -> None:
    project.edit(project.po(), f'msgid "{WEIGH}"\n', f'msgid "{WEIGH}\n')


def with_markers(project: Project) -> None:
    project.edit(project.po(), f'msgid "{WEIGH}"\n', f'=======\nmsgid "{WEIGH}"\n')


def emptied(project: Project) -> None:
    project.write(project.po(), "")


def in_prose(project: Project) -> None:
    project.write(project.po(), "This is no catalogue.\n")


def plural(project: Project) -> None:
    text = 'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "un"\nmsgstr[1] "beaucoup"\n'
    project.write(project.po(), f"{project.read(project.po())}\n{text}")


@pytest.mark.parametrize("theirs", [broken, with_markers, emptied, in_prose, plural])
def test_what_is_no_catalogue_is_merged_as_text(theirs: Edit, tmp_path: Path) -> None:
    """The result is that of git's own merge."""
    results = []
    for with_driver in (True, False):
        repository = Repository(tmp_path / str(with_driver), with_driver=with_driver)
        run(repository)
        repository.fork(review(WEIGH, "Je ne pèse pas."), theirs)
        told = repository.merge()
        assert ("was merged as text" in told) == with_driver
        text = repository.read(repository.po())
        text = re.sub(r"^(<{7}|>{7}) .*", r"\1", text, flags=re.M)
        results.append((text, repository.unmerged()))
    assert results[0] == results[1]


def test_a_fault_of_ours_costs_nothing(tmp_path: Path) -> None:
    """Otherwise git would take our version for the merged one."""
    base, ours, theirs = (tmp_path / name for name in "abc")
    text = 'msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "a"\nmsgstr "{}"\n'
    for file, word in ((base, "x"), (ours, "y"), (theirs, "z")):
        file.write_text(text.format(word))
    with mock.patch.object(git_merging, "merge_files", side_effect=RuntimeError("oh")):
        merge = git_merging.merge_for_git(base, ours, theirs, "x.po")
    assert merge.has_conflicts
    assert merge.warnings == (
        "this is a bug in pipeline, please report it: RuntimeError('oh'); x.po was merged as text",
    )
    assert '<<<<<<< ours\nmsgstr "y"\n=======\nmsgstr "z"\n>>>>>>> theirs\n' in ours.read_text()


@pytest.mark.parametrize("program", ["/nowhere/python", "false", "true", "sh -c 'kill -9 $$'"])
def test_without_its_python_the_driver_merges_text(program: str, tmp_path: Path) -> None:
    """Otherwise git would take our version for the merged one."""
    case = CASES["both translate one text"]
    repository = prepared(case, tmp_path)
    driver = repository.git("config", "merge.pipeline.driver").strip()
    own = re.search(r"\$\((.*?) -P", driver)
    assert own
    driver = driver.replace(own[1], program)
    repository.git("config", "merge.pipeline.driver", driver)
    repository.merge()
    assert repository.hunks() == 1
    assert repository.unmerged() == [repository.po()]


def test_a_repository_cannot_put_a_module_in_the_place_of_ours(tmp_path: Path) -> None:
    repository = prepared(CASES["each reviews a neighbouring text"], tmp_path)
    for name in ("pipeline/__init__.py", "json.py"):
        repository.write(name, "raise SystemExit(3)\n")
    assert "was merged as text" not in repository.merge()
    assert repository.unmerged() == []


# Files that need no repository


def write_versions(root: Path, *texts: str) -> list[Path]:
    files = [root / name for name in ("base.po", "ours.po", "theirs.po")]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text)
    return files


def test_a_missing_version_is_an_error(tmp_path: Path) -> None:
    base, ours, theirs = (tmp_path / name for name in "abc")
    with pytest.raises(MachineError, match="a: cannot be read"):
        git_merging.merge_for_git(base, ours, theirs, "x.po")


def test_only_some_conflicts_are_listed(tmp_path: Path) -> None:
    header = 'msgid ""\nmsgstr "Language: fr\\n"\n'
    texts = [
        header + "".join(f'\nmsgid "{n} {"salt " * 20}"\nmsgstr "{word}"\n' for n in range(15))
        for word in "xyz"
    ]
    base, ours, theirs = write_versions(tmp_path, *texts)
    merge = git_merging.merge_for_git(base, ours, theirs, "x.po")
    assert merge.has_conflicts
    assert len(merge.warnings) == 13
    assert merge.warnings[0].startswith("x.po:5: two translations of '0 salt salt")
    assert "salt sal…';" in merge.warnings[0]
    assert merge.warnings[-1] == "x.po: and 3 more texts with two translations"


def test_an_unchanged_result_is_not_written(tmp_path: Path) -> None:
    text = 'msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "a"\nmsgstr "x"\n'
    base, ours, theirs = write_versions(tmp_path, text, text.replace("x", "y"), text)
    with mock.patch.object(git_merging, "replace_file") as write:
        assert git_merging.merge_for_git(base, ours, theirs, "x.po") == (False, ())
    assert not write.called


# Installation


def test_the_driver_is_installed_once(tmp_path: Path) -> None:
    repository = Repository(tmp_path, with_driver=False)
    first = repository.done("git-merge", "--install")
    config = repository.read(".git/config")
    assert first.err == "installed the merge driver in this clone\n"
    assert repository.done("git-merge", "--install").err == "nothing to do\n"
    assert repository.read(".git/config") == config


def test_an_older_driver_is_replaced(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    config = repository.read(".git/config")
    repository.git(
        "config", "--replace-all", "merge.pipeline.driver", "pipeline git-merge %O %A %B"
    )
    repository.git("config", "--add", "merge.pipeline.driver", "other")
    repository.done("git-merge", "--install")
    assert repository.read(".git/config") == config


def test_missing_attributes_are_told(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.write(".gitattributes", "*.po merge=pipeline\n")
    assert repository.done("git-merge", "--install").err == (
        "nothing to do\nwarning: add these lines to .gitattributes, for everybody:\n"
        "*.po merge=pipeline\n*.pot merge=pipeline\n"
    )


def test_outside_of_a_repository(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    shutil.rmtree(tmp_path / ".git")
    outcome = repository.run("git-merge", "--install", GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert outcome.code == 2
    assert outcome.err.startswith(
        "error: git-merge --install needs a clone of a git repository: not a git repository"
    )


def test_without_git(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    outcome = repository.run("git-merge", "--install", PATH="")
    assert (outcome.code, outcome.err) == (2, "error: git is not installed\n")


def test_versions_are_required(tmp_path: Path) -> None:
    outcome = Repository(tmp_path).run("git-merge", "a", "b")
    assert outcome.code == 2
    assert outcome.err == "error: git-merge requires BASE, OURS and THEIRS, or --install\n"
