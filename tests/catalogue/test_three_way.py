"""Three versions of a catalogue make one; no human text is lost, and none is reviewed by itself."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue.comments import WITHDRAWN
from pipeline.catalogue.merging import EditKind, merge
from pipeline.catalogue.three_way import merge_lines, merge_versions
from pipeline.model import (
    Catalog,
    Origin,
    OriginKind,
    Previous,
    Reference,
    State,
    Unit,
    draft_digest,
)

EMPTY, DRAFT, REVIEWED = State.EMPTY, State.DRAFT, State.REVIEWED
KEY = ("ada", "One, two.")


def text(target: str, state: State = REVIEWED, **changes: object) -> Unit:
    return Unit(*KEY, target, state if target else EMPTY)._replace(**changes)  # type: ignore[arg-type]


def machine(target: str, kind: OriginKind = OriginKind.MACHINE) -> Unit:
    return text(target, DRAFT, origin=Origin(kind, "x", draft_digest(KEY[1], target)))


def catalog(*units: Unit | None, obsolete: tuple[Unit, ...] = ()) -> Catalog:
    return Catalog("a", "fr", tuple(unit for unit in units if unit), obsolete)


NONE = text("")
OLD, A, B = text("old"), text("A"), text("B")
FUZZY_A = text("A", DRAFT)
ALIGNED = machine("aligned", OriginKind.ALIGNED)
BOTH = text(
    "#-#-#-#-#  ours (reviewed)  #-#-#-#-#\nA\n#-#-#-#-#  theirs (reviewed)  #-#-#-#-#\nB", DRAFT
)
ACCEPTED = text("old", origin=Origin(OriginKind.ACCEPTED, "2026-01-01", draft_digest("x", "old")))

TRANSLATIONS: list[tuple[Unit | None, Unit | None, Unit | None, Unit]] = [
    # base, ours, theirs, result
    (OLD, OLD, OLD, OLD),
    (OLD, A, OLD, A),
    (OLD, OLD, A, A),
    (OLD, A, A, A),
    (OLD, A, B, BOTH),
    (NONE, A, B, BOTH),
    (None, A, B, BOTH),
    (machine("m"), A, B, BOTH),
    # a review against a draft of a machine, an alignment, or nobody
    (NONE, A, machine("m"), A),
    (NONE, machine("m"), A, A),
    (machine("m"), A, machine("n"), A),
    (machine("m"), machine("n"), A, A),
    (NONE, A, ALIGNED, A),
    (NONE, ALIGNED, A, A),
    (ALIGNED, machine("m"), A, A),
    (OLD, A, NONE, A),
    (OLD, NONE, A, A),
    # drafts that can be made again
    (NONE, machine("m"), machine("n"), machine("m")),
    (NONE, NONE, machine("n"), machine("n")),
    (NONE, ALIGNED, machine("n"), ALIGNED),
    (NONE, machine("n"), ALIGNED, ALIGNED),
    # the same words
    (machine("A"), A, machine("A"), A),
    (machine("A"), machine("A"), A, A),
    (NONE, FUZZY_A, A, A),
    (NONE, A, FUZZY_A, A),
    (A, FUZZY_A, A, FUZZY_A),
    (A, A, FUZZY_A, FUZZY_A),
    (A, FUZZY_A, text("A", origin=Origin(OriginKind.MACHINE, "x", draft_digest(KEY[1], "A"))),
     FUZZY_A),
    (A, text("A", origin=Origin(OriginKind.MACHINE, "x", draft_digest(KEY[1], "A"))), FUZZY_A,
     FUZZY_A),
    (NONE, text("A", DRAFT, previous=Previous("x")), FUZZY_A,
     text("A", DRAFT, previous=Previous("x"))),
    # a doubt adds no words
    (A, FUZZY_A, B, B),
    (A, B, FUZZY_A, B),
    # a review of the old words does
    (FUZZY_A, A, B, BOTH),
    # an origin that is no longer true is nothing
    (ACCEPTED, OLD, A, A),
    (ACCEPTED, A, OLD, A),
    (OLD, A, text("old", origin=Origin(OriginKind.ALIGNED, "x", draft_digest(KEY[1], "old"))), A),
    (OLD, text("old", origin=Origin(OriginKind.ALIGNED, "x", draft_digest(KEY[1], "old"))), A, A),
]  # fmt: skip


@pytest.mark.parametrize(("base", "ours", "theirs", "expected"), TRANSLATIONS)
def test_translations(
    base: Unit | None, ours: Unit | None, theirs: Unit | None, expected: Unit
) -> None:
    result = merge_versions(catalog(base), catalog(ours), catalog(theirs))
    assert result.catalog == catalog(expected)
    assert result.conflicts == ((KEY,) if expected is BOTH else ())


HUMAN_DRAFTS = [(FUZZY_A, B), (A, text("B", DRAFT)), (FUZZY_A, text("B", DRAFT)), (FUZZY_A, OLD)]


@pytest.mark.parametrize(("ours", "theirs"), HUMAN_DRAFTS)
def test_a_draft_of_a_human_is_not_dropped(ours: Unit, theirs: Unit) -> None:
    result = merge_versions(catalog(NONE), catalog(ours), catalog(theirs))
    (unit,) = result.catalog.units
    assert unit.state is DRAFT
    for side, own in (("ours", ours), ("theirs", theirs)):
        assert f"{side} ({own.state.value})  #-#-#-#-#\n{own.target}" in unit.target
    assert result.conflicts == (KEY,)


def test_a_draft_that_a_merge_made_of_another_text_is_no_conflict() -> None:
    before = Unit("ada", "One.", "old", REVIEWED)
    made = text("old", DRAFT, previous=Previous("One."))
    for ours, theirs in ((A, made), (made, A), (text("A", DRAFT), made)):
        for gone in ((before,), ()):
            sides = (catalog(unit, obsolete=gone) for unit in (ours, theirs))
            result = merge_versions(catalog(before), *sides)
            assert result.catalog.units == (theirs if ours is made else ours,)
            assert result.conflicts == ()


@pytest.mark.parametrize("context", [None, "bo"])
def test_a_draft_that_a_merge_made_of_a_new_review_is_no_conflict(context: str | None) -> None:
    before = Unit(context or "ada", "One.", "old", REVIEWED)
    again = before._replace(target="again")
    made = text("again", DRAFT, previous=Previous("One.", context))
    sides = (catalog(A, obsolete=(before,)), catalog(made, obsolete=(again,)))
    for ours, theirs in (sides, sides[::-1]):
        result = merge_versions(catalog(before), ours, theirs)
        assert result.conflicts == ()
        assert result.catalog == catalog(A, obsolete=(again,))


def test_a_draft_of_its_own_is_better_than_one_made_for_the_merge() -> None:
    """Each side has a text whose words could become a draft of the new one."""
    one, two = Unit("ada", "I taste it three times."), Unit("ada", "I taste it many times.")
    new = Unit("ada", "I taste it three or four times.")
    started = catalog(one, two)
    ours = catalog(one._replace(target="A", state=REVIEWED), two)
    two = two._replace(target="B", state=REVIEWED)
    made = new._replace(target="B", state=DRAFT, previous=Previous(two.source))
    theirs = catalog(made, obsolete=(two,))
    for sides in ((ours, theirs), (theirs, ours)):
        result = merge_versions(started, *sides)
        assert result.catalog.units == (made,)
        assert {unit.target for unit in result.catalog.obsolete} == {"A", "B"}


def test_a_conflict_is_nobodys_origin() -> None:
    origin = Origin(OriginKind.MACHINE, "x", draft_digest(KEY[1], "A"))
    ours = text("A", origin=origin)
    assert merge_versions(catalog(NONE), catalog(ours), catalog(B)).catalog == catalog(BOTH)


def test_a_conflict_keeps_the_previous_source() -> None:
    theirs = text("B", DRAFT, previous=Previous("Zero."))
    (unit,) = merge_versions(catalog(NONE), catalog(A), catalog(theirs)).catalog.units
    assert unit.previous == Previous("Zero.")


# Presence


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(
    ("before", "changed", "expected"),
    [
        (NONE, A, (A,)),
        (machine("m"), A, (A,)),
        (OLD, A, (A,)),
        (NONE, text("", comments=("why?",)), (text("", comments=("why?",)),)),
        (NONE, FUZZY_A, (FUZZY_A,)),
        (NONE, NONE, ()),
        (OLD, OLD, ()),  # removed on purpose: a merge would have kept it as obsolete
        (NONE, machine("m"), ()),
        (OLD, text("old", DRAFT), ()),
        (text("", comments=("why?",)), text("", comments=("why?",)), ()),
        (A, text("A", notes=("Ada",)), ()),
    ],
)
def test_work_on_a_text_that_the_other_side_removed_is_obsolete(
    before: Unit, changed: Unit, expected: tuple[Unit, ...], *, swapped: bool
) -> None:
    sides = catalog(changed), catalog()
    result = merge_versions(catalog(before), *(reversed(sides) if swapped else sides))
    assert result.catalog == catalog(obsolete=expected)


@pytest.mark.parametrize("swapped", [False, True])
def test_so_is_work_behind_a_text_that_stays(*, swapped: bool) -> None:
    first, *others = of("One.", "Two.", "Three.", "Four.").units
    done = [unit._replace(target="t", state=REVIEWED) for unit in others]
    sides = catalog(first, *done), catalog(first)
    result = merge_versions(catalog(first, *others), *(reversed(sides) if swapped else sides))
    assert result.catalog == catalog(first, obsolete=tuple(done))


@pytest.mark.parametrize("swapped", [False, True])
def test_an_obsolete_text_behind_one_that_came_back_is_kept(*, swapped: bool) -> None:
    other = Unit("ada", "Three.", "C", REVIEWED)
    gone = catalog(obsolete=(OLD, other))
    sides = catalog(OLD, obsolete=(other,)), gone
    result = merge_versions(gone, *(reversed(sides) if swapped else sides))
    assert result.catalog == catalog(OLD, obsolete=(other,))


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(("target", "is_kept"), [("old", False), ("older", True)])
def test_a_draft_that_a_merge_made_of_another_text_is_no_work(
    target: str, *, is_kept: bool, swapped: bool
) -> None:
    other = Unit("ada", "One.", "old", REVIEWED)
    made = text(target, DRAFT, previous=Previous("One."))
    sides = catalog(made, obsolete=(other,)), catalog(obsolete=(other,))
    result = merge_versions(catalog(NONE), *(reversed(sides) if swapped else sides))
    assert set(result.catalog.obsolete) == {other, *(made,) * is_kept}


@pytest.mark.parametrize("swapped", [False, True])
def test_obsolete_units_of_both_sides_are_kept(*, swapped: bool) -> None:
    other = Unit("ada", "Three.", "C", REVIEWED)
    sides = catalog(obsolete=(A,)), catalog(obsolete=(other,))
    result = merge_versions(catalog(obsolete=(A,)), *(reversed(sides) if swapped else sides))
    assert set(result.catalog.obsolete) == {A, other}


@pytest.mark.parametrize("swapped", [False, True])
def test_obsolete_machine_drafts_that_a_side_removed_go(*, swapped: bool) -> None:
    for unit, is_kept in (
        (machine("m"), False),
        (machine("m")._replace(comments=("why?",)), True),
        (FUZZY_A, True),
    ):
        sides = catalog(obsolete=(unit,)), catalog()
        sides = sides[::-1] if swapped else sides
        result = merge_versions(catalog(obsolete=(unit,)), *sides)
        assert result.catalog.obsolete == (unit,) * is_kept
    added = catalog(obsolete=(machine("m"),))
    assert merge_versions(catalog(), added, catalog()).catalog == added


@pytest.mark.parametrize("swapped", [False, True])
def test_a_retired_text_keeps_a_new_translation(*, swapped: bool) -> None:
    def placed(target: str) -> Unit:
        return text(target, notes=("Ada",), references=(Reference("a.md", 3),))

    sides = catalog(obsolete=(OLD,)), catalog(placed("A"))
    result = merge_versions(catalog(placed("old")), *(reversed(sides) if swapped else sides))
    assert result.catalog == catalog(obsolete=(A,))


def test_two_reviews_of_a_speaker_who_went_are_a_conflict() -> None:
    """A merge gives obsolete texts of a speaker another context."""
    note = ("Ada Byron, Engines, @ada (paragraph)",)
    started = catalog(*(Unit("ada", text, notes=note) for text in ("One.", "Two.", "Three.")))

    def reviewed(**targets: str) -> Catalog:
        units = [
            unit._replace(target=targets[unit.source[:-1]], state=REVIEWED)
            if unit.source[:-1] in targets
            else unit
            for unit in started.units
        ]
        return catalog(*units)

    gone = merge(reviewed(One="A"), catalog())
    (moved,) = gone.obsolete
    assert moved.context == "ada-byron-engines-ada"
    for sides, targets in (
        ((gone, reviewed(One="B", Three="C")), ("A", "B")),
        ((reviewed(One="B", Three="C"), gone), ("B", "A")),
    ):
        result = merge_versions(started, *sides)
        assert result.conflicts == (moved.key,)
        texts = {unit.source: unit for unit in result.catalog.obsolete}
        assert texts.keys() == {"One.", "Three."}
        assert {unit.context for unit in texts.values()} == {moved.context}
        one, two = targets
        assert re.search(f"ours.*\\n{one}\\n.*theirs.*\\n{two}$", texts["One."].target)


def test_an_obsolete_text_of_its_own_is_not_replaced() -> None:
    note = ("Ada Byron, Engines, @ada (paragraph)",)
    before = Unit("ada", "One.", notes=note)
    own = Unit("ada-byron-engines-ada", "One.", "old", REVIEWED)
    ours = catalog(before._replace(target="A", state=REVIEWED), obsolete=(own,))
    result = merge_versions(catalog(before), ours, catalog())
    assert {unit.target for unit in result.catalog.obsolete} == {"A", "old"}


def test_a_text_that_one_side_brought_back_is_current() -> None:
    gone = catalog(obsolete=(OLD,))
    back = catalog(text("old", notes=("Ada",)))
    for sides in ((back, gone), (gone, back), (back, catalog()), (catalog(), back)):
        assert merge_versions(gone, *sides).catalog == back


def test_a_withdrawn_translation_comes_back_as_a_draft() -> None:
    withdrawn = catalog(obsolete=(text("A", comments=(WITHDRAWN,)),))
    for sides in ((catalog(NONE), withdrawn), (withdrawn, catalog(NONE))):
        assert merge_versions(catalog(), *sides).catalog == catalog(FUZZY_A)


# What an edited source takes along


def of(*sources: str) -> Catalog:
    return catalog(*(Unit("ada", source) for source in sources))


def test_a_new_translation_goes_to_the_edited_text() -> None:
    old = catalog(Unit("ada", "I taste it three times.", "old", REVIEWED))
    edited = merge(old, of("I taste it four or five times."))
    assert edited.units[0].target == "old"
    again = replace(old, units=(old.units[0]._replace(target="new"),))
    for sides in ((edited, again), (again, edited)):
        result = merge_versions(old, *sides)
        (unit,) = result.catalog.units
        assert (unit.target, unit.state) == ("new", DRAFT)
        assert unit.previous == Previous("I taste it three times.")
        assert result.catalog.obsolete == again.units
        assert result.conflicts == ()


def test_a_mechanical_edit_takes_a_new_review_along() -> None:
    old = catalog(Unit("ada", "Ask @ada_b, she knows.", "old @ada_b", REVIEWED))
    edited = merge(old, of("Ask @ada, she knows."))
    assert edited.units[0].state is REVIEWED
    again = replace(old, units=(old.units[0]._replace(target="new @ada_b"),))
    for sides in ((edited, again), (again, edited)):
        (unit,) = merge_versions(old, *sides).catalog.units
        assert (unit.target, unit.state) == ("new @ada", REVIEWED)


def test_a_review_moves_with_the_section_of_its_speaker() -> None:
    note = ("Ada Byron, Engines, @ada (paragraph)",)
    new_note = ("Ada King Byron, Engines, @ada (paragraph)",)
    old = catalog(Unit("ada-byron", "One.", notes=note))
    moved = catalog(Unit("ada-king-byron", "One.", notes=new_note))
    reviewed = catalog(Unit("ada-byron", "One.", "A", REVIEWED, notes=note))
    for sides in ((moved, reviewed), (reviewed, moved)):
        result = merge_versions(old, *sides).catalog
        assert result == catalog(Unit("ada-king-byron", "One.", "A", REVIEWED, notes=new_note))


# Comments, flags, notes, references, order

LINES = [
    ("", "a", "b", "a b"),
    ("a", "a b", "a c", "a b c"),
    ("a", "", "a b", "b"),
    ("a b", "a", "a b", "a"),
    ("a b", "a b", "b", "b"),
    ("a b", "a c", "b d", "c d"),
    ("", "a", "a", "a"),
    ("a", "a a", "a", "a a"),
    ("a", "a", "b a", "b a"),
]  # fmt: skip


@pytest.mark.parametrize(("base", "ours", "theirs", "expected"), LINES)
def test_lines_of_both_sides(base: str, ours: str, theirs: str, expected: str) -> None:
    lines = merge_lines(*(tuple(side.split()) for side in (base, ours, theirs)))
    assert lines == tuple(expected.split())
    sides = (catalog(text("A", comments=tuple(s.split()))) for s in (base, ours, theirs))
    assert merge_versions(*sides).catalog.units[0].comments == lines
    sides = (catalog(text("A", flags=tuple(s.split()))) for s in (base, ours, theirs))
    assert merge_versions(*sides).catalog.units[0].flags == lines


def test_empty_comment_lines_are_not_removed() -> None:
    assert merge_lines(("a", "", "b"), ("a", "", "b", "c"), ("a", "b")) == ("a", "", "b", "c")


def test_comments_of_the_pipeline_go_with_their_translation() -> None:
    carried, similar = "pipeline: carried 4 → 5", "pipeline: similar 70 %: x → y"
    ours = text("A", comments=("mine",))
    theirs = text("", comments=("his", similar))
    assert merge_versions(catalog(NONE), catalog(ours), catalog(theirs)).catalog.units == (
        text("A", comments=("mine", "his")),
    )
    theirs = text("B", DRAFT, comments=("his", carried))
    ours = text("", comments=("mine", similar))
    assert merge_versions(catalog(NONE), catalog(ours), catalog(theirs)).catalog.units == (
        text("B", DRAFT, comments=("mine", "his", carried)),
    )


def test_notes_and_references_are_of_the_side_that_changed_them() -> None:
    def at(line: int, note: str) -> Catalog:
        return catalog(text("", references=(Reference("a", line),), notes=(note,)))

    assert merge_versions(at(1, "x"), at(1, "y"), at(2, "x")).catalog == at(2, "y")
    assert merge_versions(at(1, "x"), at(2, "x"), at(1, "y")).catalog == at(2, "y")
    assert merge_versions(at(1, "x"), at(3, "y"), at(2, "z")).catalog == at(3, "y")


ORDERS = [
    ("a b c", "a b c", "a b c", "a b c"),
    ("a b c", "a b x c", "a y b c", "a y b x c"),
    ("a b c", "a x b c", "a y b c", "a x y b c"),
    ("a b c", "x a b c", "y a b c", "x y a b c"),
    ("a b c", "a b c x", "a b c y z", "a b c x y z"),
    ("a b c", "c a b", "a b x c", "c a b x"),
    ("a b c", "a b x c", "c a b", "c a b x"),
    ("a b c", "c a b", "b c a", "c a b"),
    ("a b c", "a c", "a b x c", "a x c"),
    ("a b c", "a b", "b c", "b"),
    ("", "a b", "b c", "a b c"),
    ("", "a", "b", "a b"),
]  # fmt: skip


@pytest.mark.parametrize(("base", "ours", "theirs", "expected"), ORDERS)
def test_the_order(base: str, ours: str, theirs: str, expected: str) -> None:
    merged = merge_versions(*(of(*side.split()) for side in (base, ours, theirs))).catalog
    assert [unit.source for unit in merged.units] == expected.split()


# Laws


class Draw(NamedTuple):
    """One edit of a branch."""

    kind: str
    place: int
    """Text to which it is done, modulo their number."""


_EDITS = st.lists(
    st.builds(
        Draw,
        st.sampled_from(
            ["review", "review", "draft", "machine", "doubt", "comment", "edit", "delete", "insert",
             "move", "delete section", "minor", "correction"]
        ),
        st.integers(0, 20),
    ),
    max_size=6,
)  # fmt: skip


class Branch:
    """A catalogue that is edited as translators, editors and runs edit it."""

    def __init__(self, name: str, start: Catalog) -> None:
        self.name = name
        self.catalog = start
        self.number = 0

    def apply(self, edits: list[Draw]) -> Catalog:
        for edit in edits:
            self.number += 1
            if self.catalog.units:
                self.one(edit.kind, edit.place % len(self.catalog.units))
        return self.catalog

    def one(self, kind: str, at: int) -> None:
        word = f"{self.name}{self.number}"
        unit = self.catalog.units[at]
        if kind == "review":
            self.put(at, unit._replace(target=f"«{word}»", state=REVIEWED, origin=Origin()))
        elif kind == "draft":
            self.put(at, unit._replace(target=f"«{word}»", state=DRAFT, origin=Origin()))
        elif kind == "machine" and unit.state is EMPTY:
            origin = Origin(OriginKind.MACHINE, "x", draft_digest(unit.source, word))
            self.put(at, unit._replace(target=word, state=DRAFT, origin=origin))
        elif kind == "doubt" and unit.target:
            self.put(at, unit._replace(state=DRAFT))
        elif kind == "comment":
            self.put(at, unit._replace(comments=(*unit.comments, f"«{word}»")))
        else:
            self.write(kind, at, word)

    def put(self, at: int, unit: Unit) -> None:
        if unit.state is REVIEWED:
            unit = unit._replace(previous=None)
        units = list(self.catalog.units)
        units[at] = unit
        self.catalog = replace(self.catalog, units=tuple(units))

    def write(self, kind: str, at: int, word: str) -> None:
        """Edit the article, and merge."""
        units = [unit._replace(target="", state=EMPTY) for unit in self.catalog.units]
        unit = units[at]
        if kind in ("edit", "minor", "correction"):
            units[at] = unit._replace(source=f"{unit.source} {word}")
        elif kind == "insert":
            units.insert(at, unit._replace(source=f"New words {word} of nobody else"))
        elif kind == "move":
            units = [u for u in units if u.context != unit.context] + [
                u for u in units if u.context == unit.context
            ]
        elif kind == "delete":
            del units[at]
        elif kind == "delete section":
            units = [u for u in units if u.context != unit.context]
        kinds = {kind.value: kind for kind in EditKind}
        blank = [Unit(u.context, u.source, notes=u.notes) for u in units]
        self.catalog = merge(self.catalog, catalog(*blank), kinds.get(kind, EditKind.USUAL))


_WORDS = ("I taste it three times", "We never weigh the salt", "Ask your own doctor")
_PEOPLE = {
    "ada": "Ada Byron, Engines, @ada",
    "bo": "Bo Li, Kites, @boli",
    "intro": "introduction",
}


def started() -> Catalog:
    return catalog(
        *(
            Unit(context, f"{context}: {words}", notes=(f"{who} (paragraph)",))
            for context, who in _PEOPLE.items()
            for words in _WORDS[: 3 if context == "bo" else 2]
        )
    )


def human_texts(one: Catalog) -> set[str]:
    """Return the texts of humans: translations, those in conflicts, too, and comments."""
    units = (*one.units, *one.obsolete)
    return set(re.findall("«.*?»", str([(unit.target, unit.comments) for unit in units])))


def reviews(one: Catalog) -> set[tuple[str, str]]:
    units = (*one.units, *one.obsolete)
    return {unit[1:3] for unit in units if unit.state is REVIEWED}


@given(_EDITS, _EDITS, _EDITS)
def test_no_text_is_lost_and_nothing_is_reviewed_by_itself(
    before: list[Draw], ours_edits: list[Draw], theirs_edits: list[Draw]
) -> None:
    base = Branch("base", started()).apply(before)
    ours = Branch("ours", base).apply(ours_edits)
    theirs = Branch("theirs", base).apply(theirs_edits)
    result = merge_versions(base, ours, theirs)
    merged = result.catalog

    # What a side wrote since the base is there, and what both kept.
    written = (human_texts(ours) | human_texts(theirs)) - human_texts(base)
    kept = human_texts(base) & human_texts(ours) & human_texts(theirs)
    assert human_texts(merged) >= written | kept

    assert reviews(merged) <= reviews(ours) | reviews(theirs)
    keys = [unit.key for unit in (*merged.units, *merged.obsolete)]
    assert len(keys) == len(set(keys))

    # The other way round all these texts are the same, and so are the conflicts.
    swapped = merge_versions(base, theirs, ours)
    assert human_texts(swapped.catalog) >= written | kept
    assert set(swapped.conflicts) == set(result.conflicts)
    assert {u.key for u in swapped.catalog.units} == {u.key for u in merged.units}
    assert reviews(swapped.catalog) == reviews(merged)

    # A run finds nothing to lose, and a second one nothing to do.
    blank = catalog(*(Unit(u.context, u.source, notes=u.notes) for u in merged.units))
    once = merge(merged, blank)
    # Two reviews of one text, obsolete in two sections that a merge takes for one, are one then.
    doubled = Counter(source for source, _ in reviews(merged))
    lost = reviews(merged) - reviews(once)
    assert all(doubled[source] > 1 for source, _ in lost)
    assert merge(once, blank) == once


@given(_EDITS, _EDITS)
def test_a_side_that_did_nothing_changes_nothing(before: list[Draw], edits: list[Draw]) -> None:
    base = Branch("base", started()).apply(before)
    side = Branch("side", base).apply(edits)
    for result in (
        merge_versions(base, side, base),
        merge_versions(base, base, side),
        merge_versions(base, side, side),
        merge_versions(catalog(), side, side),
    ):
        assert result.conflicts == ()
        assert result.catalog.units == side.units
        assert set(result.catalog.obsolete) >= set(side.obsolete)
