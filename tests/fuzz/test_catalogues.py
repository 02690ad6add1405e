"""Laws of catalogues: read, written, merged, exchanged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polib
from hypothesis import given
from hypothesis import strategies as st

from pipeline.article.reading import read_article
from pipeline.catalogue.extraction import extract
from pipeline.catalogue.merging import merge
from pipeline.catalogue.po.file import Header, PoFile, load_po, render_catalog, render_template
from pipeline.drafting.tmx import read_tmx, write_tmx
from pipeline.errors import PipelineError
from pipeline.findings import Severity
from pipeline.model import Catalog, Origin, State, Unit
from pipeline.rules.catalogue.file import RULES, check_catalogue_file
from tests.fuzz.attempt import attempt
from tests.fuzz.fewer import fewer
from tests.strategies import any_text, damaged_po_files, po_files, wild_articles, wild_catalogs

HEADER = Header((("Language", "fr"), ("Content-Type", "text/plain; charset=UTF-8")))


def _loaded(data: bytes) -> PoFile:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.po"
        path.write_bytes(data)
        return load_po(path, "x.po")


@fewer
@given(po_files())
def test_a_catalogue_that_did_not_change_is_written_as_it_was(data: bytes) -> None:
    file = attempt(_loaded, data)
    if isinstance(file, PipelineError):
        assert str(file).startswith("x.po")
    elif data:  # an empty file is as good as none
        assert render_catalog(file.catalog("x", "fr"), file, HEADER) == data


@fewer
@given(damaged_po_files())
def test_any_bytes_are_a_catalogue_or_refused_with_their_line(data: bytes) -> None:
    problems = check_catalogue_file(data, "fr", "x.po")
    assert all(place.line >= 1 for _, place in problems)
    errors = [
        problem
        for problem, _ in problems
        if (problem.severity or RULES[problem.code].severity) is Severity.ERROR
    ]
    file = attempt(_loaded, data)
    if isinstance(file, PipelineError):
        assert str(file).startswith("x.po")
        assert errors, f"refused, yet no rule tells of it: {file}"
    elif data:  # an empty file is as good as none
        assert render_catalog(file.catalog("x", "fr"), file, HEADER) == data


@fewer
@given(po_files(), any_text.filter(bool), st.data())
def test_a_change_of_one_entry_leaves_the_others(
    data: bytes, target: str, draw: st.DataObject
) -> None:
    file = attempt(_loaded, data)
    if isinstance(file, PipelineError) or not file.units or file.charset != "utf-8":
        return
    at = draw.draw(st.integers(0, len(file.units) - 1))
    new = file.units[at]._replace(target=target, state=State.REVIEWED, origin=Origin())
    units = (*file.units[:at], new, *file.units[at + 1 :])
    catalog = replace(file.catalog("x", "fr"), units=units)
    again = _loaded(render_catalog(catalog, file, HEADER))
    assert [_content(unit) for unit in again.units] == [_content(unit) for unit in units]
    assert [_content(u) for u in again.obsolete] == [_content(u) for u in file.obsolete]
    assert _foreign(again) == _foreign(file)
    for unit in (*units, *file.obsolete):
        if unit is not new:
            assert unit.origin != Origin() or _same(again, file, unit)


def _foreign(file: PoFile) -> dict[tuple[str, str], bytes]:
    """Return the entries with plural forms, by key."""
    return {key: entry.raw.strip() for key, entry in file.entries.items() if entry.plural}


def _same(new: PoFile, old: PoFile, unit: Unit) -> bool:
    return new.entries[unit.key].raw.rstrip() == old.entries[unit.key].raw.rstrip()


def _content(unit: Unit) -> Unit:
    """Return a unit without line, empty comments, and the origin of a text edited by hand."""
    origin = unit.origin if unit.untouched else Origin()
    return unit._replace(line=0, origin=origin, comments=tuple(filter(None, unit.comments)))


@fewer
@given(po_files())
def test_polib_reads_the_same_messages(data: bytes) -> None:
    file = attempt(_loaded, data)
    if isinstance(file, PipelineError):
        return
    if any(sign in file.data.decode(file.charset) for sign in "\u2028\u2029\x85\x1c\x1d\x1e\x0b\f"):
        return  # where polib loses text
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.po"
        path.write_bytes(data)
        try:
            parsed = polib.pofile(str(path), encoding=file.charset)
        except OSError:  # it refuses some odd comments that msgfmt takes
            return
    theirs = [entry for entry in parsed if not entry.msgstr_plural]
    ours = {unit.key: unit.target for unit in (*file.units, *file.obsolete)}
    assert {(e.msgctxt or "", e.msgid): e.msgstr for e in theirs} == ours


@fewer
@given(wild_catalogs())
def test_a_new_catalogue_is_read_as_it_was_written(catalog: Catalog) -> None:
    file = _loaded(render_template(catalog, HEADER))
    assert [_plain(unit) for unit in file.units] == [_plain(unit) for unit in catalog.units]


def _plain(unit: Unit) -> tuple[str, str, str, State]:
    return (unit.context, unit.source, unit.target, unit.state)


@fewer
@given(wild_articles())
def test_a_template_is_read_as_it_was_written(data: bytes) -> None:
    template = extract(read_article(data, "a b.md"), "x")
    file = _loaded(render_template(template, HEADER))
    assert [_content(unit) for unit in file.units] == list(template.units)


@fewer
@given(wild_catalogs(), st.lists(wild_catalogs(), min_size=1, max_size=3), st.booleans())
def test_merging_and_writing_loses_no_reviewed_text(
    catalog: Catalog, others: list[Catalog], alike: bool
) -> None:
    file = _loaded(render_template(replace(catalog, obsolete=()), HEADER))
    for other in others:
        template = _template(other, catalog if alike else None)
        merged = merge(file.catalog("x", "fr"), template)
        assert merge(merged, template) == merged
        assert [unit.key for unit in merged.units] == [unit.key for unit in template.units]
        data = render_catalog(merged, file, HEADER)
        file = _loaded(data)
        assert render_catalog(file.catalog("x", "fr"), file, HEADER) == data
    kept = {(u.source, u.target) for u in (*file.units, *file.obsolete)}
    for unit in catalog.units:
        if unit.state is State.REVIEWED:
            assert (unit.source, unit.target) in kept


def _template(catalog: Catalog, base: Catalog | None) -> Catalog:
    """Return a template; with a base, one that includes slightly changed texts of it."""
    units = list(catalog.units)
    for at, unit in enumerate(base.units if base else ()):
        units.append(unit._replace(source=unit.source + " more" * (at % 3 == 1)))
    empty = {
        u.key: u._replace(target="", state=State.EMPTY, origin=Origin(), previous=None, comments=())
        for u in units
    }
    return Catalog("x", "", tuple(empty.values()))


@fewer
@given(wild_catalogs())
def test_reviewed_texts_survive_an_exchange(catalog: Catalog) -> None:
    written = write_tmx([catalog], "en")
    pairs = {(p.source, p.target) for p in read_tmx(written.data, "x.tmx", "en", ["fr"]).pairs}
    wanted = {
        (u.source, u.target)
        for u in (*catalog.units, *catalog.obsolete)
        if u.state is State.REVIEWED and u.source.strip() and u.target.strip()
    }
    assert pairs <= wanted
    assert len(wanted) - len(pairs) <= written.left_out


_TMX = write_tmx(
    [Catalog("x", "fr", (Unit("c", "One <b>two</b>", "Un &amp; deux", State.REVIEWED),))], "en"
).data


_PUT = st.one_of(
    st.binary(max_size=3),
    st.sampled_from(
        (b"<ph x='1'>", b"</seg>", b"&amp;", b"&#0;", b"<!--", b"<!DOCTYPE x [", b"<hi/>", b"<![")
    ),
)


@fewer
@given(st.lists(st.tuples(st.integers(0, len(_TMX)), st.integers(0, 9), _PUT), max_size=3))
def test_any_bytes_are_a_memory_or_refused(changes: list[tuple[int, int, bytes]]) -> None:
    data = _TMX
    for at, cut, put in changes:
        data = data[:at] + put + data[at + cut :]
    found = attempt(read_tmx, data, "x.tmx", "en", ["fr"])
    if isinstance(found, PipelineError):
        assert str(found).startswith("x.tmx")
    else:
        assert all(pair.source.strip() and pair.target.strip() for pair in found.pairs)
