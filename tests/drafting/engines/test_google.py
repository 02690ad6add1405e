"""Google's page, as deep-translator reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.drafting.engines.contract import Answer
from pipeline.errors import EngineRefused, EngineUnavailable

from .server import Said
from .servers import SPEAKERS, GoogleServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.drafting.engines.contract import Engine

    from .server import Fault

CONSENT = b"<form action='https://consent.example/save'><button>Agree</button></form>"


@pytest.fixture
def page() -> Iterator[GoogleServer]:
    with GoogleServer() as server:
        yield server


@pytest.fixture
def google(page: GoogleServer) -> Iterator[Engine]:
    engine = SPEAKERS["google"].make(page.url, threads=1)
    yield engine
    engine.close()


def ask(engine: Engine, *texts: str, target: str = "fr") -> list[str]:
    """Return the answers' texts, and refusals in angle brackets."""
    answers_by_number = dict(engine.translate(texts, "en", target, {}))
    answers = [answers_by_number[number] for number in range(len(texts))]
    return [a.text if isinstance(a, Answer) else f"<{a}>" for a in answers]


def test_an_answer(google: Engine, page: GoogleServer) -> None:
    answers = list(google.translate(['one & "two"'], "en", "fr", {}))
    assert answers == [(0, Answer('ONE & "TWO"', "google"))]
    assert [request.query for request in page.asked] == [
        {"tl": "fr", "sl": "en", "q": 'one & "two"'}
    ]


CODES = [
    ("fr", "fr"),
    ("fr_CA", "fr"),
    ("pt_BR", "pt"),
    ("zh", "zh-CN"),
    ("zh_Hans", "zh-CN"),
    ("zh_Hans_SG", "zh-CN"),
    ("zh_Hant", "zh-TW"),
    ("zh_Hant_HK", "zh-TW"),
    ("zh_TW", "zh-TW"),
    ("he", "iw"),
    ("nb", "no"),
    ("nn_NO", "no"),
    ("fil", "tl"),
    ("jv", "jw"),
    ("sr_Latn", "sr"),
]


@pytest.mark.parametrize(("locale", "code"), CODES)
def test_codes(google: Engine, page: GoogleServer, locale: str, code: str) -> None:
    ask(google, "one", target=locale)
    assert page.asked[0].query["tl"] == code


def test_a_language_that_google_lacks_ends_nothing_else(google: Engine, page: GoogleServer) -> None:
    with pytest.raises(EngineUnavailable, match=r"^google does not support the language 'tlh'$"):
        ask(google, "one", target="tlh")
    assert not page.asked
    assert ask(google, "one") == ["ONE"]


JUDGED: list[tuple[list[Fault], str]] = [
    ([500, 503], "ONE TWO THREE FOUR."),
    ([Said(lambda _: "One two three four.")], "<google returned the source text unchanged>"),
    ([CONSENT], "<google answered without a translation>"),
    ([b'{"error": "denied"}'], "<google answered without a translation>"),
    ([b""], "<google answered without a translation>"),
]


@pytest.mark.parametrize(("script", "expected"), JUDGED)
def test_judgement(google: Engine, page: GoogleServer, script: list[Fault], expected: str) -> None:
    page.script = [*script]
    assert ask(google, "One two three four.", "next") == [expected, "NEXT"]
    assert not page.script


@pytest.mark.parametrize("text", ["Twitter", "One two three", "[X0X] one [X1X]"])
def test_what_may_stay_as_it_is(google: Engine, page: GoogleServer, text: str) -> None:
    page.script = [Said(lambda text: text)]
    assert ask(google, text) == [text]


def test_consent_pages_end_it_only_in_a_row(google: Engine, page: GoogleServer) -> None:
    page.script = [CONSENT, CONSENT, Said(str.upper), CONSENT, CONSENT, CONSENT]
    replies = google.translate(["a", "b", "c", "d", "e", "f"], "en", "fr", {})
    kinds = [isinstance(next(replies)[1], EngineRefused) for _ in range(5)]
    assert kinds == [True, True, False, True, True]
    with pytest.raises(EngineUnavailable, match="google failed 3 times in a row"):
        next(replies)


def test_nobody_else_gets_our_session(google: Engine) -> None:
    ask(google, "one")
    import deep_translator.google as shared  # type: ignore[import-untyped]
    import requests

    assert shared.requests is requests
    assert shared.BASE_URLS["GOOGLE_TRANSLATE"].startswith("https://translate.google")
