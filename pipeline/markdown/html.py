"""Locate the visible text in a block of raw HTML."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "INLINE_TAGS",
    "HtmlTag",
    "Piece",
    "html_attributes",
    "html_block",
    "html_pieces",
    "html_tags",
    "is_alone_on_line",
]

# Phrasing content of the HTML standard: tags that may stand inside a sentence.
INLINE_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "font",
    ]
)
_TO_SPACES = bytes(byte if byte in b"\r\n" else 32 for byte in range(256))
"""Table for `bytes.translate` that makes spaces of all bytes but line ends."""
_SILENT = frozenset(
    [
        "script",
        "style",
        "pre",
        "textarea",
        "template",
        "svg",
        "math",
        "noscript",
        "iframe",
        "object",
    ]
)
_RAW = {
    name: re.compile(rb"</%s\b" % name.encode("ascii"), re.I)
    for name in ("script", "style", "textarea")
}
# The HTML standard's tokens, each to its end or, unclosed, to the end of the block. Every
# byte is looked at once: the standard library's parser takes hours for 1 MB of "<a ".
_TOKEN = re.compile(
    rb"""<!--(?:-?>|.*?(?:--!?>|\Z))
    |<!\[CDATA\[.*?(?:\]\]>|\Z)
    |<[!?][^>]*(?:>|\Z)
    |<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)
      (?:[^>"'=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?|["'])*+(?:>|\Z)""",
    re.S | re.X,
)
_LETTER = re.compile(r"[^\W\d_]")
_ENTITY = re.compile(rb"&#?\w+;")
_LINE_END = re.compile(rb"[ \t]*(?:[\r\n]|\Z)")
_SPACES = b" \t\r\n\f"


_ATTRIBUTE = re.compile(rb"""[\s"'](?P<name>[^\s"'=<>/]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)')""")
_ANY_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>=/]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?"""
)
_READ_ATTRIBUTES = frozenset(
    b"alt title aria-label placeholder label summary caption heading description".split()
)
"""Attributes of HTML and of components whose values people read."""


class Piece(NamedTuple):
    """A text, a comment or an attribute value in a block of HTML."""

    kind: str
    """``text`` (a run of it with its inline tags), ``comment``, or ``attribute`` (a value); ``tag``
    only within this module.
    """
    start: int
    """Offset in bytes of the block."""
    end: int


def html_block(data: bytes, lines: Sequence[tuple[int, int]]) -> bytearray:
    """Return the block from the first to the last line, with spaces for prefixes of quotations."""
    first = lines[0][0]
    block = bytearray(data[first : lines[-1][1]].translate(_TO_SPACES))
    for start, end in lines:
        block[start - first : end - first] = data[start:end]
    return block


def html_pieces(block: bytes) -> list[Piece]:
    """Find the texts, comments and attribute values of an HTML block, in order.

    A text extends to the next tag that is not inline; it begins and ends with visible text or the
    inline tag next to it. Attributes of tags in a text are part of it.
    """
    pieces = []
    for piece in _runs(block):
        raw = block[piece.start : piece.end].strip(_SPACES)
        bare = _ENTITY.sub(b"", _TOKEN.sub(b"", raw)).decode("utf-8", "replace")
        if piece.kind == "comment":
            pieces.append(piece)
        elif _LETTER.search(bare):
            start = block.index(raw, piece.start)
            pieces.append(Piece("text", start, start + len(raw)))
        else:
            pieces += html_attributes(block, piece.start, piece.end)
    return pieces


class HtmlTag(NamedTuple):
    """A start tag; offsets in bytes of its block."""

    name: str
    """Name in lower case."""
    start: int
    end: int
    attributes: tuple[tuple[str, str], ...]
    """Names in lower case, and values without entities."""


def html_tags(block: bytes) -> Iterator[HtmlTag]:
    """Yield the start tags of a block; the content of scripts and the like has none."""
    at = 0
    while token := _TOKEN.search(block, at):
        at = token.end()
        if not token["name"] or token["close"]:
            continue
        name = token["name"].decode("utf-8", "replace").lower()
        inside = block[token.end("name") : at].decode("utf-8", "replace")
        attributes = tuple(
            (match["name"].lower(), html.unescape(match[2] or match[3] or match[4] or ""))
            for match in _ANY_ATTRIBUTE.finditer(inside)
        )
        yield HtmlTag(name, token.start(), at, attributes)
        if name in _RAW:
            close = _RAW[name].search(block, at)
            at = close.start() if close else len(block)


def html_attributes(block: bytes, start: int, end: int) -> Iterator[Piece]:
    """Yield the quoted attribute values that people read, from the tags in a range of a block."""
    if b"=" not in block[start:end]:
        return
    for tag in _TOKEN.finditer(block, start, end):
        for attribute in (
            _ATTRIBUTE.finditer(block, tag.end("name"), tag.end()) if tag["name"] else ()
        ):
            first, last = attribute.span(attribute.lastindex or 0)
            if attribute["name"].lower() in _READ_ATTRIBUTES and _LETTER.search(
                _ENTITY.sub(b"", block[first:last]).decode("utf-8", "replace")
            ):
                yield Piece("attribute", first, last)


def _runs(block: bytes) -> Iterator[Piece]:
    """Yield each comment, each tag that ends a text, and all text between two of them."""
    edges = len(block) - len(block.lstrip(_SPACES)), len(block.rstrip(_SPACES))
    silent = start = at = 0
    while token := _TOKEN.search(block, at):
        at = token.end()
        # Latin-1 decodes any bytes, and the names of known tags are ASCII.
        name = (token["name"] or b"").lower().decode("latin-1")
        edge = token.start() == edges[0] or at == edges[1]
        if name in INLINE_TAGS and not (edge and is_alone_on_line(block, *token.span())):
            continue
        if not silent:
            yield Piece("text", start, token.start())
            yield Piece("tag", token.start(), at)
        start = at
        if token[0].startswith(b"<!--"):
            yield Piece("comment", token.start(), at)
        elif name in _SILENT and token["close"]:
            # An end tag without a start must not make the count negative.
            silent -= silent > 0
        elif name in _SILENT and not token[0].endswith(b"/>"):
            silent += 1
            if name in _RAW:
                close = _RAW[name].search(block, at)
                at = close.start() if close else len(block)
    if not silent:
        yield Piece("text", start, len(block))


def is_alone_on_line(block: bytes | bytearray, start: int, end: int) -> bool:
    """Return whether a tag has its line for itself.

    An inline tag alone on the first line makes the lines a block of HTML, which they must stay; so
    neither it nor its end tag on the last line is part of a text.
    """
    line = max(block.rfind(b"\n", 0, start), block.rfind(b"\r", 0, start)) + 1
    return not block[line:start].strip(_SPACES) and _LINE_END.match(block, end) is not None
