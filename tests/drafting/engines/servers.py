"""Local servers that speak each service's protocol as documented."""

from __future__ import annotations

import html
import json
import re
import threading
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple
from xml.etree import ElementTree

from pipeline.drafting.engines import SERVICES
from pipeline.drafting.engines.apertium import Apertium
from pipeline.drafting.engines.connection import Connection
from pipeline.drafting.engines.contract import Answer
from pipeline.drafting.engines.service_engine import NetworkEngine

from .server import Request, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.drafting.engines.contract import Engine, Service

    Said = tuple[int, Mapping[str, str], bytes]

__all__ = [
    "KEY",
    "SPEAKERS",
    "ChatServer",
    "DeepLServer",
    "GoogleServer",
    "LibreTranslateServer",
    "MicrosoftServer",
    "MyMemoryServer",
    "Speaker",
]

KEY = "5ecret-k3y-f0r-tests:fx"
"""Key accepted by all servers."""


def _json(value: object, status: int = 200) -> Said:
    body = json.dumps(value, ensure_ascii=False).encode()
    return status, {"Content-Type": "application/json; charset=utf-8"}, body


class GoogleServer(Server):
    """The page of translate.google.com for small screens."""

    def speak(self, request: Request) -> Said:
        """Return a page with the translation in it."""
        query = request.query
        text = self.translated(query["q"], query["sl"], query["tl"])
        translation = "" if text is None else html.escape(text)
        page = f'<html><body><div class="result-container">{translation}</div></body></html>'
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page.encode()


class MyMemoryServer(Server):
    """MyMemory: every HTTP status is 200, and the answer carries its own status."""

    quota = 10**9
    """Characters left for today."""
    memory: ClassVar[list[dict[str, Any]]] = []
    """Human entries that match to some degree."""

    def speak(self, request: Request) -> Said:
        """Return the translation with MyMemory's entities, and its origin."""
        if request.path != "/get":
            return 404, {}, b"not found"
        text, (source, _, target) = request.query["q"], request.query["langpair"].partition("|")
        if len(text.encode()) > 500:
            return self._notice("QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS", 403)
        for code in (source, target):
            if not re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2,3}|419)", code):
                return self._notice("INVALID LANGUAGE PAIR SPECIFIED. EXAMPLE: LANGPAIR=EN|IT", 403)
        if len(text) > self.quota:
            notice = "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY."
            return self._notice(f"{notice} NEXT AVAILABLE IN 18 HOURS 11 MINUTES 58 SECONDS", 429)
        self.quota -= len(text)
        answer = self.translated(text, source, target)
        translation = None if answer is None else html.escape(answer).replace("&#x27;", "&#39;")
        machine = {"segment": text, "translation": translation, "quality": 70, "created-by": "MT!"}
        return self._answer(translation, [*self.memory, {**machine, "match": 0.85}])

    def _notice(self, notice: str, status: int) -> Said:
        body = {"responseData": {"translatedText": notice}, "responseDetails": notice}
        return _json({**body, "quotaFinished": None, "responseStatus": str(status), "matches": ""})

    def _answer(self, text: str | None, matches: list[dict[str, Any]]) -> Said:
        data = {"translatedText": text, "match": 0.85}
        body = {"responseData": data, "quotaFinished": False, "responseDetails": ""}
        return _json({**body, "responseStatus": 200, "matches": matches})


