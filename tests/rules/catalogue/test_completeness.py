"""Completeness of a catalogue, and failures of the other stages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.alignment.filling import fill
from pipeline.alignment.pairing import align
from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract
from pipeline.catalogue.po.file import load_po
from pipeline.catalogue.publication import last_reviewed, reviewed_obsolete
from pipeline.findings import Severity
from pipeline.model import Catalog, Origin, OriginKind, State, Unit, text_hash
from pipeline.pages.refusals import hold_refused
from pipeline.rules import drafts
from pipeline.rules.catalogue.completeness import (
    RULES,
    check_completeness,
    check_publishable,
    check_up_to_date,
)
from pipeline.rules.fidelity.comparison import compare

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.rules.rule import Example

HUMAN = Unit("x", "One", "Un", State.REVIEWED)
MACHINE = HUMAN._replace(
    origin=Origin(OriginKind.MACHINE, "apertium", text_hash("Un")), state=State.DRAFT
)
TERMS = ("Social Media Today",)
SAME = {
    "a sentence": ("What are you going to do?", 6),
    "capitals": ("What Are You going to do today?", 5),
    "with markup": ("see *what* you can do `at once`", 5),
    "without capitals": ("これ は 何 です か", 5),
}
NO_WORDS = {
    "three words": "one two three",
    "names": "Ada Byron, Bo Li, Cy Twombly, Di Prima",
    "terms": "on Social Media Today today",
    "addresses": "see https://a.b/one/two/three/four and one@two.three",
    "code": "`one two three four`",
    "handles": "@one #two @three #four",
    "placeholders": "{one} %(two)s {{ three four }}",
    "tags": '<a href="one two three four">a</a>',
    "link target": "[a](one-two-three-four)",
    "numbers": "1 2 3 4 5",
}


def of_unit(unit: Unit) -> list[str]:
    return [problem.code for problem in check_completeness(unit, TERMS)]


@pytest.mark.parametrize(
    ("unit", "messages"),
    [
        (HUMAN, []),
        (Unit("x", "One"), ["not translated yet"]),
        (HUMAN._replace(state=State.DRAFT), ["human draft, not reviewed yet"]),
        (MACHINE, ["machine draft by apertium, not reviewed yet"]),
        (
            MACHINE._replace(state=State.REVIEWED),
            ["draft by apertium accepted unchanged: check that it was read"],
        ),
        (MACHINE._replace(state=State.REVIEWED, target="Une"), []),
    ],
)
def test_how_far_a_unit_is(unit: Unit, messages: list[str]) -> None:
    assert [problem.message for problem in check_completeness(unit)] == messages


@pytest.mark.parametrize(("text", "count"), SAME.values(), ids=list(SAME))
def test_a_sentence_that_only_repeats_the_source(text: str, count: int) -> None:
    [problem] = check_completeness(
        HUMAN._replace(source=text, target=text.replace(" ", "  ")), TERMS
    )
    message = f"same as the source text, which has {count} words to translate"
    assert (problem.code, problem.message) == ("CO105", message)


@pytest.mark.parametrize("text", NO_WORDS.values(), ids=list(NO_WORDS))
def test_what_needs_no_translation(text: str) -> None:
    assert of_unit(HUMAN._replace(source=text, target=text)) == []


def test_a_draft_may_repeat_the_source_too() -> None:
    text = "What are you going to do?"
    draft = Unit("x", text, text, State.DRAFT)
    assert of_unit(draft) == ["CO102", "CO105"]


@pytest.mark.parametrize(
    ("reviewed", "publish_at", "messages"),
    [
        (3, 0.8, ["75% of the words are reviewed; 80% are required to publish the page"]),
        (4, 0.8, []),
        (3, 0.75, []),
        (0, 0.0, []),
    ],
)
def test_whether_a_locale_is_published(
    reviewed: int, publish_at: float, messages: list[str]
) -> None:
    states = [State.REVIEWED] * reviewed + [State.EMPTY] * (4 - reviewed)
    units = tuple(Unit(str(n), "One", "Un", state) for n, state in enumerate(states))
    problems = check_publishable(Catalog("a", "fr", units), publish_at)
    assert [problem.message for problem in problems] == messages


def codes_of(example: Example, folder: Path) -> set[str]:
    path = folder / "a.po"
    path.write_text(example.text, encoding="utf-8")
    catalog = load_po(path, "a.po").catalog("a", "fr")
    obsolete = reviewed_obsolete(catalog)
    codes = set()
    for unit in catalog.units:
        earlier = last_reviewed(unit, obsolete)
        # As on a page that is published.
        apart = "stale" if earlier else "" if unit.state is State.REVIEWED else "waiting"
        codes |= {problem.code for problem in check_completeness(unit, apart=apart)}
    codes |= {problem.code for problem in check_publishable(catalog, 0.8)}
    template = (
        extract(read_article(example.source.encode(), "en.md"), "") if example.source else catalog
    )
    return codes | {problem.code for problem in check_up_to_date(catalog, template)}


@pytest.mark.parametrize("code", RULES)
def test_examples(code: str, tmp_path: Path) -> None:
    assert code in codes_of(RULES[code].bad, tmp_path)
    assert code not in codes_of(RULES[code].good, tmp_path)


def aligned(example: Example) -> set[str]:
    source = read_article(example.source.encode(), "en.md")
    version = read_article(example.text.encode(), "fr.md")
    catalog = replace(extract(source, ""), locale="fr")
    filled, findings = fill(catalog, source, version, align(source, version), is_replaced=True)
    return {f.code for f in (*findings, *hold_refused(source, version, catalog, filled)[1])}


@pytest.mark.parametrize("code", [code for code in drafts.RULES if code.startswith("AL")])
def test_examples_of_the_alignment(code: str) -> None:
    rule = drafts.RULES[code]
    assert code in aligned(rule.bad)
    assert code not in aligned(rule.good)


def test_example_of_a_draft_that_is_refused() -> None:
    rule = drafts.RULES["MT101"]
    results = [compare(e.source, e.text, (), frozenset(), "en", e.locale) for e in rule[3:]]
    assert [len(problems) for problems in results] == [1, 0]


def test_only_what_misleads_readers_is_more_than_a_note() -> None:
    rules = {**RULES, **drafts.RULES}
    strong = {code for code, rule in rules.items() if rule.severity is not Severity.INFO}
    assert strong == {"CO105", "CO106", "AL002", "AL004", "AL005", "AL006", "AL007", "AL008"}
