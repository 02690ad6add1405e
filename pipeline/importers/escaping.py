"""Write plain text as Markdown: characters that would be markup get a backslash."""

from __future__ import annotations

import re

__all__ = ["escape_heading", "escape_inline", "escape_line_start", "one_line"]

_INLINE = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~]|\Z)
    |`
    |(?<!\s)\*|\*(?!\s|\Z)|\A\*(?=\s)
    |(?<!\w)_|_(?!\w)
    |<(?=[A-Za-z/!?])
    |&(?=\#?\w{1,31};)
    |\[(?=\^|\[|[^\[\]]*\](?:\(|\[|:))|\](?=[(\[:])
    |\{(?=[{\#.:%>*])
    |==(?=\S)""",
    re.X,
)
_LINE_START = re.compile(
    r"""[ \t]*
    (?:\d{1,9}(?=[.)](?:\s|\Z))
    |(?=\#{1,6}(?:\s|\Z)|>|[-+*](?:\s|\Z)|[-=]+\s*\Z|:(?:\s|::)|\||\$\$|%%|~{3}|\+{3}
        |(?:[-*_][ \t]*){3,}\Z))""",
    re.X,
)
_ATTRIBUTES = re.compile(r"\\?\{(?=[^{}]*\}\s*\Z)")
_LINE_SPACES = re.compile(r"[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")


def escape_inline(text: str, *, tildes: bool = False) -> str:
    """Return a text in which nothing is inline markup.

    A single tilde is none; with ``tildes`` there is another one in the same block.
    """
    text = _INLINE.sub(r"\\\g<0>", text)
    return text.replace("~", r"\~") if tildes or text.count("~") > 1 else text


def escape_line_start(line: str) -> str:
    """Return an escaped line that begins no block but a paragraph."""
    match = _LINE_START.match(line)
    return f"{line[: match.end()]}\\{line[match.end() :]}" if match else line


def escape_heading(text: str) -> str:
    """Return the escaped text of a heading, of which the end is no attributes.

    A backslash does not help there, so the brace is an entity.
    """
    return _ATTRIBUTES.sub("&#123;", text)


def one_line(text: str) -> str:
    """Return a text on one line, with its no-break spaces."""
    return _LINE_SPACES.sub(" ", text).strip(" ")
