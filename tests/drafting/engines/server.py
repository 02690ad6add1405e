"""A service on this machine over real HTTP: it is asked, and fails as it is told."""

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
    """What came in."""

    method: str
    path: str
    """Without the query."""
    query: dict[str, str]
    """The first value of each name."""
    headers: Message
    """Found by their names in any case of letters."""
    body: bytes


class Status(NamedTuple):
    """A whole answer of its own."""

    code: int
    headers: Mapping[str, str] = {}
    body: bytes = b""


class Said(NamedTuple):
    """The right answer in the service's protocol, with other translations in it."""

    say: Callable[[str], str | None]
    """What is said to a text; None where the protocol has null or leaves it out."""


class Stall(NamedTuple):
    """The right answer, so many seconds later."""

    seconds: float


class Drip(NamedTuple):
    """An answer that does not end while anybody waits: a blank now and then, and half a body."""

    seconds: float = 0.05


class Reset(NamedTuple):
    """The connection is reset when half of the right body was sent."""


class Cut(NamedTuple):
    """Half of the right body, sent as if it were all."""


Fault = int | bytes | Status | Said | Stall | Drip | Reset | Cut
"""A number is a status with an empty body, bytes are a whole body with status 200."""

_LONGEST = 20.0
"""Seconds of a drip. Who waits so long gets half an answer, which is another error."""
_TOKEN = re.compile(r"(<[^<>]*>|&#?\w+;|\[X\d+X\]|⟦\d+⟧|\{+\w*\}+|Xqz\d+x)")
_ALPHABETS = {
    "ar": 0x671, "el": 0x3B1, "fa": 0x671, "he": 0x5D0, "hi": 0x915, "iw": 0x5D0, "ja": 0x3042,
    "ko": 0xAC00, "ru": 0x410, "uk": 0x410, "zh": 0x4E00,
}  # fmt: skip
"""Where letters in a row begin, by language: so an answer is in the script of its target."""


class Server(ThreadingHTTPServer):
    """A service at a free port of 127.0.0.1, running inside ``with``.

    A subclass says how the service speaks. Each request takes one fault of ``script`` until
    there is none left; from then on the service is well.
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
        """Give the address, without a slash at its end."""
        return f"http://127.0.0.1:{self.server_port}"

    def speak(self, request: Request) -> tuple[int, Mapping[str, str], bytes]:
        """Give status, headers and body of the right answer; texts go through `translated`."""
        raise NotImplementedError

    def translated(self, text: str, source: str, target: str) -> str | None:
        """Give capitals of what is no token, in the alphabet of the target."""
        say = getattr(self._saying, "say", None)
        return say(text) if say else self.translation(text, source, target)

    def translation(self, text: str, source: str, target: str) -> str:
        """Give the translation when no fault is asked for; a subclass may know a better one."""
        first = _ALPHABETS.get(re.split("[-_]", target.lower())[0])
        parts = _TOKEN.split(text)
        parts[::2] = [_written(part.upper(), first) for part in parts[::2]]
        return "".join(parts)

    def take(self, request: Request) -> Fault | None:
        """Note a request, and give the fault that is its turn."""
        with self._lock:
            self.asked.append(request)
            return self.script.pop(0) if self.script else None

    def answer(self, request: Request, fault: Fault | None) -> tuple[int, Mapping[str, str], bytes]:
        """Give the answer of a service that is well, or of one that only says what is wrong."""
        if isinstance(fault, bytes):
            return 200, {"Content-Type": "text/html; charset=utf-8"}, fault
        if isinstance(fault, int):
            fault = Status(fault)
        if isinstance(fault, Status):
            return fault
        self._saying.say = fault.say if isinstance(fault, Said) else None
        return self.speak(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep what the test must hear of; that a client went away is no error."""
        import sys

        error = sys.exc_info()[1]
        if error and not isinstance(error, OSError):
            self._bugs.append(error)

    def __enter__(self) -> Self:
        """Begin to serve."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all that still stalls or drips, and raise what broke in the server itself."""
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
        """Say nothing."""


def nobody() -> str:
    """Give an address at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        return f"http://127.0.0.1:{closed.getsockname()[1]}"


def short_waits(seed: int = 0) -> Callable[[], float]:
    """Give waits of up to 20 ms that are the same in every run."""
    chance = random.Random(seed)
    return lambda: chance.uniform(0, 0.02)


def _written(text: str, first: int | None) -> str:
    """Write capitals in the alphabet that begins at a code point."""
    if first is None:
        return text
    return re.sub("[A-Z]", lambda letter: chr(first + ord(letter[0]) - ord("A")), text)
