"""The command line: exit codes, rehearsals, narrowing, messages, streams."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pipeline import __version__, commands
from pipeline.cli import program as cli
from pipeline.rules.codes import RULES
from tests.sample_project import ARTICLE, ENVIRONMENT, Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.commands.job import Job

PROGRAM = [sys.executable, "-m", "pipeline"]
WRITING = ["run", "extract", "merge", "align", "translate", "build"]
PROJECT = [*WRITING, "check", "status"]
EVERY = [*PROJECT, "init", "rules"]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")

FRENCH = """\
---
title: Deux cuisiniers et le sel
---

Nous avons posé **une** question à deux cuisiniers sur [le sel](https://example.org/salt).

## Ana Ruiz, Blue Spoon (@ana_ruiz)

Je ne le pèse jamais.
"""


def fresh(root: Path) -> Project:
    return Project(root)


def done(root: Path) -> Project:
    project = Project(root)
    project.done("run", "--drafts")
    return project


def source_changed(root: Path) -> Project:
    project = done(root)
    project.edit("source/salt/en.md", "I taste 3 times", "I taste it 3 times")
    return project


def line_moved(root: Path) -> Project:
    project = done(root)
    project.edit("source/salt/en.md", "author:", "editor: Someone\nauthor:")
    return project


def draft_rewritten(root: Path) -> Project:
    project = done(root)
    project.edit(project.po(), "⟪Î ñééṽééŕ ŵééîĝĥ îţ.⟫", "Jamais.")
    return project


def reviewed(root: Path) -> Project:
    project = done(root)
    project.review()
    return project


def extracted(root: Path) -> Project:
    project = Project(root)
    project.done("extract")
    return project


def merged(root: Path) -> Project:
    project = extracted(root)
    project.done("merge")
    return project


def version_exists(root: Path) -> Project:
    project = merged(root)
    project.write("source/salt/fr.md", FRENCH)
    return project


def no_engine(root: Path) -> Project:
    project = Project(root, engines=[])
    project.done("merge")
    return project


def nothing_remembered(root: Path) -> Project:
    project = Project(root, engines=["memory"])
    project.done("merge")
    return project


def all_damaged(root: Path) -> Project:
    options = {"pseudo": {"damage": 1.0, "kinds": ["drop", "digits"]}}
    project = Project(root, text=ARTICLE.partition("## Ben")[0], engine=options)
    project.done("translate")
    return project


def no_letters(root: Path) -> Project:
    project = Project(root, text="12 345\n\n`code`\n")
    project.done("merge")
    return project


def page_deleted(root: Path) -> Project:
    project = done(root)
    (project.root / "build/en/salt.html").unlink()
    return project


SITUATIONS: list[Callable[[Path], Project]] = [
    fresh,
    extracted,
    merged,
    done,
    source_changed,
    line_moved,
    draft_rewritten,
    reviewed,
    version_exists,
    no_engine,
    nothing_remembered,
    all_damaged,
    no_letters,
    page_deleted,
]


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.__name__)
@pytest.mark.parametrize("command", WRITING)
def test_check_writes_nothing_and_foretells_the_run(
    command: str, situation: Callable[[Path], Project], tmp_path: Path
) -> None:
    project = situation(tmp_path)
    before, stamps = _told(project), project.stamps()

    rehearsal = project.run(command, "--check")
    assert project.stamps() == stamps

    run = project.done(command)
    after = _told(project)
    assert rehearsal.code == (after != before), (rehearsal, run)
    changed = {path for path in after if after[path] != before.get(path)}
    assert set(re.findall("would change (.*)", rehearsal.err)) == changed
    assert set(re.findall("wrote (.*)", run.err)) == changed

    stamps = project.written()
    project.done(command)
    assert project.written() == stamps


def _told(project: Project) -> dict[str, bytes]:
    """Give the files that a run names: all but the record of the pages that it names."""
    return {path: data for path, data in project.tree().items() if not path.endswith("-pages")}


def test_the_situations_tell_commands_apart(tmp_path: Path) -> None:
    """Each command has something to do in one of these, and nothing in another."""
    codes: dict[str, set[int]] = {command: set() for command in WRITING}
    for number, situation in enumerate((fresh, version_exists, done)):
        project = situation(tmp_path / str(number))
        for command in WRITING:
            codes[command].add(project.run(command, "--check").code)
    assert all(found == {0, 1} for found in codes.values()), codes


def test_check_of_a_network_engine_sends_nothing(tmp_path: Path) -> None:
    project = Project(tmp_path, engines=["google"])
    project.done("merge")
    outcome = project.run("translate", "--check", PIPELINE_OFFLINE="0")
    assert outcome.code == 1
    assert "would send 7 texts to google: " in outcome.err
    assert project.done("translate", "--check", "--offline", PIPELINE_OFFLINE="0")


NARROWED = {
    "extract": {"locales/b.pot"},
    "merge": {"locales/es/LC_MESSAGES/b.po"},
    "translate": {"locales/es/LC_MESSAGES/b.po"},
    "align": {"locales/es/LC_MESSAGES/b.po"},
    "build": {f"build/{lang}/b.{ending}" for lang in ("en", "es") for ending in ("md", "html")},
}
NARROWED["run"] = set().union(*NARROWED.values())


@pytest.mark.parametrize("command", WRITING)
def test_article_and_locale_narrow_what_is_written(command: str, tmp_path: Path) -> None:
    project = Project(tmp_path, "a", "b", "b/c", locales=["fr", "es"], publish_at=0.0)
    for version in ("a/es", "b/fr", "b/es"):
        project.write(f"source/{version}.md", FRENCH)
    before = _told(project)
    project.done(command, "--article", "b", "--locale", "es")
    assert set(_told(project)) - set(before) == NARROWED[command]


@pytest.mark.usefixtures("kept_engines")
@pytest.mark.parametrize("command", ["check", "status"])
def test_article_and_locale_narrow_what_is_shown(command: str, tmp_path: Path) -> None:
    project = Project(tmp_path, "a", "b", locales=["fr", "es"])
    project.done("run")
    for locale in ("fr", "es"):
        for article in ("a", "b"):
            path = project.po(locale, article)
            project.edit(path, "Î ţååšţéé 3 ţîɱééš", "Î ţååšţéé ţîɱééš")
    project.review("es", "b")
    items = json.loads(project.run(command, "--json", "--article", "b", "--locale", "es").out)
    rows = items.get("sections") or items["findings"]
    shown = {(row.get("article"), row.get("locale")) for row in items.get("sections", [])}
    assert rows
    assert shown in (set(), {("b", "es")})
    assert all(
        row["catalogue"]["path"] == project.po("es", "b") for row in items.get("findings", [])
    )


EXIT_CODES = [
    (["run"], 0),
    (["extract"], 0),
    (["merge"], 0),
    (["align"], 0),
    (["translate"], 0),
    (["build"], 0),
    (["status"], 0),
    (["check"], 0),
    (["rules"], 0),
    (["--help"], 0),
    (["-h"], 0),
    (["--version"], 0),
    (["run", "--check"], 1),
    (["init"], 2),
    ([], 2),
    (["--quiet"], 2),
    (["merge", "--quiet", "--verbose"], 2),
    (["merge", "--locale"], 2),
    (["merge", "extra"], 2),
    (["merge", "--loc", "fr"], 2),
]


@pytest.mark.parametrize(("arguments", "code"), EXIT_CODES)
def test_exit_code(arguments: list[str], code: int, tmp_path: Path) -> None:
    outcome = Project(tmp_path).run(*arguments)
    assert outcome.code == code
    assert outcome.err.startswith("error: ") == (code == 2 and arguments != []), outcome


def test_a_finding_of_check_is_exit_code_1(tmp_path: Path) -> None:
    project = done(tmp_path)
    project.edit(project.po(), "Î ţååšţéé 3 ţîɱééš", "Î ţååšţéé ţîɱééš")
    outcome = project.run("check", "--no-grammar")
    assert outcome.code == 1
    line = project.unit("I taste 3 times, then I stop.").line + 1
    assert outcome.out.startswith(f"{project.po()}:{line}:1: MK108 error: number 3 is missing\n")
    assert " --> source/salt/en.md:13:1\n" in outcome.out
    assert "\n1 finding (1 error), " in outcome.out


def test_an_interrupted_run_is_exit_code_130(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_job: Job) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "build", interrupted)
    outcome = Project(tmp_path).run("build")
    assert outcome.code == 130
    assert outcome.err == "error: interrupted; run the command again to go on\n"


def test_a_bug_shows_where_it_is_and_is_no_finding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "main", broken)
    with pytest.raises(SystemExit) as stopped:
        cli.console()
    assert stopped.value.code == 2
    error = capsys.readouterr().err
    assert "in broken" in error
    assert error.endswith("this is a bug in pipeline; please report it with the lines above\n")


NEAREST = [
    (["mrege"], "unknown command 'mrege'; did you mean 'merge'?"),
    (["xyzzy"], "unknown command 'xyzzy'; there are: run, extract, merge,"),
    (["merge", "--lcale", "fr"], "unknown option '--lcale'; did you mean '--locale'?"),
    (["merge", "--articel=salt"], "unknown option '--articel=salt'; did you mean '--article'?"),
    (["build", "--offline"], "unknown option '--offline'; see 'pipeline build --help'"),
    (["status", "--jsn"], "unknown option '--jsn'; did you mean '--json'?"),
    (["--verison"], "unknown option '--verison'; did you mean '--version'?"),
    (["merge", "salt"], "unexpected argument 'salt'; see 'pipeline merge --help'"),
    (["--print-completion", "bsh"], "unknown --print-completion 'bsh'; did you mean 'bash'?"),
    (
        ["merge", "--article", "slat"],
        "no article 'slat' (no file source/slat/en.md); did you mean 'salt'?",
    ),
    (
        ["merge", "--article", "zzz"],
        "no article 'zzz' (no file source/zzz/en.md); there are: salt",
    ),
    (
        ["merge", "--locale", "fr_FR"],
        "locale 'fr_FR' is not in the settings ('locales'); did you mean 'fr'?",
    ),
    (
        ["merge", "--locale", "ja"],
        "locale 'ja' is not in the settings ('locales'); there are: fr",
    ),
    (
        ["init", "--locales", "fr_CH,fr-CA", "new"],
        "unknown locale 'fr-CA': expected a name such as fr, fr_CA or zh_Hant; "
        "did you mean 'fr_CA'?",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), NEAREST)
def test_an_unknown_word_is_answered_with_the_nearest(
    arguments: list[str], message: str, tmp_path: Path
) -> None:
    project = Project(tmp_path)
    stamps = project.stamps()
    outcome = project.run(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith(f"error: {message}")
    assert outcome.err.count("\n") == 1
    assert project.stamps() == stamps


@pytest.mark.parametrize("command", EVERY)
def test_help_has_an_example_that_can_be_typed(command: str, tmp_path: Path) -> None:
    project = Project(tmp_path, "my-article")
    outcome = project.run(command, "--help")
    assert outcome.code == 0
    example = re.search(r"example: pipeline (.*(?:\n .*)*)", outcome.out)
    assert example
    words = shlex.split(example[1])
    assert words[0] == command
    assert project.run(*words).code in (0, 1)


def test_the_help_names_all_commands_and_exit_codes(tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert project.run().out == project.run("--help").out
    shown = project.run("--help").out
    assert all(f"\n    {command} " in shown for command in EVERY)
    codes = shown.partition("exit codes:")[2].split()
    assert all(str(code) in codes for code in (0, 1, 2, 130))


def test_version(tmp_path: Path) -> None:
    assert Project(tmp_path).run("--version").out == f"pipeline {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", pytest.param("zsh", marks=pytest.mark.heavy("zsh"))])
def test_completion_is_a_script(shell: str, tmp_path: Path) -> None:
    outcome = Project(tmp_path).run("--print-completion", shell)
    assert outcome.code == 0
    assert all(command in outcome.out for command in EVERY)
    subprocess.run([shell, "-n"], input=outcome.out, text=True, check=True, timeout=20)


@pytest.mark.parametrize("command", WRITING)
def test_quiet_says_nothing(command: str, tmp_path: Path) -> None:
    assert source_changed(tmp_path).done(command, "--quiet")[1:] == ("", "")


def test_quiet_still_gives_results_and_errors(tmp_path: Path) -> None:
    project = done(tmp_path)
    project.edit(project.po(), "Î ţååšţéé 3 ţîɱééš", "Î ţååšţéé ţîɱééš")
    assert "MK108" in project.run("check", "--no-grammar", "--quiet").out
    assert project.run("check", "--no-grammar", "--quiet", "--ignore", "MK").out == ""
    assert project.run("status", "--quiet").out == project.run("status").out
    assert project.run("merge", "--quiet", "--article", "x").err.startswith("error: ")


def test_verbose_names_every_finding_and_file(tmp_path: Path) -> None:
    many = [f"article-{number}" for number in range(13)]
    project = Project(tmp_path, *many, engines=[])
    assert "wrote 13 files; --verbose names them" in project.done("extract").err
    for path in project.tree():
        if path.endswith(".pot"):
            (tmp_path / path).unlink()
    assert project.done("extract", "--verbose").err.count("wrote locales/article-") == 13

    told = project.done("translate", "--article", many[0]).err
    assert "7 of 7 have no draft; --verbose says why" in told
    assert "MT101" not in told
    told = project.done("translate", "--article", many[0], "--verbose").err
    assert told.count("MT101 info: no draft: there is no engine") == 7

    shown = project.run("check", "--no-grammar", "--article", many[0]).out
    assert shown.startswith("0 findings, 8 notes (--verbose shows them)\n")
    shown = project.run("check", "--no-grammar", "--article", many[0], "--verbose").out
    assert shown.count("CO101 info: not translated yet") == 7


def test_status_as_json(tmp_path: Path) -> None:
    project = done(tmp_path)
    project.edit(project.po(), '#, fuzzy\nmsgctxt "introduction"', 'msgctxt "introduction"')
    shown = json.loads(project.done("status", "--json").out)
    assert shown["version"] == 1
    first, second, *_ = shown["sections"]
    assert first["context"] == "front-matter"
    assert second == {
        "article": "salt",
        "locale": "fr",
        "context": "introduction",
        "speaker": "introduction",
        "reviewed": 1,
        "draft": 0,
        "empty": 0,
        "words": 8,
        "words_reviewed": 8,
    }
    assert [row["speaker"] for row in shown["sections"]][2:] == ["Ana Ruiz", "Ben Cole"]


def test_check_as_json(tmp_path: Path) -> None:
    project = done(tmp_path)
    project.edit(project.po(), "Î ţååšţéé 3 ţîɱééš", "Î ţååšţéé ţîɱééš")
    shown = json.loads(project.run("check", "--no-grammar", "--json").out)
    assert shown["version"] == 1
    (finding,) = (f for f in shown["findings"] if f["severity"] == "error")
    line = project.unit("I taste 3 times, then I stop.").line + 1
    place = {"path": project.po(), "line": line, "column": 1, "end_line": line}
    place["end_column"] = len(project.read(project.po()).split("\n")[line - 1]) + 1
    assert len(finding.pop("fingerprint")) == 16
    assert finding == {
        "code": "MK108",
        "rule": None,
        "severity": "error",
        "message": "number 3 is missing",
        "path": "source/salt/en.md",
        "line": 13,
        "column": 1,
        "end_line": 13,
        "end_column": 30,
        "catalogue": place,
        "locale": "fr",
        "context": "ana-ruiz",
        "suggestions": [],
    }


def test_rules_are_listed(tmp_path: Path) -> None:
    listed = Project(tmp_path).done("rules").out.splitlines()
    assert [line.split()[0] for line in listed] == list(RULES)


def test_a_rule_of_the_engine_has_no_page(tmp_path: Path) -> None:
    outcome = Project(tmp_path).run("rules", "D_J")
    assert outcome.code == 2
    assert "unknown code 'D_J'; names of grammar rules are the engine's" in outcome.err


def process(
    project: Project, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command line in a process of its own, its streams into pipes."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=project.root,
        env={**os.environ, **ENVIRONMENT, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def on_terminal(project: Project, *arguments: str, **environment: str) -> str:
    """Run a command line with both streams on a terminal; give what that shows."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=project.root,
        env={**os.environ, **ENVIRONMENT, "TERM": "xterm-256color", **environment},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # Linux's way to say that the other end is closed
        pass
    finally:
        os.close(ours)
    assert child.wait(timeout=60) == 0, shown
    return shown.decode()


def test_colours_only_on_a_terminal_that_wants_them(tmp_path: Path) -> None:
    project = Project(tmp_path)
    piped = process(project, "run", "--drafts")
    assert piped.returncode == 0, piped
    assert "\x1b" not in piped.stdout + piped.stderr
    assert COLOUR.search(on_terminal(project, "status"))
    (tmp_path / project.po()).unlink()
    shown = on_terminal(project, "run", NO_COLOR="1")
    assert "pseudo drafted 7 of 7" in shown
    assert not COLOUR.search(shown)


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    project = done(tmp_path)
    ours, theirs = os.pipe()
    os.close(ours)
    for arguments in (["status"], ["check", "--json", "--no-grammar"]):
        child = subprocess.run(
            [*PROGRAM, *arguments],
            cwd=project.root,
            stdout=theirs,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
        assert (child.returncode, child.stderr) == (130, "")
    os.close(theirs)


def test_names_are_shown_as_they_are(tmp_path: Path) -> None:
    """Neither rich's markup nor its emoji codes have a meaning in what we print."""
    project = Project(tmp_path, "a [red]b[/] :smile:", locales=["fr", "es"])
    outcome = project.done("run", "--drafts")
    assert "a [red]b[/] :smile: fr: pseudo drafted 7 of 7" in outcome.err
    assert "a [red]b[/] :smile:: fr" in outcome.out
    assert "':smile:'" in project.run("merge", "--article", ":smile:").err


@pytest.mark.parametrize(
    ("value", "code"), [("1700000000", 0), ("", 0), ("yesterday", 2), ("9" * 30, 2), ("²", 2)]
)
def test_source_date_epoch(value: str, code: int, tmp_path: Path) -> None:
    project = Project(tmp_path)
    outcome = project.run("merge", SOURCE_DATE_EPOCH=value)
    assert outcome.code == code
    assert ("SOURCE_DATE_EPOCH must be seconds since 1970" in outcome.err) == (code == 2)
    if value and code == 0:
        assert "2023-11-14 22:13+0000" in project.read(project.po())


def test_a_project_without_locales_is_told_so(tmp_path: Path) -> None:
    project = Project(tmp_path, locales=[])
    outcome = project.done("run")
    assert "warning: the settings have no 'locales' to translate into" in outcome.err
    assert set(project.tree()) >= {"locales/salt.pot", "build/en/salt.html"}


def test_a_rehearsal_fails_where_a_text_would_break_its_page(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.done("run")
    project.review()
    project.edit(project.po(), "⟪Î ñééṽééŕ ŵééîĝĥ îţ.⟫", "- Jamais.")
    outcome = project.done("run")
    assert "MK109 error" in outcome.err
    for command in ("run", "build"):
        outcome = project.run(command, "--check")
        assert outcome.code == 1, outcome
        assert "MK109 error" in outcome.err
        assert "nothing would change" in outcome.err
    project.done("run", "--dry-run")


def test_a_command_that_only_shows_has_no_rehearsal(tmp_path: Path) -> None:
    outcome = Project(tmp_path).run("status", "--check")
    assert outcome.code == 2
    assert "--check" in outcome.err
