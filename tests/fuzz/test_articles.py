"""Laws of articles: read, rebuilt, built and checked."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.alignment.filling import fill
from pipeline.alignment.pairing import align
from pipeline.article import skeleton_of
from pipeline.article.positions import InArticle
from pipeline.article.reading import file_pieces, read_article
from pipeline.catalogue.extraction import extract
from pipeline.errors import PipelineError
from pipeline.markdown.html import html_pieces
from pipeline.model import Catalog, State
from pipeline.pages.building import build
from pipeline.rules.article.rules import check_article
from tests.fuzz.fewer import fewer
from tests.strategies import any_bytes, any_text, articles, targets, wild_articles, wild_texts

if TYPE_CHECKING:
    from pipeline.alignment.lattice import Bead
    from pipeline.model import Article, Unit

_WORD = re.compile(r"[a-z]{3,}")
_MARK = "жж"
_LINE_END = re.compile(rb"\r\n|\n|\r")
_LONE = re.compile(rb"\r(?!\n)")


def _filled(template: Catalog, *chosen: str) -> Catalog:
    """Fill units with the given texts in turn, as reviewed."""
    units = (
        unit._replace(target=chosen[at % len(chosen)], state=State.REVIEWED)
        for at, unit in enumerate(template.units)
    )
    return replace(template, units=tuple(units))


@fewer
@given(any_bytes)
def test_reading_any_bytes_gives_an_article_or_an_error_of_ours(data: bytes) -> None:
    with suppress(PipelineError):
        article = read_article(data, "x")
        assert b"".join(piece for piece, _ in file_pieces(article)) == data


@fewer
@given(wild_articles())
def test_segments_lie_in_order_and_say_where(data: bytes) -> None:
    article = read_article(data, "x")
    assert b"".join(piece for piece, _ in file_pieces(article)) == data
    end = 0
    for segment in article.segments:
        assert end <= segment.start < segment.end <= len(data)
        assert segment.text.strip()
        assert segment.line == 1 + len(_LINE_END.findall(data, 0, segment.start))
        end = segment.end


@fewer
@given(wild_articles())
def test_building_nothing_or_the_same_gives_the_source(data: bytes) -> None:
    article = read_article(data, "x")
    template = extract(article, "x")
    same = tuple(u._replace(target=u.source, state=State.REVIEWED) for u in template.units)
    for catalog in (template, replace(template, units=same)):
        built = build(article, catalog, "x.po", drafts=True)
        assert (built.data, built.findings) == (data, ())


@fewer
@given(wild_articles(), st.lists(st.one_of(targets, wild_texts), min_size=1, max_size=4))
def test_a_built_article_has_the_skeleton_of_its_source(data: bytes, chosen: list[str]) -> None:
    article = read_article(data, "x")
    built = build(article, _filled(extract(article, "x"), *chosen), "x.po", drafts=True)
    assert skeleton_of(built.data) == skeleton_of(data)
    assert article.fault or not read_article(built.data, "x").fault


@fewer
@given(wild_articles())
def test_a_mark_comes_back_in_every_place(data: bytes) -> None:
    article = read_article(data, "x")
    template = extract(article, "x")
    units = (_marked(unit) for unit in template.units)
    built = build(article, replace(template, units=tuple(units)), "x.po", drafts=True)
    again = read_article(built.data, "x").segments
    assert len(again) == len(article.segments)
    for before, now, state in zip(article.segments, again, built.states, strict=True):
        put = state is State.REVIEWED and _marked_text(before.text) != before.text
        assert (_MARK in now.text) == put, (before, now)


def _marked(unit: Unit) -> Unit:
    return unit._replace(target=_marked_text(unit.source), state=State.REVIEWED)


def _marked_text(text: str) -> str:
    """Put a mark behind the first plain word, if the text begins with one."""
    found = _WORD.match(text)
    return text[: found.end()] + _MARK + text[found.end() :] if found else text


_JUDGE = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@fewer
@given(articles.filter(lambda data: not _LONE.search(data)))  # in HTML parsers differ there
def test_another_parser_sees_the_same_blocks(data: bytes) -> None:
    article = read_article(data, "x")
    template = extract(article, "x")
    units = (_marked(unit) for unit in template.units)
    built = build(article, replace(template, units=tuple(units)), "x.po", drafts=True)
    assert _blocks(built.data) == _blocks(data)


def _blocks(data: bytes) -> list[tuple[str, int, str]]:
    tokens = _JUDGE.parse(data.decode("utf-8-sig"))
    return [(t.type, t.level, t.tag) for t in tokens]


@fewer
@given(any_bytes, st.sampled_from(["en", "fr", "ja"]))
def test_checking_an_article_gives_problems_with_places(data: bytes, locale: str) -> None:
    with suppress(PipelineError):
        article = read_article(data, "x")
        lines = 1 + len(re.findall(rb"\r\n|\n|\r", data))
        for problem, place in check_article(article, ("Ada",), locale):
            assert problem.message
            assert 1 <= place.line <= lines


@fewer
@given(wild_articles(), st.data())
def test_every_range_of_a_segment_has_a_place(data: bytes, draw: st.DataObject) -> None:
    article = read_article(data, "x")
    for segment in article.segments[:5]:
        start = draw.draw(st.integers(0, len(segment.text)))
        end = draw.draw(st.integers(start, len(segment.text)))
        found = InArticle(article, segment)
        place, (first, last) = found.place(start, end), found.raw(start, end)
        assert segment.start <= first <= last <= segment.end
        assert (place.line, place.column) <= (place.end_line, place.end_column)
        assert place.line >= segment.line


@fewer
@given(any_text)
def test_texts_of_raw_html_lie_in_it(text: str) -> None:
    data = f"<div>{text}<p title='a'>b</p>".encode()
    end = 0
    for found in html_pieces(data):
        assert end <= found.start <= found.end <= len(data)
        end = found.end


@fewer
@given(wild_articles(), wild_articles(), st.booleans())
def test_aligning_overwrites_nothing(one: bytes, other: bytes, accept: bool) -> None:
    source, version = read_article(one, "en"), read_article(other, "fr")
    template = extract(source, "x")
    units = (
        unit._replace(target="kept", state=State.DRAFT) if at % 3 == 0 else unit
        for at, unit in enumerate(template.units)
    )
    catalog = replace(template, locale="fr", units=tuple(units))
    alignment = align(source, version)
    filled, _ = fill(catalog, source, version, alignment, accept=accept)
    assert [unit.key for unit in filled.units] == [unit.key for unit in catalog.units]
    for before, after in zip(catalog.units, filled.units, strict=True):
        if before.target:
            assert after == before
        assert bool(after.target) == (after.state is not State.EMPTY)
    _accounted(source, version, alignment.beads)


def _accounted(source: Article, version: Article, beads: tuple[Bead, ...]) -> None:
    """Check that every text of both sides is in exactly one bead."""
    ours = sorted(place for bead in beads for place in bead.source)
    theirs = sorted(place for bead in beads for place in bead.version)
    assert ours == list(range(len(source.segments)))
    assert theirs == list(range(len(version.segments)))
