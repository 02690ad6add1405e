"""Render findings as SARIF 2.1.0, an OASIS standard that code hosts and editors read.

Section numbers are those of the standard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pipeline import __version__
from pipeline.findings import Severity
from pipeline.gate.formats.printable import dump_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.findings import Finding, Place, Report
    from pipeline.rules import Rule

__all__ = ["render"]

# Code hosts ask for it, though the standard does not.
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ESCAPED = frozenset('"\\')

_Object = dict[str, Any]


def render(report: Report, rules: Mapping[str, Rule]) -> str:
    """Return one run: the rules that occur, and a result for each finding.

    A result is in the PO file, if it has a place there, and the article's place is related to
    it. Suggestions are fixes only where the place is exactly the words to replace.
    """
    codes = sorted({finding.code for finding in report.findings})
    driver = {
        "name": "pipeline",
        "version": __version__,
        "rules": [_rule(code, rules.get(code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The project folder."}}},
        "results": [_result(finding, codes.index(finding.code)) for finding in report.findings],
        "properties": {"engines": list(report.engines)},
    }
    return dump_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(code: str, rule: Rule | None) -> _Object:
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, index: int) -> _Object:
    places = [place for place in (finding.catalogue, finding.place) if place]
    result: _Object = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _escape_braces(finding.message)},
        "locations": [{"physicalLocation": _location(place)} for place in places[:1]],
    }
    if places[1:]:
        related = {"physicalLocation": _location(places[1]), "message": {"text": "in the article"}}
        result["relatedLocations"] = [{"id": 1, **related}]
    if finding.fingerprint:
        result["partialFingerprints"] = {"pipeline/v1": finding.fingerprint}
    if fixes := list(_fixes(finding)):
        result["fixes"] = fixes
    candidates = {"locale": finding.locale, "context": finding.context, "rule": finding.rule}
    if properties := {name: value for name, value in candidates.items() if value}:
        result["properties"] = properties
    return result


def _escape_braces(text: str) -> str:
    """Double the braces, which else are places for arguments (3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")


def _location(place: Place) -> _Object:
    return {"artifactLocation": _artifact(place), "region": _region(place)}


def _artifact(place: Place) -> _Object:
    # A path that the system could not decode holds lone surrogates.
    path = quote(place.path, safe="/", errors="surrogatepass")
    if place.path.startswith("/"):
        return {"uri": f"file://{path}"}
    return {"uri": path, "uriBaseId": _ROOT}


def _region(place: Place) -> _Object:
    region = {"startLine": place.line, "startColumn": place.column}
    if place.end_line:
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    return region


def _fixes(finding: Finding) -> Iterator[_Object]:
    place = finding.catalogue or finding.place
    if place is None or not _is_exact(finding, place):
        return
    for suggestion in filter(_is_unescaped, finding.suggestions):
        new = {"deletedRegion": _region(place), "insertedContent": {"text": suggestion}}
        change = {"artifactLocation": _artifact(place), "replacements": [new]}
        yield {"artifactChanges": [change]}


def _is_exact(finding: Finding, place: Place) -> bool:
    """Return whether the place is exactly the finding's words: as long, no escape or line end."""
    marked_text = finding.text[finding.start : finding.end]
    return (
        finding.end > 0
        and place.end_line == place.line
        and place.end_column - place.column == len(marked_text)
        and _is_unescaped(marked_text)
    )


def _is_unescaped(text: str) -> bool:
    """Return whether a file has the text unchanged; PO files escape these characters."""
    return not any(character in _ESCAPED or character < " " for character in text)
