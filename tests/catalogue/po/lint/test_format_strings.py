"""Placeholders of format strings that differ from the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.catalogue.po.lint.checking import MANY, assert_left_alone, assert_refused, more

if TYPE_CHECKING:
    from pathlib import Path

BROKEN: dict[str, tuple[str | bytes, str, int]] = {
    "C format": (more('#, c-format\nmsgid "%d"\nmsgstr "%s"\n'), "PO110", 11),
    "C format out of order": (more('#, c-format\nmsgid "%d %s"\nmsgstr "%s %d"\n'), "PO110", 11),
    "percent that begins a format": (more('#, c-format\nmsgid "%d"\nmsgstr "%d %"\n'), "PO110", 11),
    "Python format": (more('#, python-format\nmsgid "%(a)s"\nmsgstr "%(b)s"\n'), "PO110", 11),
    "brace format": (more('#, python-brace-format\nmsgid "{a}"\nmsgstr "{a} {"\n'), "PO110", 11),
    "plural format": (more("#, c-format\n" + MANY.replace("%d jours", "jours")), "PO110", 13),
}
"""Files that msgfmt or the reader refuses, with code and line."""


@pytest.mark.parametrize(("text", "code", "line"), BROKEN.values(), ids=BROKEN)
def test_what_others_refuse_is_an_error_with_its_line(
    text: str | bytes, code: str, line: int, tmp_path: Path
) -> None:
    assert_refused(tmp_path, text, code, line)


LEFT_ALONE = {
    "no format": more('msgid "100% a"\nmsgstr "100 % {b}"\n'),
    "format that is no format": more('#, no-c-format\nmsgid "%d"\nmsgstr "%s"\n'),
    "format of a draft": more('#, c-format, fuzzy\nmsgid "%d"\nmsgstr "%s"\n'),
    "numbered formats": more('#, c-format\nmsgid "%d %s"\nmsgstr "%2$s %1$i %%"\n'),
    "form for one": more("#, c-format\n" + MANY.replace('%d jour"', 'un jour"')),
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_left_alone(text: str | bytes, tmp_path: Path) -> None:
    assert_left_alone(tmp_path, text)
