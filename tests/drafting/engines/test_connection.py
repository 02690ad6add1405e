"""Requests to a service and their possible outcomes."""

from __future__ import annotations

import base64
import gzip
import json
import logging
import socket
import threading
import traceback
from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import requests

from pipeline.drafting.engines.connection import Connection
from pipeline.errors import (
    EngineError,
    EngineFailed,
    EngineRefused,
    EngineUnavailable,
    UsageError,
)
from pipeline.services import request as exchange

from .server import Cut, Drip, Reset, Server, Stall, Status, nobody

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from .server import Fault, Request

KEY = "5ecret-k3y"
TEXT = "A sentence that nobody else may read."


class Echo(Server):
    """Server that echoes its requests and counts its connections."""

    connections = 0

    def get_request(self) -> tuple[socket.socket, Any]:
        """Count a connection."""
        self.connections += 1
        return super().get_request()

    def speak(self, request: Request) -> tuple[int, Mapping[str, str], bytes]:
        """Return the request as JSON."""
        body = {"path": request.path, "query": request.query, "body": request.body.decode()}
        return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


@pytest.fixture
def server() -> Iterator[Echo]:
    with Echo() as running:
        yield running


@pytest.fixture
def connection() -> Iterator[Connection]:
    opened = Connection("echo", timeout=1.0, secrets=(KEY,), back_off=0.01)
    yield opened
    opened.close()


def test_what_is_sent_and_given_back(connection: Connection, server: Echo) -> None:
    got = connection.get(f"{server.url}/a", params={"q": "é&=", "n": 1}, headers={"X-Key": KEY})
    assert connection.json(got) == {"path": "/a", "query": {"q": "é&=", "n": "1"}, "body": ""}
    assert got.status_code == 200
    assert got.headers["content-type"] == "application/json"
    assert server.asked[0].headers["X-Key"] == KEY
    assert (
        connection.json(connection.post(f"{server.url}/b", json={"q": ["语"]}))["body"]
        == '{"q": ["\\u8bed"]}'
    )
    assert (
        connection.json(connection.post(f"{server.url}/c", data={"q": "é"}))["body"] == "q=%C3%A9"
    )
    assert [request.method for request in server.asked] == ["GET", "POST", "POST"]


def test_connections_are_kept_and_none_is_shared(connection: Connection, server: Echo) -> None:
    for _ in range(5):
        connection.get(server.url)
    assert server.connections == 1
    server.delay = lambda: 0.2
    threads = [threading.Thread(target=connection.get, args=(server.url,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert server.connections == 4


def test_closed_twice_and_used_again(connection: Connection, server: Echo) -> None:
    connection.get(server.url)
    connection.close()
    connection.close()
    assert connection.get(server.url).status_code == 200


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://api.example.org", "https://api.example.org"),
        ("http://localhost:5000/", "http://localhost:5000"),
        (" http://[::1]:5000/base// ", "http://[::1]:5000/base"),
        ("http://user:word@localhost/x", "http://user:word@localhost/x"),
    ],
)
def test_addresses(connection: Connection, given: str, expected: str) -> None:
    assert connection.check_address(given) == expected


@pytest.mark.parametrize(
    "given",
    ["", "localhost:5000", "ftp://x.org", "file:///etc/passwd", "http://", "http://x:0",
     "http://x:y", "http://[::1", "http://x.org/?a=b", "http://x.org/#a", f"{KEY}"],
)  # fmt: skip
def test_what_is_no_address(connection: Connection, given: str) -> None:
    with pytest.raises(
        UsageError, match=r"is not a server address for echo: expected one such as"
    ) as raised:
        connection.check_address(given)
    assert KEY not in str(raised.value)


def test_user_and_password_of_an_address(connection: Connection, server: Echo) -> None:
    url = connection.check_address(server.url.replace("//", "//user:pass%40word@"))
    server.script = [Status(400, body=b"user:pass@word is wrong")]
    with pytest.raises(EngineRefused) as raised:
        connection.get(url)
    assert "pass" not in str(raised.value)
    sent = server.asked[0].headers["Authorization"]
    assert base64.b64decode(sent.removeprefix("Basic ")) == b"user:pass@word"
    with pytest.raises(UsageError) as refused:
        connection.check_address("ftp://user:password@host")
    assert "password" not in str(refused.value)


@pytest.mark.parametrize(
    ("status", "kind", "words", "tries"),
    [
        (301, EngineFailed, "redirects to", 1),
        (400, EngineRefused, "does not accept this text (status 400: an empty body)", 1),
        (401, EngineUnavailable, "key", 1),
        (402, EngineUnavailable, "quota", 1),
        (403, EngineUnavailable, "key", 1),
        (404, EngineUnavailable, "check its address", 1),
        (413, EngineRefused, "413", 1),
        (414, EngineRefused, "414", 1),
        (418, EngineUnavailable, "418", 1),
        (422, EngineRefused, "422", 1),
        (429, EngineUnavailable, "asks us to wait: try again later", 3),
        (456, EngineUnavailable, "quota", 1),
        (500, EngineFailed, "has an internal error (status 500: an empty body)", 3),
        (503, EngineFailed, "503", 3),
        (529, EngineFailed, "529", 3),
    ],
)
def test_statuses(
    connection: Connection,
    server: Echo,
    status: int,
    kind: type[EngineError],
    words: str,
    tries: int,
) -> None:
    server.script = [status] * 9
    with pytest.raises(EngineError) as raised:
        connection.get(server.url)
    assert type(raised.value) is kind
    assert words in str(raised.value)
    assert str(raised.value).startswith("echo ")
    assert len(server.asked) == tries


def test_no_redirect_takes_a_key_elsewhere(connection: Connection, server: Echo) -> None:
    server.script = [Status(302, {"Location": f"http://other.example/?q={TEXT}"})]
    with pytest.raises(EngineFailed, match=r"^echo redirects to other\.example instead of"):
        connection.get(server.url, headers={"Authorization": KEY})
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "faults",
    [[429], [500, 503], [Status(503, {"Retry-After": "x"})], [Reset()], [Reset(), 500]],
)
def test_well_again(connection: Connection, server: Echo, faults: list[Fault]) -> None:
    server.script = [*faults]
    assert connection.get(server.url).status_code == 200
    assert len(server.asked) == len(faults) + 1


