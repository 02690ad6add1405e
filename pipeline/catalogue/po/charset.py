"""Charset that the header of a PO file declares."""

from __future__ import annotations

import re

__all__ = ["declared_charset"]

_CHARSET = re.compile(rb"charset=([\w:.-]+)", re.I)
_SYNTAX = "".join(map(chr, range(0x20, 0x7F))) + "\r\n\t\\u0041"  # an escape to Python alone


def declared_charset(data: bytes) -> tuple[str, str]:
    """Return the charset that the header names, and the one to read with.

    The first is empty if none is named; the second is UTF-8 if the first is unknown or encodes
    ASCII in another way.
    """
    found = _CHARSET.search(data[:4096])
    if not found:
        return "", "utf-8"
    name = found[1].decode("ascii")
    try:
        plain = _SYNTAX.encode("ascii")
        same = _SYNTAX.encode(name) == plain and plain.decode(name) == _SYNTAX
    except (LookupError, UnicodeError):
        same = False
    return name, name if same else "utf-8"
