"""Translatable values of attributes and properties."""

from __future__ import annotations

import pytest

from pipeline.markdown.dialects.attributes import text_attributes

IN_TAGS = {
    'title="One" b="two"': ["One"],
    "alt='One' label='Two'": ["One", "Two"],
    'title="a {b}"': [],
    'subtitle="One"': [],
    'title="a \\" b"': ['a \\" b'],
}


@pytest.mark.parametrize(("text", "expected"), IN_TAGS.items(), ids=IN_TAGS)
def test_attributes(text: str, expected: list[str]) -> None:
    assert [text[slice(*span)] for span in text_attributes(text, 0, len(text))] == expected


IN_SCRIPTS = {
    "{title: 'One', b: 'two'}": ["One"],
    "{'label': \"One\"}": ["One"],
    "{title: a}": [],
    "title: 'One'": [],
    "title='One'": [],
    "<A title='One' b={[{title: 'Two'}]} />": ["One", "Two"],
}


@pytest.mark.parametrize(("text", "expected"), IN_SCRIPTS.items(), ids=IN_SCRIPTS)
def test_properties(text: str, expected: list[str]) -> None:
    spans = text_attributes(text, 0, len(text), script=True)
    assert [text[slice(*span)] for span in spans] == expected
