from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.drafting.engines.connection import Connection
from pipeline.drafting.engines.deepl import DeepL
from pipeline.errors import EngineError, EngineFailed, EngineRefused, EngineUnavailable, UsageError

from .server import Status
from .servers import KEY, SPEAKERS, DeepLServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.drafting.engines.contract import Service

GLOSSARY = {"social media": "médias sociaux", "R&D": "R et D"}


@pytest.fixture
def server() -> Iterator[DeepLServer]:
    with DeepLServer() as running:
        yield running


@pytest.fixture
def service(server: DeepLServer) -> Service:
    return SPEAKERS["deepl"].service(server.url)


def bodies(server: DeepLServer, what: str = "translate") -> list[dict[str, Any]]:
    return [
        json.loads(request.body)
        for request in server.asked
        if request.path == f"/v2/{what}" and request.method == "POST"
    ]


def test_a_request(service: Service, server: DeepLServer) -> None:
    texts = ["one &amp; &lt;two&gt;", 'See <x id="0"/>, <g id="1">please</g>.']
    assert service.ask(texts, "en", "fr", {}) == [
        "ONE &amp; &lt;TWO&gt;",
        'SEE <x id="0"/>, <g id="1">PLEASE</g>.',
    ]
    assert bodies(server) == [
        {
            "text": texts,
            "source_lang": "EN",
            "target_lang": "FR",
            "tag_handling": "xml",
            "tag_handling_version": "v2",
            "ignore_tags": ["x", "t"],
            "non_splitting_tags": ["g", "x", "t"],
            "outline_detection": False,
            "split_sentences": "nonewlines",
            "preserve_formatting": True,
        }
    ]
    for request in server.asked:
        assert request.headers["Authorization"] == f"DeepL-Auth-Key {KEY}"
        assert KEY not in f"{request.path} {request.query}"
        assert KEY.encode() not in request.body


def test_languages_are_asked_once(service: Service, server: DeepLServer) -> None:
    for target in ("fr", "es", "fr"):
        service.ask(["one"], "en", target, {})
    assert sum(request.path == "/v2/languages" for request in server.asked) == 2


@pytest.mark.parametrize(
    ("key", "host"),
    [("abc:fx", "https://api-free.deepl.com/v2/"), ("abc", "https://api.deepl.com/v2/")],
)
def test_free_keys_have_a_host_of_their_own(key: str, host: str) -> None:
    assert DeepL(Connection("deepl", timeout=1), key)._account._url == host


@pytest.mark.parametrize("tail", ["", "/", "/v2", "/v2/"])
def test_addresses(server: DeepLServer, tail: str) -> None:
    service = SPEAKERS["deepl"].service(server.url + tail)
    assert service.ask(["one"], "en", "fr", {}) == ["ONE"]


@pytest.mark.parametrize(
    ("source", "target", "codes"),
    [
        ("en_GB", "fr_CA", ("EN", "FR")),
        ("fr", "en", ("FR", "EN-US")),
        ("fr", "en_GB", ("FR", "EN-GB")),
        ("en", "pt", ("EN", "PT-PT")),
        ("pt_BR", "pt_PT", ("PT", "PT-PT")),
        ("en", "pt_BR", ("EN", "PT-BR")),
        ("zh_Hant", "en_US", ("ZH", "EN-US")),
        ("en", "zh_Hant", ("EN", "ZH-HANT")),
        ("en", "zh_TW", ("EN", "ZH-HANT")),
        ("en", "zh", ("EN", "ZH")),
        ("en", "zh_Hans", ("EN", "ZH-HANS")),
        ("en", "he", ("EN", "HE")),
        ("en", "nb_NO", ("EN", "NB")),
    ],
)
def test_codes(
    service: Service, server: DeepLServer, source: str, target: str, codes: tuple[str, str]
) -> None:
    service.ask(["one"], source, target, {})
    (body,) = bodies(server)
    assert (body["source_lang"], body["target_lang"]) == codes


@pytest.mark.parametrize("formality", ["more", "less", "prefer_more", "prefer_less"])
def test_formality(server: DeepLServer, formality: str) -> None:
    service = SPEAKERS["deepl"].service(server.url, formality=formality)
    service.ask(["one"], "en", "fr", {})
    assert bodies(server)[0]["formality"] == formality
    assert service.traits.variant == formality


def test_formality_where_there_is_none(server: DeepLServer) -> None:
    service = SPEAKERS["deepl"].service(server.url, formality="more")
    with pytest.raises(
        EngineUnavailable, match="no formality for HE: set 'formality' to 'prefer_more'"
    ):
        service.ask(["one"], "en", "he", {})
    service = SPEAKERS["deepl"].service(server.url, formality="prefer_more")
    assert service.ask(["one"], "de", "fr", {}) == ["ONE"]


def test_a_wrong_formality() -> None:
    with pytest.raises(UsageError, match="'polite' for DeepL: expected one of default, more, less"):
        DeepL(Connection("deepl", timeout=1), KEY, formality="polite")


