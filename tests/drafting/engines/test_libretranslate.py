from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.article.reading import read_article
from pipeline.drafting.engines.forms import FORMS
from pipeline.drafting.protect.protect import has_words, protect, restore
from pipeline.drafting.protect.tokens import Damage
from pipeline.errors import EngineError, EngineFailed, EngineRefused, EngineUnavailable

from .server import Status
from .servers import KEY, SPEAKERS, LibreTranslateServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.drafting.engines.contract import Service


@pytest.fixture
def server() -> Iterator[LibreTranslateServer]:
    with LibreTranslateServer() as running:
        yield running


@pytest.fixture
def service(server: LibreTranslateServer) -> Service:
    return SPEAKERS["libretranslate"].service(server.url, key="")


def bodies(server: LibreTranslateServer) -> list[dict[str, Any]]:
    return [json.loads(request.body) for request in server.asked if request.path == "/translate"]


def test_a_request(service: Service, server: LibreTranslateServer) -> None:
    texts = ["The dogs & [X0X]", "two houses"]
    assert service.ask(texts, "en", "es", {}) == ["Los perros & [X0X]", "dos casas"]
    assert bodies(server) == [{"q": texts, "source": "en", "target": "es", "format": "text"}]
    assert {request.path for request in server.asked if request.method == "GET"} == {
        "/languages",
        "/frontend/settings",
    }
    service.ask(["one"], "en", "fr", {})
    assert sum(request.method == "GET" for request in server.asked) == 2


@pytest.mark.parametrize("tail", ["", "/", "/translate", "/translate/"])
def test_addresses(server: LibreTranslateServer, tail: str) -> None:
    service = SPEAKERS["libretranslate"].service(server.url + tail)
    assert service.ask(["dogs"], "en", "es", {}) == ["perros"]


@pytest.mark.parametrize(
    ("codes", "locale", "code"),
    [
        ("en pt pt-BR", "pt_BR", "pt-BR"),
        ("en pt pb", "pt_BR", "pb"),
        ("en pt", "pt_BR", "pt"),
        ("en zh zt", "zh_Hant", "zt"),
        ("en zh zt", "zh_TW", "zt"),
        ("en zh zt", "zh", "zh"),
        ("en zh-Hans zh-Hant", "zh_Hant_HK", "zh-Hant"),
        ("en zh-Hans zh-Hant", "zh_CN", "zh-Hans"),
        ("en nb", "no", "nb"),
        ("en he", "he", "he"),
        ("en ar", "ar_EG", "ar"),
    ],
)
def test_codes(
    service: Service, server: LibreTranslateServer, codes: str, locale: str, code: str
) -> None:
    server.codes = codes
    service.ask(["one"], "en", locale, {})
    assert bodies(server)[0]["target"] == code


@pytest.mark.parametrize("locale", ["tlh", "zh_Hant", "en_GB"])
def test_no_such_language(service: Service, server: LibreTranslateServer, locale: str) -> None:
    server.codes = "en fr zh"
    with pytest.raises(EngineUnavailable, match=f"libretranslate does not .*'{locale}'"):
        service.ask(["one"], "en", locale, {})
    assert not bodies(server)


def test_languages_without_targets(service: Service, server: LibreTranslateServer) -> None:
    server.script = [b'[{"code": "en", "name": "English"}, {"code": "fr", "name": "French"}]']
    assert service.ask(["one"], "en", "fr", {}) == ["ONE"]


# Keys


def test_a_key_goes_in_the_body(server: LibreTranslateServer) -> None:
    server.key_wanted = True
    service = SPEAKERS["libretranslate"].service(server.url)
    assert service.ask(["dogs"], "en", "es", {}) == ["perros"]
    assert bodies(server)[0]["api_key"] == KEY
    assert all(KEY not in f"{request.path}{request.query}" for request in server.asked)


@pytest.mark.parametrize("reports_key", [True, False])
def test_no_key(service: Service, server: LibreTranslateServer, reports_key: bool) -> None:
    server.key_wanted, server.key_told = True, reports_key
    with pytest.raises(EngineUnavailable, match=r"set LIBRE_API_KEY$"):
        service.ask(["dogs"], "en", "es", {})
    assert len(bodies(server)) == (not reports_key)


