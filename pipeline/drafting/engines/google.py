"""Translate with Google's public translation page, through deep-translator."""

from __future__ import annotations

import re
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.drafting.engines.codes import NoSuchLanguage
from pipeline.drafting.engines.contract import Bounds, Traits
from pipeline.drafting.engines.forms import FORMS
from pipeline.errors import EngineFailed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    import requests

    from pipeline.drafting.engines.connection import Connection

__all__ = ["Google"]

_CODES = {
    "fil": "tl",
    "he": "iw",
    "jv": "jw",
    "mni": "mni-Mtei",
    "nb": "no",
    "nn": "no",
    "tw": "ak",
    "zh": "zh-CN",
}
"""Google's codes, where they are not the language of the locale."""
_TRADITIONAL = {"Hant", "TW", "HK", "MO"}

_ELEMENT_START = re.compile(r'class="(?:t0|result-container)"')
"""Element of the page in which the library finds the translation."""


class Google:
    """Drafts without a key; every text leaves the machine.

    ``base_url`` is the address of the page.
    """

    name = "google"
    traits = Traits(network=True, form=FORMS["google"])
    # The page takes less than 5,000 characters. They go into the address, where a letter of
    # another alphabet takes six or nine; many servers take 16 KB there, hence bytes.
    bounds = Bounds(characters=4900, utf8=True, threads=2, rate=5.0)
    KEY = ""
    KEY_NEEDED = False

    def __init__(
        self,
        connection: Connection,
        key: str = "",
        *,
        base_url: str = "https://translate.google.com/m",
    ) -> None:
        self._connection = connection
        self._base_url = connection.check_address(base_url)
        self._module: ModuleType | None = None
        self._lock = threading.Lock()

    def ask(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> list[str | None]:
        """Translate texts, with a request for each."""
        library = self._library()
        codes = [_code(locale) for locale in (source, target)]
        for locale, code in zip((source, target), codes, strict=True):
            if not library.GoogleTranslator().is_language_supported(code):
                raise NoSuchLanguage(f"google does not support the language '{locale}'")
        # One for each text, as a translator keeps the text in itself: threads would mix.
        return [library.GoogleTranslator(*codes).translate(text) for text in texts]

    def _library(self) -> ModuleType:
        with self._lock:
            if self._module is None:
                self._module = self._connection.load_module("deep_translator.google")
                self._module.__dict__["BASE_URLS"] = {"GOOGLE_TRANSLATE": self._base_url}
                self._module.__dict__["requests"] = SimpleNamespace(get=self._page)
            return self._module

    def _page(self, url: str, params: Mapping[str, Any], proxies: None) -> requests.Response:
        """Return a page, checked to be whole; half of one would be read as half of a translation.

        Raises:
            EngineFailed: the page is cut off.
        """
        response = self._connection.get(url, params=params)
        match = _ELEMENT_START.search(response.text)
        if match and "</div" not in response.text[match.end() :]:
            raise EngineFailed("google sent an incomplete answer")
        return response


def _code(locale: str) -> str:
    language, *rest = locale.split("_")
    if language == "zh" and not _TRADITIONAL.isdisjoint(rest):
        return "zh-TW"
    return _CODES.get(language, language)
