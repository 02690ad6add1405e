"""Single entries as PO text, as gettext writes them."""

from __future__ import annotations

import re
from tempfile import NamedTemporaryFile

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue.po.entry import (
    GROUPS,
    WIDTH,
    groups,
    provenance,
    render,
    render_group,
    retire,
    revive,
    rewrap,
)
from pipeline.model import Origin, OriginKind, Previous, Reference, State, Unit
from tests.catalogue.po.test_wrapping import HEADER, through_msgcat
from tests.strategies import any_text

MACHINE = Origin(OriginKind.MACHINE, "apertium eng-fra", "0123abcd")
RENDERED = {
    "empty": (Unit("", "One"), 'msgid "One"\nmsgstr ""\n'),
    "reviewed": (Unit("", "One", "Un", State.REVIEWED), 'msgid "One"\nmsgstr "Un"\n'),
    "context": (Unit("x", "One"), 'msgctxt "x"\nmsgid "One"\nmsgstr ""\n'),
    "draft": (
        Unit("", "One", "Un", State.DRAFT, MACHINE),
        '# pipeline: machine apertium eng-fra 0123abcd\n#, fuzzy\nmsgid "One"\nmsgstr "Un"\n',
    ),
    "all": (
        Unit(
            "x",
            "One",
            "Un",
            State.DRAFT,
            references=(Reference("a.md", 1), Reference("b.md", 0), Reference("c d.md", 2)),
            notes=("list item", "", "by Al"),
            comments=("mine", ""),
            previous=Previous("Old", "y"),
            flags=("no-wrap",),
        ),
        "# mine\n#\n#. list item\n#.\n#. by Al\n#: a.md:1 b.md \u2068c d.md\u2069:2\n"
        "#, fuzzy, no-wrap\n"
        '#| msgctxt "y"\n#| msgid "Old"\nmsgctxt "x"\nmsgid "One"\nmsgstr "Un"\n',
    ),
    "line ends and quotes": (
        Unit("", 'a "b"\\\nc\td\r', ""),
        'msgid ""\n"a \\"b\\"\\\\\\n"\n"c\\td\\r"\nmsgstr ""\n',
    ),
}


@pytest.mark.parametrize(("unit", "expected"), RENDERED.values(), ids=RENDERED)
def test_render(unit: Unit, expected: str) -> None:
    assert render(unit) == expected
    assert "".join(render_group(group, unit) for group in _groups()) == expected


def _groups() -> tuple[str, ...]:
    return ("comments", "notes", "references", "flags", "previous", "msgctxt", "msgid", "msgstr")


def test_references_are_wrapped() -> None:
    unit = Unit("", "One", references=tuple(Reference("some/long/path.md", n) for n in range(1, 9)))
    lines = render_group("references", unit).splitlines()
    assert len(lines) == 3
    assert all(len(line) <= WIDTH and line.startswith("#: some") for line in lines)
    assert render_group("references", unit, 0).splitlines() == lines


def test_a_human_has_no_provenance() -> None:
    assert provenance(Unit("", "One", "Un", State.REVIEWED)) == ()


LONG = "I taste it three times, and I stop when my guests say that it is well-salted at last."


def test_a_long_entry_is_what_msgcat_writes() -> None:
    unit = Unit(
        f"context: {LONG}",
        LONG,
        f"{LONG}\n{LONG}",
        State.DRAFT,
        references=tuple(Reference(f"source/salté/part-{n}/en.md", 10 * n) for n in range(1, 9)),
        notes=("a note", ""),
        comments=(LONG * 2, ""),
        previous=Previous(LONG.replace("three", "four"), LONG),
    )
    plain = unit._replace(context="no-wrap", flags=("no-wrap",), state=State.REVIEWED)
    old = retire(render(unit._replace(context="old", references=())).encode()).decode()
    entries = [render(unit), render(plain), old]
    assert through_msgcat(entries) == entries
    assert through_msgcat([render(unit, 0)], "--no-wrap") == [render(unit, 0)]
    assert len(render(plain).splitlines()) < len(render(unit).splitlines())


