"""Parts of a text that are hidden from engines."""

from __future__ import annotations

import pytest

from pipeline.markdown.spans import find_spans

TERMS = ("Al Core", "Core", "C++", "@al")
LABELS = frozenset({"ref"})
GLOSSARY = {
    "expert": "spécialiste",
    "social media": "médias sociaux",
    "media": "presse",
    "AI": "IA",
    "Core": "noyau",
    "iOS app": "appli iOS",
}


def hidden(text: str) -> str:
    """Write each span in brackets, with an arrow and its replacement where that differs."""
    parts = []
    at = 0
    for span in find_spans(text, TERMS, LABELS, GLOSSARY):
        words = text[span.start : span.end]
        label = words if span.text == words else f"{words}→{span.text}"
        parts += [text[at : span.start], f"⟦{label}⟧"]
        at = span.end
    return "".join(parts) + text[at:]


@pytest.mark.parametrize(
    "expected",
    [
        "Plain words.",
        "a ⟦*⟧b⟦*⟧ c",
        "⟦*⟧⟦**⟧b⟦**⟧⟦*⟧",
        "a ⟦`b`⟧ c",
        "see ⟦[⟧b⟦](u 't')⟧.",
        "⟦![⟧b⟦](u)⟧",
        "a⟦<br>⟧b",
        "⟦<b>⟧b⟦</b>⟧",
        "a⟦\\\n⟧b",
        "⟦<https://a.b>⟧",
        "see ⟦https://a.b/c⟧, now",
        "见⟦https://a.b/c⟧。",
        "at ⟦www.a.b⟧.",
        "to ⟦me@a.b⟧.",
        "ask ⟦@al_b⟧.",
        "on ⟦#TagÉ⟧ now",
        "⟦_⟧⟦#Tag⟧⟦_⟧ and ⟦**⟧⟦@bo⟧⟦**⟧ and ⟦_⟧⟦:tada:⟧⟦_⟧",
        "is #1",
        "⟦{a}⟧ ⟦{{ b }}⟧ ⟦%(c)s⟧ ⟦%d⟧ ⟦${e}⟧ ⟦{% f %}⟧",
        "⟦{a:.2f}⟧ ⟦{b, number}⟧ ⟦{c!r}⟧ ⟦%(d)05.1f⟧",
        "{a b} ⟦50 %⟧ of %a $⟦{}⟧",
        "a ⟦:tada:⟧ b ⟦:+1:⟧",
        "at 10:30:15, a:b:c, : d:",
        "a⟦[^1]⟧.",
        "⟦50 %⟧ of ⟦3.5kg⟧ for ⟦€5⟧ or ⟦10 €⟧",
        "in 2024 ⟦€5⟧ and 7 ⟦$5⟧",
        "in 2024 there",
        "a⟦&nbsp;⟧b ⟦&#160;⟧c",
        "a ⟦\x01\x7f⟧ b\tc⟦\n⟧d",
        "a⟦\\*⟧b ⟦\\\\⟧⟦\\\\⟧c",
        "⟦[⟧a⟦][ref]⟧ and ⟦[⟧ref⟦]→][ref]⟧ and ⟦[⟧ref⟦][]→][ref]⟧",
        "[a][b]",
        "⟦*⟧a⟦*⟧⟦`b`⟧⟦@c⟧",
    ],
)
def test_what_is_hidden(expected: str) -> None:
    text = expected
    for part in ("→][ref]", "→][ref]"):
        text = text.replace(part, "")
    assert hidden(text.replace("⟦", "").replace("⟧", "")) == expected


@pytest.mark.parametrize(
    "expected",
    [
        "⟦Al Core⟧ and ⟦Core⟧, not Corella, core or aCore",
        "⟦C++⟧ is, ⟦C++⟧11 too",
        "⟦*⟧⟦Core⟧⟦*⟧ ⟦_⟧⟦Core⟧⟦_⟧ snake_⟦Core⟧ _⟦Core⟧",
        "⟦@al⟧'s",
        "L’⟦Core⟧",
    ],
)
def test_terms(expected: str) -> None:
    assert hidden(expected.replace("⟦", "").replace("⟧", "")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An expert said.", "An ⟦expert→spécialiste⟧ said."),
        ("Expert said.", "⟦Expert→Spécialiste⟧ said."),
        ("“Expert”, he said. EXPERT? expert", "“⟦Expert→Spécialiste⟧”, he said. "
         "⟦EXPERT→Spécialiste⟧? ⟦expert→spécialiste⟧"),
        ("[*Expert*](u)", "⟦[⟧⟦*⟧⟦Expert→Spécialiste⟧⟦*⟧⟦](u)⟧"),
        ("The Expert said.", "The Expert said."),
        ("experts, expertise", "experts, expertise"),
        ("on social media, in media", "on ⟦social media→médias sociaux⟧, in ⟦media→presse⟧"),
        ("an AI, no ai", "an ⟦AI→IA⟧, no ai"),
        ("iOS app: the iOS app.", "⟦iOS app→appli iOS⟧: the ⟦iOS app→appli iOS⟧."),
        ("the Core", "the ⟦Core⟧"),
        ("`expert` #expert expert@a.org", "⟦`expert`⟧ ⟦#expert⟧ ⟦expert@a.org⟧"),
        ("[a](expert) ![b](expert)", "⟦[⟧a⟦](expert)⟧ ⟦![⟧b⟦](expert)⟧"),
    ],
)  # fmt: skip
def test_glossary(text: str, expected: str) -> None:
    assert hidden(text) == expected


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("*a* **b**", 2),
        ("[*a*](u)", 2),
        ("`a` ![](u) <https://a.b>", 0),
        ("<b>a</b> <i>b</i>", 2),
        ("<b>a <i>b</i></b>", 2),
        ("<b>a</b", 0),
        ("<b>a <i>b</b></i>", 1),
        ("*<b>a* b</b>", 1),
        ("<b>*a</b>*", 1),
        ("<br>a</br> <img src='a'>b</img> <x/>a</x>", 0),
        ("<!-- a --> b", 0),
        ('<a href="1">a</a>', 1),
    ],
)
def test_what_belongs_together(text: str, pairs: int) -> None:
    numbers = [span.pair for span in find_spans(text, (), LABELS, {}) if span.pair]
    assert len(numbers) == 2 * len(set(map(abs, numbers))) == 2 * pairs
    inside: list[int] = []
    for number in numbers:
        if number > 0:
            inside.append(number)
        else:
            assert inside.pop() == -number
