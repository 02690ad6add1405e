"""PO files read into entries, and the line of the first invalid entry."""

from __future__ import annotations

import random
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalogue.po.entry import groups, retire, revive
from pipeline.catalogue.po.file import Header, render_template
from pipeline.catalogue.po.reader import VERSIONS, PoFault, read_messages
from pipeline.catalogue.po.units import Entry, _any, _common, _entries, _old, read_entries
from pipeline.errors import InputError
from pipeline.model import Origin, OriginKind, Previous, Reference, State, Unit
from tests.catalogue.po.gettext import bases, gettext_accepts, gettext_reads, mutant, texts
from tests.catalogue.po.lint.checking import HEAD, assert_left_alone, found, has_error
from tests.catalogue.po.oracle import DIFFERENT, Read, known_difference, through_polib
from tests.strategies import catalogs, damaged_po_files, po_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.model import Catalog

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def entries(folder: Path, text: str | bytes) -> list[Entry]:
    """Read a file with this text."""
    path = folder / "x.po"
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return list(read_entries(path.read_bytes(), "x.po")[1].values())


UNITS = {
    "empty": ('msgid "One"\nmsgstr ""', Unit("", "One")),
    "reviewed": ('msgid "One"\nmsgstr "Un"', Unit("", "One", "Un", State.REVIEWED)),
    "fuzzy": ('#, fuzzy\nmsgid "One"\nmsgstr "Un"', Unit("", "One", "Un", State.DRAFT)),
    "fuzzy without a text": ('#, fuzzy\nmsgid "One"\nmsgstr ""', Unit("", "One")),
    "context": ('msgctxt "x"\nmsgid "One"\nmsgstr ""', Unit("x", "One")),
    "over lines": (
        'msgid ""\n"One "\n"two"\nmsgstr ""\n"Un"',
        Unit("", "One two", "Un", State.REVIEWED),
    ),
    "escapes": (
        'msgid "a\\n\\t\\"\\\\n"\nmsgstr "\\r\u2028\x85\x1c"',
        Unit("", 'a\n\t"\\n', "\r\u2028\x85\x1c", State.REVIEWED),
    ),
    "comments": (
        "# mine\n#\n#  yours\n#. note\n#: a.md:1 b.md\n#: c:2\n#, no-wrap, x\n"
        'msgid "One"\nmsgstr ""',
        Unit(
            "",
            "One",
            references=(Reference("a.md", 1), Reference("b.md", 0), Reference("c", 2)),
            notes=("note",),
            comments=("mine", "", " yours"),
            flags=("no-wrap", "x"),
        ),
    ),
    "what it was": (
        '#, fuzzy\n#| msgctxt "y"\n#| msgid ""\n#| "Old"\nmsgid "One"\nmsgstr "Un"',
        Unit("", "One", "Un", State.DRAFT, previous=Previous("Old", "y")),
    ),
    "provenance": (
        '# mine\n# pipeline: machine apertium eng-fra 0123abcd\nmsgid "One"\nmsgstr "Un"',
        Unit(
            "",
            "One",
            "Un",
            State.REVIEWED,
            Origin(OriginKind.MACHINE, "apertium eng-fra", "0123abcd"),
            comments=("mine",),
        ),
    ),
    "provenance of no one": (
        '# pipeline: aligned  0123abcd\nmsgid "One"\nmsgstr ""',
        Unit("", "One", origin=Origin(OriginKind.ALIGNED, "", "0123abcd")),
    ),
    "another word of ours": (
        '# pipeline: ignore TY101\nmsgid "One"\nmsgstr ""',
        Unit("", "One", comments=("pipeline: ignore TY101",)),
    ),
    "path with blanks": (
        '#: \u2068a b/c d.md\u2069:3 \u2068e f\u2069\nmsgid "One"\nmsgstr ""',
        Unit("", "One", references=(Reference("a b/c d.md", 3), Reference("e f", 0))),
    ),
    "isolate that is not closed": (
        '#: \u2068a b.md:3\nmsgid "One"\nmsgstr ""',
        Unit("", "One", references=(Reference("a b.md:3", 0),)),
    ),
    "number that is none": (
        '#: a:²\nmsgid "One"\nmsgstr ""',
        Unit("", "One", references=(Reference("a:²", 0),)),
    ),
    "comment in the middle": (
        'msgid "One"\n# mine\nmsgstr "Un"',
        Unit("", "One", "Un", State.REVIEWED, comments=("mine",)),
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", HEADER, "\ufeff", "\ufeff" + HEADER])
@pytest.mark.parametrize(("text", "unit"), UNITS.values(), ids=UNITS)
def test_units(text: str, unit: Unit, before: str, newline: str, tmp_path: Path) -> None:
    whole = (before + text + "\n").replace("\n", newline)
    found = entries(tmp_path, whole)[-1]
    assert found.unit._replace(line=0) == unit
    assert whole.split(newline)[found.unit.line - 1].removeprefix("\ufeff").startswith("msgid")
    assert not found.obsolete
    assert not found.plural


def test_obsolete_and_plural(tmp_path: Path) -> None:
    text = (
        '#~| msgid "Older"\n#~ msgid "Old"\n#~ msgstr "Vieux"\n\n'
        'msgid "One"\nmsgid_plural "Many"\nmsgstr[0] "Un"\nmsgstr[1] "Des"\n'
    )
    found = entries(tmp_path, text)
    assert [(e.unit.source, e.obsolete, e.plural) for e in found] == [
        ("Old", True, False),
        ("One", False, True),
    ]


ODD_LINES = {
    "two messages on a line": ('msgid "a" msgstr "b" msgid "c" msgstr "d"\n\n', ["a", "c"]),
    "a message that begins in a line": (
        '#~ msgid "a"\n#~ msgstr "b" msgid "c"\n#~ msgstr "d"\n',
        ["a", "c"],
    ),
    "obsolete ones on a line": ('#~ msgid "a" msgstr "b" #~ msgid "c" msgstr "d"\n', ["a", "c"]),
    "a comment behind": (
        'msgid "a"\nmsgstr "b" # c\n#, fuzzy\n' + 'msgid "c"\nmsgstr ""',
        ["a", "c"],
    ),
    "two fields on a line": ('#| msgid "p" "q"\nmsgid "a" msgstr "b"\n', ["a"]),
    "marks within": ('#~ msgid "a" #~ "b"\n#~ #~ msgstr\n#~ "c"\n\n', ["ab"]),
    "odd spaces": ('\f msgid "a"\n\v"b"\n\fmsgstr "c"\n', ["ab"]),
    "a last line that goes on": ('msgid "a"\nmsgstr "b"\\\n', ["a"]),
    "lines that go on": ('msgid "a\\\nb"\nmsgstr "c\\\nd" # e\n', ["ab"]),
    "a line that goes on before another": (
        'msgid "a\\\nb" msgstr "c\\\nd" msgid "é" msgstr "f"\nmsgid "g"\nmsgstr ""\n',
        ["ab", "é", "g"],
    ),
    "carriage returns within": ('# a\rb\nmsgid "a\rb"\rmsgstr "c"\n', ["a\rb"]),
    "two line ends": ('msgid "a"\r\r\nmsgstr "b" msgid "c" msgstr "d"\r\n', ["a", "c"]),
}
"""Files in which a message is not in lines of its own."""


@pytest.mark.parametrize("before", [HEADER, HEADER + 'msgid "One"\nmsgstr "Un"\n'])
@pytest.mark.parametrize(("text", "sources"), ODD_LINES.values(), ids=ODD_LINES)
def test_messages_that_are_not_in_lines(
    text: str, sources: list[str], before: str, tmp_path: Path
) -> None:
    _, found, tail = read_entries((before + text).encode(), "x.po")
    ours = list(found.values())
    assert [one.unit.source for one in ours][before.count("msgid") :] == sources
    command = ["msgcat", "--to-code=UTF-8", "-o", "y.po", "-"]
    subprocess.run(command, cwd=tmp_path, input=(before + text).encode(), check=True)
    theirs = {one.unit.key: one for one in entries(tmp_path, (tmp_path / "y.po").read_bytes())}
    for one in ours:
        assert without_place(one) == without_place(theirs[one.unit.key])
        assert one.raw.endswith(b"\n") or not tail
        again = retire(one.raw) if not one.obsolete else revive(one.raw)
        (other,) = entries(tmp_path, again)
        assert (other.unit[:3], other.obsolete) == (one.unit[:3], not one.obsolete)
        assert one.obsolete or groups(one.raw)
    whole = b"".join(one.raw for one in ours) + tail
    assert [one.unit[:3] for one in entries(tmp_path, whole)] == [one.unit[:3] for one in ours]


def without_place(entry: Entry) -> tuple[Unit, bool]:
    return entry.unit._replace(line=0, comments=()), entry.obsolete


def test_the_bytes_are_the_file(tmp_path: Path) -> None:
    text = f'{HEADER}# c\n\nmsgid "One"\nmsgstr "Un"\n\n\n\n#~ msgid "a"\n#~ msgstr "b"\n# end\n'
    path = tmp_path / "x.po"
    path.write_text(text, encoding="utf-8")
    charset, found, tail = read_entries(text.encode(), "x.po")
    assert charset == "utf-8"
    assert b"".join(e.raw for e in found.values()) + tail == text.encode()
    assert tail == b"# end\n"


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "\ufeff"])
def test_files_without_entries(text: str, tmp_path: Path) -> None:
    assert entries(tmp_path, text) == []


