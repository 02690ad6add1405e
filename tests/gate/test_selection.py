"""Selection of findings and their severity."""

from __future__ import annotations

import pytest

from pipeline.errors import UsageError
from pipeline.findings import Severity
from pipeline.gate.selection import covers, require_codes, select_findings
from pipeline.project.settings import CheckScope, CheckSettings

COVERED = [
    ("TY101", "TY101", "", True),
    ("TY", "TY101", "", True),
    ("TY1", "TY101", "", True),
    ("TY2", "TY101", "", False),
    ("GR", "TY101", "", False),
    ("OE", "GR104", "OE", True),
    ("FRENCH", "GR104", "FRENCH_WHITESPACE", False),
    ("FRENCH_WHITESPACE", "GR104", "FRENCH_WHITESPACE", True),
]


@pytest.mark.parametrize(("pattern", "code", "rule", "expected"), COVERED)
def test_what_a_pattern_means(pattern: str, code: str, rule: str, expected: bool) -> None:
    assert covers(pattern, code, rule) is expected


CHECK = CheckSettings(
    select=("GR",),
    ignore=("GR103",),
    severity={"GR": "info", "GR101": "error", "OE": "info"},
    locale={"fr": CheckScope(select=("TY",), ignore=("TY105",))},
    article={"a": CheckScope(select=("MK",), ignore=("MK106",))},
)


def shown_codes(locale: str, article: str, *select: str) -> list[str]:
    chosen = select_findings(CHECK, locale, article, select, ("NM",))
    codes = ("GR101", "GR103", "TY101", "TY105", "MK101", "MK106", "NM101")
    return [code for code in codes if chosen.shows(code, "")]


def test_the_nearest_selection_wins_and_all_that_is_ignored_adds_up() -> None:
    assert shown_codes("es", "b") == ["GR101"]
    assert shown_codes("fr", "b") == ["TY101"]
    assert shown_codes("fr", "a") == ["MK101"]
    assert shown_codes("fr", "a", "TY", "GR") == ["GR101", "TY101"]


def test_severity() -> None:
    chosen = select_findings(CHECK, "fr", "b", (), ())
    assert chosen.severity_of("GR101", "", Severity.WARNING) is Severity.ERROR
    assert chosen.severity_of("GR101", "OE", Severity.WARNING) is Severity.INFO
    assert chosen.severity_of("GR102", "", Severity.WARNING) is Severity.INFO
    assert chosen.severity_of("TY101", "", Severity.WARNING) is Severity.WARNING


def test_patterns_that_can_mean_nothing() -> None:
    codes = ("TY101", "GR101")
    require_codes(("TY", "GR1", "GR101", "FRENCH_WHITESPACE"), codes, "--select")
    with pytest.raises(
        UsageError, match="--select: no code begins with 'TX101'; did you mean 'TY101'"
    ):
        require_codes(("TX101",), codes, "--select")
    with pytest.raises(UsageError, match="found: 'typo'"):
        require_codes(("typo",), codes, "--select")


def test_a_rule_can_be_ignored_but_not_selected() -> None:
    require_codes(("PLACE_DE_LA_VIRGULE",), ("TY101",), "--ignore")
    with pytest.raises(UsageError, match="expected a code such as TY101, or the beginning of one"):
        require_codes(("PLACE_DE_LA_VIRGULE",), ("TY101",), "--select", rules=False)
