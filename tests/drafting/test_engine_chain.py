"""Engines of the settings, opened in order, and their final summary."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.drafting.drafts import DraftTally
from pipeline.drafting.engine_chain import (
    engine_warnings,
    open_chain,
    require_engines,
    summarise_drafts,
)
from pipeline.drafting.memory import Memory
from pipeline.errors import UsageError
from pipeline.project.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

PRICED: Mapping[str, Any] = {"deepl": {"price": 20}}


@pytest.mark.parametrize(
    ("engines", "engine", "message"),
    [
        (("gogle",), {}, "unknown engine 'gogle'; did you mean 'google'?"),
        (
            ("x",),
            {},
            "settings: unknown engine 'x'; expected one of memory, apertium, pseudo, google",
        ),
        ((), {"memry": {}}, "unknown engine 'memry'; did you mean 'memory'?"),
        ((), {"pseudo": {"damages": 1}}, "unknown option 'damages' of engine 'pseudo'"),
        ((), {"deepl": {"price": -1}}, "option 'price' of engine 'deepl' must be at least 0"),
    ],
)
def test_what_there_is_none_of_is_refused_before_any_work(
    engines: tuple[str, ...], engine: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        require_engines(Settings(engines=engines, engine=engine), {})
    assert message in str(caught.value)


def test_what_there_is_may_be_named() -> None:
    engine: dict[str, Any] = {"memory": {"x": 1}, "pseudo": {"damage": 0.5}, **PRICED}
    require_engines(Settings(engines=("memory", "pseudo", "deepl"), engine=engine), {})


class _Memory(Memory):
    def __init__(self) -> None:
        super().__init__([], 0.8)
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


@pytest.mark.parametrize(
    ("offline", "names"),
    [(True, ["pseudo", "memory"]), (False, ["pseudo", "google", "memory", "deepl"])],
)
def test_engines_are_opened_in_order_and_closed_by_the_stack(
    offline: bool, names: list[str]
) -> None:
    memory = _Memory()
    settings = Settings(engines=("pseudo", "google", "memory", "deepl"), offline=offline)
    with ExitStack() as stack:
        chain = open_chain(settings, {}, lambda: memory, stack)
        assert [engine.name for engine in chain] == names
        assert memory.closed == 0
    assert memory.closed == 1


def test_each_reason_is_told_once() -> None:
    tally = DraftTally(
        unavailable={
            ("a", "en", "fr"): "no network",
            ("b", "en", "fr"): "no key",
            ("a", "en", "es"): "no network",
        },
        unpaid=Counter(a=3, b=0),
    )
    assert engine_warnings(tally) == [
        "a was not used for fr, es: no network",
        "b was not used for fr: no key",
        "texts not sent to a: 3; the budget is used up",
    ]
    assert engine_warnings(DraftTally()) == []


@pytest.mark.parametrize(
    ("tally", "rehearse", "lines"),
    [
        (DraftTally(), False, ["drafts: none; 0 characters sent"]),
        (DraftTally(), True, []),
        (
            DraftTally(drafts=Counter(deepl=2, pseudo=1), sent=Counter(deepl=70, google=5)),
            False,
            ["drafts: 2 by deepl, 1 by pseudo; 75 characters sent to deepl, google"],
        ),
        (
            DraftTally(
                drafts=Counter(pseudo=1),
                sent=Counter(deepl=125_000, google=5),
                unasked=Counter(deepl=9, google=1, microsoft=0),
            ),
            True,
            [
                "would write drafts: 1 by pseudo",
                "would send 9 texts to deepl: 125000 characters, price 2.50",
                "would send 1 texts to google: 5 characters",
            ],
        ),
    ],
)
def test_the_sum_says_who_wrote_what_and_what_left_the_machine(
    tally: DraftTally, rehearse: bool, lines: list[str]
) -> None:
    assert summarise_drafts(tally, Settings(engine=PRICED), rehearse=rehearse) == lines
