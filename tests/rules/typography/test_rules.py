"""Typography: what is wrong, what is house style, and what must be left alone."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.findings import Problem, Severity
from pipeline.gate.repairing import put_in
from pipeline.rules.typography.languages import Habits, habits
from pipeline.rules.typography.rules import RULES, check_typography

GOOD_HABITS = Habits(
    bound=50, narrow=25, glued=50, curly=50, ellipses=50, quotes=50, one_space=50
)  # fmt: skip
BAD_HABITS = Habits(plain=50, wide=25, straight=50, dots=50, straight_quotes=50, two_spaces=50)
LOCALES = ("fr", "fr_CA", "fr-CH", "es", "es_MX", "en", "de", "it", "pt_BR", "ca", "ru", "ja", "")


def severity(problem: Problem) -> Severity:
    return problem.severity or RULES[problem.code].severity


def warnings(text: str, locale: str, habit: Habits | None = None) -> list[str]:
    found = check_typography(text, locale, habit or Habits())
    return [problem.code for problem in found if severity(problem) is not Severity.INFO]


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
    "closed twice": ("fr", "un\u00a0⟦»⟧ gros doigt.\u00a0» Il", "TY104", "«"),
    "opens nothing": ("fr", "un «\u00a0mot\u00a0⟦«⟧.", "TY104", "»"),
    "stuck to its word": ("es", "el «Name⟦«⟧ para", "TY104", "»"),
    "curly closes": ("en", "the “jails⟦“⟧ are", "TY104", "”"),
    "curly opens": ("en", "the ⟦”⟧jails” are", "TY104", "“"),
    "two spaces": ("en", "a⟦  ⟧word", "TY107", " "),
    "two spaces anywhere": ("ru", "одно⟦  ⟧слово", "TY107", " "),
    "two spaces before a mark": ("fr", "un⟦  ⟧: deux", "TY107", "\u00a0"),
    "two spaces at guillemets": ("fr", "mot⟦ \u00a0⟧»", "TY107", "\u00a0"),
    "two spaces, one no-break": ("fr", "un⟦\u00a0 ⟧mot", "TY107", "\u00a0"),
    "space before a comma": ("en", "one⟦ ⟧, two", "TY108", ""),
    "space on the wrong side": ("en", "one⟦ ,⟧two", "TY108", ", "),
    "space before a full stop": ("fr", "la fin⟦\u00a0⟧.", "TY108", ""),
    "space behind a bracket": ("sv", "en (två)⟦ ⟧, tre", "TY108", ""),
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
    "English question": ("en", "Why⟦ ⟧? Because", "TY114", ""),
    "Spanish colon": ("es", "Hay dos⟦ ⟧: uno", "TY114", ""),
    "bracket": ("fr", "un (⟦ ⟧mot) ici", "TY114", ""),
    "bracket's end": ("pl", "jedno (dwa⟦ ⟧) trzy", "TY114", ""),
    "opening mark": ("es", "¡⟦ ⟧Hola!", "TY114", ""),
    "quotation mark": ("es", "“⟦ ⟧Hola”", "TY114", ""),
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
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    text = marked.replace("⟦", "").replace("⟧", "")
    found = check_typography(text, locale, Habits())
    problem = next(p for p in found if p.code == code)
    assert (problem.start, problem.end) == (start, end)
    assert problem.suggestions[:1] == ((new,) if new or (end > start and code != "TY112") else ())
    assert warnings(text, locale) == [code]


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


STYLE = {
    "plain space": ("fr", "Quoi ? Non.", "TY102"),
    "plain space in guillemets": ("fr", "« mot\u00a0»", "TY102"),
    "apostrophe": ("fr", "aujourd'hui", "TY105"),
    "English apostrophe": ("en", "don't", "TY105"),
    "three dots": ("es", "Y luego...", "TY106"),
    "straight quotes": ("fr", 'un "mot', "TY113"),
    "straight quotes in English": ("en", 'a "word', "TY113"),
    "glued in Switzerland": ("fr_CH", "Quoi? Non.", "TY101"),
    "spaced in Canada": ("fr_CA", "Quoi ? Non.", "TY114"),
}


@pytest.mark.parametrize(("locale", "text", "code"), STYLE.values(), ids=STYLE)
def test_house_style_is_judged_by_habit(locale: str, text: str, code: str) -> None:
    good, bad = GOOD_HABITS, BAD_HABITS
    if locale == "fr_CH":
        good, bad = good._replace(glued=0), bad._replace(plain=0, glued=50)
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
        ("fr", "un - deux", "TY117"),
        ("fr", "de 3.5\u00a0%", "TY119"),
        ("fr", "un “mot", "TY113"),
        ("en", "a «word", "TY113"),
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


def test_habits_are_counted_over_all_texts() -> None:
    texts = [
        "L’un\u202f! L'autre\u00a0; « trois\u00a0» : quatre? Cinq…",
        'Six... « Sept »  huit. Neuf.  Dix "onze"',
    ]
    assert habits(texts, "fr") == Habits(
        bound=3, plain=3, narrow=1, wide=1, glued=1, curly=1, straight=1, ellipses=1, dots=1,
        quotes=4, straight_quotes=2, one_space=3, two_spaces=1,
    )  # fmt: skip
    assert habits([], "fr") == Habits()
    assert habits(["«\u00a0a\u00a0» “b”"], "en").quotes == 2


@pytest.mark.parametrize("code", RULES)
def test_the_examples_of_a_rule(code: str) -> None:
    rule = RULES[code]
    bad = check_typography(rule.bad.text, rule.bad.locale, habits([rule.bad.text], rule.bad.locale))
    assert code in [problem.code for problem in bad]
    good = habits([rule.good.text], rule.good.locale)
    assert warnings(rule.good.text, rule.good.locale, good) == []


def repaired(text: str, problems: list[Problem]) -> str:
    return put_in(text, [problem for problem in problems if problem.safe])


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
def test_problems_stand_in_order_and_apart(text: str, locale: str) -> None:
    problems = check_typography(text, locale, habits([text], locale))
    assert all(0 <= p.start <= p.end <= len(text) for p in problems)
    for one, other in pairwise(problems):
        assert one.end <= other.start
        assert (one.start, one.end) != (other.start, other.end)


ODD = (
    " ", "  a", '"', 'a"', ".", "a.", "...", ",", "a,", "a ,", "«", "»", "« ", "» a", "“", "”",
    "¿", "?", "a?", "a ?", "'", "a'", "the ", "1", "1 %", "1.5 ", "a. b", "a.b", "a-", " - ", "&",
    "&a;", ";)", "(", "( ", "a )", "‘", "n‘t", "l´", "?!", "\n", "a\u00a0", "5 km", "mot. et ",
    "mot.Mot", "mot,mot", "xxxxxxxxx", "a; ,",
)  # fmt: skip
N = 50_000


@pytest.mark.slow("50,000 characters, read in two languages")
@pytest.mark.parametrize("bit", ODD)
def test_time_grows_with_the_length(bit: str) -> None:
    text = (bit * N)[:N]
    start = time.process_time()
    for locale in ("fr", "es"):
        check_typography(text, locale, habits([text], locale))
    assert time.process_time() - start < 6.0  # half a second at most here
