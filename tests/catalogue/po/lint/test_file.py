"""Faults of a catalogue as a file, judged by msgfmt and the pipeline's reader."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings import Place, Severity
from tests.catalogue.po.lint.checking import (
    HEAD,
    MANY,
    OLD,
    ONE,
    assert_left_alone,
    assert_refused,
    codes,
    found,
    has_error,
    head,
    more,
    refused,
)

if TYPE_CHECKING:
    from pathlib import Path

BROKEN: dict[str, tuple[str | bytes, str, int]] = {
    "empty": ("", "PO102", 1),
    "byte-order mark": ("\ufeff" + HEAD + ONE, "PO106", 1),
    "conflict": (more(f"<<<<<<< HEAD\n{ONE}=======\n{ONE}>>>>>>> x\n"), "PO101", 9),
    "half of a conflict": (more(f"=======\n{ONE}"), "PO101", 9),
    "twice": (more(f"{ONE}\n{ONE}"), "PO103", 12),
    "twice, once obsolete": (more(f'{ONE}\n#~ msgid "One"\n#~ msgstr "Un"\n'), "PO103", 12),
    "two headers": (HEAD + HEAD, "PO103", 9),
    "bytes of another charset": (more("").encode() + b'msgid "a"\nmsgstr "\xe9"\n', "PO106", 10),
    "bytes that are no ASCII": (head("UTF-8", "ASCII") + '\nmsgid "a"\nmsgstr "é"\n', "PO106", 13),
    "line end lost at the end": (more('msgid "a\\n"\nmsgstr "b"\n'), "PO109", 10),
    "line end too many before": (more('msgid "a"\nmsgstr "\\nb"\n'), "PO109", 10),
    "line end of the plural": (more(MANY.replace('days"', 'days\\n"')), "PO109", 10),
}
"""Files that msgfmt or the reader refuses, with code and line."""


@pytest.mark.parametrize(("text", "code", "line"), BROKEN.values(), ids=BROKEN)
def test_what_others_refuse_is_an_error_with_its_line(
    text: str | bytes, code: str, line: int, tmp_path: Path
) -> None:
    assert_refused(tmp_path, text, code, line)


WORSE: dict[str, tuple[str | bytes, str, int, Severity | None]] = {
    "Latin-1 that is UTF-8": (
        head("UTF-8", "ISO-8859-1") + '\nmsgid "a"\nmsgstr "é"\n',
        "PO106",
        13,
        Severity.WARNING,
    ),
    "bytes in a comment": (more("").encode() + b"# \xe9\n" + ONE.encode(), "PO106", 9, None),
    "blank at the end": (more('msgid "a"\nmsgstr "b "\n'), "PO109", 10, Severity.WARNING),
    "blank lost": (more('msgid " a"\nmsgstr "b"\n'), "PO109", 10, Severity.WARNING),
    "line end of a draft": (
        more('#, fuzzy\nmsgid "a\\n"\nmsgstr "b"\n'),
        "PO109",
        11,
        Severity.WARNING,
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
    "obsolete with other ends": more('#~ msgid "a\\n"\n#~ msgstr "b"\n'),
    "not translated": more('msgid "a\\n"\nmsgstr ""\n'),
    "Latin-1": (HEAD.replace("UTF-8", "ISO-8859-1") + 'msgid "a"\nmsgstr "é"').encode("latin-1"),
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_left_alone(text: str | bytes, tmp_path: Path) -> None:
    assert_left_alone(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (more('msgid "a"\n  msgstr "xy\x07z"\n'), Place("x.po", 10, 13, 10, 14)),
        (more('msgid "a"\nmsgstr ""\n"é\\a"\n'), Place("x.po", 11, 3, 11, 5)),
        (more('msgid "a"\nmsgstr "é\\q"\n'), Place("x.po", 10, 10, 10, 12)),
        (more('msgid "a"\nmsgstr "un Ã©tÃ©"\n'), Place("x.po", 10, 12, 10, 14)),
        (more("").encode() + b'msgid "\xc3\xa9\xe9"\nmsgstr ""\n', Place("x.po", 9, 9, 9, 10)),
    ],
)
def test_places(text: str | bytes, place: Place) -> None:
    assert found(text)[0][1] == place


def test_in_conflicts_nothing_else_is_told() -> None:
    text = more(f"<<<<<<< HEAD\n{ONE}||||||| x\n=======\nhello\n>>>>>>> x\n{ONE}\n=======\n")
    assert codes(text) == [("PO101", 9), ("PO101", 19)]


BASE = (
    HEAD + '# c\n#. n\n#: a.md:1\n#, fuzzy\n#| msgctxt "x"\n#| msgid "O"\nmsgctxt "x"\n'
    'msgid ""\n"One "\n"t\\n"\nmsgstr ""\n"Un "\n"é\\n"\n\n#, c-format, python-format\n'
    + MANY
    + '\n#, python-brace-format\nmsgid "{a} x"\nmsgstr "{a} y"\n\n#~| msgid "p"\n'
    + OLD
)
PARTS = (
    '"', "\\", "#", "#~ ", "#| ", "\n", 'msgid "a"', 'msgstr "b"', 'msgctxt "c"', "[0]", "[1]",
    "%s", "%", "{", "}", "\\n", "\\x", "é", "\x00", "<<<<<<<", "=", " ", "\t", "\r",
    'msgid_plural "z"', "#,", '"a"', '"x',
)  # fmt: skip


def damaged(chance: random.Random) -> bytes:
    """Change a good file in one to three places."""
    lines = BASE.split("\n")
    for _ in range(chance.choice((1, 1, 2, 3))):
        at = chance.randrange(len(lines))
        way = chance.randrange(5)
        if way == 0:
            del lines[at]
        elif way == 1:
            lines.insert(at, chance.choice(lines))
        else:
            cut = chance.randrange(len(lines[at]) + 1)
            new = chance.choice(PARTS) if way < 4 else ""
            lines[at] = lines[at][:cut] + new + lines[at][cut + (way == 4) :]
    data = "\n".join(lines).encode("utf-8")
    cut = chance.randrange(len(data))
    return data[:cut] + b"\xe9" + data[cut:] if chance.random() < 0.05 else data


def test_damage_that_others_refuse_is_never_missed(tmp_path: Path) -> None:
    # 16,000 such files were tried when the rules were written; a hundred a run keep it so.
    chance = random.Random(20261123)
    files = [damaged(chance) for _ in range(100)]
    judged = [data for data in files if refused(tmp_path, data)]
    assert len(judged) > 30
    assert [data for data in judged if not has_error(data)] == []


@given(st.lists(st.sampled_from([*BASE.splitlines(keepends=True), *PARTS])).map("".join))
def test_any_lines_can_be_checked(text: str) -> None:
    count = text.count("\n") + text.count("\r") + 1
    assert all(1 <= place.line <= count for _, place in found(text))


def test_time_is_in_proportion_to_the_file() -> None:
    entries = "".join(f'msgid "a{n}"\nmsgstr "b{n}"\n\n' for n in range(3000))
    assert codes(HEAD + entries) == []
    assert codes(HEAD + 'msgid "' + "\\" * 100_001 + '"\n')[0] == ("PO107", 9)
