"""Edits that are carried into translations, and those that are not."""

from __future__ import annotations

import pytest

from pipeline.catalogue.carrying import carry, rough_shape, shape

LINK = "Ask Ann Leee at [her page](https://exmaple.org/a) (@annleee)."


@pytest.mark.parametrize(
    ("old", "new", "target", "expected", "mechanical"),
    [
        pytest.param(
            LINK,
            "Ask Ann Lee at [her page](https://example.org/a) (@annlee).",
            "Demandez à Ann Leee sur [sa page](https://exmaple.org/a) (@annleee).",
            "Demandez à Ann Lee sur [sa page](https://example.org/a) (@annlee).",
            True,
            id="name, address and handle",
        ),
        ("As @bob says.", "As @ann_lee says.", "Selon @bob.", "Selon @ann_lee.", True),
        (
            "Write to ann@exmaple.org, or see exmaple.org.",
            "Write to ann@example.org, or see example.org.",
            "Écrivez à ann@exmaple.org ou voyez exmaple.org.",
            "Écrivez à ann@example.org ou voyez example.org.",
            True,
        ),
        ("name: x age: y", "name: x\nage: y", "nom : x âge : y", "nom : x âge : y", True),
        ("One @bob two.", "One\n@bo two.", "Un @bob deux.", "Un @bo deux.", True),
        ("Leee’s law", "Lee’s law", "La loi de Leee", "La loi de Lee", True),
        (
            "See https://a.org/instal.",
            "See https://a.org/install.",
            "Voir https://a.org/instal.",
            "Voir https://a.org/install.",
            True,
        ),
        (
            "See https://a.org/2024/x.",
            "See https://a.org/2025/x.",
            "Voir https://a.org/2024/x.",
            "Voir https://a.org/2025/x.",
            False,
        ),
        (
            "In https://a.org/de/x.",
            "In https://a.org/fr/x.",
            "https://a.org/de/x.",
            "https://a.org/fr/x.",
            False,
        ),
        (
            "See https://a.org/fool.",
            "See https://a.org/foot.",
            "Voir https://a.org/fool.",
            "Voir https://a.org/foot.",
            True,
        ),
        (
            "See https://a.org/foo.",
            "See https://a.org/fox.",
            "Voir https://a.org/foo.",
            "Voir https://a.org/fox.",
            False,
        ),
        (
            "See https://a.org/long.",
            "See https://a.org/long/x.",
            "Voir https://a.org/long.",
            "Voir https://a.org/long/x.",
            False,
        ),
        ("So says Meyer.", "So says Maier.", "Selon Meyer.", "Selon Maier.", True),
        ("So says Moreau.", "So says Moraix.", "Selon Moreau.", "Selon Moraix.", False),
        ("So says Web2Leee.", "So says Web2Lee.", "Selon Web2Leee.", "Selon Web2Lee.", True),
        ("40 hours a week", "50 hours a week", "40 heures", "50 heures", False),
        ("So says Anne.", "So says Zed.", "L’avis d’Anne.", "L’avis d’Zed.", False),
        ("So says Ann.", "So says Amy.", "Selon Ann.", "Selon Amy.", False),
        ("Run `make a`.", "Run `make b`.", "Lancez `make a`.", "Lancez `make b`.", False),
        ("In Q1, we sell.", "In Q2, we sell.", "Vente en Q1.", "Vente en Q2.", False),
        ("1 in 2 or 1 in 3", "4 in 2 or 4 in 3", "1 sur 2, 1 sur 3", "4 sur 2, 4 sur 3", False),
    ],
)
def test_carried(old: str, new: str, target: str, expected: str, mechanical: bool) -> None:
    assert shape(old) == shape(new)
    assert rough_shape(old) == rough_shape(new)
    carried = carry(old, new, target)
    assert carried
    assert (carried.target, carried.mechanical) == (expected, mechanical)


def test_a_message_names_the_replacements() -> None:
    carried = carry("Leee, 40", "Lee, 50", "Leee, 40")
    assert str(carried) == "'Leee' → 'Lee', '40' → '50'"


def test_a_message_names_line_ends() -> None:
    assert str(carry("one two", "one\ntwo", "un deux")) == "line ends"
    assert carry("one two", "one two", "un deux") is None


@pytest.mark.parametrize(
    ("old", "new", "target"),
    [
        ("40 hours", "50 hours", "quarante heures"),  # not there
        ("40 hours", "50 hours", "40 heures sur 40"),  # once too often
        ("1 in 1", "1 in 2", "1 sur 1"),  # one of two
        ("He works.", "She works.", "Il travaille."),
        ("Use it", "Try it", "Utilisez-le"),
        ("40 hours", "40 hours", "40 heures"),
    ],
)
def test_not_carried(old: str, new: str, target: str) -> None:
    assert shape(old) == shape(new)
    assert carry(old, new, target) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("40 hours", "50 days"),
        ("Ask her", "Ask @her"),
        ("4 hours", "four hours"),
    ],
)
def test_other_words_are_another_shape(one: str, other: str) -> None:
    assert shape(one) != shape(other)


def test_a_rough_shape_has_the_words_that_stay() -> None:
    assert rough_shape("We ask Ann (@ann) for 40 hours, often.") == "ask for hours,"
    assert rough_shape("Run `a b`.") == rough_shape("Run `a b c`.")
