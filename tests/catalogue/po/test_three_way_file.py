"""Three versions of a PO file make one; what did not change keeps its bytes."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from pipeline.catalogue.po import three_way_file
from pipeline.catalogue.po.file import PoFile, load_po, render_entries
from pipeline.catalogue.po.three_way_file import MergedFile, merge_files
from pipeline.catalogue.po.units import read_entries
from pipeline.errors import InputError
from tests.strategies import po_files

if TYPE_CHECKING:
    from pipeline.model import Catalog

HEADER = """\
# French.
# Ana, 2026.
msgid ""
msgstr ""
"Project-Id-Version: salt\\n"
"POT-Creation-Date: 2026-01-01 10:00+0000\\n"
"PO-Revision-Date: 2026-01-02 10:00+0000\\n"
"Last-Translator: Ana\\n"
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

"""
# Wrapped by hand, with flags of another program, odd blanks, an odd order, and a hash of old.
BODY = """\
#, no-wrap
# behind the flags
msgid "Four."
msgstr "Quatre"
"."

# pipeline: machine x aac1e708
#, fuzzy
msgid "Five."
msgstr "Cinq."

#  odd
#, no-wrap, fuzzy
msgid "One."
msgstr "Un"
"."

msgid "Two."
msgstr ""

#~ msgid "Three."
#~ msgstr "Trois."
"""
BASE = HEADER + BODY


def load(data: str | bytes) -> PoFile:
    with TemporaryDirectory() as folder:
        path = Path(folder, "x.po")
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return load_po(path, "x.po")


def merge(base: str | bytes, ours: str | bytes, theirs: str | bytes) -> MergedFile:
    return merge_files(load(base), load(ours), load(theirs), "x.po")


def merged(base: str, ours: str, theirs: str) -> str:
    return merge(base, ours, theirs).data.decode()


def changed(**edits: str) -> str:
    """Return the base with other fields of the header, or other translations."""
    text = BASE
    for name, value in edits.items():
        field = name.replace("_", "-")
        text, count = re.subn(rf'(?m)^"{field}: .*$', f'"{field}: {value}\\\\n"', text)
        if not count:
            text, count = re.subn(
                rf'(msgid "{name}\."\nmsgstr) (".*"\n)+', rf'\1 "{value}"\n', text
            )
        assert count, name
    return text


def test_what_nobody_changed_keeps_its_bytes() -> None:
    ours, theirs = BASE, changed(Two="Deux.")
    assert merged(BASE, BASE, BASE) == BASE
    assert merged(BASE, theirs, BASE) == theirs
    assert merged(BASE, ours, theirs) == theirs
    assert merged("", BASE, BASE) == BASE


def test_it_keeps_them_also_behind_new_lines_of_the_file_that_is_written_to() -> None:
    odd = '\n#~ msgid ""\n#~ "Six."\n#~ msgstr "Six."\n'
    theirs = BASE.replace(BODY, f'msgid "Zero."\nmsgstr "Rien."\n\n{BODY}{odd}')
    theirs = theirs.replace("\n", "\r\n")
    two = 'msgid "Two."\r\nmsgstr ""\r\n'
    assert merged(BASE + odd, changed(Two="Deux.") + odd, theirs) == theirs.replace(
        two, two.replace('""', '"Deux."')
    )


@pytest.mark.parametrize("swapped", [False, True])
def test_the_newer_dates_are_taken(*, swapped: bool) -> None:
    ours = changed(PO_Revision_Date="2026-03-01 10:00+0200", Two="Deux.")
    theirs = changed(
        PO_Revision_Date="2026-03-01 09:00+0000", POT_Creation_Date="2025-01-01 10:00+0000"
    )
    sides = (theirs, ours) if swapped else (ours, theirs)
    result = merged(BASE, *sides)
    assert result == changed(PO_Revision_Date="2026-03-01 09:00+0000", Two="Deux.")


def test_a_date_that_is_none_is_older() -> None:
    ours = changed(PO_Revision_Date="YEAR-MO-DA HO:MI+ZONE")
    both = changed(Two="Deux.")
    assert merged(BASE, ours, both) == merged(BASE, both, ours) == both


@pytest.mark.parametrize("date", ["2026-01-02 10:00+0000", "YEAR-MO-DA HO:MI+ZONE"])
def test_a_date_that_one_side_lacks_is_the_other_s(date: str) -> None:
    there = changed(PO_Revision_Date=date)
    line = f'"PO-Revision-Date: {date}\\n"\n'
    missing = there.replace(line, "").replace(": Ana", ": Bo")
    for sides in ((missing, there), (there, missing)):
        assert merged(missing.replace(": Bo", ": Cy"), *sides).count(line) == 1


C_Y = r"C\\\\y"
HEADERS = [
    # fields that change on our side, on theirs, and in the result
    ({"Last_Translator": "Bo"}, {}, {"Last_Translator": "Bo"}),
    ({}, {"Last_Translator": "Bo"}, {"Last_Translator": "Bo"}),
    ({"Last_Translator": "Bo"}, {"Last_Translator": "Cy"}, {"Last_Translator": "Bo"}),
    ({"Language": "de"}, {"Last_Translator": C_Y}, {"Language": "de", "Last_Translator": C_Y}),
]  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs", "expected"), HEADERS)
def test_fields_of_the_header(
    ours: dict[str, str], theirs: dict[str, str], expected: dict[str, str]
) -> None:
    assert merged(BASE, changed(**ours), changed(**theirs)) == changed(**expected)


def test_fields_that_come_and_go() -> None:
    more = BASE.replace('"Language:', '"X-Generator: Poedit\\n"\n"Language:')
    less = BASE.replace('"Last-Translator: Ana\\n"\n', "")
    result = merged(BASE, less, more)
    assert "Last-Translator" not in result
    assert result.count('"X-Generator: Poedit\\n"\n') == 1
    assert result.endswith(f'"X-Generator: Poedit\\n"\n\n{BODY}')
    assert merged(BASE, more, BASE) == more


def test_a_long_field_is_wrapped_as_the_file_is() -> None:
    long = "mot " * 29 + "mot"
    base = BASE.replace("\n", "\r\n")
    ours = base.replace(": Ana", ": Bo")
    theirs = base.replace('"Language:', f'"X-Long: {long}\\n"\r\n"Language:')
    added = f'"X-Long: {"mot " * 17}"\r\n"{"mot " * 12}mot\\n"\r\n'
    whole = added.replace('"\r\n"', "")
    assert added in merged(base, ours, theirs)
    odd = f'\r\nmsgid "Six."\r\nmsgstr "{long * 2}"\r\n'
    base, ours, theirs = (text + odd for text in (base, ours, theirs))
    assert whole in merged(base, ours, theirs)


def test_lines_that_are_no_fields_and_fields_that_are_there_twice_stay() -> None:
    odd = '"no field\\n"\n"X-A: 1\\n"\n"X-A:  2\\n"\n'
    base = BASE.replace('"Language:', f'{odd}"Language:')
    ours, theirs = base.replace(": Ana", ": Bo"), base.replace('fr\\n"\n', 'fr\\n"\n"X-B: 3\\n"\n')
    assert merged(base, ours, theirs) == ours.replace('UTF-8\\n"\n', 'UTF-8\\n"\n"X-B: 3\\n"\n')
    theirs = base.replace("X-A:  2", "X-A: 5")
    assert merged(base, ours, theirs) == ours.replace("X-A:  2", "X-A: 5")


def test_a_wrapped_field_can_change() -> None:
    wrapped = BASE.replace('"Last-Translator: Ana\\n"', '"Last-Translator: "\n"Ana\\n"')
    theirs = wrapped.replace("Ana\\n", "Bo\\n")
    assert '"Last-Translator: Bo\\n"\n' in merged(wrapped, wrapped, theirs)
    assert merged(wrapped, wrapped, wrapped.replace("fr\\n", "fr_CA\\n")) == wrapped.replace(
        "fr\\n", "fr_CA\\n"
    )


def test_translators_of_both_sides_are_named() -> None:
    ours = BASE.replace("# Ana, 2026.", "# Ana, 2026.\n# Bo, 2026.")
    theirs = BASE.replace("# Ana, 2026.", "# Ana, 2026.\n#\n# Cy, 2026.")
    result = merged(BASE, ours, theirs)
    assert result.startswith("# French.\n# Ana, 2026.\n# Bo, 2026.\n#\n# Cy, 2026.\nmsgid")


def test_a_header_of_one_side_alone() -> None:
    assert merged(BODY, BODY, BASE) == BASE
    assert merged(BODY, BASE, BODY) == BASE
    assert merged(BODY, BODY, BODY) == BODY


def test_an_odd_header_stays() -> None:
    odd = BASE.replace("# French.\n", "#, fuzzy\n# French.\n")
    ours, theirs = odd.replace('"Un"', '"Une"'), odd.replace(": Ana", ": Bo")
    assert merged(odd, ours, theirs) == ours


def test_a_conflict_has_its_line() -> None:
    result = merge(BASE, changed(Two="Deux."), changed(Two="Paire."))
    (unit,) = result.conflicts
    lines = result.data.decode().split("\n")
    assert lines[unit.line - 1] == 'msgid "Two."'
    assert result.data.decode() == BASE.replace(
        'msgid "Two."\nmsgstr ""\n',
        '#, fuzzy\nmsgid "Two."\nmsgstr ""\n"#-#-#-#-#  ours (reviewed)  #-#-#-#-#\\n"\n'
        '"Deux.\\n"\n"#-#-#-#-#  theirs (reviewed)  #-#-#-#-#\\n"\n"Paire."\n',
    )


def test_what_is_behind_the_last_entry() -> None:
    behind = f"{BASE}\n# the end\n"
    for sides in ((behind, BASE), (BASE, behind)):
        assert merged(BASE, *sides) == behind


def as_latin(text: str) -> bytes:
    return text.replace("UTF-8", "ISO-8859-1").encode("latin-1")


def test_charset_and_line_ends() -> None:
    """They are ours, unless only theirs changed them; line ends likewise."""
    new = changed(Two="Deuxième.")
    assert merge(as_latin(BASE), as_latin(BASE), as_latin(new)).data == as_latin(new)
    assert merge(BASE, as_latin(BASE), new).data == as_latin(new)
    assert merge(BASE, new, as_latin(BASE)).data == as_latin(new)
    assert merge(as_latin(BASE), new, as_latin(BASE)).data == new.encode()
    assert merge("", as_latin(BASE), new).data == as_latin(new)
    french = BASE.replace("# French.", "# Français.")
    ours, theirs = french.replace(": Ana", ": Zoé"), french.replace("Ana, ", "Zoé, ")
    assert merge(as_latin(french), as_latin(ours), as_latin(theirs)).data == as_latin(
        ours.replace("Ana, ", "Zoé, ")
    )
    windows = new.replace("\n", "\r\n")
    assert merged(BASE, BASE, windows) == windows
    assert merged(BASE, new, BASE.replace("\n", "\r\n")) == windows
    base = BASE.replace("\n", "\r\n")
    other = base.replace("Ana, 2026.", "Ana.").replace(": Ana", ": Bo")
    assert merged(base, windows, other) == windows.replace("Ana, 2026.", "Ana.").replace(
        ": Ana", ": Bo"
    )


def test_a_charset_that_lacks_a_character() -> None:
    with pytest.raises(InputError, match="charset iso8859-1 has no '…'"):
        merge("", as_latin(BASE), changed(Two="Deux…"))


TWO, THREE = 'msgid "Two."\nmsgstr "Deux."\n', '#~ msgid "Three."\n#~ msgstr "Trois."\n'
LOSSES = {
    "no entry": (TWO, "", "Two."),
    "another text": (TWO, TWO.replace("Deux", "Deu"), "Two."),
    "a draft": (TWO, f"#, fuzzy\n{TWO}", "Two."),
    "obsolete": (TWO, f"#~ {TWO}".replace("\nmsgstr", "\n#~ msgstr"), "Two."),
    "no obsolete entry": (THREE, "", "Three."),
    "another obsolete text": (THREE, THREE.replace("Trois", "Troi"), "Three."),
    "current": (THREE, THREE.replace("#~ ", ""), "Three."),
}


@pytest.mark.parametrize(("before", "after", "source"), LOSSES.values(), ids=LOSSES)
def test_a_file_that_lacks_a_text_is_not_written(
    before: str, after: str, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lossy(catalog: Catalog, old: PoFile) -> bytes:
        text = render_entries(catalog, old).decode()
        assert text.count(before) == 1
        return text.replace(before, after).encode()

    monkeypatch.setattr(three_way_file, "render_entries", lossy)
    with pytest.raises(InputError, match=rf"^x\.po: cannot write this text as PO: '{source}'$"):
        merge(BASE, changed(One="Une"), changed(Two="Deux."))


def test_a_file_that_cannot_be_read_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(three_way_file, "render_entries", lambda catalog, old: b"no PO\n")
    with pytest.raises(InputError, match=r"^x\.po:1: expected"):
        merge(BASE, changed(One="Une"), changed(Two="Deux."))


def test_plural_forms_are_left_to_others() -> None:
    one = BASE + '\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    assert merged(one, one, one.replace('Two."\nmsgstr ""', 'Two."\nmsgstr "Deux."')) == (
        one.replace('Two."\nmsgstr ""', 'Two."\nmsgstr "Deux."')
    )
    with pytest.raises(InputError, match=r"x\.po: the versions differ in plural forms"):
        merge(BASE, one, changed(Two="Deux."))


@given(po_files(), po_files())
def test_any_files(ours: bytes, theirs: bytes) -> None:
    """Files of other programs are refused, or make a file that can be read."""
    try:
        versions = load(b""), load(ours), load(theirs)
        result = merge_files(*versions, "x.po")
    except InputError:
        return
    if result.conflicts:  # which nothing but this merge writes, and nobody reads
        assert read_entries(result.data, "x.po", accepted="versions")
        return
    again = load(result.data)
    assert merge_files(again, again, again, "x.po").data == result.data
    assert set(again.entries) >= set(versions[1].entries) | set(versions[2].entries)
    same = merge_files(versions[0], versions[1], versions[1], "x.po")
    assert same == (versions[1].data, ())


def test_msgfmt_takes_a_conflict(tmp_path: Path) -> None:
    result = merge(BASE, changed(Two="Deux."), changed(Two="Paire."))
    (tmp_path / "x.po").write_bytes(result.data)
    subprocess.run(["msgfmt", "--check-format", "-o", "-", "x.po"], cwd=tmp_path, check=True)
    shown = subprocess.run(
        ["msgattrib", "--only-fuzzy", "x.po"], cwd=tmp_path, check=True, capture_output=True
    ).stdout
    assert b"Two." in shown
