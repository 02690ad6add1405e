"""Translate with DeepL, version 2 of its interface.

The construction of deep-translator's class is kept, with its addresses and languages corrected.
Its ``translate`` is replaced: it sends text and key in the address of a GET request, which DeepL
no longer serves, puts the key into an exception, and knows neither tags, nor glossaries, nor
formality. The languages are asked from DeepL: the library's list ends in 2022.

Texts are XML, so that tags are set around the words again. Tags never end a sentence
(``outline_detection`` off), and nor does a line break; the sentence's first letter and its end
stay as they are (``preserve_formatting``).

Glossaries belong to an account, cannot be changed, and a free account has room for one. So
there is one for a whole glossary of a pair, never for the terms of single texts, which would
make one with every new article. Its name holds a digest of its entries; by that it is found
again. None is ever deleted, as another project may use it. Where DeepL has no glossaries for
the pair, or no room, the text has each term's translation, marked as not to be translated.

The protocol: https://developers.deepl.com (translate, languages, glossaries v2, XML handling,
usage limits: 128 KiB and 50 texts in a request).
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.drafting.engines.codes import Lazy, NoSuchLanguage, code_of, pair_of
from pipeline.drafting.engines.contract import Bounds, Traits
from pipeline.drafting.engines.forms import FORMS
from pipeline.drafting.engines.terms import mark_terms
from pipeline.errors import EngineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.drafting.engines.connection import Connection

__all__ = ["DeepL"]

_FORMALITIES = ("default", "more", "less", "prefer_more", "prefer_less")
_USUAL = {"en": "en-US", "pt": "pt-PT"}
_TERM = "t"
"""Tag for terms; protection has ``x`` and ``g``."""
_SETTINGS: dict[str, Any] = {
    "tag_handling": "xml",
    "tag_handling_version": "v2",  # an account's own default hangs on its age
    "ignore_tags": ["x", _TERM],
    "non_splitting_tags": ["g", "x", _TERM],
    "outline_detection": False,
    "split_sentences": "nonewlines",
    "preserve_formatting": True,
}


class DeepL:
    """Drafts by a key, which may be one of the free kind (``…:fx``).

    ``formality`` is ``default``, ``more``, ``less``, or ``prefer_more`` and ``prefer_less``,
    which do no harm in languages without it. ``glossary_id`` names a glossary of the account.
    """

    name = "deepl"
    traits = Traits(network=True, form=FORMS["deepl"], glossary=True)
    bounds = Bounds(characters=10_000, texts=25, threads=4)
    """Limits below DeepL's own: JSON makes up to 12 bytes of a character, and a run that is killed
    pays again for the texts that were on their way."""
    KEY = "DEEPL_API_KEY"
    KEY_NEEDED = True

    def __init__(
        self,
        connection: Connection,
        key: str,
        *,
        base_url: str = "",
        formality: str = "default",
        glossary_id: str = "",
    ) -> None:
        if formality not in _FORMALITIES:
            choices = ", ".join(_FORMALITIES)
            raise UsageError(
                f"unknown formality '{formality}' for DeepL: expected one of {choices}"
            )
        options = [formality if formality != "default" else "", glossary_id]
        variant = " ".join(filter(None, options))
        self.traits = self.traits._replace(variant=variant)
        host = "https://api-free.deepl.com" if key.endswith(":fx") else "https://api.deepl.com"
        self._account = _Account(
            connection, key, connection.check_address(base_url or host).removesuffix("/v2")
        )
        self._formality = formality
        self._glossary_id = glossary_id

    def ask(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> list[str | None]:
        """Translate XML texts in one request."""
        account, languages = self._account, self._account.languages.get()
        codes = (
            code_of(source.partition("_")[0], languages.sources),
            code_of(target, languages.targets, _USUAL),
        )
        pair = pair_of(account.connection.name, (source, target), codes)
        settings = {**_SETTINGS, **self._formality_settings(pair[1], languages)}
        glossary_id = self._glossary_id or (account.glossary(pair, glossary) if glossary else "")
        if glossary_id:
            settings["glossary_id"] = glossary_id
        if glossary_id == self._glossary_id:  # ours is not in it
            texts = [mark_terms(text, glossary, _mark_translation) for text in texts]
        answers = account.translate(texts, pair, settings)
        return [_remove_marks(answer) for answer in answers]

    def _formality_settings(self, target: str, languages: _Languages) -> dict[str, str]:
        if self._formality == "default":
            return {}
        if target not in languages.formal and not self._formality.startswith("prefer"):
            raise NoSuchLanguage(
                f"DeepL has no formality for {target}: "
                f"set 'formality' to 'prefer_{self._formality}'"
            )
        return {"formality": self._formality}


class _Languages(NamedTuple):
    """DeepL's language codes."""

    sources: list[str]
    targets: list[str]
    formal: frozenset[str]
    """Targets with a formality."""


