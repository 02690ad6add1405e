"""Engine made of a service; faults of services are in `test_faults`."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.drafting.engines import service_engine
from pipeline.drafting.engines.codes import NoSuchLanguage
from pipeline.drafting.engines.connection import Connection
from pipeline.drafting.engines.contract import Answer, Bounds, Traits
from pipeline.drafting.engines.forms import FORMS
from pipeline.drafting.engines.service_engine import NetworkEngine
from pipeline.errors import EngineError, EngineFailed, EngineRefused, EngineUnavailable
from tests.steps import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

LONG = "This is a sentence with some words."


class Fake:
    """Service in memory; ``say`` answers or raises."""

    KEY = ""
    KEY_NEEDED = False
    name = "fake"
    traits = Traits(network=True, form=FORMS["google"])

    def __init__(self, bounds: Bounds, say: Callable[[list[str]], Sequence[str | None]]) -> None:
        self.bounds = bounds
        self.asked: list[list[str]] = []
        self.glossary: Mapping[str, str] = {}
        self._say = say

    def ask(
        self, texts: Sequence[str], source: str, target: str, glossary: Mapping[str, str]
    ) -> Sequence[str | None]:
        """Record the request and answer it."""
        self.asked.append([*texts])
        self.glossary = glossary
        return self._say([*texts])


def capitals(texts: list[str]) -> list[str | None]:
    """Return the right answers."""
    return [text.upper() for text in texts]


def made(
    say: Callable[[list[str]], Sequence[str | None]] = capitals,
    bounds: Bounds = Bounds(100),  # noqa: B008 - it cannot change
    threads: int = 1,
    rate: float = 0.0,
) -> tuple[NetworkEngine, Fake]:
    """Make an engine of a fake service."""
    service = Fake(bounds, say)
    return NetworkEngine(
        service, Connection("fake", timeout=0.1), threads=threads, rate=rate
    ), service


def told(engine: NetworkEngine, *texts: str) -> list[str]:
    """Return the answers' texts in order, and refusals in angle brackets."""
    answers = dict(engine.translate(texts, "en", "fr", {}))
    assert sorted(answers) == [*range(len(texts))]
    rows = [answers[number] for number in range(len(texts))]
    return [row.text if isinstance(row, Answer) else f"<{row}>" for row in rows]


def taken(
    engine: NetworkEngine, *texts: str
) -> tuple[list[tuple[int, Answer | EngineRefused]], str]:
    """Return the answers before the engine failed, and its error message (empty if none)."""
    got = []
    try:
        for item in engine.translate(texts, "en", "fr", {}):
            got.append(item)
    except EngineUnavailable as problem:
        return got, str(problem)
    return got, ""


def test_requests_are_packed_and_answers_are_of_the_service() -> None:
    engine, service = made(bounds=Bounds(20, 3))
    assert told(engine, " one ", "two", "12", "three", "four", "two") == [
        " ONE ", "TWO", "12", "THREE", "FOUR", "TWO",
    ]  # fmt: skip
    assert service.asked == [["one", "two", "three"], ["four"]]
    assert [*engine.translate(["a"], "en", "fr", {"a": "b"})] == [(0, Answer("A", "fake"))]
    assert service.glossary == {"a": "b"}


def test_nothing_to_ask() -> None:
    engine, service = made()
    assert told(engine) == []
    assert told(engine, "", "[X0X]", "5 %") == ["", "[X0X]", "5 %"]
    assert not service.asked


def test_long_texts_are_cut_at_the_ends_of_sentences() -> None:
    engine, service = made(bounds=Bounds(40))
    text = f"  {LONG} One more. {LONG}\n"
    assert told(engine, text) == [text.upper()]
    assert service.asked == [[LONG], ["One more."]]


def test_what_is_refused_together_is_asked_one_by_one() -> None:
    def say(texts: list[str]) -> list[str | None]:
        if "bad" in texts:
            raise EngineRefused("fake does not accept this text")
        return capitals(texts)

    engine, service = made(say, Bounds(100, 3))
    assert told(engine, "one", "bad", "two", "three") == [
        "ONE", "<fake does not accept this text>", "TWO", "THREE",
    ]  # fmt: skip
    assert service.asked == [["one", "bad", "two"], ["one"], ["bad"], ["two"], ["three"]]


def test_answers_that_are_judged_bad_are_not_asked_again() -> None:
    engine, service = made(lambda texts: texts, Bounds(100, 3))
    assert told(engine, LONG, "Twitter") == ["<fake returned the source text unchanged>", "Twitter"]
    assert len(service.asked) == 1


@pytest.mark.parametrize("answers", [[], ["a", "b", "c"]])
def test_the_number_of_answers_must_be_right(answers: list[str]) -> None:
    engine, _ = made(lambda _: answers, Bounds(100, 2))
    with pytest.raises(EngineUnavailable, match=rf"returned {len(answers)} answers to 1 texts"):
        told(engine, "one", "two")


KINDS: list[tuple[Any, type[EngineError], str]] = [
    (None, EngineFailed, "returned an empty answer"),
    (" ", EngineFailed, "returned an empty answer"),
    ("<html>Sorry</html>", EngineFailed, "a web page"),
    ("Видео", EngineRefused, "in a script that is wrong for fr"),
]


