"""Catalogues written to their files; unchanged entries are copied."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polib
import pytest

from pipeline.catalogue.merging import merge
from pipeline.catalogue.po import file as po_file
from pipeline.catalogue.po.entry import render
from pipeline.catalogue.po.file import (
    Header,
    PoFile,
    load_po,
    new_header,
    render_anew,
    render_catalog,
    render_template,
)
from pipeline.errors import InputError
from pipeline.model import (
    Catalog,
    Origin,
    OriginKind,
    Previous,
    Reference,
    State,
    Unit,
    draft_digest,
    text_hash,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Change = Callable[[Catalog], Catalog]
    Damage = Callable[[Unit], Unit]

HEADER = Header((("POT-Creation-Date", "NOW"), ("PO-Revision-Date", "NOW")), "A title")
DATES = '"POT-Creation-Date: 2024-01-01 00:00+0000\\n"\n"PO-Revision-Date: 2024-02-02\\n"\n'
HEAD = f'# By hand.\nmsgid ""\nmsgstr ""\n{DATES}"X-Own: kept  as it is\\n"\n\n'
ONE = '#. paragraph\n#: en.md:1\nmsgctxt "x"\nmsgid "One"\nmsgstr "Un"\n'
TWO = '# mine\n#, fuzzy\n#| msgid "To"\nmsgctxt "x"\nmsgid ""\n"Two"\nmsgstr ""\n"Deux"\n'
OLD = '#~ msgctxt "x"\n#~ msgid "Old"\n#~ msgstr "Vieux"\n'
GONE = '#~ msgid "%d day"\n#~ msgid_plural "%d days"\n#~ msgstr[0] "%d jour"\n'
PLURAL = 'msgid "%d file"\nmsgid_plural "%d files"\nmsgstr[0] "%d fichier"\nmsgstr[1] ""\n'
EMPTY_PLURAL = '#, fuzzy\nmsgid "day"\nmsgid_plural "days"\nmsgstr[0] ""\nmsgstr[1] "jours"\n'


def opened(folder: Path, text: str | bytes) -> PoFile:
    """Load a PO file with this text."""
    path = folder / "x.po"
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return load_po(path, "x.po")


def written(folder: Path, text: str | bytes, change: Change) -> str:
    """Return the file text after a change to its catalogue; check that rewriting it is stable."""
    file = opened(folder, text)
    catalog = change(file.catalog("x", "fr"))
    data = render_catalog(catalog, file, HEADER)
    again = opened(folder, data)
    assert render_catalog(again.catalog("x", "fr"), again, HEADER) == data
    return data.decode(file.charset)


def same(catalog: Catalog) -> Catalog:
    return catalog


def target(text: str, state: State = State.REVIEWED) -> Change:
    """Replace the target of the first unit."""
    return lambda c: replace(
        c, units=(c.units[0]._replace(target=text, state=state, origin=Origin()), *c.units[1:])
    )


def added(unit: Unit) -> Change:
    return lambda c: replace(c, units=(*c.units, unit))


def retired(catalog: Catalog) -> Catalog:
    return merge(catalog, Catalog("x", "", (Unit("new", "Quite another text"),)))


UNCHANGED = {
    "plain": HEAD + ONE + "\n" + TWO + "\n" + OLD,
    "no header": ONE,
    "no final newline": HEAD + ONE.rstrip("\n"),
    "no blank lines": HEAD + ONE + TWO + OLD,
    "many blank lines": "\n\n" + HEAD + "\n\n" + ONE + "\n\n\n\n" + TWO + "\n\n",
    "odd comments": HEAD + "#\n##\n## x\n#   y\n# pipeline: ignore TY101\n" + ONE,
    "comments at the end": HEAD + ONE + "\n# the end\n#~| more\n",
    "obsolete with what it was": HEAD + '# c\n#, fuzzy\n#~| msgid "Olde"\n' + OLD,
    "obsolete in the middle": HEAD + OLD + "\n" + ONE,
    "plural": HEAD + PLURAL + "\n" + ONE + "\n" + EMPTY_PLURAL,
    "obsolete plural": HEAD + '#~ msgid "a"\n#~ msgid_plural "b"\n#~ msgstr[0] "c"\n',
    "Windows": (HEAD + ONE + "\n" + TWO + OLD).replace("\n", "\r\n"),
    "mixed line ends": HEAD + ONE.replace("\n", "\r\n") + "\n" + TWO,
    "byte-order mark": "\ufeff" + HEAD + ONE,
    "byte-order mark, no header": "\ufeff" + ONE,
    "header field twice": HEAD.replace(DATES, DATES + DATES) + ONE,
    "unusual order": HEAD + '#: en.md:1\n#. n\n# c\nmsgctxt "x"\nmsgid "One"\nmsgstr "Un"\n',
    "unusual wrapping": HEAD + 'msgid "O"\n"n"\n"e"\nmsgstr ""\n""\n"Un"\n',
    "indented": HEAD + ' msgid "One"\n\tmsgstr "Un"\n',
    "separators": HEAD.replace('"X-Own', '"Content-Type: text/plain; charset=UTF-8\\n"\n"X-Own')
    + '# a\u2028b\x85c\nmsgid "One\u2028"\nmsgstr "\x85\x1cUn"\n',
    "one long line": HEAD + f'msgid "One"\nmsgstr "{"un deux " * 99}"\n',
    "spaces behind the last string": HEAD + TWO + "\n" + ONE.rstrip("\n") + " \t\n\n",
    "only a header": HEAD,
    "only a comment": "# nothing yet\n",
}


@pytest.mark.parametrize("text", UNCHANGED.values(), ids=UNCHANGED)
def test_without_a_change_the_bytes_stay(text: str, tmp_path: Path) -> None:
    assert written(tmp_path, text, same) == text


def now(text: str) -> str:
    """Replace the date of the revision in a text by ``NOW``."""
    return text.replace("2024-02-02", "NOW")


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


NEW = 'msgctxt "x"\nmsgid "New"\nmsgstr "Nouveau"\n'
NEW_HEADER = (
    '# A title\nmsgid ""\nmsgstr ""\n"POT-Creation-Date: NOW\\n"\n"PO-Revision-Date: NOW\\n"\n'
)


@pytest.mark.parametrize("text", UNCHANGED.values(), ids=UNCHANGED)
def test_a_new_entry_changes_no_other(text: str, tmp_path: Path) -> None:
    found = written(tmp_path, text, added(Unit("x", "New", "Nouveau", State.REVIEWED)))
    newline = "\r\n" if "\r\n" in text else "\n"
    assert found.startswith("\ufeff") == text.startswith("\ufeff")
    assert found.count(NEW.replace("\n", newline).strip()) == 1
    rest = lines(found.replace(NEW.replace("\n", newline).strip(), "").removeprefix("\ufeff"))
    if "X-Own" not in text:
        assert rest[:5] == lines(NEW_HEADER)
        del rest[:5]
    assert sorted(rest) == sorted(lines(now(text).removeprefix("\ufeff")))


LONG = "mot " * 30
LONG_SOURCE = f'msgid ""\n"{"mot " * 19}"\n"{"mot " * 11}"\n'
LONG_NEW = LONG_SOURCE + LONG_SOURCE.replace("msgid", "msgstr")
LONG_GONE = "".join(
    f'#~ {name} ""\n#~ "{"mot " * 18}"\n#~ "{"mot " * 12}"\n' for name in ("msgid", "msgstr")
)
LONG_UNIT = Unit("", LONG, LONG, State.REVIEWED)
UNUSUAL = '#: en.md:1\n#. n\n#c\nmsgctxt "x"\nmsgid ""\n"O"\n"ne"\nmsgstr "Un"\n'


def retired_first(catalog: Catalog) -> Catalog:
    """Make the first unit obsolete, as a merge does."""
    return merge(catalog, replace(catalog, units=catalog.units[1:]))


CHANGED: dict[str, tuple[str, Change, str]] = {
    "new, long": (ONE, added(LONG_UNIT), ONE + "\n" + LONG_NEW),
    "new, long, obsolete": (
        ONE,
        lambda c: replace(c, obsolete=(LONG_UNIT,)),
        ONE + "\n" + LONG_GONE,
    ),
    "gone, long": (LONG_NEW + "\n" + ONE, retired_first, ONE + "\n" + LONG_GONE),
    "back, long": (
        ONE + "\n" + LONG_GONE,
        lambda c: replace(c, units=(*c.units, *c.obsolete), obsolete=()),
        ONE + "\n" + LONG_NEW,
    ),
    "unusual order": (
        UNUSUAL,
        target(LONG),
        '# c\n#. n\n#: en.md:1\nmsgctxt "x"\nmsgid "One"\n'
        + LONG_SOURCE.replace("msgid", "msgstr"),
    ),
    "gone, in an unusual order": (
        UNUSUAL + "\n" + TWO,
        retired_first,
        TWO + '\n#c\n#~ msgctxt "x"\n#~ msgid "One"\n#~ msgstr "Un"\n',
    ),
    "an obsolete one that another program wrapped": (
        ONE + '\n#~ msgid ""\n#~ "Old"\n#~ msgstr "Vieux"\n',
        # As it is where a catalogue was read twice.
        lambda c: target("Une")(replace(c, obsolete=tuple(u._replace() for u in c.obsolete))),
        ONE.replace('"Un"', '"Une"') + '\n#~ msgid ""\n#~ "Old"\n#~ msgstr "Vieux"\n',
    ),
    "spaces behind the last string": (
        TWO + "\n" + ONE.rstrip("\n") + " \t\n",
        target("Zwei", State.DRAFT),
        TWO.replace('""\n"Deux"', '"Zwei"') + "\n" + ONE.rstrip("\n") + " \t\n",
    ),
    "target": (ONE + "\n" + TWO, target("Une"), ONE.replace('"Un"', '"Une"') + "\n" + TWO),
    "target, no blank lines": (ONE + TWO, target("Une"), ONE.replace('"Un"', '"Une"') + TWO),
    "target emptied": (ONE, target("", State.EMPTY), ONE.replace('"Un"', '""')),
    "a draft for an empty one": (
        ONE.replace('"Un"', '""'),
        target("Un", State.DRAFT),
        ONE.replace("msgctxt", "#, fuzzy\nmsgctxt"),
    ),
    "no longer fuzzy": (
        TWO,
        lambda c: replace(c, units=(c.units[0]._replace(state=State.REVIEWED, previous=None),)),
        TWO.replace('#, fuzzy\n#| msgid "To"\n', ""),
    ),
    "long target": (
        ONE,
        target("mot " * 30),
        ONE.replace('"Un"\n', '""\n"' + "mot " * 19 + '"\n"' + "mot " * 11 + '"\n'),
    ),
    "comment": (
        TWO,
        lambda c: replace(c, units=(c.units[0]._replace(comments=("ours", "mine")),)),
        TWO.replace("# mine", "# ours\n# mine"),
    ),
    "gone": (
        ONE + "\n" + TWO,
        lambda c: merge(c, replace(c, units=c.units[:1])),
        ONE + '\n# mine\n#, fuzzy\n#~| msgid "To"\n#~ msgctxt "x"\n#~ msgid "Two"\n'
        '#~ msgstr "Deux"\n',
    ),
    "back": (
        '# c\n#~| msgid "Olde"\n' + OLD,
        lambda c: merge(c, Catalog("x", "", (Unit("x", "Old", notes=("n",)),))),
        '# c\n#. n\n#| msgid "Olde"\nmsgctxt "x"\nmsgid "Old"\nmsgstr "Vieux"\n',
    ),
    "order": (
        ONE + "\n" + TWO,
        lambda c: replace(c, units=c.units[::-1]),
        TWO + "\n" + ONE,
    ),
    "plural stays where it is": (
        PLURAL + "\n" + ONE + "\n" + EMPTY_PLURAL,
        target("Une"),
        PLURAL + "\n" + ONE.replace('"Un"', '"Une"') + "\n" + EMPTY_PLURAL,
    ),
    "plural stays behind its neighbour": (
        ONE + "\n" + PLURAL + "\n" + TWO,
        lambda c: replace(c, units=c.units[::-1]),
        TWO + "\n" + ONE + "\n" + PLURAL,
    ),
    "plural whose neighbour is gone": (
        ONE + "\n" + TWO + "\n" + PLURAL,
        lambda c: replace(c, units=c.units[:1]),
        ONE + "\n" + PLURAL,
    ),
    "obsolete in the middle stays there": (
        OLD + "\n" + ONE + "\n" + GONE + "\n" + TWO,
        target("Une"),
        OLD + "\n" + ONE.replace('"Un"', '"Une"') + "\n" + GONE + "\n" + TWO,
    ),
    "obsolete at the end stays there": (
        ONE + "\n" + TWO + "\n" + GONE + "\n" + OLD,
        lambda c: replace(c, units=c.units[::-1]),
        TWO + "\n" + ONE + "\n" + GONE + "\n" + OLD,
    ),
    "what becomes obsolete comes last": (
        OLD + "\n" + ONE + "\n" + GONE,
        lambda c: replace(c, units=(), obsolete=c.obsolete + c.units),
        OLD + "\n" + GONE + '\n#~ msgctxt "x"\n#~ msgid "One"\n#~ msgstr "Un"\n',
    ),
    "back from the middle of the obsolete": (
        ONE + "\n" + GONE + "\n" + OLD,
        lambda c: merge(c, replace(c, units=(c.obsolete[0], *c.units))),
        'msgctxt "x"\nmsgid "Old"\nmsgstr "Vieux"\n\n' + ONE + "\n" + GONE,
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("before", "change", "after"), CHANGED.values(), ids=CHANGED)
def test_only_what_changed_is_written(
    before: str, change: Change, after: str, newline: str, tmp_path: Path
) -> None:
    text = (HEAD + before).replace("\n", newline)
    found = written(tmp_path, text, change)
    assert now(found) == now(HEAD + after).replace("\n", newline)


@pytest.mark.parametrize(
    ("change", "moved"),
    [
        (target("Une"), ["PO-Revision-Date"]),
        (target("Un", State.DRAFT), []),
        (target("Une", State.DRAFT), []),
        (added(Unit("x", "New")), []),
        (added(Unit("x", "New", "Neuf", State.REVIEWED)), ["PO-Revision-Date"]),
        (lambda c: replace(c, units=(c.units[0]._replace(notes=("n",)),)), []),
        (lambda c: replace(c, units=(c.units[0]._replace(references=(Reference("a", 9),)),)), []),
    ],
)
def test_the_date_of_the_revision_moves_with_a_review(
    change: Change, moved: list[str], tmp_path: Path
) -> None:
    found = written(tmp_path, HEAD + ONE, change)
    assert [name for name, _ in HEADER.fields if f'"{name}: NOW\\n"' in found] == moved


def test_without_a_date_that_of_the_file_stays(tmp_path: Path) -> None:
    file = opened(tmp_path, HEAD + ONE)
    catalog = target("Une")(file.catalog("x", "fr"))
    assert render_catalog(catalog, file, Header(())).decode() == (HEAD + ONE).replace(
        '"Un"', '"Une"'
    )


def test_a_file_without_wrapping_is_written_without_it(tmp_path: Path) -> None:
    long = "mot " * 60
    text = f'{HEAD}{ONE}\nmsgctxt "x"\nmsgid "Long"\nmsgstr "{long}"\n'
    added_text = f'msgid "New"\nmsgstr "{long}"\n'
    assert added_text in written(tmp_path, text, added(Unit("x", "New", long, State.REVIEWED)))
    assert f'msgid "One"\nmsgstr "{long}"\n' in written(tmp_path, text, target(long))
    gone = written(tmp_path, text, retired)
    assert f'#~ msgid "Long"\n#~ msgstr "{long}"\n' in gone
    assert f'#~ msgid "{long}"\n' in written(
        tmp_path, text, lambda c: replace(c, obsolete=(Unit("", long, "t", State.REVIEWED),))
    )
    unusual = written(tmp_path, text.replace(ONE, UNUSUAL), target(long))
    assert f'msgid "One"\nmsgstr "{long}"\n' in unusual
    (tmp_path / "gone").mkdir()
    chinese = text.replace(long, "盐" * 200)
    assert f'msgid "One"\nmsgstr "{long}"\n' in written(tmp_path, chinese, target(long))
    address = text.replace(long, "https://a.example/" + "b" * 200)
    assert f'msgstr "{long}"' not in written(tmp_path, address, target(long))
    back = written(
        tmp_path / "gone", gone, lambda c: merge(c, Catalog("x", "", (Unit("x", "Long"),)))
    )
    assert f'\nmsgid "Long"\nmsgstr "{long}"\n' in back


@pytest.mark.parametrize("state", [State.DRAFT, State.REVIEWED])
def test_a_fuzzy_mark_on_an_empty_entry_goes_with_a_review(state: State, tmp_path: Path) -> None:
    empty = '#, fuzzy\nmsgctxt "x"\nmsgid "One"\nmsgstr ""\n'
    found = written(tmp_path, HEAD + empty, target("Un", state))
    assert ("#, fuzzy\n" in found) == (state is State.DRAFT)
    assert 'msgstr "Un"\n' in found


def test_new_obsolete_entries_come_in_the_order_of_the_article(tmp_path: Path) -> None:
    """Two branches that retire texts of two speakers then change two places of the file."""
    entry = 'msgctxt "{0}"\nmsgid "{1}"\nmsgstr "{1}"\n'
    kept = "\n".join(entry.format(context, f"{context}1") for context in "badc")
    old = "".join(f"#~ {line}\n" for line in entry.format("d", "d0").splitlines())
    plural = "".join(f"#~ {line}\n" for line in f'msgctxt "c"\n{PLURAL}'.splitlines())
    file = opened(tmp_path, f"{HEAD}{kept}\n{old}\n{plural}")
    catalog = file.catalog("x", "fr")
    new = [Unit(c, f"{c}2", "t", State.REVIEWED) for c in ("gone", "c", "b", "d")]
    catalog = replace(catalog, obsolete=(*catalog.obsolete, *new))
    text = render_catalog(catalog, file, HEADER).decode()
    ids = re.findall(r'#~ msgid "(.*)"', text)
    assert ids == ["b2", "d0", "d2", "%d file", "c2", "gone2"]


def test_a_foreign_plural_is_never_lost(tmp_path: Path) -> None:
    found = written(tmp_path, HEAD + PLURAL + "\n" + EMPTY_PLURAL + "\n" + ONE, retired)
    assert PLURAL in found
    assert EMPTY_PLURAL in found


def test_a_text_in_the_place_of_a_plural_is_refused(tmp_path: Path) -> None:
    file = opened(tmp_path, HEAD + ONE + "\n" + PLURAL)
    catalog = added(Unit("", "%d file", "%d fichier"))(file.catalog("x", "fr"))
    with pytest.raises(InputError, match=r"this message has plural forms.*'%d file'") as caught:
        render_catalog(catalog, file, HEADER)
    assert caught.value.line == HEAD.count("\n") + ONE.count("\n") + 2


def test_in_a_large_file_only_the_entry_changes(tmp_path: Path) -> None:
    entries = [
        kind.replace('"x"', f'"x{number}"').replace("%d", f"%d {number}")
        for number in range(1_000)
        for kind in (ONE, PLURAL, TWO, OLD, GONE)
    ]
    found = written(tmp_path, HEAD + "\n".join(entries), target("Une"))
    changed = entries[0].replace('"Un"', '"Une"')
    assert now(found) == now(HEAD + "\n".join([changed, *entries[1:]]))


def test_all_may_vanish_and_come_back(tmp_path: Path) -> None:
    text = HEAD + ONE + "\n" + TWO
    template = opened(tmp_path, text).catalog("x", "")
    gone = written(tmp_path, text, retired)
    assert "Deux" in gone
    back = written(tmp_path, gone, lambda c: merge(c, template))
    assert now(back) == now(text.replace('""\n"Two"', '"Two"').replace('""\n"Deux"', '"Deux"'))


PROVENANCE = f"# pipeline: machine google {text_hash('Un')}\n"


def test_a_human_edit_takes_the_provenance_away(tmp_path: Path) -> None:
    edited = HEAD + PROVENANCE + "# pipeline: ignore TY101\n" + ONE.replace("Un", "Une")
    unit = Unit("x", "New")
    found = written(tmp_path, edited, added(unit))
    assert "machine google" not in found
    assert "# pipeline: ignore TY101" in found


def test_an_untouched_draft_keeps_it(tmp_path: Path) -> None:
    text = HEAD + "# mine\n" + PROVENANCE + "#, fuzzy\n" + ONE
    assert PROVENANCE in written(tmp_path, text, added(Unit("x", "New")))


def test_a_draft_gets_a_provenance_behind_the_human_comments(tmp_path: Path) -> None:
    origin = Origin(OriginKind.MACHINE, "google", draft_digest("One", "Deux"))
    found = written(
        tmp_path,
        HEAD + "# one\n#\n#   two\n# pipeline: aligned fr 00000000\n" + ONE,
        lambda c: replace(c, units=(c.units[0]._replace(target="Deux", origin=origin),)),
    )
    head = f"# one\n#\n#   two\n# pipeline: machine google {origin.digest}\n#. paragraph\n"
    assert head in found
    assert "aligned" not in found


def test_a_digest_of_an_older_release_is_renewed_with_its_entry_only(tmp_path: Path) -> None:
    text = HEAD + PROVENANCE + "#, fuzzy\n" + ONE
    assert PROVENANCE in written(tmp_path, text, added(Unit("x", "New")))
    found = written(
        tmp_path, text, lambda c: replace(c, units=(c.units[0]._replace(comments=("mine",)),))
    )
    assert f"# mine\n# pipeline: machine google {draft_digest('One', 'Un')}\n" in found


def test_the_charset_is_the_file_s(tmp_path: Path) -> None:
    head = HEAD.replace("X-Own: kept", "Content-Type: text/plain; charset=ISO-8859-1")
    data = (head + ONE.replace("Un", "Été")).encode("latin-1")
    found = written(tmp_path, data, added(Unit("x", "New", "Forêt", State.REVIEWED)))
    assert "Forêt" in found
    with pytest.raises(InputError, match="charset iso8859-1 has no '…'; convert the file"):
        written(tmp_path, data, added(Unit("x", "New", "Forêt…", State.REVIEWED)))


NO_CHARSET = ["", '"Content-Type: text/plain; charset=CHARSET\\n"\n']


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("field", NO_CHARSET)
def test_a_charset_is_declared_when_it_matters(field: str, newline: str, tmp_path: Path) -> None:
    text = (HEAD.replace(DATES, DATES + field) + ONE).replace("\n", newline)
    assert written(tmp_path, text, target("Une", State.DRAFT)).count("UTF-8") == 0
    found = written(tmp_path, text, target("Été", State.DRAFT))
    declared = f'"Content-Type: text/plain; charset=UTF-8\\n"{newline}'
    assert found.count(declared) == 1
    assert "CHARSET" not in found
    assert (
        found.replace(declared, "").count(newline)
        == text.replace(field.replace("\n", newline), "").count(newline) + 1
    )  # the line of the mark


@pytest.mark.parametrize(("words", "lines_"), [(9, 1), (60, 1)])
def test_a_file_without_wrapping_stays_so(words: int, lines_: int, tmp_path: Path) -> None:
    text = HEAD + 'msgid "Long"\nmsgstr "' + "mot " * 60 + '"\n'
    found = written(tmp_path, text, target("mot " * words))
    assert sum(line.count("mot") > 0 for line in found.splitlines()) == lines_


def test_in_a_file_that_another_program_wrapped_only_what_changes_is_wrapped_anew(
    tmp_path: Path,
) -> None:
    words = "well-known " * 12
    entries = [polib.POEntry(msgctxt="x", msgid=f"{n} {words}", msgstr=words) for n in range(3)]
    first, *others = [entry.__unicode__(wrapwidth=100) for entry in entries]
    before = HEAD + "\n".join([first, *others])
    after = written(tmp_path, before, target("new " + words))
    assert [line for line in now(after).splitlines() if line not in now(before)] == [
        '"new well-known well-known well-known well-known well-known well-known well-"',
        '"known well-known well-known well-known well-known well-known "',
    ]
    assert after.endswith("\n".join(others))


FULL = ("mot " * 40)[: 2 * 79 - len('msgid ""')]


@pytest.mark.parametrize(
    "long_line",
    [
        f'msgid "{FULL}x"',
        f'msgid ""\n"{FULL}xxxxxxx"',
        'msgid "' + " ".join(["x" * 20] * 9) + '"',
    ],
)
def test_a_text_on_one_line_ends_the_wrapping(long_line: str, tmp_path: Path) -> None:
    found = written(tmp_path, f'{HEAD}{ONE}\n{long_line}\nmsgstr "b"\n', target("deux " * 60))
    assert 'msgstr "' + "deux " * 60 + '"\n' in found


@pytest.mark.parametrize(
    "first",
    [
        "# " + "mot " * 60,
        'msgid "' + "x" * 300 + '"',
        f'msgid "{FULL[:-1]}é"',
        'msgid "' + " ".join(["x" * 20] * 8) + '"',
        # Two bytes for each letter.
        'msgid "' + "соль " * 25 + '"',
    ],
)
def test_other_long_lines_do_not_end_the_wrapping(first: str, tmp_path: Path) -> None:
    text = HEAD + (first if "msgid" in first else first + '\nmsgid "a"') + '\nmsgstr "b"\n'
    found = written(tmp_path, text, target("deux " * 60))
    assert sum(line.count("deux") > 0 for line in found.splitlines()) == 4


def test_a_new_file(tmp_path: Path) -> None:
    units = (Unit("x", "One", "Un", State.REVIEWED), Unit("x", "Two"))
    catalog = Catalog("x", "fr", units)
    data = render_catalog(catalog, PoFile(b""), HEADER)
    assert data == render_template(catalog, HEADER)
    assert data.decode() == (
        NEW_HEADER
        + '\nmsgctxt "x"\nmsgid "One"\nmsgstr "Un"\n\nmsgctxt "x"\nmsgid "Two"\nmsgstr ""\n'
    )
    file = opened(tmp_path, data)
    assert [u._replace(line=0) for u in file.units] == list(units)


TODAY = datetime(2026, 12, 1, 9, 5, tzinfo=UTC)
OF_A_TEMPLATE = Header(
    (
        ("Project-Id-Version", "salt"),
        ("Report-Msgid-Bugs-To", "noreply@pipeline.internal"),
        ("POT-Creation-Date", "2026-12-01 09:05+0000"),
        ("PO-Revision-Date", "YEAR-MO-DA HO:MI+ZONE"),
        ("Last-Translator", "FULL NAME <EMAIL@ADDRESS>"),
        ("Language-Team", ""),
        ("Language", ""),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("X-Source-Language", "de"),
    ),
    "Template of salt, to be translated from German.",
)
OF_A_CATALOGUE = Header(
    (
        ("Project-Id-Version", "salt"),
        ("Report-Msgid-Bugs-To", "sue@example.org"),
        ("POT-Creation-Date", "2026-12-01 09:05+0000"),
        ("PO-Revision-Date", "2026-12-01 09:05+0000"),
        ("Last-Translator", "pipeline <noreply@pipeline.internal>"),
        ("Language-Team", "French (Canada)"),
        ("Language", "fr_CA"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", "nplurals=2; plural=(n > 1);"),
        ("X-Source-Language", "de"),
    ),
    "French (Canada) translation of salt.",
)


def test_a_new_header() -> None:
    assert new_header(Catalog("salt", ""), "de", TODAY) == OF_A_TEMPLATE
    assert new_header(Catalog("salt", "fr_CA"), "de", TODAY, "sue@example.org") == OF_A_CATALOGUE


@pytest.mark.parametrize("locale", ["", "fr", "ar", "ja", "ru"])
def test_msgcat_changes_nothing_in_a_new_file(locale: str, tmp_path: Path) -> None:
    catalog = Catalog("x", locale, (Unit("x", "One", "Un" if locale else "", State.REVIEWED),))
    data = render_template(catalog, new_header(catalog, "en", datetime(2026, 12, 1, tzinfo=UTC)))
    done = subprocess.run(["msgcat", "-"], input=data, capture_output=True, check=True)
    assert done.stdout == data


def test_header_values_are_escaped(tmp_path: Path) -> None:
    header = Header((("Last-Translator", 'Al "the \\ Man"'),))
    data = render_template(Catalog("x", "fr"), header)
    assert data.startswith(b'msgid ""\n')  # without a title
    assert polib.pofile(data.decode()).metadata == dict(header.fields)


CHARSET = '"Content-Type: text/plain; charset=UTF-8\\n"\n'
VALUES = (("slug", "le-sel"), ("tags", '[sel, "goût: fin"]'))
FIELDS = '"X-Front-Matter-slug: le-sel\\n"\n"X-Front-Matter-tags: [sel, \\"goût: fin\\"]\\n"\n'


def test_values_of_its_own_are_fields_of_the_header(tmp_path: Path) -> None:
    head = HEAD.replace(DATES, DATES + CHARSET)
    given = head + ONE
    wanted = head.rstrip("\n") + "\n" + FIELDS + "\n" + ONE
    assert written(tmp_path, given, lambda c: replace(c, own_values=VALUES)) == wanted
    assert opened(tmp_path, wanted).catalog("x", "fr").own_values == VALUES
    assert written(tmp_path, wanted, same) == wanted
    assert written(tmp_path, wanted, lambda c: replace(c, own_values=())) == given
    less = written(tmp_path, wanted, lambda c: replace(c, own_values=VALUES[:1]))
    assert less == wanted.replace(FIELDS, FIELDS.partition('"X-Front-Matter-tags')[0])


def test_a_new_file_and_one_without_a_header_get_them_too(tmp_path: Path) -> None:
    catalog = replace(opened(tmp_path, HEAD + ONE).catalog("x", "fr"), own_values=VALUES)
    for text in ("", ONE):
        data = render_catalog(catalog, opened(tmp_path, text) if text else PoFile(b""), HEADER)
        assert FIELDS in data.decode()
        assert opened(tmp_path, data).own_values == VALUES


def test_they_are_wrapped_where_the_file_is(tmp_path: Path) -> None:
    value = (("tags", f"[{'sel, ' * 20}fin]"),)
    first = f'"X-Front-Matter-tags: [{"sel, " * 11}"\n'
    assert first in written(tmp_path, HEAD + ONE, lambda c: replace(c, own_values=value))
    text = HEAD + ONE + f'\nmsgid "Long"\nmsgstr "{"mot " * 60}"\n'
    found = written(tmp_path, text, lambda c: replace(c, own_values=value))
    assert f'"X-Front-Matter-tags: {value[0][1]}\\n"\n' in found


# Fields that a header lacks, or leaves empty.
ADDRESSES = Header(
    (
        ("Project-Id-Version", "other"),
        ("Report-Msgid-Bugs-To", "bugs@example.org"),
        ("PO-Revision-Date", "NOW"),
        ("Last-Translator", "nobody"),
    ),
    "A title",
)
BUGS, LAST = '"Report-Msgid-Bugs-To: bugs@example.org\\n"\n', '"Last-Translator: nobody\\n"\n'
NAME, DATE = '"Project-Id-Version: x\\n"\n', '"PO-Revision-Date: 2024-02-02\\n"\n'
TOP = '# By hand.\n#\n#, fuzzy\nmsgid ""\nmsgstr ""\n'
LONG_FIELD = f'"X-Own: {"mot " * 60}\\n"\n'
COMPLETED = {
    "behind the fields before them": (
        TOP + NAME + DATE + '"X-Own: 1\\n"\n',
        TOP + NAME + BUGS + DATE + LAST + '"X-Own: 1\\n"\n',
    ),
    "in front": (TOP + '"X-Own: 1\\n"\n', TOP + LAST + BUGS + '"X-Own: 1\\n"\n'),
    "in place of empty ones": (
        TOP + '"Last-Translator: \\n"\n"Report-Msgid-Bugs-To:\\n"\n' + NAME,
        TOP + LAST + BUGS + NAME,
    ),
    "a person stays": (
        TOP + NAME + '"Report-Msgid-Bugs-To: : a\\n"\n' + '"Last-Translator: Sue:\\n"\n',
        TOP + NAME + '"Report-Msgid-Bugs-To: : a\\n"\n' + '"Last-Translator: Sue:\\n"\n',
    ),
    "lines that are no fields": (
        TOP + '"no field\\n"\n"\\n"\n": a\\n"\n' + NAME + '"A: b: c\\n"\n"end"\n',
        TOP + LAST + '"no field\\n"\n"\\n"\n": a\\n"\n' + NAME + BUGS + '"A: b: c\\n"\n"end"\n',
    ),
    "a file with wrapping": (
        TOP + LONG_FIELD.replace("mot " * 60, LONG),
        TOP + LAST + BUGS + f'"X-Own: {"mot " * 17}"\n"{"mot " * 13}\\n"\n',
    ),
    "a file without wrapping": (TOP + LONG_FIELD, TOP + LAST + BUGS + LONG_FIELD),
    "no header": (
        "",
        '# A title\nmsgid ""\nmsgstr ""\n"Project-Id-Version: other\\n"\n'
        + BUGS
        + '"PO-Revision-Date: NOW\\n"\n'
        + LAST,
    ),
}


def renewed(folder: Path, text: str | bytes) -> str:
    """Return the file text after it is written anew; check that this is stable."""
    file = opened(folder, text)
    data = render_anew(file, ADDRESSES, lambda unit: unit.references[:1])
    again = opened(folder, data)
    assert render_anew(again, ADDRESSES, lambda unit: unit.references) == data
    return data.decode(file.charset)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("before", "after"), COMPLETED.values(), ids=COMPLETED)
def test_a_header_gets_the_addresses_that_it_lacks(
    before: str, after: str, newline: str, tmp_path: Path
) -> None:
    rest = "\n" * bool(before) + ONE
    found = renewed(tmp_path, (before + rest).replace("\n", newline))
    assert found == (after + "\n" + ONE).replace("\n", newline)


WHOLE = TOP + NAME + BUGS + DATE + LAST + "\n"
LONG_OLD = f'#~ msgid "{"mot " * 60}"\n#~ msgstr "Long"\n'
ODD_PLURAL = '#~ msgid ""\n#~ "a"\n#~ msgid_plural "b"\n#~ msgstr[0] "c"\n'
ANEW = {
    "references and lines": (
        '#: a:1 b:2\nmsgid ""\n"O"\n"ne"\nmsgstr "Un"\n',
        '#: a:1\nmsgid "One"\nmsgstr "Un"\n',
    ),
    "obsolete ones come last": (
        OLD + "\n" + ODD_PLURAL + "\n" + ONE + "\n" + EMPTY_PLURAL,
        ONE + "\n" + EMPTY_PLURAL + "\n" + OLD + "\n" + ODD_PLURAL,
    ),
    "obsolete ones lose notes and references": (
        ONE + "\n# mine\n#. note\n#: a:1\n" + OLD,
        ONE + "\n# mine\n" + OLD,
    ),
    "with wrapping": (
        f'#~ msgid "{LONG}"\n#~ msgstr "{LONG}"\n\nmsgid "{LONG}1"\nmsgstr "{LONG}"\n',
        LONG_NEW.replace('"\nmsgstr', '1"\nmsgstr') + "\n" + LONG_GONE,
    ),
    "without wrapping": (LONG_OLD + "\n" + ONE, ONE + "\n" + LONG_OLD),
    "spaces behind the last string": (ONE + "\n" + PLURAL.rstrip() + "  \n",) * 2,
    "comments at the end": (ONE + "\n# the end\n",) * 2,
    "what polib cannot read": (
        'msgid "One" "s"\nmsgstr "Un" "s"\n',
        'msgid "Ones"\nmsgstr "Uns"\n',
    ),
}


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize(("before", "after"), ANEW.values(), ids=ANEW)
def test_a_file_written_anew(
    before: str, after: str, bom: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert renewed(tmp_path, bom + WHOLE + before) == bom + WHOLE + after
    assert not list((tmp_path / "here").iterdir())


# A comment that misleads polib about the charset.
PRECIOUS = (
    ONE
    + "\n# Été\n# Content-Type: text/plain; charset=ascii\n#. a note\n#, fuzzy, no-wrap\n"
    + '#| msgctxt "w"\n#| msgid "To"\nmsgctxt "x"\nmsgid "Two"\nmsgstr "Deux"\n'
)
DAMAGED: dict[str, Damage] = {
    "context": lambda unit: unit._replace(context=""),
    "source": lambda unit: unit._replace(source="Twoo"),
    "target": lambda unit: unit._replace(target="Deu"),
    "no target": lambda unit: unit._replace(target="", state=State.EMPTY),
    "state": lambda unit: unit._replace(state=State.REVIEWED),
    "flags": lambda unit: unit._replace(flags=()),
    "comments": lambda unit: unit._replace(comments=unit.comments[1:]),
    "previous source": lambda unit: unit._replace(previous=Previous("T", "w")),
    "previous context": lambda unit: unit._replace(previous=Previous("To")),
    "another previous context": lambda unit: unit._replace(previous=Previous("To", "v")),
    "previous": lambda unit: unit._replace(previous=None),
}
DAMAGED_NOTE: dict[str, Damage] = {"note": lambda unit: unit._replace(notes=())}


def damaging(damage: Damage, line: int) -> Callable[[Unit, int], str]:
    """Return `render` with a damage to the entry of a line."""
    return lambda unit, width: render(damage(unit) if unit.line == line else unit, width)


@pytest.mark.parametrize(
    "damage", [*DAMAGED.values(), *DAMAGED_NOTE.values()], ids=[*DAMAGED, *DAMAGED_NOTE]
)
def test_an_entry_that_would_lose_anything_is_refused(
    damage: Damage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = opened(tmp_path, WHOLE + PRECIOUS)
    line = file.units[1].line
    monkeypatch.setattr(po_file, "render", damaging(damage, line))
    message = "^this entry cannot be written anew without a loss; write it as msgcat does$"
    with pytest.raises(InputError, match=message) as caught:
        render_anew(file, ADDRESSES, lambda unit: unit.references)
    assert caught.value.line == line


def test_an_obsolete_entry_that_would_become_current_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = opened(tmp_path, WHOLE + ONE + "\n" + OLD)
    monkeypatch.setattr(po_file, "retire", lambda raw, charset, width: raw)
    with pytest.raises(InputError, match="this entry cannot be written anew") as caught:
        render_anew(file, ADDRESSES, lambda unit: unit.references)
    assert caught.value.line == file.obsolete[0].line
    monkeypatch.setattr(po_file, "_require_same_entries", lambda data, old: None)
    with pytest.raises(InputError, match="this file cannot be written anew"):
        render_anew(file, ADDRESSES, lambda unit: unit.references)


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_loss_that_only_polib_sees_is_refused(
    damage: Damage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Polib is asked as well: a mistake in our own reader would hide a loss in our own writer."""
    file = opened(tmp_path, WHOLE + PRECIOUS)
    monkeypatch.setattr(po_file, "render", damaging(damage, file.units[1].line))
    monkeypatch.setattr(po_file, "_require_same_entries", lambda data, old: None)
    message = "^this file cannot be written anew without a loss$"
    with pytest.raises(InputError, match=message) as caught:
        render_anew(file, ADDRESSES, lambda unit: unit.references)
    assert caught.value.line == 1


@pytest.mark.parametrize(
    "more", ['\nmsgid "More"\nmsgstr ""\n', "\n# more\n"], ids=["entry", "comment at the end"]
)
def test_what_was_not_in_the_file_is_refused(
    more: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = opened(tmp_path, ONE)
    monkeypatch.setattr(po_file, "render", lambda unit, width: render(unit, width) + more)
    monkeypatch.setattr(po_file, "_as_polib_reads", lambda data, charset: None)
    with pytest.raises(InputError, match=r"^this file cannot be written anew") as caught:
        render_anew(file, ADDRESSES, lambda unit: unit.references)
    assert caught.value.line == 1
