"""Check of a single translation, without a project."""

from __future__ import annotations

import pytest

import pipeline

SOURCE = """\
---
title: Two cooks on salt
---

We asked two cooks.

## Ana Ruiz, Saltworks (@anaruiz)

I never weigh it.

I taste [three times](https://example.org/taste), then I stop.
"""


@pytest.mark.parametrize(
    ("target", "codes"),
    [
        ("Je goûte [trois fois](https://example.org/taste), puis j’arrête.", []),
        ("Je goûte trois fois, puis j’arrête.", ["MK"]),
        ("Je goûte [trois fois](https://example.com/taste), puis j’arrête.", ["MK"]),
    ],
)
def test_check_sees_what_a_translation_lost(target: str, codes: list[str]) -> None:
    article = pipeline.read_article(SOURCE.encode(), "en.md")
    template = pipeline.extract(article, "salt")
    units = tuple(
        unit._replace(target=target, state=pipeline.State.REVIEWED, line=number)
        for number, unit in enumerate(template.units, 7)
        if "three times" in unit.source
    )
    findings = pipeline.check(
        article, pipeline.Catalog("salt", "fr", units), "en", path="locales/fr.po"
    )
    errors = [f for f in findings if f.severity is pipeline.Severity.ERROR]
    assert sorted({f.code[:2] for f in errors}) == codes
    assert all(f.catalogue and f.catalogue[:2] == ("locales/fr.po", 10) for f in errors)


def test_check_reports_a_text_that_breaks_its_page_once() -> None:
    article = pipeline.read_article(b"I never weigh it.", "en.md")
    (unit,) = pipeline.extract(article, "salt").units
    unit = unit._replace(target="# Jamais.", state=pipeline.State.REVIEWED)
    (finding,) = pipeline.check(article, pipeline.Catalog("salt", "fr", (unit,)), "en")
    assert (finding.code, finding.start, finding.end) == ("MK109", 0, 1)


def test_check_asks_the_grammar_engine_that_it_is_given() -> None:
    article = pipeline.read_article(b"The dog sleeps.", "en.md")
    (unit,) = pipeline.extract(article, "dog").units
    unit = unit._replace(target="Les chien dort.", state=pipeline.State.REVIEWED)
    catalog = pipeline.Catalog("dog", "fr", (unit,))
    grammar = pipeline.open_grammar("lingotweaker")
    try:
        (finding,) = pipeline.check(article, catalog, "en", grammar=grammar)
    finally:
        grammar.close()
    assert finding.code.startswith("GR")
    assert finding.text[finding.start : finding.end] == "Les chien"
    assert pipeline.check(article, catalog, "en") == []
