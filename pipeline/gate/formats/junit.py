"""Render findings as failed JUnit tests, which most CI servers show.

No other module imports junitparser.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.findings import Severity
from pipeline.gate.formats.printable import show_controls, show_spaces
from pipeline.gate.formats.text import format_place, headline, quote_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from junitparser import TestCase, TestSuite

    from pipeline.findings import Finding, Report
    from pipeline.rules import Rule

__all__ = ["render"]

_NO_FILE = "pipeline check"
_WIDTH = 100
"""Width of an excerpt, in cells."""


def render(report: Report, rules: Mapping[str, Rule]) -> str:
    """Return a suite for each file, in which each error or warning is a failed test.

    A file without any has one test that passed, and so has a report without findings. Notes
    are the output of that test, or of one beside the failed ones.
    """
    from junitparser import JUnitXml  # takes 30 ms, and few runs need it

    files: dict[str, list[Finding]] = {} if report.findings else {_NO_FILE: []}
    for finding in report.findings:
        place = finding.catalogue or finding.place
        files.setdefault(place.path if place else _NO_FILE, []).append(finding)
    root = JUnitXml("pipeline check")
    for path, findings in files.items():
        root.add_testsuite(_suite(show_controls(path), findings, report, rules))
    root.update_statistics()  # type: ignore[no-untyped-call]
    out = BytesIO()
    root.write(out, pretty=True)
    return out.getvalue().decode("utf-8").rstrip("\n")


def _suite(
    path: str, findings: list[Finding], report: Report, rules: Mapping[str, Rule]
) -> TestSuite:
    from junitparser import TestSuite

    suite = TestSuite(path)
    suite.add_property("engines", show_controls(", ".join(report.engines)) or "none")
    notes = [finding for finding in findings if finding.severity is Severity.INFO]
    failing = [finding for finding in findings if finding.severity is not Severity.INFO]
    cases = [_failed_test(path, finding, rules) for finding in failing]
    if notes or not failing:
        cases.append(_passed_test(path, notes, failed=bool(failing)))
    suite.add_testcases(cases)
    return suite


def _failed_test(path: str, finding: Finding, rules: Mapping[str, Rule]) -> TestCase:
    from junitparser import Failure, TestCase

    place = finding.catalogue or finding.place
    at = f" {place.line}:{place.column}" if place else ""
    case = TestCase(f"{show_controls(finding.code)}{at}", path)
    failure = Failure(headline(finding), show_controls(finding.code))
    failure.text = "\n".join(_lines(finding, rules))
    case.result = failure
    return case


def _passed_test(path: str, notes: list[Finding], *, failed: bool) -> TestCase:
    from junitparser import TestCase

    case = TestCase("notes" if failed else "no errors and no warnings", path)
    if notes:
        case.system_out = "\n".join(_place_prefix(note) + headline(note) for note in notes)
    return case


def _lines(finding: Finding, rules: Mapping[str, Rule]) -> Iterator[str]:
    yield _place_prefix(finding) + headline(finding)
    if finding.catalogue and finding.place:
        yield f" --> {format_place(finding.place)}"
    yield from (f"  | {line}" for line in quote_text(finding, _WIDTH))
    for suggestion in finding.suggestions:
        yield f"help: {show_spaces(suggestion) or 'remove it'}"
    if finding.code in rules:
        yield f"why: {show_controls(rules[finding.code].why)}"


def _place_prefix(finding: Finding) -> str:
    place = finding.catalogue or finding.place
    return f"{format_place(place)}: " if place else ""
