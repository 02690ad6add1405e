"""Texts of strangers made safe to print: nothing in them moves the cursor or cannot be seen."""

from __future__ import annotations

import json
import re

__all__ = ["dumped", "visible", "with_spaces"]

# Controls, lone surrogates, line separators, marks that turn the direction of writing, and other
# characters without a shape. A joiner stays where it joins emoji, as there it can be seen.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufff9-\ufffb\ufffe\uffff\U000e0001\U000e0020-\U000e007f]"
    "|\u200d(?![\u2190-\U0001ffff])"
)
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SHAPES = {"\n": "↵", "\x7f": "␡", " ": "␣", "\u00a0": "⍽", "\u202f": "⎵"}
_PICTURES = 0x2400
"""Unicode has a picture of each control below the space, from here on."""


def visible(text: str) -> str:
    """Put something that can be seen in the place of each character that cannot.

    The outcome is one line. A line feed becomes ↵, another control its picture such as ␛, and
    what has no picture its number such as ``<U+200B>``. Spaces stay.
    """
    return _UNSAFE.sub(_shape, text)


def with_spaces(text: str) -> str:
    """Show spaces, too: ␣, ⍽ for a no-break space, ⎵ for a narrow one, others as numbers."""
    return _SPACES.sub(_shape, visible(text))


def dumped(value: object, *, indent: int | None = None) -> str:
    """Write JSON that is safe to print: what cannot be seen is escaped, other text is as it is."""
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    return _UNSAFE.sub(_escaped, text)


def _shape(found: re.Match[str]) -> str:
    character = found[0]
    if character in _SHAPES:
        return _SHAPES[character]
    code = ord(character)
    return chr(_PICTURES + code) if code < ord(" ") else f"<U+{code:04X}>"


def _escaped(found: re.Match[str]) -> str:
    # The only raw line feeds are those between the values; in a string they are escaped already.
    return found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1]
