"""Engine codes that a locale resolves to."""

from __future__ import annotations

import pytest

from pipeline.gate.grammar.codes import engine_code, unknown_language

KNOWN = ("en", "en-US", "en-GB", "de", "de-DE", "pt", "pt-PT", "fr", "ca-ES-valencia", "zh")


@pytest.mark.parametrize(
    ("locale", "variants", "code"),
    [
        ("fr", {}, "fr"),
        ("fr_CA", {}, "fr"),
        ("en", {}, "en-US"),
        ("en_GB", {}, "en-GB"),
        ("en_IN", {}, "en-US"),
        ("de_AT", {}, "de-DE"),
        ("pt_BR", {}, "pt-PT"),
        ("ca_ES_VALENCIA", {}, "ca-ES-valencia"),
        ("zh_Hant_TW", {}, "zh"),
        ("en", {"en": "EN_gb"}, "en-GB"),
        ("en", {"en_GB": "en-GB"}, "en-US"),
        ("en", {"en": "en-UK"}, None),
        ("ca", {}, None),
        ("", {}, None),
    ],
)
def test_the_code_of_a_locale(locale: str, variants: dict[str, str], code: str | None) -> None:
    assert engine_code(locale, variants, KNOWN) == code


def test_without_a_usual_country_the_language_counts() -> None:
    assert engine_code("en_IN", {}, ("en", "fr")) == "en"


@pytest.mark.parametrize(
    ("variants", "message"),
    [
        ({}, "A 1 does not support the language 'en': set another variant ('grammar.variants'), "),
        (
            {"fr": "x"},
            "A 1 does not support the language 'en': set another variant ('grammar.variants'), ",
        ),
        ({"en": "en-UK"}, "A 1 does not support the language 'en' (variant 'en-UK'): set "),
    ],
)
def test_the_message_names_locale_and_variant(variants: dict[str, str], message: str) -> None:
    assert unknown_language("A 1", "en", variants).startswith(message)
