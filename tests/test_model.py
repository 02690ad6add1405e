"""Values of the data model."""

from __future__ import annotations

import pytest

from pipeline.model import (
    Article,
    Origin,
    OriginKind,
    Section,
    State,
    Unit,
    draft_digest,
    text_hash,
)


def test_terms_are_what_is_known_of_a_speaker_each_once() -> None:
    ada = Section("ada", "Ada", 1, True, "Ada Byron", "Engine Ltd", "@ada")
    alan = Section("alan", "Alan", 5, True, "Alan Mathison", "Engine Ltd")
    assert alan.terms == ("Alan Mathison", "Engine Ltd")
    article = Article("en.md", b"", (), (Section("", "", 1), ada, alan))
    assert article.terms == ("Ada Byron", "Engine Ltd", "@ada", "Alan Mathison")


OLD = Origin(OriginKind.MACHINE, "google", text_hash("Un"))
MACHINE = OLD._replace(digest=draft_digest("One", "Un"))
ACCEPTED = MACHINE._replace(kind=OriginKind.ACCEPTED, signature="2026-11-30")


@pytest.mark.parametrize(
    ("target", "origin", "untouched"),
    [
        ("Un", MACHINE, True),
        ("Un", OLD, True),
        ("Un", MACHINE._replace(digest=draft_digest("Two", "Un")), True),
        ("Un", ACCEPTED, False),
        ("Un", MACHINE._replace(kind=OriginKind.ALIGNED), True),
        ("Un", MACHINE._replace(kind=OriginKind.HUMAN), False),
        ("Un", Origin(), False),
        ("Une", MACHINE, False),
        ("Une", OLD, False),
        ("", OLD._replace(digest=text_hash("")), False),
    ],
)
def test_a_unit_is_untouched_while_its_target_is_the_machine_s(
    target: str, origin: Origin, untouched: bool
) -> None:
    unit = Unit("c", "One", target, State.DRAFT, origin)
    assert unit.untouched is untouched
    assert unit.key == ("c", "One")


@pytest.mark.parametrize(
    ("source", "target", "state", "origin", "outdated"),
    [
        ("One", "Un", State.DRAFT, MACHINE, False),
        ("Two", "Un", State.DRAFT, MACHINE, True),
        ("Two", "Un", State.DRAFT, MACHINE._replace(kind=OriginKind.ALIGNED), True),
        ("Two", "Une", State.DRAFT, MACHINE, False),
        ("Two", "Un", State.REVIEWED, MACHINE, False),
        ("Two", "Un", State.DRAFT, OLD, False),
        ("Two", "Un", State.DRAFT, Origin(), False),
        ("Two", "Un", State.DRAFT, ACCEPTED, False),
    ],
)
def test_a_draft_is_outdated_if_it_was_made_of_another_source(
    source: str, target: str, state: State, origin: Origin, outdated: bool
) -> None:
    assert Unit("c", source, target, state, origin).is_outdated is outdated


@pytest.mark.parametrize(
    ("target", "state", "origin", "false"),
    [
        ("Un", State.DRAFT, MACHINE, False),
        ("Un", State.REVIEWED, OLD, False),
        ("Une", State.DRAFT, MACHINE, True),
        ("Une", State.REVIEWED, OLD, True),
        ("", State.EMPTY, MACHINE, True),
        ("Une", State.REVIEWED, Origin(), False),
        ("Un", State.REVIEWED, ACCEPTED, False),
        ("Un", State.DRAFT, ACCEPTED, True),
        ("Une", State.REVIEWED, ACCEPTED, True),
    ],
)
def test_an_origin_is_false_once_a_human_edits_the_target(
    target: str, state: State, origin: Origin, false: bool
) -> None:
    unit = Unit("c", "One", target, state, origin)
    assert unit.has_false_origin is false
    assert unit.without_false_origin() == (unit._replace(origin=Origin()) if false else unit)


def test_an_origin_that_was_true_stays_true_with_other_texts() -> None:
    def digest(unit: Unit, source: str, target: str) -> str:
        return unit.with_texts(source, target).origin.digest

    unit = Unit("c", "One", "Un", State.DRAFT, MACHINE)
    assert unit.with_texts("One", "Un") == unit
    assert unit.with_texts("Two", "Deux")[:3] == ("c", "Two", "Deux")
    assert digest(unit, "Two", "Deux") == draft_digest("Two", "Deux")
    assert digest(unit._replace(origin=OLD), "One", "Un") == MACHINE.digest
    # A correction of an outdated draft does not make it a draft of the new source.
    assert digest(unit._replace(source="Two"), "Two", "Deux") == draft_digest("One", "Deux")
    assert digest(unit._replace(target="Une"), "Two", "Deux") == MACHINE.digest
    assert unit._replace(origin=Origin()).with_texts("Two", "Deux").origin == Origin()


def test_hashes_stay_as_they_are_in_catalogues() -> None:
    assert text_hash("Un") == "a1b634b7"
    assert draft_digest("One", "Un") == "a1b634b7bc801cbe"
    assert text_hash("") != text_hash("\ud800") != text_hash("Un")
