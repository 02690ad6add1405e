"""A local translation page, as deep-translator reads it."""

from __future__ import annotations

import html
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


class Page(ThreadingHTTPServer):
    """Server that answers texts in capitals once its ``script`` is used up.

    In the script a text is a translation, a number is a status, bytes are the whole page, and
    None delays the answer until the test is over.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: list[str | int | bytes | None] = []
        self.asked: list[dict[str, str]] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/m"


class _Handler(BaseHTTPRequestHandler):
    server: Page

    def do_GET(self) -> None:
        query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        self.server.asked.append(query)
        script = self.server.script
        step = script.pop(0) if script else query["q"].upper()
        if step is None:
            self.server.over.wait(20)
            return
        status = step if isinstance(step, int) else 200
        body = step if isinstance(step, bytes) else b""
        if isinstance(step, str):
            body = f'<div class="result-container">{html.escape(step)}</div>'.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Suppress the log."""


@contextmanager
def _serving() -> Iterator[Page]:
    server = Page()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "127.0.0.1")
        yield server
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page() -> Iterator[Page]:
    with _serving() as server:
        yield server


@pytest.fixture(scope="module")
def shared_page() -> Iterator[Page]:
    with _serving() as server:
        yield server
