"""Use LingoTweaker, LanguageTool's rules without Java, as a grammar engine."""

from __future__ import annotations

import os
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import GrammarError
from pipeline.gate.grammar.codes import engine_code, unknown_language
from pipeline.gate.grammar.contract import Match

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["LingoTweaker"]

_Result = TypeVar("_Result")

_LANGUAGES = (  # noqa: SIM905 - a list would take a line for each
    "ar ast be br ca crh da de el en eo es fa fr gl it ja km lt nl nn no pl pt ro ru sk sl sr sv"
    " ta tl uk zh"
).split()
_COUNTRIES = (  # noqa: SIM905
    "ca-ES-balear ca-ES-valencia de-AT de-CH de-DE en-AU en-CA en-GB en-NZ en-US en-ZA pt-AO"
    " pt-BR pt-MZ pt-PT"
).split()
"""Codes that lingotweaker 0.2.8 takes; other countries it treats as their language."""
_PACKAGE_ENDINGS = {"lt": "ltu"}
"""Ends of the names of data packages, where they are not the language."""
_SUGGESTION_TAG = re.compile(r"<suggestion>(.*?)</suggestion>")
"""Markup of a word in the engine's messages."""


class LingoTweaker:
    """Engine inside of this process; a language is loaded (1 to 2 s) when its first text comes.

    ``variants`` maps a locale to the engine's code, such as ``{"en": "en-GB"}``.
    """

    def __init__(self, variants: Mapping[str, str] | None = None) -> None:
        self._variants = variants or {}
        self._engines: dict[str, Any] = {}
        self._lock = threading.Lock()

    @property
    def version(self) -> str:
        """Name, version, and the versions of all language data that are installed."""
        engine = _version("lingotweaker")
        if engine is None:
            raise GrammarError("LingoTweaker is not installed: pip install lingotweaker")
        data_versions = {language: _version(_package(language)) for language in _LANGUAGES}
        data = ", ".join(f"{name} {version}" for name, version in data_versions.items() if version)
        return f"LingoTweaker {engine} (data {data or 'none'})"

    def supports(self, locale: str) -> bool:
        """Return whether there are rules for a locale, even if their data is not installed."""
        return self._code(locale) is not None

    def check(self, texts: Sequence[str], locale: str) -> Iterator[tuple[Match, ...]]:
        """Yield the matches of each text, in order."""
        code = self._code(locale)
        if code is None:
            raise GrammarError(unknown_language("LingoTweaker", locale, self._variants))
        if not texts:
            return
        engine = self._engine(code)
        # The engine lets go of the interpreter: 26 paragraphs take 0.45 s in place of 0.8 s.
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            answers = [pool.submit(_check_text, engine, text) for text in texts]
            try:
                for answer in answers:
                    yield answer.result()
            finally:
                pool.shutdown(cancel_futures=True)

    def close(self) -> None:
        """Release the engines, some 300 MB each."""
        with self._lock:
            self._engines.clear()

    def _code(self, locale: str) -> str | None:
        return engine_code(locale, self._variants, (*_LANGUAGES, *_COUNTRIES))

    def _engine(self, code: str) -> Any:
        with self._lock:
            if code not in self._engines:
                self._engines[code] = _load_engine(code)
            return self._engines[code]


def _load_engine(code: str) -> Any:
    language = code.partition("-")[0]
    package = _package(language)
    if _version(package) is None:
        raise GrammarError(f"LingoTweaker has no data for '{language}': pip install {package}")
    # Imported here because the library is 15 MB, and a run whose answers are known needs none.
    make = _guard("load its rules", lambda: import_module("lt_py").Engine)
    # Told where its data is, it cannot take others that LT_DATA_DIR names: the version is ours.
    return _guard(
        f"load its rules for '{code}'",
        lambda: make(code, data_dir=import_module(package.replace("-", "_")).data_dir()),
    )


def _check_text(engine: Any, text: str) -> tuple[Match, ...]:
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise GrammarError(
            "cannot proofread a text that is not valid Unicode: it has a lone surrogate"
        ) from None
    raw_matches = _guard("check a text", lambda: engine.check(text))
    return _guard("return places that are in the text", lambda: _convert(raw_matches, text, size))


def _convert(raw_matches: list[dict[str, Any]], text: str, size: int) -> tuple[Match, ...]:
    ranges = [(match["offset"], match["offset"] + match["length"]) for match in raw_matches]
    if any(not 0 <= start <= end <= size for start, end in ranges):
        raise ValueError("a place is outside of the text")
    points = _code_points(text, {place for pair in ranges for place in pair})
    matches = (
        Match(
            start=points[start],
            end=points[end],
            rule=match["rule_id"],
            category=match["category_id"] or "",
            kind=match["issue_type"] or "",
            message=_SUGGESTION_TAG.sub("“\\1”", match["message"]),
            suggestions=tuple(match["suggestions"]),
        )
        for match, (start, end) in zip(raw_matches, ranges, strict=True)
    )
    return tuple(sorted(matches, key=lambda match: match.start))


def _code_points(text: str, places: set[int]) -> dict[int, int]:
    """Return the offsets in code points of some byte offsets of the text in UTF-8.

    Raises:
        UnicodeDecodeError: a place is inside of a character.
    """
    data = text.encode()
    offsets = {}
    previous = offset = 0
    for place in sorted(places):
        offset += len(data[previous:place].decode())
        offsets[place] = offset
        previous = place
    return offsets


def _guard(task: str, work: Callable[[], _Result]) -> _Result:
    try:
        return work()
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic of the native code is no Exception
        raise GrammarError(
            f"LingoTweaker cannot {task}: {error or type(error).__name__}; "
            "reinstall lingotweaker and its data, or use a LanguageTool server"
        ) from error


def _package(language: str) -> str:
    return f"lingotweaker-data-{_PACKAGE_ENDINGS.get(language, language)}"


def _version(package: str) -> str | None:
    try:
        return installed_version(package)
    except PackageNotFoundError:
        return None
