"""Marks missing from one of two texts, and repairs of damaged marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.markdown import find_marks
from pipeline.rules.fidelity.differences import Repair, find_differences, find_repair, mark_name

if TYPE_CHECKING:
    from pipeline.markdown import Mark

NONE: frozenset[str] = frozenset()


def marks(text: str) -> tuple[Mark, ...]:
    return find_marks(text, NONE).marks


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("`a`", "`a`", []),
        ("`a` `b`", "`b` `a`", []),
        ("`a`", "", [("a", None, 1)]),
        ("`a` `a` `b`", "", [("a", None, 2), ("b", None, 1)]),
        ("", "`a` `a`", [(None, "a", 1), (None, "a", 1)]),
        ("`a` `a`", "`a`", [("a", None, 1)]),
        ("`a` `b`", "`c` `d`", [("a", "c", 1), ("b", "d", 1)]),
        ("`a` `x` `b`", "`b` `c` `x`", [("a", "c", 1)]),
        ("`a` `b`", "`c`", [("a", None, 1), ("b", None, 1), (None, "c", 1)]),
    ],
)
def test_what_differs(
    source: str, target: str, expected: list[tuple[str | None, str | None, int]]
) -> None:
    problems = find_differences(marks(source), marks(target), lambda mark: mark.value)
    assert [
        (missing and missing.value, extra and extra.value, times)
        for missing, extra, times in problems
    ] == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("`a`", "code 'a'"),
        ("*a*", "emphasis"),
        ("**a**", "strong emphasis"),
        ("a\\\nb", "line break"),
        ("<br>", "HTML tag '<br>'"),
        ("[a](u)", "link 'u'"),
        ("{a}", "placeholder '{a}'"),
    ],
)
def test_a_mark_by_its_name(text: str, name: str) -> None:
    assert mark_name(marks(text)[0]) == name


REPAIRED = {
    "link": ("[a](u)", "x [b] (u)", Repair(4, 6, "]")),
    "wide brackets": ("[a](u)", "[b]（u）", Repair(2, 6, "](u)")),
    "emphasis": ("*a*", "b * c * d", Repair(2, 7, "*c*")),
    "signs apart": ("**a**", "* *b**", Repair(0, 2, "*")),
    "tag": ("<br>", "a < br >", Repair(2, 8, "<br>")),
    "placeholder": ("{a}", "{ a }", Repair(0, 5, "{a}")),
    "format": ("%(a)s", "% (a) s", Repair(0, 7, "%(a)s")),
    "footnote": ("[^1]", "a [^ 1]", Repair(2, 7, "[^1]")),
}


@pytest.mark.parametrize(("source", "target", "repair"), REPAIRED.values(), ids=REPAIRED)
def test_a_damaged_mark_is_put_right(source: str, target: str, repair: Repair) -> None:
    assert find_repair(target, marks(source)[0], NONE) == repair


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("{a}", "{ b }"),
        ("`a`", "a"),
        ("[a](u)", "[b] (v)"),
        ("*a*", "b"),
        ("{a}", "{ a }" + " " * 5000),
        ("{a}", "{ b } " * 12 + "{ a }"),
    ],
)
def test_what_cannot_be_put_right_is_left(source: str, target: str) -> None:
    assert find_repair(target, marks(source)[0], NONE) is None
