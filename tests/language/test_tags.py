"""Language tags: parts, and the distance between two of them."""

from __future__ import annotations

import pytest

from pipeline.language.tags import LanguageTag, parse_tag, tag_distance


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("fr", LanguageTag("fr", "", "", ())),
        ("FR", LanguageTag("fr", "", "", ())),
        ("fr-FR", LanguageTag("fr", "", "FR", ())),
        ("fr_ca", LanguageTag("fr", "", "CA", ())),
        (" en-US ", LanguageTag("en", "", "US", ())),
        ("es-419", LanguageTag("es", "", "419", ())),
        ("zh", LanguageTag("zh", "Hans", "", ())),
        ("zh-tw", LanguageTag("zh", "Hant", "TW", ())),
        ("zh-Hant-TW", LanguageTag("zh", "Hant", "TW", ())),
        ("zh-Hans-HK", LanguageTag("zh", "Hans", "HK", ())),
        ("sr-Latn-RS", LanguageTag("sr", "Latn", "RS", ())),
        ("ca-ES-valencia", LanguageTag("ca", "", "ES", ("valencia",))),
        ("", LanguageTag("", "", "", ())),
    ],
)
def test_a_tag_taken_apart(tag: str, expected: LanguageTag) -> None:
    assert parse_tag(tag) == expected


@pytest.mark.parametrize(
    ("tag", "wanted", "expected"),
    [
        ("fr", "fr", 0),
        ("FR-fr", "fr_FR", 0),
        ("fr-CA", "fr_CA", 0),
        ("fr", "fr_CA", 1),
        ("fr-FR", "fr", 2),
        ("fr-CA", "fr", 3),
        ("es-419", "es", 3),
        ("zh-TW", "zh_Hant", 3),
        ("zh-Hant", "zh_TW", 1),
        ("ca", "ca_ES_valencia", 1),
        ("fr-FR", "fr_CA", None),
        ("pt-BR", "pt_PT", None),
        ("zh-TW", "zh", None),
        ("zh-Hans", "zh_TW", None),
        ("sr-Latn", "sr", None),
        ("ca-ES", "ca_ES_valencia", None),
        ("fra", "fr", None),
        ("", "fr", None),
        ("*all*", "fr", None),
    ],
)
def test_how_far_a_tag_is(tag: str, wanted: str, expected: int | None) -> None:
    assert tag_distance(parse_tag(tag), parse_tag(wanted)) == expected