M = 'msgid "One"\nmsgstr "Un"\n'
FAULTS = {
    "conflict": (M + '<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n', 3, "merge-conflict marker"),
    "middle of a conflict": (M + "=======\n", 3, "merge-conflict marker"),
    "no keyword": (M + "hello\n", 3, "expected msgid, msgstr"),
    "unknown keyword": (M + 'msgfoo "a"\n', 3, "expected msgid, msgstr"),
    "no end quote": ('msgid "One\nmsgstr "Un"\n', 1, "a quote is missing"),
    "quote in the text": ('msgid "One"\nmsgstr "U"n"\n', 2, "for a quote within a text"),
    "two quotes in the text": ('msgid "One"\nmsgstr "U"n"x"\n', 2, "for a quote within a text"),
    "text behind": ('msgid "One" two\nmsgstr ""\n', 1, "expected msgid, msgstr"),
    "backslash at the end": ('msgid "One\\"\nmsgstr ""\n', 1, "the backslash before"),
    "separator before a keyword": (M + '\u2028msgid "a"\nmsgstr ""\n', 3, "expected msgid"),
    "twice": (M + "\n" + M, 4, "stands already in line 1"),
    "twice, once obsolete": (M + '#~ msgid "One"\n#~ msgstr "Une"\n', 3, "already in line 1"),
    "two headers": (HEADER + HEADER, 4, "stands already in line 1"),
    "no msgstr": ('msgid "One"\n\n' + M, 1, "has no msgstr"),
    "no msgstr at the end": (M + 'msgctxt "x"\nmsgid "Two"\n', 3, "has no msgstr"),
    "no msgid": ('# c\nmsgstr "Un"\n', 2, "needs a msgid"),
    "no msgid after a comment": (
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n# x\nmsgstr[1] "d"\n',
        5,
        "needs a msgid",
    ),
    "string of no message": (M + '# c\n"two"\n', 4, "belongs to no message"),
    "string after what it was": (M + '#| msgid "x"\n"two"\n', 4, "belongs to no message"),
    "half obsolete": ('msgid "One"\n#~ msgstr "Un"\n', 2, "both current and obsolete"),
    "string half obsolete": ('msgid "One"\nmsgstr ""\n#~ "Un"\n', 3, "both current and obsolete"),
    "carriage return in a comment": ("# a\r#, fuzzy\n" + M, 1, "a carriage return without"),
    "keyword without a string": ("msgid\n" + M, 1, "string after msgid"),
    "index without an end": ('msgid "a"\nmsgid_plural "b"\nmsgstr[0 "c"\n', 3, "after msgstr.0"),
    "versions": (M.replace("Un", VERSIONS), 2, "msgcat marked several"),
    "versions of a draft": ("#, fuzzy\n" + M.replace("Un", VERSIONS), 3, "msgcat marked several"),
    "versions over lines": (M.replace("Un", '#-#"\n"-#-#-#'), 2, "msgcat marked several"),
    "versions of an obsolete text": (
        M + f'#~ msgid "a"\n#~ msgstr ""\n#~ "b {VERSIONS}"\n',
        5,
        "msgcat marked several",
    ),
    "versions of the header": (HEADER.replace("Content", VERSIONS), 2, "msgcat marked several"),
    "versions of a plural": (
        f'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "{VERSIONS}"\nmsgstr[1] "d"\n',
        3,
        "msgcat marked several",
    ),
    "a backslash at the end": (M + '"a\\\\\n', 3, "a quote is missing"),
    "domain": ('domain "x"\n' + M, 1, "expected msgid"),
    "context in the middle": ('msgid "a"\nmsgctxt "b"\nmsgstr ""\n', 1, "has no msgstr"),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("text", "line", "words"), FAULTS.values(), ids=FAULTS)
