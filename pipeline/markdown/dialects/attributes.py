"""Attribute and property values that people read, in tags of any dialect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["text_attributes"]

_READ_NAMES = (
    r"(?:title|label|caption|summary|alt|heading|description|placeholder"
    r"|(?:fig|tbl|lst)-(?:s|sub)?cap)"
)
_TEXT_ATTRIBUTE = re.compile(
    rf"\b{_READ_NAMES}=(?:\"((?:[^\"{{}}\\]|\\.)*)\"|'((?:[^'{{}}\\]|\\.)*)')"
)
_TEXT_PROPERTY = re.compile(
    rf"[{{,]\s*+(?P<quote>[\"']?){_READ_NAMES}(?P=quote)\s*+:\s*+"
    r"(?:\"((?:[^\"\\\r\n]|\\.)*)\"|'((?:[^'\\\r\n]|\\.)*)')"
)
"""Properties of objects in JavaScript."""
_TEXT_IN_TAG = re.compile(f"{_TEXT_ATTRIBUTE.pattern}|{_TEXT_PROPERTY.pattern}")


def text_attributes(
    text: str, start: int, end: int, *, script: bool = False
) -> Iterator[tuple[int, int]]:
    """Yield the ranges of attribute values that people read.

    In a ``script`` these are the values of properties; a tag of MDX may have both.
    """
    in_script = _TEXT_IN_TAG if text.startswith("<", start) else _TEXT_PROPERTY
    for match in (in_script if script else _TEXT_ATTRIBUTE).finditer(text, start, end):
        yield match.span(match.lastindex or 0)
