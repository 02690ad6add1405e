"""Laws of texts: split, protected, proofread."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.article.reading import context_slug
from pipeline.drafting.protect.protect import has_words, protect, restore
from pipeline.drafting.protect.tokens import Damage
from pipeline.errors import InputError, PipelineError
from pipeline.gate.document import Document, catalogue_texts
from pipeline.gate.repairing import apply_suggestions
from pipeline.language.glossary import (
    NO_GLOSSARY,
    Glossary,
    glossary_words,
    kept_terms,
    parse_glossary,
    required_renderings,
)
from pipeline.markdown.marks import Form, count_constructs, count_numbers, find_marks
from pipeline.markdown.parser import inline
from pipeline.markdown.plain_text import plain
from pipeline.model import Catalog, State, Unit
from tests.fuzz.attempt import attempt
from tests.fuzz.fewer import fewer
from tests.strategies import any_text, glossaries, inline_texts, wild_catalogs, wild_texts

_LABELS = frozenset({"ref", "one"})
_HALVES = st.text(st.sampled_from("\ud800\udcff a*[]`<>&1"), max_size=8)
"""Texts with lone surrogates, as the environment yields for invalid UTF-8."""
_ANY = st.one_of(any_text, inline_texts, wild_texts)
_ANY_OR_HALF = st.one_of(_ANY, _HALVES)
_FORMS = st.sampled_from(
    [
        Form("Xq{n}z"),
        Form('<x id="{n}"/>', '<g id="{n}">', "</g>", tags=True),
        Form('<i class="n">X{n}X</i>', '<b id="{n}">', "</b>"),
    ]
)


@fewer
@given(_ANY_OR_HALF)
def test_inline_constructs_lie_in_their_text(text: str) -> None:
    for item in inline(text, _LABELS):
        assert 0 <= item.start < item.end <= len(text)
        assert item.start <= item.inner_start <= item.inner_end <= item.end


@fewer
@given(_ANY_OR_HALF)
def test_marks_lie_in_their_text(text: str) -> None:
    for mark in find_marks(text, _LABELS).marks:
        assert 0 <= mark.start <= mark.end <= len(text)
    assert count_constructs(text, _LABELS) == count_constructs(text, _LABELS)
    assert all(count > 0 for count in count_numbers(text).values())


@fewer
@given(_ANY_OR_HALF)
def test_every_range_of_a_plain_text_has_an_origin(text: str) -> None:
    found = plain(text, _LABELS)
    before = 0
    for at in range(len(found.text)):
        start, end = found.origin(at, at + 1)
        assert before <= start <= end <= len(text)
        before = start
    assert found.origin(0, len(found.text))[1] <= len(text)


@fewer
@given(_ANY_OR_HALF, _FORMS, st.lists(any_text.filter(str.strip), max_size=2))
def test_what_was_protected_comes_back(text: str, form: Form, terms: list[str]) -> None:
    protected = protect(text, form, tuple(terms), _LABELS)
    if isinstance(protected, Damage):
        return
    has_words(protected)
    again = restore(protected.text, protected)
    assert isinstance(again, str)
    assert count_constructs(again, _LABELS) == count_constructs(text, _LABELS)


@fewer
@given(_ANY_OR_HALF, _FORMS, _ANY, st.data())
def test_a_broken_answer_is_a_text_or_damage(
    text: str, form: Form, noise: str, draw: st.DataObject
) -> None:
    protected = protect(text, form, ("Ada Byron",), _LABELS)
    if isinstance(protected, Damage):
        return
    at, to = sorted(draw.draw(st.integers(0, len(protected.text))) for _ in range(2))
    answer = protected.text[:at] + noise + protected.text[to:]
    assert isinstance(restore(answer, protected), str | Damage)


@fewer
@given(wild_catalogs(), st.sampled_from(["fr", "es", "ja", "ar", "de"]), glossaries)
def test_problems_lie_in_their_texts(catalog: Catalog, locale: str, table: str) -> None:
    terms = _terms(table)
    document = Document(
        locale,
        catalogue_texts(catalog),
        source_locale="en",
        terms=("Ada Byron", *kept_terms(terms)),
        labels=_LABELS,
        terminology=terms,
    )
    for unit, problems in zip(catalog.units, document.problems({}), strict=True):
        for problem in problems:
            assert problem.message
            assert 0 <= problem.start <= problem.end <= len(unit.target or unit.source)
        apply_suggestions(unit.target, [problem for problem in problems if problem.safe])


def _terms(table: str) -> Glossary:
    found = attempt(parse_glossary, table, "g.csv")
    return NO_GLOSSARY if isinstance(found, PipelineError) else found


@fewer
@given(glossaries)
def test_a_glossary_is_read_or_refused_with_its_line(text: str) -> None:
    glossary = attempt(parse_glossary, text, "g.csv")
    if isinstance(glossary, PipelineError):
        assert isinstance(glossary, InputError)
        assert glossary.path == "g.csv"
        assert 1 <= glossary.line <= len(text) + 1
        return
    assert all(entry.source for entry in glossary.entries)
    assert all(required_renderings(glossary).values())
    assert len(kept_terms(glossary)) <= len(glossary.entries)
    assert all(word == word.casefold() for word in glossary_words(glossary))


@fewer
@given(_ANY_OR_HALF)
def test_a_slug_makes_a_slug(text: str) -> None:
    assert context_slug(context_slug(text)) == context_slug(text)
    assert not set(context_slug(text)) & set("\n\r\t /\\\"'<>&")


@fewer
@given(_ANY, _ANY)
def test_a_repaired_text_has_nothing_left_to_repair(source: str, target: str) -> None:
    unit = Unit("c", source or "x", target or "x", State.REVIEWED)
    once = _repaired(unit)
    assert _repaired(Unit("c", unit.source, once, State.REVIEWED)) == once


def _repaired(unit: Unit) -> str:
    document = Document("fr", catalogue_texts(Catalog("x", "fr", (unit,))), source_locale="en")
    (problems,) = document.problems({})
    return apply_suggestions(unit.target, [problem for problem in problems if problem.safe])