def test_faults_name_the_line(
    text: str, line: int, words: str, newline: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        entries(tmp_path, text.replace("\n", newline))
    assert (caught.value.path, caught.value.line) == ("x.po", line)


def in_charset(name: str, text: str = "é", encoding: str | None = None) -> bytes:
    """Return a file whose header claims one charset and whose bytes are in ``encoding``."""
    whole = HEADER.replace("UTF-8", name) + f'msgid "One"\nmsgstr "{text}"\n'
    return whole.encode(encoding or name)


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (in_charset("ISO-8859-1"), "iso8859-1"),
        (in_charset("windows-1252"), "cp1252"),
        (in_charset("KOI8-R", "ж"), "koi8-r"),
        (in_charset("Shift_JIS", "表示ソ"), "shift_jis"),
        (in_charset("GB18030", "é€中"), "gb18030"),
        (in_charset("CHARSET", encoding="utf-8"), "utf-8"),
        (in_charset("UTF-16", encoding="utf-8"), "utf-8"),
        (in_charset("utf-8-sig", encoding="utf-8"), "utf-8"),
        (in_charset("rot13", encoding="utf-8"), "utf-8"),
        (in_charset("idna", encoding="utf-8"), "utf-8"),
        (M.encode(), "utf-8"),
    ],
)
def test_charsets(data: bytes, charset: str, tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(data)
    found, messages, _ = read_entries(data, "x.po")
    assert found == charset
    assert list(messages.values())[-1].unit.target == data.decode(charset).rpartition("msgstr")[
        2
    ].strip(' "\n')


def test_bytes_of_another_charset(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"x\.po:5: expected UTF-8 .* byte 0xE9"):
        entries(tmp_path, in_charset("UTF-8", encoding="latin-1"))


def test_marks_of_versions_in_comments_and_sources_are_no_fault_here(tmp_path: Path) -> None:
    text = f'# {VERSIONS}\n#. {VERSIONS}\nmsgid "{VERSIONS}"\nmsgstr "{VERSIONS} é"\n'
    assert entries(tmp_path, text + "# " + VERSIONS + "\n" + M)[0].unit.target == VERSIONS + " é"


def test_one_long_line(tmp_path: Path) -> None:
    text = "one " * 250_000
    assert entries(tmp_path, f'msgid "x"\nmsgstr "{text}"\n')[0].unit.target == text


COMMON = {
    "reviewed": M,
    "empty": 'msgid "One"\nmsgstr ""\n',
    "fuzzy": "#, fuzzy, c-format\n" + M,
    "context over lines": 'msgctxt ""\n"a "\n"b"\n' + M,
    "escapes": 'msgid "a\\n\\t\\"\\\\n"\nmsgstr "\\r\u2028\x85\x1c\\\\"\n',
    "an escape at the end of a line": 'msgid "a\\x4"\n"1\\1"\n"2"\nmsgstr ""\n',
    "comments": "# mine\n#\n#  yours \n#. note\n#.  deep\n#: a.md:1 b.md:2\n#: c:3\n" + M,
    "an empty comment first": "#\n# mine\n" + M,
    "only an empty comment": "#\n" + M,
    "what it was": '#, fuzzy\n#| msgctxt "y"\n#| msgid ""\n#| "Old "\n#| "one"\n' + M,
    "flags before references": "#: a:1\n#: b c\n#, x\n#: d:2\n#, y, fuzzy\n" + M,
    "provenance": "# mine\n# pipeline: machine apertium eng-fra 0123abcd\n" + M,
    "provenance in other words": "# see pipeline: ignore TY101 why\n" + M,
    "a reference without a line": "#: a.md\n" + M,
    "a reference with a long number": "#: a.md:1234567890123\n" + M,
    "a path with blanks": "#: \u2068a b.md\u2069:3\n" + M,
    "blank lines": M + "\n\n\n" + 'msgid "Two"\nmsgstr ""\n\n',
    "no blank line": M + 'msgid "Two"\nmsgstr ""\n',
    "comments at the end": M + "\n# mine\n",
    "separators in comments": "# a\x0b\x85b\u2028\n#. \x1cc\u2029\n" + M,
    "long": 'msgid "One"\nmsgstr ""\n' + '"x y \\n"\n' * 300,
}
GONE = '#~ msgid "a"\n#~ msgstr "b"\n'
OLD = {
    "two obsolete ones": '#~ msgid "a"\n#~ msgstr "b"\n#~ msgid "c"\n#~ msgstr "d"\n',
    "obsolete": '# mine\n#, fuzzy\n#~ msgctxt "x"\n#~ msgid ""\n#~ "One"\n#~ msgstr "Un"\n',
    "obsolete, with a note": '#. note\n#~ msgid "One"\n#~ msgstr ""\n\n' + M.replace("O", "P"),
}
ODD = {
    "plural": 'msgid "One"\nmsgid_plural "Many"\nmsgstr[0] "Un"\nmsgstr[1] ""\n"Des"\n',
    "obsolete, with what it was": '#~| msgid "Old"\n#~ msgid "One"\n#~ msgstr "Un"\n',
    "no line end": M.rstrip("\n"),
    "another order": "#: a.md:1\n# mine\n" + M,
    "a double mark": "##mine\n## yours\n" + M,
    "an empty note": "#.\n#. \u2028\n#, \n" + M,
    "indented": "  " + M,
    "flags within what it was": '#| msgid "a"\n#, x\n' + M,
    "a tab": 'msgid\t"One"\nmsgstr ""\n',
    "no end": 'msgid "One"\n' + '"x"\n' * 20_000 + '\nmsgstr ""\n"Un"\n',
    "a blank line within": 'msgid "One"\n\nmsgstr ""\n',
    "a string behind a blank line": M + '\n"d"\n',
}


def both_ways(text: str) -> list[list[Entry]]:
    """Return the entries as they are read at once and line by line."""
    data = text.encode()
    return [_entries(data, text, "x.po")[0], by_lines(data)]


def by_lines(data: bytes) -> list[Entry]:
    return [entry for entry, _ in _any(data, "utf-8", "x.po")]


@pytest.mark.parametrize("text", [*COMMON.values(), *OLD.values()], ids=[*COMMON, *OLD])
def test_common_messages_are_read_at_once(text: str) -> None:
    at_once, by_lines = both_ways(HEADER + text)
    assert at_once == by_lines
    quick = _common if text in COMMON.values() else _old
    found = quick(HEADER + text, len(HEADER), 4)
    assert found
    assert found[0] == at_once[1]


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_messages_are_read_line_by_line(text: str) -> None:
    at_once, by_lines = both_ways(HEADER + text + "\n" + HEADER)
    assert at_once == by_lines
    assert _common(HEADER + text, len(HEADER), 4) is None
    assert _old(HEADER + text, len(HEADER), 4) is None


def outcome(read: Callable[[], Iterable[Entry]]) -> object:
    """Return the entries, or the message why there are none."""
    try:
        return list(read())
    except InputError as error:
        return str(error)


BETWEEN = ("#~\n", "#|\n", "\n", '"a"\n', '#~ "a"\n', "# a\n", "m\n", '#| msgid "a"\n', M, GONE)


@given(st.lists(st.sampled_from(BETWEEN)).map("".join))
def test_what_is_behind_a_common_message(text: str) -> None:
    data = (M + text).encode()
    at_once = outcome(lambda: _entries(data, data.decode(), "x.po")[0])
    assert at_once == outcome(lambda: by_lines(data))


@pytest.mark.parametrize("word", ["msgstr[", "msgid", "#~ msgstr", "msgctxt"])
@pytest.mark.parametrize("end", ["\n", "\n\n", "", '\n"b"\n', f"\n{M}"])
def test_a_word_without_a_string_behind_one(word: str, end: str) -> None:
    data = f'{HEADER}msgid "a"\nmsgstr "b"{word}{end}'.encode()
    at_once = outcome(lambda: _entries(data, data.decode(), "x.po")[0])
    assert at_once == outcome(lambda: by_lines(data))


@given(st.one_of(po_files(), damaged_po_files()))
@settings(max_examples=300)
def test_any_file_is_read_alike_both_ways(data: bytes) -> None:
    data = data.replace(b"\r", b"").decode(errors="ignore").removeprefix("\ufeff").encode()
    at_once = outcome(lambda: _entries(data, data.decode(), "x.po")[0])
    assert at_once == outcome(lambda: by_lines(data))


@given(catalogs())
def test_what_we_write_is_common(catalog: Catalog) -> None:
    text = render_template(catalog, Header((("Language", "fr"),))).decode()
    at_once, by_lines = both_ways(text)
    assert at_once == by_lines
    at, found = 0, []
    while read := _common(text, at, text.count("\n", 0, at) + 1):
        found.append(read[0])
        at = read[1]
    assert found == at_once
    assert [entry.unit.target for entry in found[1:]] == [unit.target for unit in catalog.units]


TOLERATED = {
    "no blank behind a keyword": 'msgid"One"\nmsgstr"Un"\n',
    "no blank behind an index": 'msgid "One"\nmsgid_plural "b"\nmsgstr[0]"c"\nmsgstr[1]"d"\n',
    "no blank behind a mark": '#~|msgid "One"\n#~msgid "One"\n#~msgstr "Un"\n',
    "a mark alone": M + "#~\n\n#|\n#~|\n",
    "a mark of flags at the end": M + "#,\n",
    "a mark of notes at the end": M + "#.\n",
    "a comment with quotes in an obsolete message": '#~ # "a"\n#~ msgid "One"\n#~ msgstr "Un"\n',
    "escapes": 'msgid "\\117\\156\\x65"\nmsgstr "\\x55n"\n',
}
"""Files of which our own readers once thought differently; gettext takes them."""


@pytest.mark.parametrize("text", TOLERATED.values(), ids=TOLERATED)
def test_what_gettext_takes_is_read_and_left_alone(text: str, tmp_path: Path) -> None:
    assert [e.unit.source for e in entries(tmp_path, HEAD + text)][1:] == ["One"]
    assert_left_alone(tmp_path, HEAD + text)


REFUSED = {
    "no word that obsolete messages know": '#~| "a"\n#~ msgid "One"\n#~ msgstr "Un"\n',
    "a source of before within": 'msgid "One"\n#| "Two"\nmsgstr "Un"\n',
    "an old source of before within": '#~ msgid "One"\n#~| msgid "Two"\n#~ msgstr "Un"\n',
    "msgstr of a plural": 'msgid "One"\nmsgid_plural "b"\nmsgstr "c"\n',
}
"""Files that some of our own readers once took; gettext does not."""


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_gettext_refuses_is_refused_and_told(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_text(HEAD + text, encoding="utf-8")
    assert subprocess.run(["msgcat", path], capture_output=True, check=False).returncode
    with pytest.raises(InputError):
        read_entries(path.read_bytes(), "x.po")
    assert has_error(path.read_bytes())


def as_polib_says(entries: list[Entry]) -> list[Read]:
    return [(entry.unit._replace(line=0), entry.obsolete, entry.plural) for entry in entries]


def without_title(found: list[Read]) -> list[Read]:
    """Leave out the comments of the header, which polib keeps elsewhere."""
    if found and found[0][0].key == ("", ""):
        return [(found[0][0]._replace(comments=()), *found[0][1:]), *found[1:]]
    return found


@given(st.one_of(po_files(), damaged_po_files()))
@settings(max_examples=300)
def test_polib_reads_the_same(data: bytes) -> None:
    try:
        charset, found, _ = read_entries(data, "x.po")
        faults = [one for one in read_messages(data, charset) if isinstance(one, PoFault)]
    except InputError:
        return
    if faults or known_difference(data.decode(charset)):
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.po"
        path.write_bytes(data)
        theirs = through_polib(path, charset)
    assert without_title(as_polib_says(list(found.values()))) == without_title(theirs)


@pytest.mark.parametrize("text", [*COMMON.values(), *OLD.values(), *ODD.values()])
def test_polib_reads_the_same_of_each_kind(text: str, tmp_path: Path) -> None:
    if known_difference(text):
        return
    ours = entries(tmp_path, HEADER + text)
    assert as_polib_says(ours)[1:] == through_polib(tmp_path / "x.po", "utf-8")[1:]


@pytest.mark.parametrize("text", [text for _, text in DIFFERENT.values()], ids=DIFFERENT)
def test_where_polib_differs_gettext_reads_as_we_do(text: str, tmp_path: Path) -> None:
    ours = as_polib_says(entries(tmp_path, HEADER + text))
    try:
        theirs = through_polib(tmp_path / "x.po", "utf-8")
    except OSError:
        theirs = []
    assert theirs != ours
    command = ["msgcat", "x.po", "-o", "y.po"]
    subprocess.run(command, cwd=tmp_path, check=True)
    again = read_entries((tmp_path / "y.po").read_bytes(), "y.po")[1].values()
    assert as_polib_says(list(again)) == ours


REFUSED_BY_US = {
    "an article has one catalogue; nobody knows which domain is meant": "found: domain",
    "the text would be published with the marks": "msgcat marked several versions",
    "translations would be hidden, and left out of what is written": "hides the rest of this",
    "nobody knows the charset of these bytes, and they cannot be written again": "as the header",
    "no article has an empty context, and it is none here": "stands already",
}
"""Reasons to refuse a file that gettext reads, with words of the message."""
SWALLOWS = rb"#.*\\\n"
READ_OTHERWISE = {
    "newer versions of gettext have flags here, 0.21 has a comment": rb"#=",
    "newer versions take all lines of flags": rb"#[,!].*\n(?:\s*#.*\n)*\s*(?:#~\s*)*#[,!]",
    "gettext ends a text here; the gate has an error": rb"\0|\\[0x]",
    "polib knows no such escape": rb"\\[abfvx]",
    "polib parts references at other spaces, too": rb"#:.*[^\n -~]",
    "polib ends lines at carriage returns": rb"\r",
    "a comment swallows the next line in gettext; the gate has an error": SWALLOWS,
    "iconv and Python map some bytes differently": rb"EUC-JP",
}
"""Reasons to read a file otherwise than polib reads it through msgcat, with what is in it."""


@pytest.mark.parametrize("seed", range(4))
def test_mutants_are_read_as_gettext_reads_them(seed: int, tmp_path: Path) -> None:
    # More than 60,000 mutants of 770 files were tried when the reader was written.
    chance, files = random.Random(20261201 + seed), bases()
    accepted = 0
    for _ in range(100):
        data = mutant(files, chance)
        fits = gettext_accepts(data, tmp_path)
        accepted += fits
        ours = outcome(lambda: read_entries(data, "x.po")[1].values())  # noqa: B023 - called here
        if isinstance(ours, str):
            assert has_error(data), data
            known = re.search("|".join(REFUSED_BY_US.values()), ours) or re.search(SWALLOWS, data)
            assert known or not fits, (ours, data)
        elif not fits:
            told = [problem.message for problem, _ in found(data)]
            assert [text for text in told if "header's language is" not in text], data
        elif not re.search(b"|".join(READ_OTHERWISE.values()), data):
            assert isinstance(ours, list)
            theirs = gettext_reads(tmp_path)
            assert theirs is None or texts(as_polib_says(ours)) == theirs, data
    assert 30 < accepted < 95