def test_a_wrong_key(server: LibreTranslateServer) -> None:
    server.key_wanted = True
    service = SPEAKERS["libretranslate"].service(server.url, key="an0ther-key")
    with pytest.raises(EngineUnavailable, match="check the key") as raised:
        service.ask(["dogs"], "en", "es", {})
    assert "an0ther" not in str(raised.value)
    assert len(bodies(server)) == 1


# Limits


def test_the_server_says_how_many_characters(
    service: Service, server: LibreTranslateServer
) -> None:
    server.characters = 12
    texts = ["dogs", "houses", "cats and", "cats"]
    assert service.ask(texts, "en", "es", {}) == ["perros", "casas", "gatos y", "gatos"]
    assert [body["q"] for body in bodies(server)] == [texts[:2], texts[2:]]


def test_a_text_longer_than_that_is_cut(service: Service, server: LibreTranslateServer) -> None:
    server.characters = 30
    text = "The dogs are big. The houses are red.  The cats are here."
    (answer,) = service.ask([text], "en", "es", {})
    assert answer == "Los perros son grandes. Las casas son rojas.  Los gatos son aquí."
    assert [body["q"] for body in bodies(server)] == [
        ["The dogs are big."],
        ["The houses are red."],
        ["The cats are here."],
    ]


def test_the_server_takes_fewer_texts(service: Service, server: LibreTranslateServer) -> None:
    server.texts = 2
    texts = ["dogs", "houses", "cats", "a dog", "a house"]
    spanish = ["perros", "casas", "gatos", "un perro", "una casa"]
    assert service.ask(texts, "en", "es", {}) == spanish
    assert service.ask(texts, "en", "es", {}) == spanish
    assert max(len(body["q"]) for body in bodies(server)[1:]) <= 2
    assert len(bodies(server)) == 7  # one too many, then three for each


@pytest.mark.parametrize(
    ("fault", "kind", "message"),
    [
        (Status(400, {}, b'{"error": "no"}'), EngineRefused, "'no'"),
        (b"{}", EngineFailed, "without a translation"),
        (b'{"translatedText": null}', EngineFailed, "without a translation"),
        (b"<html>", EngineFailed, "a web page"),
    ],
)
def test_failures(
    service: Service,
    server: LibreTranslateServer,
    fault: Status | bytes,
    kind: type[EngineError],
    message: str,
) -> None:
    service.ask(["dogs"], "en", "es", {})
    server.script = [fault]
    with pytest.raises(kind, match=message) as raised:
        service.ask(["dogs"], "en", "es", {})
    assert type(raised.value) is kind
    assert raised.value.__cause__ is None


def test_something_else_at_the_address(service: Service, server: LibreTranslateServer) -> None:
    server.script = [b"[]", b"[]"]
    with pytest.raises(EngineFailed, match="without a translation"):
        service.ask(["dogs"], "en", "es", {})


# Articles


ROOT = Path(__file__).parents[3]
ARTICLES = [*ROOT.glob("source/*/en.md"), *ROOT.glob("tests/golden/*/en.md")]
TERMS = ("Snapchat", "Erwan", "Coeur sur Paris", "Social Media Today", "Nikki Wheeler", "Level 3")


def test_sentences_of_articles_come_back_in_spanish(service: Service) -> None:
    segments = [
        item for path in ARTICLES for item in read_article(path.read_bytes(), str(path)).segments
    ]
    form, glossary = FORMS["libretranslate"], {"social media": "redes sociales"}
    shield = [protect(item.text, form, TERMS, glossary=glossary) for item in segments]
    protected = [item for item in shield if not isinstance(item, Damage) and has_words(item)]
    assert sum(len(item.hidden) for item in protected) > 80
    answers: list[str | None] = []
    for at in range(0, len(protected), 25):
        answers += service.ask([item.text for item in protected[at : at + 25]], "en", "es", {})
    pairs = zip(answers, protected, strict=True)
    restored = [restore(answer or "", item) for answer, item in pairs]
    whole = [text for text in restored if not isinstance(text, Damage)]
    assert len(whole) >= 0.95 * len(restored), [r for r in restored if isinstance(r, Damage)]
    text = " ".join(whole)
    assert len(re.findall(r"\b(?:el|la|los|las|un|una|de|que)\b", text)) > 200
    assert text.count("redes sociales") > 10
    assert "[X" not in text
