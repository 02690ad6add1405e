"""View Markdown of many dialects as plain CommonMark, with offsets mapped back to the file.

Site generators add blocks of their own: containers, admonitions, directives, components of MDX,
tags of templates. None of them is configured; each is found by its shape. The parser sees blank
lines in place of their lines. Indents that it would take for code are removed, a title in such a
line becomes a paragraph, and an opaque part within a line becomes one character. What stands for
the space behind the mark of a heading or a list item becomes one. Text without any of these shapes
is parsed as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from pipeline.markdown.dialects.attributes import text_attributes
from pipeline.markdown.dialects.code_lines import Edit
from pipeline.markdown.dialects.foreign import find_opaque
from pipeline.markdown.dialects.lines import EditedBody, edit_lines, has_deep_line
from pipeline.markdown.dialects.odd_spaces import find_odd_spaces, may_have_odd_spaces
from pipeline.markdown.frontmatter import markdown_body
from pipeline.markdown.html import is_alone_on_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.markdown.dialects.foreign import OpaquePart

__all__ = ["View", "is_mdx", "mask_foreign", "parser_view", "stand_in"]

_APART = re.compile(r"\{\{[<%#/]|\{%|\{#|\{/\*|\$\$|\\\[|</?[A-Za-z>]|%%|!\[\[|\{>>")
"""Syntax that divides paragraphs where it has a line for itself."""
_LINE_END = re.compile(r"[ \t]*(?:[\r\n]|\Z)")
_DEEPEST = 400
"""Longest indent in characters; each text of a tag gets a copy of it."""
_PRIVATE = range(0xE000, 0xF8FF)

_HINT = re.compile(
    r":::|^[ \t>]*(?:!!!|\?\?\?|===[!+]? |::?[ \t\w]|/// |\*\[|-+8<|\[!\w|\$\$|\\\[)"
    r"|\{[{%#<>:/*]|\{[\w:+.-]+\}`|(?:```|~~~)[ \t]*\{|\\begin\{|^[ \t]*\{(?:[\w-]+=|\.\w)"
    r"|\[(?:_?TOC|toc)|^\([^)\n]+\)=|<[A-Z][a-z][^<>`\n]{0,200}/>|</[A-Z][a-z]|<>|=\{"
    r"|^import\s*+(?:\{|[^\n]*['\"])|^export\s+(?:const|let|var|default|async|function|class|[*{])"
    r"|\smarkdown[=>]"
    # A table without outer bars below a line of text.
    r"|^[ \t>]*+[^\s|>][^\n]*+\n[ \t>]*+[^\s|>](?=[^\n|]*+\|)[^\n]*+\n"
    r"[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+\|",
    re.M,
)
"""Pattern of the lines of dialects; a body without a match has none, unless it has deep lines."""
_SIGNS = {
    "{": ("{",),
    "<": ("<>", "/>", "</", "8<-", "import{", "export ", " markdown"),
    '"': ("import ",),
    "'": ("import ",),
    "=": ('=== "', '===! "', '===+ "', ")="),
    "!": ("!!!", "[!"),
    "?": ("???",),
    "$": ("$$",),
    "\\": ("\\[", "\\begin"),
    ":": (":::", "\n:", "\r:", "> :"),
    "]": ("TOC]", "toc]"),
    "*": ("*[",),
    "/": ("/// ",),
    "|": ("-|", "- |", ":|", ": |", "|-", "| -", "|:-", "| :-"),
}
"""Strings in each of those lines, by their rarest character."""
_DEFINITION = re.compile(r"^ {0,3}:[ \t]+\S", re.M)


class View(NamedTuple):
    """A text for the parser, with the places of its bytes in the body; both count in UTF-8."""

    text: str
    starts: Sequence[int]
    """Offsets at which the pieces of the text begin, ascending."""
    origins: Sequence[tuple[int, int, bool]]
    """Range of the body for each piece, and whether the piece is the same text."""
    opaque: Sequence[tuple[int, int]]
    """Ranges of the body between blocks that are neither text nor Markdown."""
    definitions: bool
    """True if there may be definition lists."""
    script: bool
    """True for MDX, where tags and braces are code."""
    odd_spaces: Sequence[tuple[int, int]]
    """Ranges of the body that the parser sees as the space behind a mark (`odd_spaces`)."""

    def start(self, offset: int) -> int:
        """Return the offset in the body for an offset of the text at which something begins."""
        piece = bisect_right(self.starts, offset) - 1
        begin, _, same = self.origins[piece]
        return begin + offset - self.starts[piece] if same else begin

    def end(self, offset: int) -> int:
        """Return the offset in the body for an offset of the text at which something ends."""
        piece = max(0, bisect_left(self.starts, offset) - 1)
        begin, end, same = self.origins[piece]
        return begin + offset - self.starts[piece] if same else end


def is_mdx(data: bytes, path: str) -> bool:
    """Return whether an article is MDX, by its content or by the path of its page.

    Docusaurus reads pages that end in ``.md`` as MDX, too.
    """
    if path.endswith(".mdx") or "/docusaurus-plugin-content-" in path:
        return True
    view = parser_view(markdown_body(data)[0])
    return view is not None and view.script


def mask_foreign(block: bytearray) -> bytes:
    """Mask the opaque parts of an HTML block: digits in general, a tag of ``x`` for a whole line.

    The length is kept, and so are line ends in such a tag. The block is changed in place.
    """
    for part in find_opaque(block.decode("latin-1")):  # a character for each byte
        size = part.end - part.start
        inner = re.sub(rb"[^\r\n]", b"x", block[part.start + 1 : part.end - 1])
        divides = part.kind == "tag" and is_alone_on_line(block, part.start, part.end)
        block[part.start : part.end] = b"<%s>" % inner if divides else b"0" * size
    return bytes(block)


def stand_in(text: str) -> str:
    """Return a private-use character, unknown to all parsers, that is not in the text."""
    return next(char for char in map(chr, _PRIVATE) if char not in text)


@lru_cache(maxsize=4)  # an article is looked at once for its blocks, once for its definitions
def parser_view(body: str) -> View | None:
    """Return the view of a body for the parser; None if it can read the body as it is."""
    is_odd = may_have_odd_spaces(body)
    if not is_odd and not _may_have_dialects(body) and not find_opaque(body):
        return None
    edited = edit_lines(body)
    odd_spaces = find_odd_spaces(body, edited.lines) if is_odd else []
    masked = edited.mask()
    definitions = bool(_DEFINITION.search(masked))
    _hide_opaque_parts(edited, masked)
    edited.edits += [Edit(start, end, " ", False) for start, end in odd_spaces]
    if not edited.edits and not definitions:
        return None
    edits = list(_without_overlaps(edited.edits))
    return _build_view(body, edits, definitions, edited.script, frozenset(odd_spaces))


def _may_have_dialects(body: str) -> bool:
    """Return whether a body may have a line of a dialect."""
    # One character that is nowhere is found out ten times as fast as a string, and that
    # as much faster than by the pattern.
    candidates = (signs for char, signs in _SIGNS.items() if char in body)
    hint = any(s in body for signs in candidates for s in signs) and _HINT.search(body)
    return bool(hint) or has_deep_line(body)


def _hide_opaque_parts(edited: EditedBody, masked: str) -> None:
    """Hide the opaque parts within the remaining lines."""
    sign = stand_in(edited.body)
    for cluster in _clusters(find_opaque(masked, script=edited.script), masked):
        start, end = cluster[0].start, cluster[-1].end
        apart = all(_APART.match(masked, part.start) for part in cluster)
        if apart and _has_its_lines(masked, start, end):
            edited.split(start, end, list(_attributes(masked, cluster, script=edited.script)))
        else:
            edited.edits += [Edit(part.start, part.end, sign, False) for part in cluster]


def _without_overlaps(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield edits in order, without those that begin within an earlier one."""
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end > edit.start, -edit.end)):
        if edit.start >= at:
            yield edit
            at = edit.end


