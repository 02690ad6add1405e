"""Escapes replaced as gettext's own reader replaces them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue.po.encoding import declared_charset, escape, unescape, with_charset
from pipeline.catalogue.po.file import Header, load_po, render_catalog
from pipeline.model import Catalog, State, Unit

if TYPE_CHECKING:
    from pathlib import Path

ESCAPES = {
    "none": ("a", "a"),
    "backslash before n": ("\\\\n", "\\n"),
    "signs": ('\\a\\b\\f\\n\\r\\t\\v\\\\\\"', '\a\b\f\n\r\t\v\\"'),
    "numbers": ('\\t\\"\\101\\x41', '\t"AA'),
    "bytes of UTF-8": ("\\303\\251 \\xc3\\xa9", "é é"),
    "more than a byte": ("\\777", "\xff"),
    "a long number": ("\\x1041", "A"),
    "unknown": ("\\q", "\\q"),
    "no number": ("\\x", "\\x"),
}


@pytest.mark.parametrize(("raw", "text"), ESCAPES.values(), ids=ESCAPES)
def test_unescape(raw: str, text: str) -> None:
    assert unescape(raw) == text


@pytest.mark.parametrize("name", ["signs", "numbers", "bytes of UTF-8"])
def test_msgfmt_reads_the_same(name: str, tmp_path: Path) -> None:
    raw, text = ESCAPES[name]
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    (tmp_path / "a.po").write_text(f'{header}msgid "x"\nmsgstr "{raw}"\n', encoding="utf-8")
    subprocess.run(["msgfmt", "a.po", "-o", "a.mo"], cwd=tmp_path, check=True)
    assert polib.mofile(str(tmp_path / "a.mo"))[0].msgstr == text


HEAD = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n'
DECLARED = {
    "field": (HEAD + '"Content-Type: text/plain; charset=CP1252\\n"\n', "CP1252"),
    "at the end": (HEAD + '"Content-Type: text/plain; charset=CP1252"', "CP1252"),
    "over lines": (HEAD + '"Content-Type: text/plain; "\n"char" "set=CP1252\\n"\n', "CP1252"),
    "in one line": ('msgid "" msgstr "Language: fr\\ncharset=CP1252\\n"\n', "CP1252"),
    "lines that go on": ('msgid ""\nmsgstr "\\\nLanguage: fr\\n\\\ncharset=CP1252\\n"\n', "CP1252"),
    "escaped": (HEAD + '"charset=CP12\\x35\\62\\n"\n', "CP1252"),
    "far behind": ("# licence\n" * 999 + HEAD + '"charset=CP1252\\n"\n', "CP1252"),
    "behind a byte-order mark": ("\ufeff" + HEAD + '"charset=CP1252\\n"\n', "CP1252"),
    "a comment's": ("# charset=CP1252\n" + HEAD, ""),
    "another text's": ('msgid "a"\nmsgstr "charset=CP1252"\n\n' + HEAD, ""),
    "an obsolete header's": ('#~ msgid ""\n#~ msgstr "charset=CP1252\\n"\n' + HEAD, ""),
    "nobody's": ("", ""),
}


@pytest.mark.parametrize(("text", "name"), DECLARED.values(), ids=DECLARED)
def test_declared_charset(text: str, name: str) -> None:
    assert declared_charset(text.encode()) == (name, name or "utf-8")


@pytest.mark.parametrize("name", ["klingon", "CHARSET", "UTF-16", "a\\0b", "\u00e9", "hex"])
def test_other_charsets_are_read_as_utf_8(name: str) -> None:
    assert declared_charset(f'{HEAD}"charset={name}\\n"\n'.encode())[1] == "utf-8"


FIELD = '"Content-Type: text/plain; charset=UTF-8\\n"\n'
GIVEN = {
    "no field": (HEAD, HEAD.replace('"Lang', FIELD + '"Lang')),
    "no fields": ('msgid ""\nmsgstr ""\n', f'msgid ""\nmsgstr ""\n{FIELD}'),
    "one line": (
        'msgid ""\nmsgstr "Language: fr\\n"\n',
        f'msgid ""\nmsgstr ""\n{FIELD}"Language: fr\\n"\n',
    ),
    "no charset": (HEAD + '"Content-Type: text/plain\\n"\n', HEAD + FIELD),
    "of a template": (HEAD + FIELD.replace("UTF-8", "CHARSET"), HEAD + FIELD),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("text", "expected"), GIVEN.values(), ids=GIVEN)
def test_with_charset(text: str, expected: str, newline: str) -> None:
    text, expected = text.replace("\n", newline), expected.replace("\n", newline)
    assert with_charset(text.encode(), newline.encode()) == expected.encode()


@pytest.mark.parametrize("head", [text for text, _ in GIVEN.values()], ids=GIVEN)
@pytest.mark.parametrize("target", ["Un", "Été"])
def test_a_catalogue_gets_a_charset_with_its_first_letter(
    head: str, target: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.po"
    path.write_text(head + '\nmsgid "x"\nmsgstr ""\n', encoding="utf-8")
    old = load_po(path, "a.po")
    unit = Unit("", "x", target, State.REVIEWED)
    data = render_catalog(Catalog("a", "fr", (unit,)), old, Header(()))
    assert declared_charset(data)[0] == (
        "UTF-8" if target == "Été" else declared_charset(head.encode())[0]
    )
    path.write_bytes(data)
    assert load_po(path, "a.po").units[0].target == target
    if target == "Été":
        subprocess.run(["msgcat", "a.po", "-o", "b.po"], cwd=tmp_path, check=True)


@given(st.text())
def test_polib_reads_the_same_of_what_it_writes(text: str) -> None:
    raw = polib.escape(text)
    assert unescape(raw) == text == polib.unescape(raw)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_what_we_escape_is_read_as_it_was(text: str) -> None:
    assert unescape(escape(text)) == text