# Glossaries


def test_a_glossary_is_made_once_and_found_again(server: DeepLServer) -> None:
    text = "On social media and R&amp;D."
    for _ in range(2):
        service = SPEAKERS["deepl"].service(server.url)
        for _ in range(2):
            assert service.ask([text], "en", "fr", GLOSSARY) == ["ON médias sociaux AND R et D."]
    (made,) = bodies(server, "glossaries")
    assert made["name"].startswith("pipeline en-fr ")
    assert made["entries"] == "R&D\tR et D\nsocial media\tmédias sociaux"
    assert (made["source_lang"], made["target_lang"]) == ("en", "fr")
    assert [body["glossary_id"] for body in bodies(server)] == ["g0"] * 4
    assert [body["text"] for body in bodies(server)] == [[text]] * 4


def test_its_name_tells_its_entries(server: DeepLServer) -> None:
    server.room = 9
    service = SPEAKERS["deepl"].service(server.url)
    for glossary in ({"a": "b"}, {"a": "c"}, {"a": "b", "c": "d"}, {"c": "d", "a": "b"}):
        service.ask(["one"], "en", "fr", glossary)
    service.ask(["one"], "en", "pt_BR", {"a": "b"})
    names = [made["name"] for made in bodies(server, "glossaries")]
    assert len(names) == len(set(names)) == 4


def test_threads_make_one(service: Service, server: DeepLServer) -> None:
    server.room = 9
    threads = [
        threading.Thread(target=service.ask, args=(["one"], "en", "fr", GLOSSARY)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.glossaries) == 1
    assert len(bodies(server)) == 8


@pytest.mark.parametrize(("target", "room"), [("fr", 0), ("de", 9)])
def test_without_one_the_translation_of_a_term_stands_in_the_text(
    server: DeepLServer, target: str, room: int
) -> None:
    server.room = room
    service = SPEAKERS["deepl"].service(server.url)
    text = 'Social media, <x id="0"/> and R&amp;D.'
    for _ in range(2):
        assert service.ask([text], "en", target, GLOSSARY) == [
            'Médias sociaux, <x id="0"/> AND R et D.'
        ]
    assert bodies(server)[0]["text"] == ['<t>Médias sociaux</t>, <x id="0"/> and <t>R et D</t>.']
    assert "glossary_id" not in bodies(server)[0]
    assert len(bodies(server, "glossaries")) == (room == 0)


def test_a_glossary_of_the_account(server: DeepLServer) -> None:
    service = SPEAKERS["deepl"].service(server.url, glossary_id="abc")
    service.ask(["one"], "en", "fr", {})
    assert service.ask(["On social media"], "en", "fr", GLOSSARY) == ["ON médias sociaux"]
    assert [body["glossary_id"] for body in bodies(server)] == ["abc", "abc"]
    assert bodies(server)[1]["text"] == [
        "On <t>social media</t>".replace("social media", "médias sociaux")
    ]
    assert not bodies(server, "glossaries")
    assert service.traits.variant == "abc"


# Failures


@pytest.mark.parametrize(
    ("fault", "kind", "message"),
    [
        (Status(403, {}, b""), EngineUnavailable, "check the key"),
        (Status(456, {}, b'{"message": "Quota Exceeded"}'), EngineUnavailable, "quota is used up"),
        (Status(413, {}, b""), EngineRefused, "413"),
        (b"{}", EngineFailed, "without a translation"),
        (b'{"translations": [{}]}', EngineFailed, "without a translation"),
        (b"<html>Welcome</html>", EngineFailed, "a web page"),
    ],
)
def test_failures(
    service: Service,
    server: DeepLServer,
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
    assert len(bodies(server)) == 2


def test_a_used_up_quota(service: Service, server: DeepLServer) -> None:
    server.quota = 5
    with pytest.raises(EngineUnavailable, match="quota is used up"):
        service.ask(["one", "two"], "en", "fr", {})
    assert len(bodies(server)) == 1


def test_a_wrong_key(server: DeepLServer) -> None:
    service = SPEAKERS["deepl"].service(server.url, key="an0ther-key")
    with pytest.raises(EngineUnavailable, match="check the key") as raised:
        service.ask(["one"], "en", "fr", GLOSSARY)
    assert "an0ther" not in str(raised.value)
    assert not bodies(server)  # no text was sent


def test_an_unknown_language(service: Service, server: DeepLServer) -> None:
    with pytest.raises(EngineUnavailable, match=r"^deepl does not support the language 'tlh'$"):
        service.ask(["one"], "en", "tlh", {})
    assert not bodies(server)


def test_the_fullest_request_is_taken(service: Service, server: DeepLServer) -> None:
    bounds = DeepL.bounds
    each = bounds.characters // bounds.texts
    texts = ["😀" * each] * bounds.texts
    assert service.ask(texts, "en", "fr", {}) == texts
