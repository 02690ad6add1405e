"""`make fuzz`: breaks of laws found and reported, within the time limit."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz import hunt
from tests.fuzz.hunt import Hunt
from tests.fuzz.laws import laws

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]


def holds() -> Callable[[], None]:
    @given(st.integers())
    def law(number: int) -> None:
        assert isinstance(number, int)

    return law


def breaks() -> Callable[[], None]:
    @given(st.integers())
    def law(number: int) -> None:
        assert number < 1000

    return law


def sleeps(woken: list[int]) -> Callable[[], None]:
    @given(st.just(0))
    def law(number: int) -> None:
        time.sleep(20)
        woken.append(number)

    return law


def test_a_broken_law_is_told_with_its_smallest_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hunt, "_SLICE", 0.05)
    hunt_result = Hunt({"one.good": holds(), "one.bad": breaks()}, 1)
    hunt_result.run(2)
    good, bad = hunt_result.rows
    assert good.failure == ""
    assert good.examples > 0
    assert "number=1000" in bad.failure
    assert "one.bad is broken (seed " in capsys.readouterr().err
    assert hunt_result.table().splitlines()[-1].endswith("examples, 1 of 2 laws broken")
    assert [line.split()[-1] for line in hunt_result.table().splitlines()[1:3]] == [
        "held",
        "BROKEN",
    ]


def test_an_example_that_hangs_is_a_find(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hunt, "LIMIT", 0.2)
    woken: list[int] = []
    hunt_result = Hunt({"one.slow": sleeps(woken)}, 1)
    hunt_result.run(5)
    assert "TooSlow" in hunt_result.rows[0].failure
    assert woken == []


def test_there_are_laws_of_each_kind() -> None:
    kinds = {name.partition(".")[0] for name in laws()}
    assert kinds == {"articles", "catalogues", "laws", "projects", "texts"}
    assert len(laws()) >= 40


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (("--minutes", "0.02", "--law", "texts.a_slug", "--seed", "1"), 0, "0 of 1 laws broken"),
        (("--law", "no_such_law"), 2, "articles.a_mark_comes_back_in_every_place"),
    ],
)
def test_the_command(arguments: tuple[str, ...], code: int, expected: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *arguments],
        cwd=ROOT,
        env={**os.environ, "PIPELINE_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done
    assert expected in done.stdout + done.stderr
