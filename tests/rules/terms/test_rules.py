"""GL rules: glossaries, and texts checked against them."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.findings import Place, Severity
from pipeline.language.glossary import (
    NO_GLOSSARY,
    parse_glossary,
)
from pipeline.rules.terms.rules import EXAMPLES, RULES, check_glossary_file, check_terms
from tests.language.glossaries import listed
from tests.strategies import inline_texts

if TYPE_CHECKING:
    from collections.abc import Callable


@given(st.text(alphabet='a|,;\t"\n\r\x00 é') | st.text())
def test_any_text_is_a_glossary_or_refused_with_a_line(text: str) -> None:
    try:
        glossary, line = parse_glossary(text, "g.csv"), 1
    except InputError as error:
        glossary, line = NO_GLOSSARY, error.line
    assert line > 0
    assert all(entry.targets for entry in glossary.entries)
    assert check_terms("", "", glossary, "en", "fr") == []


@pytest.mark.parametrize("code", ["GL101", "GL102"])
def test_examples(code: str) -> None:
    rule = RULES[code]
    terms = parse_glossary(EXAMPLES, "g.csv")
    bad, good = (
        [p.code for p in check_terms(one.source, one.text, terms, "en", one.locale)]
        for one in (rule.bad, rule.good)
    )
    assert (bad, good) == ([code], [])


def test_examples_of_contradictions() -> None:
    rule = RULES["GL103"]
    assert check_glossary_file(parse_glossary(rule.good.text, "g.csv"), "g.csv") == []
    [(problem, place)] = check_glossary_file(parse_glossary(rule.bad.text, "g.csv"), "g.csv")
    assert (problem.code, place) == ("GL103", Place("g.csv", 3))


TERMS = listed(
    "social media,médias sociaux|réseaux sociaux,,",
    "media,média,,",
    "community,communauté,,",
    "marketing,marketing,,",
    "market,marché,,",
    "SEO,référencement,,",
    "e-mail,courriel,,",
    "Q&A,questions-réponses,,",
    "expert,expert,,",
    "expert,gourou,forbidden,it mocks",
    "LinkedIn Learning,,keep,",
    ",community manager,forbidden,",
    ",médium,forbidden,",
    ".NET,.NET,,",
)
MISSING = {
    "missing": ("Social media is free.", "La toile est gratuite.", ["social media"]),
    "capitals": ("SOCIAL MEDIA", "LA TOILE", ["social media"]),
    "plural of the source": ("Many communities", "Des groupes", ["community"]),
    "over markup": ("*Social* media", "La toile", ["social media"]),
    "in a link": ("[social media](https://a.b)", "[la toile](https://a.b)", ["social media"]),
    "with a hyphen": ("Social-media work", "La toile", ["social media"]),
    "abbreviation": ("SEO helps", "Le SEO aide", ["SEO"]),
    "abbreviation, plural": ("SEOs help", "Ils aident", ["SEO"]),
    "hyphen of the term": ("Send an e-mail", "Envoyez un mail", ["e-mail"]),
    "sign of the term": ("A Q&A", "Une FAQ", ["Q&A"]),
    "sign before": ("In .NET", "En NET", [".NET"]),
    "only in code": ("Social media", "`médias sociaux`", ["social media"]),
    "only in an address": ("Media", "https://a.b/média", ["media"]),
    "only as a hashtag": ("Media", "#média", ["media"]),
    "words apart": ("Social media", "Médias. Sociaux", ["social media"]),
    "part of a word": ("Media", "Multimédia", ["media"]),
    "two terms": ("Social media market", "La toile", ["social media", "market"]),
}


@pytest.mark.parametrize(("source", "target", "terms"), MISSING.values(), ids=MISSING)
def test_required_terms_that_are_missing(source: str, target: str, terms: list[str]) -> None:
    problems = [p for p in check_terms(source, target, TERMS, "en", "fr") if p.code == "GL101"]
    assert [
        p.message.split(" differs ")[0].removeprefix("translation of ").strip("'") for p in problems
    ] == terms


LEFT_ALONE = {
    "nothing": ("", ""),
    "there": ("Social media is free.", "Les médias sociaux sont gratuits."),
    "the other one": ("Social media is free.", "Les réseaux sociaux sont gratuits."),
    "singular": ("Social media is free.", "Le média social est gratuit."),
    "elision": ("An expert", "L’expert et d'experts"),
    "feminine": ("An expert", "Une experte"),
    "in marks": ("An expert", "Une *experte*"),
    "in a link": ("Media", "[média](https://a.b)"),
    "another word of the family": ("Marketers communicate", "Ils vendent"),
    "the longer term counts": ("Social media", "Des réseaux sociaux"),
    "capitals count": ("seo", "rien"),
    "term in code": ("`social media`", "`social media`"),
    "term in an address": ("https://a.b/media and me@media.org", "rien"),
    "term as a handle": ("@media #media", "rien"),
    "term in a placeholder": ("{media}", "rien"),
    "words apart": ("Social. Media-wise", "Un média"),
    "part of a word": ("Multimedia, mediation", "rien"),
    "within a term to keep": ("LinkedIn Learning community", "Communauté LinkedIn Learning"),
    "sign missing": ("net Q and A", "rien"),
    "forbidden where the source is not": ("A guru", "Un gourou"),
    "forbidden as a part": ("x", "médiumnique, les community-managements"),
    "forbidden in code": ("x", "`community manager` https://community.manager"),
}


@pytest.mark.parametrize(("source", "target"), LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_left_alone(source: str, target: str) -> None:
    assert check_terms(source, target, TERMS, "en", "fr") == []


USED = {
    "with a source": ("An expert", "Un gourou, un expert", "gourou", ("expert",)),
    "plural": ("Experts", "Des *gourous*, des experts", "gourous", ("expert",)),
    "everywhere": ("x", "Le Community Manager", "Community Manager", ()),
    "with a hyphen": ("x", "Le community-manager", "community-manager", ()),
    "over markup": ("x", "Le **community** *manager*", "community** *manager", ()),
}


@pytest.mark.parametrize(("source", "target", "word", "suggestions"), USED.values(), ids=USED)
def test_forbidden_words(source: str, target: str, word: str, suggestions: tuple[str, ...]) -> None:
    [problem] = check_terms(source, target, TERMS, "en", "fr")
    assert problem.code == "GL102"
    assert target[problem.start : problem.end] == word
    assert problem.suggestions == suggestions


def test_the_note_says_why() -> None:
    [problem] = check_terms("An expert", "Un gourou, un expert", TERMS, "en", "fr")
    assert problem.message.endswith("for 'expert': it mocks")


def test_a_required_word_may_hold_a_forbidden_one() -> None:
    terms = listed("social media,médias sociaux,,", ",média,forbidden,")
    assert check_terms("Social media", "Les médias sociaux", terms, "en", "fr") == []
    assert [p.code for p in check_terms("x", "Un média", terms, "en", "fr")] == ["GL102"]


def test_rows_of_one_source_are_alternatives() -> None:
    terms = listed("post,article,,", "Post,billet,,")
    assert check_terms("A post", "Un billet", terms, "en", "fr") == []
    [problem] = check_terms("A post", "Un texte", terms, "en", "fr")
    assert (
        problem.message
        == "translation of 'post' differs from the glossary: use 'article' or 'billet'"
    )


def test_protected_terms_hide_what_is_in_them() -> None:
    terms = listed("today,aujourd’hui,,", ",media,forbidden,")
    title = "Social Media Today"
    assert len(check_terms(title, title, terms, "en", "fr")) == 2
    assert check_terms(title, title, terms, "en", "fr", (title,)) == []


@pytest.mark.parametrize(
    ("locale", "term", "text", "there"),
    [
        ("es", "red social", "Las redes sociales crecen", True),
        ("es", "red social", "La red crece socialmente", False),
        ("pt_BR", "imagem", "Duas imagens", True),
        ("de", "Kampagne", "Die Kampagnen", True),
        ("it", "contenuto", "I contenuti", True),
        ("ja", "広告", "この広告は良い", True),
        ("ja", "広告", "この報告は良い", False),
        ("zh_Hant", "社群媒體", "在社群媒體上", True),
        ("th", "สื่อ", "ในสื่อนี้", True),
        ("hr", "kampanja", "Nove kampanje", True),
        ("hr", "kampanja", "Nove kamp", False),
        ("hr", "rad", "Radnik", False),
    ],
)
def test_languages(locale: str, term: str, text: str, there: bool) -> None:
    terms = listed(f"x,{term},,")
    assert (check_terms("x", text, terms, "en", locale) == []) is there


CONTRADICTIONS = {
    "required and forbidden": (["a,b,,", "A,B,forbidden,"], [(3, None)]),
    "forbidden and required": (["a,b,forbidden,", "a,c|b,,"], [(3, None)]),
    "forbidden everywhere": (["a,b,,", ",b,forbidden,"], [(2, None)]),
    "kept and translated": (["a,,keep,", "a,b,,"], [(3, None)]),
    "translated and kept": (["a,b,,", "a,,keep,"], [(2, None)]),
    "kept and forbidden": (["a,,keep,", "a,a,forbidden,"], [(3, None)]),
    "twice": (["a,b,,", "a,b|c,,"], [(3, Severity.WARNING)]),
}


@pytest.mark.parametrize(("rows", "expected"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradictions(rows: list[str], expected: list[tuple[int, Severity | None]]) -> None:
    problems = check_glossary_file(listed(*rows), "g.csv")
    assert [(place.line, problem.severity) for problem, place in problems] == expected


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            ["a,b,,", "A,B,forbidden,"],
            "'B' has the kind 'forbidden' here but 'required' on line 2: delete one row",
        ),
        (
            ["a,,keep,", "a,b,,"],
            "'a' is translated here but has the kind 'keep' on line 2: delete one row",
        ),
        (["a,b,,", "a,b|c,,"], "duplicate 'b' (first on line 2): delete one"),
    ],
)
def test_messages_of_contradictions(rows: list[str], message: str) -> None:
    [(problem, _)] = check_glossary_file(listed(*rows), "g.csv")
    assert problem.message == message


@pytest.mark.parametrize(
    "rows",
    [
        ["a,b,,", "a,c,,", "d,b,,"],
        ["a,b,,", "a,c,forbidden,", ",d,forbidden,"],
        ["a,,keep,", "a,b,forbidden,", "c,,keep,"],
        ["a,a|b,,", "a,,keep,"],
    ],
)
def test_no_contradictions(rows: list[str]) -> None:
    assert check_glossary_file(listed(*rows), "g.csv") == []


def calls(run: Callable[[], object]) -> int:
    """Count the calls of Python functions, which are the same on every machine."""
    count = 0

    def trace(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(trace)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


def test_a_check_costs_in_proportion_to_the_text_not_to_the_glossary() -> None:
    rows = [f"term{n} word{n},terme{n} mot{n},," for n in range(5000)]
    few, many = listed("social media,médias sociaux,,"), listed("social media,médias,,", *rows)
    source, target = 50 * "Social media is free. ", 50 * "La toile est gratuite. "
    counts = []
    for terms in (few, many):
        assert len(check_terms(source, target, terms, "en", "fr")) == 1  # now it is compiled
        counts.append(calls(partial(check_terms, source, target, terms, "en", "fr")))
    assert counts[1] < counts[0] * 1.1
    longer = calls(partial(check_terms, 10 * source, 10 * target, many, "en", "fr"))
    assert longer < counts[1] * 12


@given(inline_texts, inline_texts)
def test_any_texts_can_be_compared(source: str, target: str) -> None:
    for problem in check_terms(source, target, TERMS, "en", "fr"):
        assert 0 <= problem.start <= problem.end <= len(target)
