"""Codes, and the page that explains each of them."""

from __future__ import annotations

import re

import pytest

from pipeline.findings import Severity
from pipeline.rules import codes
from pipeline.rules.codes import GRAMMAR_RULES, RULES, explain
from pipeline.rules.rule import Example, Rule


@pytest.mark.parametrize("code", RULES)
def test_a_page_has_all_that_a_rule_says(code: str) -> None:
    rule, page = RULES[code], explain(code)
    assert page.startswith(f"{code}: {rule.summary} ({rule.severity.value})\n\n{rule.why}\n\nBad:")
    assert f'ignore = ["{code}"]' in page
    assert f"# pipeline: ignore {code} " in page
    assert f"severity = {{ {code} = " in page
    assert not re.search(r"[\u00a0\u202f]", page)
    assert [line for line in page.splitlines() if line != line.rstrip()] == []


def test_codes_of_a_family_are_listed_together_in_order() -> None:
    families = list(dict.fromkeys(code[:2] for code in RULES))
    assert list(RULES) == sorted(RULES, key=lambda code: (families.index(code[:2]), code))
    assert set(GRAMMAR_RULES) < set(RULES)


def test_how_examples_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = Example("Un\u00a0!\n\n\u202fDeux\n", "One!\n")
    rule = Rule(Severity.INFO, "a summary", "It harms.", bad, Example("Un"))
    monkeypatch.setitem(codes.RULES, "XX101", rule)
    assert explain("XX101").split("\n\n    [check]")[0].split("To ignore it")[0] == (
        "XX101: a summary (info)\n\nIt harms.\n\n"
        "Bad:\n\n    One!\n  translated as\n    Un[NBSP]!\n\n    [NNBSP]Deux\n\n"
        "Good:\n\n    Un\n\n"
    )
