"""Cases found by `make fuzz`, each reduced, by kind of fault."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.article.reading import read_article
from pipeline.catalogue.po.file import Header, load_po, render_catalog
from pipeline.errors import InputError
from pipeline.markdown.parser import inline
from pipeline.markdown.plain_text import plain
from pipeline.model import State
from pipeline.project.settings import has_table, load_settings
from pipeline.rules.catalogue.file import check_catalogue_file

if TYPE_CHECKING:
    from pathlib import Path

HEADER = Header((("Language", "fr"),))

OFFSETS = {
    "a tag over the mark of an alert, its line end cut off by an é": (
        "{{\n> [!tip] Aé\n{{< figure >}}\n:::: é",
        ["Aé"],
    ),
    "a container's attributes were cut": (
        "{{\n> [!tip] A\n{{< figure >}}\n::::{.columns}",
        ["A"],
    ),
    "places moved by an open tag": (
        "{{\n> [!tip] A title\n::: note Mind the gap\n"
        '{{< figure src="a.png" title="A title" >}}\n\n::: note Mind the gap',
        ["A title", "Mind the gap", "A title", "Mind the gap"],
    ),
    "an open tag in a paragraph": ("{{\n{{< figure >}} é", ["{{ {{< figure >}} é"]),
    "an import in a quotation is no MDX": (
        "> import Tabs from '@theme/Tabs';\n\n{props.name}",
        ["import Tabs from '@theme/Tabs';", "{props.name}"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), OFFSETS.values(), ids=OFFSETS)
def test_texts_are_cut_where_they_begin_and_end(text: str, expected: list[str]) -> None:
    data = text.encode("utf-8")
    segments = read_article(data, "x.md").segments
    assert [segment.text for segment in segments] == expected
    cut = [data[segment.start : segment.end].decode("utf-8") for segment in segments]
    assert [" ".join(text.split()) for text in cut] == expected


@pytest.mark.parametrize("text", ["\ud800*a*", "*\udcff*", "`\udfff"])
def test_half_a_character_is_text(text: str) -> None:
    """The environment and the command line yield lone surrogates for invalid UTF-8."""
    assert all(0 <= item.start < item.end <= len(text) for item in inline(text))
    assert plain(text).origin(0, 1)[1] <= len(text)


@pytest.mark.parametrize("charset", ["raw_unicode_escape", "unicode_escape", "utf-7", "palmos"])
def test_no_charset_makes_half_a_character(charset: str, tmp_path: Path) -> None:
    """Python knows charsets in which ASCII bytes can mean other characters; no PO file uses one."""
    head = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n\n'
    path = tmp_path / "x.po"
    path.write_text(head + 'msgid "a\\ud800"\nmsgstr "+2AA-"\n', "ascii")
    (unit,) = load_po(path, "x.po").units
    assert "\ud800" not in unit.source + unit.target
    assert check_catalogue_file(path.read_bytes(), "fr", "x.po")


UNREADABLE = {
    "nested without end": "terms = " + "[" * 5_000,
    "tables in tables": "engine = " + "{a = " * 5_000,
    "a number of many digits": "publish_at = " + "9" * 5_000,
    "a day that is none": "publish_at = 2026-02-30",
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_settings_that_the_parser_gives_up_on_are_refused(text: str) -> None:
    assert not has_table(text, ("check",))
    with pytest.raises(InputError, match=r"^x\.toml:2: invalid TOML: "):
        load_settings("# settings\n" + text, "x.toml", ())


FUZZY = {
    "on an empty entry": b'#, fuzzy\nmsgid "a"\nmsgstr ""\n',
    "among other flags": b'#, c-format, fuzzy\nmsgid "a"\nmsgstr ""\n',
}


@pytest.mark.parametrize("data", FUZZY.values(), ids=FUZZY)
def test_a_reviewed_text_is_not_fuzzy_where_an_empty_one_was(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(data)
    file = load_po(path, "x.po")
    new = file.units[0]._replace(target="b", state=State.REVIEWED)
    catalog = replace(file.catalog("x", "fr"), units=(new,))
    path.write_bytes(render_catalog(catalog, file, HEADER))
    (again,) = load_po(path, "x.po").units
    assert (again.target, again.state, again.flags) == ("b", State.REVIEWED, file.units[0].flags)
