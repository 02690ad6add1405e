"""The lines of a body that belong to a dialect, and what the parser is to see in their place."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from pipeline.markdown.dialects.code_lines import Edit, Lines
from pipeline.markdown.dialects.math import is_formula
from pipeline.markdown.dialects.mdx_components import Components, texts
from pipeline.markdown.dialects.patterns import (
    BODIES,
    CALLOUT,
    CONTAINER,
    CONTENTS,
    DEEP,
    DIRECTIVE,
    END_OF_BLOCK,
    INDENTED,
    ITEM,
    MODULE,
    OF_HEADING,
    OF_MYST,
    OPTION,
    SINGLE,
    TEXTUAL,
    TITLED,
    of_component,
    of_script,
    text_attributes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.markdown.dialects.code_lines import Line
    from pipeline.markdown.dialects.patterns import Body

__all__ = ["Reader"]

_LETTER = re.compile(r"[^\W\d_]")
_NO_LINE_END = re.compile(r"[^\r\n]")
_INDENT = 4
"""Columns by which code and the bodies of admonitions are indented."""


class Reader:
    """One pass over the lines of a body; collects edits, which do not overlap."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.edits: list[Edit] = []
        self._lines = list(Lines(body, self.edits))
        self._words = [body[line.inner : line.end] for line in self._lines]
        plain = [w for li, w in zip(self._lines, self._words, strict=True) if not li.code]
        # Only what is opaque itself tells what the text is, as words change in a translation.
        self.script = any(map(of_script, plain)) or any(
            MODULE.match(words)
            for line, words in zip(self._lines, self._words, strict=True)
            if line.inner == line.start and not line.code
        )
        self.script = self.script or any(map(of_component, plain, plain[1:]))
        if self.script and "<" in body:
            self.edits.clear()
            self._lines = list(Lines(body, self.edits, script=True))
        self._myst = any("{ref}`" in words or DIRECTIVE.match(words) for words in plain)
        self._deep = DEEP.search(body) is not None
        self._ends_blocks = "///" in body and END_OF_BLOCK.search(body) is not None
        self._around: list[tuple[int, int]] = []
        """Indents of the lines whose blocks are open, and the list's level there."""
        self._components = Components() if self.script else None
        self._level = 0
        """Column of the text of the list item that is open."""
        self._gap = True
        """Whether nothing but blank lines and code stands right above."""
        self._failed: set[str] = set()
        self._outdents: dict[int, Edit] = {}
        """By the start of the line."""
        at = 0
        while at < len(self._lines):
            at = self._read(at)

    def shown(self) -> str:
        """Give the body with blanks for code, HTML and indents, and NUL for what is opaque.

        Offsets and line ends stay.
        """
        parts, at = [], 0
        hidden = [(line.start, line.end, " ") for line in self._lines if line.code]
        hidden += [(*edit[:2], "\0" if edit.opaque else " ") for edit in self.edits]
        for start, end, sign in sorted(hidden):
            if end > at:
                start = max(start, at)
                parts += [self.body[at:start], _NO_LINE_END.sub(sign, self.body[start:end])]
                at = end
        return "".join([*parts, self.body[at:]])

    def split(self, start: int, end: int, texts: Sequence[tuple[int, int]]) -> None:
        """Hide a range but for some texts in it, each of which becomes a paragraph."""
        line = max(self.body.rfind("\n", 0, start), self.body.rfind("\r", 0, start)) + 1
        gone = self._outdents.get(line, Edit(line, line, "", False))
        again = "\n" + self.body[line : gone.start] + self.body[gone.end : start]
        texts = [span for span in texts if _LETTER.search(self.body, *span)]
        for first, last in texts:
            again_here = again if first == texts[0][0] else again * 2
            self.edits.append(Edit(start, first, again_here, True))
            start = last
        self.edits.append(Edit(start, end, again if texts else "", True))

    def _read(self, at: int) -> int:
        """Read one line, or some that belong together; give the number of the next."""
        line, words = self._lines[at], self._words[at]
        if not words.strip():
            self._gap = True
            return at + 1
        if self._deep and not line.code and DEEP.match(self.body, line.start, line.end):
            self.edits.append(Edit(line.start, line.end, "", True))
            return at + 1
        indent = _width(self.body[line.start : line.inner])
        while self._around and indent < self._around[-1][0] + _INDENT:
            self._level = self._around.pop()[1]
        self._outdent(line, words, indent)
        if line.code or self._is_code(at, indent):
            return at + 1
        self._gap = False
        return self._special(at, indent)

    def _outdent(self, line: Line, words: str, indent: int) -> None:
        """Take away what a line is indented by for the blocks around it."""
        columns = _INDENT * len(self._around)
        if self._components:
            columns += self._components.indent(words, indent - columns, code=line.code)
        behind = self.body.rfind(">", line.start, line.inner) + 1 or line.start
        end, width = behind, 0
        while end < line.inner:
            width += _INDENT - width % _INDENT if self.body[end] == "\t" else 1
            if width > columns:
                break
            end += 1
        if end > behind:
            self._outdents[line.start] = Edit(behind, end, "", False)
            self.edits.append(self._outdents[line.start])

    def _is_code(self, at: int, indent: int) -> bool:
        """Tell whether a line is indented code, and remember how deep lists are."""
        if self._components:
            return False
        indent -= _INDENT * len(self._around)
        if self._gap and indent >= self._level + _INDENT:
            self._lines[at] = self._lines[at]._replace(code=True)
            return True
        item = ITEM.match(self._words[at])
        if item:
            self._level = indent + len(item[0])
        elif self._gap and indent < self._level:
            self._level = indent if indent > 1 else 0
        return False

    def _special(self, at: int, indent: int) -> int:
        line, words = self._lines[at], self._words[at]
        last = self._body_end(at)
        if last is None and self.script and line.inner == line.start and MODULE.match(words):
            last = self._module_end(at)
            start, end = line.inner, self._lines[last].end
            self.split(start, end, list(text_attributes(self.body, start, end, script=True)))
            return last + 1
        if last is not None:
            return self._hide(at, last)
        if words[0] == "<" and self._stands_apart(at):
            spans = [(line.inner + start, line.inner + end) for start, end in texts(words)]
            if spans:
                self.split(line.inner, line.end, spans)
                return at + 1
        named = DIRECTIVE.match(words)
        if named and named["name"] in TEXTUAL:
            self._title(line, named, "title" if named["name"] in TITLED else "")
            return self._options(at + 1)
        found = INDENTED.match(words)
        if found and self._goes_on(at, indent):
            self._title(line, found, found.lastgroup or "")
            self._around.append((indent, self._level))
            self._level, self._gap = 0, True
            return at + 1
        return self._single(at)

    def _single(self, at: int) -> int:
        """Read a line that has nothing but its title."""
        line, words = self._lines[at], self._words[at]
        if CONTENTS.match(words) and at and ITEM.match(self._words[at - 1]):
            return self._hide(at - 1, at)
        if attributes := OF_HEADING.match(words):
            at_colon = line.inner + attributes.start("colon")
            self.edits.append(Edit(at_colon, at_colon + 1, "", False))
            return at + 1
        found = SINGLE.match(words)
        if not found and (words[0] == ":" or (words[0] == "/" and self._ends_blocks)):
            found = CONTAINER.match(words)
        if not found and words[0] == "[" and ">" in self.body[line.start : line.inner]:
            found = CALLOUT.match(words)
        if found:
            self._title(line, found, found.lastgroup or "")
            options = words[0] == ":" and "{" in words
            return self._options(at + 1) if options else at + 1
        if self._myst and line.inner == line.start and OF_MYST.match(words):
            return self._hide(at, at)
        return at + 1

    def _stands_apart(self, at: int) -> bool:
        """Tell whether no line of a paragraph is before or behind."""
        around = self._words[max(0, at - 1) : at] + self._words[at + 1 : at + 2]
        return all(not words.strip() or words[0] == "<" for words in around)

    def _goes_on(self, at: int, indent: int) -> bool:
        """Tell whether what follows is indented."""
        for line, words in zip(
            self._lines[at + 1 : at + 4], self._words[at + 1 : at + 4], strict=False
        ):
            if words.strip():
                return _width(self.body[line.start : line.inner]) >= indent + _INDENT
        return False

    def _body_end(self, at: int) -> int | None:
        """Give the number of the line in which that ends which begins here and is opaque."""
        words = self._words[at]
        if words[0] not in "{$\\":
            return None
        for kind in BODIES:
            if found := kind.begin.match(words):
                return self._end_of(at, kind, found)
        return None

    def _end_of(self, at: int, kind: Body, found: re.Match[str]) -> int | None:
        pattern = kind.end.format(re.escape(found[1])) if "{}" in kind.end else kind.end
        if pattern in self._failed:
            return None
        start = self._lines[at].inner + found.end()
        limit = len(self.body) if kind.limit is None else start + kind.limit
        end = re.compile(pattern).search(self.body, start, limit)
        formula = found[1] != "[" or (end and is_formula(self.body[start : end.start()]))
        if end and formula:
            return bisect_right(self._lines, end.start(), key=lambda line: line.start) - 1
        if kind.limit is None:
            self._failed.add(pattern)
        return None

    def _module_end(self, at: int) -> int:
        """Give the last line of an import or export: before a blank line outside of brackets."""
        depth, last = 0, at
        for number in range(at, len(self._words)):
            words = self._words[number]
            if not words.strip() and depth <= 0:
                break
            depth += sum(map(words.count, "([{")) - sum(map(words.count, ")]}"))
            last = number
        return last

    def _options(self, at: int) -> int:
        """Take the options of a directive: lines such as ``:name: x``, or YAML between dashes."""
        if at < len(self._words) and self._words[at].strip() == "---":
            for end in range(at + 1, min(at + 40, len(self._words))):
                if self._words[end].strip() == "---":
                    return self._hide(at, end)
        while at < len(self._words) and (found := OPTION.match(self._words[at])):
            self._title(self._lines[at], found, "title")
            at += 1
        return at

    def _hide(self, at: int, last: int) -> int:
        self.edits.append(Edit(self._lines[at].inner, self._lines[last].end, "", True))
        return last + 1

    def _title(self, line: Line, found: re.Match[str], group: str) -> None:
        """Hide a line but for the title in it, which becomes a paragraph."""
        titles = [found.span(group)] if group and found[group] else []
        if found[0].startswith(":") and "=" in found[0]:
            titles += text_attributes(found.string, *found.span())
        places = [(line.inner + start, line.inner + end) for start, end in sorted(titles)]
        self.split(line.inner, line.end, places)


def _width(blanks: str) -> int:
    return len(blanks.expandtabs(_INDENT)) if "\t" in blanks else len(blanks)
