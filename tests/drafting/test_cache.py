"""Cache of answers, saved at once and kept for ever; refusals for a day."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import pytest

from pipeline.drafting.cache import Answers, answer_key
from pipeline.drafting.engines.contract import Answer
from pipeline.errors import EngineRefused, MachineError

if TYPE_CHECKING:
    from pathlib import Path

KEY = answer_key("told", "en", "fr", "Taste it.")
HOUR = 3600.0


@pytest.mark.parametrize(
    "answer",
    [
        Answer("Goûtez-le.", "told 1.0"),
        Answer("", "told"),
        Answer("un\u2028deux\x00trois\x85\u001c'\"; --", "told", "Taste that."),
    ],
)
def test_an_answer_is_there_as_soon_as_it_is_put_in(answer: Answer, tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    with closing(Answers(path)) as first, closing(Answers(path)) as second:
        assert second.get(KEY) is None
        first.put(KEY, answer)
        assert second.get(KEY) == answer
        second.put(KEY, answer._replace(text="new"))
        assert first.get(KEY) == answer._replace(text="new")


def test_without_a_path_nothing_is_kept() -> None:
    for _ in range(2):
        with closing(Answers()) as answers:
            assert answers.get(KEY) is None
            answers.put(KEY, Answer("x", "told"))


def test_a_refusal_is_forgotten_after_a_day(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    now = 1e9
    other = answer_key("told", "en", "fr", "Other.")
    with closing(Answers(path, clock=lambda: now)) as answers:
        answers.put(KEY, EngineRefused("the service was down"))
        answers.put(other, Answer("x", "told"))
    for hours, there in ((23, True), (25, False), (0, False)):
        with closing(Answers(path, clock=partial(float, now + hours * HOUR))) as answers:
            answer = answers.get(KEY)
            assert isinstance(answer, EngineRefused) is there
            assert str(answer) == ("the service was down" if there else "None")
            assert answers.get(other) == Answer("x", "told")


def test_a_key_holds_everything_that_the_answer_depends_on() -> None:
    parts = ("told", "en", "fr", "Taste it.")
    keys = {answer_key(*parts)}
    for place in range(4):
        changed = list(parts)
        changed[place] += "x"
        keys.add(answer_key(*changed))
    assert len(keys) == 5
    assert answer_key(*parts) == KEY


def _other_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table answer (key blob primary key)")


UNUSABLE = [
    (lambda path: path.write_bytes(b"no database at all, as anybody can see"), "delete it to "),
    (_other_table, "delete it to have it created again"),
    (lambda path: path.mkdir(), "check the permissions of its folder"),
]


@pytest.mark.parametrize(("spoil", "advice"), UNUSABLE)
def test_a_file_that_cannot_be_used_is_named(spoil: object, advice: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    assert callable(spoil)
    spoil(path)
    with pytest.raises(MachineError) as refused, closing(Answers(path, "answers.sqlite")) as store:
        store.put(KEY, Answer("x", "told"))
    assert str(refused.value).startswith("answers.sqlite: cannot be used: ")
    assert advice in str(refused.value)


def test_a_store_that_breaks_while_it_is_used_is_named(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    with closing(Answers(path)) as answers:
        with closing(sqlite3.connect(path)) as other:
            other.execute("drop table answer")
        with pytest.raises(
            MachineError, match="no such table: answer; delete it to have it created again"
        ):
            answers.get(KEY)
        with pytest.raises(
            MachineError, match="no such table: answer; delete it to have it created again"
        ):
            answers.put(KEY, Answer("x", "told"))
