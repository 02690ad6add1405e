"""The laws of the design, as property tests."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.article import skeleton_of
from pipeline.article.reading import file_pieces, read_article
from pipeline.catalogue.extraction import extract
from pipeline.catalogue.merging import merge
from pipeline.catalogue.po.file import Header, PoFile, load_po, render_catalog, render_template
from pipeline.drafting.protect.protect import protect, restore
from pipeline.drafting.protect.tokens import Damage
from pipeline.markdown.marks import Form, count_constructs
from pipeline.model import Catalog, Origin, Previous, Reference, State, Unit
from pipeline.pages.building import build
from tests.examples import EXAMPLES
from tests.strategies import any_text, articles, catalogs, inline_texts, mutated, targets

TOKENS = Form("Xq{n}z")
FORMS = [
    TOKENS,
    Form('<x id="{n}"/>', '<g id="{n}">', "</g>", tags=True),
    Form('<i class="n">X{n}X</i>', '<b id="{n}">', "</b>"),
]
HEADER = Header((("Language", "fr"), ("Content-Type", "text/plain; charset=UTF-8")))


@given(articles)
def test_1_spans_joined_are_the_text(data: bytes) -> None:
    assert b"".join(piece for piece, _ in file_pieces(read_article(data, "x"))) == data


@pytest.mark.parametrize("text", EXAMPLES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_1_2_7_on_examples(text: str, newline: str) -> None:
    keeps_the_laws(text.replace("\n", newline).encode())


@given(mutated())
def test_1_2_7_on_damaged_cases(data: bytes) -> None:
    keeps_the_laws(data)


def keeps_the_laws(data: bytes) -> None:
    """Check laws 1, 2 and 7 for one article, and that no text is lost."""
    article = read_article(data, "x")
    assert b"".join(piece for piece, _ in file_pieces(article)) == data
    template = extract(article, "x")
    assert build(article, template, "x.po", drafts=True).data == data
    for mark in ("", " жж", "\\", " #"):
        new = tuple(
            u._replace(target=u.source + mark * 2, state=State.REVIEWED) for u in template.units
        )
        built = build(article, replace(template, units=new), "x.po", drafts=True)
        assert skeleton_of(built.data) == skeleton_of(data)
        if not mark:
            assert (built.data, built.findings) == (data, ())
        elif mark == " жж":
            seen = [s.text.count("жж") for s in read_article(built.data, "x").segments]
            assert seen == [2 * (state is State.REVIEWED) for state in built.states]


@given(articles)
def test_2_empty_and_identity_catalogues_give_the_source(data: bytes) -> None:
    article = read_article(data, "x")
    template = extract(article, "x")
    same = tuple(u._replace(target=u.source, state=State.REVIEWED) for u in template.units)
    for catalog in (template, replace(template, units=same)):
        built = build(article, catalog, "x.po", drafts=True)
        assert built.data == data
        assert not built.findings


@given(inline_texts, st.sampled_from(FORMS))
def test_3_restore_undoes_protect(text: str, form: Form) -> None:
    protected = protect(text, form, ("Ada Byron",), frozenset({"ref"}))
    if isinstance(protected, Damage):
        return
    restored = restore(protected.text, protected)
    assert isinstance(restored, str)
    assert restored.replace("[ref][ref]", "[ref]") == text.replace("[ref][ref]", "[ref]")
    assert count_constructs(restored, frozenset({"ref"})) == count_constructs(
        text, frozenset({"ref"})
    )


@given(inline_texts, st.data())
def test_3_a_lost_token_is_damage(text: str, data: st.DataObject) -> None:
    protected = protect(text, TOKENS)
    if isinstance(protected, Damage) or not protected.hidden:
        return
    token = TOKENS.token.format(n=data.draw(st.integers(0, len(protected.hidden) - 1)))
    change = data.draw(st.sampled_from(["", token + " " + token, token.replace("q", "k")]))
    assert isinstance(restore(protected.text.replace(token, change), protected), Damage)


@given(any_text, any_text, any_text, any_text)
def test_4_write_read_write(context: str, source: str, target: str, previous: str) -> None:
    unit = Unit(
        context=context,
        source=source or "x",
        target=target,
        state=State.DRAFT if target else State.EMPTY,
        references=(Reference("a.md", 3),),
        notes=("note",),
        previous=Previous(previous) if target else None,
    )
    catalog = Catalog("x", "fr", (unit,))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.po"
        path.write_bytes(render_template(catalog, HEADER))
        first = load_po(path, "x.po")
        (again,) = first.units
        assert again._replace(line=0) == unit
        # Written anew, entry by entry, it is the same file.
        assert render_template(first.catalog("x", "fr"), HEADER) == first.data
        assert render_catalog(first.catalog("x", "fr"), first, HEADER) == first.data


@given(catalogs(), catalogs())
def test_5_merging_twice_is_merging_once(catalog: Catalog, other: Catalog) -> None:
    template = _template(other)
    once = merge(catalog, template)
    assert merge(once, template) == once
    assert [unit.key for unit in once.units] == [unit.key for unit in template.units]


@given(catalogs(), st.lists(catalogs(), min_size=1, max_size=4))
def test_5_no_reviewed_text_is_lost(catalog: Catalog, others: list[Catalog]) -> None:
    merged = catalog
    for other in others:
        merged = merge(merged, _template(other))
    pairs = {(u.source, u.target) for u in (*merged.units, *merged.obsolete)}
    for unit in catalog.units:
        if unit.state is State.REVIEWED:
            assert (unit.source, unit.target) in pairs


@given(catalogs(), catalogs())
def test_5_a_source_that_comes_back_brings_its_review(catalog: Catalog, other: Catalog) -> None:
    there_and_back = merge(merge(catalog, _template(other)), _template(catalog))
    before = {u.key: u for u in catalog.units if u.state is State.REVIEWED}
    after = {u.key: u for u in there_and_back.units}
    moved = {u.context for u in other.units} ^ {u.context for u in catalog.units}
    for key, unit in before.items():
        if not moved:  # a renamed section carries its texts away
            assert after[key].state is State.REVIEWED
            assert after[key].target == unit.target


@given(articles, st.lists(targets, min_size=1, max_size=6))
def test_7_a_built_article_has_the_skeleton_of_its_source(data: bytes, texts: list[str]) -> None:
    article = read_article(data, "x")
    units = tuple(
        unit._replace(target=texts[at % len(texts)], state=State.REVIEWED)
        for at, unit in enumerate(extract(article, "x").units)
    )
    built = build(article, Catalog("x", "fr", units), "x.po", drafts=True)
    assert skeleton_of(built.data) == skeleton_of(data)


@given(articles, catalogs(), catalogs())
def test_8_stages_leave_their_arguments_as_they_were(
    data: bytes, catalog: Catalog, other: Catalog
) -> None:
    article = read_article(data, "x")
    before = copy.deepcopy((article, catalog, other))
    extract(article, "x")
    merge(catalog, other)
    build(article, catalog, "x.po", drafts=True)
    assert (article, catalog, other) == before


def _template(catalog: Catalog) -> Catalog:
    empty = (u._replace(target="", state=State.EMPTY, origin=Origin()) for u in catalog.units)
    return replace(catalog, locale="", units=tuple(empty))


def test_a_new_file_is_read_as_it_was_written() -> None:
    """The empty case of law 4, which the strategies do not draw."""
    assert render_catalog(Catalog("x", "fr"), PoFile(b""), HEADER).startswith(b'msgid ""')
