from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import EngineError, EngineFailed, EngineRefused, EngineUnavailable

from .server import Status
from .servers import KEY, SPEAKERS, MicrosoftServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.drafting.engines.contract import Service

    from .server import Request

TOKEN = '<span class="notranslate">X0X</span>'


@pytest.fixture
def server() -> Iterator[MicrosoftServer]:
    with MicrosoftServer() as running:
        yield running


@pytest.fixture
def service(server: MicrosoftServer) -> Service:
    return SPEAKERS["microsoft"].service(server.url)


def translations(server: MicrosoftServer) -> list[Request]:
    return [request for request in server.asked if request.path == "/translate"]


def sent(request: Request) -> list[str]:
    return [item["Text"] for item in json.loads(request.body)]


def test_a_request(service: Service, server: MicrosoftServer) -> None:
    texts = ["one &amp; &lt;two&gt;", f'See {TOKEN}, <b id="1">please</b>.']
    assert service.ask(texts, "en", "fr", {}) == [
        "ONE &amp; &lt;TWO&gt;",
        f'SEE {TOKEN}, <b id="1">PLEASE</b>.',
    ]
    (request,) = translations(server)
    assert request.method == "POST"
    assert request.query == {"api-version": "3.0", "from": "en", "to": "fr", "textType": "html"}
    assert request.headers["Ocp-Apim-Subscription-Key"] == KEY
    assert "Ocp-Apim-Subscription-Region" not in request.headers
    assert sent(request) == texts


def test_languages_are_asked_once_and_without_the_key(
    service: Service, server: MicrosoftServer
) -> None:
    for _ in range(3):
        service.ask(["one"], "en", "fr", {})
    (asked,) = (request for request in server.asked if request.path == "/languages")
    assert asked.query == {"api-version": "3.0", "scope": "translation"}
    assert KEY not in str(asked.headers)


@pytest.mark.parametrize("tail", ["", "/", "/translate"])
def test_addresses(server: MicrosoftServer, tail: str) -> None:
    service = SPEAKERS["microsoft"].service(server.url + tail)
    assert service.ask(["one"], "en", "fr", {}) == ["ONE"]


def test_a_regional_resource(server: MicrosoftServer) -> None:
    server.region = "westeurope"
    service = SPEAKERS["microsoft"].service(server.url, region="westeurope")
    assert service.ask(["one"], "en", "fr", {}) == ["ONE"]
    with pytest.raises(EngineUnavailable, match="refuses access"):
        SPEAKERS["microsoft"].service(server.url).ask(["one"], "en", "fr", {})


@pytest.mark.parametrize(
    ("locale", "code"),
    [
        ("pt_BR", "pt"),
        ("pt_PT", "pt-pt"),
        ("fr_CA", "fr-ca"),
        ("zh_Hant", "zh-Hant"),
        ("zh_Hant_HK", "zh-Hant"),
        ("zh", "zh-Hans"),
        ("he", "he"),
        ("nb", "nb"),
        ("sr_Latn", "sr-Latn"),
    ],
)
def test_codes(service: Service, server: MicrosoftServer, locale: str, code: str) -> None:
    service.ask(["one"], "en", locale, {})
    assert translations(server)[0].query["to"] == code


GLOSSARY = {"social media": "médias sociaux", "AT&T": 'AT&T "France"', "span": "travée"}


def test_a_glossary_is_a_dynamic_dictionary(service: Service, server: MicrosoftServer) -> None:
    texts = [f"Social media for AT&amp;T, {TOKEN} and a span.", "nothing"]
    assert service.ask(texts, "en", "fr", GLOSSARY) == [
        f"Médias sociaux FOR AT&amp;T &quot;France&quot;, {TOKEN} AND A travée.",
        "NOTHING",
    ]
    first, second = sent(translations(server)[0])
    start = (
        '<mstrans:dictionary translation="Médias sociaux">Social media</mstrans:dictionary> for '
    )
    assert first.startswith(start)
    assert second == "nothing"


def test_without_english_the_translation_of_a_term_stands_in_the_text(
    service: Service, server: MicrosoftServer
) -> None:
    (answer,) = service.ask([f"Das Netz {TOKEN} hier"], "de", "fr", {"Netz": "réseau"})
    assert answer == f"DAS réseau {TOKEN} HIER"
    assert sent(translations(server)[0]) == [f'Das <span translate="no">réseau</span> {TOKEN} hier']


def test_a_byte_order_mark(service: Service, server: MicrosoftServer) -> None:
    service.ask(["one"], "en", "fr", {})
    body = b'\xef\xbb\xbf[{"translations": [{"text": "\xc3\xa9", "to": "fr"}]}]'
    server.script = [Status(200, {"Content-Type": "application/json; charset=utf-8"}, body)]
    assert service.ask(["one"], "en", "fr", {}) == ["é"]


def failure(code: int, message: str) -> Status:
    body = json.dumps({"error": {"code": code, "message": message}}).encode()
    return Status(code // 1000, {"Content-Type": "application/json"}, body)


@pytest.mark.parametrize(
    ("fault", "kind", "message"),
    [
        (failure(401000, "credentials are missing or invalid"), EngineUnavailable, "check the key"),
        (Status(401, {}, b""), EngineUnavailable, "check the key"),
        (failure(403001, "exceeded its free quota"), EngineUnavailable, "quota .* is used up"),
        (failure(403000, "The operation is not allowed"), EngineUnavailable, "quota .* is used up"),
        (failure(403002, "something else"), EngineUnavailable, "refuses access"),
        (failure(400050, "The input text is too long"), EngineRefused, "400050"),
        (b"{}", EngineFailed, "without a translation"),
        (b'[{"translations": []}]', EngineFailed, "without a translation"),
        (b'{"error": {"code": 400, "message": "one"}}', EngineFailed, "without a translation"),
    ],
)
def test_failures(
    service: Service,
    server: MicrosoftServer,
    fault: Status | bytes,
    kind: type[EngineError],
    message: str,
) -> None:
    service.ask(["one"], "en", "fr", {})
    server.script = [fault]
    with pytest.raises(kind, match=message) as raised:
        service.ask(["one"], "en", "fr", {})
    assert type(raised.value) is kind
    assert KEY not in str(raised.value)
    assert raised.value.__cause__ is None
    assert len(translations(server)) == 2


def test_too_many_requests(service: Service, server: MicrosoftServer) -> None:
    service.ask(["one"], "en", "fr", {})
    server.script = [failure(429001, "exceeded request limits")] * 3
    with pytest.raises(EngineUnavailable, match="asks us to wait"):
        service.ask(["one"], "en", "fr", {})


def test_a_wrong_key(server: MicrosoftServer) -> None:
    service = SPEAKERS["microsoft"].service(server.url, key="an0ther-key")
    with pytest.raises(EngineUnavailable, match="check the key") as raised:
        service.ask(["one"], "en", "fr", {})
    assert "an0ther" not in str(raised.value)
    assert len(translations(server)) == 1


def test_an_unknown_language(service: Service, server: MicrosoftServer) -> None:
    with pytest.raises(EngineUnavailable, match=r"^microsoft does not support the language 'tlh'$"):
        service.ask(["one"], "en", "tlh", {})
    assert not translations(server)