@pytest.mark.parametrize("after", ["1", "Wed, 21 Oct 2099 07:28:00 GMT"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_pause_that_is_asked_for(
    connection: Connection, server: Echo, after: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=pauses.append))
    server.script = [Status(status, {"Retry-After": after})]
    if after == "1":
        assert connection.get(server.url).status_code == 200
        assert pauses == [pytest.approx(1.0, abs=0.01)]
        assert len(server.asked) == 2
        return
    with pytest.raises(EngineError):
        connection.get(server.url)
    assert len(server.asked) == 1


@pytest.mark.parametrize("fault", [Stall(10), Drip(0.02), Drip(0.5)])
def test_every_request_ends_in_time(server: Echo, fault: Fault) -> None:
    connection = Connection("echo", timeout=0.3, back_off=0.01)
    server.script = [fault] * 9
    with pytest.raises(EngineFailed, match=r"^echo did not answer within 0\.3 s$"):
        connection.get(server.url)
    assert len(server.asked) == 2
    connection.close()


def test_a_slow_drip_holds_no_thread(server: Echo) -> None:
    connection = Connection("echo", timeout=0.2, tries=1)
    server.script = [Drip(0.02)]
    before = set(threading.enumerate())
    with pytest.raises(EngineFailed):
        connection.get(server.url)
    ours = [t for t in threading.enumerate() if t not in before and "_run" in t.name]
    for thread in ours:
        thread.join(1)
    assert not any(thread.is_alive() for thread in ours)


def test_no_key_of_netrc_goes_over_ours(
    connection: Connection, server: Echo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login other password word\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(file))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(exchange, "_is_loopback", lambda _: False)  # else no file is read at all
    connection.get(server.url, headers={"Authorization": f"Bearer {KEY}"})
    assert server.asked[0].headers["Authorization"] == f"Bearer {KEY}"


def test_headers_without_end(connection: Connection) -> None:
    over = threading.Event()

    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            with suppress(OSError):
                for _ in range(400):  # who waits for all of it hears of another error
                    if over.wait(0.05):
                        break
                    connection.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drip, args=(listener,), daemon=True)
        thread.start()
        with pytest.raises(EngineFailed, match="did not answer within"):
            connection.get(f"http://127.0.0.1:{listener.getsockname()[1]}")
        over.set()
        thread.join()