class _Account:
    """Requests with one key."""

    def __init__(self, connection: Connection, key: str, url: str) -> None:
        self.connection = connection
        self.languages = Lazy(self._ask_languages)
        self._key = key
        self._url = f"{url}/v2/"
        self._headers = {"Authorization": f"DeepL-Auth-Key {key}"}
        self._translators = Lazy(self._translator)
        self._glossaries: dict[tuple[str, str, str], Lazy[str]] = {}

    def translate(
        self, texts: Sequence[str], pair: tuple[str, str], settings: Mapping[str, Any]
    ) -> list[str | None]:
        """Translate all texts with these settings."""
        make = self._translators.get()

        def translate() -> list[str | None]:
            translator = make(*pair, api_key=self._key, **settings)
            answers: list[str | None] = translator.translate_batch(texts)
            return answers

        return self.connection.shield(translate)

    def glossary(self, pair: tuple[str, str], glossary: Mapping[str, str]) -> str:
        """Return the ID of the account's glossary with these entries; "" where none is possible."""
        entries = "\n".join(f"{term}\t{name}" for term, name in sorted(glossary.items()))
        source, target = (code.lower().partition("-")[0] for code in pair)
        key = source, target, entries
        # One thread asks, the others wait: setdefault gives all the same.
        return self._glossaries.setdefault(
            key, Lazy(lambda: self._find_or_make_glossary(*key))
        ).get()

    def _find_or_make_glossary(self, source: str, target: str, entries: str) -> str:
        digest = hashlib.blake2b(entries.encode(), digest_size=8).hexdigest()
        name = f"pipeline {source}-{target} {digest}"
        body = {"name": name, "source_lang": source, "target_lang": target}

        def find_or_make() -> Mapping[str, Any]:
            if (source, target) not in self._glossary_pairs():
                return {}
            for existing in self._get("glossaries")["glossaries"]:
                if existing["name"] == name:
                    return dict(existing)
            new = {**body, "entries": entries, "entries_format": "tsv"}
            return dict(self._post("glossaries", new))

        try:
            glossary = self.connection.shield(find_or_make)
        except EngineError:
            return ""  # no room, or none for this account: translations do without it
        return str(glossary.get("glossary_id", "")) if glossary.get("ready", True) else ""

    def _glossary_pairs(self) -> set[tuple[str, str]]:
        pairs = self._get("glossary-language-pairs")["supported_languages"]
        return {(pair["source_lang"].lower(), pair["target_lang"].lower()) for pair in pairs}

    def _ask_languages(self) -> _Languages:
        def read() -> _Languages:
            sources, targets = (self._get("languages", type=kind) for kind in ("source", "target"))
            formal = (item["language"] for item in targets if item.get("supports_formality"))
            start, end = ([item["language"] for item in items] for items in (sources, targets))
            return _Languages(start, end, frozenset(formal))

        return self.connection.shield(read)

    def _get(self, what: str, **params: str) -> Any:
        return self.connection.json(
            self.connection.get(self._url + what, params=params, headers=self._headers)
        )

    def _post(self, what: str, body: Mapping[str, Any]) -> Any:
        return self.connection.json(
            self.connection.post(self._url + what, headers=self._headers, json=body)
        )

    def _translator(self) -> Any:
        """Return the class of the translators, with the languages that DeepL has today."""
        library: Any = self.connection.load_module("deep_translator.deepl")
        languages, post = self.languages.get(), self._post
        codes = {code: code for code in (*languages.sources, *languages.targets)}
        library.__dict__["BASE_URLS"] = {"DEEPL_FREE": self._url}
        library.__dict__["DEEPL_LANGUAGE_TO_CODE"] = codes

        class Translator(library.DeeplTranslator):  # type: ignore[misc]  # it has no types
            def translate_batch(self, batch: Sequence[str], **kwargs: Any) -> list[str | None]:
                body = {"source_lang": self._source, "target_lang": self._target}
                answer = post("translate", {"text": list(batch), **body, **self._url_params})
                items = zip(batch, answer["translations"], strict=True)
                return [item["text"] for _, item in items]

        return Translator


def _mark_translation(_: str, target: str) -> str:
    return f"<{_TERM}>{target}</{_TERM}>"


def _remove_marks(answer: str | None) -> str | None:
    """Remove the tags that `_mark_translation` put around a term."""
    return answer and re.sub(rf"</?{_TERM}\s*/?>", "", answer)
