"""Which lost marks are a batch, and what an acceptance changes."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.catalogue.acceptance import accept_draft, accept_offered, restore_drafts
from pipeline.model import (
    Catalog,
    Origin,
    OriginKind,
    Previous,
    State,
    Unit,
    draft_digest,
    text_hash,
)

DAY = date(2026, 11, 30)
KINDS = [OriginKind.MACHINE, OriginKind.ALIGNED]


def draft(number: int, kind: OriginKind = OriginKind.MACHINE) -> Unit:
    source, target = f"Text {number}", f"Texte {number}"
    origin = Origin(kind, "google", draft_digest(source, target))
    return Unit("x", source, target, State.DRAFT, origin)


def bare(unit: Unit) -> Unit:
    return unit._replace(state=State.REVIEWED, origin=Origin())


def catalogue(*units: Unit) -> Catalog:
    return Catalog("a", "fr", units)


@pytest.mark.parametrize(
    ("lost", "intact", "human", "restored"),
    [
        (0, 5, 5, 0),
        (2, 0, 0, 0),
        (2, 0, 9, 0),
        (3, 0, 0, 3),
        (3, 0, 9, 3),
        (3, 2, 0, 3),
        (3, 3, 0, 0),
        (20, 9, 0, 20),
        (9, 20, 0, 0),
        (0, 0, 9, 0),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fuzzy", [True, False], ids=["fuzzy", "mark removed"])
def test_a_batch_is_most_drafts_and_three(
    lost: int, intact: int, human: int, restored: int, kind: OriginKind, fuzzy: bool
) -> None:
    drafts = [draft(number, kind) for number in range(lost + intact)]
    rest = [unit if fuzzy else unit._replace(state=State.REVIEWED) for unit in drafts[lost:]]
    people = [bare(draft(number)) for number in range(100, 100 + human)]
    catalog = catalogue(*map(bare, drafts[:lost]), *rest, *people)
    origins = {unit.key: unit.origin for unit in drafts}
    new, units = restore_drafts(catalog, lambda unit: origins.get(unit.key))
    assert units == tuple(drafts[:restored])
    assert new.units == (*units, *catalog.units[restored:])
    if not restored:
        assert new is catalog


def test_a_restored_draft_is_of_the_texts_that_it_has() -> None:
    drafts = [draft(number) for number in range(3)]
    old = Origin(OriginKind.MACHINE, "google", text_hash("Texte 0"))
    _, units = restore_drafts(catalogue(*map(bare, drafts)), lambda _: old)
    assert units == tuple(drafts)


@pytest.mark.parametrize("kind", KINDS)
def test_an_accepted_draft_says_so(kind: OriginKind) -> None:
    unit = draft(1, kind)
    origin = Origin(OriginKind.ACCEPTED, "2026-11-30", unit.origin.digest)
    assert accept_draft(unit, DAY) == unit._replace(state=State.REVIEWED, origin=origin)
    older = unit._replace(previous=Previous("Text"), comments=("Sue", "pipeline: carried 1 → 2"))
    expected = unit._replace(state=State.REVIEWED, origin=origin, comments=("Sue",))
    assert accept_draft(older, DAY) == expected


def test_a_human_s_draft_is_accepted_without_a_word() -> None:
    unit = draft(1)._replace(target="Mot")
    for one in (unit, unit._replace(origin=Origin())):
        expected = one._replace(state=State.REVIEWED, origin=Origin())
        assert accept_draft(one, DAY) == expected


EMPTY = Unit("x", "Text 1")
PERSON = draft(1)._replace(origin=Origin())
OFFER = bare(draft(1))
OTHER = OFFER._replace(target="Autre")


@pytest.mark.parametrize(
    ("unit", "offer", "expected", "counts"),
    [
        (draft(1), OFFER, accept_draft(draft(1), DAY), (1, 0)),
        (draft(1), OFFER._replace(context=""), accept_draft(draft(1), DAY), (1, 0)),
        (draft(1), OTHER, OTHER, (1, 0)),
        (draft(1), OTHER._replace(context=""), draft(1), (0, 0)),
        (draft(1), OFFER._replace(context="y"), draft(1), (0, 0)),
        (draft(1), draft(1), draft(1), (0, 0)),
        (draft(1), EMPTY, draft(1), (0, 0)),
        (EMPTY, OFFER, OFFER, (1, 0)),
        (EMPTY, OFFER._replace(context=""), EMPTY, (0, 0)),
        (PERSON, OFFER, OFFER, (1, 0)),
        (PERSON, OTHER, PERSON, (0, 1)),
        (OFFER, OFFER, OFFER, (0, 0)),
        (OFFER, OTHER, OFFER, (0, 1)),
        (draft(1)._replace(target="Mot"), OTHER, draft(1)._replace(target="Mot"), (0, 1)),
    ],
)
def test_an_offer_is_accepted_unless_a_human_wrote_otherwise(
    unit: Unit, offer: Unit, expected: Unit, counts: tuple[int, int]
) -> None:
    acceptance = accept_offered(catalogue(draft(2), unit), [offer], DAY)
    assert acceptance.catalog.units == (draft(2), expected)
    assert (acceptance.accepted, acceptance.kept) == counts
    again = accept_offered(acceptance.catalog, [offer], DAY)
    assert again == (acceptance.catalog, 0, counts[1])


def test_texts_that_are_accepted_and_kept_are_counted() -> None:
    drafts = [draft(number) for number in range(6)]
    people = [draft(number)._replace(origin=Origin()) for number in range(6, 8)]
    offers = [bare(unit) for unit in drafts[:2]]
    offers += [bare(unit)._replace(target="Autre") for unit in (*drafts[2:4], *people)]
    acceptance = accept_offered(catalogue(*drafts, *people), offers, DAY)
    assert (acceptance.accepted, acceptance.kept) == (4, 2)
