"""Encoding of text in PO files: the charset that their header declares, and escapes in strings."""

from __future__ import annotations

import re

__all__ = [
    "ESCAPE",
    "PORTABLE",
    "declared_charset",
    "escape",
    "unescape",
    "unquote",
    "with_charset",
]

PORTABLE = re.compile(
    r"(?:us-)?ascii|ansi_x3\.4-1968|utf-8|iso[-_]8859-(?:[1-9]|1[345])|koi8-[rtu]"
    r"|cp(?:850|866|874|932|949|950|125[0-7])|gb(?:2312|k|18030)|euc-(?:jp|kr|tw)"
    r"|big5(?:-hkscs)?|shift_jis|johab|tis-620|viscii|georgian-ps",
    re.I,
)
"""Name of a charset that GNU gettext knows; its manual lists them."""

ESCAPE = re.compile(
    r"\\(?:(?P<sign>[abfnrtv\\\"])|(?P<octal>[0-7]{1,3})|x(?P<hex>[0-9a-fA-F]++)|.)"
)
"""Backslash and the character that it escapes; an escape without a group is unknown to PO."""

_HEADER = re.compile(
    rb'^(?:\xef\xbb\xbf)?[ \t\f\v\r]*+msgid\s*+(?:""\s*+)++msgstr'
    rb'((?:\s*+"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+")++)',
    re.M | re.S,
)
_CONTENT_TYPE = re.compile(rb'^"Content-Type:[^"]*"', re.M | re.I)
_MSGSTR = re.compile(rb'^msgstr\s*(?:""\s*)?', re.M)
_BETWEEN = re.compile(r'"\s*"')
_CHARSET = re.compile(r"charset=([^ \t\n]+)", re.I)
_SYNTAX = "".join(map(chr, range(0x20, 0x7F))) + "\r\n\t\\u0041"  # an escape to Python alone
_SIGNS = dict(zip('abfnrtv\\"', '\a\b\f\n\r\t\v\\"', strict=True))
_RUN = re.compile(r"(?:\\(?:[0-7]{1,3}|x[0-9a-fA-F]++))++|\\.")


def declared_charset(data: bytes) -> tuple[str, str]:
    """Return the charset that the header names, and the one to read with.

    The first is empty if none is named; the second is UTF-8 if the first is unknown or encodes
    ASCII in another way.
    """
    header = _HEADER.search(data)
    strings = header[1].decode("latin-1").strip()[1:-1].replace("\\\n", "") if header else ""
    found = _CHARSET.search("".join(map(unescape, _BETWEEN.split(strings))))
    if not found:
        return "", "utf-8"
    name = found[1]
    try:
        plain = _SYNTAX.encode("ascii")
        same = _SYNTAX.encode(name) == plain and plain.decode(name) == _SYNTAX
    except (LookupError, ValueError):
        same = False
    return name, name if same else "utf-8"


def with_charset(header: bytes, newline: bytes) -> bytes:
    """Return a header entry that declares UTF-8, in place of no charset or of a template's."""
    field = rb'"Content-Type: text/plain; charset=UTF-8\n"'
    header, count = _CONTENT_TYPE.subn(lambda _: field, header, count=1)
    if count:
        return header
    return _MSGSTR.sub(lambda _: b'msgstr ""' + newline + field + newline, header, count=1)


def escape(text: str) -> str:
    """Escape backslashes and quotes; text with control characters needs more."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def unescape(raw: str) -> str:
    """Replace the escapes in a string by their characters; unknown ones stay."""
    return _RUN.sub(_characters, raw) if "\\" in raw else raw


def unquote(lines: str) -> str:
    """Return the text of quoted strings, each of which fills a line.

    Most have no escapes, or only the two that are replaced here ten times faster.
    """
    text = lines[1:-2].replace('"\n"', "")
    if "\\" not in text:
        return text
    plain = text.replace("\\n", "\n").replace('\\"', '"')
    if "\\" not in plain:
        return plain
    return "".join([unescape(raw) for raw in lines[1:-2].split('"\n"')])


def _characters(run: re.Match[str]) -> str:
    """Return the characters of one escape, or of several in a row that stand for bytes."""
    found = [(m["sign"], m["octal"], m["hex"]) for m in ESCAPE.finditer(run[0])]
    if not any(found[0]):
        return run[0]
    if found[0][0]:
        return _SIGNS[found[0][0]]
    data = bytes(int(octal, 8) % 256 if octal else int(hex_[-2:], 16) for _, octal, hex_ in found)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
