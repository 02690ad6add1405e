"""Many matches in one text, whose byte offsets are resolved in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pipeline.gate.grammar.lingotweaker import _convert

if TYPE_CHECKING:
    from tests.counting import Task, Work

__all__ = ["MATCHES"]

_SENTENCE = "é😀 teh. "


def _work(size: int) -> Task:
    data = (_SENTENCE * size).encode()
    each = len(data) // size
    found = [
        {
            "rule_id": "R",
            "message": "Wrong.",
            "offset": each * number + 7,
            "length": 3,
            "suggestions": ["right"],
            "category_id": "C",
            "issue_type": None,
        }
        for number in range(size)
    ]
    return partial(_convert, found, data.decode(), len(data))


MATCHES: dict[str, Work] = {"LingoTweaker": _work}
