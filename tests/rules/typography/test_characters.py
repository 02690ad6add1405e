"""Apostrophes, ellipses, quotation marks, stray full stops and repeated words."""

from __future__ import annotations

import pytest

from pipeline.rules.typography.languages import Habits
from pipeline.rules.typography.rules import check_typography
from tests.rules.typography.checking import BAD_HABITS, GOOD_HABITS, unmarked, warnings

WRONG = {
    "closed twice": ("fr", "un\u00a0⟦»⟧ gros doigt.\u00a0» Il", "TY104", "«"),
    "opens nothing": ("fr", "un «\u00a0mot\u00a0⟦«⟧.", "TY104", "»"),
    "stuck to its word": ("es", "el «Name⟦«⟧ para", "TY104", "»"),
    "curly closes": ("en", "the “jails⟦“⟧ are", "TY104", "”"),
    "curly opens": ("en", "the ⟦”⟧jails” are", "TY104", "“"),
    "stray stop": ("fr", "Votre entreprise⟦. a⟧vantage et", "TY109", " a"),
    "stray stop in Spanish": ("es", "En la empresa⟦. v⟧entaja", "TY109", " v"),
    "stray stop in English": ("en", "In the company⟦. a⟧dvantage", "TY109", " a"),
    "word twice": ("fr", "c’est ⟦les les⟧ mots", "TY110", "les"),
    "word twice, capital": ("en", "⟦The the⟧ word", "TY110", "The"),
    "word twice in Spanish": ("es", "toda ⟦de de⟧ la", "TY110", "de"),
    "comma, word": ("fr", "la règle,⟦⟧les mots", "TY111", " "),
    "stop, sentence": ("fr", "de l’image.⟦⟧Notez que", "TY111", " "),
    "question without beginning": ("es", "Hola. ⟦⟧Qué tal?", "TY112", "¿"),
    "exclamation without beginning": ("es", "«⟦⟧Qué día!»", "TY112", "¡"),
    "question without end": ("es", "⟦¿⟧Qué tal.", "TY112", ""),
    "second question": ("es", "¿Sí? ⟦⟧Por qué?", "TY112", "¿"),
    "stop and comma": ("fr", "créatives⟦. ,⟧ et", "TY115", ","),
    "abbreviation and comma": ("fr", "mots, etc⟦. ,⟧ et", "TY115", ".,"),
    "comma twice": ("en", "one⟦,,⟧ two", "TY115", ","),
    "semicolon and comma": ("fr", "par exemple⟦;,⟧ un", "TY115", ","),
    "stop twice": ("en", "the end⟦..⟧", "TY115", "."),
    "acute": ("fr", "l⟦´⟧article", "TY118", "’"),
    "grave": ("fr", "aujourd⟦`⟧hui", "TY118", "’"),
    "turned": ("fr", "qu⟦‘⟧il", "TY118", "’"),
    "turned in English": ("en", "don⟦‘⟧t", "TY118", "’"),
}


@pytest.mark.parametrize(("locale", "marked", "code", "new"), WRONG.values(), ids=WRONG)
def test_what_is_wrong(locale: str, marked: str, code: str, new: str) -> None:
    text, start, end = unmarked(marked)
    problem = next(p for p in check_typography(text, locale, Habits()) if p.code == code)
    assert (problem.start, problem.end) == (start, end)
    assert problem.suggestions[:1] == ((new,) if new or (end > start and code != "TY112") else ())
    assert warnings(text, locale) == [code]


STYLE = {
    "apostrophe": ("fr", "aujourd'hui", "TY105"),
    "English apostrophe": ("en", "don't", "TY105"),
    "three dots": ("es", "Y luego...", "TY106"),
    "straight quotes": ("fr", 'un "mot', "TY113"),
    "straight quotes in English": ("en", 'a "word', "TY113"),
}


@pytest.mark.parametrize(("locale", "text", "code"), STYLE.values(), ids=STYLE)
def test_house_style_is_judged_by_habit(locale: str, text: str, code: str) -> None:
    for habit in (Habits(), BAD_HABITS):
        assert [p.code for p in check_typography(text, locale, habit)] == [code]
        assert warnings(text, locale, habit) == []
    assert warnings(text, locale, GOOD_HABITS) == [code]


@pytest.mark.parametrize(
    ("locale", "text", "code"),
    [
        ("fr", "un - deux", "TY117"),
        ("fr", "de 3.5\u00a0%", "TY119"),
        ("fr", "un “mot", "TY113"),
        ("en", "a «word", "TY113"),
    ],
)
def test_house_style_that_no_habit_makes_a_slip(locale: str, text: str, code: str) -> None:
    assert [p.code for p in check_typography(text, locale, GOOD_HABITS)] == [code]
    assert warnings(text, locale, GOOD_HABITS) == []