@pytest.mark.parametrize(("columns", "count"), [(WIDTH - 1, 3), (WIDTH, 3), (WIDTH + 1, 4)])
def test_references_fill_their_lines_as_those_of_msgcat_do(columns: int, count: int) -> None:
    """The second line would have so many columns with the name behind it."""
    names = ("x" * 90, "y" * 40, "z" * (columns - len(f"#: {'y' * 40}  a")), "a", "b" * 90)
    unit = Unit("", "One", references=tuple(Reference(name, 0) for name in names))
    lines = render_group("references", unit).splitlines()
    assert lines[0] == f"#: {names[0]}"
    assert len(lines) == count
    assert through_msgcat([render(unit)]) == [render(unit)]


def test_a_name_with_spaces_is_not_wrapped() -> None:
    name = f"{'a ' * 30}b.md"
    unit = Unit("", "One", references=(Reference("a.md", 1), Reference(name, 2)))
    assert render_group("references", unit) == f"#: a.md:1\n#: \u2068{name}\u2069:2\n"


wordy = st.lists(st.one_of(any_text, st.text('abc-é"\\ ', max_size=30)), max_size=9).map(" ".join)
# polib knows no such escape; an end of transmission parts context and source.
readable = wordy.map(lambda text: re.sub("[\a\x04]", "", text))


@given(readable, readable, st.booleans(), st.sampled_from([0, 79]))
def test_polib_reads_what_is_written(source: str, target: str, fuzzy: bool, width: int) -> None:
    unit = Unit(
        "x",
        f"x{source}",
        f"x{target}",
        State.DRAFT if fuzzy else State.REVIEWED,
        previous=Previous(f"y{source}") if fuzzy else None,
    )
    with NamedTemporaryFile(suffix=".po") as file:
        file.write((HEADER + render(unit, width)).encode())
        file.flush()
        (entry,) = polib.pofile(file.name)
    assert (entry.msgctxt, entry.msgid, entry.msgstr) == unit[:3]
    assert entry.fuzzy == fuzzy
    assert entry.previous_msgid == (f"y{source}" if fuzzy else None)


@given(wordy, wordy, st.sampled_from([0, 79]))
def test_wrapping_anew_is_rendering(source: str, target: str, width: int) -> None:
    units = [Unit("x", source, target, State.REVIEWED), Unit("x", source, target, State.DRAFT)]
    for unit in units:
        for before in (0, 20, 79):
            raw = render(unit, before).encode()
            assert rewrap(raw, width=width) == render(unit, width).encode()
        old = retire(raw, width=width)
        assert rewrap(old, width=width) == old
        assert revive(old, width=width) == render(unit, width).encode()


REWRAPPED = {
    "spaces that lead": (
        f'msgid ""\n"{LONG[:76]}"\n"{LONG[76:]}"\nmsgstr ""\n',
        f'msgid ""\n"{LONG[:77]}"\n"{LONG[77:]}"\nmsgstr ""\n',
    ),
    "plural forms": (
        'msgid ""\n"a"\nmsgid_plural ""\n"b"\nmsgstr[0] ""\n"c"\nmsgstr[1] ""\n',
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] ""\n',
    ),
    "previous source and line ends": (
        '#| msgid ""\r\n#| "a"\r\nmsgid ""\r\n"a"\r\nmsgstr ""\r\n',
        '#| msgid "a"\r\nmsgid "a"\r\nmsgstr ""\r\n',
    ),
    "obsolete": (
        '#~| msgid ""\n#~| "a"\n#~ msgid ""\n#~ "a"\n#~ msgstr "b\\n"\n#~ "c"\n',
        '#~| msgid "a"\n#~ msgid "a"\n#~ msgstr ""\n#~ "b\\n"\n#~ "c"\n',
    ),
    "not to be wrapped": (
        f'# c\n#, fuzzy, no-wrap\nmsgid ""\n"{LONG}"\nmsgstr ""\n',
        f'# c\n#, fuzzy, no-wrap\nmsgid "{LONG}"\nmsgstr ""\n',
    ),
}


@pytest.mark.parametrize(("before", "after"), REWRAPPED.values(), ids=REWRAPPED)
def test_rewrap(before: str, after: str) -> None:
    assert rewrap(before.encode()) == after.encode()


@pytest.mark.parametrize(
    "raw",
    [
        '# msgid ""\n# "a"\nmsgid "a"\nmsgstr ""\n',
        '  msgid ""\n  "a"\nmsgstr ""\n',
        'msgid ""\n"\\x41"\nmsgstr ""\n"\\q"\n',
        'msgid ""\n"\\7"\nmsgstr ""\n"\\7"\n',
        'msgid  ""\n"a"\nmsgstr ""\n',
    ],
)
def test_what_is_written_in_another_way_is_not_rewrapped(raw: str) -> None:
    assert rewrap(raw.encode()) == raw.encode()


