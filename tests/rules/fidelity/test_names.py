"""Names, handles, hashtags and addresses that a translation must carry over."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from pipeline.rules.fidelity.names import RULES, compare_names
from tests.strategies import inline_texts

TERMS = (
    "Ada Byron",
    "@ada_b",
    "Core",
    "Élan",
    "O'Brien",
    "Johnson & Johnson",
    "Sally-Anne",
    "C++",
    "@Oh excusez-moi",
    "Abby Guthkelch",
)
KEPT = {
    "as it is": ("Ada Byron says", "Ada Byron dit"),
    "elision": ("of Ada Byron", "d’Ada Byron"),
    "elision with a straight apostrophe": ("that Core", "qu'Core"),
    "possessive": ("Core", "Core’s"),
    "curly apostrophe": ("O'Brien", "O’Brien"),
    "curly apostrophe in the source": ("O’Brien", "O'Brien"),
    "no-break space": ("Ada Byron", "Ada\u00a0Byron"),
    "line break": ("Ada Byron", "Ada\nByron"),
    "no-break hyphen": ("Sally-Anne", "Sally‑Anne"),
    "ampersand": ("Johnson & Johnson", "Johnson\u00a0&amp;\u202fJohnson"),
    "emphasis": ("Core", "_Core_ et **Core**"),
    "escaped": ("@ada_b", "@ada\\_b"),
    "signs": ("C++ is", "C++11"),
    "accent apart": ("Élan", unicodedata.normalize("NFD", "Élan")),
    "no whole word": ("Cores and encore", "x"),
    "another case": ("the core", "x"),
    "once is enough": ("Core and Core", "Core"),
    "term that is added": ("it", "Core"),
    "no term": ("Bo Li", "x"),
    "handle": ("by @bo", "de @bo."),
    "hashtag": ("#One", "#One"),
    "address": ("see https://a.b/c.", "voir https://a.b/c"),
    "address made a link": ("see https://a.b/c", "voir [c](https://a.b/c)"),
    "link made an address": ("see [c](https://a.b/c)", "voir https://a.b/c"),
    "autolink": ("see <https://a.b/c>", "voir https://a.b/c"),
    "language of an address": ("https://en.a.b/c", "https://fr.a.b/c"),
    "language of an address that stays": ("https://en.a.b/c", "https://en.a.b/c d"),
    "e-mail": ("<me@a.b>", "me@a.b"),
}
WRONG = {
    "name lost": ("Core says", "Il dit", "NM101", "", None),
    "name translated": ("Core says", "Noyau dit", "NM101", "", None),
    "name changed": ("Abby Guthkelch", "Abby Guthkelsch dit", "NM101", "Abby Guthkelsch", None),
    "name changed after an elision": ("Ada Byron", "d’Ada Biron.", "NM101", "Ada Biron", None),
    "name in other letters": ("Ada Byron", "ADA Byron", "NM101", "ADA Byron", None),
    "space lost": ("Ada Byron", "AdaByron dit", "NM101", "AdaByron", None),
    "joined": ("Johnson & Johnson", "Johnson et Johnson", "NM101", "Johnson et Johnson", None),
    "accent lost": ("Élan", "Elan", "NM101", "Elan", None),
    "emphasised": ("Ada Byron", "**Ada Biron**", "NM101", "Ada Biron", None),
    "inflected": ("Abby Guthkelch", "Abby Guthkelchs", "NM101", "Abby Guthkelchs", None),
    "handle with a space": ("by @ada_b", "de @ ada_b", "NM101", "@ ada_b", "@ada_b"),
    "handle with capitals": ("by @ada_b", "de @Ada_B", "NM101", "@Ada_B", "@ada_b"),
    "handle in words": ("by @ada_b", "de @Ada B.", "NM101", "@Ada B", "@ada_b"),
    "handle without its sign": ("by @ada_b", "de ada_b", "NM101", "ada_b", "@ada_b"),
    "wide sign": ("by @ada_b", "de ＠ada_b", "NM101", "＠ada_b", "@ada_b"),
    "handle of several words": ("@Oh excusez-moi", "@Oh pardon", "NM101", "", None),
    "another handle": ("by @bo", "de @li", "NM102", "@li", "@bo"),
    "other handle with a space": ("by @bo", "de @ bo", "NM102", "@ bo", "@bo"),
    "handle once": ("@bo and @bo", "@bo", "NM102", "", None),
    "handle added": ("by", "de @bo", "NM102", "@bo", None),
    "hashtag translated": ("#one", "#un", "NM102", "#un", "#one"),
    "hashtag with a space": ("x #OneTwo", "x # OneTwo", "NM102", "# OneTwo", "#OneTwo"),
    "hashtag in words": ("#OneTwo", "#One Two", "NM102", "#One Two", "#OneTwo"),
    "address lost": ("see https://a.b", "voir", "NM103", "", None),
    "another page": ("https://a.b/c", "https://a.b/d", "NM103", "https://a.b/d", "https://a.b/c"),
    "autolink elsewhere": ("<https://a.b>", "<https://a.c>", "NM103", "https://a.c", "https://a.b"),
    "address added": ("see", "voir https://a.b", "NM103", "https://a.b", None),
    "e-mail translated": ("me@a.b", "moi@a.b", "NM103", "moi@a.b", "me@a.b"),
    "another language": (
        "https://en.a.b",
        "https://de.a.b",
        "NM103",
        "https://de.a.b",
        "https://en.a.b",
    ),
}


@pytest.mark.parametrize(("source", "target"), KEPT.values(), ids=list(KEPT))
def test_what_is_carried_over(source: str, target: str) -> None:
    assert compare_names(source, target, TERMS, frozenset(), "en", "fr") == []


@pytest.mark.parametrize(
    ("source", "target", "code", "wrong", "suggestion"), WRONG.values(), ids=list(WRONG)
)
def test_what_is_not(
    source: str, target: str, code: str, wrong: str, suggestion: str | None
) -> None:
    problems = compare_names(source, target, TERMS, frozenset(), "en", "fr")
    assert [(p.code, target[p.start : p.end]) for p in problems][:1] == [(code, wrong)]
    if code == "NM101" and wrong and suggestion is None:
        suggestion = next(term for term in TERMS if term in source)
    assert problems[0].suggestions == (() if suggestion is None else (suggestion,))


@pytest.mark.parametrize("name", [n for n, row in WRONG.items() if row[3] and row[1] != "voir"])
def test_a_suggestion_puts_it_right(name: str) -> None:
    source, target, *_ = WRONG[name]
    [problem, *_] = compare_names(source, target, TERMS, frozenset(), "en", "fr")
    if problem.suggestions:
        better = target[: problem.start] + problem.suggestions[0] + target[problem.end :]
        assert compare_names(source, better, TERMS, frozenset(), "en", "fr") == []
    else:
        assert "not in the source" in problem.message


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("Core", "x", "'Core' is missing"),
        ("Ada Byron", "Ada Biron", "'Ada Byron' is missing: found 'Ada Biron' instead"),
        ("@bo @bo", "x", "handle '@bo' is missing (2 times)"),
        ("@bo", "@ bo", "handle '@bo' is missing: found '@ bo' instead"),
        ("x", "#un", "hashtag '#un' is not in the source text"),
        ("https://a.b", "x", "address 'https://a.b' is missing"),
        ("x", "me@a.b", "e-mail address 'me@a.b' is not in the source text"),
    ],
)
def test_messages(source: str, target: str, message: str) -> None:
    assert [p.message for p in compare_names(source, target, TERMS, frozenset())] == [message]


def test_each_fault_is_reported_once() -> None:
    problems = compare_names("@ada_b and Core", "@Ada Be et coré", TERMS, frozenset(), "en", "fr")
    assert [p.code for p in problems] == ["NM101", "NM101", "NM102"][: len(problems)]
    assert [p.code for p in compare_names("@ada_b", "@ ada_b", TERMS, frozenset())] == ["NM101"]


def test_a_name_elsewhere_is_not_the_changed_one() -> None:
    terms = ("Ada Byron", "Ada Byran")
    [problem] = compare_names("Ada Byron and Ada Byran", "Ada Byran", terms, frozenset())
    assert (problem.message, problem.start, problem.end) == ("'Ada Byron' is missing", 0, 0)


@given(inline_texts)
def test_a_text_has_its_own_names(text: str) -> None:
    assert (
        compare_names(text, text, (*TERMS, "word", "@handle"), frozenset({"ref"}), "en", "en") == []
    )


@pytest.mark.parametrize("code", RULES)
def test_examples(code: str) -> None:
    bad, good = RULES[code].bad, RULES[code].good
    assert code in {
        p.code for p in compare_names(bad.source, bad.text, TERMS, frozenset(), "en", "fr")
    }
    assert compare_names(good.source, good.text, TERMS, frozenset(), "en", "fr") == []
