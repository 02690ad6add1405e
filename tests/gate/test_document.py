"""Findings in the texts of one article in one language."""

from __future__ import annotations

import pytest

from pipeline.article.reading import read_article
from pipeline.findings import Problem, Severity
from pipeline.gate.document import CheckedText, Document, article_texts, catalogue_texts
from pipeline.gate.grammar.contract import Match
from pipeline.language.glossary import parse_glossary
from pipeline.model import Catalog, Origin, OriginKind, State, Unit, text_hash

ONE = Unit("ana", "One **word** by Core.", "Un **mot** de Core.", State.REVIEWED)


def document(*units: Unit, **options: object) -> Document:
    passages = catalogue_texts(Catalog("a", "fr", units))
    return Document("fr", passages, source_locale="en", terms=("Core",), **options)  # type: ignore[arg-type]


def codes(*units: Unit, **options: object) -> list[list[str]]:
    return [[p.code for p in problems] for problems in document(*units, **options).problems({})]


WRONG = {
    "nothing": (ONE, []),
    "empty": (ONE._replace(target="", state=State.EMPTY), ["CO101"]),
    "draft": (ONE._replace(state=State.DRAFT), ["CO102"]),
    "accepted": (
        ONE._replace(origin=Origin(OriginKind.MACHINE, "google", text_hash(ONE.target))),
        ["CO103"],
    ),
    "markup": (ONE._replace(target="Un mot de Core."), ["MK106"]),
    "name": (ONE._replace(target="Un **mot** du Cœur."), ["NM101"]),
    "typography": (ONE._replace(target="Un **mot**? De Core."), ["TY101"]),
    "order of the text": (ONE._replace(target="Un? **mot** , de Core."), ["TY101", "TY108"]),
    "left out by the translator": (
        ONE._replace(target="Un **mot**? De Core.", comments=("pipeline: ignore TY101 mine",)),
        [],
    ),
    "another is left out": (
        ONE._replace(target="Un **mot**? De Core.", comments=("pipeline: ignore TY102",)),
        ["TY101"],
    ),
    "a comment that only speaks of it": (
        ONE._replace(target="Un **mot**? De Core.", comments=("no pipeline: ignore TY101",)),
        ["TY101"],
    ),
}


@pytest.mark.parametrize(("unit", "expected"), WRONG.values(), ids=WRONG)
def test_what_is_found_in_a_unit(unit: Unit, expected: list[str]) -> None:
    assert codes(unit) == [expected]


def test_places_are_in_the_markdown() -> None:
    target = "**Quoi**? `x  y` de Core [vu  là](u)."
    (problems,) = document(ONE._replace(target=target)).problems({})
    typography = {p.code: target[p.start : p.end] for p in problems if p.code.startswith("TY")}
    assert set(typography) == {"TY101", "TY107"}
    assert typography["TY107"] == "  "
    question = next(p for p in problems if p.code == "TY101")
    assert question.start == target.index("?")
    assert question.safe


def test_blanks_around_what_is_gone_are_no_problem() -> None:
    target = "Un <!-- x --> mot, `code` , de Core."
    (problems,) = document(ONE._replace(target=target)).problems({})
    assert [p.code for p in problems if p.code == "TY107"] == []


def match(text: str, words: str, rule: str = "ACCORD", category: str = "CAT_GRAMMAIRE") -> Match:
    start = text.index(words)
    return Match(start, start + len(words), rule, category, "", "wrong", ("x",))


def test_what_an_engine_says_is_moved_into_the_markdown() -> None:
    units = (ONE._replace(target="Un **mots** de Core."), ONE._replace(source="Two", target="Deux"))
    one = document(*units)
    (chunk,) = one.chunks
    assert chunk.text == "Un mots de Core.\n\nDeux"
    problems = one.problems({chunk.text: (match(chunk.text, "mots"), match(chunk.text, "Deux"))})
    (first,) = (p for p in problems[0] if p.code == "GR101")
    assert (first.start, first.end, first.rule) == (5, 9, "ACCORD")
    assert [(p.start, p.end) for p in problems[1] if p.code == "GR101"] == [(0, 4)]


def test_typography_of_ours_goes_before_the_engines() -> None:
    one = document(ONE._replace(target="Un **mot**? De Core."))
    (chunk,) = one.chunks
    (problems,) = one.problems({chunk.text: (match(chunk.text, "mot?"),)})
    assert [p.code for p in problems] == ["TY101"]


def test_the_language_of_a_draft_is_a_note() -> None:
    one = document(ONE._replace(target="Un mot? de Cœur.", state=State.DRAFT))
    (problems,) = one.problems({})
    weights = {p.code: p.severity for p in problems}
    assert weights["TY101"] is Severity.INFO
    assert weights["MK106"] is None or weights["MK106"] is not Severity.INFO


def test_terminology() -> None:
    terminology = parse_glossary("source,target\nword,terme\n", "g.csv")
    assert codes(ONE, terminology=terminology) == [["GL101"]]


def test_what_did_not_change_is_not_checked() -> None:
    units = (ONE._replace(target="Quoi?"), ONE._replace(source="Two Core", target="Core quoi?"))
    one = document(*units)
    old = frozenset({one.texts[0].identity})
    assert one.without(old).problems({})[0] == []
    assert one.without(old).problems({})[1] != []
    assert [chunk.text for chunk in one.without(old).chunks] == ["Core quoi?"]
    assert one.problems({})[0] != []


def test_a_version_has_nothing_to_be_held_against() -> None:
    article = read_article(b"## Al, Org (@al)\n\nQui , lui?\n", "fr.md")
    one = Document("fr", article_texts(article), source_locale="en")
    assert one.texts == (CheckedText("al", "Qui , lui?"),)
    assert [[p.code for p in problems] for problems in one.problems({})] == [["TY108", "TY101"]]


def test_a_problem_of_a_whole_text_has_no_place() -> None:
    (problems,) = document(ONE._replace(target="", state=State.EMPTY)).problems({})
    assert problems == [Problem("CO101", "not translated yet")]
