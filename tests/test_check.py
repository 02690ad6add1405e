"""What is wrong with a translation, and how far a catalogue is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.article import read
from pipeline.check import RULES, check, compare
from pipeline.model import (
    Catalog,
    Origin,
    OriginKind,
    Place,
    Reference,
    Severity,
    State,
    Unit,
    text_hash,
)

LABELS = frozenset({"ref"})
GOOD = {
    "words": ("One two", "Un deux"),
    "order": ("*a* `b` @c", "@c `b` *a*"),
    "number's form": ("1,234.50 and 5", "5 et 1 234,50"),
    "another number": ("One day", "1 jour"),
    "label written out": ("[ref] a", "[autre][ref] a"),
    "inline and reference": ("[a][ref] <b>x</b>", "[b][ref] <b>y</b>"),
    "term inflected": ("The Core is", "Le Core est"),
    "escape": ("a * b", "a \\* b"),
}
BAD = {
    "code": ("a `b`", "a `c`", ["MK101", "MK101"]),
    "link": ("[a](u)", "a", ["MK102"]),
    "image": ("![a](u)", "![a](v)", ["MK102", "MK102"]),
    "reference": ("[a][ref]", "[a][no]", ["MK102"]),
    "tag": ("<b>a</b>", "<b>a", ["MK103"]),
    "footnote": ("a[^1]", "a", ["MK104"]),
    "placeholder": ("a {b}", "a {c}", ["MK105", "MK105"]),
    "emphasis": ("*a*", "**a**", ["MK106", "MK106"]),
    "unclosed emphasis": ("*a*", "*a", ["MK106"]),
    "hard break": ("a\\\nb", "a b", ["MK107"]),
    "number": ("in 2024", "en 2025", ["MK108"]),
    "number twice": ("5 and 5", "5", ["MK108"]),
    "term": ("by Core", "par Cœur", ["NM101"]),
    "handle": ("@al", "@ al", ["NM102"]),
    "hashtag": ("#one", "#un", ["NM102", "NM102"]),
    "address": ("<https://a.b>", "<https://a.c>", ["NM103", "NM103"]),
    "bare address": ("see https://a.b", "voir", ["NM103"]),
    "e-mail": ("me@a.b", "moi@a.b", ["NM103", "NM103"]),
}


@pytest.mark.parametrize(("source", "target"), GOOD.values(), ids=GOOD)
def test_nothing_is_wrong(source: str, target: str) -> None:
    assert compare(source, target, ("Core",), LABELS) == []


@pytest.mark.parametrize(("source", "target", "codes"), BAD.values(), ids=BAD)
def test_what_differs_is_found(source: str, target: str, codes: list[str]) -> None:
    problems = compare(source, target, ("Core",), LABELS)
    assert [code for code, _ in problems] == codes
    assert set(codes) <= set(RULES)


def test_messages_name_what_is_meant() -> None:
    assert compare("`a` `a` 5", "b", ("x",), LABELS) == [
        ("MK101", "code 'a' is missing (2 times)"),
        ("MK108", "the number with the digits 5 is missing"),
    ]


HUMAN = Unit("x", "One", "Un", State.REVIEWED)
MACHINE = replace(
    HUMAN, origin=Origin(OriginKind.MACHINE, "google", text_hash("Un")), state=State.DRAFT
)


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        (HUMAN, None),
        (Unit("x", "One"), "CO101"),
        (replace(HUMAN, state=State.DRAFT), "CO102"),
        (MACHINE, "CO102"),
        (replace(MACHINE, state=State.REVIEWED), "CO103"),
        (replace(MACHINE, state=State.REVIEWED, target="Une"), None),
    ],
)
def test_how_far_a_unit_is(unit: Unit, code: str | None) -> None:
    found = check(read(b"One\n", ""), Catalog("a", "fr", (unit,)), "x.po", ())
    assert [f.code for f in found] == ([code] if code else [])


def test_a_finding_says_where() -> None:
    article = read(b"## Al, Org (@al)\n\nAl says Acme.\n", "en.md")
    unit = Unit(
        "al",
        "Al says Acme.",
        "Il dit.",
        State.REVIEWED,
        references=(Reference("en.md", 3),),
        line=8,
    )
    found = check(article, Catalog("a", "fr", (unit,)), "x.po", ("Acme",))
    assert [f.message for f in found] == [
        "'Al' is missing; it is not to be translated",
        "'Acme' is missing; it is not to be translated",
    ]
    for finding in found:
        assert finding.severity is Severity.ERROR
        assert (finding.context, finding.source) == ("al", "Al says Acme.")
        assert (finding.place, finding.catalogue) == (Place("en.md", 3), Place("x.po", 8))
