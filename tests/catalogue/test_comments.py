"""Suggestions removed from translators' comments."""

from __future__ import annotations

import pytest

from pipeline.catalogue.comments import carried, without_outdated, without_suggestions
from pipeline.model import State, Unit

SUGGESTION = "pipeline: similar 73 %: Salt the soup. → Salez la soupe."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((SUGGESTION,), ()),
        (("mine", SUGGESTION, "yours"), ("mine", "yours")),
        ((SUGGESTION, SUGGESTION.replace("73", "100")), ()),
        ((SUGGESTION, "pipeline: ignore TY101"), ("pipeline: ignore TY101",)),
    ],
)
def test_suggestions_go(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    unit = Unit("c", "One", "Un", State.REVIEWED, comments=before)
    assert without_suggestions(unit) == unit._replace(comments=after)


@pytest.mark.parametrize(
    "comment",
    [
        "mine",
        f"see {SUGGESTION}",
        "pipeline: similar to the one above",
        "pipeline: similar x %: One",
        "pipeline: machine google 12345678",
    ],
)
def test_what_is_none_stays(comment: str) -> None:
    for comments in ((comment,), ()):
        unit = Unit("c", "One", comments=comments)
        assert without_suggestions(unit) is unit


CARRIED = carried("40", "50")


@pytest.mark.parametrize(
    ("unit", "comments"),
    [
        (Unit("c", "One", "Un", State.REVIEWED), ("mine",)),
        (Unit("c", "One", "Un", State.DRAFT), ("mine", CARRIED)),
        (Unit("c", "One"), ("mine", SUGGESTION, CARRIED)),
    ],
)
def test_comments_go_when_they_are_outdated(unit: Unit, comments: tuple[str, ...]) -> None:
    before = unit._replace(comments=("mine", SUGGESTION, CARRIED))
    after = unit._replace(comments=comments)
    assert without_outdated(before) == after
    assert without_outdated(after) is after
