"""Wrap the strings of PO fields at the places where GNU gettext wraps them.

The model is msgcat 0.21 with libunistring 1.0: an older form of Unicode's line breaking (UAX #14),
applied to the escaped text. Two things of gettext are left out, as no article has them: it keeps
the directives of format strings whole, and counts most characters as two columns in the charsets of
East Asia other than UTF-8.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, TypeVar, cast

from pipeline.catalogue.po.encoding import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Set

    import regex

__all__ = ["CLASSES", "NARROW", "WIDTHS", "wrap_field"]

_UNLIMITED = sys.maxsize
_T = TypeVar("_T")

_CONTROL = re.compile(r"[\a\b\f\r\t\v]")
_SIGNS = dict(zip(map(ord, "\a\b\f\r\t\v"), ("\\" + sign for sign in "abfrtv"), strict=True))
_ENDS = re.compile("[\x85\u2028\u2029]")
# An escape, or the two regional indicators of a flag: never cut.
_PAIR = re.compile("\\\\.|[\U0001f1e6-\U0001f1ff]{2}")

NARROW = (
    " -~\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u0390-\u03a1\u03a3-\u0482"
    "\u048a-\u052f\u05d0-\u05ea\u060c\u061b\u061f-\u064a\u0660-\u066f\u1e00-\u1eff\u2010-\u2027\u2030-\u205f"
    "\u20a0-\u20bf"
)
"""Ranges of common characters that are one column wide."""
_NOT_NARROW = re.compile(f"[^{NARROW}]")
_LETTERS = "".join(char for char in map(chr, range(0x250)) if char.isalpha() and char != "\xaa")


def wrap_field(name: str, text: str, width: int, prefix: str) -> str:
    """Return the lines of a field, with a keyword, a text, and a prefix for each line.

    The width counts the quotes and the prefix. If it is 0, lines end only where the text has a line
    end, as with gettext's ``--no-wrap``.
    """
    *lines, last = text.split("\n")
    portions = [(f"{_escape(line)}\\n", True) for line in lines]
    if last or not lines:
        portions.append((_escape(last), False))
    room = width - len(prefix) - 2 if width else _UNLIMITED
    cuts = [_cuts(portion, room, room, ended) for portion, ended in portions]
    if len(portions) == 1 and not cuts[0]:
        (portion, ended), beside = portions[0], room - len(name) - 1
        if not _cuts(portion, room, beside, ended):
            return f'{prefix}{name} "{portion}"\n'
    quoted = [f'{prefix}{name} ""\n']
    for (portion, _), offsets in zip(portions, cuts, strict=True):
        for start, end in pairwise([0, *offsets, len(portion)]):
            quoted.append(f'{prefix}"{portion[start:end]}"\n')
    return "".join(quoted)


def _escape(line: str) -> str:
    escaped = escape(line)
    if line.isprintable() or not _CONTROL.search(line):
        return escaped
    return escaped.translate(_SIGNS)


def _cuts(text: str, room: int, first: int, ended: bool) -> list[int]:
    """Return the offsets at which an escaped text is cut into lines.

    Args:
        text: the escaped text.
        room: columns of a line.
        first: columns of the first line.
        ended: whether the text ends with an escaped line end, before which no line begins.
    """
    size = len(text)
    if 2 * size <= first:  # no character has more than two columns
        return []
    common = not _NOT_NARROW.search(text)
    columns = range(size + 1) if common else _columns(text)
    if columns[-1] <= first:
        return []
    whole = set() if common and "\\\\" not in text else {m.end() - 1 for m in _PAIR.finditer(text)}
    if ended:
        whole.add(size - 2)
    # gettext counts from 0 behind these ends, but begins no line.
    ends = [] if common else [match.start() for match in _ENDS.finditer(text)]
    cuts: list[int] = []
    start = 0
    for end in [*ends, size]:
        while True:
            limit = start + first
            if not common:
                limit = bisect_right(columns, columns[start] + first, start) - 1
            if limit >= end:
                break
            cut = _cut(text, start, limit, end, whole)
            if cut == end:
                break
            cuts.append(cut)
            start, first = cut, room
        start, first = end, room
    return cuts


def _cut(text: str, start: int, limit: int, end: int, whole: Set[int]) -> int:
    """Return the last place to break a line before a limit, else the first one behind it.

    It is ``end`` if there is none. No line is broken before the offsets of ``whole``.
    """
    # No line begins inside a word.
    cut = min(start + len(text[start : limit + 1].rstrip(_LETTERS)), limit)
    while cut > start and (cut in whole or not _may_break(text, cut)):
        cut -= 1
    if cut <= start:
        cut = limit + 1
        while cut < end and (cut in whole or not _may_break(text, cut)):
            cut += 1
    return cut


def _columns(text: str) -> list[int]:
    """Return the columns before each offset of a text."""
    widths = list(map(WIDTHS.get, text))
    if None in widths:
        widths = [WIDTHS[char] for char in text]
    return [0, *accumulate(cast("list[int]", widths))]


def _may_break(text: str, at: int) -> bool:
    """Return whether a line may begin at an offset greater than 0."""
    left, right = CLASSES[text[at - 1]], CLASSES[text[at]]
    if left != "SP" and left not in _MARKS:
        # LB21a: Hebrew letters keep a hyphen and what is behind it.
        hebrew = left in _HYPHENS and at > 1 and CLASSES[text[at - 2]] == "HL"
        return right in _APART[left] and not hebrew
    if left == "SP" and right == "AL" and at > 1 and CLASSES[text[at - 2]] == "AL":
        return True  # most lines end between two words
    if right in _UNBROKEN or (right in _MARKS and left != "SP"):
        return False
    base = at - 1
    while base >= 0 and CLASSES[text[base]] == "SP":
        base -= 1
    kind = CLASSES[text[base]] if base >= 0 else "BK"
    if kind == "BK":
        return False
    if right in _MARKS:
        return True
    if kind in _MARKS:
        kind = _marked(text, base)
    if kind == "ZW" or left == "SP":
        return right in _APART_WITH_SPACE[kind]
    return left != "ZWJ" and right in _APART[kind]


def _marked(text: str, at: int) -> str:
    """Return the class of the character that combining marks up to an offset belong to."""
    while at >= 0 and CLASSES[text[at]] in _MARKS:
        at -= 1
    kind = CLASSES[text[at]] if at >= 0 else "BK"
    return "AL" if kind in ("BK", "SP", "ZW") else kind  # LB10


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Classes of UAX #14. Those that gettext treats alike have one name; OPW are brackets that are wide
# in East Asian text, IDP is a character that Unicode reserves for pictographs.
_ALL = _set(
    "AL B2 BA BB CL CP EB EM EX GL H2 H3 HL HY ID IDP IN IS JL JT JV NS NU OP OPW PO PR QU RI SY WJ"
)
_HYPHENS = _set("BA HY")
_MARKS = _set("CM ZWJ")
_UNBROKEN = _set("BK SP ZW")  # never at the beginning of a line

# Right sides that a line never begins with, even behind spaces (LB11, LB13)…
_CLOSING = _set("CL CP EX IS SY WJ")
# …and those that need spaces before them (LB12a, LB19, LB21, LB22).
_CLINGING = _set("BA GL HY IN NS QU")

# By left sides: right sides that need spaces before them, too.
_KEEPING = {
    "B2": "B2",  # LB17
    "BA": "",
    "CL": "PO PR",  # LB25
    "CP": "AL HL NU PO PR",  # LB25, LB30
    "EX": "",
    "HY": "NU",  # LB25
    "IN": "",
    "IS": "NU",
    "NS": "",
    "RI": "",
    "SY": "HL NU",  # LB21b, LB25
    **dict.fromkeys(("AL", "HL", "NU"), "AL HL NU OP PO PR"),  # LB23, LB25, LB28, LB30
    "PO": "AL HL NU OP OPW",  # LB24, LB25
    "PR": "AL EB EM H2 H3 HL ID IDP JL JT JV NU OP OPW",  # LB23a, LB24, LB25, LB27
    "JL": "H2 H3 JL JV PO",  # LB26, LB27
    **dict.fromkeys(("H2", "JV"), "JT JV PO"),
    **dict.fromkeys(("H3", "JT"), "JT PO"),
    **dict.fromkeys(("EM", "ID"), "PO"),
    **dict.fromkeys(("EB", "IDP"), "EM PO"),  # LB30b
}
_APART = {
    **{left: _ALL - _CLOSING - _CLINGING - _set(kept) for left, kept in _KEEPING.items()},
    **dict.fromkeys(("BB", "BK", "GL", "OP", "OPW", "QU", "WJ"), _set("")),
    "ZW": _ALL | _MARKS,  # LB8
}
"""By left sides: right sides that may begin a line without spaces before them."""
for _left in _HYPHENS:
    _APART[_left] |= {"GL"}  # LB12a

_APART_WITH_SPACE = {
    **dict.fromkeys(_ALL, _ALL - _CLOSING),  # LB18
    **dict.fromkeys(("OP", "OPW"), _set("")),  # LB14
    "B2": _ALL - _CLOSING - {"B2"},  # LB17
    "CL": _ALL - _CLOSING - {"NS"},  # LB16
    "QU": _ALL - _CLOSING - {"OP", "OPW"},  # LB15
    "ZW": _ALL,
}
"""By left sides: right sides that may begin a line with spaces before them."""


class _Property(dict[str, _T]):
    """Values of characters, which are found when they are first asked for."""

    def __init__(self, find: Callable[[str], _T], known: Mapping[str, _T]) -> None:
        super().__init__(known)
        self._find = find

    def __missing__(self, char: str) -> _T:
        value = self[char] = self._find(char)
        return value


def _chars(ranges: str) -> Iterable[str]:
    """Iterate over the characters of ranges in hexadecimal digits."""
    for one in ranges.split():
        first, _, last = one.partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


# Classes of common characters, for which no library is loaded.
_COMMON = {
    "AL": "23 26 2A 3C-3E 40-5A 5E-7A 7E A6 A9 AC AE-AF B5 C0-D6 D8-F6 F8-2C6 1E00-1EFF 2022 2122",
    "BA": "7C AD 2010 2012-2013",
    "CL": "7D",
    "CP": "29 5D",
    "EX": "21 3F",
    "GL": "A0 2007 2011 202F",
    "HY": "2D",
    "IN": "2026",
    "IS": "2C 2E 3A-3B",
    "NU": "30-39",
    "OP": "28 5B 7B A1 BF 201A 201E",
    "PO": "25 A2 B0 2030 2032-2033",
    "PR": "24 2B 5C A3 A5 B1 20AC 2212",
    "QU": "22 27 AB BB 2018-2019 201C-201D 2039-203A",
    "SP": "20",
    "SY": "2F",
    "B2": "2014",
}

# Where Unicode has changed its mind since libunistring 1.0, which has Unicode 14.
_CHANGED_CLASSES = {
    "AL": "B7 387 600-605 6DD 890-891 8E2 19DA 1B4E-1B4F 1B5C 1B61-1B6A 1B74-1B7C 1B7F 2057 2800"
    " A9C1-A9C6 A9CA-A9CD A9CF A9DE-A9DF AA40-AA42 AA44-AA4B AA5C 110BD 110CD 11049-1104D"
    " 11052-11065 1133D 1135D 11EF2 11EF7-11EF8",
    "CL": "2E56 2E58 2E5A 2E5C",
    "CM": "1DCD 1DFC FE20 FE22 FE24 FE26-FE27 FE29 FE2B FE2D-FE2E 1107F",
    "GL": "34F",
    "ID": "FE51 1F10D-1F10F 1F16D-1F16F 1F1AD 1F8B0-1F8B1",
    "IS": "FE10 FE13-FE14",
    "NU": "1B50-1B59 A9D0-A9D9 AA50-AA59 11066-1106F 11950-11959",
}
_CHANGED_WIDTHS = {
    0: "1160-11FF 1171E D7B0-D7C6 D7CB-D7FB",  # of Hangul, what joins the letter before
    1: "CBF CC6 2630-2637 268A-268F 4DC0-4DFF 11A07-11A08 11C3F 1D300-1D356 1D360-1D376",
}

_ALIKE = {"BA": "BA HH", "BK": "BK CR LF NL", "CM": "CM VF VI", "ID": "ID CB", "NS": "NS CJ"}
_WIDE = r"[\p{ea=F}\p{ea=W}]"
_WIDE_BRACKET = r"(?=[\p{ea=F}\p{ea=H}\p{ea=W}])"


@cache
def _patterns() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Return a pattern whose groups are classes, and one with a group for no width and for two."""
    import regex  # few texts have characters that need it, and it takes time to load

    groups = {
        "OPW": rf"{_WIDE_BRACKET}\p{{lb=OP}}",
        "IDP": r"(?=\p{Cn})\p{Extended_Pictographic}",
    }
    for name in sorted({*_ALL, *_MARKS, *_UNBROKEN} - {"AL", *groups}):
        groups[name] = "|".join(rf"\p{{lb={value}}}" for value in _ALIKE.get(name, name).split())
    classes = "|".join(f"(?P<{name}>{pattern})" for name, pattern in groups.items())
    widths = rf"([\p{{Mn}}\p{{Me}}\p{{Cf}}\p{{Cc}}\p{{Zl}}\p{{Zp}}])|((?!\p{{Cn}}){_WIDE})"
    return regex.compile(classes), regex.compile(widths)


def _class(char: str) -> str:
    match = _patterns()[0].match(char)
    return (match and match.lastgroup) or "AL"


def _width(char: str) -> int:
    match = _patterns()[1].match(char)
    return 1 if not match else 0 if match[1] else 2


CLASSES = _Property(
    _class,
    {
        char: name
        for table in (_COMMON, _CHANGED_CLASSES)
        for name, ranges in table.items()
        for char in _chars(ranges)
    },
)
"""Line breaking class of each character, as libunistring 1.0 has it."""

WIDTHS = _Property(
    _width, {char: width for width, ranges in _CHANGED_WIDTHS.items() for char in _chars(ranges)}
)
"""Columns of each character, as libunistring 1.0 has them."""
