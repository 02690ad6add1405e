"""Articles that were renamed, and texts that moved between articles, found by their content."""

from __future__ import annotations

import pytest

from pipeline.article import read_article
from pipeline.catalogue import (
    Moves,
    Rename,
    extract,
    find_renames,
    find_text_moves,
    has_work,
    is_kept_by,
    merge,
    merge_and_list,
)
from pipeline.model import Catalog, Origin, OriginKind, State, Unit, text_hash

ANA = "## Ana Ruiz, Blue Spoon (@ana_ruiz)\n\n"
BEN = "## Ben Cole, The Larder (@bencole)\n\n"
WEIGH = "I never weigh it, and I never will.\n\n"
SUGGESTIONS = ("pipeline: similar 70 %: something",)
LESS = "Less than you think, in most kitchens.\n\n"


def template(text: str, name: str = "a") -> Catalog:
    return extract(read_article(text.encode(), f"source/{name}/en.md"), name)


def reviewed(text: str, name: str = "a") -> Catalog:
    units = [
        unit._replace(target=f"«{unit.source}»", state=State.REVIEWED)
        for unit in template(text, name).units
    ]
    return Catalog(name, "fr", tuple(units))


def moved(old: dict[str, str], new: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return the origin, the article and the text of each move between versions of articles."""
    names = old | new
    catalogs = {name: reviewed(old.get(name, ""), name) for name in names}
    templates = {name: template(text, name) for name, text in new.items()}
    moves = find_text_moves(catalogs, templates)
    return [(move.origin, move.article, move.unit.source + "\n\n") for move in moves]


MOVED: dict[str, tuple[dict[str, str], dict[str, str], list[tuple[str, str, str]]]] = {
    "a split": (
        {"a": ANA + WEIGH + BEN + LESS},
        {"a": ANA + WEIGH, "b": BEN + LESS},
        [("a", "b", LESS)],
    ),
    "a text without a speaker": (
        {"a": LESS + WEIGH},
        {"a": LESS, "b": WEIGH},
        [("a", "b", WEIGH)],
    ),
    "an exchange": (
        {"a": ANA + WEIGH, "b": BEN + LESS},
        {"a": BEN + LESS, "b": ANA + WEIGH},
        [("a", "b", WEIGH), ("b", "a", LESS)],
    ),
    "an article that is gone": (
        {"a": ANA + WEIGH, "b": ""},
        {"b": ANA + WEIGH},
        [("a", "b", WEIGH)],
    ),
    "a corrected name with the same handle": (
        {"a": ANA + WEIGH},
        {"a": "", "b": ANA.replace("Ruiz", "Ruis") + WEIGH},
        [("a", "b", WEIGH)],
    ),
    "one of two texts that are gone": (
        {"a": ANA + WEIGH + LESS},
        {"a": "Elsewhere.", "b": ANA + WEIGH},
        [("a", "b", WEIGH)],
    ),
    "a text that is new in two articles, once": (
        {"a": ANA + WEIGH},
        {"a": "", "b": ANA + WEIGH, "c": ANA + WEIGH},
        [("a", "b", WEIGH)],
    ),
}

STAYS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "another speaker": ({"a": ANA + WEIGH}, {"a": "", "b": BEN + WEIGH}),
    "a namesake of another organisation": (
        {"a": "## Ana Ruiz, Blue Spoon {.expert}\n\n" + WEIGH},
        {"a": "", "b": "## Ana Ruiz, Red Fork {.expert}\n\n" + WEIGH},
    ),
    "a namesake with another handle": (
        {"a": ANA + WEIGH},
        {"a": "", "b": ANA.replace("@ana_ruiz", "@another_ana") + WEIGH},
    ),
    "from a speaker to nobody": ({"a": ANA + WEIGH}, {"a": "", "b": WEIGH}),
    "from nobody to a speaker": ({"a": WEIGH}, {"a": "", "b": ANA + WEIGH}),
    "a copy": ({"a": ANA + WEIGH}, {"a": ANA + WEIGH, "b": ANA + WEIGH}),
    "other words": ({"a": ANA + WEIGH}, {"a": "", "b": ANA + LESS}),
    "a text that was there": ({"a": ANA + WEIGH, "b": ANA + WEIGH}, {"a": "", "b": ANA + WEIGH}),
    "a text that stays with its speaker in another section": (
        {"a": ANA + WEIGH},
        {"a": "## Ana Ruiz, Blue Spoon (@ana_ruiz) {#x}\n\n" + WEIGH, "b": ANA + WEIGH},
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), MOVED.values(), ids=MOVED)
def test_texts_that_move(
    old: dict[str, str], new: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    assert moved(old, new) == expected


@pytest.mark.parametrize(("old", "new"), STAYS.values(), ids=STAYS)
def test_texts_that_do_not_move(old: dict[str, str], new: dict[str, str]) -> None:
    assert moved(old, new) == []


def test_a_text_whose_notes_name_no_kind_of_speaker_does_not_move() -> None:
    catalog = reviewed(WEIGH)
    catalog = Catalog("a", "fr", (catalog.units[0]._replace(notes=()),))
    catalogs = {"a": catalog, "b": Catalog("b", "fr")}
    assert find_text_moves(catalogs, {"b": template(WEIGH, "b")}) == []


def test_a_text_does_not_move_to_where_it_was_already() -> None:
    catalogs = {"a": reviewed(ANA + WEIGH), "b": reviewed(ANA + WEIGH + LESS, "b")}
    new = {"a": template("Elsewhere."), "b": template(ANA + WEIGH + LESS, "b")}
    empty = tuple(unit._replace(target="", state=State.EMPTY) for unit in catalogs["b"].units)
    assert find_text_moves({**catalogs, "b": Catalog("b", "fr", empty)}, new) == []
    back = Catalog("b", "fr", (), catalogs["b"].units)
    assert find_text_moves({**catalogs, "b": back}, new) == []


def test_edits_that_move_no_text_need_no_merge(monkeypatch: pytest.MonkeyPatch) -> None:
    def merge_and_list(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("pipeline.catalogue.moving.merge_and_list", merge_and_list)
    assert moved({"a": ANA + WEIGH}, {"a": ANA + "I weigh it.\n\n", "b": BEN + LESS}) == []
    assert moved({"a": ANA + WEIGH + BEN + LESS}, {"a": ANA + LESS + BEN + WEIGH}) == []
    empty = Catalog("a", "fr", template(ANA + WEIGH).units)
    catalogs = {"a": empty, "b": Catalog("b", "fr")}
    assert find_text_moves(catalogs, {"a": template(""), "b": template(ANA + WEIGH, "b")}) == []


def test_what_is_reviewed_moves_before_what_is_not() -> None:
    first, _, second = reviewed(WEIGH + "## Last\n\n" + WEIGH).units
    draft = first._replace(state=State.DRAFT, target="other")
    catalogs = {"a": Catalog("a", "fr", (draft, second)), "b": Catalog("b", "fr")}
    (move,) = find_text_moves(catalogs, {"b": template(WEIGH, "b")})
    assert move.unit is second


def test_a_draft_and_a_comment_move_too() -> None:
    draft, comment = reviewed(WEIGH + LESS).units
    draft = draft._replace(state=State.DRAFT, comments=("Hm.",))
    comment = comment._replace(state=State.EMPTY, target="", comments=("What?",))
    catalogs = {"a": Catalog("a", "fr", (draft, comment)), "b": Catalog("b", "fr")}
    moves = find_text_moves(catalogs, {"b": template(WEIGH + LESS, "b")})
    assert [move.unit for move in moves] == [draft, comment]


def test_a_move_has_the_key_under_which_its_text_is_obsolete() -> None:
    catalogs = {"a": reviewed(ANA + WEIGH), "b": Catalog("b", "fr")}
    templates = {"a": template(""), "b": template(ANA + WEIGH, "b")}
    (move,) = find_text_moves(catalogs, templates)
    assert (move.article, move.key) == ("b", ("ana-ruiz", WEIGH.strip()))
    (obsolete,) = merge(catalogs["a"], templates["a"]).obsolete
    assert move.obsolete_key == obsolete.key == ("ana-ruiz-blue-spoon-ana_ruiz", WEIGH.strip())
    (left,) = merge_and_list(catalogs["a"], templates["a"]).left
    assert left == (move.unit, move.obsolete_key)
    moves = Moves(texts={"fr": [move]})
    assert moves.arrivals("b", "fr") == {move.key: move.unit}
    assert moves.departures("a", "fr") == {move.unit.key: move.obsolete_key}
    assert moves.arrivals("a", "fr") == {}
    assert moves.arrivals("b", "es") == {}
    assert moves.departures("b", "fr") == {}
    assert moves.departures("a", "es") == {}
    assert Rename("a", "b", "") in Moves((Rename("a", "b", ""),)).renames


def test_an_arrival_keeps_all_but_its_place() -> None:
    origin = Origin(OriginKind.MACHINE, "pseudo", text_hash("Jamais."))
    notes = ("Ana Ruiz, Blue Spoon, @ana_ruiz (paragraph)",)
    unit = Unit("x", WEIGH.strip(), "Jamais.", State.REVIEWED, origin, (), notes, ("Mine.",))
    new = template(ANA + WEIGH)
    merged = merge_and_list(Catalog("a", "fr"), new, arrivals={new.units[0].key: unit})
    assert merged.catalog.units == (
        unit._replace(context="ana-ruiz", references=new.units[0].references),
    )


def test_an_arrival_replaces_no_work_of_a_human() -> None:
    own = reviewed(ANA + WEIGH)
    own = Catalog("a", "fr", (), (own.units[0]._replace(target="Own.", notes=(), references=()),))
    arrival = reviewed(ANA + WEIGH).units[0]
    (unit,) = merge_and_list(
        own, template(ANA + WEIGH), arrivals={arrival.key: arrival}
    ).catalog.units
    assert unit.target == "Own."


def test_an_arrival_and_an_open_text_are_one_with_the_comments_of_both() -> None:
    new = template(ANA + WEIGH)
    empty = new.units[0]._replace(comments=("Own.",))
    machine = Origin(OriginKind.MACHINE, "pseudo", text_hash("Jamais."))
    draft = empty._replace(target="Jamais.", state=State.DRAFT, origin=machine)
    arrival = reviewed(ANA + WEIGH).units[0]._replace(comments=("Theirs.",))
    comment = arrival._replace(target="", state=State.EMPTY)
    for own, other, expected in (
        (empty, arrival, arrival._replace(comments=("Theirs.", "Own."))),
        (draft, arrival, arrival._replace(comments=("Theirs.", "Own."))),
        (draft, comment, draft._replace(comments=("Own.", "Theirs."))),
    ):
        old = Catalog("a", "fr", (own,))
        after = merge_and_list(old, new, arrivals={other.key: other}).catalog
        assert after.units == (expected,)


def test_an_article_is_renamed_to_the_one_with_its_texts() -> None:
    old = {"a": reviewed(ANA + WEIGH + BEN + LESS), "b": reviewed("Wholly other words.\n")}
    new = {
        "c": template(ANA + WEIGH + BEN + LESS + "One more sentence for it.\n"),
        "d": template(ANA + WEIGH + BEN + LESS),
        "e": template("Nothing of them.\n"),
    }
    assert find_renames(old, new) == {"a": "d"}
    del new["d"]
    assert find_renames(old, new) == {"a": "c"}
    new["c"] = template(ANA + WEIGH)
    assert find_renames(old, new) == {}


def test_half_of_the_words_are_enough_for_a_new_name() -> None:
    texts = [f"The {word} of them all.\n\n" for word in ("first", "third", "fifth", "sixth")]
    old = {"a": reviewed("".join(texts))}
    assert find_renames(old, {"c": template("".join(texts[:2]))}) == {"a": "c"}
    assert find_renames(old, {"c": template("".join(texts[:1]))}) == {}


def test_each_article_gets_one_name() -> None:
    old = {"a": reviewed(WEIGH + LESS), "b": reviewed(WEIGH + LESS)}
    assert find_renames(old, {"c": template(WEIGH + LESS)}) == {"a": "c"}
    assert find_renames({"a": old["a"]}, {n: template(WEIGH + LESS) for n in "dc"}) == {"a": "c"}


def test_work_of_a_human_is_what_a_catalogue_is_kept_for() -> None:
    (unit,) = reviewed(WEIGH).units
    machine = Origin(OriginKind.MACHINE, "pseudo", text_hash(unit.target))
    draft = unit._replace(state=State.DRAFT, origin=machine)
    assert has_work(Catalog("a", "fr", (unit,)))
    assert has_work(Catalog("a", "fr", (), (unit,)))
    assert has_work(Catalog("a", "fr", (draft._replace(target="Mine."),)))
    assert has_work(Catalog("a", "fr", (draft._replace(comments=("Mine.",)),)))
    assert not has_work(Catalog("a", "fr", (draft._replace(comments=SUGGESTIONS),)))
    assert not has_work(Catalog("a", "fr", (draft, unit._replace(target="", state=State.EMPTY))))


def test_a_unit_is_kept_by_one_with_all_that_it_has() -> None:
    (unit,) = reviewed(WEIGH).units
    assert is_kept_by(unit, unit)
    assert is_kept_by(unit, unit._replace(context="x", comments=("More.",)))
    assert not is_kept_by(unit, unit._replace(target="Other."))
    assert not is_kept_by(unit, unit._replace(state=State.DRAFT))
    assert not is_kept_by(unit._replace(comments=("Mine.",)), unit)
