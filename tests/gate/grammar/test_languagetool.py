"""LanguageTool servers that fail: an error in time, never an empty list of matches."""

from __future__ import annotations

import json
import re
import socket
import struct
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from pipeline.errors import GrammarError, UsageError
from pipeline.gate.grammar import languagetool
from pipeline.gate.grammar.languagetool import LanguageTool
from tests.steps import MOST, growth, steps

from .conftest import http

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Wire

WITHIN = "did not answer within"
TIMEOUT = 0.6
"""Timeout of the clients in these tests, in seconds."""
DROPS = 400
"""Number of drips of 0.05 s before a server closes the connection, which is another error."""


def raw_match(offset: object = 0, length: object = 1, **changed: object) -> dict[str, object]:
    """Return a match as the server sends it."""
    return {
        "message": "Wrong.",
        "replacements": [{"value": "right"}],
        "offset": offset,
        "length": length,
        "context": {"text": "x", "offset": 0, "length": 1},
        "sentence": "x",
        "rule": {"id": "R", "issueType": "grammar", "category": {"id": "C"}},
        **changed,
    }


def matches(*these: object, **more: object) -> bytes:
    return http({"matches": list(these), **more})


def close(connection: socket.socket, body: bytes) -> None:
    """Close the connection without an answer."""


