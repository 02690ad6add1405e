"""Convert the inline elements of a TMX segment to the text of an article.

The aim is to lose least: codes that mean the same in an article (Markdown, HTML, placeholders)
stay as text. Other codes of paired markup are dropped, and the words between them stay. Any
other element refers to something that only the other tool knows, such as an image or a
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
"""Elements with the code of a format's beginning or end; the formatted words are outside them."""

_LONE = ("ph", "ut")
"""Elements with the code of a single object, such as an image."""

# Codes that mean in an article what they mean elsewhere: Markdown, HTML, placeholders.
_OURS = re.compile(
    r"""[*_]{1,3} | ~~ | `+ | !?\[ | \](?:\([^()\s]*\))?
    | </?(?:a|abbr|b|bdi|bdo|br|cite|code|del|dfn|em|i|img|ins|kbd|mark|q|s|samp|small|span
        |strong|sub|sup|u|var|wbr)(?:\s[^<>]*)?/?>
    | &\#?\w+; | \{[A-Za-z_]\w*\} | %\(\w+\)[sd] | %[sd]""",
    re.X,
)


def text(segment: Any) -> str | None:
    """Return the text of a segment (an lxml element); None if an element cannot be carried over."""
    # The number of child elements: lxml's own truth value of an element is deprecated.
    if not len(segment):
        return segment.text or ""
    codes = [element for element in segment.iter() if _name(element) in _PAIRED]
    keep_codes = all(_OURS.fullmatch("".join(code.itertext())) for code in codes)
    try:
        return "".join(_parts(segment, keep_codes))
    except _NotCarried:
        return None


class _NotCarried(Exception):
    """Raised for an inline element that has no counterpart in an article."""


def _parts(node: Any, keep_codes: bool) -> Iterator[str]:
    """Yield the texts of a segment; codes of paired markup are included if ``keep_codes``.

    Raises:
        _NotCarried: an inline element has no counterpart in an article.
    """
    yield node.text or ""
    for element in node:
        name = _name(element)
        code = element.text or ""
        if name == "hi":
            yield from _parts(element, keep_codes)
        elif name in _PAIRED and not len(element):
            yield code if keep_codes else ""
        elif name in _LONE and not len(element) and _OURS.fullmatch(code):
            yield code
        elif name not in ("Comment", "ProcessingInstruction"):
            raise _NotCarried
        yield element.tail or ""


def _name(element: Any) -> str:
    """Return an element's name without its namespace, or the type of another node."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else str(tag.__name__)
