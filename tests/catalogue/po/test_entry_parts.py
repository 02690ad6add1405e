"""Entries split into their parts, made obsolete, and current again."""

from __future__ import annotations

import pytest

from pipeline.catalogue.po.entry_parts import GROUPS, groups, retire, revive

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
