"""Use a LanguageTool server as a grammar engine, through language-tool-python."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import GrammarError
from pipeline.gate.grammar.client import Client, in_time
from pipeline.gate.grammar.codes import engine_code, unknown_language
from pipeline.gate.grammar.contract import Match
from pipeline.services import timeout_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import language_tool_python

__all__ = ["LanguageTool"]

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_THREADS = min(4, os.cpu_count() or 1)
_CONVERSION_LOCK = threading.Lock()
"""Lock, as language_tool_python.Match keeps the last text in the class, for all threads."""


class LanguageTool:
    """Grammar engine at the address of a running server.

    ``url`` may end in ``/v2`` or not, ``timeout`` is the number of seconds for one text, and
    ``variants`` maps a locale to the server's code, such as ``{"en": "en-GB"}``.

    Raises:
        UsageError: the address is none of a server.
    """

    def __init__(
        self, url: str, timeout: float = 60, variants: Mapping[str, str] | None = None
    ) -> None:
        self._client = Client(url, timeout)
        self._variants = variants or {}
        self._server_codes: frozenset[str] | None = None
        self._version = ""
        self._tools: dict[str, language_tool_python.LanguageTool] = {}
        self._lock = threading.RLock()

    @property
    def version(self) -> str:
        """Name and version, asked once."""
        with self._lock:
            if not self._version:
                self._version = self._ask(_version, "info")
            return self._version

    def supports(self, locale: str) -> bool:
        """Return whether the server lists the language of a locale."""
        return self._code(locale) is not None

    def check(self, texts: Sequence[str], locale: str) -> Iterator[tuple[Match, ...]]:
        """Yield the matches of each text, in order."""
        code = self._code(locale)
        if code is None:
            raise GrammarError(unknown_language("LanguageTool", locale, self._variants))
        if not texts:
            return
        tool = self._tool_for(code)

        def answer(text: str) -> tuple[Match, ...]:
            return self._check_text(tool, text)

        # One goes first: a server makes its rules for the first text of a language, and two
        # that come together have it do so twice, 8 s each for French.
        yield from self._run_in_time(answer, texts[:1], 1)
        yield from self._run_in_time(answer, texts[1:], _THREADS)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _code(self, locale: str) -> str | None:
        with self._lock:
            if self._server_codes is None:
                self._server_codes = self._ask(_codes, "languages")
            return engine_code(locale, self._variants, self._server_codes)

    def _tool_for(self, code: str) -> language_tool_python.LanguageTool:
        with self._lock:
            if code not in self._tools:
                self._tools[code] = _make_tool(
                    self._client, code, self._server_codes or frozenset()
                )
            return self._tools[code]

    def _ask(self, read: Callable[[Any], _Result], path: str) -> _Result:
        answer = next(self._run_in_time(self._client.ask, [path], 1))
        try:
            return read(answer)
        except (AttributeError, LookupError, TypeError, ValueError):
            raise self._unexpected(f"for '{path}'") from None

    def _run_in_time(
        self, work: Callable[[_Item], _Result], items: Sequence[_Item], threads: int
    ) -> Iterator[_Result]:
        seconds = self._client.timeout
        try:
            # A little more, so that the thread's own word of what happened comes first.
            yield from in_time(work, items, threads, seconds + 0.5)
        except TimeoutError:
            raise self._client.failure(timeout_fault(self._client.timeout).what) from None

    def _check_text(self, tool: language_tool_python.LanguageTool, text: str) -> tuple[Match, ...]:
        import language_tool_python  # here, because it takes 0.2 s and may not be needed

        try:
            size = len(text.encode("utf-16-le")) // 2
        except UnicodeEncodeError:
            raise GrammarError(
                "cannot proofread a text that is not valid Unicode: it has a lone surrogate"
            ) from None
        answer = tool._query_server(f"{tool.url}check", tool._create_params(text), method="post")
        try:
            raw_matches = _validate(answer, size)
            with _CONVERSION_LOCK:
                matches = [language_tool_python.Match(match, text) for match in raw_matches]
            converted = (_convert(match, text) for match in matches)
            return tuple(sorted(converted, key=lambda match: match.start))
        except (AttributeError, LookupError, TypeError, ValueError):
            raise self._unexpected("for a text") from None

    def _unexpected(self, question: str) -> GrammarError:
        return self._client.failure(f"sent an invalid answer {question}")


def _make_tool(
    client: Client, code: str, server_codes: frozenset[str]
) -> language_tool_python.LanguageTool:
    """Return a tool of the library that sends its requests through our client.

    Its own way has a limit of time only for each piece of an answer, sends a text again after
    a failure, opens a connection for each text, and reads a refusal as an answer.
    """
    import language_tool_python  # here for the same reason as above

    class Tool(language_tool_python.LanguageTool):
        def _query_server(
            self,
            url: str,
            params: dict[str, str] | None = None,
            num_tries: int = 2,
            method: str = "get",
        ) -> Any:
            return client.ask(url.rpartition("/")[2], params)

        def _get_languages(self) -> set[str]:
            return set(server_codes)

    try:
        return Tool(code, remote_server=client.base)
    except (OSError, ValueError) as error:
        raise GrammarError(f"language-tool-python cannot be used: {error}") from error


def _version(info: Any) -> str:
    name, version = info["software"]["name"], info["software"]["version"]
    return f"{_require_text(name)} {_require_text(version)}"


def _codes(languages: Any) -> frozenset[str]:
    codes = {_require_text(entry[key]) for entry in languages for key in ("code", "longCode")}
    if not codes:
        raise ValueError("no language")
    return frozenset(codes)


def _validate(answer: Any, size: int) -> list[dict[str, Any]]:
    """Return the matches of an answer, checked for shape, on a text of ``size`` UTF-16 units.

    Raises:
        AttributeError, LookupError, TypeError, ValueError: it is another shape.
        GrammarError: the server gave up before the end of the text.
    """
    if answer.get("warnings", {}).get("incompleteResults"):
        reason = answer["warnings"].get("incompleteResultsReason", "it takes too long")
        raise GrammarError(f"LanguageTool did not check all of a text: {reason}")
    matches: list[dict[str, Any]] = answer["matches"]
    if not isinstance(matches, list):
        raise TypeError("expected a list of matches")
    for match in matches:
        start, length = match["offset"], match["length"]
        if type(start) is not int or type(length) is not int:
            raise TypeError("a place is no number")
        if not 0 <= start <= start + length <= size:
            raise ValueError("a place is outside of the text")
        rule = match["rule"]
        for word in (match["message"], rule["id"], rule["issueType"], rule["category"]["id"]):
            _require_text(word, empty=True)
        for replacement in match["replacements"]:
            _require_text(replacement["value"], empty=True)
    return matches


def _convert(match: language_tool_python.Match, text: str) -> Match:
    return Match(
        start=match.offset,
        end=_end(text, match.offset, match.error_length),
        rule=match.rule_id,
        category=match.category,
        kind=match.rule_issue_type,
        message=match.message,
        suggestions=tuple(match.replacements),
    )


def _end(text: str, start: int, units: int) -> int:
    """Return the end of a match, in code points, from its length in UTF-16 units.

    The library converts only the beginning of a match.
    """
    end = start
    while units > 0:
        units -= 2 if text[end] > "\uffff" else 1
        end += 1
    return end


def _require_text(value: object, *, empty: bool = False) -> str:
    if not isinstance(value, str) or not (value or empty):
        raise TypeError("expected text")
    return value
