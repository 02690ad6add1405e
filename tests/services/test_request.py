"""One attempt of a request: a complete answer, or an error. No socket is opened."""

from __future__ import annotations

import ssl
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import requests
from requests import exceptions as errors
from requests.adapters import BaseAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse
from urllib3 import exceptions as raw

from pipeline.errors import EngineError, EngineFailed, EngineRefused, EngineUnavailable
from pipeline.services.request import (
    Call,
    RequestFault,
    fault_of_error,
    fault_of_status,
    send,
    timeout_fault,
    user_in_url,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

ADDRESS = "https://example.org/translate"


class Told(BaseAdapter):
    """Service with a given answer that records its requests."""

    def __init__(self, answer: bytes | Exception, headers: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.answer = answer
        self.headers = headers or {}
        self.asked: list[requests.PreparedRequest] = []
        self.options: dict[str, Any] = {}

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        self.asked.append(request)
        self.options = options
        if isinstance(self.answer, Exception):
            raise self.answer
        response = requests.Response()
        response.status_code = 200
        response.url = request.url or ""
        response.headers.update(self.headers)
        response.encoding = requests.utils.get_encoding_from_headers(response.headers)
        body = BytesIO(self.answer)
        response.raw = HTTPResponse(body, headers=self.headers, status=200, preload_content=False)
        return response

    def close(self) -> None:
        pass


def ask(
    service: Told, url: str = ADDRESS, limit: float = 60.0, **parts: Any
) -> requests.Response | RequestFault:
    with requests.Session() as session:
        session.mount("https://", service)
        session.mount("http://", service)
        call = Call("POST", url, parts.get("params"), parts.get("headers"), parts.get("json"))
        return send(session, call, limit)


@pytest.mark.parametrize(
    ("url", "user"),
    [
        ("https://example.org/x", None),
        ("https://me@example.org", ("me", "")),
        ("https://me:p%40ss@example.org", ("me", "p@ss")),
        ("https://:key@example.org", ("", "key")),
        ("https://example.org/me:pass@x", None),
    ],
)
def test_user_and_password_of_an_address(url: str, user: tuple[str, str] | None) -> None:
    assert user_in_url(url) == user


def test_a_call_knows_the_texts_in_it() -> None:
    call = Call("POST", ADDRESS, {"q": "One"}, {"key": "secret"}, {"text": ["Two", {"x": "Three"}]})
    assert {"One", "Two", "Three"} <= set(call.sent())
    assert "secret" not in call.sent()


def test_a_whole_answer_is_read() -> None:
    service = Told(b'{"a": "\xc3\xa9"}', {"Content-Type": "text/plain"})
    answer = ask(service, params={"a": "b c"}, headers={"X-Key": "k"}, json={"q": "é"})
    assert isinstance(answer, requests.Response)
    assert (answer.text, answer.json()) == ('{"a": "é"}', {"a": "é"})
    (request,) = service.asked
    assert request.url == f"{ADDRESS}?a=b+c"
    assert request.headers["X-Key"] == "k"
    assert service.options["timeout"] == (5.0, 60.0)


def test_an_answer_may_name_its_charset() -> None:
    answer = ask(Told(b"\xe9", {"Content-Type": "text/plain; charset=latin-1"}))
    assert isinstance(answer, requests.Response)
    assert answer.text == "é"


def test_user_and_password_go_into_a_header() -> None:
    service = Told(b"")
    ask(service, "https://me:secret@example.org/x")
    (request,) = service.asked
    assert request.url == "https://example.org/x"
    assert request.headers["Authorization"] == "Basic bWU6c2VjcmV0"


def test_no_account_of_this_machine_goes_over_a_key(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine example.org login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    service = Told(b"")
    ask(service, headers={"Authorization": "Key mine"})
    assert service.asked[0].headers["Authorization"] == "Key mine"


@pytest.mark.parametrize(
    ("url", "proxied"),
    [
        ("http://localhost:8081/x", False),
        ("http://a.localhost/x", False),
        ("http://127.0.0.9/x", False),
        ("http://[::1]/x", False),
        ("http://example.org/x", True),
        ("http://localhost.example.org/x", True),
    ],
)
def test_a_proxy_is_for_other_machines(
    monkeypatch: pytest.MonkeyPatch, url: str, proxied: bool
) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example.org")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    service = Told(b"")
    ask(service, url)
    assert bool(service.options["proxies"]) is proxied


def test_an_answer_that_comes_too_late_is_none() -> None:
    assert ask(Told(b"late"), limit=-1.0) == timeout_fault(-1.0)


_POOL = HTTPConnectionPool("example.org")
_UNKNOWN = errors.ConnectionError(
    raw.MaxRetryError(_POOL, "/", raw.NewConnectionError(_POOL, "secret"))  # type: ignore[arg-type]
)
_BAD_TEXT = UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")
_BAD_KEY = UnicodeEncodeError("latin-1", "語", 0, 1, "ordinal not in range")
FAULTS: dict[str, tuple[Exception, type[EngineError], str, bool]] = {
    "no connection in time": (
        errors.ConnectTimeout(),
        EngineUnavailable,
        "be reached: check",
        True,
    ),
    "no answer in time": (errors.ReadTimeout(), EngineFailed, "did not answer within 2 s", True),
    "no bytes in time": (
        raw.ReadTimeoutError(_POOL, "/", "secret"),
        EngineFailed,
        "did not answer within 2 s",
        True,
    ),
    "proxy": (errors.ProxyError("secret"), EngineUnavailable, "through the proxy", True),
    "certificate": (
        errors.SSLError(ssl.SSLError("[SSL: CERTIFICATE_VERIFY_FAILED] secret")),
        EngineUnavailable,
        "has no valid TLS certificate",
        False,
    ),
    "other trouble of TLS": (
        errors.SSLError("secret"),
        EngineFailed,
        "closed the connection early",
        True,
    ),
    "unknown name": (
        _UNKNOWN,
        EngineUnavailable,
        "cannot be reached: check the network connection",
        True,
    ),
    "broken off": (
        errors.ConnectionError("secret"),
        EngineFailed,
        "closed the connection early",
        True,
    ),
    "broken off within the body": (
        raw.ProtocolError("secret"),
        EngineFailed,
        "closed the connection early",
        True,
    ),
    "the system": (OSError(5, "secret"), EngineFailed, "closed the connection early", True),
    "no text": (
        _BAD_TEXT,
        EngineRefused,
        "cannot be used for this text: it is not valid Unicode",
        False,
    ),
    "no key": (_BAD_KEY, EngineUnavailable, "characters that an HTTP header does not allow", False),
    "no header": (
        errors.InvalidHeader("secret"),
        EngineUnavailable,
        "characters that an HTTP header does not allow",
        False,
    ),
    "no address": (
        errors.InvalidURL("secret"),
        EngineUnavailable,
        "its address is not valid",
        False,
    ),
    "a mistake": (KeyError("secret"), EngineFailed, "cannot be called (KeyError)", False),
}


@pytest.mark.parametrize(("error", "kind", "what", "again"), FAULTS.values(), ids=FAULTS)
def test_what_an_exception_means(
    error: Exception, kind: type[EngineError], what: str, again: bool
) -> None:
    for fault in (fault_of_error(error, 2.0), ask(Told(error), limit=2.0)):
        assert isinstance(fault, RequestFault)
        assert fault.kind is kind
        assert what in fault.what
        assert "secret" not in fault.what
        assert (fault.tries > 1) is again


STATES: dict[str, tuple[int, dict[str, str], type[EngineError], str, float]] = {
    "pause": (429, {}, EngineUnavailable, "asks us to wait: try again later (", 0),
    "pause of seconds": (429, {"Retry-After": "7"}, EngineUnavailable, "asks us to wait 7 s (", 7),
    "pause of nonsense": (
        429,
        {"Retry-After": "soon"},
        EngineUnavailable,
        "asks us to wait: try",
        0,
    ),
    "out of order": (
        503,
        {"Retry-After": "3"},
        EngineFailed,
        "has an internal error (status 503",
        3,
    ),
    "no access": (401, {}, EngineUnavailable, "check the key", 0),
    "forbidden": (403, {}, EngineUnavailable, "check the key", 0),
    "no quota": (456, {}, EngineUnavailable, "the quota is used up", 0),
    "too long": (413, {}, EngineRefused, "does not accept this text (status 413", 0),
    "bad text": (400, {}, EngineRefused, "does not accept this text (status 400", 0),
    "moved": (302, {"Location": "https://x.org/a?key=k"}, EngineFailed, "redirects to x.org", 0),
    "moved nowhere": (301, {}, EngineFailed, "redirects to another address instead", 0),
    "not found": (404, {}, EngineUnavailable, "check its address (status 404", 0),
}


@pytest.mark.parametrize(
    ("status", "headers", "kind", "what", "after"), STATES.values(), ids=STATES
)
def test_what_a_status_means(
    status: int, headers: dict[str, str], kind: type[EngineError], what: str, after: float
) -> None:
    response = requests.Response()
    response.status_code = status
    response.headers.update(headers)
    response.raw = BytesIO(b"sorry, s3cret-k3y: The house is big. No.")
    fault = fault_of_status(response, ["s3cret-k3y"], ["The house is big."])
    assert fault.kind is kind
    assert what in fault.what
    assert fault.after == after
    assert "s3cret" not in fault.what
    assert "house" not in fault.what
