from __future__ import annotations

import logging
import socket
import threading
import time
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from pipeline.engines.contract import Answer
from pipeline.engines.google import Google
from pipeline.errors import EngineRefused, EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .conftest import Page

CONSENT = b"<html><form action='https://consent.example/save'><button>Agree</button></form></html>"
SECRET = "A sentence that nobody else may read"


@pytest.fixture
def google(page: Page) -> Iterator[Google]:
    engine = Google(timeout=2.0, base_url=page.url)
    yield engine
    engine.close()


def ask(engine: Google, *texts: str, target: str = "fr") -> list[str]:
    """Give the texts of the answers, and of the refusals in brackets."""
    return [
        answer.text if isinstance(answer, Answer) else f"<{answer}>"
        for answer in engine.translate(texts, "en", target)
    ]


def test_an_answer(google: Google, page: Page) -> None:
    assert list(google.translate(["one & <two>"], "en", "fr")) == [Answer("ONE & <TWO>", "google")]
    assert page.asked == [{"tl": "fr", "sl": "en", "q": "one & <two>"}]


@pytest.mark.parametrize(
    ("locale", "code"),
    [
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
    ],
)
def test_codes(google: Google, page: Page, locale: str, code: str) -> None:
    ask(google, "one", target=locale)
    assert page.asked[0]["tl"] == code


def test_a_language_that_google_lacks_ends_nothing_else(google: Google, page: Page) -> None:
    with pytest.raises(EngineUnavailable, match=r"^Google does not translate 'tlh'$"):
        ask(google, "one", target="tlh")
    assert not page.asked
    assert ask(google, "one") == ["ONE"]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ([429, "un"], "un"),
        ([500, 503, "un"], "un"),
        ([""], "<Google's answer is empty>"),
        ([" \u00a0 "], "<Google's answer is empty>"),
        (["One two three four."], "<Google gave the text back as it was>"),
        ([CONSENT], "<Google answered without a translation>"),
        ([b'{"error": "denied"}'], "<Google answered without a translation>"),
        ([b""], "<Google answered without a translation>"),
        ([403], "<Google answered with an error>"),
    ],
)
def test_judgement(
    google: Google, page: Page, script: list[str | int | bytes | None], expected: str
) -> None:
    page.script = [*script]
    assert ask(google, "One two three four.", "next") == [expected, "NEXT"]
    assert not page.script


def test_other_client_errors_are_not_tried_again(google: Google, page: Page) -> None:
    page.script = [403]
    ask(google, "one")
    assert len(page.asked) == 1


@pytest.mark.parametrize("text", ["Twitter", "One two three", "…", "12 %", "[X0X] [X1X]"])
def test_what_stays_as_it_is(google: Google, page: Page, text: str) -> None:
    page.script = [text]
    assert ask(google, text) == [text]


@pytest.mark.parametrize("answer", ["[X0X] un [X12X]", "[X0X ] un [ x12 X]", "[ X 0 X ] un [X12x]"])
def test_blanks_in_tokens_go(google: Google, page: Page, answer: str) -> None:
    page.script = [answer]
    assert ask(google, "[X0X] one [X12X]") == ["[X0X] un [X12X]"]


def test_a_long_text_is_cut_at_the_ends_of_sentences(google: Google, page: Page) -> None:
    text = "  " + " ".join(f"This is sentence {n}." for n in range(700)) + "\n"
    assert ask(google, text) == [text.upper()]
    sent = [query["q"] for query in page.asked]
    assert len(sent) == 4
    assert max(map(len, sent)) <= 4900
    assert all(part.endswith(".") and part.startswith("This") for part in sent)


@pytest.mark.parametrize("text", ["word " * 2000, "é" * 10_000, "語é。" * 4000])
def test_a_long_text_without_blanks_or_sentences(google: Google, page: Page, text: str) -> None:
    assert ask(google, text) == [text.upper()]
    assert max(len(query["q"]) for query in page.asked) <= 4900


def test_errors_for_ever_end_it(google: Google, page: Page) -> None:
    page.script = [500] * 9
    with pytest.raises(EngineUnavailable, match=r"^Google no longer translates: .* with an error$"):
        ask(google, "one", "two", "three", "four")
    assert len(page.asked) == 9  # three texts, three times each
    with pytest.raises(EngineUnavailable, match=r"^Google no longer translates"):
        ask(google, "five")
    assert len(page.asked) == 9


def test_consent_pages_end_it_only_in_a_row(google: Google, page: Page) -> None:
    page.script = [CONSENT, CONSENT, "un", CONSENT, CONSENT, CONSENT]
    replies = google.translate(["a", "b", "c", "d", "e", "f"], "en", "fr")
    kinds = [type(next(replies)) for _ in range(5)]
    assert kinds == [EngineRefused, EngineRefused, Answer, EngineRefused, EngineRefused]
    with pytest.raises(EngineUnavailable):
        next(replies)


def test_too_many_requests_end_it(google: Google, page: Page) -> None:
    page.script = [429] * 3
    with pytest.raises(EngineUnavailable, match="pause"):
        ask(google, "one")
    with pytest.raises(EngineUnavailable, match="pause"):
        ask(google, "two")
    assert len(page.asked) == 3


def unreachable(page: Page, how: str, monkeypatch: pytest.MonkeyPatch) -> Google:
    if how == "stalled":
        page.script = [None] * 2
        return Google(timeout=0.3, base_url=page.url)
    if how == "no such host":
        # Not the machine's resolver, which may look for one for a long time.
        unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        monkeypatch.setattr(socket, "getaddrinfo", Mock(side_effect=unknown))
        return Google(base_url="http://translate.invalid/m")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    return Google(base_url=f"http://127.0.0.1:{port}/m")


@pytest.mark.parametrize("how", ["refused", "stalled", "no such host"])
def test_no_network(
    page: Page,
    how: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.INFO)
    engine = unreachable(page, how, monkeypatch)
    started = time.monotonic()
    with pytest.raises(EngineUnavailable) as raised:
        ask(engine, SECRET)
    assert time.monotonic() - started < 6
    assert str(raised.value) == "Google cannot be reached: is there a network?"
    started = time.monotonic()
    with pytest.raises(EngineUnavailable):
        ask(engine, SECRET)
    assert time.monotonic() - started < 0.1
    # Nothing that is told, logged or chained holds the text.
    assert raised.value.__suppress_context__
    assert raised.value.__cause__ is None
    assert "nobody" not in caplog.text
    assert not any(capfd.readouterr())
    engine.close()


def test_threads_get_their_own_answers(google: Google) -> None:
    texts = [[f"thread {t} text {n}" for n in range(20)] for t in range(4)]
    answers: dict[int, list[str]] = {}
    threads = [
        threading.Thread(target=lambda t=t: answers.update({t: ask(google, *texts[t])}))
        for t in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answers[t] for t in range(4)] == [[x.upper() for x in row] for row in texts]


def test_nobody_else_gets_our_session(google: Google) -> None:
    ask(google, "one")
    import deep_translator.google as shared  # type: ignore[import-untyped]
    import requests

    assert shared.requests is requests
    assert shared.BASE_URLS["GOOGLE_TRANSLATE"].startswith("https://translate.google")


def test_text_that_is_no_unicode_is_refused(google: Google) -> None:
    assert ask(google, "a \ud800", "one") == ["<the text is not valid Unicode>", "ONE"]
