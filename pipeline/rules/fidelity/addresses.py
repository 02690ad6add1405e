"""Comparison of addresses that lead to the same page, each in its language."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.language import language_of

__all__ = ["address_key"]


def address_key(address: str, locales: tuple[str, ...]) -> str:
    """Return an address without the codes of some locales and other parts that may differ.

    A code counts as the first part of the host, as a part of the path, as the value of a parameter,
    or before the ending of a file: ``https://fr.a.org/x``, ``/fr-ca/x``, ``?lang=fr``,
    ``page.fr.html``, ``../page/fr.md``. The other parts are ``mailto:``, ``www.`` and a slash at
    the end.
    """
    key = address.removeprefix("mailto:")
    if any(locales):
        key = _codes(locales).sub("", key)
    return key.replace("://www.", "://", 1).rstrip("/")


@lru_cache(maxsize=64)
def _codes(locales: tuple[str, ...]) -> re.Pattern[str]:
    codes = {"[-_]".join(map(re.escape, re.split(r"[_@-]", locale))) for locale in locales}
    codes |= {re.escape(language_of(locale)) for locale in locales}
    code = "|".join(sorted(codes - {""}, key=len, reverse=True))
    before, behind = r"(?<=[/=])", r"(?=[/?#&]|\Z)"
    # The host has a full stop behind the code, a file one before its ending.
    return re.compile(
        rf"(?<=://)(?:{code})\.|{before}(?:{code})/|{before}(?:{code}){behind}"
        rf"|[-_.](?:{code})(?=\.\w{{1,5}}(?:[?#]|\Z))|\A(?:{code})(?=[/.])"
        rf"|(?<=/)(?:{code})(?=\.\w{{1,5}}(?:[?#]|\Z))",
        re.I,
    )
