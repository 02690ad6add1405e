"""Command line: exit codes, dry runs, selection of articles, messages."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest

from pipeline import __version__, commands
from pipeline.cli import program as cli
from pipeline.rules.codes import RULES
from tests.cli.situations import FRENCH, SITUATIONS, WRITING, done, fresh, version_exists
from tests.sample_project import Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.commands.job import Job

PROJECT = [*WRITING, "check", "status"]
EVERY = [*PROJECT, "init", "rules"]


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.__name__)
@pytest.mark.parametrize("command", WRITING)
def test_check_writes_nothing_and_foretells_the_run(
    command: str, situation: Callable[[Path], Project], tmp_path: Path
) -> None:
    project = situation(tmp_path)
    before, stamps = _reported_files(project), project.stamps()

    rehearsal = project.run(command, "--check")
    assert project.stamps() == stamps

    run = project.done(command)
    after = _reported_files(project)
    assert rehearsal.code == (after != before), (rehearsal, run)
    changed = {path for path in after if after[path] != before.get(path)}
    assert set(re.findall("would change (.*)", rehearsal.err)) == changed
    assert set(re.findall("wrote (.*)", run.err)) == changed

    stamps = project.written()
    project.done(command)
    assert project.written() == stamps


def _reported_files(project: Project) -> dict[str, bytes]:
    """Return the files that a run reports: all but the record of built pages."""
    return {path: data for path, data in project.tree().items() if not path.endswith("-pages")}


def test_the_situations_tell_commands_apart(tmp_path: Path) -> None:
    """Check that each command has work in at least one situation and none in another."""
    codes: dict[str, set[int]] = {command: set() for command in WRITING}
    for number, situation in enumerate((fresh, version_exists, done)):
        project = situation(tmp_path / str(number))
        for command in WRITING:
            codes[command].add(project.run(command, "--check").code)
    assert all(exit_codes == {0, 1} for exit_codes in codes.values()), codes


NARROWED = {
    "extract": {"locales/templates/LC_MESSAGES/b.pot"},
    "merge": {"locales/es/LC_MESSAGES/b.po"},
    "translate": {"locales/es/LC_MESSAGES/b.po"},
    "align": {"locales/es/LC_MESSAGES/b.po"},
    # Nothing is aligned before, so that Spanish cannot be published.
    "build": {"build/en/b.md", "build/en/b.html", "build/en/index.html"},
}
NARROWED["run"] = {f"build/es/{page}" for page in ("b.md", "b.html", "index.html")}.union(
    *NARROWED.values()
)


@pytest.mark.parametrize("command", WRITING)
def test_article_and_locale_narrow_what_is_written(command: str, tmp_path: Path) -> None:
    project = Project(
        tmp_path, "a", "b", "b/c", locales=["fr", "es"], publish_at=0.0, align_accept=True
    )
    description = "\ndescription: Combien ?\n---\n\n"
    for version in ("a/es", "b/fr", "b/es"):
        project.write(f"source/{version}.md", FRENCH.replace("\n---\n\n", description))
    before = _reported_files(project)
    project.done(command, "--article", "b", "--locale", "es")
    assert set(_reported_files(project)) - set(before) == NARROWED[command]


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
    pairs = {(row.get("article"), row.get("locale")) for row in items.get("sections", [])}
    assert rows
    assert pairs in (set(), {("b", "es")})
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


def test_an_interrupted_run_is_exit_code_130(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_job: Job) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "build", interrupted)
    outcome = Project(tmp_path).run("build")
    assert outcome.code == 130
    assert outcome.err == "error: interrupted; run the command again to continue\n"


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
    (["xyzzy"], "unknown command 'xyzzy'; available: run, extract, merge,"),
    (["merge", "--lcale", "fr"], "unknown option '--lcale'; did you mean '--locale'?"),
    (["merge", "--articel=salt"], "unknown option '--articel=salt'; did you mean '--article'?"),
    (["build", "--offline"], "unknown option '--offline'; see 'pipeline build --help'"),
    (["status", "--jsn"], "unknown option '--jsn'; did you mean '--json'?"),
    (["--verison"], "unknown option '--verison'; did you mean '--version'?"),
    (["merge", "salt"], "unexpected argument 'salt'; see 'pipeline merge --help'"),
    (["help", "mreg"], "unknown command 'mreg'; did you mean 'merge'?"),
    (
        ["merge", "--locale", "French"],
        "locale 'French' is not in the settings ('locales'); did you mean 'fr'?",
    ),
    (
        ["merge", "--locale", "german"],
        "locale 'german' is not in the settings ('locales'); available: fr",
    ),
    (["--print-completion", "nu"], "unknown --print-completion 'nu'; available: bash, zsh, tcsh"),
    (["--print-completion", "bsh"], "unknown --print-completion 'bsh'; did you mean 'bash'?"),
    (
        ["merge", "--article", "slat"],
        "no article 'slat' (no file source/slat/en.md); did you mean 'salt'?",
    ),
    (
        ["merge", "--article", "zzz"],
        "no article 'zzz' (no file source/zzz/en.md); available: salt",
    ),
    (
        ["merge", "--locale", "fr_FR"],
        "locale 'fr_FR' is not in the settings ('locales'); did you mean 'fr'?",
    ),
    (
        ["merge", "--locale", "ja"],
        "locale 'ja' is not in the settings ('locales'); available: fr",
    ),
    (
        ["init", "--locales", "fr_CH,french", "new"],
        "unknown locale 'french': expected a name such as fr, fr_CA or zh_Hant; did you mean 'fr'?",
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
    help_text = project.run("--help").out
    assert all(f"\n    {command} " in help_text for command in EVERY)
    codes = help_text.partition("exit codes:")[2].split()
    assert all(str(code) in codes for code in (0, 1, 2, 130))


@pytest.mark.parametrize(
    ("asked", "option"),
    [
        (["help"], ["--help"]),
        (["help", "help"], ["--help"]),
        (["help", "merge"], ["merge", "--help"]),
        (["help", "merge", "--locale"], ["merge", "--help"]),
    ],
)
def test_help_is_a_command_too(asked: list[str], option: list[str], tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert project.done(*asked).out == project.done(*option).out


def test_version(tmp_path: Path) -> None:
    assert Project(tmp_path).run("--version").out == f"pipeline {__version__}\n"


@pytest.mark.parametrize(
    "shell",
    ["bash", *(pytest.param(name, marks=pytest.mark.heavy(name)) for name in ("zsh", "fish"))],
)
def test_completion_is_a_script(shell: str, tmp_path: Path) -> None:
    outcome = Project(tmp_path).run("--print-completion", shell)
    assert outcome.code == 0
    assert all(command in outcome.out for command in EVERY)
    subprocess.run([shell, "-n"], input=outcome.out, text=True, check=True, timeout=20)


def test_rules_are_listed(tmp_path: Path) -> None:
    listed = Project(tmp_path).done("rules").out.splitlines()
    assert [line.split()[0] for line in listed] == list(RULES)


def test_a_rule_of_the_engine_has_no_page(tmp_path: Path) -> None:
    outcome = Project(tmp_path).run("rules", "D_J")
    assert outcome.code == 2
    assert "unknown code 'D_J'; for rules of the grammar engine, see GR101 to GR105" in outcome.err


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
    assert "warning: setting 'locales' is empty; add the languages to translate into" in outcome.err
    assert set(project.tree()) >= {"locales/templates/LC_MESSAGES/salt.pot", "build/en/salt.html"}


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
