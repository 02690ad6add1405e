"""Terms found in a text in any of their forms."""

from __future__ import annotations

import pytest

from pipeline.markdown.plain_text import plain
from pipeline.rules.terms.phrases import Index, TermMatch, contains_any, prepare_phrase, tokenize


def test_longer_terms_hide_shorter_ones() -> None:
    index = Index(
        [
            prepare_phrase("a b", 0, "en"),
            prepare_phrase("b", 1, "en"),
            prepare_phrase("a b", 2, "en"),
        ],
        "en",
    )
    text = plain("x a b, b")
    matches = list(index.find(text.text, tokenize(text)))
    assert matches == [TermMatch(0, 2, 5), TermMatch(2, 2, 5), TermMatch(1, 7, 8)]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("expert", "Expert, experts, expertise", ["Expert", "experts"]),
        ("social media", "Social-media and social  media", ["Social-media", "social  media"]),
        ("social media", "social. Media, social", []),
        ("SEO", "SEO, SEOs, seo", ["SEO", "SEOs"]),
        (".NET", "in .NET, in NET", ["NET"]),
        ("C++", "C++ and C", ["C"]),
        ("Q&A", "Q&A, Q & A, Q A", ["Q&A", "Q & A", "Q A"]),
        ("media", "`media` and https://a.b/media", []),
        ("広告", "この広告は", ["広告"]),
    ],
)
def test_forms_of_a_term(term: str, text: str, expected: list[str]) -> None:
    seen = plain(text)
    places = Index([prepare_phrase(term, 0, "en")], "en").find(seen.text, tokenize(seen))
    assert [seen.text[place.start : place.end] for place in places] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Le marketing paie", True), ("Les marchés", True), ("Un magasin", False), ("", False)],
)
def test_another_word_of_the_family_will_do(text: str, expected: bool) -> None:
    seen = plain(text)
    phrases = [prepare_phrase("marketing", 0, "fr"), prepare_phrase("marché", 1, "fr")]
    assert contains_any(seen.text, tokenize(seen), phrases, "fr") is expected


def test_a_term_to_keep_has_its_capitals() -> None:
    exact = Index([prepare_phrase("learning", 0, "en", exact=True)], "en")
    seen = plain("Learning, learning, learnings, learned")
    words = [seen.text[p.start : p.end] for p in exact.find(seen.text, tokenize(seen))]
    assert words == ["learning", "learnings"]


def test_a_longer_term_hides_the_one_that_it_begins_with() -> None:
    index = Index([prepare_phrase("a", 0, "en"), prepare_phrase("a b", 1, "en")], "en")
    seen = plain("a b, a c")
    assert [place.entry for place in index.find(seen.text, tokenize(seen))] == [1, 0]
