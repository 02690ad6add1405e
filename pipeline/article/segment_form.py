"""How a text is written where it stands: what its form is, by what is around it."""

from __future__ import annotations

import re

__all__ = ["CELL", "notation"]

# A table cell escapes its bars, whatever else it does.
CELL = " in cell"
_FORMS = {
    "heading": "line",
    "table header": "line" + CELL,
    "table cell": "line" + CELL,
}
_IN_LINE = (b"::", b"!!!", b"???", b"===", b"[!", b"```", b"~~~", b"///", b"*[", b"<", b"{")
"""How lines of dialects with a text in them begin."""
_LONGEST_LINE = 400
_QUOTES = (b'"', b"'")
_LONGEST_NAME = 40
_PROPERTY = re.compile(rb"[{,]\s*+([\"']?)[\w-]+\1\s*+:\Z")
"""What stands before the value of a property in JavaScript."""


def notation(data: bytes, start: int, kind: str) -> str:
    """Give the form of a text of a kind that begins at an offset of its file.

    Titles of containers stay in their line, and within the brackets around them. What stands in
    quotes escapes them: as templates and JavaScript do, by a backslash, or as HTML and the dialects
    do that know its entities.
    """
    if kind in _FORMS:
        return _FORMS[kind]
    before = data[max(0, start - _LONGEST_LINE) : start]
    attribute = before[-2:-1] == b"=" and before[-1:] in _QUOTES
    line = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
    if before[-1:] in _QUOTES and _is_property(before[:-1].rstrip()):
        return "script"
    if not attribute and not before[line:].lstrip(b" \t>").startswith(_IN_LINE):
        return "markdown"
    if before[-1:] not in _QUOTES:
        return "alt" if before[-1:] == b"[" else "line"
    opening = max(before.rfind(b"{%"), _last_template(before))
    return "title" if attribute and opening > before.rfind(b"}}") else "attribute"


def _is_property(before: bytes) -> bool:
    """Tell whether the value of a property in JavaScript comes next."""
    return (
        before.endswith(b":") and _PROPERTY.search(before, len(before) - _LONGEST_NAME) is not None
    )


def _last_template(before: bytes) -> int:
    """Give where the last tag of a template opens; an attribute of a component is none."""
    at = before.rfind(b"{{")
    while at > 0 and before[at - 1 : at] == b"=":
        at = before.rfind(b"{{", 0, at)
    return at
