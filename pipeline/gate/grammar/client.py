"""Query a LanguageTool server: each request ends in time, in JSON or in a clear error."""

from __future__ import annotations

import json
import threading
from collections import deque
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

from pipeline.errors import GrammarError, UsageError
from pipeline.services import Call, RequestFault, answer_excerpt, send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import requests

__all__ = ["Client", "in_time"]

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_SCHEMES = ("http", "https")


class Client:
    """Client of one server, whose connections are kept.

    ``timeout`` is the number of seconds for one request.

    Raises:
        UsageError: the address is none of a server.
    """

    def __init__(self, url: str, timeout: float) -> None:
        self.base = _base_url(url)
        self.timeout = timeout
        self._session: requests.Session | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Address without user and password, for messages."""
        parts = urlsplit(self.base)
        public_parts = parts._replace(netloc=parts.netloc.rpartition("@")[2])
        return urlunsplit(public_parts).rstrip("/")

    def ask(self, path: str, form: Mapping[str, str] | None = None) -> Any:
        """Return the JSON at a path such as ``check``; with a form it is a POST request.

        Raises:
            GrammarError: it cannot be reached, breaks off, refuses, or answers something else.
        """
        call = Call("POST" if form else "GET", f"{self.base}v2/{path}", None, None, data=form)
        answer = send(self._open_session(), call, self.timeout)
        if isinstance(answer, RequestFault):
            raise self.failure(answer.what)
        if answer.status_code != 200:
            raise self.failure(_refusal(answer.status_code, answer.content, form))
        return self._parse_json(answer.content)

    def failure(self, what: str) -> GrammarError:
        """Return an error with the server's failure, its address, and advice."""
        return GrammarError(
            f"the LanguageTool server at {self.name} {what}; start it or correct its address "
            "(PIPELINE_LANGUAGETOOL_URL, or 'server' in [grammar])"
        )

    def close(self) -> None:
        """Close the connections; another request opens new ones."""
        with self._lock:
            if self._session:
                self._session.close()
            self._session = None

    def _open_session(self) -> requests.Session:
        import requests  # here, because it takes 0.2 s; a run without questions needs none

        with self._lock:
            if self._session is None:
                self._session = requests.Session()
            return self._session

    def _parse_json(self, body: bytes) -> Any:
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            raise self.failure(f"answered with {answer_excerpt(body)}, expected JSON") from None


def in_time(
    work: Callable[[_Item], _Result], items: Sequence[_Item], threads: int, timeout: float
) -> Iterator[_Result]:
    """Yield the results of all items in order, from some threads at once.

    An exception of ``work`` is raised in the place of its result. The threads are daemons, so
    that one that hangs, be it in the name service or at a server that sends a byte now and
    then, can be abandoned; no timeout of a socket sees these.

    Raises:
        TimeoutError: a result did not come within this number of seconds.
    """
    answers: list[Future[_Result]] = [Future() for _ in items]
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


def _base_url(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        # The port is checked only when it is read, and 0 passes.
        is_valid = parts.scheme in _SCHEMES and parts.hostname and parts.port != 0
    except ValueError:
        is_valid = False
    if not is_valid or parts.query or parts.fragment:
        # An address may hold a password.
        display_url = url.rpartition("@")[2]
        raise UsageError(
            f"'{display_url}' is not the address of a LanguageTool server: "
            "expected an address such as http://localhost:8081"
        )
    # An address may end in the version of the interface, which each request adds.
    path = parts.path.rstrip("/").removesuffix("/v2").rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc, f"{path}/", "", ""))


def _refusal(status: int, body: bytes, form: Mapping[str, str] | None) -> str:
    excerpt = answer_excerpt(body)
    if status == 413 or (status == 400 and "exceeds the limit" in excerpt):
        size = len((form or {}).get("text", ""))
        return f"rejects a text of {size} characters ({excerpt}): raise its maxTextLength"
    if status in (426, 429):
        return f"asks for a pause ({excerpt})"
    if 300 <= status < 400:
        return f"redirects to another address (status {status})"
    return f"rejected the request with status {status} ({excerpt})"
