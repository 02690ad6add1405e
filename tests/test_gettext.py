"""Catalogues used by GNU gettext tools, Babel and people."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pipeline.catalogue.po.file import load_po
from pipeline.model import OriginKind, Previous, State, draft_digest, text_hash
from pipeline.rules import check_catalogue_file
from tests.sample_project import ARTICLE, Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOCALES = ["fr", "es", "ar", "zh_Hant", "pt_BR", "ja", "cs"]
PYBABEL = [sys.executable, "-m", "babel.messages.frontend"]
SOURCE = "source/salt/en.md"
COMMANDS = ["extract", "merge", "align", "translate", "build", "run"]
LATER = {"SOURCE_DATE_EPOCH": "1800000000"}
PROVENANCE = re.compile(rb"# pipeline: .*\n")

WEIGH = "I never weigh it."
TASTE = "I taste 3 times, then I stop."
LESS = "Less than you think."
MORE = "More than your doctor thinks."


def tool(project: Project, *command: str) -> str:
    """Run a program in the project's folder; return its output."""
    done = subprocess.run(
        command, cwd=project.root, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr, done.stderr
    return done.stdout


def entries(project: Project) -> dict[str, bytes]:
    """Return the bytes of each French catalogue entry by its msgid; the header's is empty."""
    file = load_po(project.root / project.po(), "")
    names = {
        key: f"#~ {key[1]}" if entry.obsolete else key[1] for key, entry in file.entries.items()
    }
    raws = {names[key]: entry.raw.strip() for key, entry in file.entries.items()}
    return {"": file.header.strip(), **raws}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Return the names of entries that were changed, added or removed."""
    return {name for name in before | after if before.get(name) != after.get(name)}


def target(project: Project, source: str, old: str, new: str) -> None:
    """Replace the one-line translation of a text, and nothing else in its entry."""
    project.edit(
        project.po(), f'msgid "{source}"\nmsgstr "{old}"', f'msgid "{source}"\nmsgstr "{new}"'
    )


def digest_line(project: Project, source: str, age: str = "new") -> str:
    """Return the provenance line of a text, with the hash of this or of earlier releases."""
    unit = project.unit(source)
    old = age == "old"
    digest = text_hash(unit.target) if old else draft_digest(source, unit.target)
    return f"# pipeline: machine pseudo {digest}\n"


def false_provenance(project: Project) -> str:
    """Return the provenance line of the text that people rewrote."""
    return f"# pipeline: machine pseudo {project.unit(WEIGH).origin.digest}\n"


@pytest.fixture
def drafted(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.done("run", "--drafts")
    return project


@pytest.fixture
def edited(drafted: Project) -> Project:
    """Return a project with one text rewritten by people, one accepted, and one commented."""
    target(drafted, WEIGH, drafted.unit(WEIGH).target, "Je ne le pèse jamais.")
    for source in (WEIGH, TASTE):
        context = f'msgctxt "ana-ruiz"\nmsgid "{source}"'
        drafted.edit(drafted.po(), f"#, fuzzy\n{context}", context)
    comment = "# Ask Ben what he means.\n# pipeline: "
    digest = drafted.unit(LESS).origin.digest
    path = drafted.po()
    line = f"# pipeline: machine pseudo {digest}\n"
    drafted.edit(path, line, line.replace("# pipeline: ", comment))
    return drafted


@pytest.mark.parametrize("locale", LOCALES)
def test_msgfmt_finds_no_fault(locale: str, tmp_path: Path) -> None:
    project = Project(tmp_path, locales=[locale])
    check = ["msgfmt", "--check", "-o", os.devnull, project.po(locale)]
    for command in ("merge", "translate"):
        project.done(command)
        tool(project, *check)
    project.review(locale)
    project.edit(SOURCE, f"- {LESS}\n", "")
    project.edit(SOURCE, TASTE, TASTE.replace("3", "4"))
    project.done("merge")
    tool(project, *check)
    states = [unit.state for unit in project.catalog(locale).units]
    assert states.count(State.REVIEWED) == 5
    assert states.count(State.DRAFT) == 1
    assert len(project.catalog(locale).obsolete) == 2


def test_pybabel_extracts_what_we_extract(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", "deep/pepper", keys=["title", "author"])
    project.write("babel.cfg", "[pipeline: source/**/en.md]\n")
    project.done("extract")
    tool(project, *PYBABEL, "extract", "-F", "babel.cfg", "-o", "babel.pot", ".")
    theirs = load_po(tmp_path / "babel.pot", "babel.pot").units
    ours = [
        unit
        for name in ("salt", "deep/pepper")
        for unit in load_po(tmp_path / f"locales/templates/LC_MESSAGES/{name}.pot", name).units
    ]
    assert {unit.key for unit in theirs} == {unit.key for unit in ours}
    assert ("front-matter", "The editors") in {unit.key for unit in theirs}
    assert {ref.path for unit in theirs for ref in unit.references} == {
        ref.path for unit in ours for ref in unit.references
    }
    assert {note for unit in theirs for note in unit.notes} == {
        note for unit in ours for note in unit.notes
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [("keys = author", "The editors"), ("expert = (?P<name>.*)", None)],
)
def test_options_of_the_mapping_file_go_before_the_settings(
    options: str, message: str | None, tmp_path: Path
) -> None:
    project = Project(tmp_path)
    project.write("babel.cfg", f"[pipeline: source/**/en.md]\n{options}\n")
    tool(project, *PYBABEL, "extract", "-F", "babel.cfg", "-o", "babel.pot", ".")
    keys = [unit.key for unit in load_po(tmp_path / "babel.pot", "babel.pot").units]
    assert (("front-matter", message) in keys) == (message is not None)
    assert ("ana-ruiz-blue-spoon-anaruiz" in {context for context, _ in keys}) == (message is None)


def test_pybabel_names_the_file_that_it_cannot_read(tmp_path: Path) -> None:
    project = Project(tmp_path, text="---\na: b: c\n---\n")
    project.write("babel.cfg", "[pipeline: source/**/en.md]\n")
    command = [*PYBABEL, "extract", "-F", "babel.cfg", "-o", "babel.pot", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "source/salt/en.md:2: front matter is not valid YAML" in done.stderr


def test_after_msgmerge_our_merge_has_nothing_to_do(edited: Project) -> None:
    edited.edit(SOURCE, WEIGH, "I never, ever weigh it.")
    edited.edit(SOURCE, f"- {LESS}\n", "- Ask a chemist, not me!\n")
    edited.done("extract")
    before = entries(edited)
    update = ["msgmerge", "--update", "--previous", "--backup=none", "--quiet"]
    tool(edited, *update, edited.po(), "locales/templates/LC_MESSAGES/salt.pot")
    merged = entries(edited)

    provenance = {
        line for raw in before.values() for line in raw.splitlines() if b"pipeline:" in line
    }
    assert len(provenance) == 7
    assert provenance == {
        line for raw in merged.values() for line in raw.splitlines() if b"pipeline:" in line
    }
    fuzzy = edited.unit("I never, ever weigh it.")
    assert (fuzzy.target, fuzzy.state) == ("Je ne le pèse jamais.", State.DRAFT)
    assert fuzzy.previous
    assert fuzzy.previous.source == WEIGH

    # Of the entries, msgmerge did all that we would do; a provenance goes that was not true any
    # more.
    edited.done("merge", **LATER)
    without = PROVENANCE.sub(b"", merged[fuzzy.source])
    merged |= {fuzzy.source: without}
    assert entries(edited) == merged
    # What it left empty is drafted.
    edited.done("run", "--drafts", **LATER)
    after = entries(edited)
    assert changed(merged, after) == {"Ask a chemist, not me!"}
    edited.done("run", "--drafts", **LATER)
    assert entries(edited) == after


def test_pybabel_update_keeps_what_we_wrote(edited: Project) -> None:
    edited.edit(SOURCE, f"- {LESS}\n", "")
    edited.done("extract")
    edited.edit(edited.po(), false_provenance(edited), "")
    before = edited.catalog()
    update = [
        "update",
        "--previous",
        "-l",
        "fr",
        "-i",
        "locales/templates/LC_MESSAGES/salt.pot",
        "-o",
        edited.po(),
    ]
    tool(edited, *PYBABEL, *update)
    after = {unit.key: unit for unit in edited.catalog().units}
    for unit in before.units:
        if unit.source != LESS:
            new = after[unit.key]
            assert (new.target, new.state, new.origin) == (unit.target, unit.state, unit.origin)
    stamps = edited.stamps()
    edited.done("merge", **LATER)
    assert edited.stamps()[edited.po()] == stamps[edited.po()]


REWRAPS = [["msgcat", "--width=60"], ["msgcat", "--no-wrap"], ["msgcat"], ["msgattrib"]]


@pytest.mark.parametrize("rewrap", REWRAPS, ids=" ".join)
def test_a_save_by_an_editor_costs_no_entry(rewrap: list[str], edited: Project) -> None:
    saved = tool(edited, *rewrap, edited.po())
    date = '"PO-Revision-Date: 2026-01-01 12:00+0100\\n"\n"X-Generator: Poedit 3.4\\n"\n'
    saved = re.sub(r'"PO-Revision-Date: .*"\n', date.replace("\\", "\\\\"), saved)
    saved = saved.replace(false_provenance(edited), "")
    edited.write(edited.po(), saved)
    edited.done("run", "--drafts", **LATER)
    assert edited.read(edited.po()) == saved

    before = entries(edited)
    new = "I taste it 3 times with a very small spoon, on an empty stomach, before anybody is up."
    edited.edit(SOURCE, TASTE, new)
    edited.done("run", "--drafts", **LATER)
    after = entries(edited)
    assert changed(before, after) == {TASTE, f"#~ {TASTE}", new}


def test_a_file_without_wrapping_stays_one(tmp_path: Path) -> None:
    long = "I never weigh it, because " + "my grandmother never did, and " * 8 + "so on."
    project = Project(tmp_path)
    project.edit(SOURCE, WEIGH, long)
    project.done("run")
    project.write(project.po(), tool(project, "msgcat", "--no-wrap", project.po()))
    project.edit(SOURCE, TASTE, "It is done " + "when it is done, and not before, " * 8 + "see?")
    project.done("run")
    lines = project.read(project.po()).splitlines()
    assert sum(len(line) > 200 for line in lines) == 4


@pytest.mark.parametrize("command", COMMANDS)
def test_what_people_did_survives_every_command(command: str, edited: Project) -> None:
    before = entries(edited)
    edited.done(command, **LATER)
    false = command in ("merge", "run")
    without = PROVENANCE.sub(b"", before[WEIGH]) if false else before[WEIGH]
    assert entries(edited) == before | {WEIGH: without}

    edited.edit(SOURCE, "We asked two cooks", "We asked a couple of cooks")
    edited.done(command, **LATER)
    after = entries(edited)
    translations = {source: after[source] for source in (TASTE, LESS, MORE)}
    assert translations == {source: before[source] for source in translations}
    weigh = edited.unit(WEIGH)
    assert (weigh.target, weigh.state) == ("Je ne le pèse jamais.", State.REVIEWED)
    assert edited.unit(TASTE).state is State.REVIEWED
    assert edited.unit(LESS).comments == ("Ask Ben what he means.",)


@pytest.mark.parametrize("fuzzy", [False, True], ids=["reviewed", "still fuzzy"])
@pytest.mark.parametrize("command", ["run", "merge"])
def test_the_provenance_of_an_edited_text_goes_with_the_next_run(
    command: str, fuzzy: bool, edited: Project
) -> None:
    """Only the provenance of the edited text is affected, and no date."""
    if fuzzy:
        context = f'msgctxt "ana-ruiz"\nmsgid "{WEIGH}"'
        edited.edit(edited.po(), context, f"#, fuzzy\n{context}")
    stale, before = edited.unit(WEIGH), entries(edited)
    assert stale.origin.kind is OriginKind.MACHINE
    assert not stale.untouched
    edited.done(command, **LATER)
    after = entries(edited)
    assert changed(before, after) == {WEIGH}
    assert after[WEIGH] == PROVENANCE.sub(b"", before[WEIGH])
    assert edited.unit(WEIGH).state is (State.DRAFT if fuzzy else State.REVIEWED)
    assert edited.unit(TASTE).origin.kind is OriginKind.MACHINE
    stamps = edited.written()
    edited.done(command, **LATER)
    assert edited.written() == stamps


UPDATE = ("msgmerge", "--update", "--previous", "--backup=none", "--quiet")


def test_a_machine_draft_of_an_older_source_is_drafted_again_whoever_merged(
    drafted: Project,
) -> None:
    line = digest_line(drafted, TASTE)
    drafted.edit(drafted.po(), line, f"# Ask Ana what she means.\n{line}")
    new = "I taste 4 times, then I stop."
    drafted.edit(SOURCE, TASTE, new)
    drafted.done("extract")
    tool(drafted, *UPDATE, drafted.po(), "locales/templates/LC_MESSAGES/salt.pot")
    merged = drafted.unit(new)
    assert "3" in merged.target
    assert merged.is_outdated
    drafted.done("run", **LATER)
    unit = drafted.unit(new)
    assert "4" in unit.target
    assert (unit.state, unit.previous) == (State.DRAFT, None)
    assert unit.comments == ("Ask Ana what she means.",)
    assert unit.origin.digest == draft_digest(new, unit.target)
    stamps = drafted.written()
    drafted.done("run", **LATER)
    assert drafted.written() == stamps


def test_a_draft_that_a_human_edited_stays_whoever_merged(drafted: Project) -> None:
    target(drafted, TASTE, drafted.unit(TASTE).target, "Je goûte 3 fois, puis j’arrête.")
    new = "I taste 4 times, then I stop."
    drafted.edit(SOURCE, TASTE, new)
    drafted.done("extract")
    tool(drafted, *UPDATE, drafted.po(), "locales/templates/LC_MESSAGES/salt.pot")
    drafted.done("run", **LATER)
    unit = drafted.unit(new)
    assert (unit.target, unit.state) == ("Je goûte 3 fois, puis j’arrête.", State.DRAFT)
    assert unit.origin.kind is OriginKind.HUMAN


def test_an_aligned_draft_of_an_older_source_stays_fuzzy_whoever_merged(tmp_path: Path) -> None:
    french = ARTICLE.replace(TASTE, "Je goûte 3 fois, puis j’arrête.")
    project = Project(tmp_path, engines=[])
    project.write("source/salt/fr.md", french)
    project.done("run")
    assert project.unit(TASTE).origin.kind is OriginKind.ALIGNED
    new = "I taste it 3 times, then I stop."
    project.edit(SOURCE, TASTE, new)
    project.done("extract")
    tool(project, *UPDATE, project.po(), "locales/templates/LC_MESSAGES/salt.pot")
    project.done("run", **LATER)
    unit = project.unit(new)
    assert (unit.target, unit.state) == ("Je goûte 3 fois, puis j’arrête.", State.DRAFT)
    assert unit.origin.kind is OriginKind.ALIGNED
    assert unit.is_outdated
    checked = project.run("check", "--no-grammar", "--verbose", "--select", "CO102")
    assert "aligned draft by fr.md 0.99 of an older source text, not reviewed yet" in checked.out
    stamps = project.written()
    project.done("run", **LATER)
    assert project.written() == stamps


def test_a_reviewed_machine_text_stays_a_draft_after_msgmerge(drafted: Project) -> None:
    """A merge by msgmerge has a previous source for reviewed texts, and none for drafts."""
    drafted.review()
    reviewed = drafted.unit(TASTE).target
    new = "I taste 4 times, then I stop."
    drafted.edit(SOURCE, TASTE, new)
    drafted.done("extract")
    tool(drafted, *UPDATE, drafted.po(), "locales/templates/LC_MESSAGES/salt.pot")
    drafted.done("run", **LATER)
    unit = drafted.unit(new)
    assert (unit.target, unit.state) == (reviewed, State.DRAFT)
    assert unit.previous == Previous(TASTE, "ana-ruiz")
    assert unit.origin.kind is OriginKind.HUMAN


def test_old_hashes_are_read_and_renewed_with_what_changes(drafted: Project) -> None:
    for text in (TASTE, WEIGH):
        drafted.edit(drafted.po(), digest_line(drafted, text), digest_line(drafted, text, "old"))
    stamps = drafted.written()
    drafted.done("run", "--drafts", **LATER)
    assert drafted.written() == stamps
    assert drafted.unit(TASTE).untouched
    drafted.edit(SOURCE, TASTE, "I taste 4 times, then I stop.")
    drafted.done("run", "--drafts", **LATER)
    assert digest_line(drafted, WEIGH, "old") in drafted.read(drafted.po())
    unit = drafted.unit("I taste 4 times, then I stop.")
    assert unit.origin.digest == draft_digest(unit.source, unit.target)


def test_an_obsolete_entry_comes_back(edited: Project) -> None:
    source = edited.read(SOURCE)
    before = entries(edited)
    for text in (WEIGH, LESS):
        edited.edit(SOURCE, text, "")
    edited.done("run", "--drafts", **LATER)
    assert {unit.source for unit in edited.catalog().obsolete} == {WEIGH, LESS}
    tool(edited, "msgfmt", "--check", "-o", os.devnull, edited.po())
    edited.write(SOURCE, source)
    edited.done("run", "--drafts")
    assert edited.catalog().obsolete == ()
    assert edited.unit(WEIGH).target == "Je ne le pèse jamais."
    # The comment on a draft comes back with it, the provenance of the rewritten text does not.
    after = entries(edited)
    assert changed(before, after) == {WEIGH}
    assert after[WEIGH] == PROVENANCE.sub(b"", before[WEIGH])
    assert edited.unit(LESS).comments == ("Ask Ben what he means.",)


def test_a_header_field_that_we_do_not_know_survives(edited: Project) -> None:
    line = '"Last-Translator: pipeline <noreply@pipeline.internal>\\n"\n'
    ours = '"Last-Translator: Ana <ana@example.org>\\n"\n"X-Poedit-Bookmarks: 1,2\\n"\n'
    edited.edit(edited.po(), line, ours)
    edited.edit(edited.po(), "# French translation of salt.\n", "# Our own title.\n#\n")
    before = entries(edited)[""]
    edited.edit(SOURCE, f"- {MORE}\n", "")
    edited.done("run", "--drafts", **LATER)
    assert entries(edited)[""] == before


DATES = {
    "nothing": lambda project: None,
    "a line moves": lambda project: project.edit(SOURCE, "author:", "x: y\nauthor:"),
    "the source grows": lambda project: project.edit(SOURCE, MORE, f"{MORE}\n- New."),
    "a person reviews": lambda project: project.review(),
}


@pytest.mark.parametrize("change", DATES.values(), ids=DATES)
def test_no_date_moves_in_an_ordinary_run(
    change: Callable[[Project], None], drafted: Project
) -> None:
    """Two branches would both move it, and plain git would have a conflict in each header."""
    change(drafted)
    drafted.done("run", **LATER)
    assert "2027" not in drafted.read(drafted.po())
    assert "2027" not in drafted.read("locales/templates/LC_MESSAGES/salt.pot")


EXPRESSIONS = [
    "(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2", "n>1", "(n != 1)",
    "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)", "0", "1",
    "n==1 ? 0 : 1", "n", "n-1", "1-n", "1000 - n", "n%2", "n%0", "1/n", "n/500", "n/1001",
    "!(n==1)", "(n>1)*2", "n > 1000 ? 7 : 0", "(n >", "(n>1", "n>1)", "n>1 ? 1", "m>1",
    "n & 1", "~n", "n<<1", "n=1",
    "01", "", "EXPRESSION", "n>1; extra", "n>1 ;;", "n>1; plural=n",
]  # fmt: skip
FORMS = {
    *(f"nplurals={count}; plural={one};" for one in EXPRESSIONS for count in (1, 2, 6)),
    "", "nplurals=2;", "plural=n>1;", "plural=n>1; nplurals=2;", "nplurals=2;plural=n>1",
    "nplurals=2, plural=n>1;", "nplurals= 2 ; plural= n>1 ;", "nplurals = 2; plural = n>1;",
    "nplurals=x; plural=0;", "nplurals=-1; plural=0;", "nplurals=0; plural=0;",
    "nplurals=INTEGER; plural=EXPRESSION;", "NPLURALS=2; PLURAL=n>1;", "nplurals=99999; plural=0;",
}  # fmt: skip


@pytest.mark.parametrize(
    "counted", ["", 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n']
)
def test_plural_forms_are_refused_where_msgfmt_refuses_them(counted: str, tmp_path: Path) -> None:
    file = tmp_path / "fr.po"
    for forms in sorted(FORMS):
        file.write_text(
            'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"MIME-Version: 1.0\\n"\n'
            '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
            f'"Plural-Forms: {forms}\\n"\n\n{counted}',
            "utf-8",
        )
        command = ["msgfmt", "--check-header", "--check-format", "-o", os.devnull, str(file)]
        taken = subprocess.run(command, capture_output=True, check=False).returncode == 0
        problems = check_catalogue_file(file.read_bytes(), "fr", "fr.po")
        assert taken == ("PO104" not in {problem.code for problem, _ in problems}), forms
