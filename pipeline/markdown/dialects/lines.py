"""Find the lines of a body that belong to a dialect, and edit them for the parser."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pipeline.markdown.dialects.attributes import text_attributes
from pipeline.markdown.dialects.code_lines import DIRECTIVE, TEXTUAL, Edit, Lines
from pipeline.markdown.dialects.math import is_formula
from pipeline.markdown.dialects.mdx import MODULE, Components, of_component, of_script, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.markdown.dialects.code_lines import Line

__all__ = ["EditedBody", "edit_lines", "has_deep_line"]

_LETTER = re.compile(r"[^\W\d_]")
_NO_LINE_END = re.compile(r"[^\r\n]")
_INDENT = 4
"""Columns by which code and the bodies of admonitions are indented."""

_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]{1,4}(?=\S)")
_TITLES = (
    "admonition topic sidebar dropdown details card tab-item grid-item-card table list-table"
    " exercise prf:theorem theorem note tip warning hint important caution danger error attention"
    " seealso"
)
_TITLED = frozenset(_TITLES.split())
"""Directives whose argument is text."""
_OPTION = re.compile(r":(?:(?:alt|caption):[ \t]+(?P<title>.*)|[\w-]+:(?:[ \t]|$))")
_OF_HEADING = re.compile(r"#{1,6}[ \t].*\{(?P<colon>:)[ \t]*[#.\w][^{}]*\}[ \t]*$")
"""A heading with its id as kramdown and Python-Markdown write it."""

_BRACES = r"(?:[ \t]*+\{[^{}]*+\})?+"
_LABEL = r"(?:[^\[\]]|\[[^\[\]]*+\])*+"
# Spaces are looked at once, from where they begin: a title does not end in a space, and in a
# colon only before attributes.
_CONTAINER = re.compile(
    rf":{{3,}}+[ \t]*+(?:\{{[^{{}}]*+\}}|[\w.-]*+)(?:\[(?P<label>{_LABEL})\])?{_BRACES}"
    r"[ \t]*+:*+[ \t]*+(?:(?P<title>[^\s{:][^{]*?)(?:(?<![ \t:])|(?<![ \t])(?=[ \t]*+\{)))?"
    rf"{_BRACES}[ \t]*+:*+[ \t]*+$"
    rf"|::[\w-]+(?:\[(?P<leaf>{_LABEL})\])?{_BRACES}[ \t]*+$"
    r"|/{3,}(?:[ \t]+(?:html[ \t]*\|.*|[\w-]+(?:[ \t]*\|[ \t]*(?P<block>.*))?))?[ \t]*$"
)
_END_OF_BLOCK = re.compile(r"^[ \t>]*/{3,}[ \t]*$", re.M)
"""Last line of a PyMdown block, which has the same sign as the first one."""
_INDENTED = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]*[\w-]+(?:[ \t]+[\w-]+)*(?:[ \t]+\"(?P<title>[^\"]*)\")?[ \t]*$"
    r"|===[!+]?[ \t]+\"(?P<tab>[^\"]*)\"[ \t]*$"
)
"""Lines whose block is indented below them."""
_CALLOUT = re.compile(
    r"\[!(?!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$)[\w|-]+\][+-]?[ \t]*(?P<title>.*)", re.I
)
"""First line of a quotation with a callout; those that GitHub knows are left to the parser."""
_SINGLE = re.compile(
    r"\{:[^{}]*\}[ \t]*$|\{[ ]?[#.][\w-][^{}]*\}[ \t]*$|\{[\w-]+=[^{}]*\}[ \t]*$|\{::.*\}[ \t]*$"
    r"|\[\[?_?(?:TOC|toc)_?\]?\][ \t]*$|-+8<-+.*|\([\w:. /-]+\)=[ \t]*$"
    r"|(?:[*-]|1\.)[ \t]+[^\n]*\{:toc\b[^{}]*\}[ \t]*$|\*\[[^\]]+\]:[ \t]*(?P<title>.*)"
)
_CONTENTS = re.compile(r"\{:toc\b")
_OF_MYST = re.compile(r"%(?:[ \t]|$)|\+\+\+(?:[ \t]|$)")
_DEFINED = re.compile(r":[ \t]+\S")
_CELL = r"[ \t]*+:?-++:?[ \t]*+"
_DELIMITER_ROW = re.compile(rf"\|?{_CELL}(?:\|{_CELL})++\|?|\|?{_CELL}\||\|{_CELL}")
_BAR = re.compile(r"(?<!\\)\|")
_OWN_BLOCK = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]|#{1,6}[ \t]|\||```|~~~")
"""Beginning of a line that is no part of the paragraph above."""
_DEEP = re.compile(r"^[ \t]*+(?:(?:[-*+>]|\d{1,9}[.)])[ \t]{0,4}){100}", re.M)
"""A line of at least 100 nested lists and quotations. The parser checks each of them again at every
line below, so such lines are hidden from it.
"""
_DEEP_BELOW = re.compile(rf"\n{_DEEP.pattern}", re.M)


class _Body(NamedTuple):
    """The first line and the end of an opaque body."""

    begin: re.Pattern[str]
    end: str
    """Template of a pattern; the group of the first pattern replaces ``{}``."""
    limit: int | None
    """Number of characters within which the end must be; None for no limit."""


_BODIES = (
    _Body(
        re.compile(
            r"\{%-?[ \t]*(highlight|comment|codeblock|math|mermaid|plantuml|schema"
            r"|javascript|stylesheet|style)\b"
        ),
        r"\{{%-?\s*end{}\b[^\r\n]*",
        None,
    ),
    _Body(
        re.compile(
            r"\{\{[<%][ \t]*(highlight|code|comment|math|katex|mermaid|chart|diagram|plantuml)\b"
            r"(?!.*/[>%]\}\})"
        ),
        r"\{{\{{[<%]\s*/\s*{}\b[^\r\n]*",
        None,
    ),
    _Body(re.compile(r"\{::(comment|nomarkdown)\}"), r"\{{:/(?:{})?\}}[^\r\n]*", None),
    _Body(
        re.compile(r"(\$\$)(?!.*\$\$)"),
        r"(?<!\\)\$\$(?=[ \t]*(?:(?:\([^()\r\n]*\)|\{#[^\r\n]*\})[ \t]*)?[\r\n]|[ \t]*\Z)",
        4000,
    ),
    _Body(re.compile(r"\\(\[)(?!.*\\\])"), r"\\\](?=[ \t]*[\r\n]|[ \t]*\Z)", 4000),
    _Body(re.compile(r"\\begin\{([A-Za-z]+\*?)\}"), r"\\end\{{{}\}}[^\r\n]*", 4000),
)
"""Tags and mathematics with nothing to translate up to their ends."""


def has_deep_line(body: str) -> bool:
    """Return whether a line has at least 100 nested lists and quotations."""
    # A pattern that begins with a character is found five times as fast as one with a caret.
    return bool(_DEEP.match(body) or _DEEP_BELOW.search(body))


class EditedBody:
    """A body with its lines and the edits to it, which may overlap."""

    def __init__(self, body: str, lines: list[Line], edits: list[Edit], *, script: bool) -> None:
        self.body = body
        self.lines = lines
        self.edits = edits
        self.script = script
        """True for MDX."""
        self._outdents: dict[int, Edit] = {}
        """Removed indents, by the start of the line."""

    def mask(self) -> str:
        """Return the body with NUL for opaque edits, and spaces for code, HTML and all other edits.

        Offsets and line ends are kept.
        """
        parts, at = [], 0
        hidden = [(line.start, line.end, " ") for line in self.lines if line.code]
        hidden += [(*edit[:2], "\0" if edit.opaque else " ") for edit in self.edits]
        for start, end, sign in sorted(hidden):
            if end > at:
                start = max(start, at)
                parts += [self.body[at:start], _NO_LINE_END.sub(sign, self.body[start:end])]
                at = end
        return "".join([*parts, self.body[at:]])

    def split(self, start: int, end: int, texts: Sequence[tuple[int, int]]) -> None:
        """Hide a range except for some texts in it, each of which becomes a paragraph."""
        line = max(self.body.rfind("\n", 0, start), self.body.rfind("\r", 0, start)) + 1
        gone = self._outdents.get(line, Edit(line, line, "", False))
        again = "\n" + self.body[line : gone.start] + self.body[gone.end : start]
        texts = [span for span in texts if _LETTER.search(self.body, *span)]
        for first, last in texts:
            again_here = again if first == texts[0][0] else again * 2
            self.edits.append(Edit(start, first, again_here, True))
            start = last
        self.edits.append(Edit(start, end, again if texts else "", True))

    def part(self, line: Line) -> None:
        """Put an empty line before a line, with the marks of block quotes and the indent of it."""
        gone = self._outdents.get(line.start, Edit(line.start, line.start, "", False))
        again = "\n" + self.body[line.start : gone.start] + self.body[gone.end : line.inner]
        self.edits.append(Edit(line.inner, line.inner, again, False))

    def outdent(self, line: Line, start: int, end: int) -> None:
        """Remove a part of a line's indent."""
        self._outdents[line.start] = Edit(start, end, "", False)
        self.edits.append(self._outdents[line.start])


