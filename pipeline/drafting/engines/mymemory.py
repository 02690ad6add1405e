"""MyMemory, a translation memory of the world with machines behind it; free, without a key.

Of deep-translator's class its table of languages and its parameters are kept. Its ``translate``
is replaced, because it reads past ``responseStatus``, by which MyMemory tells errors inside of
an answer with status 200, gives those errors and the notice of a used-up quota as translations,
takes the next best entry of the memory where there is no translation, however unlike its source
is, and leaves entities in. Its address is without TLS; ours has it.

The protocol: https://mymemory.translated.net/doc/spec.php and .../doc/usagelimits.php.
"""

from __future__ import annotations

import html
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.drafting.engines.codes import Asked, NoSuchLanguage, code_of, pair_of
from pipeline.drafting.engines.contract import Bounds, Traits
from pipeline.drafting.engines.forms import FORMS
from pipeline.errors import EngineFailed, EngineRefused, EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.drafting.engines.connection import Wire

__all__ = ["MyMemory"]

_USUAL = {"de": "de-DE", "fr": "fr-FR", "es": "es-ES", "oc": "oc-FR", "sr": "sr-Cyrl-RS"}
_QUALITY = 70
"""From 0 (nobody voted) to 100; machine translation has 70."""
_NOTICE = re.compile(
    r"MYMEMORY WARNING|QUERY LENGTH LIMIT|INVALID LANGUAGE PAIR|NO QUERY SPECIFIED"
    r"|PLEASE SELECT TWO DISTINCT LANGUAGES|'[\w-]+' IS AN INVALID (?:SOURCE|TARGET) LANGUAGE"
)
"""How notices begin that stand in the place of a translation."""
_ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);")


class MyMemory:
    """Drafts without a key; every text leaves the machine and is kept there.

    ``email`` is sent with each text and makes ten times as much free in a day (50,000
    characters); it is in no message.
    """

    name = "mymemory"
    traits = Traits(network=True, form=FORMS["mymemory"])
    bounds = Bounds(characters=499, utf8=True, threads=2)
    """It takes 500 bytes; that it takes more than two requests at a time is not known."""
    KEY = ""
    KEY_NEEDED = False

    def __init__(
        self,
        wire: Wire,
        key: str = "",
        *,
        base_url: str = "https://api.mymemory.translated.net",
        email: str = "",
    ) -> None:
        self._wire = wire
        self._base_url = wire.address(base_url).removesuffix("/get") + "/get"
        self._email = email
        self._translators = Asked(lambda: _translators(wire, self._base_url))

    def ask(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> list[str | None]:
        """Translate one text."""
        make = self._translators.get()
        known = make.known()
        codes = code_of(source, known, _USUAL), code_of(target, known, _USUAL)
        pair = pair_of(self._wire.name, (source, target), codes)
        # One for each request, as a translator keeps the text in itself: threads would mix.
        translators = (make(*pair, email=self._email) for _ in texts)
        return [
            self._wire.shielded(partial(translator.translate, text))
            for translator, text in zip(translators, texts, strict=True)
        ]


def _translators(wire: Wire, url: str) -> Any:
    """Make the class of the translators."""
    library: Any = wire.library("deep_translator.mymemory")
    library.__dict__["BASE_URLS"] = {"MYMEMORY": url}

    class Translator(library.MyMemoryTranslator):  # type: ignore[misc]  # it has no types
        @staticmethod
        def known() -> list[str]:
            return list(library.MY_MEMORY_LANGUAGES_TO_CODES.values())

        def translate(self, text: str, return_all: bool = False, **kwargs: Any) -> str | None:
            params = {"q": text, "langpair": f"{self._source}|{self._target}"}
            if self.email:
                params["de"] = self.email
            data = wire.json(wire.get(self._base_url, params=params))
            _raise_notice(wire.name, data, text)
            best = _best(data, text)
            return best and _ENTITY.sub(lambda entity: html.unescape(entity[0]), best)

    return Translator


def _raise_notice(name: str, data: Mapping[str, Any], text: str) -> None:
    """Raise what stands in the place of a translation.

    Its words are not quoted: they may hold the text or the address.
    """
    status = int(data.get("responseStatus") or 200)  # a number or a text
    answer = (data.get("responseData") or {}).get("translatedText") or ""
    wrong = status != 200 or (_NOTICE.match(answer) and not _NOTICE.match(text))
    if not wrong and not data.get("quotaFinished"):
        return
    notice = f"{data.get('responseDetails') or ''} {answer}" if wrong else ""
    if data.get("quotaFinished") or status == 429 or "MYMEMORY WARNING" in notice:
        raise EngineUnavailable(
            f"{name}: what is free in a day is used up; go on tomorrow, "
            "or set 'email' for ten times as much"
        )
    if "LANGUAGE" in notice.upper():
        raise NoSuchLanguage(f"{name} does not translate between these languages")
    if status == 414 or "LENGTH" in notice.upper():
        raise EngineRefused(f"{name} does not take a text of this length")
    if status == 403:
        raise EngineUnavailable(f"{name} does not serve us: is 'email' a real address?")
    raise EngineFailed(f"{name} answered with status {status} instead of a translation")


def _best(data: Mapping[str, Any], text: str) -> str | None:
    """Choose the translation that MyMemory puts first, if it is one of this very text."""
    first = data["responseData"].get("translatedText")
    matches = [match for match in data.get("matches") or [] if isinstance(match, dict)]
    if not matches:
        return first or None
    good = [match.get("translation") for match in matches if _fits(match, text)]
    return first if first in good else next(filter(None, good), None)


def _fits(match: Mapping[str, Any], text: str) -> bool:
    """Tell whether an entry is a machine's, or a person's for the same text, well thought of."""
    if str(match.get("created-by", "")).startswith("MT"):
        return True
    same = " ".join(str(match.get("segment", "")).split()) == " ".join(text.split())
    return same and float(match.get("quality") or 0) >= _QUALITY
