"""Send requests to a network service: each ends in time, in an answer or in a clear error."""

from __future__ import annotations

import importlib.util
import logging
import random
import threading
import time
from concurrent.futures import Future
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from pipeline.drafting.engines.codes import NoSuchLanguage
from pipeline.errors import (
    EngineError,
    EngineFailed,
    EngineRefused,
    EngineUnavailable,
    UsageError,
)
from pipeline.services import (
    Call,
    RequestFault,
    fault_of_status,
    redact,
    send,
    timeout_fault,
    user_in_url,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import ModuleType

    import requests
    from tenacity import RetryCallState

__all__ = ["Connection"]

_A = TypeVar("_A")

_LOGGERS = ("connection", "connectionpool", "poolmanager", "response", "util.retry")
_ours = threading.local()


class Connection:
    """Client of one service; ``name`` is its name in messages.

    ``timeout`` is the number of seconds for one try: the name service, the connection, and the
    whole answer. All tries and the pauses between them end within ``bound`` seconds, which is
    ``tries`` times that. ``secrets`` are in no message. It may be used from many threads.
    """

    def __init__(
        self,
        name: str,
        *,
        timeout: float,
        secrets: Sequence[str] = (),
        tries: int = 3,
        back_off: float = 0.5,
    ) -> None:
        self.name = name
        self.bound = timeout * tries
        self._timeout = timeout
        self._secrets = [secret for secret in secrets if secret]
        self._tries = tries
        self._back_off = back_off
        self._idle: list[requests.Session] = []
        self._lock = threading.Lock()
        # urllib3 logs the address of each request, and the text or the key may be in it.
        for logger in _LOGGERS:
            logging.getLogger(f"urllib3.{logger}").addFilter(_is_from_other_thread)

    def check_address(self, url: str) -> str:
        """Return a checked address of the settings, without white space and slashes at its end.

        User and password in it are sent by HTTP authentication, and are secrets.

        Raises:
            UsageError: it is no address of a server.
        """
        text = url.strip().rstrip("/")
        try:
            parts = urlsplit(text)
            # `port` raises ValueError for a number that no port has.
            is_valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            is_valid = False
        if not is_valid or parts.query or parts.fragment:
            # User and password, before the last @, must not be in a message.
            display_url = redact(text.rpartition("@")[2], self._secrets)
            raise UsageError(
                f"'{display_url}' is not a server address for {self.name}: "
                "expected one such as http://localhost:5000"
            )
        self._secrets += filter(None, user_in_url(text) or ())
        return text

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send a GET request and return the answer, read to its end, if its status is 2xx.

        No error chains another, and none shows the address, a secret or the texts sent.

        Raises:
            EngineUnavailable: it cannot be reached or will not serve us; a key, a quota, a pause.
            EngineRefused: it does not take this request (400, 413, 414, 422).
            EngineFailed: it is out of order: 5xx, no answer in time, half of one, another address.
        """
        return self._request(Call("GET", url, params, headers))

    def post(
        self,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        data: Any = None,
    ) -> requests.Response:
        """Send a POST request with JSON or a form; otherwise as ``get``."""
        return self._request(Call("POST", url, params, headers, json, data))

    def json(self, response: requests.Response) -> Any:
        """Return the JSON of an answer.

        Raises:
            EngineFailed: it is a web page, or cut off.
        """
        try:
            return response.json()
        except (ValueError, RecursionError):
            page = response.text.lstrip()[:1] == "<"
        what = "a web page" if page else "invalid JSON"
        raise EngineFailed(f"{self.name} answered with {what} instead of a translation")

    def load_module(self, module: str) -> ModuleType:
        """Load an unregistered copy of a module of deep-translator whose requests are sent by us.

        Its classes call ``requests.get``, and take neither a session nor a timeout. A copy can
        be given another ``requests`` without a change for anybody else; the other ways are
        copies of their methods, or a patch of the library for the whole process.

        Raises:
            EngineUnavailable: deep-translator is not installed.
        """
        import requests  # here, because it takes 0.1 s; a run without an engine needs none

        try:
            spec = importlib.util.find_spec(module)
        except ModuleNotFoundError:
            spec = None
        if spec is None or spec.loader is None:
            raise EngineUnavailable("deep-translator is not installed: reinstall this package")
        copy = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(copy)
        copy.__dict__["requests"] = SimpleNamespace(
            get=lambda url, proxies=None, **parts: self.get(url, **parts),
            post=lambda url, proxies=None, **parts: self.post(url, **parts),
            exceptions=requests.exceptions,
        )
        return copy

    def shield(self, call: Callable[[], _A]) -> _A:
        """Run a call of the library and replace its own errors, which may hold the text or the key.

        Raises:
            EngineError: one of ours, as it is, or one of the three in the place of another.
        """
        try:
            return call()
        except EngineError as error:
            error.__context__ = None  # what a library was about when it asked again
            raise
        except Exception as error:  # noqa: BLE001 - a seam: anything else would show the text
            kind = type(error).__name__
        if kind in ("LanguageNotSupportedException", "InvalidSourceOrTargetLanguage"):
            raise NoSuchLanguage(f"{self.name} does not support a language of this pair")
        if kind in ("NotValidLength", "NotValidPayload"):
            raise EngineRefused(f"{self.name} does not accept a text of this length")
        raise EngineFailed(f"{self.name} answered without a translation")

    def close(self) -> None:
        """Close the connections; another request opens new ones."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    def _request(self, call: Call) -> requests.Response:
        # tenacity, because urllib3's own Retry knows no end for all tries together, and
        # follows a Retry-After of an hour. Here, because it need not load at every start.
        from tenacity import Retrying, stop_after_attempt, stop_before_delay

        ends = time.monotonic() + self.bound
        retrying = Retrying(
            retry=_should_retry,
            stop=stop_after_attempt(self._tries) | stop_before_delay(self.bound),
            wait=self._pause,
            retry_error_callback=lambda state: state.outcome and state.outcome.result(),
        )
        outcome: requests.Response | RequestFault = retrying(self._try_once, call, ends)
        if isinstance(outcome, RequestFault):
            raise outcome.kind(f"{self.name} {outcome.what}")
        return outcome

    def _pause(self, state: RetryCallState) -> float:
        fault = state.outcome and state.outcome.result()
        if isinstance(fault, RequestFault) and fault.after:
            # Threads that were sent away together do not come back together.
            return fault.after + random.uniform(0, self._back_off / 2)
        # Twice as long each time, and spread for the same reason.
        return self._back_off * 2.0 ** (state.attempt_number - 1) * random.uniform(0.5, 1.5)

    def _try_once(self, call: Call, ends: float) -> requests.Response | RequestFault:
        """Send a request once, in a thread that can be abandoned.

        No timeout of a socket sees a name service that hangs, or headers that come byte by byte.
        """
        limit = min(self._timeout, ends - time.monotonic())
        outcome: Future[requests.Response | RequestFault] = Future()
        threading.Thread(target=self._run, args=(call, limit, outcome), daemon=True).start()
        try:
            answer = outcome.result(limit + 0.1)  # the socket's own timeout comes first
        except TimeoutError:
            # Under the lock, by which `_run` decides whether its session is used again.
            with self._lock:
                outcome.cancel()
            answer = timeout_fault(limit) if outcome.cancelled() else outcome.result()
        return answer if isinstance(answer, RequestFault) else self._check_status(answer, call)

    def _run(
        self, call: Call, limit: float, outcome: Future[requests.Response | RequestFault]
    ) -> None:
        _ours.thread = True
        session = self._session()
        answer = send(session, call, limit)
        with self._lock:
            if outcome.cancelled() or isinstance(answer, RequestFault):
                session.close()
            else:
                self._idle.append(session)
            if not outcome.cancelled():
                outcome.set_result(answer)

    def _session(self) -> requests.Session:
        """Return a session that no other thread uses."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
        import requests  # here for the same reason as above

        return requests.Session()

    def _check_status(
        self, response: requests.Response, call: Call
    ) -> requests.Response | RequestFault:
        if 200 <= response.status_code < 300:
            return response
        return fault_of_status(response, self._secrets, call.sent())


def _should_retry(state: RetryCallState) -> bool:
    fault = state.outcome and state.outcome.result()
    return isinstance(fault, RequestFault) and state.attempt_number < fault.tries


def _is_from_other_thread(record: logging.LogRecord) -> bool:
    """Return whether a log record is from a thread that no connection started."""
    return not getattr(_ours, "thread", False)