def edit_lines(body: str) -> EditedBody:
    """Find the lines of dialects in a body, and hide all of them but their text."""
    edits: list[Edit] = []
    lines = list(Lines(body, edits))
    words = [body[line.inner : line.end] for line in lines]
    traits = _traits_of(body, lines, words)
    if traits.script and "<" in body:
        edits.clear()
        lines = list(Lines(body, edits, script=True))
    edited = EditedBody(body, lines, edits, script=traits.script)
    reader = _LineReader(edited, words, traits)
    at = 0
    while at < len(lines):
        at = reader.read(at)
    return edited


def _cells(row: str) -> int:
    """Return the number of cells in a row of a table, with or without outer bars."""
    row = row.strip()
    bars = [bar.start() for bar in _BAR.finditer(row)]
    return 1 + len(bars) - (row[:1] == "|") - (len(row) > 1 and bars[-1:] == [len(row) - 1])


class _Traits(NamedTuple):
    """Traits of a whole body that decide how its lines are read."""

    script: bool
    """True for MDX."""
    myst: bool
    deep: bool
    """True if there are lines of too many lists and quotations."""
    ends_blocks: bool
    """True if blocks of PyMdown end in it."""


def _traits_of(body: str, lines: Sequence[Line], words: Sequence[str]) -> _Traits:
    plain = [(line, w) for line, w in zip(lines, words, strict=True) if not line.code]
    return _Traits(
        script=_is_script(plain),
        myst=any("{ref}`" in w or DIRECTIVE.match(w) for _, w in plain),
        deep=has_deep_line(body),
        ends_blocks="///" in body and _END_OF_BLOCK.search(body) is not None,
    )


