"""Google's public translation page, through deep-translator, as an engine."""

from __future__ import annotations

import importlib.util
import logging
import re
import threading
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pipeline.engines.contract import Answer, Traits
from pipeline.errors import EngineRefused, EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

__all__ = ["Google"]

_LIMIT = 4900
"""Characters in one request; the page takes less than 5,000."""
_CONNECT = 3.0
"""Seconds for a connection."""
_FAILURES = 3
"""So many failures of the service, one after the other, are taken for its end."""

_CODES = {
    "fil": "tl",
    "he": "iw",
    "jv": "jw",
    "mni": "mni-Mtei",
    "nb": "no",
    "nn": "no",
    "tw": "ak",
    "zh": "zh-CN",
}
"""Google's codes, where they are not the language of the locale."""
_TRADITIONAL = {"Hant", "TW", "HK", "MO"}

_TOKEN = "[X{n}X]"
"""What Weblate sends to all services; like Weblate we take out the blanks that Google puts in."""
_LOOSE = re.compile(r"\[\s*[Xx]\s*(\d+)\s*[Xx]\s*\]")
_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)\]]*\s+|[。！？]")


class Google:
    """Drafts without a key; every text leaves the machine.

    ``timeout`` is the number of seconds to wait for an answer, ``base_url`` the address of the
    page. Once the service cannot be reached, asks for a pause or stops to translate, it is not
    asked again.
    """

    name = "google"
    traits = Traits(network=True, token=_TOKEN)

    def __init__(
        self, timeout: float = 10.0, base_url: str = "https://translate.google.com/m"
    ) -> None:
        self._timeout = timeout
        self._base_url = base_url
        self._page: _Page | None = None
        self._failures = 0
        self._ended = ""
        self._lock = threading.Lock()

    def translate(
        self, texts: Sequence[str], source: str, target: str
    ) -> Iterator[Answer | EngineRefused]:
        """Yield a translation of each text."""
        with self._lock:
            page = self._page = self._page or _Page(self._base_url, self._timeout)
        codes = _code(source), _code(target)
        for locale, code in zip((source, target), codes, strict=True):
            if not page.knows(code):
                raise EngineUnavailable(f"Google does not translate '{locale}'")
        for text in texts:
            yield self._answer(page, text, codes)

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._page:
                self._page.close()
            self._page = None

    def _answer(self, page: _Page, text: str, codes: tuple[str, str]) -> Answer | EngineRefused:
        if self._ended:
            raise EngineUnavailable(self._ended)
        try:
            answer = "".join(_translated(page, piece, codes) for piece in _pieces(text))
        except _Failure as failure:
            self._failures += 1
            if self._failures >= _FAILURES:
                self._ended = f"Google no longer translates: {failure}"
                raise EngineUnavailable(self._ended) from None
            return EngineRefused(str(failure))
        except EngineRefused as refusal:
            return refusal
        except EngineUnavailable as problem:
            self._ended = str(problem)
            raise
        self._failures = 0
        if answer == text and len(re.findall(r"[^\W\d_]+", _LOOSE.sub("", text))) > 3:
            return EngineRefused("Google gave the text back as it was")
        return Answer(answer, "google")


class _Failure(Exception):
    """The service answered, but not with a translation."""


class _Page:
    """The page, as deep-translator reads it, over one session with timeouts and retries."""

    def __init__(self, base_url: str, timeout: float) -> None:
        # Imported here because they take 0.2 s, which every start of the program would cost.
        import requests
        from requests.adapters import HTTPAdapter
        from urllib3.util import Retry

        retry = Retry(
            total=2,
            connect=1,
            read=1,
            status_forcelist=(429, 500, 502, 503, 504),
            backoff_factor=0.5,
            backoff_jitter=0.5,
            raise_on_status=False,
            respect_retry_after_header=False,  # it may ask for an hour
        )
        # urllib3 logs each retry with the address, and the text is in it.
        logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)
        self._session = requests.Session()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))
        get = partial(self._session.get, timeout=(min(_CONNECT, timeout), timeout))
        self._reader = _private_copy("deep_translator.google")
        self._reader.__dict__["requests"] = SimpleNamespace(get=get)
        self._reader.__dict__["BASE_URLS"] = {"GOOGLE_TRANSLATE": base_url}
        self._errors = requests.exceptions

    def knows(self, code: str) -> bool:
        """Tell whether Google has the language."""
        return bool(self._reader.GoogleTranslator().is_language_supported(code))

    def ask(self, text: str, codes: tuple[str, str]) -> str | None:
        """Give what stands on the page, None where that is the text itself.

        No exception is chained: their texts hold the address, with the text of the article.

        Raises:
            EngineUnavailable: the page cannot be reached, or asks for a pause.
            EngineRefused: the text cannot be sent.
            _Failure: there is no translation on the page.
        """
        reader, errors = self._reader, self._errors
        try:
            # One for each text, as a translator keeps the text in itself: threads would mix.
            answer = reader.GoogleTranslator(*codes).translate(text)
        except (errors.ConnectionError, errors.Timeout):
            raise EngineUnavailable("Google cannot be reached: is there a network?") from None
        except reader.TooManyRequests:
            raise EngineUnavailable("Google asks for a pause: try again in an hour") from None
        except (reader.RequestError, errors.RequestException):
            raise _Failure("Google answered with an error") from None
        except reader.TranslationNotFound:
            raise _Failure("Google answered without a translation") from None
        except UnicodeError:
            raise EngineRefused("the text is not valid Unicode") from None
        return answer if isinstance(answer, str) else None

    def close(self) -> None:
        """Close the connections."""
        self._session.close()


def _private_copy(name: str) -> ModuleType:
    """Load a module once more, under no name.

    GoogleTranslator calls ``requests.get``, and takes neither a session nor a timeout. A copy
    of its module can be given another ``requests`` without a change for anybody else; the
    other ways are a copy of its method, or a patch of the library for the whole process.
    """
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        raise EngineUnavailable("deep-translator is not installed: install the package again")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _code(locale: str) -> str:
    language, *rest = locale.split("_")
    if language == "zh" and not _TRADITIONAL.isdisjoint(rest):
        return "zh-TW"
    return _CODES.get(language, language)


def _pieces(text: str) -> Iterator[str]:
    """Cut a text at the ends of sentences, else between words; the pieces joined are the text."""
    while len(text) > _LIMIT:
        ends = [end.end() for end in _SENTENCE_END.finditer(text, 0, _LIMIT)]
        at = ends[-1] if ends else text.rfind(" ", 0, _LIMIT) + 1 or _LIMIT
        yield text[:at]
        text = text[at:]
    yield text


def _translated(page: _Page, piece: str, codes: tuple[str, str]) -> str:
    """Translate what stands between the outer white space."""
    core = piece.strip()
    if not core:
        return piece
    before, _, behind = piece.partition(core)
    answer = page.ask(core, codes)
    if answer is None and not re.search(r"[^\W\d_]", core):
        answer = core
    if not answer or not answer.strip():
        raise EngineRefused("Google's answer is empty")
    return before + _LOOSE.sub(r"[X\1X]", answer.strip()) + behind
