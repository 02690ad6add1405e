"""Translate with a LibreTranslate server, one's own or another's.

The members of deep-translator's class stay, by its base. Its construction is replaced, as it
refuses to go without a key and knows 17 languages; and its ``translate``, which puts text and
key into the address, needs a slash at the end of it, sends one text at a time, and shows the
key in an exception. Languages and limits are asked from the server.

Text is sent as ``text``: in HTML the server cuts sentences at tags. It decodes entities itself.

The protocol: https://docs.libretranslate.com and the server's own ``app.py``.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.drafting.engines.batching import Pieces, pack_requests
from pipeline.drafting.engines.codes import Lazy, code_of, pair_of
from pipeline.drafting.engines.contract import Bounds, Traits
from pipeline.drafting.engines.forms import FORMS
from pipeline.errors import EngineRefused, EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.drafting.engines.connection import Connection

__all__ = ["LibreTranslate"]

_TEXTS = re.compile(r"exceeds text limit \((\d+)\)")
"""Message of a server that takes fewer texts in one request, with their number."""


_EMPTY = EngineRefused("the answer is empty")


class _ServerInfo(NamedTuple):
    """Languages, limit and need of a key of a server."""

    targets: dict[str, list[str]]
    """Target languages by source language."""
    characters: int
    """Characters in one request."""
    wants_key: bool


class LibreTranslate:
    """Drafts by a server at ``base_url``, by default on this machine."""

    name = "libretranslate"
    traits = Traits(network=True, form=FORMS["libretranslate"])
    bounds = Bounds(characters=2000, texts=25, threads=4, timeout=30.0)
    """Limits of the public server; a server with lower ones reports them, and gets less."""
    KEY = "LIBRE_API_KEY"
    KEY_NEEDED = False

    def __init__(
        self, connection: Connection, key: str = "", *, base_url: str = "http://localhost:5000"
    ) -> None:
        self._connection = connection
        self._key = key
        self._base_url = connection.check_address(base_url).removesuffix("/translate")
        self._info = Lazy(lambda: connection.shield(self._ask_server))
        self._translators = Lazy(self._translator)
        self._texts = self.bounds.texts

    def ask(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> list[str | None]:
        """Translate texts, in one request if the server takes as much at a time."""
        info = self._info.get()
        if info.wants_key and not self._key:
            raise EngineUnavailable(f"{self._connection.name} needs a key: set {self.KEY}")
        start = code_of(source, info.targets)
        end = code_of(target, info.targets.get(start or "", ()))
        pair = pair_of(self._connection.name, (source, target), (start, end))
        limits = self.bounds._replace(characters=info.characters, texts=self._texts)
        pieces = Pieces(texts, limits, self.traits.form)
        answers = dict(pieces.immediate)
        for batch in pack_requests(pieces.to_send, limits):
            for piece, answer in self._translate_batch(batch, pair).items():
                answers.update(pieces.put(piece, _EMPTY if answer is None else answer))
        whole = (answers[number] for number in range(len(texts)))
        return [answer if isinstance(answer, str) else None for answer in whole]

    def _translate_batch(self, batch: list[str], pair: tuple[str, str]) -> dict[str, str | None]:
        make = self._translators.get()

        def translate() -> dict[str, str | None]:
            return dict(zip(batch, make(*pair).translate_batch(batch), strict=True))

        try:
            return self._connection.shield(translate)
        except EngineRefused as refusal:
            if "API key" in str(refusal):
                raise EngineUnavailable(f"{refusal}; set {self.KEY}") from None
            limit = _TEXTS.search(str(refusal))
            if not limit or not 0 < int(limit[1]) < len(batch):
                raise
        # Kept for later batches, which then fit at once.
        self._texts = int(limit[1])
        answers: dict[str, str | None] = {}
        for fewer in pack_requests(batch, self.bounds._replace(texts=self._texts)):
            answers |= self._translate_batch(fewer, pair)
        return answers

    def _ask_server(self) -> _ServerInfo:
        languages, settings = (
            self._connection.json(self._connection.get(f"{self._base_url}/{what}"))
            for what in ("languages", "frontend/settings")
        )
        codes = [item["code"] for item in languages]
        # Servers before 1.3.9 do not tell the targets: each has all.
        targets = {item["code"]: list(item.get("targets") or codes) for item in languages}
        limit = int(settings.get("charLimit") or -1)  # -1 for none
        characters = min(limit, self.bounds.characters) if limit > 0 else self.bounds.characters
        return _ServerInfo(targets, characters, bool(settings.get("keyRequired")))

    def _translator(self) -> Any:
        """Return the class of the translators, with the languages that the server has."""
        library: Any = self._connection.load_module("deep_translator.libre")
        connection, info = self._connection, self._info.get()
        url, key = f"{self._base_url}/translate", {"api_key": self._key} if self._key else {}
        languages = {code: code for row in info.targets.values() for code in row}
        languages |= {code: code for code in info.targets}

        class Translator(library.LibreTranslator):  # type: ignore[misc]  # it has no types
            def __init__(self, source: str, target: str) -> None:
                base = library.BaseTranslator
                base.__init__(self, url, languages, source=source, target=target)

            def translate_batch(self, batch: Sequence[str], **kwargs: Any) -> list[str | None]:
                texts = [_escape_ampersands(text) for text in batch]
                pair = {"source": self._source, "target": self._target, "format": "text"}
                answer = connection.post(self._base_url, json={"q": texts, **pair, **key})
                return list(connection.json(answer)["translatedText"])

        return Translator


def _escape_ampersands(text: str) -> str:
    """Escape ampersands if the server would decode an entity, as it does in plain text, too."""
    return text if html.unescape(text) == text else text.replace("&", "&amp;")
