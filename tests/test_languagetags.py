"""Language tags: taken apart, and how far one is from another."""

from __future__ import annotations

import pytest

from pipeline.languagetags import Language, distance, parse


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("fr", Language("fr", "", "", ())),
        ("FR", Language("fr", "", "", ())),
        ("fr-FR", Language("fr", "", "FR", ())),
        ("fr_ca", Language("fr", "", "CA", ())),
        (" en-US ", Language("en", "", "US", ())),
        ("es-419", Language("es", "", "419", ())),
        ("zh", Language("zh", "Hans", "", ())),
        ("zh-tw", Language("zh", "Hant", "TW", ())),
        ("zh-Hant-TW", Language("zh", "Hant", "TW", ())),
        ("zh-Hans-HK", Language("zh", "Hans", "HK", ())),
        ("sr-Latn-RS", Language("sr", "Latn", "RS", ())),
        ("ca-ES-valencia", Language("ca", "", "ES", ("valencia",))),
        ("", Language("", "", "", ())),
    ],
)
def test_a_tag_taken_apart(tag: str, expected: Language) -> None:
    assert parse(tag) == expected


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
    assert distance(parse(tag), parse(wanted)) == expected
