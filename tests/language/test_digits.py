"""Numbers in digits, with every possible reading."""

from __future__ import annotations

import pytest

from pipeline.language.digits import ascii_digits, find_numbers


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("1,234", "en", [("1234",)]),
        ("1,234", "fr", [("1.234",)]),
        ("1,234", "", [("1234", "1.234")]),
        ("1.234", "fr", [("1234", "1.234")]),
        ("0,234", "en", [("0.234",)]),
        ("12,34", "en", [("12.34",)]),
        ("1,2,3", "en", [("1",), ("2",), ("3",)]),
        ("1.2.3", "es", [("1.2.3",)]),
        ("5 million", "en", [("5000000", "5")]),
        ("5k", "en", [("5", "5000")]),
        ("-5 –6 −7 a-8", "en", [("-5",), ("-6", "6"), ("-7",), ("8",)]),
        ("1990s", "en", [("1990", "90")]),
        ("v2", "en", [("2",)]),
        ("007", "en", [("7",)]),
        ("1'000", "en", [("1000",)]),
        ("5'10", "en", [("5",), ("10",)]),
    ],
)
def test_readings(text: str, locale: str, expected: list[tuple[str, ...]]) -> None:
    assert [number.readings for number in find_numbers(text, locale)] == expected


def test_a_scale_that_both_languages_know_leaves_no_doubt() -> None:
    assert find_numbers("5 million", "en", scaled=True)[0].readings == ("5000000",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("١٢٣", "123"), ("५", "5"), ("１２", "12"), ("-1,5 ² ½ Ⅳ", "15"), ("a", "")],
)
def test_digits_of_other_scripts(text: str, expected: str) -> None:
    assert ascii_digits(text) == expected
