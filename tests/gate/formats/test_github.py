"""Findings as GitHub workflow commands."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given

from pipeline.findings import Place, Report, Severity
from tests.gate.formats.reports import harmful, only, reports, write


@given(reports)
def test_github_has_a_line_for_each_finding(report: Report) -> None:
    text = write("github", report)
    lines = text.split("\n") if text else []
    assert not harmful(text)
    assert len(lines) == len(report.findings)
    assert all(re.match(r"::(error|warning|notice) [^:]*::", line) for line in lines)
    assert [line.split()[0][2:] for line in lines] == sorted(
        (line.split()[0][2:] for line in lines), key=["error", "warning", "notice"].index
    )


@given(reports)
def test_github_fields_are_those_it_knows(report: Report) -> None:
    for line in filter(None, write("github", report).split("\n")):
        fields = line.split(" ", 1)[1].split("::", 1)[0]
        properties = dict(field.split("=", 1) for field in fields.split(","))
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert ("col" in properties) == (
            "line" in properties and properties["line"] == properties["endLine"]
        )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "::warning title=TY101::m"),
        ({"severity": Severity.INFO}, "::notice title=TY101::m"),
        ({"message": "50%\r\n::error::x"}, "::warning title=TY101::50%25%0D%0A::error::x"),
        ({"message": "%0A"}, "::warning title=TY101::%250A"),
        (
            {"place": Place("a:b,c%\n.md", 3)},
            "::warning file=a%3Ab%2Cc%25%0A.md,line=3,endLine=3,col=1,endColumn=1,title=TY101::m",
        ),
        (
            {"place": Place("a.md", 3), "catalogue": Place("a.po", 4, 2, 5, 1)},
            "::warning file=a.po,line=4,endLine=5,title=TY101::m",
        ),
    ],
)
def test_github_lines(changes: dict[str, Any], expected: str) -> None:
    assert write("github", only(**changes)) == expected
