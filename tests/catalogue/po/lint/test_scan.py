"""Lines that are not valid PO, and messages with the positions of their strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.catalogue.po.lint.scan import scan_po, unescape
from tests.catalogue.po.lint.checking import (
    HEAD,
    OLD,
    ONE,
    assert_left_alone,
    assert_refused,
    codes,
    found,
    more,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.findings import Severity

BROKEN: dict[str, tuple[str | bytes, str, int]] = {
    "no msgstr": (more('msgid "a"\n'), "PO107", 9),
    "no msgstr in the middle": (more('msgid "a"\n\n' + ONE), "PO107", 9),
    "msgid twice": (more('msgid "a"\n' + ONE), "PO107", 9),
    "msgstr twice": (more(ONE + 'msgstr "x"\n'), "PO107", 11),
    "context behind": (more('msgid "a"\nmsgctxt "x"\nmsgstr "b"\n'), "PO107", 9),
    "context alone": (more('msgctxt "x"\n'), "PO107", 9),
    "quote missing": (more('msgid "a\nmsgstr "b"\n'), "PO107", 9),
    "quote too many": (more('msgid "a"\nmsgstr "b"c"\n'), "PO107", 10),
    "word behind": (more('msgid "a"\nmsgstr "b" x\n'), "PO107", 10),
    "stray word": (more("hello\n" + ONE), "PO107", 9),
    "capitals": (more('MSGID "a"\nmsgstr "b"\n'), "PO107", 9),
    "stray string behind a comment": (more(f'{ONE}# c\n"d"\n'), "PO107", 12),
    "comment within": (more('msgid "a"\n# c\nmsgstr "b"\n'), "PO107", 10),
    "blank of another kind": (more("\u00a0\n" + ONE), "PO107", 9),
    "unknown escape": (more('msgid "a"\nmsgstr "\\q"\n'), "PO107", 10),
    "escape without digits": (more('msgid "a"\nmsgstr "\\x"\n'), "PO107", 10),
    "context separator": (more('msgctxt "a\\004"\nmsgid "b"\nmsgstr ""\n'), "PO107", 9),
    "half obsolete": (more('#~ msgid "a"\nmsgstr "b"\n'), "PO107", 10),
    "obsolete junk": (more("#~ hello\n"), "PO107", 9),
    "previous junk": (more("#| hello\n" + ONE), "PO107", 9),
    "previous at the end": (more(ONE + '#| msgid "x"\n'), "PO107", 11),
    "previous before a comment": (more('#| msgid "x"\n#, fuzzy\n' + ONE), "PO107", 10),
    "form without plural": (more('msgid "a"\nmsgstr[0] "b"\n'), "PO107", 10),
    "plural without forms": (more('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n'), "PO107", 11),
    "forms out of order": (
        more('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\nmsgstr[0] "d"\n'),
        "PO107",
        11,
    ),
}
"""Files that msgfmt or the reader refuses, with code and line."""


@pytest.mark.parametrize(("text", "code", "line"), BROKEN.values(), ids=BROKEN)
def test_what_others_refuse_is_an_error_with_its_line(
    text: str | bytes, code: str, line: int, tmp_path: Path
) -> None:
    assert_refused(tmp_path, text, code, line)


WORSE: dict[str, tuple[str | bytes, str, int, Severity | None]] = {
    "comment without a blank": (more("#comment\n" + ONE), "PO107", 9, None),
    "two strings on a line": (more('msgid "a" "b"\nmsgstr "c"\n'), "PO107", 9, None),
    "lone carriage returns": ((HEAD + ONE).replace("\n", "\r"), "PO107", 1, None),
}
"""Files that msgfmt and the reader accept."""


@pytest.mark.parametrize(("text", "code", "line", "severity"), WORSE.values(), ids=WORSE)
def test_what_others_let_pass(
    text: str | bytes, code: str, line: int, severity: Severity | None
) -> None:
    told = [(p.code, place.line, p.severity) for p, place in found(text)]
    assert (code, line, severity) in told


LEFT_ALONE = {
    "Windows": (HEAD + ONE).replace("\n", "\r\n"),
    "no final newline": HEAD + ONE.rstrip("\n"),
    "comments of all kinds": more(
        "# c\n#\n## x\n#. n\n#: a.md:1\n#, no-wrap\n" + ONE + "\n# the end\n"
    ),
    "what it was": more('#, fuzzy\n#| msgctxt "y"\n#| msgid ""\n#| "Old"\n' + ONE),
    "obsolete": more('#~| msgid "Older"\n' + OLD + "\n#, fuzzy\n" + OLD.replace("Old", "O")),
    "obsolete comment": more("#~ # c\n" + OLD),
    "strings over lines": more('msgid ""\n"a"\n\n"b"\nmsgstr ""\n"c"\n'),
    "indented": more('\tmsgid "a"\n  msgstr "b"\n'),
    "escapes": more('msgid "a\\n"\nmsgstr "\\"\\\\\\t\\x41\\101\\n"\n'),
    "contexts": more(f'msgctxt "a"\n{ONE}\nmsgctxt "b"\n{ONE}\n{ONE}'),
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_left_alone(text: str | bytes, tmp_path: Path) -> None:
    assert_left_alone(tmp_path, text)


def test_one_broken_message_is_one_finding_and_others_are_read_on() -> None:
    text = more('msgid "a"\nhello\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d "\n')
    assert codes(text) == [("PO107", 10), ("PO109", 14)]


def test_a_file_that_is_no_po_is_not_told_line_by_line() -> None:
    told = found("hello\n\n# c\n" * 500 + 'msgid "a"\nx\n' * 500)
    assert len(told) <= 23
    assert "no more lines were read" in told[-1][0].message


def test_what_a_message_holds() -> None:
    text = more('#, fuzzy, c-format\nmsgctxt "x"\nmsgid "a"\n"\\n\\x41"\nmsgstr "b"\n')
    message = scan_po(text).messages[1]
    assert message.key == ("x", "a\nA")
    assert message.flags == {"fuzzy", "c-format"}
    assert message.fields["msgid"].pieces[1] == (12, 1, "\\n\\x41")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a", "a"),
        ("\\\\n", "\\n"),
        ('\\t\\"\\101\\x41', '\t"AA'),
        ("\\777", "\xff"),
        ("\\q", "\\q"),
    ],
)
def test_unescape(raw: str, text: str) -> None:
    assert unescape(raw) == text
