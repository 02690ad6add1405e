"""Typography: errors, house style, and text that must stay."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.gate.repairing import apply_suggestions
from pipeline.rules.typography.languages import Habits, habits
from pipeline.rules.typography.rules import RULES, check_typography
from tests.linear.odd import TYPOGRAPHY
from tests.rules.typography.checking import BAD_HABITS, GOOD_HABITS, warnings

if TYPE_CHECKING:
    from pipeline.findings import Problem

LOCALES = ("fr", "fr_CA", "fr-CH", "es", "es_MX", "en", "de", "it", "pt_BR", "ca", "ru", "ja", "")


ALONE = {
    "fr": (
        "À 10:30, un rapport de 2:1, soit 12:30 et Jean 3:16.",
        "Voir https://a.b/c?d=e;f=g et http://x.y.",
        "Le disque C:\\ et std::vector et a:b et re:Invent.",
        "Merci :) et ;-) et :-( et :'( et (:",
        "Quoi\u202f?! Non\u202f!! Si\u202f?!? Un mot (?) et (!).",
        "«\u00a0Oui\u2026\u00a0», «\u00a0non\u202f!\u00a0» et (le web, etc.), puis etc.",
        "L’un\u00a0: deux\u202f; trois\u202f! quatre\u202f?",
        "L’un\u2009: deux\u2009; trois\u2009! «\u2009mot\u2009»",
        "L’un\u00a0: deux\u00a0; trois\u00a0! quatre\u00a0?",
        "? Une question commence ainsi",
        "… et le reste",
        "« Une citation qui continue au paragraphe suivant.",
        "Et qui finit ici. » Puis le reste.",
        "«\u00a0Il a dit «\u00a0oui\u00a0».",
        "Les signes «\u00a0!\u00a0», «\u00a0,\u00a0» et «\u00a0:\u00a0».",
        "Accueil » Actualités » Article",
        "5' 10\" et 5'30 et un écran de 17\"",
        "Les ’90s, le rock ’n’ roll et O’Brien aujourd’hui.",
        "Un prix de 3,5 ou 1 000,50 ou .5, puis 1,2,3.",
        "Vous vous trompez si nous nous taisons, non non.",
        "Faites-le le matin, prends-la la nuit.",
        "Duran Duran et New York, York.",
        "p. ex. ceci, cf. cela, vol. deux, env. dix, etc. et autres, c.-à-d. tout.",
        "M. le maire, J. de la Tour et J.-P. dupont.",
        "Le fichier a.txt et le site exemple.com et .NET et node.js.",
        "eBay. iOS suit. eBay aussi.",
        "les pages 10–12 (voir ci-dessus)",
        "Yahoo! est un nom.",
        "L’entité &amp; et &nbsp; ici",
        "5! vaut 120",
        "des étudiant(e)s, un(e) autre",
        "Et puis... rien…",
        "une ligne  \nune autre",
        "  au bord  ",
        "A. Un\u00a0: B. Deux",
        "Booking.Com et System.out et a,b",
        "Le signe \"?\" et le signe ':' ici.",
        "On trouve resp. deux et approx. trois.",
        "tout en minuscule. puis encore",
        "les « mots » et les « « mots » »",
        "l’« article »",
        "../chemin ./chemin a/../b ...",
    ),
    "fr_CA": ("Pourquoi? Car! Oui; non\u00a0: «\u00a0mot\u00a0»", "Pourquoi\u202f? Car\u2009!"),
    "fr_CH": ("Pourquoi? Non: «mot» ou «\u202fmot\u202f»\u202f!", "Pourquoi\u202f? Oui\u202f: un"),
    "en": (
        "At 10:30, a ratio of 2 : 1, C:\\ and ::",
        "It is ‘single’ or “double”, and 'straight' or \"so\".",
        "Rock ’n’ roll of the ’90s at O’Brien’s, the dogs’ own.",
        "“It goes on in the next paragraph.",
        "He had had it, and that that is so is so.",
        "He wrote e.g. this, i.e. that, vs. the rest, etc. and so on.",
        "Use iOS. eBay is next. e-mail follows.",
        "The ? key and the ! operator.",
        "Smile :) or ;) or :-D (or :( )",
        "Is it so?! Yes!! (Really?)",
        "The .NET framework",
        "pages 3-5, 1,000 and 3.14",
        "Hawai‘i and the Isma‘ili",
        "[ ] to do, ( ) or not",
        "Well :'( yes",
    ),
    "es": (
        "¿Qué? ¡Sí! Y tú, ¿cómo estás?",
        "¿¡Qué!? ¡¿Cómo?! ¡¡¡Hola!!!",
        "¡Qué dices? ¿Qué dices!",
        "¿No has oído “¡Fuego!” ahí?",
        "Un mot (?) y (!)",
        "Yahoo! y nada más",
        "Vaya a https://a.b?c=d ahora.",
        "«Hola» y “hola”, etc. y más.",
        "El Sr. don Juan y la pág. dos.",
    ),
    "de": ("„So“ und »so« und «so».", "Das das Kind, die die Frau."),
    "it": ("L’una: «due»; tre! Piano piano",),
    "sv": ("Han sa ”ja” och »nej».",),
    "pt_BR": ("O “dois”: três!",),
    "ja": ("これは「本」です。 そう？",),
    "id": ("anak anak",),
    "": ("a ? b ! c ; d : e",),
}  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "text"), [(locale, text) for locale, texts in ALONE.items() for text in texts]
)
def test_what_is_left_alone(locale: str, text: str) -> None:
    assert warnings(text, locale) == []


@pytest.mark.parametrize("code", RULES)
def test_the_examples_of_a_rule(code: str) -> None:
    rule = RULES[code]
    bad = check_typography(rule.bad.text, rule.bad.locale, habits([rule.bad.text], rule.bad.locale))
    assert code in [problem.code for problem in bad]
    good = habits([rule.good.text], rule.good.locale)
    assert warnings(rule.good.text, rule.good.locale, good) == []


MESSAGES = {
    "Pourquoi? Car": "missing space before '?'",
    "Pourquoi ? Car": "plain space before '?' instead of a no-break space",
    "un «mot\u00a0»": "missing space inside guillemets",
    "un mot , puis": "superfluous space before ','",
    "un (\u00a0mot)": "superfluous space after '('",
    "plus de 50 %": "missing no-break space before '%'",
    "la fin. , et": "both '.' and ',' here: delete one",
    "la règle,les mots": "missing space after ','",
    "c’est les les mots": "repeated word 'les'",
    "un « mot\u00a0«.": "'«' points the wrong way: use '»'",
    "un “mot": "'“' is not a quotation mark of this language",
    "de 3.5\u00a0%": "decimal point instead of a comma",
}


@pytest.mark.parametrize("text", MESSAGES)
def test_messages(text: str) -> None:
    messages = [problem.message for problem in check_typography(text, "fr", Habits())]
    assert MESSAGES[text] in messages


def repaired(text: str, problems: list[Problem]) -> str:
    return apply_suggestions(text, [problem for problem in problems if problem.safe])


def test_repairs_are_put_in_at_once() -> None:
    text = "L'un  mot: «expert» , le le ..."
    problems = check_typography(text, "fr", Habits())
    assert repaired(text, problems) == "L’un mot\u00a0: «\u00a0expert\u00a0», le le …"
    assert repaired(text, []) == text


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("the  the", ["TY107"]),
        ("un ”mot", ["TY104"]),
        ('Un écran de 17" ici', []),
        ('Un "écran 17" ici', ["TY113", "TY113"]),
    ],
)
def test_one_place_has_one_problem(text: str, codes: list[str]) -> None:
    assert [problem.code for problem in check_typography(text, "fr", Habits())] == codes


_BITS = (
    "a", "la", "Mot", "x", "5", "10", " ", "  ", "\u00a0", "\u202f", "\u2009", "«", "»", "“", "”",
    "‘", "’", "'", '"', ",", ".", "...", "…", ";", ":", "!", "?", "¿", "¡", "(", ")", "-", "–",
    "%", "€", "&", "/", "\n", "\t", "l", "the", "si", "etc", "km", "n‘t", "`", "´", "°C", "[",
    "]", "\x1c", "é", "É",
)  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(_BITS), max_size=14).map("".join),
    st.text(max_size=30),
)


@given(texts, st.sampled_from(LOCALES), st.sampled_from([Habits(), GOOD_HABITS, BAD_HABITS]))
@example("km\u00a0:...", "it", Habits())
@example(" ¡x”Mot°C .!.", "fr-CH", Habits())
@example("5  km", "fr", Habits())
@example("’;»“", "fr", Habits())
@example("a , ...", "it", Habits())
@example("la» ;’(  É-'", "en", Habits())
def test_repairing_twice_is_repairing_once(text: str, locale: str, habit: Habits) -> None:
    problems = check_typography(text, locale, habit)
    once = repaired(text, problems)
    assert [p for p in check_typography(once, locale, habit) if p.safe] == []
    assert [c for c in once if c.isalnum()] == [c for c in text if c.isalnum()]


@given(texts, st.sampled_from(LOCALES))
def test_problems_are_in_order_and_do_not_overlap(text: str, locale: str) -> None:
    problems = check_typography(text, locale, habits([text], locale))
    assert all(0 <= p.start <= p.end <= len(text) for p in problems)
    for one, other in pairwise(problems):
        assert one.end <= other.start
        assert (one.start, one.end) != (other.start, other.end)


@pytest.mark.parametrize("unit", TYPOGRAPHY)
@pytest.mark.parametrize("locale", ["fr", "es"])
def test_long_texts_are_repaired_in_one_go(unit: str, locale: str) -> None:
    """Repair long texts in one pass; `tests.linear.functions` counts the instructions."""
    text = TYPOGRAPHY[unit](10_000)
    habit = habits([text], locale)
    problems = check_typography(text, locale, habit)
    assert all(one.end <= other.start for one, other in pairwise(problems))
    once = repaired(text, problems)
    assert [p for p in check_typography(once, locale, habit) if p.safe] == []
    assert [c for c in once if c.isalnum()] == [c for c in text if c.isalnum()]
