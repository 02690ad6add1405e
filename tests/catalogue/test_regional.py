"""Texts of a regional locale that stand in its base."""

from __future__ import annotations

from pipeline.catalogue.regional import base_texts, is_from_base, with_base_texts
from pipeline.model import Catalog, Origin, OriginKind, State, Unit, draft_digest


def done(source: str, target: str) -> Unit:
    return Unit("x", source, target, State.REVIEWED)


def draft(source: str, target: str, signature: str) -> Unit:
    origin = Origin(OriginKind.MACHINE, signature, draft_digest(source, target))
    return Unit("x", source, target, State.DRAFT, origin)


FR = Catalog(
    "a",
    "fr",
    (
        done("One", "Un"),
        done("Two", "Deux"),
        Unit("x", "Three", "Trois", State.DRAFT),
        Unit("x", "Four"),
        done("Five", "Cinq"),
        done("Six", "Six"),
    ),
)
CA = Catalog(
    "a",
    "fr_CA",
    (
        done("One", "Une"),
        Unit("x", "Two"),
        Unit("x", "Three"),
        Unit("x", "Four"),
        draft("Five", "Cinq", "memory fr"),
        draft("Six", "6", "apertium eng-fra"),
    ),
)


def shown(catalog: Catalog) -> list[tuple[str, str]]:
    return [(unit.target, unit.state.value) for unit in catalog.units]


def test_a_page_has_the_reviewed_texts_of_the_base() -> None:
    reviewed = "reviewed"
    assert shown(with_base_texts(CA, [FR], drafts=False)) == [
        ("Une", reviewed),
        ("Deux", reviewed),
        ("", "empty"),
        ("", "empty"),
        ("Cinq", reviewed),
        ("Six", reviewed),
    ]
    assert shown(with_base_texts(CA, [FR], drafts=True))[-2:] == [
        ("Cinq", reviewed),
        ("6", "draft"),
    ]


def test_without_reviewed_texts_the_catalogue_is_the_same() -> None:
    assert with_base_texts(CA, [], drafts=False) is CA
    assert with_base_texts(CA, [Catalog("a", "fr", FR.units[2:4])], drafts=False) is CA


def test_the_first_base_counts() -> None:
    other = Catalog("a", "fr_FR", (done("Two", "2"), done("Seven", "Sept")))
    texts = {source: found[0] for (_, source), found in base_texts([FR, other]).items()}
    assert texts == {"Two": "fr", "Seven": "fr_FR", "One": "fr", "Five": "fr", "Six": "fr"}


def test_a_draft_from_the_base_is_known_until_somebody_touches_it() -> None:
    unit = CA.units[4]
    assert is_from_base(unit, [FR])
    assert not is_from_base(unit, [])
    assert not is_from_base(unit._replace(state=State.REVIEWED), [FR])
    assert not is_from_base(unit._replace(target="Cinque"), [FR])
    assert not is_from_base(CA.units[5], [FR])
