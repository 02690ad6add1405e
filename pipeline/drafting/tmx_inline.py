"""Inline elements of a TMX segment, as text of an article.

What loses least: codes that mean the same in an article (Markdown, HTML, placeholders)
stay as text. Other codes of paired markup go, and the words between them stay. What else
there is stands for something that only the other tool knows, such as an image or a
footnote; without it the text would not be whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

__all__ = ["text"]

_PAIRED = ("bpt", "ept", "it")
"""Elements that hold the code of a format's beginning or end; the words stand around them."""

_LONE = ("ph", "ut")
"""Elements that hold the code of something that stands alone, such as an image."""

# Codes that mean in an article what they mean elsewhere: Markdown, HTML, placeholders.
_OURS = re.compile(
    r"""[*_]{1,3} | ~~ | `+ | !?\[ | \](?:\([^()\s]*\))?
    | </?(?:a|abbr|b|bdi|bdo|br|cite|code|del|dfn|em|i|img|ins|kbd|mark|q|s|samp|small|span
        |strong|sub|sup|u|var|wbr)(?:\s[^<>]*)?/?>
    | &\#?\w+; | \{[A-Za-z_]\w*\} | %\(\w+\)[sd] | %[sd]""",
    re.X,
)


def text(segment: Any) -> str | None:
    """Give a segment (an element of lxml) as text; None where an element cannot be carried."""
    if not len(segment):
        return segment.text or ""
    codes = [element for element in segment.iter() if _name(element) in _PAIRED]
    kept = all(_OURS.fullmatch("".join(code.itertext())) for code in codes)
    try:
        return "".join(_parts(segment, kept))
    except _NotCarried:
        return None


class _NotCarried(Exception):
    """There is an inline element that has no place in an article."""


def _parts(node: Any, kept: bool) -> Iterator[str]:
    """Yield the texts of a segment; ``kept`` tells whether codes of paired markup stay."""
    yield node.text or ""
    for element in node:
        name = _name(element)
        code = element.text or ""
        if name == "hi":
            yield from _parts(element, kept)
        elif name in _PAIRED and not len(element):
            yield code if kept else ""
        elif name in _LONE and not len(element) and _OURS.fullmatch(code):
            yield code
        elif name not in ("Comment", "ProcessingInstruction"):
            raise _NotCarried
        yield element.tail or ""


def _name(element: Any) -> str:
    """Give the name without its namespace; of what is no element, what it is."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else str(tag.__name__)
