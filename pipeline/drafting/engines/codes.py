"""Match locales to the language codes of a service."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

from pipeline.errors import EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

__all__ = ["Lazy", "NoSuchLanguage", "code_of", "pair_of"]

_T = TypeVar("_T")

_HANT = {"hant", "tw", "hk", "mo"}
_CHINESE = {True: ("zh-Hant", "zh-TW", "zt"), False: ("zh-Hans", "zh-CN", "zh")}
"""Codes of Chinese, by whether it is traditional; ``zt`` is LibreTranslate's, and never ``zh``."""
_OTHERWISE = {
    "fil": "tl",
    "he": "iw",
    "iw": "he",
    "jv": "jw",
    "nb": "no",
    "no": "nb",
    "pt-br": "pb",
    "tl": "fil",
}
"""Other codes of the same language: withdrawn ones of ISO 639, and Argos' for Brazil."""


class NoSuchLanguage(EngineUnavailable):
    """Raised if a service lacks a language; it can still be asked for others."""


class Lazy(Generic[_T]):
    """Information of a service: asked for at the first need, by one thread, and kept.

    An error is not kept; the next need asks again.
    """

    def __init__(self, load: Callable[[], _T]) -> None:
        self._load = load
        self._values: list[_T] = []
        self._lock = threading.Lock()

    def get(self) -> _T:
        """Return the information."""
        with self._lock:
            if not self._values:
                self._values.append(self._load())
            return self._values[0]


def code_of(
    locale: str, codes: Collection[str], usual: Mapping[str, str] | None = None
) -> str | None:
    """Return the code for a locale such as ``pt_BR``, spelt as in ``codes``, or None.

    The most exact one wins: language with script or country, then the language. ``usual`` has
    the country (``pt-PT``) of a language without one for a service that wants one; without
    it the country of the same name is taken (``de-DE``), else the first one. Traditional
    Chinese never becomes simplified.
    """
    spelt = {code.lower(): code for code in codes}
    for wanted in _candidates(locale.partition("@")[0], usual or {}):
        if wanted.lower() in spelt:
            return spelt[wanted.lower()]
        if wanted.endswith("-"):
            longer = (code for code in codes if code.lower().startswith(wanted.lower()))
            if match := next(longer, None):
                return match
    return None


def pair_of(
    name: str, locales: tuple[str, str], codes: tuple[str | None, str | None]
) -> tuple[str, str]:
    """Return the codes of source and target, which both must exist and differ.

    Raises:
        NoSuchLanguage: the service lacks one of the locales, or does not tell them apart.
    """
    source, target = codes
    for locale, code in zip(locales, codes, strict=True):
        if not code:
            raise NoSuchLanguage(f"{name} does not support the language '{locale}'")
    if not source or not target or source.lower() == target.lower():
        raise NoSuchLanguage(f"{name} does not distinguish '{locales[0]}' from '{locales[1]}'")
    return source, target


def _candidates(locale: str, usual: Mapping[str, str]) -> Iterator[str]:
    """Yield codes, best first; one that ends in a hyphen matches all with that beginning."""
    language, *rest = locale.split("_")
    yield usual.get(locale, locale).replace("_", "-")
    for part in reversed(rest):
        yield f"{language}-{part}"
        yield _OTHERWISE.get(f"{language}-{part}".lower(), "")
        yield f"{language}-{part}-"
    if language == "zh":
        yield from _CHINESE[not _HANT.isdisjoint(part.lower() for part in rest)]
        return
    for code in filter(None, (language, _OTHERWISE.get(language))):
        yield code
        yield usual.get(code, code)
        yield f"{code}-{code}"
    yield f"{language}-"
