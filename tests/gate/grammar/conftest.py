"""One LanguageTool for all tests and all pytest-xdist workers, and a faulty server."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from pipeline.gate.grammar.install import install_languagetool, installed_folder, languagetool_home
from pipeline.gate.grammar.server import LocalServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def meeting_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder shared by all workers of this run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, how)
        yield


@pytest.fixture(scope="session")
def languagetool(meeting_place: Path) -> Path:
    """Return the folder of LanguageTool, which is downloaded if missing."""
    home = languagetool_home(os.environ)
    with _locked(meeting_place / "install.lock", fcntl.LOCK_EX):
        return installed_folder(home) or install_languagetool(None, home, print)


@pytest.fixture(scope="session")
def server_url(languagetool: Path, meeting_place: Path) -> Iterator[str]:
    """Yield the address of a real server, shared by all workers.

    The first worker starts the server and stops it once no other worker holds the users' lock.
    """
    note = meeting_place / "server.url"
    server = LocalServer(languagetool)
    with _locked(meeting_place / "users.lock", fcntl.LOCK_SH):
        with _locked(meeting_place / "start.lock", fcntl.LOCK_EX):
            if not note.exists():
                note.write_text(server.address)
                mine = True
            else:
                mine = False
            url = note.read_text()
        yield url
    if mine:
        with _locked(meeting_place / "users.lock", fcntl.LOCK_EX):
            note.unlink()
            server.close()


def http(body: bytes | str | object, status: int = 200, headers: str = "") -> bytes:
    """Return a complete HTTP answer; a body that is neither str nor bytes is sent as JSON."""
    data = body if isinstance(body, bytes) else body if isinstance(body, str) else json.dumps(body)
    data = data if isinstance(data, bytes) else data.encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(data)}\r\nConnection: close\r\n{headers}"
    return head.encode() + b"\r\n" + data


class Wire:
    """A local server with scripted answers, byte by byte.

    ``answers`` maps the end of a path to bytes, or to a function of the connection and the
    request's body.
    """

    def __init__(self) -> None:
        languages = [{"code": "en", "longCode": "en-US"}, {"code": "fr", "longCode": "fr"}]
        info = {"software": {"name": "LanguageTool", "version": "9.9"}}
        self.answers: dict[str, bytes | Callable[[socket.socket, bytes], None]] = {
            "languages": http(languages),
            "info": http(info),
            "check": http({"matches": []}),
        }
        self.asked: list[str] = []
        self.heads: list[str] = []
        self._connections: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        port: int = self._listener.getsockname()[1]
        return port

    def close(self) -> None:
        for connection in (self._listener, *self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._connections.append(connection)
                thread = threading.Thread(target=self._serve, args=(connection,))
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            head, body = _question(connection)
            path = head.split()[1].rpartition("/")[2]
            self.asked.append(path)
            self.heads.append(head)
            answer = self.answers[path]
            if callable(answer):
                answer(connection, body)
            else:
                connection.sendall(answer)


def _question(connection: socket.socket) -> tuple[str, bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    sizes = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    while sizes and len(body) < int(sizes[0].partition(b":")[2]):
        body += _more(connection)
    return head.decode(), body


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise OSError("gone")
    return data


@pytest.fixture
def wire() -> Iterator[Wire]:
    server = Wire()
    yield server
    server.close()
