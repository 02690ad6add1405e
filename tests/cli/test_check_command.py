"""Output, files and exit code of `pipeline check`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.situations import done, merged
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path


def test_a_finding_of_check_is_exit_code_1(tmp_path: Path) -> None:
    project = done(tmp_path)
    project.edit(project.po(), "Î ţååšţéé 3 ţîɱééš", "Î ţååšţéé ţîɱééš")
    outcome = project.run("check", "--no-grammar")
    assert outcome.code == 1
    line = project.unit("I taste 3 times, then I stop.").line + 1
    assert outcome.out.startswith(f"{project.po()}:{line}:1: MK108 error: number 3 is missing\n")
    assert " --> source/salt/en.md:13:1\n" in outcome.out
    assert "\n1 finding (1 error), " in outcome.out


def test_check_as_json(tmp_path: Path) -> None:
    project = done(tmp_path)
    project.edit(project.po(), "Î ţååšţéé 3 ţîɱééš", "Î ţååšţéé ţîɱééš")
    report = json.loads(project.run("check", "--no-grammar", "--json").out)
    assert report["version"] == 1
    (finding,) = (f for f in report["findings"] if f["severity"] == "error")
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


STATISTICS = "--statistics only prints text; omit --json and --output-format"
REFUSED = {
    "--statistics --json": STATISTICS,
    "--statistics --output-format github": STATISTICS,
    "--update-baseline": "--update-baseline requires --baseline FILE",
    "--baseline known.json": "known.json: baseline not found; create it with --update-baseline",
    "--baseline ../known.json": "../known.json: expected a path inside the project ",
    "../other.md": "../other.md: expected a path inside the project ",
    "--update-baseline --baseline known.json --output-file known.json": (
        "--output-file known.json: would overwrite the baseline; choose another name"
    ),
    "--output-file source/salt/en.md": "",
    "--update-baseline --baseline source/salt/en.md": "",
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.items(), ids=REFUSED)
def test_wrong_use_is_told_before_anything_is_written(
    arguments: str, message: str, tmp_path: Path
) -> None:
    project = Project(tmp_path)
    stamps = project.stamps()
    outcome = project.run("check", "--no-grammar", *arguments.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"error: {message}")
    assert project.stamps() == stamps


CODES = {
    "": 1,
    "--exit-zero": 0,
    "--ignore MK": 0,
    "--select MK": 1,
    "--select CO,TY": 0,
    "--json": 1,
    "--statistics": 1,
    "--output-file found.txt": 1,
    "--update-baseline --baseline known.json": 0,
}


@pytest.mark.parametrize(("arguments", "code"), CODES.items(), ids=CODES)
def test_the_exit_code_says_whether_there_are_findings(
    arguments: str, code: int, tmp_path: Path
) -> None:
    project = merged(tmp_path)
    project.edit(
        project.po(),
        'msgid "I taste 3 times, then I stop."\nmsgstr ""',
        'msgid "I taste 3 times, then I stop."\nmsgstr "Je goûte."',
    )
    outcome = project.run("check", "--no-grammar", *arguments.split())
    assert outcome.code == code, outcome
    elsewhere = "--output-file" in arguments
    assert (outcome.out == "") == elsewhere
    assert ("MK108" in (project.read("found.txt") if elsewhere else outcome.out)) == bool(
        code or arguments == "--exit-zero"
    )
