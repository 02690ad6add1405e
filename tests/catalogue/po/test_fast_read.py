"""Ordinary PO entries read without polib, with the same result as polib's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from pipeline.catalogue.po import read as poread
from pipeline.catalogue.po.fast_read import Entry, entries
from pipeline.catalogue.po.file import Header, render_template
from tests.strategies import catalogs

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model import Catalog

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ONE = 'msgid "One"\nmsgstr "Un"\n'

ORDINARY = {
    "reviewed": ONE,
    "empty": 'msgid "One"\nmsgstr ""\n',
    "fuzzy": "#, fuzzy, c-format\n" + ONE,
    "context over lines": 'msgctxt ""\n"a "\n"b"\n' + ONE,
    "escapes": 'msgid "a\\n\\t\\"\\\\n \\a \\x41"\nmsgstr "\\r\u2028\x85\x1c\\\\"\n',
    "comments": "# mine\n#\n#  yours \n#. note\n#.  deep\n#: a.md:1 b.md:2\n#: c:3\n" + ONE,
    "an empty comment first": "#\n# mine\n" + ONE,
    "only an empty comment": "#\n" + ONE,
    "what it was": '#, fuzzy\n#| msgctxt "y"\n#| msgid ""\n#| "Old "\n#| "one"\n' + ONE,
    "provenance": "# mine\n# pipeline: machine apertium eng-fra 0123abcd\n" + ONE,
    "provenance in other words": "# see pipeline: ignore TY101 why\n" + ONE,
    "plural": 'msgid "One"\nmsgid_plural "Many"\nmsgstr[0] "Un"\nmsgstr[1] ""\n"Des"\n',
    "obsolete": '# mine\n#, fuzzy\n#~ msgctxt "x"\n#~ msgid ""\n#~ "One"\n#~ msgstr "Un"\n',
    "obsolete, with what it was": '#~| msgid "Old"\n#~ msgid "One"\n#~ msgstr "Un"\n',
    "blank lines": ONE + "\n\n\n" + 'msgid "Two"\nmsgstr ""\n\n',
    "no blank line": ONE + 'msgid "Two"\nmsgstr ""\n',
    "long": 'msgid "One"\nmsgstr ""\n' + '"x y \\n"\n' * 300,
}
ODD = {
    "no line end": ONE.rstrip("\n"),
    "carriage returns": ONE.replace("\n", "\r\n"),
    "a reference without a line": "#: a.md\n" + ONE,
    "a path with blanks": "#: \u2068a b.md\u2069:3\n" + ONE,
    "a comment without a blank": "#mine\n" + ONE,
    "two obsolete ones": '#~ msgid "a"\n#~ msgstr "b"\n#~ msgid "c"\n#~ msgstr "d"\n',
    "comments at the end": ONE + "\n# mine\n",
    "a conflict": "<<<<<<< ours\n" + ONE,
    "no msgstr": 'msgid "One"\n',
    "a quote too many": 'msgid "O"ne"\nmsgstr ""\n',
    "indented": "  " + ONE,
    "a tab": 'msgid\t"One"\nmsgstr ""\n',
    "no end": 'msgid "One"\n' + '"x"\n' * 20_000,
    "a blank line within": 'msgid "One"\n\nmsgstr ""\n',
}


def through_polib(folder: Path, text: str) -> list[Entry]:
    path = folder / "x.po"
    path.write_bytes(text.encode("utf-8"))
    return poread._through_polib(path, path.read_bytes(), text, "utf-8", "x.po")[0]


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_an_ordinary_entry_says_what_polib_says(text: str, tmp_path: Path) -> None:
    found = entries(HEADER + text)
    assert found
    assert found[1:] == through_polib(tmp_path, HEADER + text)[1:]
    assert b"".join(entry.raw for entry in found).decode() == HEADER + text


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_an_odd_entry_is_left_to_polib(text: str) -> None:
    assert entries(HEADER + text) is None


@given(catalogs())
def test_what_we_write_is_ordinary(catalog: Catalog) -> None:
    text = render_template(catalog, Header((("Language", "fr"),))).decode()
    found = entries(text)
    assert found
    assert [entry.unit.key for entry in found[1:]] == [unit.key for unit in catalog.units]
    assert [entry.unit.target for entry in found[1:]] == [unit.target for unit in catalog.units]
