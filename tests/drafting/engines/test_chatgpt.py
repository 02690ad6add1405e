from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.drafting.engines.chatgpt import ChatGpt
from pipeline.drafting.engines.connection import Connection
from pipeline.errors import EngineError, EngineFailed, EngineRefused, EngineUnavailable

from .server import Said, Status
from .servers import KEY, SPEAKERS, ChatServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.drafting.engines.contract import Service


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer() as running:
        yield running


@pytest.fixture
def service(server: ChatServer) -> Service:
    return SPEAKERS["chatgpt"].service(server.url)


def ask(service: Service, text: str, glossary: dict[str, str] | None = None) -> str | None:
    (answer,) = service.ask([text], "en", "pt_BR", glossary or {})
    return answer


def body(server: ChatServer, number: int = 0) -> dict[str, Any]:
    sent: dict[str, Any] = json.loads(server.asked[number].body)
    return sent


def test_a_request(service: Service, server: ChatServer) -> None:
    text = 'One & <two>: see <x id="0"/>, <g id="1">please</g>.'
    assert ask(service, text) == 'ONE & <two>: SEE <x id="0"/>, <g id="1">PLEASE</g>.'
    (request,) = server.asked
    assert (request.method, request.path) == ("POST", "/v1/chat/completions")
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    sent = body(server)
    assert (sent["model"], sent["temperature"]) == ("gpt-4o-mini", 0)
    system, user = sent["messages"]
    assert user == {"role": "user", "content": text}
    assert system["role"] == "system"
    assert "from English (en) to Portuguese (Brazil) (pt-BR)." in system["content"]
    assert "terms" not in system["content"]
    assert KEY.encode() not in request.body


def test_a_server_without_a_key(server: ChatServer) -> None:
    server.key = ""
    service = SPEAKERS["chatgpt"].service(server.url, key="", model="llama3.2:3b")
    assert ask(service, "one") == "ONE"
    assert "Authorization" not in server.asked[0].headers
    assert body(server)["model"] == service.traits.variant == "llama3.2:3b"


@pytest.mark.parametrize("tail", ["", "/", "/chat/completions"])
def test_addresses(server: ChatServer, tail: str) -> None:
    connection = Connection("chatgpt", timeout=5)
    assert ask(ChatGpt(connection, KEY, base_url=f"{server.url}/v1{tail}"), "one") == "ONE"


def test_openai_is_not_asked_without_a_key() -> None:
    with pytest.raises(EngineUnavailable, match="set OPENAI_API_KEY in the environment"):
        ask(ChatGpt(Connection("chatgpt", timeout=1), ""), "one")


def test_a_glossary_goes_into_the_task(service: Service, server: ChatServer) -> None:
    glossary = {"social media": "mídias sociais", "house": "casa"}
    assert ask(service, "Social media are big.", glossary) == "mídias sociais ARE BIG."
    task = body(server)["messages"][0]["content"]
    assert task.endswith("\nsocial media = mídias sociais")
    assert "casa" not in task


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("one", "UM"),
        ("one", "```\nUM\n```"),
        ("one", "```text\nUM```"),
        ("one", '"UM"'),
        ("one", "“UM”"),
        ("one", "« UM »"),
        ("one", "\n  UM\n\n"),
        ("one", "<think>\none is um\n</think>\n\nUM"),
        ("one", '<think></think>```\n"UM"\n```'),
    ],
)
def test_what_a_model_puts_around_goes(
    service: Service, server: ChatServer, text: str, answer: str
) -> None:
    server.script = [Said(lambda _: answer)]
    assert ask(service, text) == "UM"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('"one"', '"UM"'),
        ("'one' said she", "«UM»"),
        ("one and two", "“UM” e “DOIS”"),
        ('one and "two"', '"UM" e "DOIS"'),
        ("`one` and", "`UM`"),
        ("one", '"'),
        ("one's", "'UM"),
        ("think", "UM <think>"),
        ("say ```", "```UM"),
    ],
)
def test_what_stays(service: Service, server: ChatServer, text: str, answer: str) -> None:
    server.script = [Said(lambda _: answer)]
    assert ask(service, text) == answer


def test_no_content_is_none(service: Service, server: ChatServer) -> None:
    server.script = [Said(lambda _: None)]
    assert ask(service, "one") is None


def test_a_text_that_is_cut_off(service: Service, server: ChatServer) -> None:
    server.reason = "length"
    with pytest.raises(EngineFailed, match="stopped in the middle"):
        ask(service, "one")


def test_a_model_that_will_not(service: Service, server: ChatServer) -> None:
    choice = {"message": {"content": None, "refusal": "I can't help."}, "finish_reason": "stop"}
    server.script = [json.dumps({"choices": [choice]}).encode()]
    with pytest.raises(EngineRefused, match="refused to translate") as raised:
        ask(service, "one")
    assert type(raised.value) is EngineRefused
    server.reason = "content_filter"
    with pytest.raises(EngineRefused, match="refused to translate"):
        ask(service, "one")


def test_a_model_without_temperature_is_asked_without(service: Service, server: ChatServer) -> None:
    server.knows_temperature = False
    assert [ask(service, "one"), ask(service, "two")] == ["ONE", "TWO"]
    assert ["temperature" in body(server, number) for number in range(3)] == [True, False, False]


QUOTA = {"message": "You exceeded your current quota, please check your plan and billing details."}


@pytest.mark.parametrize(
    ("fault", "kind", "message"),
    [
        (
            Status(429, {}, json.dumps({"error": QUOTA}).encode()),
            EngineUnavailable,
            "quota is used",
        ),
        (Status(404, {}, b'{"error": "model x not found"}'), EngineUnavailable, "x not found"),
        (Status(400, {}, b'{"error": "context length"}'), EngineRefused, "context length"),
        (b'{"choices": []}', EngineFailed, "without a translation"),
        (b'{"error": "no"}', EngineFailed, "without a translation"),
        (b"<html>", EngineFailed, "a web page"),
    ],
)
def test_failures(
    service: Service,
    server: ChatServer,
    fault: Status | bytes,
    kind: type[EngineError],
    message: str,
) -> None:
    server.script = [fault] * (3 if fault[0] == 429 else 1)
    with pytest.raises(kind, match=message) as raised:
        ask(service, "one")
    assert type(raised.value) is kind
    assert KEY not in str(raised.value)
    assert raised.value.__cause__ is None
    assert not server.script


def test_a_wrong_key(server: ChatServer) -> None:
    service = SPEAKERS["chatgpt"].service(server.url, key="sk-an0ther-key")
    with pytest.raises(EngineUnavailable, match="check the key") as raised:
        ask(service, "one")
    assert "an0t" not in str(raised.value)
    assert len(server.asked) == 1
