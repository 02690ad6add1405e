from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.drafting.engines.codes import NoSuchLanguage
from pipeline.drafting.engines.connection import Connection
from pipeline.drafting.engines.mymemory import MyMemory
from pipeline.errors import EngineError, EngineFailed, EngineRefused, EngineUnavailable

from .server import Said
from .servers import SPEAKERS, MyMemoryServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.drafting.engines.contract import Service

EMAIL = "editor@example.org"


@pytest.fixture
def server() -> Iterator[MyMemoryServer]:
    with MyMemoryServer() as running:
        yield running


@pytest.fixture
def service(server: MyMemoryServer) -> Service:
    return SPEAKERS["mymemory"].service(server.url)


def ask(service: Service, text: str, target: str = "fr", source: str = "en") -> str | None:
    (answer,) = service.ask([text], source, target, {})
    return answer


def test_a_request(service: Service, server: MyMemoryServer) -> None:
    assert ask(service, "one & 'two'") == "ONE & 'TWO'"
    (request,) = server.asked
    assert (request.method, request.path) == ("GET", "/get")
    assert request.query == {"q": "one & 'two'", "langpair": "en-GB|fr-FR"}


def test_the_address_is_with_tls() -> None:
    assert MyMemory(Connection("mymemory", timeout=1))._base_url.startswith("https://")


@pytest.mark.parametrize("tail", ["", "/", "/get", "/get/"])
def test_addresses(server: MyMemoryServer, tail: str) -> None:
    assert ask(SPEAKERS["mymemory"].service(server.url + tail), "one") == "ONE"


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("en", "fr_CA", "en-GB|fr-CA"),
        ("en_US", "pt_BR", "en-US|pt-BR"),
        ("en", "pt", "en-GB|pt-PT"),
        ("de", "zh", "de-DE|zh-CN"),
        ("en", "zh_Hant", "en-GB|zh-TW"),
        ("en", "zh_Hant_HK", "en-GB|zh-HK"),
        ("en", "he", "en-GB|he-IL"),
        ("en", "ar", "en-GB|ar-SA"),
        ("en", "nb", "en-GB|nb-NO"),
        ("en", "sr_Latn", "en-GB|sr-Latn-RS"),
        ("en", "sr", "en-GB|sr-Cyrl-RS"),
        ("en", "es_UY", "en-GB|es-ES"),
    ],
)
def test_codes(
    service: Service, server: MyMemoryServer, source: str, target: str, pair: str
) -> None:
    ask(service, "one", target, source)
    assert server.asked[0].query["langpair"] == pair


@pytest.mark.parametrize(
    ("translation", "text"),
    [
        ("l&#39;eau &amp; le &quot;vin&quot;", 'l\'eau & le "vin"'),
        ("&amp;amp;", "&amp;"),
        ("a &copy b", "a &copy b"),
        ("R&D", "R&D"),
        ("&#x2019;", "’"),
    ],
)
def test_entities_are_read_back_once(
    service: Service, server: MyMemoryServer, translation: str, text: str
) -> None:
    body = {"responseData": {"translatedText": translation}, "responseStatus": 200, "matches": []}
    server.script = [json.dumps(body).encode()]
    assert ask(service, "water") == text


def entry(segment: str, quality: object, translation: str = "Mémoire") -> dict[str, Any]:
    people = {"created-by": "somebody", "reference": "", "match": 0.9}
    return {"segment": segment, "quality": quality, "translation": translation, **people}


@pytest.mark.parametrize(
    ("first", "matches", "expected"),
    [
        ("Mémoire", [entry("A red house", 74)], "Mémoire"),
        ("Mémoire", [entry("A  red house ", "100")], "Mémoire"),
        ("Mémoire", [entry("A blue house", 100)], "A RED HOUSE"),
        ("Mémoire", [entry("A red house", 0)], "A RED HOUSE"),
        ("Mémoire", [entry("A red house", None)], "A RED HOUSE"),
        ("", [entry("A blue house", 100), entry("A red house", 80, "Deux")], "Deux"),
        (None, [entry("A blue house", 100)], "A RED HOUSE"),
    ],
)
def test_the_memory_is_not_trusted_blindly(
    service: Service,
    server: MyMemoryServer,
    first: str | None,
    matches: list[dict[str, Any]],
    expected: str,
) -> None:
    machine = {**entry("A red house", 70, "A RED HOUSE"), "created-by": "MT!"}
    data = {"responseData": {"translatedText": first}, "matches": [*matches, machine]}
    server.script = [json.dumps({**data, "responseStatus": "200"}).encode()]
    assert ask(service, "A red house") == expected


