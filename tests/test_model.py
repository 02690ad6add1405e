"""Values of the data model."""

from __future__ import annotations

import pytest

from pipeline.model import Article, Origin, OriginKind, Section, State, Unit, text_hash


def test_terms_are_what_is_known_of_a_speaker_each_once() -> None:
    ada = Section("ada", "Ada", 1, True, "Ada Byron", "Engine Ltd", "@ada")
    alan = Section("alan", "Alan", 5, True, "Alan Mathison", "Engine Ltd")
    assert alan.terms == ("Alan Mathison", "Engine Ltd")
    article = Article("en.md", b"", (), (Section("", "", 1), ada, alan))
    assert article.terms == ("Ada Byron", "Engine Ltd", "@ada", "Alan Mathison")


MACHINE = Origin(OriginKind.MACHINE, "google", text_hash("Un"))


@pytest.mark.parametrize(
    ("target", "origin", "untouched"),
    [
        ("Un", MACHINE, True),
        ("Un", MACHINE._replace(kind=OriginKind.ALIGNED), True),
        ("Un", MACHINE._replace(kind=OriginKind.HUMAN), False),
        ("Un", Origin(), False),
        ("Une", MACHINE, False),
        ("", MACHINE._replace(digest=text_hash("")), False),
    ],
)
def test_a_unit_is_untouched_while_its_target_is_the_machine_s(
    target: str, origin: Origin, untouched: bool
) -> None:
    unit = Unit("c", "One", target, State.DRAFT, origin)
    assert unit.untouched is untouched
    assert unit.key == ("c", "One")


def test_hashes_stay_as_they_are_in_catalogues() -> None:
    assert text_hash("Un") == "a1b634b7"
    assert text_hash("") != text_hash("\ud800") != text_hash("Un")
