"""Invisible characters, and text decoded with the wrong charset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.findings import Severity
from tests.catalogue.po.lint.checking import assert_left_alone, found, more

if TYPE_CHECKING:
    from pathlib import Path

WORSE: dict[str, tuple[str | bytes, str, int, Severity | None]] = {
    "control character": (more('msgid "a"\nmsgstr "\x07"\n'), "PO105", 10, None),
    "control character escaped": (more('msgid "a"\nmsgstr "b\\x07"\n'), "PO105", 10, None),
    "carriage return": (more('msgid "a"\nmsgstr "b\\r"\n'), "PO105", 10, None),
    "C1 control": (more('msgid "a"\nmsgstr "b\x85"\n'), "PO105", 10, None),
    "byte-order mark within": (more('msgid "a"\nmsgstr "b\ufeff"\n'), "PO105", 10, None),
    "replacement": (more('msgid "a"\nmsgstr "\ufffd"\n'), "PO105", 10, None),
    "direction not closed": (more('msgid "a"\nmsgstr "\u202eb"\n'), "PO105", 10, None),
    "direction closes nothing": (more('msgid "a"\nmsgstr "b\u2069"\n'), "PO105", 10, None),
    "direction closed crosswise": (
        more('msgid "a"\nmsgstr "\u2066\u202ab\u2069\u202c"\n'),
        "PO105",
        10,
        None,
    ),
    "mojibake": (more('msgid "a"\nmsgstr "Ã©tÃ©"\n'), "PO106", 10, Severity.WARNING),
    "mojibake of quotes": (more('msgid "a"\nmsgstr "lâ€™Ã©tÃ©"\n'), "PO106", 10, Severity.WARNING),
}
"""Files that msgfmt and the reader accept."""


@pytest.mark.parametrize(("text", "code", "line", "severity"), WORSE.values(), ids=WORSE)
def test_what_others_let_pass(
    text: str | bytes, code: str, line: int, severity: Severity | None
) -> None:
    told = [(p.code, place.line, p.severity) for p, place in found(text)]
    assert (code, line, severity) in told


LEFT_ALONE = {
    "what the source has": more('msgid "a\x07\u202e\ufffd Ã©"\nmsgstr "\x07\u202e\ufffd Ã©"\n'),
    "directions closed": more('msgid "a"\nmsgstr "\u2066\u202ab\u202c\u2069"\n'),
    "capital letters with hats": more('msgid "a"\nmsgstr "Â« É™ „Ä“ NÃO Ã. âge Â"\n').replace(
        "Â« ", ""
    ),
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_left_alone(text: str | bytes, tmp_path: Path) -> None:
    assert_left_alone(tmp_path, text)


def test_mojibake_is_told_as_what_was_meant() -> None:
    [(problem, _)] = found(more('msgid "a"\nmsgstr "lâ€™air"\n'))
    assert problem.suggestions == ("’",)
