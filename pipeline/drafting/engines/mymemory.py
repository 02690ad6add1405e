"""Translate with MyMemory, a public translation memory backed by machines; free, without a key.

The table of languages and the parameters of deep-translator's class are kept. Its ``translate``
is replaced, because it does not read ``responseStatus``, by which MyMemory reports errors in
an answer with status 200, returns those errors and the notice of a used-up quota as
translations, takes the next best entry of the memory where there is no translation, however
unlike its source is, and leaves entities in. Its address is without TLS; ours has it.

The protocol: https://mymemory.translated.net/doc/spec.php and .../doc/usagelimits.php.
"""

from __future__ import annotations

import html
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.drafting.engines.codes import Lazy, NoSuchLanguage, code_of, pair_of
from pipeline.drafting.engines.contract import Bounds, Traits
from pipeline.drafting.engines.forms import FORMS
from pipeline.errors import EngineFailed, EngineRefused, EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.drafting.engines.connection import Connection

__all__ = ["MyMemory"]

_USUAL = {"de": "de-DE", "fr": "fr-FR", "es": "es-ES", "oc": "oc-FR", "sr": "sr-Cyrl-RS"}
_QUALITY = 70
"""Least quality of an entry, from 0 (nobody voted) to 100; machine translation has 70."""
_NOTICE = re.compile(
    r"MYMEMORY WARNING|QUERY LENGTH LIMIT|INVALID LANGUAGE PAIR|NO QUERY SPECIFIED"
    r"|PLEASE SELECT TWO DISTINCT LANGUAGES|'[\w-]+' IS AN INVALID (?:SOURCE|TARGET) LANGUAGE"
)
"""Beginnings of notices that come instead of a translation."""
_ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);")


class MyMemory:
    """Drafts without a key; every text leaves the machine and is kept there.

    ``email`` is sent with each text and makes ten times as much free in a day (50,000
    characters); it is in no message.
    """

    name = "mymemory"
    traits = Traits(network=True, form=FORMS["mymemory"])
    bounds = Bounds(characters=499, utf8=True, threads=2)
    """Limits of MyMemory: 500 bytes; it is not known to take more than two requests at a time."""
    KEY = ""
    KEY_NEEDED = False

    def __init__(
        self,
        connection: Connection,
        key: str = "",
        *,
        base_url: str = "https://api.mymemory.translated.net",
        email: str = "",
    ) -> None:
        self._connection = connection
        self._base_url = connection.check_address(base_url).removesuffix("/get") + "/get"
        self._email = email
        self._translators = Lazy(lambda: _translators(connection, self._base_url))

    def ask(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> list[str | None]:
        """Translate texts, with a request for each."""
        make = self._translators.get()
        languages = make.languages()
        codes = code_of(source, languages, _USUAL), code_of(target, languages, _USUAL)
        pair = pair_of(self._connection.name, (source, target), codes)
        # One for each request, as a translator keeps the text in itself: threads would mix.
        translators = (make(*pair, email=self._email) for _ in texts)
        return [
            self._connection.shield(partial(translator.translate, text))
            for translator, text in zip(translators, texts, strict=True)
        ]


def _translators(connection: Connection, url: str) -> Any:
    """Return the class of the translators."""
    library: Any = connection.load_module("deep_translator.mymemory")
    library.__dict__["BASE_URLS"] = {"MYMEMORY": url}

    class Translator(library.MyMemoryTranslator):  # type: ignore[misc]  # it has no types
        @staticmethod
        def languages() -> list[str]:
            return list(library.MY_MEMORY_LANGUAGES_TO_CODES.values())

        def translate(self, text: str, return_all: bool = False, **kwargs: Any) -> str | None:
            params = {"q": text, "langpair": f"{self._source}|{self._target}"}
            if self.email:
                params["de"] = self.email
            data = connection.json(connection.get(self._base_url, params=params))
            _raise_notice(connection.name, data, text)
            best = _best(data, text)
            return best and _ENTITY.sub(lambda entity: html.unescape(entity[0]), best)

    return Translator


def _raise_notice(name: str, data: Mapping[str, Any], text: str) -> None:
    """Raise the error of a notice that came instead of a translation.

    Its words are not quoted: they may hold the text or the address.

    Raises:
        EngineUnavailable: the day's quota is used up, or MyMemory does not serve us.
        NoSuchLanguage: it does not know the languages.
        EngineRefused: the text is too long.
        EngineFailed: any other error.
    """
    status = int(data.get("responseStatus") or 200)  # a number or a text
    answer = (data.get("responseData") or {}).get("translatedText") or ""
    wrong = status != 200 or (_NOTICE.match(answer) and not _NOTICE.match(text))
    if not wrong and not data.get("quotaFinished"):
        return
    notice = f"{data.get('responseDetails') or ''} {answer}" if wrong else ""
    if data.get("quotaFinished") or status == 429 or "MYMEMORY WARNING" in notice:
        raise EngineUnavailable(
            f"{name}: the free quota of the day is used up: continue tomorrow, "
            "or set 'email' for ten times as much"
        )
    if "LANGUAGE" in notice.upper():
        raise NoSuchLanguage(f"{name} does not support this pair of languages")
    if status == 414 or "LENGTH" in notice.upper():
        raise EngineRefused(f"{name} does not accept a text of this length")
    if status == 403:
        raise EngineUnavailable(f"{name} refuses access: check that 'email' is a real address")
    raise EngineFailed(f"{name} answered with status {status} instead of a translation")


def _best(data: Mapping[str, Any], text: str) -> str | None:
    """Return MyMemory's first translation if it fits the text, else the next that does, or None."""
    first = data["responseData"].get("translatedText")
    matches = [match for match in data.get("matches") or [] if isinstance(match, dict)]
    if not matches:
        return first or None
    good = [match.get("translation") for match in matches if _fits(match, text)]
    return first if first in good else next(filter(None, good), None)


def _fits(match: Mapping[str, Any], text: str) -> bool:
    """Return whether an entry is a machine's, or a person's for this text and of good quality."""
    if str(match.get("created-by", "")).startswith("MT"):
        return True
    same = " ".join(str(match.get("segment", "")).split()) == " ".join(text.split())
    return same and float(match.get("quality") or 0) >= _QUALITY
