"""Spaces around marks and quotations, between words and before units."""

from __future__ import annotations

import pytest

from pipeline.rules.typography.languages import Habits, habits
from pipeline.rules.typography.rules import check_typography
from tests.rules.typography.checking import BAD_HABITS, GOOD_HABITS, unmarked, warnings

WRONG = {
    "question": ("fr", "Pourquoi⟦⟧? Car", "TY101", "\u202f"),
    "colon": ("fr", "demandé⟦⟧: «\u00a0Quoi\u202f?\u00a0»", "TY101", "\u00a0"),
    "behind a quotation": ("fr", "«\u00a0oui\u00a0»⟦⟧; puis", "TY101", "\u202f"),
    "behind an abbreviation": ("fr", "le web, etc.⟦⟧: oui", "TY101", "\u00a0"),
    "before a closing bracket": ("fr", "(pourquoi⟦⟧?) car", "TY101", "\u202f"),
    "first of two": ("fr", "Quoi⟦⟧?! Non", "TY101", "\u202f"),
    "capitals": ("fr", "POURQUOI⟦⟧? CAR", "TY101", "\u202f"),
    "other French": ("fr_BE", "Pourquoi⟦⟧? Car", "TY101", "\u202f"),
    "colon in Canada": ("fr_CA", "voici⟦⟧: un", "TY101", "\u00a0"),
    "guillemet open": ("fr", "un «⟦⟧mot\u00a0» ici", "TY103", "\u00a0"),
    "guillemet close": ("fr", "un «\u00a0mot⟦⟧» ici", "TY103", "\u00a0"),
    "guillemet behind a mark": ("fr", "«\u00a0Oui\u202f!⟦⟧» dit-il", "TY103", "\u00a0"),
    "guillemets in Spanish": ("es", "un «⟦ ⟧mot» aquí", "TY103", ""),
    "guillemets in Italian": ("it", "un «motto⟦\u00a0⟧» qui", "TY103", ""),
    "two spaces": ("en", "a⟦  ⟧word", "TY107", " "),
    "two spaces anywhere": ("ru", "одно⟦  ⟧слово", "TY107", " "),
    "two spaces before a mark": ("fr", "un⟦  ⟧: deux", "TY107", "\u00a0"),
    "two spaces at guillemets": ("fr", "mot⟦ \u00a0⟧»", "TY107", "\u00a0"),
    "two spaces, one no-break": ("fr", "un⟦\u00a0 ⟧mot", "TY107", "\u00a0"),
    "space before a comma": ("en", "one⟦ ⟧, two", "TY108", ""),
    "space on the wrong side": ("en", "one⟦ ,⟧two", "TY108", ", "),
    "space before a full stop": ("fr", "la fin⟦\u00a0⟧.", "TY108", ""),
    "space behind a bracket": ("sv", "en (två)⟦ ⟧, tre", "TY108", ""),
    "English question": ("en", "Why⟦ ⟧? Because", "TY114", ""),
    "Spanish colon": ("es", "Hay dos⟦ ⟧: uno", "TY114", ""),
    "bracket": ("fr", "un (⟦ ⟧mot) ici", "TY114", ""),
    "bracket's end": ("pl", "jedno (dwa⟦ ⟧) trzy", "TY114", ""),
    "opening mark": ("es", "¡⟦ ⟧Hola!", "TY114", ""),
    "quotation mark": ("es", "“⟦ ⟧Hola”", "TY114", ""),
}


@pytest.mark.parametrize(("locale", "marked", "code", "new"), WRONG.values(), ids=WRONG)
def test_what_is_wrong(locale: str, marked: str, code: str, new: str) -> None:
    text, start, end = unmarked(marked)
    problem = next(p for p in check_typography(text, locale, Habits()) if p.code == code)
    assert (problem.start, problem.end) == (start, end)
    assert problem.suggestions[:1] == ((new,) if new or end > start else ())
    assert warnings(text, locale) == [code]


STYLE = {
    "plain space": ("fr", "Quoi ? Non.", "TY102"),
    "plain space in guillemets": ("fr", "« mot\u00a0»", "TY102"),
    "glued in Switzerland": ("fr_CH", "Quoi? Non.", "TY101"),
    "spaced in Canada": ("fr_CA", "Quoi ? Non.", "TY114"),
}


@pytest.mark.parametrize(("locale", "text", "code"), STYLE.values(), ids=STYLE)
def test_house_style_is_judged_by_habit(locale: str, text: str, code: str) -> None:
    good, bad = GOOD_HABITS, BAD_HABITS
    if locale == "fr_CH":
        good, bad = good._replace(unspaced=0), bad._replace(plain=0, unspaced=50)
    for habit in (Habits(), bad):
        assert [p.code for p in check_typography(text, locale, habit)] == [code]
        assert warnings(text, locale, habit) == []
    assert warnings(text, locale, good) == [code]


@pytest.mark.parametrize(
    ("locale", "text", "code"),
    [
        ("fr", "50 % et plus", "TY116"),
        ("fr", "50% et plus", "TY116"),
        ("fr", "5 km", "TY116"),
    ],
)
def test_house_style_that_no_habit_makes_a_slip(locale: str, text: str, code: str) -> None:
    assert [p.code for p in check_typography(text, locale, GOOD_HABITS)] == [code]
    assert warnings(text, locale, GOOD_HABITS) == []


def test_a_writer_who_types_two_spaces_behind_sentences_may() -> None:
    text = "One.  Two.  Three."
    assert warnings(text, "en", habits([text], "en")) == []
    assert warnings(text, "en", habits([text, "a. B. " * 9], "en")) == ["TY107"] * 2


def test_the_width_of_a_space_is_the_document_s() -> None:
    wide = habits(["Un\u00a0! Deux\u00a0! Trois\u00a0?"], "fr")
    assert [p.suggestions for p in check_typography("Quoi?", "fr", wide)] == [("\u00a0",)]
    assert check_typography("Quoi\u00a0?", "fr", wide) == []
    narrow = habits(["Un\u202f! " * 6], "fr")
    assert [p.code for p in check_typography("Quoi\u00a0?", "fr", narrow)] == ["TY120"]
