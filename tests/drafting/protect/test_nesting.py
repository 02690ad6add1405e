"""Markup nested differently from the source."""

from __future__ import annotations

import pytest

from pipeline.drafting.protect.nesting import find_nesting_fault
from tests.drafting.protect.test_spacing import pieces


@pytest.mark.parametrize(
    ("text", "answer", "reason"),
    [
        # As it was, or moved as a whole
        ("*a* **b**", "2B3 0A1", ""),
        ("*a **b***", "01B2 A3", ""),
        ("[a](u) [b](u)", "0A3 2B1", ""),
        ("*a* _b_", "2A3 0B1", ""),
        ("[a](u) `b` @c", "02 A31", ""),
        ("a[^1] [b](u)", "1B2 0 A", ""),
        ("**a `b`**", "01 2", ""),
        ("**`a` b**", "012 B", ""),
        ("{a} {b}", "1 0", ""),
        ("<br> <img>", "1 0", ""),
        ("*.*", "0!1", ""),
        # Crossed
        ("*a*", "1A0", "closed '*'"),
        ("*a* **b**", "0A2B1 3", "closed '*' inside strong '**…**'"),
        ("*a* _b_", "0A3 2B1", "closed '_' inside emphasis '*…*'"),
        ("[a](u) [b](v)", "0A3 2B1", "closed '](v)' inside link '[…](u)'"),
        ("<b>a</b> *b*", "0A2B1 3", "closed '</b>' inside emphasis '*…*'"),
        # In something else than it was
        ("*a **b** c*", "0A C3 1B2", "moved strong into or out of other markup"),
        ("*a* **b**", "0A 2B31", "moved strong into or out of other markup"),
        ("*a* *b*", "0A 2B31", "moved emphasis into or out of other markup"),
        ("*a* [b *c* *d*](u)", "0A1 2B 3C47 5D6", "moved emphasis into or out of other markup"),
        ("**a *b* c** [d](u)", "0A C3 4D 1B25", "moved emphasis into or out of other markup"),
        ("**a** [b *c*](u)", "0A1 2B5 3C4", "moved emphasis into or out of other markup"),
        (
            "**[a *b*](u)** [c](u)",
            "01A45 6C 2B37",
            "moved emphasis into or out of other markup",
        ),
        ("[a](u) [b](v)", "0A 2B31", "moved link '[…](v)' into or out of other markup"),
        ("[a](u) <https://b>", "0A 21", "moved address '<https://b>' into or out of other markup"),
        ("[a](u) b[^1]", "0A 21 B", "moved footnote '[^1]' into or out of other markup"),
        ("![a](u) `b`", "0A 21", "moved code '`b`' into or out of other markup"),
        ("![a `b`](u)", "0A2 1", "moved code '`b`' into or out of other markup"),
        ("![a `b` `b`](u)", "0A 13 2", "moved code '`b`' into or out of other markup"),
        # Empty
        ("*a* b", "01 A B", "left emphasis empty"),
        ("*!* b", "01 B", "left emphasis empty"),
        ("[a](u) b", "0 1 A B", "left link '[…](u)' empty"),
        ("[a](u) b", "0.1 A B", "left link '[…](u)' empty"),
        ("[a &nbsp;](u)", "01 2A", "left link '[…](u)' empty"),
        ("[a<br>](u) b", "0 12 A B", "left link '[…](u)' empty"),
        ("*a* *b*", "0A1 23 B", "left emphasis empty"),
        # Order
        ("%s %d", "1 0", "changed the order of %s, %d"),
        ("{} {}", "1 0", ""),
        ("a</b> <i>", "A1 0", "changed the order of </b>, <i>"),
        ("{% if a %}b{% endif %}", "1B0", "changed the order of {% if a %}, {% endif %}"),
    ],
)
def test_flaw(text: str, answer: str, reason: str) -> None:
    fault = find_nesting_fault(*pieces(text, answer))
    assert fault == (reason and f"the engine {reason}")


def test_messages_quote_the_first_characters_of_markup() -> None:
    link, tag = "](" + "u" * 38, "<span class=" + "a" * 28
    text = f"[a]({'u' * 60}) {tag}{'a' * 20}>b</span>"
    answers = {
        "2A1 0B3": f"closed '{link}' inside tag '{tag}…</span>'",
        "0A 2B31": f"moved tag '{tag}…</span>' into or out of other markup",
        "01 2B3 A": f"left link '[…{link}' empty",
    }
    for answer, fault in answers.items():
        assert find_nesting_fault(*pieces(text, answer)) == f"the engine {fault}"
