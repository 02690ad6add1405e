"""Addresses of the same page in different languages."""

from __future__ import annotations

import pytest

from pipeline.rules.fidelity.addresses import address_key


@pytest.mark.parametrize(
    ("address", "locale", "key"),
    [
        ("https://fr.a.b/c", "fr", "https://a.b/c"),
        ("https://www.a.b/c", "fr", "https://a.b/c"),
        ("https://a.b/fr/c", "fr", "https://a.b/c"),
        ("https://a.b/fr-ca/c", "fr_CA", "https://a.b/c"),
        ("https://a.b/fr", "fr_CA", "https://a.b"),
        ("https://a.b/c?lang=fr", "fr", "https://a.b/c?lang="),
        ("https://a.b/c.fr.html", "fr", "https://a.b/c.html"),
        ("c-fr.html#d", "fr", "c.html#d"),
        ("fr/c.html", "fr", "/c.html"),
        ("https://a.fr/c", "fr", "https://a.fr/c"),
        ("https://a.b/africa/free", "fr", "https://a.b/africa/free"),
        ("https://a.b/fr/c", "", "https://a.b/fr/c"),
        ("mailto:a@b.c", "fr", "a@b.c"),
    ],
)
def test_address_key(address: str, locale: str, key: str) -> None:
    assert address_key(address, (locale, "")) == key