def test_an_answer_without_measure(
    connection: Connection, server: Echo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_LARGEST", 1000)
    server.script = [b"x" * 2000] * 3
    with pytest.raises(EngineFailed):
        connection.get(server.url)


@pytest.mark.parametrize("fault", [b"<html>\xe9", b"", b"[1, 2", Cut(), b"[" * 100_000])
def test_what_is_no_json(connection: Connection, server: Echo, fault: Fault) -> None:
    server.script = [fault]
    with pytest.raises(EngineFailed, match=r"^echo answered with .* instead of a translation$"):
        connection.json(connection.get(server.url))


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Type": "text/html"}, "é語".encode()),
        ({"Content-Type": "text/html; charset=latin-1"}, "é語".encode("latin-1", "ignore")),
        ({"Content-Encoding": "gzip"}, gzip.compress("é語".encode(), mtime=0)),
    ],
)
def test_texts_are_decoded(
    connection: Connection, server: Echo, headers: dict[str, str], body: bytes
) -> None:
    server.script = [Status(200, headers, body)]
    assert connection.get(server.url).text in ("é語", "é")


def test_no_proxy_for_this_machine(
    connection: Connection, server: Echo, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, nobody())
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert connection.get(server.url).status_code == 200
    assert connection.get(server.url.replace("127.0.0.1", "localhost")).status_code == 200
    with pytest.raises(EngineUnavailable, match="through the proxy"):
        connection.get("http://service.invalid")


@pytest.mark.parametrize(
    ("parts", "kind", "words"),
    [
        ({"params": {"q": "\ud800"}}, EngineRefused, "not valid Unicode"),
        (
            {"headers": {"X-Key": "語"}},
            EngineUnavailable,
            "the key has characters that an HTTP header does not allow",
        ),
        (
            {"headers": {"X-Key": f"{KEY}\n"}},
            EngineUnavailable,
            "the key has characters that an HTTP header does not allow",
        ),
    ],
)
def test_what_cannot_be_sent(
    connection: Connection, server: Echo, parts: dict[str, Any], kind: type[EngineError], words: str
) -> None:
    with pytest.raises(kind, match=words) as raised:
        connection.get(server.url, **parts)
    assert KEY not in str(raised.value)
    assert not server.asked


def test_a_certificate_that_is_none(connection: Connection, server: Echo) -> None:
    with pytest.raises(EngineError, match=r"^echo closed the connection early$"):
        connection.get(server.url.replace("http:", "https:"))


@pytest.mark.parametrize("fault", [Status(500, body=f"{TEXT} {KEY}".encode()), Reset(), Stall(9)])
def test_nothing_tells_the_text_or_the_key(
    server: Echo, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="urllib3.connectionpool")
    connection = Connection("echo", timeout=0.3, secrets=(KEY,), back_off=0.01)
    server.script = [fault] * 3
    with pytest.raises(EngineFailed) as raised:
        connection.get(server.url, params={"q": TEXT, "key": KEY})
    output = "".join(traceback.format_exception(raised.value)) + caplog.text
    assert "nobody" not in output
    assert KEY not in output
    assert raised.value.__context__ is None
    assert raised.value.__cause__ is None
    connection.close()


def test_the_logs_of_others_stay(connection: Connection, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Echo() as other, requests.Session() as session:
        session.trust_env = False
        session.get(f"{other.url}/theirs").close()
        connection.get(f"{other.url}/ours")
    assert "/theirs" in caplog.text
    assert "/ours" not in caplog.text


class LanguageNotSupportedException(Exception):
    """Has the name of a deep-translator exception."""


class NotValidLength(Exception):
    """Has the name of another deep-translator exception."""


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (LanguageNotSupportedException(TEXT), EngineUnavailable),
        (NotValidLength(TEXT), EngineRefused),
        (KeyError(TEXT), EngineFailed),
        (EngineRefused("told"), EngineRefused),
    ],
)
def test_what_a_library_raises(
    connection: Connection, raised: Exception, kind: type[EngineError]
) -> None:
    def call() -> None:
        try:
            raise ValueError(TEXT)
        except ValueError:
            raise raised  # noqa: B904 - as libraries do

    with pytest.raises(kind) as got:
        connection.shield(call)
    assert "nobody" not in "".join(traceback.format_exception(got.value))
    assert got.value.__context__ is None
    assert connection.shield(lambda: 5) == 5


def test_a_private_copy_of_a_library(connection: Connection, server: Echo) -> None:
    import deep_translator.mymemory as shared  # type: ignore[import-untyped]

    copy = connection.load_module("deep_translator.mymemory")
    copy.__dict__["requests"].get(server.url, params={"q": TEXT}, proxies=None)
    assert server.asked[0].query == {"q": TEXT}
    assert shared.requests is requests
    with pytest.raises(EngineUnavailable, match="not installed"):
        connection.load_module("no_such_library.google")