def _is_script(plain: Sequence[tuple[Line, str]]) -> bool:
    """Return whether a body is MDX, by its lines and their text behind the indent.

    Only opaque syntax counts, because words change in a translation.
    """
    words = [w for _, w in plain]
    modules = (MODULE.match(w) for line, w in plain if line.inner == line.start)
    return any(chain(map(of_script, words), modules, map(of_component, words, words[1:])))


class _LineReader:
    """Reader of the lines of a body in turn, which edits those of dialects."""

    def __init__(self, edited: EditedBody, words: list[str], traits: _Traits) -> None:
        self._edited = edited
        self._body = edited.body
        self._lines = edited.lines
        self._words = words
        """Text of each line behind its indent."""
        self._traits = traits
        self._around: list[tuple[int, int]] = []
        """Indents of the lines whose blocks are open, each with the level of lists around it."""
        self._components = Components() if traits.script else None
        self._level = 0
        """Column of the text of the open list item."""
        self._gap = True
        """True if only blank lines and code are directly above."""
        self._defined = False
        """True if a definition is directly above, or part of the same lines."""
        self._failed: set[str] = set()
        """Patterns of ends that the rest of the body does not contain."""

    def read(self, at: int) -> int:
        """Read one line, or several that belong together; return the index of the next."""
        line, words = self._lines[at], self._words[at]
        if not words.strip():
            self._gap = True
            self._defined = False
            return at + 1
        if self._traits.deep and not line.code and _DEEP.match(self._body, line.start, line.end):
            self._edited.edits.append(Edit(line.start, line.end, "", True))
            return at + 1
        indent = self._indent(line)
        self._leave_blocks(indent)
        self._outdent(line, words, indent)
        if line.code or self._is_code(at, indent):
            return at + 1
        self._gap = False
        return self._read_dialect(at)

    def _read_dialect(self, at: int) -> int:
        for reader in _READERS.get(self._words[at][0], ()):
            following = reader(self, at)
            if following is not None:
                return following
        return at + 1

    def _leave_blocks(self, indent: int) -> None:
        while self._around and indent < self._around[-1][0] + _INDENT:
            self._level = self._around.pop()[1]

    def _indent(self, line: Line) -> int:
        """Return the columns of a line's indent, marks of block quotes included."""
        margin = self._body[line.start : line.inner]
        return len(margin.expandtabs(_INDENT)) if "\t" in margin else len(margin)

    def _outdent(self, line: Line, words: str, indent: int) -> None:
        """Remove the indent of a line that belongs to the blocks around it."""
        columns = _INDENT * len(self._around)
        if self._components:
            columns += self._components.indent(words, indent - columns, code=line.code)
        if not columns:
            return
        behind = self._body.rfind(">", line.start, line.inner) + 1 or line.start
        end, width = behind, 0
        while end < line.inner:
            width += _INDENT - width % _INDENT if self._body[end] == "\t" else 1
            if width > columns:
                break
            end += 1
        if end > behind:
            self._edited.outdent(line, behind, end)

    def _is_code(self, at: int, indent: int) -> bool:
        """Return whether a line is indented code, and update the level of lists."""
        if self._components:
            return False
        indent -= _INDENT * len(self._around)
        if self._gap and indent >= self._level + _INDENT:
            self._lines[at] = self._lines[at]._replace(code=True)
            return True
        item = _ITEM.match(self._words[at])
        if item:
            self._level = indent + len(item[0])
        elif self._gap and indent < self._level:
            self._level = indent if indent > 1 else 0
        return False

    def _opaque_body(self, at: int) -> int | None:
        """Read tags or mathematics with nothing to translate up to their end."""
        for kind in _BODIES:
            if begin := kind.begin.match(self._words[at]):
                last = self._end_of(at, kind, begin)
                return None if last is None else self._hide(at, last)
        return None

    def _end_of(self, at: int, kind: _Body, begin: re.Match[str]) -> int | None:
        pattern = kind.end.format(re.escape(begin[1])) if "{}" in kind.end else kind.end
        if pattern in self._failed:
            return None
        start = self._lines[at].inner + begin.end()
        limit = len(self._body) if kind.limit is None else start + kind.limit
        end = re.compile(pattern).search(self._body, start, limit)
        formula = begin[1] != "[" or (end and is_formula(self._body[start : end.start()]))
        if end and formula:
            return bisect_right(self._lines, end.start(), key=lambda line: line.start) - 1
        if kind.limit is None:
            self._failed.add(pattern)
        return None

    def _module(self, at: int) -> int | None:
        """Read an import or export, except for the texts in it."""
        line = self._lines[at]
        if not (self._traits.script and line.inner == line.start and MODULE.match(self._words[at])):
            return None
        last = self._module_end(at)
        start, end = line.inner, self._lines[last].end
        spans = list(text_attributes(self._body, start, end, script=True))
        self._edited.split(start, end, spans)
        return last + 1

    def _module_end(self, at: int) -> int:
        """Return the index of the last line of an import or export.

        It is followed by a blank line outside of brackets, or by the end of the body.
        """
        depth, last = 0, at
        for number in range(at, len(self._words)):
            words = self._words[number]
            if not words.strip() and depth <= 0:
                break
            depth += sum(map(words.count, "([{")) - sum(map(words.count, ")]}"))
            last = number
        return last

    def _component(self, at: int) -> int | None:
        """Read a line that is one whole component."""
        line = self._lines[at]
        spans = texts(self._words[at]) if self._is_separate(at) else []
        if not spans:
            return None
        places = [(line.inner + start, line.inner + end) for start, end in spans]
        self._edited.split(line.inner, line.end, places)
        return at + 1

    def _is_separate(self, at: int) -> bool:
        """Return whether neither the line before nor the line behind belongs to a paragraph."""
        around = self._words[max(0, at - 1) : at] + self._words[at + 1 : at + 2]
        return all(not words.strip() or words[0] == "<" for words in around)

    def _directive(self, at: int) -> int | None:
        """Read the first line of a MyST directive that contains Markdown, and its options."""
        named = DIRECTIVE.match(self._words[at])
        if not named or named["name"] not in TEXTUAL:
            return None
        self._hide_except_title(self._lines[at], named, "title" if named["name"] in _TITLED else "")
        following = self._options(at + 1)
        if named["name"] == "glossary":
            self._glossary(following, self._indent(self._lines[at]), named["fence"])
        return following

    def _glossary(self, at: int, indent: int, fence: str) -> None:
        """Part the terms of a glossary, each on a line of its own, from the definitions below them.

        Definitions are indented. Those behind colons are read as definition lists.
        """
        margin, above = 0, ""
        for number in range(at, len(self._words)):
            line, words = self._lines[number], self._words[number]
            depth = self._indent(line) - indent
            if depth <= 0 and words.startswith(fence):
                break
            if not words.strip() or line.code:
                continue
            kind = "colon" if _DEFINED.match(words) else "indented" if depth > 0 else "term"
            begins = kind != above or kind == "term"
            if above == "colon" and (kind == "indented" or not self._is_term(number, indent)):
                continue
            if kind == "indented":
                margin = depth if begins else margin
                size = min(margin, depth, line.inner - line.start)
                self._edited.outdent(line, line.inner - size, line.inner)
            if kind != "colon" and begins and self._words[number - 1].strip():
                self._edited.part(line)
            above = kind

    def _is_term(self, at: int, indent: int) -> bool:
        """Return whether a line of a glossary is no further line of the definition above it."""
        if not self._words[at - 1].strip():
            return True
        following = self._words[at + 1 : at + 2]
        if not following or _DEFINED.match(following[0]):
            return False  # `_definition` parts it
        return bool(following[0].strip()) and self._indent(self._lines[at + 1]) > indent

    def _definition(self, at: int) -> int | None:
        """Read a definition, and part its term from a definition directly above."""
        if not _DEFINED.match(self._words[at]):
            return None
        above = self._words[max(0, at - 2) : at]
        if self._defined and len(above) == 2 and all(map(str.strip, above)) and above[1][0] != ":":
            self._edited.part(self._lines[at - 1])
        self._defined = True
        return at + 1

    def _table(self, at: int) -> int | None:
        """Part a table from a line of text directly above, which the parser would join with it."""
        if at < 2 or not _DELIMITER_ROW.fullmatch(self._words[at].rstrip()):
            return None
        above, header, row = self._lines[at - 2 : at + 1]
        text, head = self._words[at - 2 : at]
        quotes = {self._body.count(">", one.start, one.inner) for one in (above, header, row)}
        apart = above.code or header.code or len(quotes) > 1 or not (text.strip() and head.strip())
        if apart or _OWN_BLOCK.match(head) or self._in_table(at - 2):
            return None
        indent = self._indent(header) - _INDENT * len(self._around)
        if indent < self._level + _INDENT and _cells(head) == _cells(self._words[at]):
            self._edited.part(header)
        return at + 1

    def _in_table(self, at: int) -> bool:
        """Return whether a line, or one directly above, is the delimiter row of a table."""
        while at >= 0 and (words := self._words[at].rstrip()):
            if _DELIMITER_ROW.fullmatch(words):
                return True
            at -= 1
        return False

    def _options(self, at: int) -> int:
        """Read the options of a directive: lines such as ``:name: x``, or YAML between dashes."""
        if at < len(self._words) and self._words[at].strip() == "---":
            for end in range(at + 1, min(at + 40, len(self._words))):
                if self._words[end].strip() == "---":
                    return self._hide(at, end)
        while at < len(self._words) and (option := _OPTION.match(self._words[at])):
            self._hide_except_title(self._lines[at], option, "title")
            at += 1
        return at

    def _indented(self, at: int) -> int | None:
        """Read the first line of an admonition or a tab, whose body is indented below it."""
        line, opening = self._lines[at], _INDENTED.match(self._words[at])
        indent = self._indent(line)
        if not opening or not self._has_body(at, indent):
            return None
        self._hide_except_title(line, opening, opening.lastgroup or "")
        self._around.append((indent, self._level))
        self._level, self._gap = 0, True
        return at + 1

    def _has_body(self, at: int, indent: int) -> bool:
        """Return whether the next text, within three lines, is indented as a body."""
        following = range(at + 1, min(at + 4, len(self._lines)))
        first = next((number for number in following if self._words[number].strip()), None)
        return first is not None and self._indent(self._lines[first]) >= indent + _INDENT

    def _contents(self, at: int) -> int | None:
        """Read kramdown's ``{:toc}``, which replaces the list above it by a table of contents."""
        if at and _CONTENTS.match(self._words[at]) and _ITEM.match(self._words[at - 1]):
            return self._hide(at - 1, at)
        return None

    def _heading(self, at: int) -> int | None:
        """Read a heading with attributes, which the parser knows without their colon."""
        attributes = _OF_HEADING.match(self._words[at])
        if not attributes:
            return None
        colon = self._lines[at].inner + attributes.start("colon")
        self._edited.edits.append(Edit(colon, colon + 1, "", False))
        return at + 1

    def _single(self, at: int) -> int | None:
        return self._read_titled(at, _SINGLE.match(self._words[at]))

    def _container(self, at: int) -> int | None:
        following = self._read_titled(at, _CONTAINER.match(self._words[at]))
        return self._options(at + 1) if following and "{" in self._words[at] else following

    def _block(self, at: int) -> int | None:
        """Read the first or last line of a PyMdown block."""
        return (
            self._read_titled(at, _CONTAINER.match(self._words[at]))
            if self._traits.ends_blocks
            else None
        )

    def _callout(self, at: int) -> int | None:
        line = self._lines[at]
        quoted = ">" in self._body[line.start : line.inner]
        return self._read_titled(at, _CALLOUT.match(self._words[at])) if quoted else None

    def _comment(self, at: int) -> int | None:
        """Read a comment or a break of MyST."""
        line = self._lines[at]
        if self._traits.myst and line.inner == line.start and _OF_MYST.match(self._words[at]):
            return self._hide(at, at)
        return None

    def _read_titled(self, at: int, match: re.Match[str] | None) -> int | None:
        """Read a line that has no text but its title."""
        if not match:
            return None
        self._hide_except_title(self._lines[at], match, match.lastgroup or "")
        return at + 1

    def _hide(self, at: int, last: int) -> int:
        self._edited.edits.append(Edit(self._lines[at].inner, self._lines[last].end, "", True))
        return last + 1

    def _hide_except_title(self, line: Line, match: re.Match[str], group: str) -> None:
        """Hide a line except for the title in it, which becomes a paragraph."""
        titles = [match.span(group)] if group and match[group] else []
        if match[0].startswith(":") and "=" in match[0]:
            titles += text_attributes(match.string, *match.span())
        places = [(line.inner + start, line.inner + end) for start, end in sorted(titles)]
        self._edited.split(line.inner, line.end, places)


_READERS: dict[str, tuple[Callable[[_LineReader, int], int | None], ...]] = {
    "{": (_LineReader._opaque_body, _LineReader._contents, _LineReader._single),
    "$": (_LineReader._opaque_body,),
    "\\": (_LineReader._opaque_body,),
    "i": (_LineReader._module,),
    "e": (_LineReader._module,),
    "<": (_LineReader._component,),
    "`": (_LineReader._directive,),
    "~": (_LineReader._directive,),
    ":": (
        _LineReader._directive,
        _LineReader._container,
        _LineReader._table,
        _LineReader._definition,
    ),
    "|": (_LineReader._table,),
    "/": (_LineReader._block,),
    "!": (_LineReader._indented,),
    "?": (_LineReader._indented,),
    "=": (_LineReader._indented,),
    "#": (_LineReader._heading,),
    "[": (_LineReader._single, _LineReader._callout),
    "(": (_LineReader._single,),
    "*": (_LineReader._single,),
    "-": (_LineReader._table, _LineReader._single),
    "1": (_LineReader._single,),
    "%": (_LineReader._comment,),
    "+": (_LineReader._comment,),
}
"""Readers to try for a line, by its first character, until one returns the next index."""
