"""Single entries as PO text, byte for byte as polib writes them."""

from __future__ import annotations

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
    render_field,
    render_group,
    retire,
    revive,
)
from pipeline.model import Origin, OriginKind, Previous, Reference, State, Unit
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
            notes=("list item", "by Al"),
            comments=("mine", ""),
            previous=Previous("Old", "y"),
            flags=("no-wrap",),
        ),
        "# mine\n#\n#. list item\n#. by Al\n#: a.md:1 b.md \u2068c d.md\u2069:2\n"
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
    assert render_group("references", unit, 0).count("\n") == 1


def test_a_human_has_no_provenance() -> None:
    assert provenance(Unit("", "One", "Un", State.REVIEWED)) == ()


widths = st.sampled_from([0, 16, 17, 20, 40, 77, 78, 79, 80, 100])
wordy = st.lists(
    st.one_of(
        st.text('abc-é"\\', min_size=1, max_size=30),
        st.text("ab-", min_size=1, max_size=9),
        st.sampled_from(["well-known", "--", "x" * 90]),
    ),
    max_size=30,
).map(" ".join)
names = st.sampled_from(["msgid", "msgstr", "msgctxt"])


@given(names, st.one_of(any_text, wordy), widths)
def test_a_field_is_what_polib_writes(name: str, text: str, width: int) -> None:
    lines = polib.POEntry()._str_field(name, "", "", text, width)  # type: ignore[attr-defined]
    assert render_field(name, text, width) == "\n".join(lines) + "\n"


@given(wordy.filter(bool), wordy, st.booleans(), st.sampled_from([40, 79]))
def test_an_entry_is_what_polib_writes(source: str, target: str, fuzzy: bool, width: int) -> None:
    unit = Unit(
        "x",
        source,
        target,
        State.DRAFT if fuzzy else State.REVIEWED,
        references=(Reference("a.md", 3),),
        notes=("a note",),
        comments=("a comment",),
        previous=Previous(target or "x") if fuzzy else None,
    )
    entry = polib.POEntry(
        msgctxt="x",
        msgid=source,
        msgstr=target,
        occurrences=[("a.md", "3")],
        comment="a note",
        tcomment="a comment",
        flags=["fuzzy"] if fuzzy else [],
        previous_msgid=(target or "x") if fuzzy else None,
    )
    assert render(unit, width) + "\n" == entry.__unicode__(wrapwidth=width) + "\n"


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
        b'# c\n#, fuzzy\n#~| msgid "Old"\n#~ msgctxt "x"\n#~ msgid ""\n#~ "Two"\n'
        b'#~ msgstr ""\n#~ "Deux"\n\n',
    ),
    "indented": (
        b'\tmsgid "One"\n  msgstr ""\n "Un"\n',
        b'#~ msgid "One"\n#~ msgstr ""\n#~ "Un"\n',
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
    assert revive(expected) == b"".join(lines)


def test_revive_takes_any_blanks() -> None:
    assert revive(b'#~msgid "a"\n#~\tmsgstr ""\n #~   "b"\n') == b'msgid "a"\nmsgstr ""\n"b"\n'
