"""Mutations of real PO files, and what GNU gettext reads in them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pipeline
from pipeline.model import State
from tests.catalogue.po.oracle import through_polib

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from pipeline.model import Unit

__all__ = ["Text", "bases", "gettext_accepts", "gettext_reads", "mutant", "texts"]

_ROOT = Path(pipeline.__file__).parents[1]
_FIELDS = '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset={}\\n"\n'
_HEADER = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n' + _FIELDS
_PLURAL = 'msgid_plural "%d days"\nmsgstr[0] "un día"\nmsgstr[1] "%d días"\n\n'
_OTHERS = (
    _HEADER.format("es", "CP1252")
    + '\n# señal\n#: src/a.c:1 src/b.c:20\n#, c-format\nmsgid "%d day"\n'
    + _PLURAL
    + '#, fuzzy\n#| msgctxt "k"\n#| msgid "Old"\nmsgctxt "k"\nmsgid "New"\nmsgstr "año"\n\n'
    '#~ msgid "Gone"\n#~ msgstr "Ido"\n\n#, fuzzy\n#~| msgid "a"\n#~ msgid "b"\n#~ msgstr "ñ"\n'
).encode("cp1252"), (
    _HEADER.format("ja", "EUC-JP")
    + '\nmsgid ""\n"Text: "\n"one\\n"\nmsgstr ""\n"本文: "\n"表示\\n"\n\nmsgid "b"\nmsgstr "能力"\n'
).encode("euc-jp")  # fmt: skip
_TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.)*"|\w+|\s+|.', re.S)
_PUT = (
    *(b'" \\ # #~ #| #~| [0] [ ] msgid msgstr "x" "" #,fuzzy #text #.x ## \\x41 \\q \\a').split(),
    *(b"\n \t \f \v \r \r\n \x00 \xff \xc3\xa9 \xe2\x80\xa8 =======\n".split(b" ")),
    b"\n\n", b" ", b'msgid "x" ', b'msgctxt "x"\n', b'msgid_plural "x"\n', b"#, fuzzy\n",
    b"#,fuzzy c-format\n", b"#= fuzzy\n", b"#! fuzzy\n", b"#: a.md : 3\n", b'#| msgid "x"\n',
    b'#~ msgid "y"\n#~ msgstr "z"\n', b"#-#-#-#-#  a.po  #-#-#-#-#\\n", b'domain "x"\n', b"\\\n",
    b'msgstr[1] "x"\n', b"msgstr [ 0 ]",
)  # fmt: skip
_SPACES = (
    b"",
    b" ",
    b"\n",
    b"\n\n",
    b"\t",
    b"\f",
    b"\v",
    b"\r\n",
    b"\f\n",
    b"\n# c\n",
    b"\xc2\xa0",
)
_QUOTES = (b"", b"'", b'""', b'\\"', b'" "', b'"\n"', b"\\\\", b"\\x41")
_MARKS = (*b"#|# |#,|#, |#=|#!|#~|#~ |#.|#:|##|#~ #, ".split(b"|"), b"#|", b"#~|")
_CHARSETS = (b"UTF-8", b"ISO-8859-1", b"CP1252", b"EUC-JP", b"CHARSET", b"klingon", b"windows-1252")
_FORMAT = re.compile(r"(?:no-|possible-)?(?:c|python|python-brace|java)-format")


class Text(NamedTuple):
    """Content on which two readers must agree."""

    source: str
    target: str
    draft: bool
    obsolete: bool
    plural: bool
    references: frozenset[tuple[str, int]]
    flags: frozenset[str]


def bases() -> list[bytes]:
    """Return real files, ours and others."""
    places = ("locales/**/*.po", "pipeline/pages/interface/*.po", "tests/golden/*/*.po")
    paths = sorted(path for place in places for path in _ROOT.glob(place))
    return [*(path.read_bytes() for path in paths), *_OTHERS * 10]


def mutant(files: list[bytes], chance: random.Random) -> bytes:
    """Return a part of a file, changed in one to three places."""
    head, *entries = re.split(rb"(?<=\n)\n", chance.choice(files))
    at = chance.randrange(max(1, len(entries)))
    data = b"\n".join([head, *entries[at : at + chance.randint(2, 6)]])
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = chance.choice(_WAYS)(data, chance)
    return data


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_PUT) + data[at + chance.choice((0, 0, 1)) :]


def _swap(parts: list[bytes], chance: random.Random) -> list[bytes]:
    """Delete, double, insert or swap one part."""
    at, way = chance.randrange(len(parts)), chance.randrange(4)
    if way == 0:
        return parts[:at] + parts[at + 1 :]
    if way == 1:
        return [*parts[:at], parts[at], *parts[at:]]
    if way == 2:
        return [*parts[:at], chance.choice(_PUT), *parts[at:]]
    return [*parts[:at], *reversed(parts[at : at + 2]), *parts[at + 2 :]]


def _lines(data: bytes, chance: random.Random) -> bytes:
    return b"\n".join(_swap(data.split(b"\n"), chance))


def _tokens(data: bytes, chance: random.Random) -> bytes:
    return b"".join(_swap(_TOKEN.findall(data), chance)) if data else data


def _replace(pattern: bytes, others: Iterable[bytes], data: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(pattern, data, re.M))
    if not found:
        return data
    one = chance.choice(found)
    return data[: one.start()] + chance.choice([*others]) + data[one.end() :]


def _line_ends(data: bytes, chance: random.Random) -> bytes:
    if chance.randrange(2):
        return data.replace(b"\n", b"\r\n")
    return _replace(rb"\n", (b"\r", b"\r\n", b""), data, chance)


_WAYS = (
    _insert,
    _lines,
    _tokens,
    _line_ends,
    lambda data, chance: _replace(rb"[ \t\n]+", _SPACES, data, chance),
    lambda data, chance: _replace(rb'["\\]', _QUOTES, data, chance),
    lambda data, chance: _replace(rb"^#(?:~\||[~|.,:]?) ?", _MARKS, data, chance),
    lambda data, chance: _replace(rb"(?<=charset=)[\w-]+", _CHARSETS, data, chance),
)


def gettext_accepts(data: bytes, folder: Path) -> bool:
    """Return whether msgcat and msgfmt read a file, which is then ``x.po``."""
    (folder / "x.po").write_bytes(data)
    return all(_run(folder, command, "/dev/null") for command in ("msgfmt", "msgcat"))


def gettext_reads(folder: Path) -> dict[tuple[str, str], Text] | None:
    """Return the texts of ``x.po``; None if msgcat cannot write them in UTF-8.

    Raises:
        OSError: polib refuses what msgcat wrote.
    """
    path = folder / "y.po"
    path.unlink(missing_ok=True)
    if not _run(folder, "msgcat", path.name, "--to-code=UTF-8"):
        return None
    # There is no file where there is no message.
    return texts(through_polib(path, "utf-8")) if path.exists() else {}


def _run(folder: Path, command: str, output: str, *options: str) -> bool:
    arguments = [command, *options, "-o", output, "x.po"]
    return not subprocess.run(arguments, cwd=folder, capture_output=True, check=False).returncode


def texts(read: Iterable[tuple[Unit, bool, bool]]) -> dict[tuple[str, str], Text]:
    """Return the texts but the header, and but empty obsolete ones, which msgcat leaves out."""
    return {
        unit.key: Text(
            unit.source,
            unit.target,
            unit.state is State.DRAFT,
            obsolete,
            plural,
            frozenset() if obsolete else frozenset(unit.references),
            frozenset(filter(_FORMAT.fullmatch, unit.flags)),
        )
        for unit, obsolete, plural in read
        if unit.key != ("", "") and (unit.target or plural or not obsolete)
    }
