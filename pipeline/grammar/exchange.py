"""Questions to a LanguageTool server: each ends in JSON, or in a clear error in time."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

from pipeline.errors import GrammarError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import requests

__all__ = ["Exchange", "in_time"]

_A = TypeVar("_A")
_B = TypeVar("_B")

_CONNECT = 10.0
"""Seconds for a connection."""
_LARGEST = 64 * 1024 * 1024
"""Bytes of an answer; what is longer is none of LanguageTool's."""
_SCHEMES = ("http", "https")
_HERE = ("localhost", "127.0.0.1", "::1")


class Exchange:
    """Asks one server over connections that are kept.

    ``timeout`` is the number of seconds for one question.

    Raises:
        UsageError: the address is none of a server.
    """

    def __init__(self, url: str, timeout: float) -> None:
        self.base = _base(url)
        self.timeout = timeout
        self._session: requests.Session | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The address without user and password, for messages."""
        parts = urlsplit(self.base)
        shown = parts._replace(netloc=parts.netloc.rpartition("@")[2])
        return urlunsplit(shown).rstrip("/")

    def ask(self, path: str, form: Mapping[str, str] | None = None) -> Any:
        """Give the JSON behind a path such as ``check``; with a form it is posted.

        Raises:
            GrammarError: it cannot be reached, breaks off, refuses, or answers something else.
        """
        import requests  # here, because it takes 0.2 s; a run without questions needs none

        try:
            status, body = self._fetch(path, form)
        except requests.Timeout:
            raise self.failure("did not answer in time") from None
        except requests.exceptions.SSLError:
            raise self.failure("has no valid certificate") from None
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError):
            raise self.failure("broke off its answer") from None
        except requests.ConnectionError as error:
            raise self.failure(_lost(error)) from None
        except (requests.RequestException, UnicodeError, OSError):
            raise self.failure("cannot be asked") from None
        if status != 200:
            raise self.failure(_refusal(status, body, form))
        return self._json(body)

    def failure(self, what: str) -> GrammarError:
        """Make the error that says what the server did, where it is, and what to do."""
        return GrammarError(
            f"the LanguageTool server at {self.name} {what}; start it or correct its address "
            "(PIPELINE_LANGUAGETOOL_URL, or 'server' in [grammar])"
        )

    def close(self) -> None:
        """Close the connections; another question opens new ones."""
        with self._lock:
            if self._session:
                self._session.close()
            self._session = None

    def _fetch(self, path: str, form: Mapping[str, str] | None) -> tuple[int, bytes]:
        ends = time.monotonic() + self.timeout
        method, url = ("POST" if form else "GET"), f"{self.base}v2/{path}"
        limits = min(_CONNECT, self.timeout), self.timeout
        with self._opened().request(
            method, url, data=form, timeout=limits, stream=True, allow_redirects=False
        ) as response:
            body = bytearray()
            for piece in response.iter_content(65536):
                body += piece
                if len(body) > _LARGEST:
                    raise self.failure("answers without end; it is no LanguageTool server")
                if time.monotonic() > ends:
                    raise self.failure("did not answer in time")
            return response.status_code, bytes(body)

    def _opened(self) -> requests.Session:
        import requests  # here for the same reason as above

        with self._lock:
            if self._session is None:
                self._session = requests.Session()
                # A proxy that the environment names cannot see a server on this machine.
                self._session.trust_env = urlsplit(self.base).hostname not in _HERE
            return self._session

    def _json(self, body: bytes) -> Any:
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            raise self.failure(f"answered no JSON but {_excerpt(body)}") from None


def in_time(
    work: Callable[[_A], _B], items: Sequence[_A], threads: int, timeout: float
) -> Iterator[_B]:
    """Yield the answers to all items in order, from some threads at once.

    What one piece of work raises is raised in its place. The threads are daemons, so that one
    that hangs, be it in the name service or at a server that sends a byte now and then, can be
    left behind; no timeout of a socket sees these.

    Raises:
        TimeoutError: an answer did not come within this number of seconds.
    """
    answers: list[Future[_B]] = [Future() for _ in items]
    waiting = deque(zip(items, answers, strict=True))

    def run() -> None:
        while True:
            try:
                item, answer = waiting.popleft()
            except IndexError:
                return
            try:
                answer.set_result(work(item))
            except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
                answer.set_exception(error)

    for _ in range(min(threads, len(items))):
        threading.Thread(target=run, daemon=True).start()
    try:
        for answer in answers:
            # When all before it are done, this one has begun: its time runs from here at most.
            yield answer.result(timeout)
    finally:
        waiting.clear()


def _base(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        right = parts.scheme in _SCHEMES and parts.hostname and parts.port != 0
    except ValueError:
        right = False
    if not right or parts.query or parts.fragment:
        shown = url.rpartition("@")[2]
        raise UsageError(
            f"'{shown}' is no address of a LanguageTool server: "
            "expected one such as http://localhost:8081"
        )
    path = parts.path.rstrip("/").removesuffix("/v2").rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc, f"{path}/", "", ""))


def _lost(error: Exception) -> str:
    text = str(error)
    if "NameResolutionError" in text:
        return "cannot be found: its name is unknown"
    if "timed out" in text:
        return "did not answer in time"
    if "NewConnectionError" in text:
        return "cannot be reached"
    return "broke off the connection"


def _refusal(status: int, body: bytes, form: Mapping[str, str] | None) -> str:
    said = _excerpt(body)
    if status == 413 or (status == 400 and "exceeds the limit" in said):
        size = len((form or {}).get("text", ""))
        return f"takes no text of {size} characters ({said}): raise its maxTextLength"
    if status in (426, 429):
        return f"asks for a pause ({said})"
    if 300 <= status < 400:
        return f"has moved (status {status})"
    return f"refused with status {status} ({said})"


def _excerpt(body: bytes) -> str:
    text = " ".join(body[:2000].decode("utf-8", "replace").split())
    if text[:1] == "<":
        return "a web page"
    kept = "".join(char if char.isprintable() else "�" for char in text)
    return f"'{kept[:120]}…'" if len(kept) > 120 else f"'{kept}'" if kept else "nothing"
