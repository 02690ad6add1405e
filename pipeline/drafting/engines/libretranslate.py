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

from pipeline.drafting.engines.batching import Pieces, packed
from pipeline.drafting.engines.codes import Asked, code_of, pair_of
from pipeline.drafting.engines.contract import Bounds, Traits
from pipeline.drafting.engines.forms import FORMS
from pipeline.errors import EngineRefused, EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.drafting.engines.connection import Wire

__all__ = ["LibreTranslate"]

_TEXTS = re.compile(r"exceeds text limit \((\d+)\)")
"""Message of a server that takes fewer texts in one request, with their number."""


_EMPTY = EngineRefused("the answer is empty")


class _Told(NamedTuple):
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
        self, wire: Wire, key: str = "", *, base_url: str = "http://localhost:5000"
    ) -> None:
        self._wire = wire
        self._key = key
        self._base_url = wire.address(base_url).removesuffix("/translate")
        self._told = Asked(lambda: wire.shielded(self._ask_server))
        self._translators = Asked(self._translator)
        self._texts = self.bounds.texts

    def ask(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> list[str | None]:
        """Translate texts, in one request if the server takes as much at a time."""
        told = self._told.get()
        if told.wants_key and not self._key:
            raise EngineUnavailable(f"{self._wire.name} wants a key: set {self.KEY}")
        start = code_of(source, told.targets)
        end = code_of(target, told.targets.get(start or "", ()))
        pair = pair_of(self._wire.name, (source, target), (start, end))
        limits = self.bounds._replace(characters=told.characters, texts=self._texts)
        pieces = Pieces(texts, limits, self.traits.form)
        answers = dict(pieces.known)
        for batch in packed(pieces.asked, limits):
            for piece, answer in self._translated(batch, pair).items():
                answers.update(pieces.put(piece, _EMPTY if answer is None else answer))
        whole = (answers[number] for number in range(len(texts)))
        return [answer if isinstance(answer, str) else None for answer in whole]

    def _translated(self, batch: list[str], pair: tuple[str, str]) -> dict[str, str | None]:
        make = self._translators.get()

        def translate() -> dict[str, str | None]:
            return dict(zip(batch, make(*pair).translate_batch(batch), strict=True))

        try:
            return self._wire.shielded(translate)
        except EngineRefused as refusal:
            if "API key" in str(refusal):
                raise EngineUnavailable(f"{refusal}; set {self.KEY}") from None
            most = _TEXTS.search(str(refusal))
            if not most or not 0 < int(most[1]) < len(batch):
                raise
        self._texts = int(most[1])
        answers: dict[str, str | None] = {}
        for fewer in packed(batch, self.bounds._replace(texts=self._texts)):
            answers |= self._translated(fewer, pair)
        return answers

    def _ask_server(self) -> _Told:
        languages, settings = (
            self._wire.json(self._wire.get(f"{self._base_url}/{what}"))
            for what in ("languages", "frontend/settings")
        )
        codes = [item["code"] for item in languages]
        # Servers before 1.3.9 do not tell the targets: each has all.
        targets = {item["code"]: list(item.get("targets") or codes) for item in languages}
        most = int(settings.get("charLimit") or -1)  # -1 for none
        characters = min(most, self.bounds.characters) if most > 0 else self.bounds.characters
        return _Told(targets, characters, bool(settings.get("keyRequired")))

    def _translator(self) -> Any:
        """Return the class of the translators, with the languages that the server has."""
        library: Any = self._wire.library("deep_translator.libre")
        wire, told = self._wire, self._told.get()
        url, key = f"{self._base_url}/translate", {"api_key": self._key} if self._key else {}
        languages = {code: code for row in told.targets.values() for code in row}
        languages |= {code: code for code in told.targets}

        class Translator(library.LibreTranslator):  # type: ignore[misc]  # it has no types
            def __init__(self, source: str, target: str) -> None:
                base = library.BaseTranslator
                base.__init__(self, url, languages, source=source, target=target)

            def translate_batch(self, batch: Sequence[str], **kwargs: Any) -> list[str | None]:
                texts = [_guarded(text) for text in batch]
                pair = {"source": self._source, "target": self._target, "format": "text"}
                answer = wire.post(self._base_url, json={"q": texts, **pair, **key})
                return list(wire.json(answer)["translatedText"])

        return Translator


def _guarded(text: str) -> str:
    """Escape ampersands if the server would decode an entity, as it does in plain text, too."""
    return text if html.unescape(text) == text else text.replace("&", "&amp;")
