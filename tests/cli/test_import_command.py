"""`pipeline import` at the command line: options, exit codes, standard input."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from unittest import mock

from pipeline.cli.program import main
from pipeline.importers import FIELDS
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_it_needs_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["import", "a.txt"]) == 2
    assert "create one with 'pipeline init'" in capsys.readouterr().err


def test_it_needs_a_file(tmp_path: Path) -> None:
    outcome = Project(tmp_path).run("import")
    assert (outcome.code, "FILE" in outcome.err) == (2, True)


def test_the_help_names_each_field(tmp_path: Path) -> None:
    text = Project(tmp_path).run("import", "--help").out
    assert [field for field in FIELDS if field not in text] == []


def test_a_column_has_a_field_and_a_heading(tmp_path: Path) -> None:
    outcome = Project(tmp_path).run("import", "a.csv", "--column", "who=Name")
    assert outcome.code == 2
    assert "expected FIELD=HEADING, found: 'who=Name'" in outcome.err


def test_standard_input_that_is_closed(tmp_path: Path) -> None:
    with mock.patch("sys.stdin", None):
        outcome = Project(tmp_path).run("import", "-")
    assert (outcome.code, "standard input cannot be read" in outcome.err) == (2, True)


def test_standard_input_that_is_endless_is_read_to_the_limit(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            assert isinstance(buffer, memoryview)
            self.given += len(buffer)
            return len(buffer)

    endless = Endless()
    with mock.patch("sys.stdin", mock.Mock(buffer=io.BufferedReader(endless))):
        outcome = Project(tmp_path).run("import", "-")
    assert outcome.code == 2
    assert endless.given < 70_000_000


def test_quiet(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("a.txt", "On salt\n\n" + "We never weigh the salt that we take for it. " * 9)
    assert project.done("import", "a.txt", "--quiet") == (0, "", "")
