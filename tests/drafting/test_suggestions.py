"""Suggestions: selected units, text of the suggestion, and unchanged rest."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue import without_suggestions
from pipeline.catalogue.po.file import Header, PoFile, load_po, render_catalog
from pipeline.drafting.memory import Memory
from pipeline.drafting.suggestions import suggest
from pipeline.model import Catalog, Origin, OriginKind, State, Unit, text_hash
from tests.strategies import any_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TEXT = "Salt the water, then wait."
NEAR = "Salt the soup, then wait a day."
LINE = "pipeline: similar 73 %: Salt the soup, then wait a day. → Salez la soupe."
STALE = "pipeline: similar 51 %: Something else → Autre chose"


def memory(source: str = NEAR, target: str = "Salez la soupe.") -> Memory:
    """Return a memory with one text."""
    return Memory([Catalog("a", "fr", (Unit("c", source, target, State.REVIEWED),))], 0.8)


def suggested(unit: Unit, given_memory: Memory | None = None) -> Unit:
    """Return the unit after a run; check that a second run changes nothing."""
    catalog = suggest(Catalog("b", "fr", (unit,)), given_memory or memory())
    assert suggest(catalog, given_memory or memory()) is catalog
    return catalog.units[0]


COMMENTS: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    ((), (LINE,)),
    (("mine",), ("mine", LINE)),
    ((STALE,), (LINE,)),
    (("mine", STALE, "yours"), ("mine", LINE, "yours")),
    (("mine", STALE, "yours", STALE), ("mine", LINE, "yours")),
    (("mine", LINE, "yours"), ("mine", LINE, "yours")),
    (("pipeline: similar to the one above",), ("pipeline: similar to the one above", LINE)),
]


@pytest.mark.parametrize(("before", "after"), COMMENTS)
def test_an_empty_unit_has_one_suggestion_where_the_old_one_stood(
    before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    unit = Unit("c", TEXT, comments=before, flags=("no-wrap",), line=7)
    assert suggested(unit) == unit._replace(comments=after)


@pytest.mark.parametrize("state", [State.DRAFT, State.REVIEWED])
def test_a_unit_with_a_text_has_none(state: State) -> None:
    unit = Unit("c", TEXT, "Salez l'eau.", state, comments=("mine", STALE, "yours"))
    assert suggested(unit) == unit._replace(comments=("mine", "yours"))
    assert without_suggestions(unit) == unit._replace(comments=("mine", "yours"))


@pytest.mark.parametrize(
    "unit",
    [
        Unit("c", TEXT, "Salez l'eau.", State.REVIEWED, comments=("mine",)),
        Unit("c", "Nothing like it", comments=("pipeline: machine x 12345678", "similar 5 %")),
        Unit("c", "Nothing like it"),
    ],
)
def test_what_has_no_suggestion_stays_as_it_is(unit: Unit) -> None:
    catalog = Catalog("b", "fr", (unit,), obsolete=(unit,))
    assert suggest(catalog, memory()) is catalog
    assert without_suggestions(unit) is unit


def test_what_is_not_similar_any_more_goes() -> None:
    unit = Unit("c", "Nothing like it", comments=("mine", STALE))
    assert suggested(unit) == unit._replace(comments=("mine",))
    old = Unit("c", "Gone", "Parti", State.REVIEWED, comments=(STALE,))
    catalog = suggest(Catalog("b", "fr", (), obsolete=(old,)), memory())
    assert catalog.obsolete == (old._replace(comments=()),)


def test_a_better_one_takes_its_place() -> None:
    better = memory("Salt the water, and wait.", "Salez l'eau.")
    (line,) = suggested(Unit("c", TEXT, comments=(LINE,)), better).comments
    assert line == "pipeline: similar 90 %: Salt the water, and wait. → Salez l'eau."


def test_the_floor_decides() -> None:
    catalog = Catalog("b", "fr", (Unit("c", TEXT),))
    assert suggest(catalog, memory(), 0.9) is catalog
    assert suggest(catalog, memory(), 0.6) != catalog
    assert suggest(replace(catalog, locale="es"), memory()).units == catalog.units


LONG = "word " * 50
SHOWN = [
    ("Salez\nla soupe.", r"Salez\nla soupe."),
    ("a\r\nb\x0bc\u2028d\x85e\x00f\tg", r"a\r\nb\x0bc\u2028d\x85e\x00f\tg"),
    ("  Sel \u00a0", "Sel"),
    ("→ \\* 5 %: é", "→ \\* 5 %: é"),
    ("x" * 200, "x" * 200),
    ("x" * 201, "x" * 199 + "…"),
    (LONG, ("word " * 39).rstrip() + "…"),
]


@pytest.mark.parametrize(("target", "expected"), SHOWN)
def test_a_text_is_shown_on_one_line_of_bearable_length(target: str, expected: str) -> None:
    (line,) = suggested(Unit("c", TEXT), memory(target=target)).comments
    assert line == f"pipeline: similar 73 %: {NEAR} → {expected}"


HEADER = Header((("Content-Type", "text/plain; charset=UTF-8"), ("Language", "fr")))


def written(path: Path, units: Iterable[Unit], old: PoFile | None = None) -> PoFile:
    """Write units as a file and read it again."""
    catalog = Catalog("b", "fr", tuple(units))
    path.write_bytes(render_catalog(catalog, old or PoFile(b""), HEADER))
    return load_po(path, path.name)


DRAFT = Unit(
    "c",
    "Wait.",
    "Attendez.",
    State.DRAFT,
    Origin(OriginKind.MACHINE, "google", text_hash("Attendez.")),
    comments=("mine",),
)


def test_a_suggestion_is_no_provenance_and_provenance_no_suggestion(tmp_path: Path) -> None:
    path = tmp_path / "b.po"
    empty = Unit("c", TEXT, comments=("mine", STALE, "yours"))
    first = written(path, (empty, DRAFT))
    catalog = suggest(first.catalog("b", "fr"), memory())
    second = written(path, catalog.units, first)
    assert f"# mine\n# {LINE}\n# yours\nmsgctxt".encode() in second.data
    assert b"\n# mine\n# pipeline: machine google " in second.data
    read = second.catalog("b", "fr")
    assert [u._replace(line=0) for u in read.units] == [u._replace(line=0) for u in catalog.units]
    assert read.units[0].origin == Origin()
    assert read.units[1].origin == DRAFT.origin
    assert suggest(read, memory()) is read
    assert written(path, read.units, second).data == second.data


def test_a_draft_that_takes_the_place_of_a_suggestion(tmp_path: Path) -> None:
    path = tmp_path / "b.po"
    first = written(path, [Unit("c", TEXT, comments=("mine", LINE, "yours"))])
    draft = first.units[0]._replace(target="Salez.", state=State.DRAFT, origin=DRAFT.origin)
    draft = draft._replace(origin=draft.origin._replace(digest=text_hash("Salez.")))
    second = written(path, [without_suggestions(draft)], first)
    assert b"# mine\n# yours\n# pipeline: machine google " in second.data
    assert b"similar" not in second.data


def test_gettext_keeps_a_suggestion(tmp_path: Path) -> None:
    path = tmp_path / "b.po"
    unit = Unit("c", TEXT, comments=("mine", f"{LINE} {'and more ' * 10}".rstrip(), "yours"))
    data = written(path, [unit]).data
    command = ["msgmerge", "--quiet", "--update", "--backup=none", path.name, path.name]
    subprocess.run(command, cwd=tmp_path, check=True)
    subprocess.run(["msgcat", "-o", path.name, path.name], cwd=tmp_path, check=True)
    assert load_po(path, "b.po").units[0].comments == unit.comments
    assert data.partition(b"msgctxt")[0].partition(b"# mine")[2] in path.read_bytes()


@pytest.fixture(scope="module")
def po(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a path to write to."""
    return tmp_path_factory.mktemp("po") / "b.po"


@given(any_text.filter(str.strip), st.lists(st.just("mine"), max_size=1).map(tuple))
def test_whatever_is_suggested_is_read_as_it_was_written(
    po: Path, target: str, comments: tuple[str, ...]
) -> None:
    unit = suggested(Unit("c", TEXT, comments=comments), memory(target=target))
    assert len(unit.comments) == len(comments) + 1
    first = written(po, [unit])
    assert first.units[0].comments == unit.comments
    catalog = first.catalog("b", "fr")
    assert suggest(catalog, memory(target=target)) is catalog
    assert without_suggestions(first.units[0]).comments == comments
