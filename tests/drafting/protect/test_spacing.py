"""Spaces that engines add or remove beside tokens."""

from __future__ import annotations

import pytest

from pipeline.drafting.protect.spacing import restore_spacing
from pipeline.markdown.spans import Piece, Span, find_spans


def pieces(text: str, answer: str) -> tuple[list[Piece], list[Piece]]:
    """Split a text and its answer into pieces; in the answer ``0`` to ``9`` refer to the spans."""
    spans = find_spans(text, ("Ada",), frozenset(), {"expert": "spécialiste"})
    source: list[Piece] = []
    at = 0
    for span in spans:
        source += [text[at : span.start], span]
        at = span.end
    source.append(text[at:])
    parts: list[Piece] = [""]
    for sign in answer:
        if sign.isdigit():
            parts += [spans[int(sign)], ""]
        else:
            parts[-1] = f"{parts[-1]}{sign}"
    assert sorted(part for part in parts if isinstance(part, Span)) == spans
    return source, parts


def test_what_the_answer_of_a_test_is() -> None:
    source, parts = pieces("a *b*", "A 0B1")
    assert source == [
        "a ",
        Span(2, 3, "*", "emphasis", 1),
        "b",
        Span(4, 5, "*", "emphasis", -1),
        "",
    ]
    assert parts[::2] == ["A ", "B", ""]


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        # Inner edges
        ("a **b** c", "A 0 B 1 C", "A **B** C"),
        ("a **b** c", "A0 B 1C", "A **B** C"),
        ("a **b** c", "A 0\u00a0B\u202f1. C", "A **B**\u202f. C"),
        ("a **b** c", "A 0   B1 C", "A **B** C"),
        ("**b**", "0 B 1", "**B**"),
        ("**b** c", "0 B 1 C", "**B** C"),
        ("a [*b* c](u) d", "A 0 1 B 2 C 3 D", "A [*B* C](u) D"),
        ("a ***b*** c", "A 0 1 B 2 3 C", "A ***B*** C"),
        ("a <b>b</b> c", "A 0 B 1 C", "A <b>B</b> C"),
        ("a <b>b</b> c", "A0 B 1C", "A <b>B</b> C"),
        ("a <b><i>b</i></b> c", "A01 B 23C", "A <b><i>B</i></b> C"),
        ("some **b** c", "Du 0 B 1 C", "Du **B** C"),
        ("a [b](u) c", "A 0B 1C", "A [B](u) C"),
        # Blanks that the source has there
        ("a [ b ](u) c", "A 0 B 1 C", "A [ B ](u) C"),
        ("a <b> b</b> c", "A 0 B 1 C", "A <b> B</b> C"),
        # Between spans
        ("`a` `b`", "01", "`a` `b`"),
        ("`a`, @b", "01", "`a` @b"),
        ("`a`@b", "01", "`a`@b"),
        ("*a* *b*", "0A12B3", "*A* *B*"),
        ("[`a` b](u)", "012 b", "[`a`](u) b"),
        # Before a span
        ("see `a`", "voir0", "voir `a`"),
        ("see. `a`", "voir.0", "voir. `a`"),
        ("see *a*", "voir0A1", "voir *A*"),
        ("un*a*", "un0A1", "un*A*"),
        ("see (@a)", "voir (0)", "voir (@a)"),
        ("the *a*", "l’0A1", "l’*A*"),
        ("see @a", "看0", "看@a"),
        ("a<br>b, see @c", "A0B, voir1", "A<br>B, voir @c"),
        ("see[^1]", "voir0", "voir[^1]"),
        # Behind a span
        ("@a says", "0dit", "@a dit"),
        ("so @b and @a say", "0et 1disent", "@b et @a disent"),
        ("3.5kg of it", "0de", "3.5kg de"),
        ("an expert says", "un 0dit", "un spécialistedit"),
        ("an expert says", "un 0disait", "un spécialiste disait"),
        ("an expert", "des 0s", "des spécialistes"),
        ("`a` 5 b", "0.B", "`a`.B"),
        ("*a* says", "0A1dit", "*A*dit"),
        ("`a`b", "0B", "`a`B"),
    ],
)
def test_blanks(text: str, answer: str, expected: str) -> None:
    assert restore_spacing(*pieces(text, answer)) == expected


@pytest.mark.parametrize(
    "text", ["a **b** c", " `a` ", "\n*a*  `b`\u00a0", "", "see.`a`b@c 5%d", "a<br>b  \nc"]
)
def test_what_stays(text: str) -> None:
    source, _ = pieces(text, "".join(map(str, range(len(find_spans(text, (), frozenset(), {}))))))
    assert restore_spacing(source, source) == text