@pytest.mark.parametrize(("answer", "kind", "words"), KINDS)
def test_kinds_of_bad_answers(answer: str | None, kind: type[EngineError], words: str) -> None:
    engine, _ = made(lambda _: [answer])
    ((_, got),) = engine.translate(["word"], "en", "fr", {})
    assert type(got) is kind
    assert words in str(got)


def test_a_notice_of_a_quota_ends_it() -> None:
    engine, service = made(lambda _: ["MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE"])
    for _ in range(2):
        with pytest.raises(EngineUnavailable, match="quota is used up"):
            told(engine, "word", "other")
    assert len(service.asked) == 1


def test_a_language_that_is_missing_ends_nothing_else() -> None:
    supported = False

    def say(texts: list[str]) -> list[str | None]:
        if not supported:
            raise NoSuchLanguage("fake does not support the language 'tlh'")
        return capitals(texts)

    engine, _ = made(say)
    with pytest.raises(EngineUnavailable):
        told(engine, "one")
    supported = True
    assert told(engine, "one") == ["ONE"]


def test_three_failures_in_a_row_end_it() -> None:
    fate = iter("x.xx.xxx....")

    def say(texts: list[str]) -> list[str | None]:
        if next(fate) == "x":
            raise EngineFailed("fake has an internal error")
        return capitals(texts)

    engine, service = made(say)
    got, problem = taken(engine, *"abcdefghijkl")
    assert problem == "fake failed 3 times in a row: fake has an internal error"
    kinds = [isinstance(answer, Answer) for _, answer in got]
    assert kinds == [False, True, False, False, True, False, False]
    with pytest.raises(EngineUnavailable):
        told(engine, "z")
    assert len(service.asked) == 8


def test_what_was_answered_before_the_end_stands() -> None:
    over = threading.Event()

    def say(texts: list[str]) -> list[str | None]:
        if texts == ["bad"]:
            over.wait(5)
            raise EngineUnavailable("fake is gone")
        time.sleep(0.1)
        over.set()
        time.sleep(0.1)  # still on its way when the other one fails
        return capitals(texts)

    engine, _ = made(say, threads=2)
    got, problem = taken(engine, "bad", "one", "two")
    assert problem == "fake is gone"
    assert got == [(1, Answer("ONE", "fake"))]


def test_a_thread_that_hangs_is_left_behind() -> None:
    over = threading.Event()

    def say(texts: list[str]) -> list[str | None]:
        if texts == ["bad"]:
            over.wait(20)
        return capitals(texts)

    engine, _ = made(say, threads=2)
    got, problem = taken(engine, "bad", "one", "two")
    assert problem == "fake did not answer"
    assert [number for number, _ in got] == [1, 2]  # the thread would have answered 0 at its end
    over.set()


def test_answers_come_as_soon_as_they_are_known() -> None:
    over = threading.Event()

    def say(texts: list[str]) -> list[str | None]:
        if texts == ["slow"]:
            over.wait(5)
        return capitals(texts)

    engine, _ = made(say, threads=2)
    answers = engine.translate(["slow", "one", "two"], "en", "fr", {})
    assert [next(answers)[0], next(answers)[0]] == [1, 2]
    over.set()
    assert next(answers)[0] == 0


def test_closed_early_it_asks_no_more() -> None:
    def say(texts: list[str]) -> list[str | None]:
        time.sleep(0.02)
        return capitals(texts)

    engine, service = made(say, threads=3)
    answers: Iterator[Any] = engine.translate([f"text {n}a" for n in range(99)], "en", "fr", {})
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    time.sleep(0.1)
    asked = len(service.asked)
    assert asked <= 8
    time.sleep(0.1)
    assert len(service.asked) == asked


@pytest.mark.parametrize("threads", [1, 4])
def test_the_rate_holds_for_all_threads(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = []

    class Noted(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout or 0.0)
            return self.is_set()

    changed = vars(threading) | {"Event": Noted}
    monkeypatch.setattr(service_engine, "threading", SimpleNamespace(**changed))
    # A clock that stands: each request is put so much behind the one before.
    monkeypatch.setattr(service_engine, "time", SimpleNamespace(monotonic=lambda: 1.0))
    engine, service = made(threads=threads, rate=50.0)
    told(engine, *"abcdefghij")
    assert sorted(waits)[:10] == pytest.approx([n / 50 for n in range(10)])
    assert len(service.asked) == 10


def test_a_rate_is_no_reason_to_wait_when_nobody_listens() -> None:
    engine, service = made(rate=0.001)
    answers = engine.translate(["a", "b"], "en", "fr", {})
    next(answers)
    closing = threading.Thread(target=answers.close, daemon=True)  # type: ignore[attr-defined]
    closing.start()
    until(lambda: not closing.is_alive())  # the next request has its turn in 1000 s
    assert len(service.asked) == 1


def test_a_mistake_of_the_service_shows_no_text() -> None:
    def say(texts: list[str]) -> list[str | None]:
        raise KeyError(texts[0])

    engine, _ = made(say)
    ((_, got),) = engine.translate(["secret"], "en", "fr", {})
    assert type(got) is EngineFailed
    assert "secret" not in str(got)
