"""Catalogues updated to a new source: units kept, moved, made drafts, or removed."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from pipeline.catalogue.merging import EditKind, changes, is_open, merge, merge_and_list, prune
from pipeline.model import (
    Catalog,
    Origin,
    OriginKind,
    Previous,
    Reference,
    State,
    Unit,
    draft_digest,
    text_hash,
)
from tests.roundups import rounds
from tests.steps import MOST, growth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LONG = "The quick brown fox jumps over the lazy dog"
NEAR = "The quick brown fox jumps over the lazy cat"
FAR = "Completely different words stand here now"


def done(source: str, context: str = "x", target: str = "") -> Unit:
    """Return a reviewed unit."""
    return Unit(context, source, target or f"{source} (fr)", State.REVIEWED)


def fuzzy(source: str, context: str = "x") -> Unit:
    """Draft written by hand."""
    return done(source, context)._replace(state=State.DRAFT)


def machine(source: str, context: str = "x") -> Unit:
    """Machine draft without human edits."""
    unit = fuzzy(source, context)
    return unit._replace(origin=Origin(OriginKind.MACHINE, "m", draft_digest(source, unit.target)))


def merged(old: list[Unit], new: list[Unit], obsolete: list[Unit] | None = None) -> Catalog:
    before = Catalog("a", "fr", tuple(old), tuple(obsolete or ()))
    return merge(before, Catalog("a", "", tuple(new)))


def test_the_order_is_the_template_s() -> None:
    catalog = merged([done("One"), done("Two")], [Unit("x", "Two"), Unit("x", "One")])
    assert catalog.units == (done("Two"), done("One"))


def test_places_and_notes_are_the_template_s_all_else_the_translator_s() -> None:
    old = fuzzy("One")._replace(
        references=(Reference("old", 1),),
        notes=("old",),
        comments=("mine",),
        flags=("no-wrap",),
        previous=Previous("On"),
        line=7,
    )
    new = Unit("x", "One", references=(Reference("new", 2),), notes=("new",))
    (unit,) = merged([old], [new]).units
    assert unit == old._replace(references=new.references, notes=new.notes)


def test_a_place_alone_is_the_template_s() -> None:
    old = done("One")._replace(references=(Reference("old", 1),))
    new = Unit("x", "One", references=(Reference("new", 2),))
    assert merged([old], [new]).units == (old._replace(references=new.references),)


def test_a_note_from_before_notes_had_the_handle_stays() -> None:
    old = done("One")._replace(notes=("Ann Lee, Acme (paragraph)",))
    new = Unit("x", "One", notes=("Ann Lee, Acme, @annlee (paragraph)",))
    assert merged([old], [new]).units == (old,)


@pytest.mark.parametrize("old", [done(LONG), fuzzy(LONG), machine(LONG)])
def test_what_has_a_text_and_disappears_is_obsolete(old: Unit) -> None:
    old = old._replace(references=(Reference("a", 1),), notes=("n",), comments=("c",))
    catalog = merged([old], [Unit("x", FAR)])
    assert catalog.units == (Unit("x", FAR),)
    assert catalog.obsolete == (old._replace(references=(), notes=()),)
    assert (catalog.article, catalog.locale) == ("a", "fr")
    before = Catalog("a", "fr", (old,))
    reviewed = (old,) if old.state is State.REVIEWED else ()
    assert merge_and_list(before, Catalog("a", "", (Unit("x", FAR),))).retired == reviewed
    assert merge_and_list(before, Catalog("a", "", (Unit("x", NEAR),))).retired == ()


def test_what_has_none_is_gone() -> None:
    for comments in ((), ("pipeline: similar 70 %: something",)):
        old = Unit("x", LONG, comments=comments)
        assert merged([old], [Unit("x", FAR)]).obsolete == ()
        assert merged([old], [Unit("x", NEAR)]).units == (Unit("x", NEAR),)


COMMENT = "Sue: ask legal before this goes out"


@pytest.mark.parametrize(
    "new", [Unit("x", NEAR), Unit("y", LONG)], ids=["edited", "of another speaker"]
)
def test_a_comment_beside_no_text_goes_on_with_its_source(new: Unit) -> None:
    suggestion = "pipeline: similar 70 %: something"
    catalog = merged([Unit("x", LONG, comments=(COMMENT, suggestion)), done("A")], [new, done("A")])
    assert catalog.units[0].key == new.key
    assert catalog.units[0].state is State.EMPTY
    assert COMMENT in catalog.units[0].comments
    assert catalog.units[0].previous is None
    assert catalog.obsolete == ()


def test_a_comment_beside_no_text_stays_when_its_source_disappears() -> None:
    old = Unit("x", LONG, comments=(COMMENT,))
    catalog = merged([old], [Unit("x", FAR)])
    assert catalog.obsolete == (old,)
    assert merged([Unit("x", FAR)], [Unit("x", FAR), Unit("x", LONG)], [old]).units[1] == old


def test_what_comes_back_has_its_text() -> None:
    catalog = merged([], [Unit("x", "One", notes=("n",))], [done("One"), done("Two")])
    assert catalog.units == (done("One")._replace(notes=("n",)),)
    assert catalog.obsolete == (done("Two"),)


def test_a_similar_text_makes_a_draft() -> None:
    catalog = merged([done(LONG)._replace(comments=("c",))], [Unit("x", NEAR)])
    (unit,) = catalog.units
    assert (unit.source, unit.target, unit.state) == (NEAR, f"{LONG} (fr)", State.DRAFT)
    assert unit.previous == Previous(LONG)
    assert unit.comments == ("c",)
    assert [u.key for u in catalog.obsolete] == [("x", LONG)]


def test_a_draft_made_of_a_draft_leaves_no_obsolete_one() -> None:
    new = Catalog("a", "", (Unit("x", NEAR),))
    after = merge_and_list(Catalog("a", "fr", (fuzzy(LONG),)), new)
    assert after.catalog.units[0].previous == Previous(LONG)
    assert (after.catalog.obsolete, after.left) == ((), ())


def test_a_machine_s_draft_is_not_used_again() -> None:
    assert merged([machine(LONG)], [Unit("x", NEAR)]).units == (Unit("x", NEAR),)


def test_a_draft_says_what_source_its_text_was_made_for() -> None:
    once = merged([done(LONG)], [Unit("x", NEAR)]).units
    (twice,) = merged(list(once), [Unit("x", NEAR + "s")]).units
    assert twice.previous == Previous(LONG, None)
    (back,) = merged(list(once), [Unit("x", LONG)]).units
    assert back.previous == Previous(NEAR, None)


def test_what_a_human_took_is_no_machine_s_any_more() -> None:
    taken = machine(LONG)._replace(state=State.REVIEWED)
    (draft,) = merged([taken], [Unit("x", NEAR)]).units
    assert draft.origin == Origin()
    (again,) = merged([draft], [Unit("x", NEAR + "s")]).units
    assert again.target == taken.target


def test_each_old_text_is_used_once_and_the_best_pair_wins() -> None:
    old = [done(LONG), done(LONG + " again")]
    catalog = merged(old, [Unit("x", LONG + " again today"), Unit("x", NEAR)])
    previous = [unit.previous.source for unit in catalog.units if unit.previous]
    assert previous == [LONG + " again", LONG]


def test_of_equals_the_same_speaker_s_wins() -> None:
    old = [done(LONG + "!", "y"), done(LONG + "?", "x")]
    (unit,) = merged(old, [Unit("x", LONG)]).units
    assert unit.previous == Previous(LONG + "?")


@pytest.mark.parametrize("new", [["B.", LONG], [LONG, "C."], ["B.", LONG, "C."]])
def test_of_equals_the_one_between_the_same_neighbours_wins(new: list[str]) -> None:
    old = [done(source) for source in ("A.", LONG + "!", "B.", LONG + "?", "C.")]
    units = merged(old, [Unit("x", source) for source in new]).units
    assert [unit.previous for unit in units if unit.previous] == [Previous(LONG + "?")]


def test_nothing_is_like_it() -> None:
    assert merged([done(LONG)], [Unit("x", FAR)]).units == (Unit("x", FAR),)


def test_texts_that_stay_are_not_used_for_others() -> None:
    catalog = merged([done(LONG)], [Unit("x", LONG), Unit("x", NEAR)])
    assert catalog.units == (done(LONG), Unit("x", NEAR))


def test_a_section_with_a_new_name_keeps_its_texts() -> None:
    catalog = merged([done("One"), fuzzy("Two")], [Unit("y", "One"), Unit("y", "Two")])
    assert catalog.units == (done("One", "y"), fuzzy("Two", "y"))
    assert catalog.obsolete == ()


def test_the_same_words_of_another_speaker_are_a_draft() -> None:
    catalog = merged([done("One"), done("Two")], [Unit("y", "One"), Unit("x", "Two")])
    assert catalog.units[0] == done("One", "y")._replace(
        state=State.DRAFT, previous=Previous("One", "x")
    )
    assert catalog.obsolete == (done("One"),)


def test_a_machine_s_draft_of_the_same_words_is_used_again() -> None:
    catalog = merged([machine("One"), done("Two")], [Unit("y", "One"), Unit("x", "Two")])
    assert catalog.units[0] == machine("One", "y")._replace(previous=Previous("One", "x"))
    assert catalog.obsolete == ()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ([], [], ""),
        ([done("One")], [Unit("x", "One")], ""),
        ([], [Unit("x", "One")], "1 new"),
        ([done(LONG)], [Unit("x", NEAR)], "1 new, 1 fuzzy, 1 obsolete"),
        ([done("One")], [Unit("y", "One")], "1 new, 1 kept"),
    ],
)
def test_changes_in_words(old: list[Unit], new: list[Unit], words: str) -> None:
    assert changes(Catalog("a", "fr", tuple(old)), merged(old, new)) == words


def test_texts_that_were_obsolete_before_are_no_change() -> None:
    old = Catalog("a", "fr", (done("One"), done("Two")), (done("Gone"),))
    new = merge(old, Catalog("a", "", (Unit("x", "One"),)))
    assert changes(old, old) == ""
    assert changes(old, new) == "1 obsolete"
    assert changes(new, old) == "1 new, 1 kept"


def test_many_moved_texts_take_no_time() -> None:
    def work(size: int) -> Callable[[], None]:
        old = [done(f"Text {n}", "x") for n in range(size)]
        new = [Unit("x" if n % 2 else "y", f"Text {n}") for n in range(size)]

        def merge() -> None:
            catalog = merged(old, new)
            assert sum(unit.state is State.DRAFT for unit in catalog.units) == size / 2

        return merge

    assert growth(work, 1_000) < MOST
    work(10_000)()


def _merge_round_ups(seeds: range) -> None:
    kept = lost = 0
    for seed in seeds:
        for merged in rounds(seed):
            told = f"seed {seed} after {', '.join(merged.edits)}"
            assert not merged.wrong, told
            assert not merged.vanished, told
            kept += merged.kept
            lost += len(merged.lost)
    assert lost < 0.005 * kept


def test_no_review_goes_to_another_speaker_in_round_ups() -> None:
    _merge_round_ups(range(100))


@pytest.mark.slow("2,900 articles through three merges each")
def test_no_review_of_many_goes_to_another_speaker() -> None:
    _merge_round_ups(range(100, 3_000))


def test_no_other_text_is_looked_at_for_a_small_edit_between_the_same_neighbours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searched: list[str] = []

    class Index:
        def __init__(self, texts: Iterable[str]) -> None:
            searched.extend(texts)

        def near(self, *_: object) -> list[tuple[int, float]]:
            return []

    monkeypatch.setattr("pipeline.catalogue.merging.SimilarityIndex", Index)
    old = [done("One"), done(LONG), done("Two")]
    (_, edited, _) = merged(old, [Unit("x", "One"), Unit("x", NEAR), Unit("x", "Two")]).units
    assert edited.previous == Previous(LONG)
    assert searched == []
    merged(old, [Unit("x", "One"), Unit("x", LONG[:20]), Unit("x", "Two")])
    assert searched == [LONG]


def test_a_better_text_elsewhere_is_more_than_the_same_neighbours() -> None:
    old = [
        done("One"),
        done(f"{LONG}, and then it sleeps for hours"),
        done("Two"),
        done(f"{LONG}!"),
    ]
    new = [Unit("x", "One"), Unit("x", LONG), Unit("x", "Two")]
    assert merged(old, new).units[1].previous == Previous(f"{LONG}!")


def test_a_section_that_is_new_between_the_same_neighbours_has_drafts() -> None:
    old = [done("One", "x"), done(LONG, "y"), done("Two", "z")]
    template = [Unit("x", "One"), Unit("new", NEAR), Unit("z", "Two")]
    (_, edited, _) = merged(old, template).units
    assert edited.previous == Previous(LONG, "y")


def test_few_words_between_the_same_neighbours_make_a_draft() -> None:
    old = [done("One"), done("Unknown ypbind error"), done("Two")]
    new = [Unit("x", "One"), Unit("x", "Some ypbind failure"), Unit("x", "Two")]
    assert merged(old, new).units[1].previous == Previous("Unknown ypbind error")
    assert merged(old, [new[1], new[0], new[2]]).units[0] == new[1]
    beside_another = [new[0], new[1], Unit("x", FAR), new[2]]
    assert merged(old, beside_another).units[1] == new[1]
    elsewhere = [new[0], Unit("x", "All words are others"), new[2]]
    assert merged(old, elsewhere).units[1] == elsewhere[1]


def test_a_text_moves_between_sections_without_a_speaker() -> None:
    old = [done("One", "setup"), done("Two", "setup"), done("Three", "usage")]
    old = [unit._replace(notes=("paragraph",)) for unit in old]
    new = [Unit("setup", "One"), Unit("usage", "Three"), Unit("usage", "Two")]
    new = [unit._replace(notes=("paragraph",)) for unit in new]
    assert [unit.state for unit in merged(old, new).units] == [State.REVIEWED] * 3
    assert merged(old, new).obsolete == ()


def test_obsolete_texts_follow_their_speaker() -> None:
    ann = ("1. Ann Lee, Acme, @annlee (paragraph)",)
    zed = ("1. Zed Lee, Acme, @zedlee (paragraph)",)
    old = [done("One", "e-1")._replace(notes=ann), done("Two", "e-1")._replace(notes=ann)]
    template = [Unit("e-1", "One", notes=ann)]
    first = merged(old, template)
    assert [unit.key for unit in first.obsolete] == [("e-1", "Two")]
    gone = merge(first, Catalog("a", "", (Unit("e-1", "Two", notes=zed),)))
    assert gone.units[0].state is not State.REVIEWED
    assert {unit.context for unit in gone.obsolete} == {"ann-lee-acme-annlee"}
    back = merge(gone, Catalog("a", "", tuple(unit._replace(notes=ann) for unit in old)))
    assert [(unit.target, unit.state) for unit in back.units] == [
        ("One (fr)", State.REVIEWED),
        ("Two (fr)", State.REVIEWED),
    ]


def test_obsolete_texts_keep_away_from_a_section_of_their_context() -> None:
    old = [done("One", "e-1")._replace(notes=(ANN,))]
    slugs = ["ann-lee-acme-annlee", "ann-lee-acme-annlee-old"]
    for count, context in enumerate(["ann-lee-acme-annlee", *(f"{slug}-old" for slug in slugs)]):
        template = [Unit(slug, FAR, notes=("Zed (paragraph)",)) for slug in slugs[:count]]
        assert merged(old, template).obsolete == (done("One", context),)


def test_a_withdrawn_text_that_was_emptied_comes_back_empty() -> None:
    old = Unit("x", "One", comments=("pipeline: withdrawn", "mine"))
    assert merged([], [Unit("x", "One")], [old]).units == (Unit("x", "One", comments=("mine",)),)


ANN, OTHER_ANN = "1. Ann Lee, Acme, @annlee (paragraph)", "2. Ann Lee, Zeta, @zeta_ann (paragraph)"


@pytest.mark.parametrize(
    ("notes", "context"),
    [
        ([], "ann-lee"),
        (["paragraph"], "ann-lee"),
        (["paragraph", ANN], "s-1"),
        ([ANN, "3. Bob Ray (paragraph)"], "s-0"),
        ([ANN, ANN.replace("1", "7")], "s-0"),
        ([ANN, OTHER_ANN], "ann-lee"),
    ],
)
def test_obsolete_texts_go_to_the_only_speaker_whom_their_context_means(
    notes: list[str], context: str
) -> None:
    template = [Unit(f"s-{n}", FAR, notes=(note,)) for n, note in enumerate(notes)]
    catalog = merged([], template, [done("One", "ann-lee"), done("Two", "zed")])
    assert catalog.obsolete == (done("One", context), done("Two", "zed"))
    template.append(Unit("ann-lee", FAR, notes=("paragraph",)))
    assert merged([], template, [done("One", "ann-lee")]).obsolete == (done("One", "ann-lee"),)


def test_comments_of_both_stay_where_an_obsolete_text_comes_back() -> None:
    live = Unit("x", "One", comments=("Sue: careful",))
    (unit,) = merged([live], [Unit("x", "One")], [done("One")._replace(comments=("old",))]).units
    assert (unit.target, unit.comments) == ("One (fr)", ("old", "Sue: careful"))


def test_a_machine_draft_of_an_older_source_goes() -> None:
    late = machine("One")._replace(source="Two", comments=("Sue: careful",))
    (new,) = merged([late], [Unit("x", "Two")]).units
    assert new == Unit("x", "Two", comments=("Sue: careful",))
    (new,) = merged([late._replace(previous=Previous("Zero"))], [Unit("x", "Two")]).units
    assert new == Unit("x", "Two", comments=("Sue: careful",))
    # A previous source that is the draft's own is a trace of a review.
    (new,) = merged([late._replace(previous=Previous("One"))], [Unit("x", "Two")]).units
    assert new == late._replace(previous=Previous("One"), origin=Origin())
    for origin in (
        late.origin._replace(kind=OriginKind.ALIGNED),
        late.origin._replace(digest=text_hash(late.target)),
    ):
        other = late._replace(origin=origin)
        assert merged([other], [Unit("x", "Two")]).units == (other,)


def test_an_origin_goes_once_it_is_false() -> None:
    for state in (State.DRAFT, State.REVIEWED):
        unit = machine("One")._replace(state=state, target="Une")
        assert merged([unit], [Unit("x", "One")]).units == (unit._replace(origin=Origin()),)


def test_a_reviewed_text_is_not_replaced_by_an_obsolete_one() -> None:
    (unit,) = merged([done("One")], [Unit("x", "One")], [done("One", target="Un")]).units
    assert unit.target == "One (fr)"


RANKED = [
    Unit("x", "One", comments=("c",)),
    machine("One"),
    fuzzy("One"),
    done("One"),
]
"""Translations of one text, each better than the one before it."""


@pytest.mark.parametrize(("worse", "better"), list(combinations(RANKED, 2)))
def test_the_better_one_of_a_text_and_an_obsolete_one_stays(worse: Unit, better: Unit) -> None:
    target = worse.target and "Un"
    worse = worse._replace(target=target, origin=worse.origin._replace(digest=text_hash(target)))
    expected = better._replace(comments=worse.comments)
    for live, obsolete in ((worse, better), (better, worse)):
        assert merged([live], [Unit("x", "One")], [obsolete]).units == (expected,)
        # A machine draft that is not needed any more is not kept.
        kept = obsolete if is_open(live) and live.target else expected
        assert merged([live], [Unit("x", FAR)], [obsolete]).obsolete == (kept,)


def test_of_two_reviewed_translations_a_comment_keeps_the_other() -> None:
    one, other = done("One", target="Un"), done("One", target="L’un")
    (gone,) = merged([one], [Unit("x", FAR)], [other]).obsolete
    assert (gone.target, gone.comments) == ("Un", ("other translation: L’un",))
    assert merged([], [Unit("x", FAR)], [gone]).obsolete == (gone,)
    assert merged([one], [Unit("x", FAR)], [one]).obsolete == (one,)


def test_a_machine_draft_that_nobody_touched_is_not_kept() -> None:
    template = [Unit("x", FAR)]
    assert merged([machine("One")], template).obsolete == ()
    touched = [
        machine("One")._replace(target="Une"),
        machine("One")._replace(state=State.REVIEWED),
        machine("One")._replace(comments=("c",)),
    ]
    for unit in touched:
        (kept,) = merged([unit], template).obsolete
        assert (kept.target, kept.comments) == (unit.target, unit.comments)


def test_pruning_drops_obsolete_machine_drafts_only() -> None:
    kept = (done("One"), fuzzy("Two"), machine("Three")._replace(comments=("c",)), Unit("x", "4"))
    catalog = Catalog("a", "fr", (machine("Five"),), (machine("Six"), *kept[:3]))
    pruned = prune(catalog)
    assert (pruned.units, pruned.obsolete) == (catalog.units, kept[:3])
    assert prune(pruned) is pruned


def test_a_mechanical_edit_is_carried_and_stays_reviewed() -> None:
    old = done("Ask Ann Leee (@annleee).", target="Demandez à Ann Leee (@annleee).")
    aligned = old._replace(origin=Origin(OriginKind.ALIGNED, "v", text_hash(old.target)))
    corrected = aligned._replace(origin=aligned.origin._replace(digest=text_hash("Demandez.")))
    template = Catalog("a", "", (Unit("x", "Ask Ann Lee (@annlee)."),))
    for unit in (old, aligned, corrected):
        after = merge_and_list(Catalog("a", "fr", (unit,)), template)
        (new,) = after.catalog.units
        assert (new.target, new.state) == ("Demandez à Ann Lee (@annlee).", State.REVIEWED)
        assert new.untouched == unit.untouched
        replacements = "'Leee' → 'Lee', '@annleee' → '@annlee'"
        message = f"translation updated ({replacements}); it stays reviewed"
        assert after.listed == ((new, message),)
        assert after.retired == ()
    assert merged([old], [Unit("x", "Ask Ann Lee (@annlee).")]).obsolete == ()


def test_another_carried_edit_is_a_draft_that_says_so_until_it_is_reviewed() -> None:
    old = done("We work 40 hours.", target="On travaille 40 heures.")
    edited = Catalog("a", "", (Unit("x", "We work 50 hours."),))
    first, listed, retired, *_ = merge_and_list(Catalog("a", "fr", (old,)), edited)
    (draft,) = first.units
    assert listed == ((draft, "translation updated ('40' → '50'); it is a draft now"),)
    assert retired == ()
    assert (draft.target, draft.state) == ("On travaille 50 heures.", State.DRAFT)
    assert draft.previous == Previous("We work 40 hours.")
    assert draft.comments == ("pipeline: carried 40 → 50",)
    assert first.obsolete == (old,)
    assert merged([draft], [Unit("x", "We work 50 hours.")]).units == (draft,)
    reviewed = draft._replace(state=State.REVIEWED, previous=None)
    assert merged([reviewed], [Unit("x", "We work 50 hours.")]).units[0].comments == ()


def test_the_nearest_of_texts_of_one_shape_is_carried() -> None:
    old = [done("Step 1", target="Étape 1"), done("One"), done("Step 2", target="Étape 2")]
    new = [Unit("x", "Step 5"), Unit("x", "One"), Unit("x", "Step 6")]
    assert [unit.target for unit in merged(old, new).units] == ["Étape 5", "One (fr)", "Étape 6"]
    previous = [unit.previous for unit in merged(old, new).units]
    assert previous == [Previous("Step 1"), None, Previous("Step 2")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["Step 1", "A.", "Step 2", "B."], ["A.", "Step 5", "B."], "Step 2"),
        (["A.", "Step 1", "Step 2", "B."], ["A.", "Step 5", "B."], "Step 1"),
        (["So says Zed.", "So says Leee."], ["So says Lee."], "So says Leee."),
        (["Ask Leee.", "A.", "Ask Leea.", "B."], ["A.", "Ask Lee.", "B."], "Ask Leea."),
        (["A.", "Ask Leee.", "Ask Leea.", "B."], ["A.", "Ask Lee.", "B."], "Ask Leee."),
        (["Ask Zed (@zed).", "Ask Bob (@zed)."], ["Ask Rob (@zed)."], "Ask Bob (@zed)."),
        (["Ask Zed (@z).", "Ask Bob (@bob)."], ["Ask Rob (@bob)."], "Ask Bob (@bob)."),
    ],
    ids=[
        "behind",
        "first behind",
        "corrected",
        "corrected behind",
        "corrected first behind",
        "most similar",
        "fewer edits",
    ],
)
def test_which_text_of_one_shape_is_carried(old: list[str], new: list[str], expected: str) -> None:
    before = [done(source, target=source) for source in old]
    after = merge_and_list(
        Catalog("a", "fr", tuple(before)), Catalog("a", "", tuple(Unit("x", one) for one in new))
    )
    assert len(after.listed) == 1
    left = {unit.source for unit in after.catalog.obsolete if unit.source not in new}
    draft = after.catalog.units[len(new) > 1]
    used = draft.previous.source if draft.previous else (set(old) - left - set(new)).pop()
    assert used == expected


def test_nothing_is_carried_into_another_speaker_s_mouth() -> None:
    ann, bob = ("Ann Lee, Acme, @annlee (paragraph)",), ("Bob Ray, Beta, @bobray (paragraph)",)
    old = done("Ask Ann Leee.", "ann-lee")._replace(notes=ann)
    (unit,) = merged([old], [Unit("bob-ray", "Ask Ann Lee.", notes=bob)]).units
    assert unit.state is State.DRAFT


@pytest.mark.parametrize("merges_before", [False, True])
def test_reviews_stay_after_a_minor_edit(merges_before: bool) -> None:
    old = [done(LONG), done("We work 40 hours.", target="40 heures."), done("Same")]
    old[0] = old[0]._replace(previous=Previous("Of a review that left it there"))
    new = Catalog("a", "", (Unit("x", NEAR), Unit("x", "We work 50 hours."), Unit("x", "Same")))
    before = Catalog("a", "fr", tuple(old))
    before = merge(before, new) if merges_before else before
    merged = merge_and_list(before, new, EditKind.MINOR)
    states = [(unit.target, unit.state, unit.previous) for unit in merged.catalog.units]
    assert states == [
        (f"{LONG} (fr)", State.REVIEWED, None),
        ("50 heures.", State.REVIEWED, None),
        ("Same (fr)", State.REVIEWED, None),
    ]
    kept = "translation kept for an edit that is minor; it stays reviewed"
    carried = "translation updated ('40' → '50'); it stays reviewed"
    assert [text for _, text in merged.listed] == [kept if merges_before else carried, kept]
    assert {unit.key for unit, _ in merged.listed} == {unit.key for unit in new.units[:2]}
    assert merged.catalog.obsolete == ()
    assert merge(merged.catalog, new) == merged.catalog


def test_a_minor_edit_reviews_no_draft_but_those_that_merges_made_of_reviewed_texts() -> None:
    """Of each of the first three, the old text is unknown, was no review, or was translated since.

    The last one became longer.
    """
    new = Catalog("a", "", tuple(Unit("x", f"{number} {NEAR}") for number in "abcd"))
    drafts = tuple(
        fuzzy(f"{number} {NEAR}")._replace(target="t", previous=Previous(f"{number} {LONG} again"))
        for number in "abcd"
    )
    obsolete = (
        fuzzy(f"b {LONG} again")._replace(target="t"),
        done(f"c {LONG} again"),
        done(f"d {LONG} again", target="t"),
    )
    after = merge(Catalog("a", "fr", drafts, obsolete), new, EditKind.MINOR)
    assert after.units[:3] == drafts[:3]
    assert after.units[3] == drafts[3]._replace(state=State.REVIEWED, previous=None)
    assert after.obsolete == obsolete[:2]


def test_a_minor_edit_gives_no_review_to_another_speaker() -> None:
    ann, bob = ("Ann Lee, Acme, @annlee (paragraph)",), ("Bob Ray, Beta, @bobray (paragraph)",)
    old = Catalog("a", "fr", (done(LONG, "ann-lee")._replace(notes=ann),))
    new = Catalog("a", "", (Unit("bob-ray", NEAR, notes=bob),))
    assert merge(old, new, EditKind.MINOR).units[0].state is State.DRAFT


@pytest.mark.parametrize("merges_before", [False, True])
def test_a_corrected_text_is_withdrawn(merges_before: bool) -> None:
    first = Catalog("a", "", (Unit("x", "Ask Ann Leee, she knows all of it."),))
    second = Catalog("a", "", (Unit("x", "Ask Ann Lee, she knows all of it."),))
    third = Catalog("a", "", (Unit("x", "Ask Ann Lee, she knows some of it."),))
    before = Catalog("a", "fr", (done(second.units[0].source),))
    before = merge(before, third) if merges_before else before
    after = merge(before, third, EditKind.CORRECTION)
    assert [(unit.state, unit.previous) for unit in after.units] == [
        (State.DRAFT, Previous(second.units[0].source))
    ]
    assert [unit.comments for unit in after.obsolete] == [("pipeline: withdrawn",)]
    (back,) = merge(after, second).units
    assert (back.source, back.state, back.comments) == (second.units[0].source, State.DRAFT, ())
    nothing_is_carried = merge(Catalog("a", "fr", (done(first.units[0].source),)), second)
    assert nothing_is_carried.units[0].state is State.REVIEWED
    corrected = merge(
        Catalog("a", "fr", (done(first.units[0].source),)), second, EditKind.CORRECTION
    )
    assert corrected.units[0].state is State.DRAFT


def test_texts_follow_a_speaker_who_is_recognised_now() -> None:
    """Release 0.2 knew experts by one form of a heading only."""
    plain, speaker = ("paragraph",), ("Priya Raman, Lumen Health (paragraph)",)
    old = [
        done("Priya Raman – CMO, Lumen Health")._replace(notes=("heading",)),
        done("Guide your readers.")._replace(notes=plain),
        done("Sam Hill, Epsilon")._replace(notes=("heading",)),
        done("Start small.")._replace(notes=plain),
    ]
    new = [
        Unit("priya-raman", "CMO", notes=speaker),
        Unit("priya-raman", "Guide your readers.", notes=speaker),
        Unit("ann-lee", "Start small.", notes=("Ann Lee, Acme (paragraph)",)),
    ]
    states = {unit.source: unit.state for unit in merged(old, new).units}
    assert states["Guide your readers."] is State.REVIEWED
    # Nothing names this speaker.
    assert states["Start small."] is State.DRAFT
    # The title stays, so that the section is another one.
    states = {u.source: u.state for u in merged(old, [old[0]._replace(target=""), *new]).units}
    assert states["Guide your readers."] is State.DRAFT
