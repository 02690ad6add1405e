"""A SQLite table, and errors for files that are not SQLite databases."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import MachineError
from pipeline.project.sqlite_store import Store

if TYPE_CHECKING:
    from pathlib import Path

TABLE = ("create table if not exists t (key text primary key, value blob) without rowid", ())
PUT = "insert or replace into t values (?, ?)"
GET = "select value from t where key = ?"


def test_a_row_is_on_the_disk_as_soon_as_it_is_put_in(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with closing(Store(path, "", [TABLE])) as first, closing(Store(path, "", [TABLE])) as second:
        assert second.execute(GET, ("a",)) == []
        first.execute(PUT, ("a", b"1"))
        assert second.execute(GET, ("a",)) == [(b"1",)]
    with closing(Store(path, "", [TABLE, ("delete from t where key = ?", ("b",))])) as third:
        assert third.execute(GET, ("a",)) == [(b"1",)]


def test_without_a_path_all_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        with closing(Store(None, "memory", [TABLE])) as store:
            assert store.execute(GET, ("a",)) == []
            store.execute(PUT, ("a", b"1"))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"this is a text, and no database at all\n" * 99)
    for shown, name in ((".pipeline/x", ".pipeline/x"), ("", str(path))):
        with pytest.raises(MachineError) as caught:
            Store(path, shown, [TABLE])
        assert str(caught.value) == (
            f"{name}: cannot be used: file is not a database; delete it to have it created again"
        )


def test_a_table_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("create table t (something)")
    with (
        closing(Store(path, "x", [TABLE])) as store,
        pytest.raises(
            MachineError, match=r"^x: cannot be used: .*; delete it to have it created again$"
        ),
    ):
        store.execute(GET, ("a",))


def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match=r"^x: .*; check the permissions of its folder$"):
        Store(tmp_path / "no folder" / "x.sqlite", "x", [TABLE])
