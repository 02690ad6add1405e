from __future__ import annotations

import re
from collections import Counter

import pytest

from pipeline.drafting.engines.contract import Answer
from pipeline.drafting.engines.forms import FORMS
from pipeline.drafting.engines.pseudo import Pseudo
from pipeline.errors import UsageError

TEXTS = [f"Text {n} of ⟦0⟧ has ⟦1⟧ and 25 words for ⟦2⟧." for n in range(200)]
WHOLE = ["⟦0⟧", "⟦1⟧", "⟦2⟧"]


def ask(engine: Pseudo, *texts: str) -> list[str]:
    answers: list[str] = []
    for _, answer in engine.translate(texts, "en", "fr", {}):
        assert isinstance(answer, Answer)
        assert answer.signature == "pseudo"
        answers.append(answer.text)
    return answers


def tokens(text: str) -> list[str]:
    return re.findall(r"⟦[^⟧]*⟧|<[^<>]*>", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello", "⟪Ĥééļļöö⟫"),
        ("  A cat.\n", "  ⟪ÅÅ çååţ.⟫\n"),
        ("⟦0⟧ and ⟦12⟧", "⟪⟦0⟧ ååñð ⟦12⟧⟫"),
        ("25 %", "⟪25 %⟫"),
        ("Déjà 語 😀", "⟪Ðéĵà 語 😀⟫"),
        ("", ""),
        (" \n", " \n"),
    ],
)
def test_accents(text: str, expected: str) -> None:
    assert ask(Pseudo(), text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('A <g id="0">cat</g> <x id="1"/>', '⟪ÅÅ <g id="0">çååţ</g> <x id="1"/>⟫'),
        ("R&amp;D &lt; &#39;", "⟪Ŕ&amp;Ð &lt; &#39;⟫"),
    ],
)
def test_accents_beside_tags(text: str, expected: str) -> None:
    assert ask(Pseudo(form="tags"), text) == [expected]


def test_the_form_says_what_it_keeps() -> None:
    assert Pseudo().traits.form == FORMS["pseudo"]
    assert Pseudo(form="tags").traits.form == FORMS["deepl"]
    with pytest.raises(UsageError, match="unknown form 'xml': expected any of token, tags"):
        Pseudo(form="xml")


def test_it_is_about_a_third_longer() -> None:
    text = "The best advice that I can give to anybody is to write every day, and to read more."
    longer = len(ask(Pseudo(), text)[0]) / len(text)
    assert 1.2 < longer < 1.4


def test_every_letter_of_ascii_changes() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    both = letters + letters.upper()
    assert not set(ask(Pseudo(), both)[0]) & set(both)


def test_no_damage_without_being_told() -> None:
    assert all(tokens(answer) == WHOLE for answer in ask(Pseudo(), *TEXTS))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("drop", "a ⟦0⟧ b", "⟪åå  ƀ⟫"),
        ("double", "a ⟦0⟧ b", "⟪åå ⟦0⟧ ⟦0⟧ ƀ⟫"),
        ("swap", "⟦0⟧ a ⟦1⟧", "⟪⟦1⟧ åå ⟦0⟧⟫"),
        ("cross", "⟦0⟧ a ⟦1⟧ b ⟦2⟧", "⟪⟦2⟧ åå ⟦1⟧ ƀ ⟦0⟧⟫"),
        ("move", "a ⟦0⟧ b.", "⟪åå  ƀ. ⟦0⟧⟫"),
        ("alter", "a ⟦0⟧ b", "⟪åå ⟦ñöö. 0⟧ ƀ⟫"),
        ("renumber", "a ⟦9⟧ b", "⟪åå ⟦10⟧ ƀ⟫"),
        ("space", "a ⟦0⟧ b", "⟪åå ⟦ 0 ⟧ ƀ⟫"),
        ("pad", "a ⟦0⟧ b", "⟪åå  ⟦0⟧  ƀ⟫"),
        ("escape", "a ⟦0⟧ b", "⟪åå ⟦0⟧ ƀ⟫"),
        ("digits", "a ⟦0⟧ 25 b", "⟪åå ⟦0⟧  ƀ⟫"),
        ("alter", 'a <x id="0"/>', '⟪åå <x id="no. 0"/>⟫'),
        ("renumber", 'a <x id="0"/>', '⟪åå <x id="1"/>⟫'),
        ("space", 'a <x id="0"/>', '⟪åå < x id= "0"/  >⟫'),
        ("escape", 'a <x id="0"/>', '⟪åå &lt;ẋ îð="0"/&gt;⟫'),
        ("digits", 'a <x id="0"/> &#39; 5.', '⟪åå <x id="0"/> &#39; .⟫'),
    ],
)
def test_one_kind(kind: str, text: str, expected: str) -> None:
    form = "tags" if "<" in text else "token"
    assert ask(Pseudo(damage=1.0, kinds=[kind], form=form), text) == [expected]


@pytest.mark.parametrize("share", [0.1, 0.5, 1.0])
def test_share_of_damage(share: float) -> None:
    whole = ask(Pseudo(), *TEXTS)
    harmed = ask(Pseudo(damage=share), *TEXTS)
    count = sum(a != b for a, b in zip(whole, harmed, strict=True))
    assert count == pytest.approx(share * len(TEXTS), abs=20)


def test_all_kinds_occur_by_default() -> None:
    whole = ask(Pseudo(), *TEXTS)
    changes = Counter(
        (len(tokens(a)), a.count(" ") - b.count(" "))
        for a, b in zip(ask(Pseudo(damage=1.0), *TEXTS), whole, strict=True)
    )
    assert len(changes) >= 5


def test_the_seed_decides() -> None:
    first = ask(Pseudo(damage=0.5, seed=1), *TEXTS)
    assert first == ask(Pseudo(damage=0.5, seed=1), *TEXTS)
    assert first != ask(Pseudo(damage=0.5, seed=2), *TEXTS)
    # One text alone gets what it got among the others.
    assert [ask(Pseudo(damage=0.5, seed=1), text)[0] for text in TEXTS] == first


def test_the_damage_is_the_same_on_every_machine() -> None:
    assert ask(Pseudo(damage=1.0, seed=7), "⟦0⟧ sells ⟦1⟧ for 3 euros.") == [
        "⟪⟦0⟧ šééļļš  ⟦1⟧  ƒööŕ 3 ééûûŕööš.⟫"
    ]


@pytest.mark.parametrize("kinds", [["drop"], ["double", "swap", "space", "alter"], ["digits"]])
def test_what_cannot_be_done_is_not(kinds: list[str]) -> None:
    engine = Pseudo(damage=1.0, kinds=kinds)
    assert ask(engine, "No token", "") == ask(Pseudo(), "No token", "")


def test_an_unknown_kind() -> None:
    with pytest.raises(UsageError, match="'burn': expected any of drop, double"):
        Pseudo(kinds=["burn"])
