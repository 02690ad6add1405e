"""Send one HTTP request, without retries: the result is a whole response or a fault."""

from __future__ import annotations

import time
from io import BytesIO
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit, urlunsplit

from pipeline.errors import EngineFailed, EngineRefused, EngineUnavailable
from pipeline.services.redaction import answer_excerpt, strings_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import requests

    from pipeline.errors import EngineError

__all__ = [
    "Call",
    "RequestFault",
    "fault_of_error",
    "fault_of_status",
    "send",
    "timeout_fault",
    "user_in_url",
]

_CONNECT = 5.0
"""Time limit for a connection, in seconds."""
_LARGEST = 64 * 1024 * 1024
"""Size limit of an answer, in bytes, far above that of any service."""
_PIECE = 65536

_REFUSED = (400, 413, 414, 422)
_NO_KEY = (401, 403)
_NO_QUOTA = (402, 456)
"""456 is DeepL's."""
_PAUSE = 429


class Call(NamedTuple):
    """Arguments of a request, as requests takes them."""

    method: str
    url: str
    params: Mapping[str, Any] | None
    headers: Mapping[str, str] | None
    json: Any = None
    data: Any = None

    def sent(self) -> list[str]:
        """Return the texts and numbers sent, which services like to repeat in their messages."""
        return strings_in([self.params, self.json, self.data])


class RequestFault(NamedTuple):
    """Reason for a missing answer."""

    kind: type[EngineError]
    what: str
    """Predicate for a message whose subject is the service, such as ``cannot be reached``."""
    tries: int = 1
    """Number of tries that are worth their time if each ends in this fault."""
    after: float = 0.0
    """Seconds that the service asks to wait; 0 where it gives no time."""


_ALWAYS = 99


def user_in_url(url: str) -> tuple[str, str] | None:
    """Return the user and the password in an address; None where it has neither."""
    parts = urlsplit(url)
    if parts.username is None and parts.password is None:
        return None
    return unquote(parts.username or ""), unquote(parts.password or "")


def send(session: requests.Session, call: Call, limit: float) -> requests.Response | RequestFault:
    """Send a request once and read the answer to its end within ``limit`` seconds.

    A slow name server or slow headers can make it longer. No exception is raised: each becomes
    a fault.
    """
    try:
        return _fetch(session, call, limit)
    except Exception as error:  # noqa: BLE001 - a seam: its text may hold the address
        return fault_of_error(error, limit)


def _fetch(session: requests.Session, call: Call, limit: float) -> requests.Response:
    import requests  # here, because it takes 0.1 s; a run without an engine needs none

    ends = time.monotonic() + limit
    url = _prepare_session(session, call.url)
    with session.request(
        call.method,
        url,
        params=call.params,
        headers=call.headers,
        json=call.json,
        data=call.data,
        timeout=(min(_CONNECT, limit), limit),
        stream=True,
        allow_redirects=False,  # the key is for this address only
    ) as response:
        body = bytearray()
        # Not iter_content: it waits for a whole piece, and a slow drip never fills one.
        while piece := response.raw.read1(_PIECE, decode_content=True):
            body += piece
            if len(body) > _LARGEST or time.monotonic() > ends:
                raise requests.ReadTimeout
    response.raw = BytesIO(body)  # from which a Response takes its content when it is asked
    response.encoding = response.encoding if _names_charset(response) else "utf-8"
    return response


def timeout_fault(limit: float) -> RequestFault:
    """Return the fault of an answer that took over ``limit`` seconds; a second try may succeed."""
    return RequestFault(EngineFailed, f"did not answer within {limit:.3g} s", 2)


