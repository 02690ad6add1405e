"""Which of a service's language codes a locale means."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

from pipeline.errors import EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

__all__ = ["Asked", "NoSuchLanguage", "code_of", "pair_of"]

_T = TypeVar("_T")

_HANT = {"hant", "tw", "hk", "mo"}
_CHINESE = {True: ("zh-Hant", "zh-TW", "zt"), False: ("zh-Hans", "zh-CN", "zh")}
"""By whether the signs are traditional; ``zt`` is LibreTranslate's, and never stands ``zh``."""
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
    """The service lacks a language; for others it can be asked on."""


class Asked(Generic[_T]):
    """What a service tells of itself: asked at the first need, by one thread, and kept.

    An error is not kept; the next need asks again.
    """

    def __init__(self, ask: Callable[[], _T]) -> None:
        self._ask = ask
        self._told: list[_T] = []
        self._lock = threading.Lock()

    def get(self) -> _T:
        """Give it."""
        with self._lock:
            if not self._told:
                self._told.append(self._ask())
            return self._told[0]


def code_of(
    locale: str, known: Collection[str], usual: Mapping[str, str] | None = None
) -> str | None:
    """Give the code for a locale such as ``pt_BR``, spelt as in ``known``; None where none is.

    The most exact one wins: language with script or country, then the language. ``usual`` says
    which country (``pt-PT``) a language without one means to a service that wants one; without
    it the country of the same name does (``de-DE``), else the first one. Traditional Chinese
    never becomes simplified.
    """
    spelt = {code.lower(): code for code in known}
    for wanted in _candidates(locale.partition("@")[0], usual or {}):
        if wanted.lower() in spelt:
            return spelt[wanted.lower()]
        if wanted.endswith("-"):
            longer = (code for code in known if code.lower().startswith(wanted.lower()))
            if found := next(longer, None):
                return found
    return None


def pair_of(
    name: str, locales: tuple[str, str], codes: tuple[str | None, str | None]
) -> tuple[str, str]:
    """Check that both locales, source and target, have a code, and not the same.

    Raises:
        NoSuchLanguage: the service has not both, or does not tell them apart.
    """
    source, target = codes
    for locale, code in zip(locales, codes, strict=True):
        if not code:
            raise NoSuchLanguage(f"{name} does not translate '{locale}'")
    if not source or not target or source.lower() == target.lower():
        raise NoSuchLanguage(f"{name} does not tell '{locales[0]}' from '{locales[1]}'")
    return source, target


def _candidates(locale: str, usual: Mapping[str, str]) -> Iterator[str]:
    """Yield codes, best first; one that ends in a hyphen stands for all that begin so."""
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
