"""Words without their endings."""

from __future__ import annotations

import pytest

from pipeline.rules.terms.stems import akin, loose, tight


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
    keys = {tight(word, language) for word in forms}
    assert len(keys) == 1
    assert not keys & {tight(word, language) for word in others}


def test_families_of_words() -> None:
    assert loose("Marketing", "en") == loose("markets", "en")
    assert loose("abcdefg", "xx") == "abcd"
    assert akin("kampanja", "kampanjama", "hr")
    assert not akin("kampanja", "kampiranje", "hr")
