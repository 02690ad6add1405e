"""Embedded engine: positions, data, and failures."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.errors import GrammarError
from pipeline.gate.grammar import lingotweaker
from pipeline.gate.grammar.lingotweaker import LingoTweaker
from tests.steps import MOST, growth

if TYPE_CHECKING:
    from collections.abc import Callable


class PanicException(BaseException):
    """Python exception of a panic in Rust."""


def raw_match(offset: object = 0, length: int = 1, **changed: object) -> dict[str, object]:
    """Return a match as the engine reports it, with offsets in bytes."""
    return {
        "rule_id": "R",
        "sub_id": None,
        "message": "Wrong.",
        "offset": offset,
        "length": length,
        "suggestions": ["right"],
        "category_id": "C",
        "issue_type": None,
        **changed,
    }


class Fake:
    """Engine with scripted matches."""

    def __init__(self, answer: Callable[[str], list[dict[str, object]]]) -> None:
        self.check = answer


@pytest.fixture
def engine_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], LingoTweaker]:
    def engine(answer: Any) -> LingoTweaker:
        def check(text: str) -> list[dict[str, object]]:
            if isinstance(answer, BaseException):
                raise answer
            result: list[dict[str, object]] = answer
            return result

        monkeypatch.setattr("lt_py.Engine", lambda code, data_dir: Fake(check))
        return LingoTweaker()

    return engine


@pytest.mark.parametrize(
    ("text", "offset", "length", "piece"),
    [
        ("abc", 1, 1, "b"),
        ("é😀x", 6, 1, "x"),
        ("é😀x", 2, 4, "😀"),
        ("\u202fa\u00a0b", 3, 4, "a\u00a0b"),
        ("abc", 3, 0, ""),
    ],
)
def test_places(
    engine_with: Callable[[Any], LingoTweaker], text: str, offset: int, length: int, piece: str
) -> None:
    ((match,),) = engine_with([raw_match(offset, length)]).check([text], "fr")
    assert text[match.start : match.end] == piece
    assert match.start == len(text.encode()[:offset].decode())
    assert match[2:] == ("R", "C", "", "Wrong.", ("right",))


def test_matches_in_order(engine_with: Callable[[Any], LingoTweaker]) -> None:
    (matches,) = engine_with([raw_match(8), raw_match(0, 9), raw_match(5, 2)]).check(
        ["😀 é x y"], "fr"
    )
    assert [(match.start, match.end) for match in matches] == [(0, 5), (2, 3), (4, 5)]


def test_many_matches_take_linear_time(engine_with: Callable[[Any], LingoTweaker]) -> None:
    """The decoding of bytes is counted in ``tests.linear.grammar``."""

    def work(size: int) -> Callable[[], None]:
        text = "é😀 teh. " * size
        engine = engine_with(
            [raw_match(len(text.encode()) // size * n + 7, 3) for n in range(size)]
        )

        def check() -> None:
            (matches,) = engine.check([text], "fr")
            assert {text[match.start : match.end] for match in matches} == {"teh"}

        return check

    assert growth(work, 200) < MOST


@pytest.mark.parametrize(
    "answer",
    [
        PanicException("index out of bounds"),
        RuntimeError("data error"),
        MemoryError(),
        [raw_match(3)],
        [raw_match(-1)],
        [raw_match(0, 4)],
        [raw_match(2, -1)],
        [raw_match(1, 1)],
        [raw_match(0, 1)],
        [{}],
        [None],
        None,
        [raw_match(rule_id=5, offset="0")],
    ],
    ids=repr,
)
def test_a_failure_is_no_pass(engine_with: Callable[[Any], LingoTweaker], answer: object) -> None:
    with pytest.raises(GrammarError, match=r"LingoTweaker cannot (check a text|return places)"):
        list(engine_with(answer).check(["éb", "éb"], "fr"))


@pytest.mark.parametrize("error", [PanicException("no"), RuntimeError("data error"), OSError("no")])
def test_rules_that_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(code: str, data_dir: str) -> None:
        raise error

    monkeypatch.setattr("lt_py.Engine", fail)
    with pytest.raises(GrammarError, match=r"cannot load its rules for 'en-US'"):
        list(LingoTweaker().check(["Text."], "en"))


@pytest.mark.parametrize(
    ("locale", "package"), [("de", "de"), ("pt_BR", "pt"), ("lt", "ltu"), ("zh_TW", "zh")]
)
def test_a_language_without_data(
    monkeypatch: pytest.MonkeyPatch, locale: str, package: str
) -> None:
    monkeypatch.setenv("LT_DATA_DIR", "")
    engine = LingoTweaker()
    assert engine.supports(locale)
    with pytest.raises(GrammarError, match=rf"pip install lingotweaker-data-{package}$"):
        list(engine.check(["Text."], locale))


def test_all_its_codes_are_the_engine_s() -> None:
    """An unknown code raises ValueError, missing data RuntimeError."""
    make = import_module("lt_py").Engine
    for code in (*lingotweaker._LANGUAGES, *lingotweaker._COUNTRIES):
        if code.partition("-")[0] not in ("en", "es", "fr"):
            with pytest.raises(RuntimeError, match="data"):
                make(code)
    with pytest.raises(ValueError, match="unsupported"):
        make("xx")


@pytest.mark.parametrize(
    ("locale", "variants", "code"),
    [
        ("en", {}, "en-US"),
        ("en_GB", {}, "en-GB"),
        ("en", {"en": "en-GB"}, "en-GB"),
        ("fr", {}, "fr"),
        ("fr_CA", {}, "fr"),
        ("es_MX", {}, "es"),
        ("de_CH", {}, "de-CH"),
        ("de", {}, "de-DE"),
        ("pt_BR", {}, "pt-BR"),
    ],
)
def test_codes(
    monkeypatch: pytest.MonkeyPatch, locale: str, variants: dict[str, str], code: str
) -> None:
    codes = []

    def make(code: str, data_dir: str) -> Fake:
        codes.append(code)
        return Fake(lambda text: [])

    monkeypatch.setattr("lt_py.Engine", make)
    monkeypatch.setattr("pipeline.gate.grammar.lingotweaker._version", lambda package: "1")
    monkeypatch.setattr(
        "pipeline.gate.grammar.lingotweaker.import_module",
        lambda name: import_module(name if name == "lt_py" else "lingotweaker_data_en"),
    )
    engine = LingoTweaker(variants)
    assert list(engine.check(["Text."], locale)) == [()]
    assert list(engine.check(["Text."], locale)) == [()]
    assert codes == [code]


def test_other_data_cannot_slip_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LT_DATA_DIR", "/nowhere")
    (matches,) = LingoTweaker().check(["He are here."], "en")
    assert [match.rule for match in matches] == ["PERS_PRONOUN_AGREEMENT"]


@pytest.mark.parametrize(
    ("installed", "expected"),
    [
        ({"lingotweaker": "1", "lingotweaker-data-fr": "3", "lingotweaker-data-en": "2"}, "1"),
        ({"lingotweaker": "1"}, "none"),
    ],
)
def test_version(monkeypatch: pytest.MonkeyPatch, installed: dict[str, str], expected: str) -> None:
    monkeypatch.setattr("pipeline.gate.grammar.lingotweaker._version", installed.get)
    data = "none" if expected == "none" else "en 2, fr 3"
    assert LingoTweaker().version == f"LingoTweaker 1 (data {data})"


def test_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.gate.grammar.lingotweaker._version", lambda package: None)
    with pytest.raises(GrammarError, match="pip install lingotweaker"):
        _ = LingoTweaker().version


def test_a_message_holds_no_tags() -> None:
    engine = LingoTweaker()
    ((match,),) = engine.check(["Il a bon coeur."], "fr")
    engine.close()
    assert match.rule == "OE"
    assert "“cœur”" in match.message
    assert "<" not in match.message
