"""Links of a translation that lead to the source language."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from pipeline.rules.codes import RULES as ALL
from pipeline.rules.fidelity.comparison import compare
from pipeline.rules.fidelity.localised_links import RULES, check_localised_links


class Link(NamedTuple):
    article: str
    address: str


LOCALES = ("en", "fr")
LINKS = {"x.md": Link("x", ""), "/en/x.html": Link("x", "/fr/x.html"), "/x/": Link("x", "/y/")}
WRITTEN = {
    "link": ("Un [lien](x.md) là.", [(10, 14)]),
    "two": ("[a](x.md) [b](<x.md>)", [(4, 8), (15, 19)]),
    "with a title": ('[a](x.md "b")', [(4, 8)]),
    "address in the text": ("[x.md](x.md)", [(7, 11)]),
}


@pytest.mark.parametrize(("text", "places"), WRITTEN.values(), ids=WRITTEN)
def test_the_finding_says_why(text: str, places: list[tuple[int, int]]) -> None:
    problems = list(check_localised_links(text, frozenset(), LINKS.get, LOCALES))
    assert [(problem.start, problem.end) for problem in problems] == places
    message = "link 'x.md' leads to the source language: 'x' is not published in fr yet"
    assert {problem.message for problem in problems} == {message}


def test_what_it_proposes_is_no_fault() -> None:
    (problem,) = check_localised_links("[a](/en/x.html)", frozenset(), LINKS.get, LOCALES)
    assert problem.message == (
        "link '/en/x.html' leads to the source language: write '/fr/x.html', which is translated"
    )
    assert compare("[a](/en/x.html)", "[a](/fr/x.html)", (), frozenset(), *LOCALES) == []
    # The comparison would refuse this one.
    assert compare("[a](/x/)", "[a](/y/)", (), frozenset(), *LOCALES) != []
    assert list(check_localised_links("[a](/x/)", frozenset(), LINKS.get, LOCALES)) == []


@pytest.mark.parametrize("text", ["x.md", "`[a](x.md)`", "![a](x.md)", "[a][x.md]", "[a](y.md)"])
def test_what_is_no_such_link(text: str) -> None:
    assert not list(check_localised_links(text, frozenset({"x.md"}), LINKS.get, LOCALES))


def test_a_translator_may_name_the_version() -> None:
    for link in ("../b/fr.md", "../b/en.md", "../b/fr.md#part"):
        source = "[a](../b/en.md" + ("#part" if "#" in link else "") + ")"
        assert compare(source, f"[a]({link})", (), frozenset(), *LOCALES) == []
    assert compare("[a](../b/en.md)", "[a](../c/fr.md)", (), frozenset(), *LOCALES) != []


def test_the_example() -> None:
    find = {"/en/other.html": Link("other", "/fr/other.html")}
    rule = RULES["CO107"]
    for example, codes in ((rule.bad, ["CO107"]), (rule.good, [])):
        problems = check_localised_links(example.text, frozenset(), find.get, LOCALES)
        assert [problem.code for problem in problems] == codes
    assert ALL["CO107"] is rule
