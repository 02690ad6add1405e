"""Findings in JUnit XML."""

from __future__ import annotations

from hypothesis import given
from junitparser import JUnitXml

from pipeline.findings import Report, Severity
from tests.gate.formats.reports import EMPTY, harmful, reports, write
from tests.gate.formats.rich_report import REPORT


@given(reports)
def test_junit_can_be_read_back(report: Report) -> None:
    text = write("junit", report)
    assert not harmful(text) - {"\t"}
    root = JUnitXml.fromstring(text.encode("utf-8"))
    failing = [f for f in report.findings if f.severity is not Severity.INFO]
    cases = [case for suite in root for case in suite]
    assert sum(len(case.result) for case in cases) == root.failures == len(failing)
    assert root.tests == len(cases) > 0
    notes = "\n".join(case.system_out or "" for case in cases).split("\n")
    assert len([note for note in notes if note]) == len(report.findings) - len(failing)


def test_junit_of_nothing_is_a_test_that_passed() -> None:
    (suite,) = JUnitXml.fromstring(write("junit", EMPTY).encode("utf-8"))
    (case,) = suite
    assert (suite.name, case.name, case.is_passed) == (
        "pipeline check",
        "no errors and no warnings",
        True,
    )


def test_junit_has_a_suite_for_each_file() -> None:
    root = JUnitXml.fromstring(write("junit", REPORT).encode("utf-8"))
    paths = [(f.catalogue or f.place) for f in REPORT.findings]
    names = {place.path.replace("\x1b", "␛") if place else "pipeline check" for place in paths}
    assert {suite.name for suite in root} == names
    assert len(list(root)) == len(names)