def fault_of_error(error: Exception, limit: float) -> RequestFault:
    """Return the fault for an exception, without the exception's text, which holds the address."""
    from requests import exceptions as errors  # here for the same reason as above
    from urllib3 import exceptions as raw

    if isinstance(error, errors.ConnectTimeout):
        return RequestFault(EngineUnavailable, "cannot be reached: check the network connection", 2)
    if isinstance(error, errors.Timeout | raw.TimeoutError):
        return timeout_fault(limit)
    if isinstance(error, errors.ProxyError):
        what = "cannot be reached through the proxy that is set in the environment"
        return RequestFault(EngineUnavailable, what, _ALWAYS)
    if isinstance(error, errors.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return RequestFault(EngineUnavailable, "has no valid TLS certificate")
    if isinstance(error, errors.ConnectionError) and _is_unreachable(error):
        return RequestFault(
            EngineUnavailable, "cannot be reached: check the network connection", _ALWAYS
        )
    if isinstance(error, UnicodeError | ValueError):
        return _unsendable_fault(error)
    if isinstance(error, errors.RequestException | raw.HTTPError | OSError):
        return RequestFault(EngineFailed, "closed the connection early", _ALWAYS)
    return RequestFault(EngineFailed, f"cannot be called ({type(error).__name__})")


def fault_of_status(
    response: requests.Response, secrets: Sequence[str], sent: Sequence[str]
) -> RequestFault:
    """Return the fault for a status other than 2xx."""
    status = response.status_code
    detail = f"status {status}: {answer_excerpt(response.content, secrets, sent)}"
    after = _retry_after(response)
    if status == _PAUSE:
        pause = f"wait {after:.0f} s" if after else "wait: try again later"
        return RequestFault(EngineUnavailable, f"asks us to {pause} ({detail})", _ALWAYS, after)
    if status >= 500:
        return RequestFault(EngineFailed, f"has an internal error ({detail})", _ALWAYS, after)
    if status in _NO_KEY:
        return RequestFault(EngineUnavailable, f"refuses access: check the key ({detail})")
    if status in _NO_QUOTA:
        return RequestFault(EngineUnavailable, f"reports that the quota is used up ({detail})")
    if status in _REFUSED:
        return RequestFault(EngineRefused, f"does not accept this text ({detail})")
    if 300 <= status < 400:
        host = urlsplit(response.headers.get("Location", "")).hostname or "another address"
        return RequestFault(EngineFailed, f"redirects to {host} instead of answering")
    return RequestFault(EngineUnavailable, f"cannot be used: check its address ({detail})")


def _prepare_session(session: requests.Session, url: str) -> str:
    """Set the session's proxies and authentication, and return the address without its user."""
    parts = urlsplit(url)
    # A proxy that the environment names cannot see a server on this machine.
    session.trust_env = not _is_loopback(parts.hostname or "")
    # Any authentication of its own keeps requests from putting one of ~/.netrc over our key.
    session.auth = user_in_url(url) or _keep_unchanged
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _keep_unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _names_charset(response: requests.Response) -> bool:
    return "charset=" in response.headers.get("Content-Type", "").lower()


def _is_unreachable(error: Exception) -> bool:
    from urllib3.exceptions import NewConnectionError  # a name that is unknown is one too

    return isinstance(getattr(next(iter(error.args), None), "reason", None), NewConnectionError)


def _unsendable_fault(error: Exception) -> RequestFault:
    """Return the fault of a request that cannot be built from its text, key or address."""
    from requests.exceptions import InvalidHeader  # here for the same reason as above

    coding = error.encoding if isinstance(error, UnicodeError) else ""  # type: ignore[attr-defined]
    if isinstance(error, InvalidHeader) or coding == "latin-1":
        return RequestFault(
            EngineUnavailable,
            "cannot be used: the key has characters that an HTTP header does not allow",
        )
    if coding.startswith("utf"):
        return RequestFault(EngineRefused, "cannot be used for this text: it is not valid Unicode")
    return RequestFault(EngineUnavailable, "cannot be used: its address is not valid")


def _retry_after(response: requests.Response) -> float:
    from urllib3.exceptions import InvalidHeader  # here for the same reason as above
    from urllib3.util import Retry

    try:
        return Retry().parse_retry_after(response.headers.get("Retry-After", "0"))
    except InvalidHeader:
        return 0.0