@pytest.mark.parametrize("matches", ["", None, [], [entry("A blue house", 100)]])
def test_no_translation_is_none(service: Service, server: MyMemoryServer, matches: object) -> None:
    data = {"responseData": {"translatedText": None}, "responseStatus": 200, "matches": matches}
    server.script = [json.dumps(data).encode()]
    assert ask(service, "A red house") is None


def test_the_quota(server: MyMemoryServer) -> None:
    service = SPEAKERS["mymemory"].service(server.url, email=EMAIL)
    server.quota = 20
    assert ask(service, "A red house") == "A RED HOUSE"
    assert server.asked[0].query["de"] == EMAIL
    with pytest.raises(
        EngineUnavailable, match="used up: continue tomorrow, or set 'email'"
    ) as raised:
        ask(service, "A blue house")
    assert EMAIL not in str(raised.value)
    assert len(server.asked) == 2


QUOTA = "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY. NEXT AVAILABLE IN"


@pytest.mark.parametrize(
    ("data", "kind", "message"),
    [
        ({"responseData": {"translatedText": QUOTA}}, EngineUnavailable, "used up"),
        ({"responseStatus": "429", "responseDetails": QUOTA}, EngineUnavailable, "used up"),
        ({"responseStatus": 429, "responseData": None}, EngineUnavailable, "used up"),
        (
            {"quotaFinished": True, "responseData": {"translatedText": "UNE"}},
            EngineUnavailable,
            "used up",
        ),
        (
            {"responseStatus": "403", "responseDetails": "'XX' IS AN INVALID TARGET LANGUAGE"},
            NoSuchLanguage,
            "this pair of languages$",
        ),
        (
            {"responseData": {"translatedText": "PLEASE SELECT TWO DISTINCT LANGUAGES"}},
            NoSuchLanguage,
            "this pair of languages$",
        ),
        (
            {"responseStatus": 403, "responseDetails": f"INVALID EMAIL PROVIDED: {EMAIL}"},
            EngineUnavailable,
            "check that 'email' is a real address",
        ),
        (
            {"responseData": {"translatedText": "QUERY LENGTH LIMIT EXCEEDED."}},
            EngineRefused,
            "length",
        ),
        ({"responseStatus": "414"}, EngineRefused, "length"),
        ({"responseStatus": 500, "responseDetails": "one"}, EngineFailed, "status 500"),
        ({}, EngineFailed, "without a translation"),
        ({"responseStatus": "many"}, EngineFailed, "without a translation"),
        ([], EngineFailed, "without a translation"),
    ],
)
def test_notices(
    server: MyMemoryServer, data: object, kind: type[EngineError], message: str
) -> None:
    service = SPEAKERS["mymemory"].service(server.url, email=EMAIL)
    server.script = [json.dumps(data).encode()]
    with pytest.raises(kind, match=message) as raised:
        ask(service, "A red house")
    assert type(raised.value) is kind
    assert EMAIL not in str(raised.value)
    assert raised.value.__cause__ is None
    assert len(server.asked) == 1


def test_a_text_about_notices_is_translated(service: Service, server: MyMemoryServer) -> None:
    server.script = [Said(str.title)]
    text = "MYMEMORY WARNING is what it says."
    assert ask(service, text) == text.title()


def test_an_unknown_language(service: Service, server: MyMemoryServer) -> None:
    with pytest.raises(EngineUnavailable, match=r"^mymemory does not support the language 'tlh'$"):
        ask(service, "one", "tlh")
    assert not server.asked
