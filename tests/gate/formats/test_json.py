"""Findings as JSON, validated against the pipeline's schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

import pipeline
from tests.gate.formats.reports import EMPTY, harmful, reports, write
from tests.gate.formats.rich_report import REPORT

if TYPE_CHECKING:
    from pipeline.findings import Report

OURS = json.loads(
    (Path(pipeline.__file__).parent / "gate" / "formats" / "findings.schema.json").read_text(
        "utf-8"
    )
)


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
