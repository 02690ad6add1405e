"""Messages with the place of each part, and lines that are not valid PO."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.catalogue.po.reader import FAULTS, Message, PoFault, read_messages
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
    "lone carriage returns": ((HEAD + ONE).replace("\n", "\r"), "PO107", 1, None),
    "two carriage returns": ((HEAD + ONE).replace("\n", "\r\r\n"), "PO107", 1, None),
    "backslash at the end of a comment": (more("# a\\\n" + ONE), "PO107", 9, None),
    "NUL": (more('msgid "a"\nmsgstr "b\\0"\n'), "PO107", 10, None),
    "NUL in a comment": (more("#, x\0fuzzy\n" + ONE), "PO107", 9, None),
    "versions": (
        more('msgid "a"\nmsgstr ""\n"#-#-#-#-#  a.po  #-#-#-#-#\\n"\n'),
        "PO101",
        11,
        None,
    ),
    "versions in a comment": (more("# #-#-#-#-#  a.po  #-#-#-#-#\n" + ONE), "PO101", 9, None),
    "versions of the header": (
        HEAD.replace('msgstr ""\n', 'msgstr "#-#-#-#-#  a.po  #-#-#-#-#\\n"\n') + ONE,
        "PO101",
        2,
        None,
    ),
    "versions of an obsolete text": (
        more('#~ msgid "a"\n#~ msgstr "#-#-#-#-#  a.po  #-#-#-#-#\\nb"\n'),
        "PO101",
        10,
        None,
    ),
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
    "no spaces": more('#c\n#.n\n#:a.md:1\n#,no-wrap\nmsgid"a"\nmsgstr"b"\n'),
    "flags of old and of new versions": more("#! no-wrap\n#= c-format\n#=no-wrap\n" + ONE),
    "form feeds": more('\f\nmsgid\f"a"\n\v msgstr "b"\n\f\n\n# c\n' + ONE),
    "two strings on a line": more('msgid "a" "b"\nmsgstr "c""d"\n'),
    "two fields on a line": more('msgid "a" msgstr "b"\n'),
    "keywords alone": more('msgctxt\n"x"\nmsgid\n\n"a"\nmsgstr\n"b"\n'),
    "two messages on a line": more('msgid "a"\nmsgstr "b" msgid "c" msgstr "d" # e\n' + ONE),
    "lines that go on": more('msgid "\\\na\\n\\\n"\nmsgstr "b\\\nc\\n" \\\n# d\n' + ONE),
    "an index with spaces": more(
        'msgid "a"\nmsgid_plural "b"\nmsgstr [0] "c"\nmsgstr\n[ 01\n]\n"d"\n'
    ),
    "marks that the source has, too": more('msgid "#-#-#-#-#"\nmsgstr "#-#-#-#-#"\n'),
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
    message = list(read_messages(text.encode()))[1]
    assert isinstance(message, Message)
    assert message.key == ("x", "a\nA")
    assert message.flags == {"fuzzy", "c-format"}
    assert message.fields["msgid"].pieces[1] == (12, text.index('"\\n\\x41'), 1, "\\n\\x41")


TWO = '# c\n#, fuzzy\n#| msgid "Old"\nmsgctxt "x"\nmsgid ""\n"Two"\nmsgstr ""\n"Deux"\n'
GONE = '#~ msgid "Gone"\n#~ msgstr ""\n#~ "Parti"\n'
BLOCKS = {
    "one": ([ONE], ""),
    "two": ([ONE + "\n", TWO], ""),
    "no blank line between": ([ONE, TWO], ""),
    "three blank lines": ([ONE + "\n\n\n", TWO], ""),
    "obsolete": ([ONE + "\n", GONE], ""),
    "obsolete with what it was": ([ONE, '#~| msgid "Older"\n' + GONE], ""),
    "comments behind the last": ([ONE + "\n"], "# the end\n"),
    "comment between": ([ONE + "\n", "# about two\n\n" + TWO], ""),
    "plural": (['msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n', ONE], ""),
    "no final newline": ([ONE, TWO.rstrip()], ""),
    "indented": (['  msgid "One"\n\tmsgstr "Un"\n', ONE], ""),
    "a mark alone": ([ONE + "#~\n", ONE], ""),
    "separators of lines that are none": (["# a\u2028b\x85\x0c\x1c\n" + ONE, ONE], ""),
    "nothing": ([], ""),
    "only comments": ([], "# nothing\n"),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize(("raws", "tail"), BLOCKS.values(), ids=BLOCKS)
def test_messages_are_blocks_of_the_file(
    raws: list[str], tail: str, charset: str, newline: str
) -> None:
    blocks = [raw.replace("\n", newline).encode(charset) for raw in raws]
    data = b"".join(blocks) + tail.replace("\n", newline).encode(charset)
    messages = [one for one in read_messages(data, charset) if isinstance(one, Message)]
    assert [data[message.start : message.end] for message in messages] == blocks
    lines = (("".join(raws) + tail).split("\n"), data.splitlines(keepends=True))
    for message, raw in zip(messages, raws, strict=True):
        assert message.old == ("#~ msgid" in raw)
        assert "msgid" in lines[0][message.line - 1]
        for field in message.fields.values():
            for piece in field.pieces:
                assert lines[0][piece.line - 1][piece.start :].startswith(piece.raw)
                assert b"".join(lines[1][: piece.line - 1]) == data[: piece.at]


PARTS = (
    '# c\n#. n\n#: r\n#, a, b\n#| msgctxt "px"\n#| msgid "po"\n#| msgid_plural "pp"\n'
    'msgctxt "x"\nmsgid "o"\nmsgid_plural "p"\nmsgstr[0] ""\n"1"\nmsgstr[1] "2"\n'
)


@pytest.mark.parametrize("blank", [" ", "\t", "  "])
def test_parts_of_a_message(blank: str) -> None:
    (message,) = read_messages(PARTS.replace(" ", blank).encode())
    assert isinstance(message, Message)
    assert {name: field.line for name, field in message.fields.items()} == {
        "#": 1, "#.": 2, "#:": 3, "#,": 4, "previous msgctxt": 5, "previous msgid": 6,
        "previous msgid_plural": 7, "msgctxt": 8, "msgid": 9, "msgid_plural": 10,
        "msgstr[0]": 11, "msgstr[1]": 13,
    }  # fmt: skip
    assert message.key == ("x", "o")
    assert message.flags == {"a", "b"}
    assert [field.value for field in message.forms.values()] == ["1", "2"]
    assert message.text("previous msgid") == "po"
    assert message.comments("#.") == [f"{blank}n"]


OBSOLETE = '#~ msgid "a"\n#~ msgstr "b"\n'
KINDS: dict[str, tuple[str, str, bool]] = {
    "conflict": ("======= x\n", "conflict", False),
    "a comment to be joined": ("# a\\\n" + ONE, "joined", True),
    "versions": (ONE.replace("Un", "#-#-#-#-#  a.po"), "versions", False),
    "versions over lines": (ONE.replace("Un", '#-#-"\n"#-#-#'), "versions", False),
    "versions with an escape": (ONE.replace("Un", "\\x23-#-#-#-#"), "versions", False),
    "versions in a note": ("#. #-#-#-#-#  a.po\n" + ONE, "versions in a comment", True),
    "no string": ('msgid "a"\nmsgstr\n', "bare", False),
    "no string but a comment": ("msgid\n# a\n", "bare", False),
    "no string but a keyword": ("msgid\nmsgid\n", "bare", False),
    "no whole index": ('msgid "a"\nmsgstr[0 "b"\n', "bare", False),
    "a bracket alone": ("[\n", "line", False),
    "an index twice": ('msgid "a"\nmsgstr [0] [1] "b"\n', "bare", False),
    "a former word, and its string is not": ('#| msgid\n"a"\n' + ONE, "bare", False),
    "a keyword that is obsolete": ('#~ msgid\n"a"\nmsgstr ""\n', "mixed", False),
    "a comment in a line of before": ("#| # a\n" + ONE, "line", False),
    "a quote": ('msgid "a\nmsgstr ""\n', "quote", False),
    "a word": ("msgid one\n", "line", False),
    "an index too long": (ONE + 'msgstr[1234567890] ""\n', "line", False),
    "an obsolete word": ("#~ one\n", "line", False),
    "a former word": ("#| one\n" + ONE, "line", False),
    "a former word of an obsolete message": ("#~| one\n" + OBSOLETE, "line", True),
    "a string": ('"a"\n', "stray", False),
    "a string of the source within": ('msgid "a"\n#| "b"\nmsgstr ""\n', "stray", False),
    "half obsolete": ('msgid "a"\n#~ msgstr "b"\n', "mixed", False),
    "obsolete, and what it was is not": ('#| msgid "o"\n' + OBSOLETE, "mixed", True),
    "no msgstr": ('msgid "a"\n' + ONE, "unanswered", False),
    "what it was, of nothing": (ONE + '#| msgid "a"\n', "unanswered", True),
    "twice what it was": ('#| msgid "a"\n#| msgid "b"\n' + ONE, "unanswered", True),
    "msgstr alone": ('msgstr ""\n', "misplaced", False),
    "form alone": ('msgstr[1] ""\n', "misplaced", False),
    "msgstr twice": (ONE + 'msgstr ""\n', "misplaced", False),
    "msgstr of a plural": ('msgid "a"\nmsgid_plural "b"\nmsgstr ""\n', "misplaced", False),
    "an index of a msgid": ('msgid_plural[0] "b"\n', "misplaced", False),
    "form of no plural": ('msgid "a"\nmsgstr[0] ""\n', "order", True),
    "wrong form": ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] ""\n', "order", True),
    "comment within": ('msgid "a"\n#. b\nmsgstr ""\n', "within", True),
    "comment behind what it was": ('#| msgid "a"\n# c\n' + ONE, "within", True),
    "escape": ('msgid "\\q"\nmsgstr ""\n', "escape", True),
    "separator": ('msgid "\x04"\nmsgstr ""\n', "separator", True),
    "escaped separator": ('msgid "\\4"\nmsgstr ""\n', "separator", True),
    "quote within": ('msgid "a"\nmsgstr "b "c" d"\n', "inner quote", False),
    "backslash before the last quote": ('msgid "a"\nmsgstr "b\\"\n', "last quote", False),
    "curly quotes": ('msgid "a"\nmsgstr “b”\n', "curly quote", False),
    "NUL": ('msgid "a\0"\nmsgstr ""\n', "null", True),
    "escaped NUL": ('msgid "\\0"\nmsgstr ""\n', "null", True),
    "NUL in a comment": ("# \0\n" + ONE, "null", True),
    "carriage return": ('msgid "a"\rmsgstr ""\n', "return", True),
    "carriage return at the end": ("# a\r\r\n" + ONE, "return", True),
    "carriage return in a comment": ("# a\rb\n" + ONE, "return", True),
    "carriage return in a string": ('msgid "a\r"\nmsgstr ""\n', "return", True),
    "carriage return before a message": ("# a\r" + ONE, "torn", False),
    "carriage return before a comment": ("# a\r\t#, fuzzy\n" + ONE, "torn", False),
}


@pytest.mark.parametrize(("text", "kind", "harmless"), KINDS.values(), ids=KINDS)
def test_kinds_of_faults(text: str, kind: str, harmless: bool) -> None:
    faults = [one for one in read_messages(text.encode()) if isinstance(one, PoFault)]
    if kind == "torn":
        assert faults.pop(0).kind == "return"
    assert [(fault.kind, fault.harmless) for fault in faults] == [(kind, harmless)]


def test_all_kinds_are_tried() -> None:
    assert {kind for _, kind, _ in KINDS.values()} == FAULTS.keys()


def test_a_worse_fault_is_told_behind_a_harmless_one() -> None:
    faults = list(read_messages(b'msgid "\\q\\z"\nmsgid "b"\nmsgstr ""\n'))[:-1]
    assert [one[1:2] + one[4:] for one in faults] == [
        ("escape", True, False),
        ("unanswered", False, True),
    ]


def test_reading_begins_at_any_message() -> None:
    data = (ONE + TWO + GONE).encode()
    messages = list(read_messages(data))
    assert isinstance(messages[1], Message)
    assert list(read_messages(data, at=messages[1].start, line=3)) == messages[1:]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('msgstr "U "n" x"', 'write \\" for a quote within a text: column 11 of msgstr "U "n" x"'),
        ('msgstr ""n" x"', 'write \\" for a quote within a text: column 9 of msgstr ""n" x"'),
        ('"U\\n "n""', 'write \\" for a quote within a text: column 6 of "U\\n "n""'),
        ('msgstr[0] "U "n" x"', 'write \\" for a quote within a text: column 14 of msgstr[0]'),
        (
            'msgstr "U\\"',
            "the backslash before the last quote makes it part of the text: column 10",
        ),
        ("msgstr “U”", 'put straight quotes (") around the text: column 8 of msgstr “U”'),
        ("msgstr 'U'", "put straight quotes (\") around the text: column 8 of msgstr 'U'"),
        ("msgstr « U »", 'put straight quotes (") around the text: column 8 of msgstr « U »'),
        ('msgstr "U', 'a quote is missing: msgstr "U'),
    ],
)
def test_a_misplaced_quote_is_told_with_its_column(line: str, message: str) -> None:
    data = f'msgid "One"\nmsgstr ""\n{line}\n'.encode()
    (fault,) = [found for found in read_messages(data) if isinstance(found, PoFault)]
    assert fault.line == 3
    assert fault.message.startswith(message)
