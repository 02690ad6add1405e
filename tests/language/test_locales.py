"""Babel's data on languages."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.errors import UsageError
from pipeline.language import locales as languages

KNOWN = [
    ("fr", "fr"),
    ("PT_br", "pt_BR"),
    ("pt-br", "pt_BR"),
    ("fr-FR", "fr_FR"),
    ("zh-Hant", "zh_Hant"),
    ("zh-hant-tw", "zh_Hant_TW"),
    ("es-419", "es_419"),
    ("zh_hant", "zh_Hant"),
    ("sr_Latn_RS", "sr_Latn_RS"),
    ("zh_TW", "zh_TW"),
    ("ca_ES@valencia", "ca_ES@valencia"),
    ("de_DE.UTF-8", "de_DE"),
]


@pytest.mark.parametrize(("given", "expected"), KNOWN)
def test_a_locale_keeps_its_name_in_babels_spelling(given: str, expected: str) -> None:
    assert languages.require_locale(given) == expected
    # Whatever was accepted once is accepted by everything else.
    assert languages.require_locale(expected) == expected
    assert languages.own_name(expected)
    assert languages.plural_forms(expected)
    assert languages.direction(expected) in ("ltr", "rtl")


UNKNOWN = [
    ("", ""),
    ("x", ""),
    ("klingon", ""),
    ("pt_BQ", "pt_BR"),
    ("pt–br", "pt_BR"),
    ("em_GB", "en_GB"),
    ("french", "fr"),
    ("frnech", "fr"),
    ("Deutsch", "de"),
    ("espanol", "es"),
    ("Espagnol", "es"),
    ("Französisch", "fr"),
    ("日本語", "ja"),
    ("română", "ro"),
    ("Brazilian Portuguese", "pt_BR"),
    ("Portuguese (Brazil)", "pt_BR"),
    ("Traditional Chinese", "zh_Hant"),
    ("jp", "ja"),
    ("cz", "cs"),
    ("xx", ""),
    ("fr@../../up", None),
    ("../fr", None),
    ("fr/ca", None),
]


@pytest.mark.parametrize(("given", "nearest"), UNKNOWN)
def test_an_unknown_locale_is_refused(given: str, nearest: str | None) -> None:
    with pytest.raises(UsageError) as refused:
        languages.require_locale(given)
    message = str(refused.value)
    assert message.startswith(f"unknown locale '{given}': expected a name such as fr, fr_CA or ")
    if nearest:
        assert message.endswith(f"; did you mean '{nearest}'?")
    elif nearest is not None:
        assert "did you mean" not in message
    assert not languages.is_locale(given)


@pytest.mark.parametrize(
    ("locale", "own", "english", "direction", "tag"),
    [
        ("fr", "français", "French", "ltr", "fr"),
        ("es", "español", "Spanish", "ltr", "es"),
        ("ar", "العربية", "Arabic", "rtl", "ar"),
        ("pt_BR", "português (Brasil)", "Portuguese (Brazil)", "ltr", "pt-BR"),
        ("zh_Hant", "中文 (繁體)", "Chinese (Traditional)", "ltr", "zh-Hant"),
    ],
)
def test_names_and_direction(locale: str, own: str, english: str, direction: str, tag: str) -> None:
    assert languages.own_name(locale) == own
    assert languages.name_in(locale, "en") == english
    assert languages.direction(locale) == direction
    assert languages.language_tag(locale) == tag


@pytest.mark.parametrize(
    ("locale", "forms"), [("ja", 1), ("fr", 2), ("cs", 3), ("ar", 6), ("zh_Hant", 1), ("pt_BR", 2)]
)
def test_plural_forms(locale: str, forms: int) -> None:
    assert languages.plural_forms(locale).startswith(f"nplurals={forms}; plural=")


def test_dates_and_shares_are_written_as_the_language_does() -> None:
    assert languages.long_date(date(2026, 11, 23), "fr") == "23 novembre 2026"
    assert languages.long_date(date(2026, 11, 23), "en") == "November 23, 2026"
    assert languages.percent(0.826, "en") == "82%"
    assert languages.percent(0.9999, "en") == "99%"
    assert languages.percent(1.0, "en") == "100%"
    assert languages.plural_category(1, "cs") == "one"
    assert languages.plural_category(3, "cs") == "few"


@pytest.mark.parametrize(
    ("locale", "decimal", "group"),
    [
        ("en", ".", ","),
        ("fr", ",", "\u202f"),
        ("es", ",", "."),
        ("es_MX", ".", ","),
        ("de_CH", ".", "’"),
        ("ca_ES@valencia", ",", "."),
    ],
)
def test_number_symbols(locale: str, decimal: str, group: str) -> None:
    assert languages.number_symbols(locale) == (decimal, group)


@pytest.mark.parametrize(
    ("locale", "script"),
    [
        ("fr", "Latn"),
        ("pt_BR", "Latn"),
        ("ru", "Cyrl"),
        ("sr", "Cyrl"),
        ("sr_Latn", "Latn"),
        ("sr_ME", "Latn"),
        ("uz_Arab", "Arab"),
        ("pa_PK", "Arab"),
        ("zh", "Hans"),
        ("zh_TW", "Hant"),
        ("ja", "Jpan"),
        ("ko", "Kore"),
        ("ca_ES@valencia", "Latn"),
        ("tlh", ""),
        ("no locale", ""),
    ],
)
def test_the_script_of_a_locale(locale: str, script: str) -> None:
    assert languages.script_of(locale) == script


ALL = ["en", "es", "es_419", "fr", "pt", "pt_PT", "sr", "sr@latin", "zh", "zh_Hant", "ca_ES", "ca"]
BASES = {
    "fr_CA": "fr",
    "es_MX": "es_419",
    "es_ES": "es",
    "pt_BR": "pt",
    "pt_AO": "pt_PT",
    "zh_TW": "zh_Hant",
    "zh_Hant_HK": "zh_Hant",
    "zh_CN": "zh",
    "sr_Latn": "",
    "sr_Cyrl": "sr",
    "sr_RS@latin": "",
    "sr@latin": "",
    "ca_ES@valencia": "ca_ES",
    "de_AT": "",
    "fr": "",
    "nb": "",
    "ht": "",
}


@pytest.mark.parametrize(("locale", "base"), BASES.items())
def test_the_base_of_a_regional_locale(locale: str, base: str) -> None:
    assert languages.base_locale(locale, ALL) == base


def test_a_base_is_of_one_language_and_one_script() -> None:
    assert languages.is_regional("pt_BR", "pt_PT")
    assert languages.is_regional("sr_Latn_RS", "sr@latin")
    assert not languages.is_regional("sr_Latn", "sr")
    assert not languages.is_regional("zh_TW", "zh")
    assert not languages.is_regional("ca", "es")
    assert not languages.is_regional("fr", "fr")


def test_a_modifier_may_name_a_script() -> None:
    assert languages.own_name("sr@latin") == languages.own_name("sr_Latn")
    assert languages.long_date(date(2026, 11, 23), "sr@latin") == "23. novembar 2026."
    assert languages.direction("az@arabic") == "rtl"
