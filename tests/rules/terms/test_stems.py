"""Words without their endings."""

from __future__ import annotations

import pytest

from pipeline.rules.terms.stems import can_be_forms, family_stem, form_stem


@pytest.mark.parametrize(
    ("language", "forms", "others"),
    [
        ("en", ["market", "markets", "marketed"], ["marketing", "marketer"]),
        ("en", ["community", "communities"], ["communicate", "commune"]),
        ("en", ["influencer", "influencers"], ["influence"]),
        ("fr", ["publication", "publications"], ["publicité", "public", "publier"]),
        ("fr", ["social", "sociaux", "sociale", "sociales"], ["société"]),
        ("fr", ["vidéo", "vidéos"], ["vidéaste"]),
        ("fr", ["gourou", "gourous"], []),
        ("fr", ["stratégie", "stratégies"], ["stratégique"]),
        ("es", ["publicación", "publicaciones"], ["público"]),
        ("it", ["pubblicazione", "pubblicazioni"], ["pubblico"]),
        ("pt", ["publicação", "publicações"], ["público"]),
        ("de", ["Werbung", "Werbungen"], ["werben"]),
    ],
)
def test_forms_of_a_word(language: str, forms: list[str], others: list[str]) -> None:
    keys = {form_stem(word, language) for word in forms}
    assert len(keys) == 1
    assert not keys & {form_stem(word, language) for word in others}


def test_families_of_words() -> None:
    assert family_stem("Marketing", "en") == family_stem("markets", "en")
    assert family_stem("abcdefg", "xx") == "abcd"
    assert can_be_forms("kampanja", "kampanjama", "hr")
    assert not can_be_forms("kampanja", "kampiranje", "hr")
