"""Links to the source language although a translated page exists."""

from __future__ import annotations

import pytest

from pipeline.rules.codes import RULES as ALL
from pipeline.rules.fidelity.localised_links import RULES, check_localised_links

WRITTEN = {
    "link": ("Un [lien](x.md) là.", [(10, 14)]),
    "two": ("[a](x.md) [b](<x.md>)", [(4, 8), (15, 19)]),
    "with a title": ('[a](x.md "b")', [(4, 8)]),
    "address in the text": ("[x.md](x.md)", [(7, 11)]),
}


@pytest.mark.parametrize(("text", "places"), WRITTEN.values(), ids=WRITTEN)
def test_the_finding_names_link_and_page(text: str, places: list[tuple[int, int]]) -> None:
    problems = list(check_localised_links(text, frozenset(), {"x.md": "build/fr/x.md"}.get))  # type: ignore[arg-type]
    assert [(problem.start, problem.end) for problem in problems] == places
    message = "link 'x.md' leads to the source language: the translated page is build/fr/x.md"
    assert {problem.message for problem in problems} == {message}


@pytest.mark.parametrize("text", ["x.md", "`[a](x.md)`", "![a](x.md)", "[a][x.md]", "[a](y.md)"])
def test_what_is_no_such_link(text: str) -> None:
    find = {"x.md": "build/fr/x.md"}
    assert not list(
        check_localised_links(text, frozenset({"x.md"}), lambda link: find.get(link, ""))
    )


def test_the_example() -> None:
    find = {"other.md": "fr/other.md"}
    rule = RULES["CO107"]
    for example, codes in ((rule.bad, ["CO107"]), (rule.good, [])):
        problems = check_localised_links(example.text, frozenset(), lambda link: find.get(link, ""))
        assert [problem.code for problem in problems] == codes
    assert ALL["CO107"] is rule
