"""Templates with one unit for each context and text."""

from __future__ import annotations

from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract
from pipeline.model import Reference, State

TEXT = b"""---
title: It depends.
---
It depends.

## Al, Org (@al)

It depends.

- It depends.

<!-- pipeline: note Be kind. -->

> It depends.

## Bo {.expert}

It depends.
"""


def test_one_unit_for_each_speaker() -> None:
    catalog = extract(read_article(TEXT, "source/a/en.md"), "a")
    assert (catalog.article, catalog.locale, catalog.obsolete) == ("a", "", ())
    assert [(u.context, u.notes, [r.line for r in u.references]) for u in catalog.units] == [
        ("front-matter", ("title",), [2]),
        ("introduction", ("paragraph",), [4]),
        ("al", ("Al, Org, @al (paragraph, list item, quotation)", "Be kind."), [8, 10, 14]),
        ("bo", ("Bo (paragraph)",), [18]),
    ]
    assert {u.source for u in catalog.units} == {"It depends."}
    assert {u.state for u in catalog.units} == {State.EMPTY}


def test_references_name_the_file() -> None:
    unit = extract(read_article(b"One\n", "source/my article/en.md"), "a").units[0]
    assert unit.references == (Reference("source/my article/en.md", 1),)


def test_notes_are_single_lines() -> None:
    text = b"Al\\\nB, Org (@al)\n---\n\n<!-- pipeline: note a\n b -->\n\nOne\n"
    for unit in extract(read_article(text, ""), "a").units:
        assert not any("\n" in note for note in unit.notes)


def test_nothing_to_translate() -> None:
    assert extract(read_article(b"", ""), "a").units == ()
