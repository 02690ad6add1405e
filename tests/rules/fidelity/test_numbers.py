"""Numbers by value, in the conventions of two locales."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings import Severity
from pipeline.rules.fidelity.markup import RULES
from pipeline.rules.fidelity.numbers import compare_numbers
from tests.strategies import inline_texts

SAME = {
    "decimals": ("3.50", "3,5", "fr"),
    "thousands": ("1,234", "1 234", "fr"),
    "thousands, no-break": ("1,234", "1\u00a0234", "fr"),
    "thousands, narrow": ("1,234,567", "1\u202f234\u202f567", "fr"),
    "thousands, thin": ("1,234", "1\u2009234", "fr"),
    "thousands, by a full stop": ("1,234", "1.234", "es"),
    "thousands, by an apostrophe": ("1,234", "1’234", "de_CH"),
    "thousands, by nothing": ("1,234", "1234", "fr"),
    "thousands and decimals": ("1,234.50", "1.234,5", "es"),
    "thousands of thousands": ("1,234,567", "1.234.567", "es"),
    "Indian": ("100,000", "1,00,000", "hi"),
    "Arabic": ("1,234.5 of 6", "١٬٢٣٤٫٥ ٦", "ar"),
    "foreign decimals": ("1.5", "1.5", "fr"),
    "foreign thousands": ("1,234", "1.234", "fr"),
    "no leading zero": (".5", "0,5", "fr"),
    "leading zero": ("on 5/11", "le 05/11", "fr"),
    "percent": ("50%", "50 %", "fr"),
    "time": ("10:30", "10 h 30", "fr"),
    "time without minutes": ("at 10:00", "à 10 h", "fr"),
    "time in one word": ("10:30", "10h30", "fr"),
    "afternoon": ("3 p.m.", "15 h", "fr"),
    "afternoon with minutes": ("3:30 PM", "15 h 30", "fr"),
    "afternoon twice": ("3pm, and 3", "15 h, et 3", "fr"),
    "morning": ("12 a.m.", "0 h", "fr"),
    "noon": ("12 p.m.", "12 h", "fr"),
    "office hours": ("from 9 a.m. to 5 p.m.", "de 9 h à 17 h", "fr"),
    "date": ("11/23/2026", "23/11/2026", "fr"),
    "date with full stops": ("11/23/2026", "23.11.2026", "de"),
    "range": ("5–10", "de 5 à 10", "fr"),
    "short range": ("2019–20", "2019-2020", "fr"),
    "decade": ("the 1990s", "les années 90", "fr"),
    "short decade": ("the ’90s", "los años 1990", "es"),
    "short year": ("in ’24", "en 2024", "fr"),
    "version": ("1.2.3", "1.2.3", "fr"),
    "telephone": ("+1 212-555-0123", "+1 212 555 01 23", "fr"),
    "all day": ("24/7", "24 h, 7 j", "fr"),
    "minus": ("−5", "-5", "fr"),
    "minus in a word": ("-5", "moins 5", "fr"),
    "at least": ("at least 5", "au moins 5", "fr"),
    "ordinals": ("1st, 2nd, 3rd", "1er, 2e, 3e", "fr"),
    "Spanish ordinal": ("1st", "1º", "es"),
    "millions": ("$5M", "5 millions de dollars", "fr"),
    "thousands by a letter": ("10K", "10 000", "fr"),
    "long scale": ("$1 billion", "1 milliard", "fr"),
    "a thousand millions": ("1 billion", "1000 millones", "es"),
    "mil millones": ("2 billion", "2 mil millones", "es"),
    "scale that is not known": ("5 million", "5 Millionen", "de"),
    "ten thousands": ("50,000 people", "5万人", "zh"),
    "cents": ("12 cents", "12 cents", "fr"),
    "digits for a word": ("six", "6", "fr"),
    "word for digits": ("6", "six", "fr"),
    "word of several": ("21 and 97", "vingt et un et quatre-vingt-dix-sept", "fr"),
    "thousands in words": ("2024", "dos mil veinticuatro", "es"),
    "ordinal word": ("the 2nd", "la deuxième", "fr"),
    "article": ("1 day", "un jour", "fr"),
    "half": ("50% of it", "la moitié", "fr"),
    "dozen": ("12", "une douzaine", "fr"),
    "fortnight": ("14 days", "quinze jours", "fr"),
    "Roman century": ("19th century", "XIXe siècle", "fr"),
    "Roman century in Spanish": ("19th century", "siglo XIX", "es"),
    "Roman king": ("Henry 8", "Henri VIII", "fr"),
    "fraction": ("1/2", "½", "fr"),
    "raised digit": ("5 m2", "5 m²", "fr"),
    "list": ("1,2,3", "1, 2, 3", "fr"),
    "space between two numbers": ("chapter 3 200 pages", "chapitre 3, 200 pages", "fr"),
    "end of a sentence": ("in 10.", "en 10", "fr"),
    "in an address": ("https://a.b/12", "", "fr"),
    "in code": ("`12`", "x", "fr"),
    "in a footnote": ("a[^12]", "a", "fr"),
    "in an entity": ("a&#160;b", "a b", "fr"),
    "order": ("5 of 12", "12, dont 5", "fr"),
}
OTHER = {
    "digit": ("in 2024", "en 2025", "fr", "number 2024 is missing: found 2025 instead", "2025"),
    "decimals lost": ("12.5", "125", "fr", "number 12.5 is missing: found 125 instead", "125"),
    "sign lost": ("−5", "5", "fr", "number −5 is missing: found 5 instead", "5"),
    "version": ("1.2.3", "1.2.4", "fr", "number 1.2.3 is missing: found 1.2.4 instead", "1.2.4"),
    "lost": ("5 days", "des jours", "fr", "number 5 is missing", ""),
    "twice": ("5 and 5", "5", "fr", "number 5 is missing", ""),
    "both": ("7, 7", "", "fr", "number 7 is missing (2 times)", ""),
    "added": ("days", "5 jours", "fr", "number 5 is not in the source text", "5"),
    "the word is another's": ("5 of five", "cinq", "fr", "number 5 is missing", ""),
    "other word": ("6", "sept", "fr", "number 6 is missing", ""),
    "convention": (
        "1,234",
        "1,234",
        "fr",
        "number 1,234 means 1234 in the source text but 1.234 here",
        "1,234",
    ),
    "scale": (
        "$1 billion",
        "1 million",
        "fr",
        "number 1 means 1000000000 in the source text but 1000000 here",
        "1",
    ),
    "century": ("19th century", "XVIIIe siècle", "fr", "number 19 is missing", ""),
    "morning": ("3 a.m.", "15 h", "fr", "number 3 is missing: found 15 instead", "15"),
    "part of a word": ("in Q1", "en été", "fr", "number 1 is missing", ""),
}


@pytest.mark.parametrize(("source", "target", "locale"), SAME.values(), ids=list(SAME))
def test_same_value(source: str, target: str, locale: str) -> None:
    assert compare_numbers(source, target, "en", locale) == []


@pytest.mark.parametrize(
    ("source", "target", "locale", "message", "place"), OTHER.values(), ids=list(OTHER)
)
def test_other_value(source: str, target: str, locale: str, message: str, place: str) -> None:
    [problem] = compare_numbers(source, target, "en", locale)
    assert (problem.code, problem.message) == ("MK108", message)
    assert target[problem.start : problem.end] == place


@pytest.mark.parametrize(
    ("source", "target", "locale", "suggestions"),
    [
        ("2024", "2025", "fr", ("2024",)),
        ("1,234.5", "1 235,5", "fr", ("1\u202f234,5",)),
        ("1,234", "1,234", "fr", ("1\u202f234",)),
        ("1,234", "1,235", "es", ("1.234",)),
        ("12.5", "125", "fr", ("12,5",)),
        ("1.2.3", "1.2.4", "fr", ("1.2.3",)),
        ("$1 billion", "1 million", "fr", ()),
        ("5", "des", "fr", ()),
    ],
)
def test_the_number_is_suggested_as_the_language_writes_it(
    source: str, target: str, locale: str, suggestions: tuple[str, ...]
) -> None:
    [problem] = compare_numbers(source, target, "en", locale)
    assert problem.suggestions == suggestions


@pytest.mark.parametrize(
    ("source", "target", "locale", "severity"),
    [
        ("250", "x", "fr", None),
        ("7", "x", "fr", None),
        ("7", "sieben", "de", Severity.WARNING),
        ("250", "sieben", "de", None),
        ("B2B", "x", "fr", Severity.WARNING),
        ("x", "250", "fr", Severity.WARNING),
    ],
)
def test_what_may_be_right_is_a_warning(
    source: str, target: str, locale: str, severity: Severity | None
) -> None:
    [problem] = compare_numbers(source, target, "en", locale)
    assert problem.severity is severity


def test_a_small_number_may_be_a_word_in_a_language_that_is_not_known() -> None:
    assert compare_numbers("sieben", "7", "de", "fr") == []
    assert len(compare_numbers("sieben", "250", "de", "fr")) == 1


def test_source_and_target_may_change_sides() -> None:
    assert compare_numbers("1 234,5 à 15 h", "1,234.5 at 3 p.m.", "fr", "en") == []
    assert compare_numbers("au XIXe siècle", "in the 19th century", "fr", "en") == []


def test_examples() -> None:
    bad, good = RULES["MK108"].bad, RULES["MK108"].good
    assert len(compare_numbers(bad.source, bad.text, "en", bad.locale)) == 2
    assert compare_numbers(good.source, good.text, "en", good.locale) == []


@given(inline_texts, st.sampled_from(["en", "fr", "es", "de_CH", "ar", ""]))
def test_a_text_has_its_own_numbers(text: str, locale: str) -> None:
    assert compare_numbers(text, text, locale, locale) == []


@given(st.integers(0, 10**9), st.sampled_from(["fr", "es", "de_CH", "pt_PT"]))
def test_any_number_is_the_same_in_any_grouping(number: int, locale: str) -> None:
    grouped = f"{number:,}"
    for sign in ("", " ", "\u00a0", "\u202f"):
        assert compare_numbers(grouped, grouped.replace(",", sign), "en", locale) == []
