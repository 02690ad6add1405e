"""Translate with Microsoft Translator, version 3.

The headers, parameters and address of deep-translator's class are kept. Replaced are:
its list of languages, which it asks from the network for each translator and writes in small
letters, and its ``translate``, which sends one text at a time, loses the answer's status, and
shows the service's error, and after a network fault fails with another one. Its
``translate_batch`` sends one request for each text; ours sends one for all.

Texts are HTML: spans marked as not to be translated stay (``class="notranslate"``), and
glossary terms are sent as the dynamic dictionary, which is only for pairs with English; for
others the text has the term's translation itself, marked as not to be translated.

The protocol: Azure AI Translator, "Translator v3.0 reference", "Prevent translation", "Dynamic
dictionary", "Service limits" (50,000 characters and 1,000 texts in a request).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pipeline.drafting.engines.codes import Lazy, code_of, pair_of
from pipeline.drafting.engines.contract import Bounds, Traits
from pipeline.drafting.engines.forms import FORMS
from pipeline.drafting.engines.terms import mark_terms
from pipeline.errors import EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.drafting.engines.connection import Connection

__all__ = ["Microsoft"]

_MARK = re.compile(r"<span\s+translate\s*=\s*[\"']no[\"']\s*>(.*?)</span\s*>", re.S)
_QUOTA = re.compile(r"\b40300[01]\b")
"""Microsoft's error codes for a used-up quota."""


class Microsoft:
    """Drafts by the key of an Azure resource; ``region`` is needed where that is a regional one."""

    name = "microsoft"
    traits = Traits(network=True, form=FORMS["microsoft"], glossary=True)
    bounds = Bounds(characters=10_000, texts=25, threads=4)
    """Limits below Microsoft's: a run that is killed pays again for the texts on their way."""
    KEY = "MICROSOFT_API_KEY"
    KEY_NEEDED = True

    def __init__(
        self,
        connection: Connection,
        key: str,
        *,
        base_url: str = "https://api.cognitive.microsofttranslator.com",
        region: str = "",
    ) -> None:
        self._connection = connection
        self._key = key
        self._base_url = connection.check_address(base_url).removesuffix("/translate")
        self._region = region
        self._translators = Lazy(lambda: _translators(connection, self._base_url))

    def ask(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> list[str | None]:
        """Translate HTML texts in one request."""
        make = self._translators.get()
        languages = make.languages
        codes = code_of(source, languages), code_of(target, languages)
        pair = pair_of(self._connection.name, (source, target), codes)
        mark = _mark_entry if {code[:2] for code in pair} & {"en"} else _mark_translation
        batch = [mark_terms(text, glossary, mark) for text in texts]

        def translate() -> list[str | None]:
            translator = make(*pair, api_key=self._key, region=self._region or None)
            return [_remove_marks(text) for text in translator.translate_batch(batch)]

        try:
            return self._connection.shield(translate)
        except EngineUnavailable as error:
            if not _QUOTA.search(str(error)):
                raise
        raise EngineUnavailable(
            f"{self._connection.name}: the quota of the subscription is used up: "
            "wait until next month, or choose another pricing tier in Azure"
        )


def _mark_entry(term: str, target: str) -> str:
    return f'<mstrans:dictionary translation="{target}">{term}</mstrans:dictionary>'


def _mark_translation(_: str, target: str) -> str:
    return f'<span translate="no">{target}</span>'


def _remove_marks(answer: str | None) -> str | None:
    """Remove the tags that `_mark_translation` put around a term; tokens have a class and stay."""
    return answer and _MARK.sub(r"\1", answer)


def _translators(connection: Connection, url: str) -> Any:
    """Return the class of the translators, with the languages that the service has today."""
    library: Any = connection.load_module("deep_translator.microsoft")
    library.__dict__["BASE_URLS"] = {"MICROSOFT_TRANSLATE": f"{url}/translate?api-version=3.0"}
    query = {"api-version": "3.0", "scope": "translation"}
    answer = connection.get(f"{url}/languages", params=query)
    codes = connection.shield(lambda: list(_read(connection, answer)["translation"]))

    class Translator(library.MicrosoftTranslator):  # type: ignore[misc]  # it has no types
        languages = codes

        def _get_supported_languages(self) -> dict[str, str]:
            return {code: code for code in codes}

        def translate_batch(self, batch: list[str], **kwargs: Any) -> list[str | None]:
            params = {"from": self._source, "to": self._target, "textType": "html"}
            body = [{"Text": text} for text in batch]
            answer = connection.post(self._base_url, params=params, headers=self.headers, json=body)
            items = zip(batch, _read(connection, answer), strict=True)
            return [item["translations"][0]["text"] for _, item in items]

    return Translator


def _read(connection: Connection, answer: Any) -> Any:
    answer.encoding = "utf-8-sig"  # it may begin with a mark of its byte order
    return connection.json(answer)
