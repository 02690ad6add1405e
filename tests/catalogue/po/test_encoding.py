"""Escapes replaced as gettext's own reader replaces them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue.po.encoding import escape, unescape

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


@given(st.text())
def test_polib_reads_the_same_of_what_it_writes(text: str) -> None:
    raw = polib.escape(text)
    assert unescape(raw) == text == polib.unescape(raw)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_what_we_escape_is_read_as_it_was(text: str) -> None:
    assert unescape(escape(text)) == text
