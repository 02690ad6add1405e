"""Catalogues used by GNU gettext tools, Babel and people."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pipeline.catalogue.po.file import load_po
from pipeline.model import OriginKind, State
from pipeline.rules import check_catalogue_file
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

LOCALES = ["fr", "es", "ar", "zh_Hant", "pt_BR", "ja", "cs"]
PYBABEL = [sys.executable, "-m", "babel.messages.frontend"]
SOURCE = "source/salt/en.md"
COMMANDS = ["extract", "merge", "align", "translate", "build", "run"]
LATER = {"SOURCE_DATE_EPOCH": "1800000000"}
DATE = re.compile(r'"(POT-Creation|PO-Revision)-Date: .*"\n')
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
        for unit in load_po(tmp_path / f"locales/{name}.pot", name).units
    ]
    assert {unit.key for unit in theirs} == {unit.key for unit in ours}
    assert ("front-matter", "The editors") in {unit.key for unit in theirs}
    assert {ref for unit in theirs for ref in unit.references} == {
        ref for unit in ours for ref in unit.references
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
    tool(edited, *update, edited.po(), "locales/salt.pot")
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

    # Of the entries, msgmerge did all that we would do.
    edited.done("merge", **LATER)
    assert entries(edited) == merged
    # What it left empty is drafted. With that write the date of the revision moves, and a
    # provenance goes that was not true any more.
    edited.done("run", "--drafts", **LATER)
    after = entries(edited)
    assert changed(merged, after) == {"", "Ask a chemist, not me!", fuzzy.source}
    assert after[fuzzy.source] == PROVENANCE.sub(b"", merged[fuzzy.source])
    assert DATE.sub("", after[""].decode()) == DATE.sub("", merged[""].decode())
    edited.done("run", "--drafts", **LATER)
    assert entries(edited) == after


def test_pybabel_update_keeps_what_we_wrote(edited: Project) -> None:
    edited.edit(SOURCE, f"- {LESS}\n", "")
    edited.done("extract")
    before = edited.catalog()
    update = ["update", "--previous", "-l", "fr", "-i", "locales/salt.pot", "-o", edited.po()]
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
    edited.write(edited.po(), saved)
    edited.done("run", "--drafts", **LATER)
    assert edited.read(edited.po()) == saved

    before = entries(edited)
    new = "I taste it 3 times with a very small spoon, on an empty stomach, before anybody is up."
    edited.edit(SOURCE, TASTE, new)
    edited.done("run", "--drafts", **LATER)
    after = entries(edited)
    assert changed(before, after) == {"", TASTE, f"#~ {TASTE}", new, WEIGH}
    assert after[WEIGH] == PROVENANCE.sub(b"", before[WEIGH])
    assert b"X-Generator: Poedit 3.4" in after[""]
    assert DATE.sub("", after[""].decode()) == DATE.sub("", before[""].decode())


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
    assert entries(edited) == before

    edited.edit(SOURCE, "We asked two cooks", "We asked a couple of cooks")
    edited.done(command, **LATER)
    after = entries(edited)
    translations = {source: after[source] for source in (TASTE, LESS, MORE)}
    assert translations == {source: before[source] for source in translations}
    weigh = edited.unit(WEIGH)
    assert (weigh.target, weigh.state) == ("Je ne le pèse jamais.", State.REVIEWED)
    assert edited.unit(TASTE).state is State.REVIEWED
    assert edited.unit(LESS).comments == ("Ask Ben what he means.",)


def test_provenance_goes_with_the_next_write_that_is_needed(edited: Project) -> None:
    """Only the provenance of the changed text is affected."""
    stale = edited.unit(WEIGH)
    assert stale.origin.kind is OriginKind.MACHINE
    assert not stale.untouched
    edited.done("run", "--drafts", **LATER)
    assert edited.unit(WEIGH).origin.kind is OriginKind.MACHINE
    edited.edit(SOURCE, f"- {MORE}\n", "")
    edited.done("merge")
    assert edited.unit(WEIGH).origin.kind is OriginKind.HUMAN
    assert edited.unit(TASTE).origin.kind is OriginKind.MACHINE
    assert edited.unit(LESS).origin.kind is OriginKind.MACHINE


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
    line = '"Last-Translator: \\n"\n'
    ours = '"Last-Translator: Ana <ana@example.org>\\n"\n"X-Poedit-Bookmarks: 1,2\\n"\n'
    edited.edit(edited.po(), line, ours)
    edited.edit(edited.po(), "# French translation of salt.\n", "# Our own title.\n#\n")
    before = entries(edited)[""]
    edited.edit(SOURCE, f"- {MORE}\n", "")
    edited.done("run", "--drafts", **LATER)
    after = entries(edited)[""]
    assert after != before
    assert DATE.sub("", after.decode()) == DATE.sub("", before.decode())


DATES = [
    ("nothing", lambda project: None, set()),
    ("a line moves", lambda project: project.edit(SOURCE, "author:", "x: y\nauthor:"), set()),
    (
        "the source grows",
        lambda project: project.edit(SOURCE, MORE, f"{MORE}\n- New."),
        {"POT", "PO"},
    ),
]


@pytest.mark.parametrize(("_what", "change", "moved"), DATES, ids=[name for name, *_ in DATES])
def test_a_date_moves_only_with_what_it_is_the_date_of(
    _what: str, change: object, moved: set[str], drafted: Project
) -> None:
    assert callable(change)
    change(drafted)
    drafted.done("run", **LATER)
    text = drafted.read(drafted.po())
    assert ("POT-Creation-Date: 2027" in text) == ("POT" in moved)
    assert ("PO-Revision-Date: 2027" in text) == ("PO" in moved)
    pot = drafted.read("locales/salt.pot")
    assert ("POT-Creation-Date: 2027" in pot) == ("POT" in moved)
    if moved:
        return
    drafted.review()
    drafted.done("run", **LATER)
    assert "2027" not in drafted.read(drafted.po())


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
