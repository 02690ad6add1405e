"""Cache of unchanged articles: valid only while their files are the same."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.catalogue.status import StatusRow
from pipeline.commands.unchanged import ArticleOutcome, OutcomeCache
from pipeline.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_the_store_takes_no_file_that_changed_a_moment_ago(tmp_path: Path) -> None:
    """The file's time could stay the same through another change."""
    file = tmp_path / "x"
    file.write_text("one")
    store = OutcomeCache(tmp_path, tmp_path / "store", "key")
    assert store._stamp("x") is None
    old = time.time_ns() - 10**9
    os.utime(file, ns=(old, old))
    assert store._stamp("x") is None  # the time of its last change of any kind is still new


LONG_AGO = 10**18
"""Nanoseconds since the epoch; the cache trusts a file time only if it is older than the run."""
FINDING = Finding(
    "AL003",
    Severity.WARNING,
    "in doubt",
    "introduction",
    "One\ud800",
    Place("x", 3, 1, 4, 2),
    suggestions=("Un", "Une"),
)
OUTCOMES = [
    ArticleOutcome(),
    ArticleOutcome(
        ("a line", "été"), (FINDING, replace(FINDING, place=None, severity=Severity.INFO))
    ),
    ArticleOutcome(
        rows=(StatusRow("x", "fr", "introduction", "", 1, 2, 3, 4, 5),), is_incomplete=True
    ),
]


def open_cache(root: Path, key: str = "key") -> OutcomeCache:
    return OutcomeCache(root, root / "state" / "settled.json", key)


def store_article(root: Path, outcome: ArticleOutcome = OUTCOMES[1]) -> None:
    """Store an article with two files, one of which is missing."""
    (root / "state").mkdir()
    (root / "x").write_text("one")
    os.utime(root / "x", ns=(LONG_AGO, LONG_AGO))
    store = open_cache(root)
    store.store("a", {path: store.digest_of(path) for path in ("x", "y")}, outcome)
    store.save("key")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_all_that_was_said_is_remembered(outcome: ArticleOutcome, tmp_path: Path) -> None:
    store_article(tmp_path, outcome)
    assert open_cache(tmp_path).get("a", ["x", "y"]) == outcome
    assert open_cache(tmp_path).get("a", ["x"]) == outcome
    assert open_cache(tmp_path).get("b", ["x", "y"]) is None


def writes(path: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / path).write_text(text)

    return change


def edits(old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / "state/settled.json").read_bytes()
        assert old.encode() in text
        (root / "state/settled.json").write_bytes(text.replace(old.encode(), new.encode()))

    return change


CHANGES: dict[str, tuple[Callable[[Path], None], bool]] = {
    "nothing": (lambda _: None, True),
    "another time": (lambda root: os.utime(root / "x"), True),
    "the same text written again": (writes("x", "one"), True),
    "a file of another article": (writes("z", "three"), True),
    "another text": (writes("x", "two"), False),
    "a deleted file": (lambda root: (root / "x").unlink(), False),
    "a new file": (writes("y", ""), False),
    "no store": (lambda root: (root / "state/settled.json").unlink(), False),
    "a store that is no JSON": (writes("state/settled.json", "{"), False),
    "a store that is a list": (writes("state/settled.json", "[]"), False),
    "a store of another form": (edits('"form":1', '"form":0'), False),
    "files of another form": (edits('"files":[[', '"files":[["x"],['), False),
    "an entry without lines": (edits('"lines"', '"words"'), False),
    "an unknown severity": (edits('"warning"', '"mild"'), False),
}


@pytest.mark.parametrize(("change", "same"), CHANGES.values(), ids=CHANGES)
def test_an_article_is_unchanged_while_its_files_have_their_content(
    change: Callable[[Path], None], same: bool, tmp_path: Path
) -> None:
    store_article(tmp_path)
    change(tmp_path)
    assert (open_cache(tmp_path).get("a", ["x", "y"]) is not None) is same


def test_other_paths_or_another_key_are_a_change(tmp_path: Path) -> None:
    store_article(tmp_path)
    assert open_cache(tmp_path).get("a", ["y", "x"]) is None
    assert open_cache(tmp_path).get("a", ["x", "y", "z"]) is None
    assert open_cache(tmp_path, "another").get("a", ["x", "y"]) is None


def test_the_store_is_written_only_if_it_changed(tmp_path: Path) -> None:
    store_article(tmp_path)
    file = tmp_path / "state/settled.json"
    for key, written in (("key", False), ("another", True)):
        before = file.stat().st_ino
        open_cache(tmp_path).save(key)
        assert (file.stat().st_ino != before) is written
