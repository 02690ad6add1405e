"""Aligning long articles takes steps in proportion to their length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.alignment import lattice_window as windows
from pipeline.alignment.pairing import align
from pipeline.article.reading import read_article
from tests.steps import MOST, calls

if TYPE_CHECKING:
    from collections.abc import Callable

LONG: dict[str, tuple[Callable[[int], str], Callable[[int], str]]] = {
    "texts with numbers": (
        lambda n: f"The text {n} is here.",
        lambda n: f"Voici le texte {n}.",
    ),
    "experts": (
        lambda n: f"## Ann{n} Bo, Co (@a{n})\n\nSays Ann{n}.",
        lambda n: f"## Ann{n} Bo, Co (@a{n})\n\nAnn{n} le dit.",
    ),
    "experts with other handles": (
        lambda n: f"## Ann{n} Bo, Co (@a{n})\n\nSays she{n}.",
        lambda n: f"## Anna{n} Bo, Co (@b{n})\n\nElle{n} le dit.",
    ),
    "names that are headings in the version": (
        lambda n: f"## Ann{n} Bo, Co (@a{n})\n\nSays she{n}.",
        lambda n: f"## Ann{n} Bo!\n\nElle{n} le dit.",
    ),
    "one heading again and again": (
        lambda _: "## Same\n\ntext",
        lambda _: "## Pareil\n\ntexte",
    ),
    "headings that have nothing in common": (
        lambda n: f"## {hex(n * 7919)}\n\n{hex(n * 7907)}",
        lambda n: f"## {oct(n * 7933)}\n\n{oct(n * 7937)}",
    ),
}


_LONGER = pytest.mark.slow("four times as many calls as the others")
_SLOW = ("one heading again and again", "headings that have nothing in common")


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=_LONGER) if n in _SLOW else n for n in LONG]
)
def test_steps_grow_with_the_texts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is looked at widens up to 2,000 texts, and then no more; here it is narrow from the
    # start, so that some hundred texts show how the rest grows.
    monkeypatch.setattr(windows, "_WIDEST", 30)
    source, version = LONG[name]
    few, some, many = (_steps(source, version, times) for times in (150, 300, 600))
    assert (many - some) / (some - few) < MOST


def _steps(source: Callable[[int], str], version: Callable[[int], str], times: int) -> int:
    left, right = (
        read_article("\n\n".join(map(side, range(times))).encode(), "a.md")
        for side in (source, version)
    )
    return calls(lambda: align(left, right))
