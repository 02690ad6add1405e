"""Command lines parsed into values, with no option lost."""

from __future__ import annotations

import pytest

from pipeline.cli import arguments as cli
from pipeline.cli import program
from pipeline.cli.arguments import Options, parse
from pipeline.commands import JobOptions

READ: dict[str, Options] = {
    "extract": Options("extract", job=JobOptions(jobs=0)),
    "merge -q --check --jobs 2": Options("merge", quiet=True, check=True, job=JobOptions(jobs=2)),
    "run --drafts --dry-run --budget 5": Options(
        "run", job=JobOptions(drafts=True, dry_run=True, budget=5, jobs=0)
    ),
    "watch --take-over --upgrade --offline": Options(
        "watch", offline=True, job=JobOptions(take_over=True, upgrade=True, jobs=0)
    ),
    "align --min-confidence 0.5 --report": Options(
        "align", report="alignment.html", job=JobOptions(min_confidence=0.5, jobs=0)
    ),
    "translate --locale fr": Options("translate", locale="fr"),
    "build --article a": Options("build", article="a", job=JobOptions(jobs=0)),
    "status -v --json": Options("status", verbose=True, json=True),
    "check a.md --select TY --select GR,MK --diff": Options(
        "check", paths=["a.md"], select=["TY", "GR,MK"], ignore=[], diff=True
    ),
    "init there --source en --locales fr,es": Options(
        "init", folder="there", source="en", locales="fr,es"
    ),
    "memory export a.tmx": Options("memory", file="a.tmx"),
    "rules TY101": Options("rules", code="TY101"),
    "languagetool install a.zip": Options("languagetool", source="a.zip"),
}


@pytest.mark.parametrize("line", READ)
def test_a_command_line_is_one_value(line: str) -> None:
    assert parse(line.split()) == READ[line]


def test_every_option_of_every_command_is_read() -> None:
    _, parsers = cli.build_parsers()
    destinations = {*Options._fields, *JobOptions._fields, "action", "help"}
    for name, parser in parsers.items():
        assert {action.dest for action in parser._actions} <= destinations, name
    assert set(Options._fields) & set(JobOptions._fields) == set()


def test_every_command_has_its_function() -> None:
    _, parsers = cli.build_parsers()
    assert list(program._COMMANDS) == list(parsers)


@pytest.mark.parametrize(
    ("line", "rehearses"),
    [
        ("run", False),
        ("run --check", True),
        ("translate --dry-run", True),
        ("check --diff", True),
        ("check --fix", False),
        ("status", False),
    ],
)
def test_a_rehearsal_is_known(line: str, rehearses: bool) -> None:
    assert parse(line.split()).rehearses == rehearses


def test_without_a_command_help_is_all(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        parse([])
    assert stopped.value.code == 2
    assert capsys.readouterr().out.startswith("usage: pipeline")