class MicrosoftServer(Server):
    """Microsoft Translator v3; with ``region``, a regional resource."""

    region = ""
    quota = 10**9
    codes = "af ar bg de en es fil fr fr-ca he ja nb pt pt-pt ru sr-Cyrl sr-Latn zh-Hans zh-Hant"

    def speak(self, request: Request) -> Said:
        """Return the languages to anybody, and translations to the key's owner."""
        if request.query.get("api-version") != "3.0":
            return self._error(400021, "The API version parameter is missing or invalid.")
        if request.path == "/languages":
            names = {code: {"name": code.title(), "dir": "ltr"} for code in self.codes.split()}
            return _json({"translation": names})
        if request.path != "/translate":
            return self._error(404000, "Resource not found.")
        if request.headers.get("Ocp-Apim-Subscription-Key") != KEY:
            return self._error(401000, "The request is not authorized: credentials are invalid.")
        if self.region and request.headers.get("Ocp-Apim-Subscription-Region") != self.region:
            return self._error(401000, "The request is not authorized: credentials are invalid.")
        return self._translate(request)

    def _translate(self, request: Request) -> Said:
        texts = [item["Text"] for item in json.loads(request.body)]
        source, target = request.query["from"], request.query["to"]
        if target not in self.codes.split():
            return self._error(400036, "The target language is not valid.")
        if len(texts) > 1000 or sum(map(len, texts)) > 50_000:
            return self._error(400077, "The maximum request size has been exceeded.")
        self.quota -= sum(map(len, texts))
        if self.quota < 0:
            return self._error(403001, "The operation isn't allowed: exceeded its free quota.")
        assert request.query["textType"] == "html"
        try:
            answers = [self._html(text, source, target) for text in texts]
        except ElementTree.ParseError:
            return self._error(400000, "One of the request inputs is not valid.")
        return _json([{"translations": [{"text": text, "to": target}]} for text in answers])

    def _html(self, text: str, source: str, target: str) -> str | None:
        """Translate text that is not excluded; dictionary elements become their translation."""
        translations: list[str] = []

        def keep(match: re.Match[str]) -> str:
            translations.append(match["entry"] or match[0])
            return f"&kept{len(translations) - 1};"

        pattern = (
            r'<mstrans:dictionary translation="(?P<entry>[^"]*)">[^<>]*</mstrans:dictionary>'
            r'|<span (?:class="notranslate"|translate="no")>[^<>]*</span>'
        )
        hidden = re.sub(pattern, keep, text)
        ElementTree.fromstring(f"<p>{re.sub('&kept[0-9]+;', '', hidden)}</p>")
        answer = self.translated(hidden, source, target)
        return answer and re.sub(r"&kept(\d+);", lambda m: translations[int(m[1])], answer)

    def _error(self, code: int, message: str) -> Said:
        return _json({"error": {"code": code, "message": message}}, code // 1000)


class ChatServer(Server):
    """Chat completions of OpenAI; without ``key``, of Ollama."""

    key = KEY
    reason = "stop"
    knows_temperature = True

    def speak(self, request: Request) -> Said:
        """Answer the system message's request."""
        if request.path != "/v1/chat/completions":
            return _json({"error": {"message": f"Unknown request URL: {request.path}"}}, 404)
        if self.key and request.headers.get("Authorization") != f"Bearer {self.key}":
            key_start = request.headers.get("Authorization", "")[7:15]
            message = f"Incorrect API key provided: {key_start}********."
            return _json({"error": {"message": message, "code": "invalid_api_key"}}, 401)
        asked = json.loads(request.body)
        if "temperature" in asked and not self.knows_temperature:
            message = "Unsupported value: 'temperature' does not support 0 with this model."
            return _json({"error": {"message": message, "param": "temperature"}}, 400)
        task, text = (message["content"] for message in asked["messages"])
        content = self._content(task, text)
        choice = {"index": 0, "finish_reason": self.reason}
        reply = {"role": "assistant", "content": content, "refusal": None}
        return _json({"choices": [{**choice, "message": reply}], "model": asked["model"]})

    def _content(self, task: str, text: str) -> str | None:
        codes = re.findall(r"\(([\w-]+)\)(?: to|\.$)", task, re.M)
        names: list[str] = []
        for term, name in re.findall(r"^(.+) = (.+)$", task, re.M):
            text = re.sub(re.escape(term), f"⟦{len(names)}⟧", text, flags=re.I)
            names.append(name)
        answer = self.translated(text, codes[0], codes[1])
        return answer and re.sub(r"⟦(\d+)⟧", lambda m: names[int(m[1])], answer)


class DeepLServer(Server):
    """DeepL v2 with tag handling v2, which requires well-formed XML."""

    quota = 10**9
    room = 1
    """For glossaries of the account."""
    pairs = (("en", "fr"), ("en", "es"), ("en", "pt"))
    """Language pairs that support glossaries."""
    sources = "AR BG DE EN ES FR HE JA NB PT RU ZH"
    targets = "AR BG DE EN-GB EN-US ES FR HE JA NB PT-BR PT-PT RU ZH ZH-HANS ZH-HANT"
    formal = "DE ES FR PT-BR PT-PT RU"

    def __init__(self) -> None:
        super().__init__()
        self.glossaries: list[dict[str, Any]] = []
        self._making = threading.Lock()

    def speak(self, request: Request) -> Said:
        """Return the languages, glossaries or translations that an account may use."""
        if request.headers.get("Authorization") != f"DeepL-Auth-Key {KEY}":
            return 403, {}, b""
        what = request.path.removeprefix("/v2/")
        if what == "languages":
            return _json(self._languages(request.query["type"]))
        if what == "glossary-language-pairs":
            pairs = [{"source_lang": start, "target_lang": end} for start, end in self.pairs]
            return _json({"supported_languages": pairs})
        if what == "glossaries" and request.method == "GET":
            return _json({"glossaries": self.glossaries})
        if what == "glossaries":
            return self._make(json.loads(request.body))
        if what == "translate" and request.method == "POST":
            return self._translate(json.loads(request.body), request)
        return _json({"message": "Not found"}, 404)

    def _languages(self, kind: str) -> list[dict[str, Any]]:
        if kind == "source":
            return [{"language": code, "name": code} for code in self.sources.split()]
        return [
            {"language": code, "name": code, "supports_formality": code in self.formal.split()}
            for code in self.targets.split()
        ]

    def _make(self, asked: dict[str, Any]) -> Said:
        with self._making:
            if len(self.glossaries) >= self.room:
                return _json({"message": "Quota Exceeded", "detail": "Too many glossaries"}, 456)
            assert asked["entries_format"] == "tsv"
            made = {"glossary_id": f"g{len(self.glossaries)}", "ready": True, **asked}
            self.glossaries.append(made)
            return _json(made, 201)

    def _translate(self, asked: dict[str, Any], request: Request) -> Said:
        texts, target = asked["text"], asked["target_lang"]
        if target not in self.targets.split() or asked["source_lang"] not in self.sources.split():
            return _json({"message": "Value for 'target_lang' not supported."}, 400)
        if asked.get("formality") in ("more", "less") and target not in self.formal.split():
            return _json({"message": "'formality' is not supported for given 'target_lang'."}, 400)
        if len(texts) > 50:
            return _json({"message": "Too many texts in request. Only up to 50 texts"}, 400)
        if len(request.body) > 128 * 1024:
            return _json({"message": "Payload too large"}, 413)
        self.quota -= sum(map(len, texts))
        if self.quota < 0:
            return _json({"message": "Quota Exceeded"}, 456)
        try:
            for text in texts:
                ElementTree.fromstring(f"<r>{text}</r>")
        except ElementTree.ParseError:
            return _json({"message": "Tag handling parsing failed, please check input."}, 400)
        result = {"detected_source_language": asked["source_lang"]}
        return _json({"translations": [{**result, "text": self._xml(t, asked)} for t in texts]})

    def _xml(self, text: str, asked: dict[str, Any]) -> str | None:
        """Translate text outside ignored tags, with the glossary's entries inflected as needed."""
        assert asked["tag_handling"] == "xml"
        translations: list[str] = []

        def keep(hidden_text: str) -> str:
            translations.append(hidden_text)
            return f"&kept{len(translations) - 1};"

        tags = "|".join(asked["ignore_tags"])
        hidden = re.sub(rf"<({tags})\b[^<>]*(?<!/)>.*?</\1>", lambda m: keep(m[0]), text)
        for row in self._entries(asked.get("glossary_id", "")):
            term, name = row.split("\t")
            pattern = re.escape(html.escape(term, quote=False))
            hidden = f"&kept{len(translations)};".join(re.split(rf"\b{pattern}\b", hidden))
            translations.append(name)
        answer = self.translated(hidden, asked["source_lang"], asked["target_lang"])
        return answer and re.sub(r"&kept(\d+);", lambda m: translations[int(m[1])], answer)

    def _entries(self, number: str) -> list[str]:
        rows = (row for row in self.glossaries if row["glossary_id"] == number)
        return next((str(row["entries"]).splitlines() for row in rows), [])


class LibreTranslateServer(Server):
    """LibreTranslate; English is translated to Spanish by Apertium.

    Its models keep tokens in brackets, which are replaced by Apertium's own tokens inside.
    """

    characters = -1
    texts = -1
    """Limits; -1 for none."""
    key_wanted = False
    key_told = True
    """True if the settings report that a key is required; with some server options they do not."""
    codes = "en es fr ar he pt pt-BR zh zt nb"
    apertium: ClassVar[Apertium] = Apertium()

    def speak(self, request: Request) -> Said:
        """Return the server's languages or settings, or a translation."""
        if request.path == "/languages":
            codes = self.codes.split()
            return _json([{"code": c, "name": c, "targets": [*codes, "fi"]} for c in codes])
        if request.path == "/frontend/settings":
            wanted = self.key_wanted and self.key_told
            return _json({"charLimit": self.characters, "apiKeys": wanted, "keyRequired": wanted})
        if request.path != "/translate" or "json" not in request.headers.get("Content-Type", ""):
            return 404, {}, b"<html>Not Found</html>"
        return self._translate(json.loads(request.body))

    def _translate(self, asked: dict[str, Any]) -> Said:
        texts, key = asked["q"], asked.get("api_key")
        if key and self.key_wanted and key != KEY:
            return _json({"error": "Invalid API key"}, 403)
        if not key and self.key_wanted:
            message = "Please contact the server operator to get an API key"
            return _json({"error": message}, 400)
        for size, most in ((len(texts), self.texts), (sum(map(len, texts)), self.characters)):
            if -1 < most < size:
                message = f"Invalid request: request ({size}) exceeds text limit ({most})"
                return _json({"error": message}, 400)
        if asked["target"] not in self.codes.split():
            return _json({"error": f"{asked['target']} is not supported"}, 400)
        answers = [self.translated(text, asked["source"], asked["target"]) for text in texts]
        return _json({"translatedText": [a and html.unescape(a) for a in answers]})

    def translation(self, text: str, source: str, target: str) -> str:
        """Translate by Apertium from English to Spanish, else as a plain server does."""
        if (source, target) != ("en", "es") or "\0" in text:
            return super().translation(text, source, target.replace("zt", "zh"))
        inside = re.sub(r"\[X(\d+)X\]", r"Xqz\1x", text)
        ((_, answer),) = self.apertium.translate([inside], source, target, {})
        assert isinstance(answer, Answer), answer
        return re.sub(r"Xqz(\d+)x", r"[X\1X]", answer.text)


class Speaker(NamedTuple):
    """A service and its server."""

    server: type[Server]
    make: Callable[..., Engine]
    """Makes the engine from an address, the options of `service`, ``threads`` and ``rate``."""
    service: Callable[..., Service]
    """Makes the service from an address, its options, ``key``, ``timeout`` and ``back_off``."""


def _speaker(name: str, server: type[Server], path: str = "") -> Speaker:
    kind = SERVICES[name]

    def parts(
        url: str, key: str = KEY, timeout: float = 5.0, back_off: float = 0.01, **own: Any
    ) -> tuple[Service, Connection]:
        key = key if kind.KEY else ""
        connection = Connection(name, timeout=timeout, secrets=(key,), back_off=back_off)
        return kind(connection, key, base_url=url + path, **own), connection

    def make(
        url: str, *, threads: int = kind.bounds.threads, rate: float = 0.0, **options: Any
    ) -> Engine:
        return NetworkEngine(*parts(url, **options), threads=threads, rate=rate)

    return Speaker(server, make, lambda url, **options: parts(url, **options)[0])


SPEAKERS: dict[str, Speaker] = {
    "google": _speaker("google", GoogleServer, "/m"),
    "mymemory": _speaker("mymemory", MyMemoryServer),
    "microsoft": _speaker("microsoft", MicrosoftServer),
    "chatgpt": _speaker("chatgpt", ChatServer, "/v1"),
    "deepl": _speaker("deepl", DeepLServer),
    "libretranslate": _speaker("libretranslate", LibreTranslateServer),
}
