"""When a catalogue is ready to be published, and what its obsolete entries still translate."""

from __future__ import annotations

import pytest

from pipeline.catalogue.comments import WITHDRAWN
from pipeline.catalogue.publication import (
    find_complete,
    is_publishable,
    is_withdrawn,
    last_reviewed,
    needs_translation,
    omission,
    readiness,
    reviewed_obsolete,
)
from pipeline.model import Catalog, Previous, State, Unit

EMPTY, DRAFT, REVIEWED = State.EMPTY, State.DRAFT, State.REVIEWED


def unit(source: str, state: State = REVIEWED, note: str = "paragraph", context: str = "x") -> Unit:
    return Unit(context, source, "t" if state is not EMPTY else "", state, notes=(note,))


def of(*units: Unit) -> Catalog:
    return Catalog("a", "fr", units)


LIMITS = [
    ([], 1.0, True),
    ([DRAFT], 0.0, True),
    ([REVIEWED, DRAFT], 0.5, True),
    ([REVIEWED, DRAFT], 0.51, False),
    ([REVIEWED, EMPTY], 1.0, False),
    ([REVIEWED, REVIEWED], 1.0, True),
]


@pytest.mark.parametrize(("states", "publish_at", "expected"), LIMITS)
def test_a_catalogue_at_the_limit_may_be_published(
    states: list[State], publish_at: float, expected: bool
) -> None:
    units = (unit(f"Text {n}", state) for n, state in enumerate(states))
    assert is_publishable(of(*units), publish_at) is expected


def test_words_count_not_texts() -> None:
    catalog = of(unit("One two three four five six seven eight nine"), unit("Ten", EMPTY))
    assert readiness(catalog).share == 0.9


REQUIRED = [
    ((unit("A", DRAFT, "title", "front-matter"),), ("title",)),
    ((unit("A", EMPTY, "description", "front-matter"),), ("description",)),
    ((unit("A", EMPTY, "title, description", "front-matter"),), ("title", "description")),
    ((unit("A", EMPTY, "category", "front-matter"),), ()),
    ((unit("A", EMPTY, "heading", "introduction"),), ("title",)),
    ((unit("A", EMPTY, "heading", "conclusion"),), ()),
    (
        (
            unit("A", REVIEWED, "title", "front-matter"),
            unit("B", EMPTY, "heading", "introduction"),
        ),
        (),
    ),
]


@pytest.mark.parametrize(("units", "lacking"), REQUIRED)
def test_title_and_description_are_always_required(
    units: tuple[Unit, ...], lacking: tuple[str, ...]
) -> None:
    catalog = of(*units, unit("Many words that were reviewed by somebody."))
    assert readiness(catalog).lacking == lacking
    assert is_publishable(catalog, 0.1) is not bool(lacking)
    assert is_publishable(catalog, 0.1, frozenset(one.key for one in units))


NEEDLESS = [
    "Rosa Lindqvist",
    "**Rosa Lindqvist**, 3",
    "[Rosa Lindqvist](https://example.org/rosa)",
    "https://example.org",
    "12.5 %",
    "5 km",
    "`make all`",
    "@rosa_grows",
    "<br>",
    "{count}",
    "",
]
NEEDED = ["Contact", "Rosa Lindqvist says", "5 apples", "[here](x.md)", "Rosa", "*yes*"]


@pytest.mark.parametrize(
    ("text", "expected"), [(t, False) for t in NEEDLESS] + [(t, True) for t in NEEDED]
)
def test_names_numbers_and_links_need_no_translation(text: str, expected: bool) -> None:
    assert needs_translation(text, ("Rosa Lindqvist",), frozenset()) is expected


def test_what_is_complete_does_not_count() -> None:
    left_out = unit("Of no use in French", EMPTY)._replace(comments=("pipeline: omit idiom",))
    units = (unit("One two"), unit("Ada Byron", EMPTY), left_out, unit("Three", EMPTY))
    complete = find_complete(units, ("Ada Byron",))
    assert complete == {("x", "Ada Byron"), ("x", "Of no use in French")}
    assert readiness(of(*units), complete).share == 2 / 3
    assert find_complete((unit("Ada Byron"),), ("Ada Byron",)) == frozenset()


@pytest.mark.parametrize(
    ("comments", "reason"),
    [
        (("pipeline: omit the law is another here",), "the law is another here"),
        (("mine", "pipeline: omit: an idiom"), "an idiom"),
        (("pipeline: omit",), ""),
        (("pipeline: omitted",), None),
        (("omit this",), None),
        ((), None),
    ],
)
def test_a_translator_may_leave_a_text_out(comments: tuple[str, ...], reason: str | None) -> None:
    assert omission(Unit("x", "A", comments=comments)) == reason


def edited(previous: Previous | None, context: str = "x") -> Unit:
    return Unit(context, "New", "d", DRAFT, previous=previous)


OLD = Unit("x", "Old", "Vieux", REVIEWED)
EARLIER = [
    ("by the previous source", edited(Previous("Old")), (OLD,), (), OLD),
    ("no previous source", edited(None), (OLD,), (), None),
    ("another text", edited(Previous("Older")), (OLD,), (), None),
    ("another speaker's", edited(Previous("Old", "x"), "y"), (OLD,), ("y",), None),
    ("moved without a speaker", edited(Previous("Old", "x"), "y"), (OLD,), ("x", "y"), OLD),
    ("section renamed", edited(Previous("Old", "w"), "y"), (OLD,), ("x", "y"), OLD),
    ("never reviewed", edited(Previous("Old")), (OLD._replace(state=DRAFT),), (), None),
    (
        "its own section first",
        edited(Previous("Old")),
        (OLD._replace(context="y", target="Autre"), OLD),
        ("x", "y"),
        OLD,
    ),
]


@pytest.mark.parametrize(
    ("now", "gone", "shared", "expected"),
    [case[1:] for case in EARLIER],
    ids=[c[0] for c in EARLIER],
)
def test_the_last_reviewed_translation(
    now: Unit, gone: tuple[Unit, ...], shared: tuple[str, ...], expected: Unit | None
) -> None:
    obsolete = reviewed_obsolete(Catalog("a", "fr", (now,), gone))
    assert last_reviewed(now, obsolete, shared) == expected


def test_a_withdrawn_translation() -> None:
    assert is_withdrawn(OLD._replace(comments=("mine", WITHDRAWN)))
    assert not is_withdrawn(OLD)
