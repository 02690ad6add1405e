"""A local HTTP service for engine tests, with scripted faults."""

from __future__ import annotations

import random
import re
import socket
import struct
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from email.message import Message
    from types import TracebackType
    from typing import Self

__all__ = ["Cut", "Drip", "Fault", "Request", "Reset", "Said", "Server", "Stall", "Status"]


class Request(NamedTuple):
    """A received request."""

    method: str
    path: str
    """Path without the query."""
    query: dict[str, str]
    """First value of each name."""
    headers: Message
    """Headers by case-insensitive names."""
    body: bytes


class Status(NamedTuple):
    """A complete HTTP answer."""

    code: int
    headers: Mapping[str, str] = {}
    body: bytes = b""


class Said(NamedTuple):
    """The right answer in the service's protocol, with other translations in it."""

    say: Callable[[str], str | None]
    """Translation of a text; None where the protocol has null or leaves it out."""


class Stall(NamedTuple):
    """The right answer, delayed."""

    seconds: float


class Drip(NamedTuple):
    """An answer slower than any client waits: a space at intervals, then half of a body."""

    seconds: float = 0.05


class Reset(NamedTuple):
    """Connection reset after half of the right body."""


class Cut(NamedTuple):
    """Half of the right body, sent as if complete."""


Fault = int | bytes | Status | Said | Stall | Drip | Reset | Cut
"""A fault: a number is a status with an empty body, bytes are a whole body with status 200."""

_LONGEST = 20.0
"""Maximum seconds of a drip; a client that waits so long gets half an answer, another error."""
_TOKEN = re.compile(r"(<[^<>]*>|&#?\w+;|\[X\d+X\]|⟦\d+⟧|\{+\w*\}+|Xqz\d+x)")
_ALPHABETS = {
    "ar": 0x671, "el": 0x3B1, "fa": 0x671, "he": 0x5D0, "hi": 0x915, "iw": 0x5D0, "ja": 0x3042,
    "ko": 0xAC00, "ru": 0x410, "uk": 0x410, "zh": 0x4E00,
}  # fmt: skip
"""First code point of an alphabet by language, so that an answer is in its target's script."""


class Server(ThreadingHTTPServer):
    """A service at a free port of 127.0.0.1, running inside ``with``.

    A subclass defines the service's protocol. Each request takes one fault of ``script`` until
    none is left; later requests get the right answer.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: list[Fault] = []
        self.asked: list[Request] = []
        self.delay: Callable[[], float] = lambda: 0.0
        """Seconds before each answer, such as ``lambda: random.uniform(0, 0.02)``."""
        self.over = threading.Event()
        self._bugs: list[BaseException] = []
        self._saying = threading.local()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """Return the address, without a slash at its end."""
        return f"http://127.0.0.1:{self.server_port}"

    def speak(self, request: Request) -> tuple[int, Mapping[str, str], bytes]:
        """Return status, headers and body of the right answer; texts go through `translated`."""
        raise NotImplementedError

    def translated(self, text: str, source: str, target: str) -> str | None:
        """Return the scripted translation of a text, else that of `translation`."""
        say = getattr(self._saying, "say", None)
        return say(text) if say else self.translation(text, source, target)

    def translation(self, text: str, source: str, target: str) -> str:
        """Return the text in capitals of the target's alphabet, tokens kept; may be overridden."""
        first = _ALPHABETS.get(re.split("[-_]", target.lower())[0])
        parts = _TOKEN.split(text)
        parts[::2] = [_written(part.upper(), first) for part in parts[::2]]
        return "".join(parts)

    def take(self, request: Request) -> Fault | None:
        """Record a request and return its fault, if any is left in the script."""
        with self._lock:
            self.asked.append(request)
            return self.script.pop(0) if self.script else None

    def answer(self, request: Request, fault: Fault | None) -> tuple[int, Mapping[str, str], bytes]:
        """Return the right answer, or the one that the fault asks for."""
        if isinstance(fault, bytes):
            return 200, {"Content-Type": "text/html; charset=utf-8"}, fault
        if isinstance(fault, int):
            fault = Status(fault)
        if isinstance(fault, Status):
            return fault
        self._saying.say = fault.say if isinstance(fault, Said) else None
        return self.speak(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep an error for the test, unless the client disconnected."""
        import sys

        error = sys.exc_info()[1]
        if error and not isinstance(error, OSError):
            self._bugs.append(error)

    def __enter__(self) -> Self:
        """Start serving."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop all stalled and dripping answers, and raise the first error of the server itself."""
        self.over.set()
        self.shutdown()
        self._thread.join()
        self.server_close()
        if self._bugs and error is None:
            raise self._bugs[0]


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        request = self._read()
        fault = self.server.take(request)
        self.server.over.wait(fault.seconds if isinstance(fault, Stall) else self.server.delay())
        code, headers, body = self.server.answer(request, fault)
        if isinstance(fault, Cut):
            body = body[: len(body) // 2]
        length = 10**9 if isinstance(fault, Drip) else len(body)
        head = self._head(code, {"Content-Length": str(length), **headers})
        if isinstance(fault, Drip):
            self._drip(head, fault.seconds)
        elif isinstance(fault, Reset):
            self._reset(head + body[: len(body) // 2])
        else:
            self._send(head + body)

    def do_POST(self) -> None:
        self.do_GET()

    def _read(self) -> Request:
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query, True).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return Request(self.command, parts.path, query, self.headers, body)

    def _head(self, code: int, headers: Mapping[str, str]) -> bytes:
        lines = [f"HTTP/1.1 {code} -", *(f"{name}: {value}" for name, value in headers.items())]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def _send(self, data: bytes) -> None:
        with suppress(OSError):  # the client went away
            self.wfile.write(data)

    def _drip(self, data: bytes, seconds: float) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.wfile.write(data)
            for _ in range(round(_LONGEST / seconds)):
                if self.server.over.wait(seconds):
                    break
                self.wfile.write(b" ")

    def _reset(self, data: bytes) -> None:
        self.close_connection = True
        self._send(data)
        self.server.over.wait(0.05)  # what was sent gets there before the reset
        # A time of 0 makes the kernel send RST instead of FIN.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:
        """Suppress the log."""


def nobody() -> str:
    """Return an address at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        return f"http://127.0.0.1:{closed.getsockname()[1]}"


def short_waits(seed: int = 0) -> Callable[[], float]:
    """Return a function of delays up to 20 ms, the same in every run."""
    chance = random.Random(seed)
    return lambda: chance.uniform(0, 0.02)


def _written(text: str, first: int | None) -> str:
    """Return capitals in the alphabet that begins at a code point."""
    if first is None:
        return text
    return re.sub("[A-Z]", lambda letter: chr(first + ord(letter[0]) - ord("A")), text)
