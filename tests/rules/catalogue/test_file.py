"""PO rules for a catalogue as a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules.catalogue.file import RULES, check_catalogue_file
from tests.catalogue.po.lint.checking import (
    HEAD,
    codes,
    found,
)

ROOT = Path(__file__).parents[3]
GOOD_FILES = sorted(
    [*ROOT.glob("locales/*/LC_MESSAGES/*.po"), *ROOT.glob("pipeline/pages/interface/*.po")]
)
TEMPLATES = sorted(
    [*ROOT.glob("locales/templates/LC_MESSAGES/*.pot"), *ROOT.glob("tests/golden/*/template.pot")]
)
GOLDEN = sorted(ROOT.glob("tests/golden/*/fr.po"))


@pytest.mark.parametrize("code", RULES)
def test_examples(code: str) -> None:
    rule = RULES[code]
    assert {problem.code for problem, _ in found(rule.bad.text)} == {code}
    assert codes(rule.good.text) == []


@pytest.mark.parametrize("path", GOOD_FILES + GOLDEN, ids=lambda p: f"{p.parts[-2]}-{p.name}")
def test_our_own_catalogues_are_good(path: Path) -> None:
    locale = path.parts[-3] if "LC_MESSAGES" in path.parts else path.stem
    assert check_catalogue_file(path.read_bytes(), locale, str(path)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: f"{p.parts[-2]}-{p.name}")
def test_our_own_templates_are_good(path: Path) -> None:
    assert check_catalogue_file(path.read_bytes(), "", str(path)) == []


def test_there_are_such_files() -> None:
    assert GOOD_FILES
    assert GOLDEN
    assert TEMPLATES


@given(st.binary() | st.text().map(lambda t: HEAD.encode() + t.encode("utf-8", "surrogatepass")))
def test_any_bytes_can_be_checked(data: bytes) -> None:
    for problem, place in check_catalogue_file(data, "fr", "x.po"):
        assert problem.code in RULES
        assert place.line >= 1
