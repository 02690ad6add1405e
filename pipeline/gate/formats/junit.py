"""Render findings as failed JUnit tests, which most CI servers show.

No other module imports junitparser.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.findings import Severity
from pipeline.gate.formats.printable import visible, with_spaces
from pipeline.gate.formats.text import headline, quoted, where

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
        root.add_testsuite(_suite(visible(path), findings, report, rules))
    root.update_statistics()  # type: ignore[no-untyped-call]
    out = BytesIO()
    root.write(out, pretty=True)
    return out.getvalue().decode("utf-8").rstrip("\n")


def _suite(
    path: str, findings: list[Finding], report: Report, rules: Mapping[str, Rule]
) -> TestSuite:
    from junitparser import TestSuite

    suite = TestSuite(path)
    suite.add_property("engines", visible(", ".join(report.engines)) or "none")
    notes = [finding for finding in findings if finding.severity is Severity.INFO]
    failed = [finding for finding in findings if finding.severity is not Severity.INFO]
    cases = [_failed(path, finding, rules) for finding in failed]
    if notes or not failed:
        cases.append(_passed(path, notes, failed=bool(failed)))
    suite.add_testcases(cases)
    return suite


def _failed(path: str, finding: Finding, rules: Mapping[str, Rule]) -> TestCase:
    from junitparser import Failure, TestCase

    place = finding.catalogue or finding.place
    at = f" {place.line}:{place.column}" if place else ""
    case = TestCase(f"{visible(finding.code)}{at}", path)
    failure = Failure(headline(finding), visible(finding.code))
    failure.text = "\n".join(_lines(finding, rules))
    case.result = failure
    return case


def _passed(path: str, notes: list[Finding], *, failed: bool) -> TestCase:
    from junitparser import TestCase

    case = TestCase("notes" if failed else "no errors and no warnings", path)
    if notes:
        case.system_out = "\n".join(_at(note) + headline(note) for note in notes)
    return case


def _lines(finding: Finding, rules: Mapping[str, Rule]) -> Iterator[str]:
    yield _at(finding) + headline(finding)
    if finding.catalogue and finding.place:
        yield f" --> {where(finding.place)}"
    yield from (f"  | {line}" for line in quoted(finding, _WIDTH))
    for suggestion in finding.suggestions:
        yield f"help: {with_spaces(suggestion) or 'remove it'}"
    if finding.code in rules:
        yield f"why: {visible(rules[finding.code].why)}"


def _at(finding: Finding) -> str:
    place = finding.catalogue or finding.place
    return f"{where(place)}: " if place else ""
