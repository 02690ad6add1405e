"""Numbers in words, Roman numerals and single signs."""

from __future__ import annotations

import pytest

from pipeline.language.number_words import (
    certain_numbers,
    knows_number_words,
    language_of,
    shift_decimal,
    spelt_numbers,
)


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("twenty-five, two hundred and six", "en", ["25", "206"]),
        ("one thousand nine hundred eighty-four", "en", ["1984"]),
        ("one two three", "en", ["1", "2", "3"]),
        ("first two", "en", ["1", "2"]),
        ("soixante et onze, quatre-vingts", "fr", ["71", "80"]),
        ("deux millions trois cent mille", "fr", ["2300000"]),
        ("mil novecientos ochenta y cuatro", "es", ["1984"]),
        ("dos mil millones", "es", ["2000000000"]),
        ("half", "en", ["0.5", "50", "2", "1"]),
        ("sieben", "de", []),
        ("au XXIᵉ siècle, XIVe, Mix", "de", ["21", "14"]),
        ("10⁶ ½", "de", ["6", "1", "2", "0.5"]),
    ],
)
def test_numbers_without_digits(text: str, locale: str, expected: list[str]) -> None:
    assert sorted(spelt_numbers(text, locale).elements()) == sorted(expected)


@pytest.mark.parametrize(
    ("value", "power", "expected"),
    [("1.5", 3, "1500"), ("1.2345", 3, "1234.5"), ("5", 0, "5"), ("0.50", 0, "0.5"), ("0", 6, "0")],
)
def test_shift_decimal(value: str, power: int, expected: str) -> None:
    assert shift_decimal(value, power) == expected


@pytest.mark.parametrize(
    ("locale", "name", "has_words"),
    [
        ("fr_CA", "fr", True),
        ("pt-BR", "pt", False),
        ("es", "es", True),
        ("ca@valencia", "ca", False),
    ],
)
def test_language(locale: str, name: str, has_words: bool) -> None:
    assert (language_of(locale), knows_number_words(locale)) == (name, has_words)


def test_certain_numbers_have_one_meaning() -> None:
    text = "A hundred and five seconds, two quarters, half of XIV"
    assert certain_numbers(text, "en_GB") == {"105"}
    assert certain_numbers("Cent cinq", "de") == frozenset()
