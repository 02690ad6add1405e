"""Writing aligned texts into a catalogue."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment.filling import fill, is_outdated
from pipeline.alignment.lattice import DOUBTS, Alignment, Bead
from pipeline.alignment.pairing import align
from pipeline.findings import Severity
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
from tests.alignment.by_hand import SOURCE, VERSION, article, empty, filled

STRAIGHT = [Bead((n,), (n,), 0.97) for n in range(3)]


def test_one_text_for_each_unit() -> None:
    targets, catalog, findings = filled(STRAIGHT)
    assert targets == list(VERSION)
    assert findings == ()
    unit = catalog.units[0]
    assert unit.state is State.DRAFT
    assert unit.origin == Origin(
        OriginKind.ALIGNED, "fr.md 0.97", draft_digest(SOURCE[0], VERSION[0])
    )
    assert unit.untouched
    assert unit.comments == ()


def test_accepted_texts_are_reviewed_unless_in_doubt() -> None:
    beads = [
        Bead((0,), (0,), 0.8),
        Bead((1,), (1,), 0.79),
        Bead((2,), (2,), 0.9, DOUBTS["numbers"]),
    ]
    _, catalog, findings = filled(beads, accept=True)
    states = [unit.state for unit in catalog.units]
    assert states == [State.REVIEWED, State.DRAFT, State.DRAFT]
    assert [f.code for f in findings] == ["AL003", "AL003"]
    assert catalog.units[2].origin.signature == "fr.md 0.90 numbers"
    assert "the numbers differ" in findings[1].message
    assert findings[1].source == SOURCE[2]
    assert findings[1].place is not None
    assert findings[1].place.line == 7


def test_texts_are_drafts_unless_they_are_accepted() -> None:
    source, version = article(SOURCE, "en.md"), article(VERSION, "fr.md")
    new, _ = fill(empty(), source, version, Alignment(tuple(STRAIGHT)))
    assert {unit.state for unit in new.units} == {State.DRAFT}


def test_texts_of_a_version_in_the_same_language_are_no_copies() -> None:
    source, version = article(SOURCE, "en.md"), article(SOURCE, "en-GB.md")
    alignment = Alignment(tuple(STRAIGHT))
    new, findings = fill(empty(), source, version, alignment, other_language=False)
    assert [unit.target for unit in new.units] == list(SOURCE)
    assert findings == ()


def test_what_is_likelier_wrong_than_right_is_reported_and_not_written() -> None:
    beads = [STRAIGHT[0], Bead((1,), (2,), 0.49, DOUBTS["strange"]), Bead((2,), (1,), 0.5)]
    targets, _, findings = filled(beads)
    assert targets == [VERSION[0], "", VERSION[1]]
    assert [f.code for f in findings] == ["AL001", "AL003"]
    assert "the closest text is “Facebook a tout changé.”" in findings[0].message
    assert "little in common" in findings[0].message


def test_a_text_that_nobody_translated_is_reported_and_not_written() -> None:
    targets, catalog, findings = filled(STRAIGHT, (VERSION[0], SOURCE[1], "Facebook"), accept=True)
    assert targets == [VERSION[0], "", "Facebook"]
    assert [f.code for f in findings] == ["AL005"]
    assert findings[0].severity is Severity.WARNING
    assert catalog.units[1].state is State.EMPTY


def test_a_short_text_is_in_doubt_where_others_were_not_translated() -> None:
    texts = (SOURCE[0], "Facebook", "Un autre.", "Encore un.")
    source, version = article(texts, "en.md"), article((*texts[:2], "Le 3.", "Le 4."), "fr.md")
    beads = tuple(Bead((n,), (n,), 0.97, DOUBTS["order"] * (n == 1)) for n in range(4))
    new, findings = fill(empty(texts), source, version, Alignment(beads), accept=True)
    assert [u.state for u in new.units] == [
        State.EMPTY,
        State.DRAFT,
        State.REVIEWED,
        State.REVIEWED,
    ]
    assert [f.code for f in findings] == ["AL005", "AL003"]
    reason = "the text is the same in both languages; the order of the texts differs"
    assert reason in findings[1].message


@pytest.mark.parametrize(("equal", "untranslated"), [(4, 4), (3, 1)])
def test_names_are_not_translated_where_next_to_nothing_is(equal: int, untranslated: int) -> None:
    texts = (SOURCE[0], "Facebook", "Ada Lovelace", "Radio", "The others.")
    source, version = article(texts, "en.md"), article((*texts[:equal], *"bcd"), "fr.md")
    beads = tuple(Bead((n,), (n,), 0.97) for n in range(5))
    new, findings = fill(empty(texts), source, version, Alignment(beads))
    assert [unit.state for unit in new.units].count(State.EMPTY) == untranslated
    assert [finding.code for finding in findings].count("AL005") == untranslated


def test_a_link_label_is_no_words_that_nobody_translated() -> None:
    texts = ("Ada [Lovelace][the long label of a link]",)
    labels = frozenset({"the long label of a link"})
    source, version = article(texts, "en.md"), article(texts, "fr.md")
    alignment = Alignment((Bead((0,), (0,), 0.97),))
    for is_link in (False, True):
        source = replace(source, labels=labels if is_link else frozenset())
        new, _ = fill(empty(texts), source, version, alignment)
        assert (new.units[0].target == texts[0]) is is_link


@pytest.mark.parametrize("word", DOUBTS)
def test_every_doubt_has_its_word_in_the_signature(word: str) -> None:
    _, catalog, _ = filled([Bead((0,), (0,), 0.7, DOUBTS[word])])
    assert catalog.units[0].origin.signature == f"fr.md 0.70 {word}"


def test_several_texts_for_one_unit_are_joined() -> None:
    halves = ("Leur première campagne passait à la radio.", "Personne ne l’écoutait.")
    version = (VERSION[0], *halves, VERSION[2])
    beads = [Bead((0,), (0,), 0.9), Bead((1,), (1, 2), 0.9), Bead((2,), (3,), 0.9)]
    targets, catalog, _ = filled(beads, version)
    assert targets == list(VERSION)
    assert catalog.units[1].origin.signature == "fr.md 0.90 joined"


def test_equal_numbers_are_paired_in_order() -> None:
    targets, catalog, findings = filled([Bead((0, 1), (0, 1), 0.6, DOUBTS["order"])])
    assert targets == [VERSION[0], VERSION[1], ""]
    assert [f.code for f in findings] == ["AL003", "AL003"]
    assert catalog.units[0].origin.signature == "fr.md 0.60 order"


def test_other_numbers_are_reported() -> None:
    targets, _, (finding,) = filled([Bead((0, 1, 2), (0, 1), 0.9)], (VERSION[0], "Oui"))
    assert targets == ["", "", ""]
    assert (finding.code, finding.source) == ("AL004", SOURCE[0])
    assert finding.message == (
        "“L’agence a été fondée en 1998 par deux frères de Denver. Oui” in source/a/fr.md "
        "translates 3 texts of the source and could not be divided among them: it was not used"
    )


def test_what_is_unmatched_is_reported() -> None:
    beads = [Bead((0,), (), 0.9), Bead((), (2,), 0.9)]
    targets, _, findings = filled(beads)
    assert targets == ["", "", ""]
    assert [(f.code, f.severity) for f in findings] == [
        ("AL001", Severity.INFO),
        ("AL002", Severity.WARNING),
    ]
    missing, extra = findings
    assert "The agency was founded" in missing.message
    assert missing.place is not None
    assert (missing.place.path, missing.place.line) == ("source/a/en.md", 3)
    assert "Facebook a tout" in extra.message
    assert extra.place is not None
    assert (extra.place.path, extra.place.line) == ("source/a/fr.md", 7)


def test_units_that_are_not_empty_are_never_touched() -> None:
    units = (
        Unit("introduction", SOURCE[0], "Fait par moi", State.REVIEWED, comments=("mine",)),
        Unit("introduction", SOURCE[1], "Brouillon", State.DRAFT),
        Unit("introduction", SOURCE[2]),
    )
    catalog = Catalog("a", "fr", units)
    beads = [Bead((0,), (), 0.9), Bead((1,), (0,), 0.3, DOUBTS["close"]), Bead((2,), (2,), 0.9)]
    _, new, findings = filled(beads, catalog=catalog)
    assert new.units[:2] == units[:2]
    assert new.units[2].target == VERSION[2]
    assert findings == ()


ALIGNED = Unit(
    "introduction",
    SOURCE[0],
    "Un ancien texte",
    State.DRAFT,
    origin=Origin(OriginKind.ALIGNED, "fr.md 0.90", text_hash("Un ancien texte")),
    previous=Previous("An old text"),
)
"""Untouched draft of an earlier alignment."""
MACHINE = ALIGNED._replace(origin=ALIGNED.origin._replace(kind=OriginKind.MACHINE))


@pytest.mark.parametrize(
    ("unit", "renewed", "renewed_if_replaced"),
    [
        (ALIGNED, True, True),
        (ALIGNED._replace(state=State.REVIEWED), False, False),
        (ALIGNED._replace(target="Un texte corrigé"), False, False),
        (MACHINE, False, True),
        (MACHINE._replace(state=State.REVIEWED), False, False),
        (MACHINE._replace(target="Un texte corrigé"), False, False),
        (ALIGNED._replace(origin=Origin()), False, False),
    ],
)
def test_only_drafts_that_no_human_touched_are_renewed(
    unit: Unit, renewed: bool, renewed_if_replaced: bool
) -> None:
    catalog = Catalog("a", "fr", (unit, *empty().units[1:]))
    source, version = article(SOURCE, "en.md"), article(VERSION, "fr.md")
    # Also where the unit beside it is empty, and takes its own part of the bead.
    for beads in ((Bead((0,), (0,), 0.9),), (Bead((0, 1), (0, 1), 0.9),)):
        for is_replaced, expected in ((False, renewed), (True, renewed_if_replaced)):
            alignment = Alignment(beads)
            new, _ = fill(catalog, source, version, alignment, is_replaced=is_replaced)
            assert (new.units[0].target == VERSION[0]) is expected
            assert new.units[0].previous == (None if expected else unit.previous)
            assert expected or new.units[0] == unit


@pytest.mark.parametrize(
    ("unit", "texts", "outdated"),
    [
        (ALIGNED, VERSION, True),
        (ALIGNED, ("Un ancien texte",), False),
        (ALIGNED, ("Encore", "Un ancien", "texte"), False),  # joined
        (ALIGNED, ("Un ancien texte. Encore un.",), False),  # divided
        (ALIGNED._replace(target="Un texte corrigé"), VERSION, False),
        (ALIGNED._replace(state=State.REVIEWED), VERSION, False),
        (MACHINE, VERSION, False),
    ],
)
def test_a_catalogue_is_outdated_by_a_text_that_its_version_lost(
    unit: Unit, texts: tuple[str, ...], outdated: bool
) -> None:
    kept = ALIGNED._replace(source=SOURCE[1], target=texts[0])
    kept = kept._replace(origin=kept.origin._replace(digest=text_hash(texts[0])))
    version = article(texts, "fr.md")
    assert is_outdated(Catalog("a", "fr", (kept, unit)), version) is outdated
    assert not is_outdated(Catalog("a", "fr", (kept,)), version)


TITLE = "word " * 11 + "tail, and more"


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("One  two\nthree", "One two three"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 60 + " …"),
        (TITLE, "word " * 11 + "…"),
    ],
)
def test_messages_quote_the_first_words(text: str, excerpt: str) -> None:
    _, _, (finding,) = filled([Bead((), (0,), 0.9)], (text,))
    assert finding.message == f"“{excerpt}” in source/a/fr.md has no counterpart in the source"
    assert (finding.context, finding.source) == ("introduction", "")


def test_messages_name_both_texts_and_say_what_becomes_of_them() -> None:
    version = (SOURCE[0], "Oui.", "Non.", VERSION[2])
    beads = [
        Bead((0,), (0,), 0.9),
        Bead((1,), (1, 2), 0.3, "the texts have little in common"),
        Bead((2,), (3,), 0.7),
    ]
    _, catalog, findings = filled(beads, version)
    assert [(f.code, f.severity, f.message) for f in findings] == [
        (
            "AL005",
            Severity.WARNING,
            "“The agency was founded in 1998 by two brothers from Denver.” in source/a/fr.md is "
            "not translated: its entry stays empty",
        ),
        (
            "AL001",
            Severity.INFO,
            "source/a/fr.md has no certain translation of “Their first campaign ran on the radio. "
            "Nobody listened to …”: the entry stays empty; the closest text is “Oui. Non.” "
            "(the texts have little in common, confidence 0.30)",
        ),
        (
            "AL003",
            Severity.INFO,
            "“Facebook changed everything.” was paired with “Facebook a tout changé.”, but the "
            "pair is not certain enough (confidence 0.70)",
        ),
    ]
    assert [f.source for f in findings] == list(SOURCE)
    assert {f.context for f in findings} == {"introduction"}
    assert catalog.units[2].origin.signature == "fr.md 0.70"


def test_texts_of_a_page_that_a_build_replaces_are_reported_if_no_entry_has_them() -> None:
    units = (
        Unit("introduction", SOURCE[0], "Fait par moi", State.REVIEWED),
        Unit("introduction", SOURCE[1], " ".join(VERSION[:2]), State.REVIEWED),
        Unit("introduction", SOURCE[2], "Moi", State.REVIEWED),
    )
    source = article((*SOURCE, "No unit."), "en.md")
    divided, joined = f"Fait par  moi {VERSION[0]}", "".join(VERSION[:2])
    version = article(("Moi", "Perdu.", divided, joined, "Seul"), "fr.md")
    beads = (Bead((0, 3), (0, 1), 0.9), Bead((0, 1), (2, 3), 0.9), Bead((2,), (4,), 0.9))
    catalog = Catalog("a", "fr", units)
    assert fill(catalog, source, version, Alignment(beads))[1] == ()
    _, findings = fill(catalog, source, version, Alignment(beads), is_replaced=True)
    assert [(f.code, f.severity, f.message, f.context, f.source) for f in findings] == [
        (
            "AL006",
            Severity.WARNING,
            f"“{text}” in fr.md is in no catalogue entry: built pages will not have it",
            "introduction",
            "",
        )
        for text in ("Perdu.", "Seul")
    ]
    places = [finding.place for finding in findings]
    assert [place and (place.path, place.line) for place in places] == [("fr.md", 5), ("fr.md", 11)]


def test_filling_twice_is_filling_once() -> None:
    _, once, _ = filled(STRAIGHT)
    _, twice, findings = filled(STRAIGHT, catalog=once)
    assert twice == once
    assert findings == ()


def test_segments_without_a_unit_are_passed_over() -> None:
    catalog = Catalog("a", "fr", empty().units[1:])
    targets, _, findings = filled([Bead((0,), (), 0.9), *STRAIGHT[1:]], catalog=catalog)
    assert targets == list(VERSION[1:])
    assert findings == ()


def test_the_first_text_wins_where_segments_share_a_unit() -> None:
    source = article((SOURCE[0], SOURCE[0], SOURCE[0]), "en.md")
    version = article(VERSION, "fr.md")
    beads = (Bead((0,), (), 0.9), Bead((1,), (1,), 0.9), Bead((2,), (2,), 0.9))
    catalog, findings = fill(empty(SOURCE[:1]), source, version, Alignment(beads))
    assert [unit.target for unit in catalog.units] == [VERSION[1]]
    assert findings == ()


@pytest.mark.parametrize(
    "path", ["fr.md", "a b\tc.md", "x/" + "y" * 80 + ".md", "dir/été\u2028fr.md"]
)
def test_the_provenance_fits_in_one_line(path: str) -> None:
    _, catalog, _ = filled([Bead((0,), (0, 1), 0.7, DOUBTS["numbers"])], path=path)
    origin = catalog.units[0].origin
    line = f"# pipeline: aligned {origin.signature} {origin.digest}"
    assert len(line) < 78
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize(
    ("confidence", "shown"), [(1.0, "1.00"), (0.999, "0.99"), (0.7999, "0.79"), (0.5, "0.50")]
)
def test_confidence_is_never_rounded_up(confidence: float, shown: str) -> None:
    _, catalog, _ = filled([Bead((0,), (0,), confidence)])
    assert catalog.units[0].origin.signature.split()[1] == shown


_texts = st.lists(st.sampled_from([*SOURCE, *VERSION, "Oui. Non.", "x"]), max_size=5)


@given(_texts, _texts, st.booleans())
def test_laws_hold_for_any_two_articles(left: list[str], right: list[str], accept: bool) -> None:
    source, version = article(tuple(left), "en.md"), article(tuple(right), "fr.md")
    catalog = empty(tuple(left))
    copy = replace(catalog)
    alignment = align(source, version)
    new, findings = fill(catalog, source, version, alignment, accept=accept)
    assert catalog == copy
    assert [u.key for u in new.units] == [u.key for u in catalog.units]
    assert fill(catalog, source, version, alignment, accept=accept) == (new, findings)
    assert fill(new, source, version, alignment, accept=accept)[0].units == new.units
    for unit in new.units:
        assert (unit.state is State.EMPTY) == (not unit.target)
        assert unit.state is State.EMPTY or unit.untouched
