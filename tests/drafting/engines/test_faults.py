"""Any service fault ends a run in time, with a clear reason, and without a secret in it."""

from __future__ import annotations

import logging
import random
import socket
import threading
import time
import traceback
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from pipeline.drafting.engines.contract import Answer
from pipeline.errors import EngineError, EngineFailed, EngineRefused, EngineUnavailable

from .server import Cut, Drip, Reset, Said, Stall, Status, nobody, short_waits
from .servers import KEY, SPEAKERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.drafting.engines.contract import Engine

    from .server import Fault, Server

TEXT = "The house of my brother is very big."
FRESH = 8
"""Script entries that cover all requests before the first text, such as languages."""


class Talk:
    """An engine with its server, and the answers so far."""

    def __init__(self, name: str, server: Server, **options: Any) -> None:
        self.server = server
        self.engine: Engine = SPEAKERS[name].make(server.url, **{"threads": 1, **options})
        self.got: dict[int, Answer | EngineRefused] = {}

    def ask(self, *texts: str) -> EngineUnavailable | None:
        """Store the answers; return the error that ended the run, if any."""
        self.got.clear()
        try:
            for number, answer in self.engine.translate(texts, "en", "fr", {}):
                assert number not in self.got
                self.got[number] = answer
        except EngineUnavailable as error:
            return error
        return None

    def failure(self, *texts: str) -> EngineError:
        """Return the reason why the first text has no translation."""
        error = self.ask(*(texts or (TEXT,)))
        outcome = error or self.got[0]
        assert isinstance(outcome, EngineError), outcome
        return outcome