def _attributes(
    text: str, cluster: Sequence[OpaquePart], *, script: bool
) -> Iterator[tuple[int, int]]:
    for part in cluster:
        yield from text_attributes(text, part.start, part.end, script=script)


def _clusters(parts: Sequence[OpaquePart], text: str) -> Iterator[list[OpaquePart]]:
    """Group opaque parts with only spaces and tabs between them."""
    group: list[OpaquePart] = []
    for part in parts:
        between = text[group[-1].end : part.start] if group else ""
        if group and between.strip(" \t"):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _has_its_lines(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _DEEPEST) : start]
    line = max(before.rfind("\n"), before.rfind("\r")) + 1
    # The line begins further back than was searched.
    if not line and start > _DEEPEST:
        return False
    return not before[line:].strip(" \t>") and _LINE_END.match(text, end) is not None


def _build_view(
    body: str,
    edits: Sequence[Edit],
    definitions: bool,
    script: bool,
    odd_spaces: frozenset[tuple[int, int]],
) -> View:
    """Build a view from edits, with its offsets in bytes."""
    pieces: list[tuple[str, str, bool]] = []
    at = 0
    opaque: list[tuple[int, int]] = []
    for edit in edits:
        if edit.start > at:
            pieces.append((body[at : edit.start], body[at : edit.start], True))
        pieces.append((edit.text, body[edit.start : edit.end], False))
        at = edit.end
    pieces.append((body[at:], body[at:], True))
    sizes = [(len(viewed.encode()), len(raw.encode())) for viewed, raw, _ in pieces]
    starts = [0, *accumulate(size for size, _ in sizes)]
    ends = [0, *accumulate(size for _, size in sizes)]
    origins = [(ends[n], ends[n + 1], same) for n, (_, _, same) in enumerate(pieces)]
    hidden = iter(edits)
    odd: list[tuple[int, int]] = []
    for (_, _, same), (begin, end, _) in zip(pieces, origins, strict=True):
        if same:
            continue
        edit = next(hidden)
        if edit.opaque and begin < end:
            opaque.append((begin, end))
        elif edit.text == " " and edit[:2] in odd_spaces:
            odd.append((begin, end))
    text = "".join(viewed for viewed, _, _ in pieces)
    return View(text, starts[:-1], origins, opaque, definitions, script, odd)
