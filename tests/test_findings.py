"""Fingerprints of findings: stable when lines move, different for another text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.findings import Finding, Place, Severity, fingerprinted

ONE = Finding(
    "TY101",
    Severity.WARNING,
    "a blank is missing",
    "ana",
    "Why?",
    Place("en.md", 3),
    Place("fr.po", 8, 10, 8, 11),
    text="Pourquoi? Comment? Et puis encore une fois.",
    start=8,
    end=9,
)


def prints(*findings: Finding) -> list[str]:
    return [finding.fingerprint for finding in fingerprinted(findings)]


SAME = {
    "lines": replace(ONE, place=Place("en.md", 30), catalogue=Place("fr.po", 80, 1)),
    "message": replace(ONE, message="une espace manque"),
    "severity": replace(ONE, severity=Severity.INFO),
    "words around": replace(ONE, text="Pourquoi? Où?"),
}
OTHER = {
    "code": replace(ONE, code="TY102"),
    "rule": replace(ONE, rule="R"),
    "file": replace(ONE, catalogue=Place("es.po", 8)),
    "section": replace(ONE, context="ben"),
    "words": replace(ONE, text="Pourquoi! Comment? Et puis encore une fois."),
    "source": replace(ONE, source="When?"),
}


@pytest.mark.parametrize("other", SAME.values(), ids=SAME)
def test_the_same_finding(other: Finding) -> None:
    assert prints(ONE) == prints(other)


@pytest.mark.parametrize("other", OTHER.values(), ids=OTHER)
def test_another_finding(other: Finding) -> None:
    assert prints(ONE) != prints(other)


def test_what_is_alike_is_counted() -> None:
    first, second = prints(ONE, ONE)
    assert first != second
    assert prints(ONE) == [first]
    assert len(first) == 16


def test_what_is_about_a_whole_text_goes_by_message_and_source() -> None:
    whole = replace(ONE, start=0, end=0)
    assert prints(whole) != prints(replace(whole, message="another"))
    assert prints(whole) != prints(replace(whole, source="Who?"))
    assert prints(whole) == prints(replace(whole, text="Autre"))
    assert prints(replace(whole, text="\ud800", source="\ud800"))
