"""Texts that Markdown parses as more than one paragraph."""

from __future__ import annotations

import pytest

from pipeline.rules.fidelity.markup import compare_markup
from pipeline.rules.fidelity.structure import check_structure

LABELS = frozenset({"ref"})

BAD = {
    "rule of underscores": ("a", "a\n___", "MK109", "_", "\\_"),
    "list": ("a", "- b", "MK109", "-", "\\-"),
    "list by asterisk": ("a", "* b", "MK109", "*", "\\*"),
    "list by plus": ("a", "+ b", "MK109", "+", "\\+"),
    "numbered list": ("2000 a", "2000. b", "MK109", ".", "\\."),
    "numbered list by bracket": ("1 a", "1) b", "MK109", ")", "\\)"),
    "heading": ("a", "# b", "MK109", "#", "\\#"),
    "quotation": ("a", "> b", "MK109", ">", "\\>"),
    "rule": ("a", "---", "MK109", "-", "\\-"),
    "fence": ("a", "~~~ b", "MK109", "~", "\\~"),
    "definition": ("a", "[b]: c", "MK109", "[", "\\["),
    "footnote definition": ("a[^1]", "[^1]: b", "MK109", "[", "\\["),
    "HTML block": ("a", "<div>b", "MK109", "<", "\\<"),
    "list in the second line": ("a", "b\n- c", "MK109", "-", "\\-"),
    "underline": ("a", "b\n===", "MK109", "=", "\\="),
    "table": ("a", "|b|\n|-|", "MK109", "", None),
    "empty line": ("a", "b\n\nc", "MK109", "\n\n", None),
    "spaces in front": ("a", "  - b", "MK109", "-", "\\-"),
}
GOOD = {
    "escaped list": ("a", "\\- b"),
    "hyphen": ("a", "-b"),
    "number": ("a", "1.b"),
    "emphasis first": ("*a* b", "*a* b"),
    "the source begins so, too": ("1. a", "1. b"),
    "the source is a list, the target is not": ("- a", "b"),
    "lazy second number": ("a", "b\n2. c"),
    "spaces around": ("a", " b\n"),
    "tab in front": ("a", "\tb"),
    "link first": ("[a](u): b", "[a](u) : b"),
    "letters and colon": ("at 10:30: a", "à 10:30: a"),
}


@pytest.mark.parametrize(
    ("source", "target", "code", "wrong", "suggestion"), BAD.values(), ids=list(BAD)
)
def test_what_breaks_the_page_is_found_with_its_place(
    source: str, target: str, code: str, wrong: str, suggestion: str | None
) -> None:
    [problem] = check_structure(source, target)
    assert (problem.code, target[problem.start : problem.end]) == (code, wrong)
    assert problem.suggestions == (() if suggestion is None else (suggestion,))
    assert [p for p in compare_markup(source, target, LABELS, "en", "fr") if p.code == code] == [
        problem
    ]


@pytest.mark.parametrize(("source", "target"), GOOD.values(), ids=list(GOOD))
def test_what_stays_a_paragraph(source: str, target: str) -> None:
    assert list(check_structure(source, target)) == []
    assert compare_markup(source, target, LABELS, "en", "fr") == []


@pytest.mark.parametrize("name", [n for n, row in BAD.items() if row[4] is not None])
def test_a_suggestion_puts_it_right(name: str) -> None:
    source, target, *_ = BAD[name]
    [problem] = check_structure(source, target)
    better = target[: problem.start] + problem.suggestions[0] + target[problem.end :]
    assert list(check_structure(source, better)) == []


def test_several_lines_that_break_the_page() -> None:
    problems = list(check_structure("a", "- b\nc\n# d"))
    assert [(p.start, p.end) for p in problems] == [(0, 1), (6, 7)]
