"""`pipeline check`: what it prints and writes, and its exit code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.situations import done

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
