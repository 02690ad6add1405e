"""Findings as text for a terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings import Finding, Report, Severity
from pipeline.gate.formats.text import statistics
from tests.gate.formats.reports import EMPTY, harmful, only, reports, show
from tests.gate.formats.rich_report import REPORT, RULES

SGR = re.compile(r"\x1b\[[\d;]*m")


@pytest.mark.parametrize(
    ("severities", "verbose", "expected"),
    [
        ("", False, "0 findings"),
        ("e", False, "1 finding (1 error)"),
        ("eww", False, "3 findings (1 error, 2 warnings)"),
        ("eei", False, "2 findings (2 errors), 1 note (--verbose shows them)"),
        ("ii", False, "0 findings, 2 notes (--verbose shows them)"),
        ("ii", True, "0 findings, 2 notes"),
    ],
)
def test_the_sum(severities: str, verbose: bool, expected: str) -> None:
    severity_of = {"e": Severity.ERROR, "w": Severity.WARNING, "i": Severity.INFO}
    findings = tuple(Finding("MK108", severity_of[letter], "m") for letter in severities)
    lines = show(Report(findings, ()), verbose=verbose).splitlines()
    assert lines[-2] == expected
    assert sum(line.startswith("MK108") for line in lines) == len(
        severities if verbose else severities.replace("i", "")
    )


@pytest.mark.parametrize(
    ("engines", "expected"),
    [
        ((), "grammar was not checked (--no-grammar, or left out)"),
        (
            ("grammar was not checked (--no-grammar, or left out)",),
            "grammar was not checked (--no-grammar, or left out)",
        ),
        (("LanguageTool 6.8",), "proofread by LanguageTool 6.8"),
        (("A 1", "B 2\x1b"), "proofread by A 1, B 2␛"),
    ],
)
def test_the_engines(engines: tuple[str, ...], expected: str) -> None:
    assert show(Report((), engines)).splitlines()[-1] == expected


def test_colours_change_no_text() -> None:
    assert SGR.sub("", show(REPORT, color=True)) == show(REPORT)


@pytest.mark.parametrize(
    ("severity", "style"), [("error", "1;31"), ("warning", "1;33"), ("info", "1;36")]
)
def test_colours_tell_how_bad_it_is(severity: str, style: str) -> None:
    line = show(only(severity=Severity(severity)), color=True).splitlines()[0]
    assert line == f"\x1b[{style}mTY101 {severity}\x1b[0m: m"


@given(reports, st.booleans(), st.integers(-3, 200))
def test_no_text_controls_the_terminal(report: Report, verbose: bool, width: int) -> None:
    plain = show(report, verbose=verbose, width=width)
    assert not harmful(plain)
    assert SGR.sub("", show(report, verbose=verbose, color=True, width=width)) == plain


def test_statistics_of_nothing() -> None:
    assert statistics(EMPTY, RULES) == ""


def test_statistics_of_an_unknown_code() -> None:
    assert statistics(only(code="XX999"), RULES) == "1  XX999"