@pytest.fixture(params=sorted(SPEAKERS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(name: str) -> Iterator[Server]:
    with SPEAKERS[name].server() as running:
        yield running


@pytest.fixture
def talk(name: str, server: Server) -> Iterator[Talk]:
    """Yield an engine that has answered once, so that only texts are sent from now on."""
    one = Talk(name, server, timeout=1.0)
    assert one.ask("A first text.") is None
    server.asked.clear()
    yield one
    one.engine.close()


def first_failure(engine: Engine) -> EngineError:
    """Return the reason why a text has no answer."""
    try:
        ((_, answer),) = engine.translate([TEXT], "en", "fr", {})
    except EngineUnavailable as error:
        return error
    assert isinstance(answer, EngineError)
    return answer


def hold_nothing(error: EngineError, log: pytest.LogCaptureFixture) -> None:
    """Check that no message, log or traceback contains the key or the text."""
    output = "".join(traceback.format_exception(error)) + str(error) + repr(error) + log.text
    for secret in (KEY, TEXT, TEXT.replace(" ", "+"), TEXT.replace(" ", "%20"), "brother"):
        assert secret not in output


BAD: dict[str, tuple[Fault, type[EngineError]]] = {
    "500": (500, EngineFailed),
    "reset in mid-body": (Reset(), EngineFailed),
    "a stall": (Stall(10), EngineFailed),
    "a slow drip": (Drip(), EngineFailed),
    "a consent page": (b"<!DOCTYPE html><form>Before you continue</form>", EngineFailed),
    "truncated": (Cut(), EngineFailed),
    "403": (Status(403, body=f"{TEXT} {KEY[:12]}** {TEXT.upper()}".encode()), EngineUnavailable),
    "456": (456, EngineUnavailable),
    "404": (404, EngineUnavailable),
    "None": (Said(lambda _: None), EngineRefused),
    "empty": (Said(lambda _: ""), EngineRefused),
    "unchanged": (Said(lambda text: text), EngineRefused),
    "wrong script": (Said(lambda _: "Дом моего брата очень большой."), EngineRefused),
    "three times too long": (Said(lambda text: "mot " * len(text)), EngineRefused),
}
TRIED_AGAIN = {"500": 3, "reset in mid-body": 3, "a stall": 2, "a slow drip": 2}


_WAITS = pytest.mark.slow("waits 2 s; test_connection has it for one service")


@pytest.mark.parametrize(
    "what", [pytest.param(n, marks=_WAITS) if n in ("a stall", "a slow drip") else n for n in BAD]
)
def test_a_service_that_is_ill(talk: Talk, what: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fault, kind = BAD[what]
    talk.server.script = [fault] * FRESH
    error = talk.failure()
    assert isinstance(error, kind)
    assert str(error).startswith(talk.engine.name)
    assert len(talk.server.asked) == TRIED_AGAIN.get(what, 1)
    hold_nothing(error, caplog)


@pytest.mark.parametrize(("status", "word"), [(403, "key"), (456, "quota"), (402, "quota")])
def test_a_key_or_a_quota_ends_it_at_once(talk: Talk, status: int, word: str) -> None:
    talk.server.script = [status] * FRESH
    assert word in str(talk.failure())
    assert len(talk.server.asked) == 1
    talk.server.script = []
    assert isinstance(talk.ask("And another one."), EngineUnavailable)
    assert len(talk.server.asked) == 1


@pytest.mark.parametrize("fault", [429, Status(429, {"Retry-After": "1"}), 500, Reset()])
def test_a_moment_later_it_is_well(talk: Talk, fault: Fault, naps: list[float]) -> None:
    talk.server.script = [fault]
    assert talk.ask(TEXT) is None
    assert isinstance(talk.got[0], Answer)
    assert len(talk.server.asked) == 2
    assert sum(naps) >= 1 if isinstance(fault, Status) else sum(naps) < 1


@pytest.mark.parametrize("after", ["", "3600"])
def test_a_pause_for_ever(talk: Talk, after: str, naps: list[float]) -> None:
    talk.server.script = [Status(429, {"Retry-After": after} if after else {})] * FRESH
    error = talk.failure()
    assert isinstance(error, EngineUnavailable)
    assert f"asks us to wait{f' {after} s' if after else ': try again later'}" in str(error)
    assert sum(naps) < 4


def test_ill_for_ever_opens_the_circuit(talk: Talk) -> None:
    texts = [f"Sentence number {n} of some words." * 20 for n in range(500)]
    talk.server.script = [503] * 10_000
    error = talk.failure(*texts)
    assert isinstance(error, EngineUnavailable)
    assert "failed 3 times in a row" in str(error)
    assert len(talk.server.asked) == 9, "three requests, three times each"
    assert isinstance(talk.failure(), EngineUnavailable)
    assert len(talk.server.asked) == 9


def test_three_failures_that_are_not_in_a_row_do_not(talk: Talk) -> None:
    page = b"<html>maintenance</html>"
    for _ in range(3):
        talk.server.script = [page, page]
        for text in ("One text here.", "Another text here.", "The third text."):
            assert talk.ask(text) is None
        assert isinstance(talk.got[0], Answer)


def test_nobody_listens(name: str, naps: list[float], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with SPEAKERS[name].server() as server:
        talk = Talk(name, server)
    talk.engine = SPEAKERS[name].make(nobody(), threads=1)
    error = talk.failure()
    assert isinstance(error, EngineUnavailable)
    assert str(error) == f"{name} cannot be reached: check the network connection"
    assert sum(naps) < 3
    hold_nothing(error, caplog)


@pytest.mark.parametrize("hangs", [False, True])
def test_no_such_host(
    name: str, hangs: bool, naps: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    over, resolved = threading.Event(), threading.Event()

    def resolve(*_: object, **__: object) -> None:
        # Not the machine's resolver, which may look for a name for a long time.
        over.wait(20 if hangs else 0)
        resolved.set()
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    engine = SPEAKERS[name].make("http://translate.invalid", threads=1, timeout=0.5)
    with mock.patch("socket.getaddrinfo", side_effect=resolve):
        error = first_failure(engine)
    assert resolved.is_set() is not hangs
    assert sum(naps) < 3
    over.set()
    assert isinstance(error, EngineFailed if hangs else EngineUnavailable)
    hold_nothing(error, caplog)


def test_no_answer_lands_at_another_text(name: str, server: Server) -> None:
    server.delay = short_waits()
    talk = Talk(name, server, threads=8)
    chosen = random.Random(3)
    texts = [f"Room {n} has {chosen.randint(100, 999)} doors." for n in range(400)]
    assert talk.ask(*texts) is None
    assert len(talk.got) == 400
    for number, answer in talk.got.items():
        assert isinstance(answer, Answer)
        digits = "".join(filter(str.isdigit, answer.text))
        assert digits == "".join(filter(str.isdigit, texts[number]))


def test_who_stops_listening_stops_the_asking(name: str, server: Server) -> None:
    talk = Talk(name, server, threads=2)
    texts = [f"Sentence number {n} of some words. " * 12 for n in range(400)]
    answers = talk.engine.translate(texts, "en", "fr", {})
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    time.sleep(0.2)
    asked = len(server.asked)
    time.sleep(0.2)
    assert len(server.asked) == asked