def reset(connection: socket.socket, body: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _drip(start: bytes, drop: bytes, seconds: float) -> Callable[[socket.socket, bytes], None]:
    def drip(connection: socket.socket, body: bytes) -> None:
        connection.sendall(start)
        for _ in range(DROPS):
            connection.sendall(drop)
            time.sleep(seconds)

    return drip


def _silence(start: bytes) -> Callable[[socket.socket, bytes], None]:
    def silence(connection: socket.socket, body: bytes) -> None:
        connection.sendall(start)
        connection.settimeout(DROPS * 0.05)
        connection.recv(1)

    return silence


OK = b"HTTP/1.1 200 OK\r\n"
PART = OK + b"Content-Length: 100\r\n\r\n{"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"

BROKEN: dict[str, tuple[Any, str]] = {
    "hangs up": (close, "closed the connection early"),
    "hangs up in the head": (OK, "closed the connection early|expected JSON"),
    "reset in mid-body": (reset, "closed the connection early"),
    "half a body": (PART, "closed the connection early"),
    "half a chunk": (CHUNKED + b"50\r\n{", "closed the connection early"),
    "a wrong chunk": (CHUNKED + b"zz\r\n{", "closed the connection early"),
    "half of the JSON": (http('{"matches": ['), "answered with '.*, expected JSON"),
    "no zip": (
        http("x", headers="Content-Encoding: gzip\r\n"),
        "closed the connection early|expected JSON",
    ),
    "garbage": (b"\x00\xff\x00\xff\r\n\r\n", "closed the connection early"),
    "another protocol": (b"220 mail ESMTP\r\n", "closed the connection early"),
    "silence for ever": (_silence(b""), WITHIN),
    "silence in mid-body": (_silence(PART), WITHIN),
    "head drips": (_drip(OK, b"X", 0.05), WITHIN),
    "lines of the head drip": (_drip(OK, b"X: y\r\n", 0.05), WITHIN),
    "body drips": (_drip(OK + b"Content-Length: 99999\r\n\r\n", b" ", 0.05), WITHIN),
    "chunks drip": (_drip(CHUNKED, b"1\r\n \r\n", 0.05), WITHIN),
    "body without end": (_drip(OK + b"\r\n", b" " * 2**20, 0), WITHIN),
    "moved": (
        http("", 301, "Location: http://u:secret@x/\r\n"),
        "redirects to another address .status 301",
    ),
    "forbidden": (http("Error: who?", 403), "status 403 .'Error: who.'"),
    "not found": (http("<html>", 404), "status 404 .a web page"),
    "pause": (http("Error: slowly", 429), "asks for a pause"),
    "rate": (http("Error: limit", 426), "asks for a pause"),
    "500": (http("Error: internal", 500), "status 500 .'Error: internal'"),
    "500 with an answer": (http({"matches": []}, 500), "status 500"),
    "503": (http("", 503), "status 503 .an empty body"),
    "web page": (http("<!doctype html><p>Hi"), "answered with a web page, expected JSON"),
    "nothing": (http(""), "answered with an empty body, expected JSON"),
    "bytes": (http(b"\xff\xfe\x00\x1b[31m"), "answered with '.*, expected JSON"),
    "too deep": (http("[" * 100_000), "expected JSON|invalid answer"),
}
"""Faults of an answer to any kind of request, and the expected error."""

ANSWERS: dict[str, tuple[Any, str]] = {
    "too long": (
        http("Error: Your text exceeds the limit of 2", 413),
        "rejects a text of 12 char.*limit",
    ),
    "too long, older": (http("Error: text exceeds the limit", 400), "rejects a text of 12 char"),
    "incomplete": (
        matches(warnings={"incompleteResults": True, "incompleteResultsReason": "Too slow"}),
        "did not check all of a text: Too slow",
    ),
    **{
        f"shape {shape}": (http(shape), "sent an invalid answer")
        for shape in (
            "null",
            "[]",
            '"text"',
            "5",
            "{}",
            '{"error": "x"}',
            '{"matches": null}',
            '{"matches": {}}',
            '{"matches": ""}',
            '{"matches": 5}',
            '{"matches": [null]}',
            '{"matches": [{}]}',
            '{"matches": ["x"]}',
            '{"matches": [], "warnings": []}',
        )
    },
    **{
        f"match {number}": (matches(raw_match(), match), "sent an invalid answer")
        for number, match in enumerate(
            (
                raw_match(-1),
                raw_match(12),
                raw_match(0, 13),
                raw_match(5, -1),
                raw_match("0"),
                raw_match(0.0),
                raw_match(True),
                raw_match(0, None),
                raw_match(10**400),
                raw_match(message=None),
                raw_match(message=5),
                raw_match(replacements=None),
                raw_match(replacements=["x"]),
                raw_match(replacements=[{"value": None}]),
                raw_match(rule=None),
                raw_match(rule={"id": "R"}),
                raw_match(rule={"id": 5, "issueType": "x", "category": {"id": "C"}}),
                raw_match(rule={"id": "R", "issueType": "x", "category": {}}),
                raw_match(context=None),
                raw_match(context={}),
            )
        )
    },
}
"""Faults of an answer to a text only, and the expected error."""


def client(wire: Wire) -> LanguageTool:
    return LanguageTool(f"http://me:secret@127.0.0.1:{wire.port}", TIMEOUT)


def complaint(work: Callable[[], object]) -> str:
    """Return the error message; check that no secret and no cause is in the error."""
    with pytest.raises(GrammarError) as caught:
        work()
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None  # its text could hold the address, and the text
    return str(caught.value)


@pytest.mark.parametrize(
    ("answer", "message"), [*BROKEN.values(), *ANSWERS.values()], ids=[*BROKEN, *ANSWERS]
)
def test_a_text_that_is_not_checked(wire: Wire, answer: Any, message: str) -> None:
    wire.answers["check"] = answer
    error = complaint(lambda: list(client(wire).check(["Twelve signs"], "en")))
    assert re.search(message, error), error
    if "did not check" not in error:
        assert f"http://127.0.0.1:{wire.port} " in error
        assert "PIPELINE_LANGUAGETOOL_URL" in error


@pytest.mark.parametrize("path", ["info", "languages"])
@pytest.mark.parametrize(("answer", "message"), BROKEN.values(), ids=BROKEN)
def test_a_question_without_an_answer(wire: Wire, path: str, answer: Any, message: str) -> None:
    wire.answers[path] = answer
    tool = client(wire)
    error = complaint(lambda: tool.version if path == "info" else tool.supports("en"))
    assert re.search(message, error), error


@pytest.mark.parametrize(
    "shape",
    [
        None,
        5,
        "x",
        {},
        [],
        [5],
        ["en"],
        [{}],
        [{"code": "en"}],
        [{"code": "en", "longCode": None}],
        {"software": None},
        {"software": {"name": "LanguageTool"}},
        {"software": {"name": "LanguageTool", "version": 6}},
        {"software": {"name": "", "version": "6"}},
    ],
)
def test_another_shape(wire: Wire, shape: object) -> None:
    wire.answers["info"] = wire.answers["languages"] = http(json.dumps(shape))
    tool = client(wire)
    assert "sent an invalid answer" in complaint(lambda: tool.version)
    assert "sent an invalid answer" in complaint(lambda: tool.supports("en"))
    assert "sent an invalid answer" in complaint(lambda: list(tool.check(["Text."], "en")))


def test_nobody_is_there(wire: Wire) -> None:
    tool = client(wire)
    wire.close()
    assert "cannot be reached" in complaint(lambda: tool.version)
    assert "cannot be reached" in complaint(lambda: list(tool.check(["Text."], "en")))


def test_a_server_that_goes_away(wire: Wire) -> None:
    """Check that answers received before the failure are kept."""
    answers = [matches(raw_match())] * 3 + [b""] * 40

    def some(connection: socket.socket, body: bytes) -> None:
        connection.sendall(answers.pop(0))

    wire.answers["check"] = some
    results: list[object] = []

    def take() -> None:
        for answer in client(wire).check(["Text."] * 8, "en"):
            results.append(answer)

    assert "closed the connection early" in complaint(take)
    assert 1 <= len(results) <= 3


def test_order_of_answers(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer the second text only after the fourth one."""
    fourth = threading.Event()

    def slowly(connection: socket.socket, body: bytes) -> None:
        text = parse_qs(body.decode())["text"][0]
        if text == "3":
            fourth.set()
        elif text == "1":
            assert fourth.wait(20), "one after the other"
        connection.sendall(matches(raw_match(message=f"<{text}>")))

    wire.answers["check"] = slowly
    monkeypatch.setattr(languagetool, "_THREADS", 4)
    texts = [str(number) for number in range(12)]
    results = [matches[0].message for matches in client(wire).check(texts, "en")]
    assert results == [f"<{text}>" for text in texts]


@pytest.mark.parametrize(
    ("text", "offset", "length", "piece"),
    [
        ("abc", 1, 1, "b"),
        ("a😀b c", 0, 4, "a😀b"),
        ("a😀b c", 1, 2, "😀"),
        ("😀😀x😀y", 4, 3, "x😀"),
        ("😀e\u0301\r\nx", 2, 4, "e\u0301\r\n"),
        ("😀", 0, 2, "😀"),
        ("a😀", 3, 0, ""),
        ("𝐚𝐛𝐜 d", 2, 5, "𝐛𝐜 "),
    ],
)
def test_places(wire: Wire, text: str, offset: int, length: int, piece: str) -> None:
    wire.answers["check"] = matches(raw_match(offset, length))
    ((match,),) = client(wire).check([text], "en")
    before = text.encode("utf-16-le")[: 2 * offset].decode("utf-16-le")
    assert (match.start, match.end) == (len(before), len(before) + len(piece))
    assert text[match.start : match.end] == piece
    assert match[2:] == ("R", "C", "grammar", "Wrong.", ("right",))


def test_places_in_threads(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library keeps the last text's emoji in a class, shared by all threads."""

    def last(connection: socket.socket, body: bytes) -> None:
        units = len(parse_qs(body.decode())["text"][0].encode("utf-16-le")) // 2
        connection.sendall(matches(*[raw_match(units - 1)] * 20))

    wire.answers["check"] = last
    monkeypatch.setattr(languagetool, "_THREADS", 8)
    texts = ["😀" * (500 + n * 7 % 50) + "x" for n in range(40)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        results = list(LanguageTool(wire.url, 20).check(texts, "en"))
    finally:
        sys.setswitchinterval(before)
    assert [{match.start for match in one} for one in results] == [{len(t) - 1} for t in texts]


def test_matches_in_order(wire: Wire) -> None:
    wire.answers["check"] = matches(*(raw_match(place) for place in (5, 1, 3)))
    (results,) = client(wire).check(["x" * 9], "en")
    assert [match.start for match in results] == [1, 3, 5]


@pytest.mark.parametrize("end", ["", "/", "/v2", "/v2/"])
@pytest.mark.parametrize("prefix", ["", "/languagetool"])
def test_addresses(wire: Wire, prefix: str, end: str) -> None:
    tool = LanguageTool(f" {wire.url}{prefix}{end} ", TIMEOUT)
    assert tool.version == "LanguageTool 9.9"
    assert list(tool.check(["Text."], "en")) == [()]
    targets = [head.split()[1] for head in wire.heads]
    assert targets == [f"{prefix}/v2/{path}" for path in ("info", "languages", "check")]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:8081",
        "ftp://localhost",
        "file:///etc/passwd",
        "http://",
        "http://:80",
        "http://[::1",
        "http://x:99999",
        "http://x:port",
        "http://x/?language=en",
        "http://x/#here",
        "unix://me:secret@x",
    ],
)
def test_no_address(url: str) -> None:
    with pytest.raises(
        UsageError, match="expected an address such as http://localhost:8081"
    ) as caught:
        LanguageTool(url)
    assert "secret" not in str(caught.value)


def test_the_password_is_sent(wire: Wire) -> None:
    assert client(wire).supports("en")
    assert "Authorization: Basic bWU6c2VjcmV0" in wire.heads[0]


def test_each_thing_is_asked_once(wire: Wire) -> None:
    tool = client(wire)
    assert wire.asked == []
    assert [tool.version, tool.version] == ["LanguageTool 9.9"] * 2
    assert [tool.supports(locale) for locale in ("en", "fr_CA", "es")] == [True, True, False]
    assert list(tool.check(["Text."] * 3, "en")) == [()] * 3
    assert wire.asked == ["info", "languages", "check", "check", "check"]


@pytest.mark.parametrize(
    ("locale", "variants", "code"),
    [
        ("en", {}, "en-US"),
        ("en_GB", {}, "en-GB"),
        ("en_IN", {}, "en-US"),
        ("en", {"en": "en-GB"}, "en-GB"),
        ("en", {"en": "EN_gb"}, "en-GB"),
        ("en", {"fr": "fr-CA"}, "en-US"),
        ("en", {"en": "en-UK"}, None),
        ("de", {}, "de-DE"),
        ("de_AT", {}, "de-DE"),
        ("pt_BR", {}, "pt-BR"),
        ("pt", {}, "pt"),
        ("ca_ES_VALENCIA", {}, "ca-ES-valencia"),
        ("ca", {}, "ca"),
        ("zh_Hant_TW", {}, "zh"),
        ("xx", {}, None),
    ],
)
def test_codes(wire: Wire, locale: str, variants: dict[str, str], code: str | None) -> None:
    codes = "en en-US en-GB de de-DE pt pt-BR ca ca-ES-valencia zh zh-CN".split()  # noqa: SIM905
    wire.answers["languages"] = http([{"code": c[:2], "longCode": c} for c in codes])
    asked = []

    def note(connection: socket.socket, body: bytes) -> None:
        asked.extend(parse_qs(body.decode())["language"])
        connection.sendall(matches())

    wire.answers["check"] = note
    tool = LanguageTool(wire.url, TIMEOUT, variants)
    assert tool.supports(locale) is (code is not None)
    with suppress(GrammarError):
        list(tool.check(["Text."], locale))
    assert asked == ([code] if code else [])


def test_a_wrong_variant_is_named(wire: Wire) -> None:
    tool = LanguageTool(wire.url, TIMEOUT, {"en": "en-UK"})
    assert "variant 'en-UK'" in complaint(lambda: list(tool.check(["Text."], "en")))


def test_no_proxy_for_this_machine(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert client(wire).supports("en")


def test_many_matches_in_a_long_text(wire: Wire) -> None:
    """The library scans all emoji for each match; nothing else grows faster than the text."""
    tool = LanguageTool(wire.url, 60)
    list(tool.check(["warm"], "en"))

    def work(size: int, emoji: int = 50) -> Callable[[], None]:
        text = "teh 😀 cat. " * emoji + "teh a cat. " * (size - emoji)
        places = range(0, len(text.encode("utf-16-le")) // 2 - 3, 130)
        wire.answers["check"] = matches(*(raw_match(place, 3) for place in places))

        def check() -> None:
            (results,) = tool.check([text], "en")
            assert len(results) == len(places)

        return check

    assert growth(work, 500) < MOST
    assert steps(work(5_000, 5_000)) < 6_000_000