def test_bytes_that_the_charset_writes_in_another_way_stay() -> None:
    raw = b'# \x87\x90\nmsgid "a"\nmsgstr "b"\n'
    assert raw.decode("cp932").encode("cp932") != raw
    assert rewrap(raw, "cp932") == raw


ONE = b'msgid "One"\nmsgstr "Un"\n'
TWO = b'# c\n#, fuzzy\n#| msgid "Old"\nmsgctxt "x"\nmsgid ""\n"Two"\nmsgstr ""\n"Deux"\n'


def test_parts_of_an_entry() -> None:
    parts = groups(b"# a\n#. b\n#: c:1\n" + TWO.removeprefix(b"# c\n") + b"\n\n")
    assert parts is not None
    assert list(parts) == list(GROUPS)
    assert parts == {
        "comments": b"# a\n",
        "notes": b"#. b\n",
        "references": b"#: c:1\n",
        "flags": b"#, fuzzy\n",
        "previous": b'#| msgid "Old"\n',
        "msgctxt": b'msgctxt "x"\n',
        "msgid": b'msgid ""\n"Two"\n',
        "msgstr": b'msgstr ""\n"Deux"',
    }


def test_parts_of_an_indented_entry_with_an_unknown_escape() -> None:
    parts = groups(b'\t#. a\n\tmsgid "\\q"\n\n\tmsgid_plural "b"\n msgstr[0] "c"\n "d"\n')
    assert parts is not None
    assert {name: part for name, part in parts.items() if part} == {
        "notes": b"\t#. a\n",
        "msgid": b'\tmsgid "\\q"\n\n\tmsgid_plural "b"\n',
        "msgstr": b' msgstr[0] "c"\n "d"',
    }


def test_empty_lines_before_an_entry_belong_to_its_first_part() -> None:
    parts = groups(b"\n\n" + ONE)
    assert parts is not None
    assert parts["msgid"] == b'\n\nmsgid "One"\n'


def test_parts_in_a_charset_with_backslashes_within_letters() -> None:
    raw = 'msgid "ソ"\nmsgstr "ソ"\n'.encode("shift_jis")
    parts = groups(raw, "shift_jis")
    assert parts is not None
    assert parts["msgid"] == 'msgid "ソ"\n'.encode("shift_jis")


@pytest.mark.parametrize(
    "raw", [b"#: c:1\n# a\n" + ONE, b"#, x\n#. b\n" + ONE, b' msgid "x"\n' + ONE]
)
def test_an_unusual_order_is_not_cut(raw: bytes) -> None:
    assert groups(raw) is None


RETIRED = {
    "plain": (ONE, b'#~ msgid "One"\n#~ msgstr "Un"\n'),
    "all kinds": (
        b"#. note\n#: a:1\n" + TWO + b"\n",
        b'# c\n#, fuzzy\n#~| msgid "Old"\n#~ msgctxt "x"\n#~ msgid "Two"\n#~ msgstr "Deux"\n\n',
    ),
    "indented": (
        b'\tmsgid "One"\n  msgstr ""\n "Un"\n',
        b'#~ msgid "One"\n#~ msgstr "Un"\n',
    ),
    "mixed line ends": (b'msgid "One"\r\nmsgstr "Un"\r', b'#~ msgid "One"\r\n#~ msgstr "Un"\r'),
    "plural": (
        b'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n',
        b'#~ msgid "a"\n#~ msgid_plural "b"\n#~ msgstr[0] "c"\n',
    ),
}


@pytest.mark.parametrize(("raw", "expected"), RETIRED.values(), ids=RETIRED)
def test_retire(raw: bytes, expected: bytes) -> None:
    assert retire(raw) == expected
    lines = [li.lstrip(b" \t") for li in raw.splitlines(True) if li[:2] not in (b"#.", b"#:")]
    assert revive(expected) == rewrap(b"".join(lines))


def test_revive_takes_any_blanks() -> None:
    assert revive(b'#~msgid "a"\n#~\tmsgstr ""\n #~   "b"\n') == b'msgid "a"\nmsgstr "b"\n'
