"""Find syntax of other tools (templates, JSX, mathematics, wiki links) inside Markdown text.

Site generators and their dialects add signs of their own to Markdown. Their words are not to be
translated, and they contain no Markdown. They are found by their shape alone, since a text does not
name the generator that it is written for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from pipeline.markdown.dialects.math import Formulas
from pipeline.markdown.html import INLINE_TAGS

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OpaquePart", "find_opaque"]


class OpaquePart(NamedTuple):
    """A part of a text that is not Markdown; offsets in code points."""

    kind: str
    """Kind of a `parser.Inline`: placeholder, code or tag."""
    start: int
    end: int


class _Closing(NamedTuple):
    """Result of the search for the end of a script's tag or expression."""

    end: int
    """Offset behind the end; 0 if there is none."""
    reached: int
    """Offset up to which the text was searched."""
    in_braces: bool
    """True if the search stopped within braces."""


_SIGNS = ("{", "$", "[[", "<>", "\\(", "\\[", "%%")
"""Signs of opaque parts; a text without any of them has none, unless it is MDX."""
_OPEN = re.compile(
    r"\\(?P<math>[(\[])|\\.|(?P<ticks>`+)|(?P<comment><!--)|\{\{(?P<hugo>[<%])|\{\{\{?|\{%"
    r"|(?P<note>\{\#(?=[\s-]))|\{>>|(?P<jsx></?(?:[A-Z][\w.]*|[a-z][\w.-]*)?(?=[\s/>]))"
    r"|(?P<role>\{[a-z][\w:+.-]*\}(?=`))|(?P<brace>\{)|(?P<dollars>\$\$?)|(?P<wiki>!?\[\[)"
    r"|(?P<hidden>%%)",
    re.S,
)
_TAG_ENDS = {"{{": "}}", "{%": "%}", "{>>": "<<}"}
# The outer loop is greedy, not possessive: Python before 3.11.5 leaves a possessive group where its
# last, failed round ended (gh-106052). Nothing is gained by going back, so it stays linear.
_PLAIN = re.compile(
    r"(?:[^\\`<{$\[!%]++|`[^`\r\n\0]++`(?!`)|\[(?!\[)|!(?!\[\[)|<(?![A-Za-z/>!])|%(?!%))*"
)
"""Text in which no opaque part begins, simple code spans included; skipping it saves time."""
_BLANK_LINE = re.compile(r"\x00+|\n[ \t>]*(?=\n)|\r\n?[ \t>]*(?=\r)")
_TICKS = re.compile(r"`+")
_LONGEST = 20_000
"""Longest tag in characters; longer ones do not count as tags."""
_LONGEST_SCRIPT = 200_000
"""Longest tag of a component with all its data, or longest expression, in characters."""
_ATTRIBUTES = re.compile(
    r"\{(?:[ \t]?[#.][\w-]|:[ #.\w-]|\s?[\w-]+=)(?:[^{}\r\n`]++|\r?\n(?![ \t>]*[\r\n]))*"
    r"\}(?!\})"
    r"|\{:/?\w*/?\}"
    r"|\{@\w+ [^{}\n]{1,400}\}"
)
"""Attributes of kramdown, Pandoc and Markdown Extra; links of TSDoc."""
_BEFORE = re.compile(r"[\])`*_~\w>}\"]")
_TARGET = re.compile(r" ?<[^<>`\n]+>\Z")
_WIKI = re.compile(r"[^\[\]\n|]{1,300}(?:(?P<bar>\|)[^\[\]\n]{1,300})?")
_ATTRIBUTE = re.compile(r"=\{|\{\.\.\.")
_EXPRESSION = re.compile(r"=>|\w\([^()]*\)|\"[^\"]*\"|`[^`]*`|'[^']*'")
_LINE_END = re.compile(r"[ \t]*(?:[\r\n]|\Z)")
_LINE_START = re.compile(r"(?:^|[\r\n])[ \t>]*\Z")
_AROUND = 200
"""Characters that are searched before a tag; more would not be linear."""
_END_ALONE = re.compile(r"(?:\r\n?|\n)[ \t]*>(?=[ \t]*[\r\n])")
"""The end of a tag on a line of its own, which looks like the blank line of a block quote."""
_MARKS_OF_SCRIPT = {">": re.compile("[{}\"'`<>]"), "}": re.compile("[{}\"'`]")}
"""Signs to look for on the way to the end of a tag, and of an expression."""
_STOPS = {">": "<>", "}": "}"}
"""Signs that end the search outside of braces; for a tag also the start of another one."""
_DEPTHS = {"{": 1, "}": -1}
_QUOTES = {
    quote: (re.compile(quote), re.compile(rf"(?:(?<!\\)|(?<=\\\\)){quote}")) for quote in "\"'`"
}
"""End of a string by its quote: outside of braces, and within them, where it may be escaped."""
_NO_SCRIPT = re.compile(r"\{(?:[#.:]|\+\+|--|~~|==)")


def find_opaque(text: str, *, script: bool = False) -> list[OpaquePart]:
    """Find the opaque parts of a text, in order, without overlaps.

    A part does not extend over a blank line or a NUL, which marks text that was taken out; but an
    expression in braces may contain both, and in MDX the braces of a tag may contain blank lines.
    Code spans and HTML comments are skipped. With ``script`` the text is MDX, and braces contain
    expressions. The time is linear: no end is searched for twice.
    """
    possible = script or any(sign in text for sign in _SIGNS)
    return _Search(text, script).run() if possible else []


class _Search:
    def __init__(self, text: str, script: bool) -> None:
        self.text = text
        self.script = script
        self.parts: list[OpaquePart] = []
        self._next_places: dict[str, int] = {}
        self._formulas = Formulas(text)
        self._breaks: list[int] | None = None
        self._ticks: dict[int, list[int]] | None = None
        self._barren = {"}": 0, ">": 0}
        """Offset, by closing sign, before which no expression or script tag is searched for."""
        self._unending = 0
        """Offset before which no further tag is searched for an end behind a blank line."""
        self._readers: dict[str, Callable[[re.Match[str]], int]] = {
            "math": self._brackets,
            "ticks": self._code,
            "comment": lambda m: self._end("-->", m.end()) or m.end(),
            "hugo": lambda m: self._tag(m, (">" if m["hugo"] == "<" else "%") + "}}"),
            "note": lambda m: self._tag(m, "#}"),
            "jsx": self._element,
            "role": self._role,
            "brace": self._brace,
            "dollars": self._dollars,
            "wiki": self._wiki,
            "hidden": self._obsidian_comment,
        }

    def run(self) -> list[OpaquePart]:
        at = 0
        while plain := _PLAIN.match(self.text, at):
            at = plain.end()
            token = _OPEN.match(self.text, at)
            if at == len(self.text):
                break
            if not token:
                at += 1
            elif token.lastgroup:
                at = self._readers[token.lastgroup](token)
            elif token[0][0] == "\\":
                at = token.end()
            else:
                at = self._tag(token, _TAG_ENDS.get(token[0], "}}}"))
        return self.parts

    def _end(self, sign: str, at: int) -> int:
        """Return the offset behind the next such sign; 0 if there is none."""
        place = self._next_places.get(sign)
        if place is None or 0 <= place < at:
            place = self._next_places[sign] = self.text.find(sign, at)
        return place + len(sign) if place >= 0 else 0

    def _is_broken(self, start: int, end: int) -> bool:
        """Return whether a range contains a blank line, or is too long for a tag."""
        return end - start > _LONGEST or self._break(start) < end

    def _break(self, start: int) -> int:
        """Return the start of the next blank line; the end of the text if there is none."""
        if self._breaks is None:
            self._breaks = [m.start() for m in _BLANK_LINE.finditer(self.text)]
        at = bisect_left(self._breaks, start)
        return self._breaks[at] if at < len(self._breaks) else len(self.text)

    def _take(self, kind: str, start: int, end: int) -> int:
        self.parts.append(OpaquePart(kind, start, end))
        return end

    def _tag(self, token: re.Match[str], sign: str) -> int:
        end = self._end(sign, token.end())
        if not end or self._is_broken(token.start(), end):
            return token.end()
        return self._take("placeholder", token.start(), end)

    def _code(self, token: re.Match[str]) -> int:
        """Skip a code span, whose end is found as in CommonMark."""
        if self._ticks is None:
            self._ticks = {}
            for run in _TICKS.finditer(self.text):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        closing = self._ticks.get(len(token[0]), [])
        at = bisect_left(closing, token.end())
        if at < len(closing) and not self._is_broken(token.start(), closing[at]):
            return closing[at] + len(token[0])
        return token.end()

    def _brackets(self, token: re.Match[str]) -> int:
        r"""Read ``\(…\)`` or ``\[…\]``, if it contains mathematics and not escaped words."""
        start, end = token.start(), self._end("\\)" if token["math"] == "(" else "\\]", token.end())
        whole = end and not self._is_broken(start, end)
        if whole and self._formulas.between_brackets(token.end(), end):
            return self._take("code", start, end)
        return token.end()

    def _dollars(self, token: re.Match[str]) -> int:
        """Read mathematics between single or double dollar signs."""
        start, at, sign = token.start(), token.end(), token[0]
        end = self._end(sign, at)
        if not end or self._is_broken(start, end) or not self.text[at : end - len(sign)].strip():
            return at
        if sign == "$" and not self._formulas.between_dollars(at, end - 1):
            return at
        return self._take("code", start, end)

    def _role(self, token: re.Match[str]) -> int:
        """Read a role of MyST; if it has a text and a target, only the text is left."""
        opening = _TICKS.match(self.text, token.end())
        end = self._code(opening) if opening else token.end()
        if not opening or end == opening.end():
            return token.end()
        inner = self.text[opening.end() : end - len(opening[0])]
        target = _TARGET.search(inner)
        if target is None or not target.start():
            return self._take("placeholder", token.start(), end)
        self._take("placeholder", token.start(), opening.end())
        return self._take("placeholder", opening.end() + target.start(), end)

    def _brace(self, token: re.Match[str]) -> int:
        start = token.start()
        attributes = _ATTRIBUTES.match(self.text, start)
        behind = start and _BEFORE.match(self.text, start - 1)
        # {.class} belongs to what is before it; only {:…} and {@…} may be on their own.
        if attributes and (behind or attributes[0][1] in ":@") and not self.script:
            return self._take("placeholder", start, attributes.end())
        if _NO_SCRIPT.match(self.text, start):
            return token.end()
        end = self._find_end(start, "}")
        if end and (self.script or self._is_expression(start, end)):
            return self._take("placeholder", start, end)
        self._barren["}"] = max(end, self._barren["}"])
        return token.end()

    def _is_expression(self, start: int, end: int) -> bool:
        comment = self.text.find("/*", start, end)
        closed = comment >= 0 and self.text.find("*/", comment + 2, end) >= 0
        return closed or _EXPRESSION.search(self.text, start, end) is not None

    def _element(self, token: re.Match[str]) -> int:
        """Read a tag that is not HTML: one with braces in it, or a component of MDX."""
        name = token[0].lstrip("</")
        if not name and not (self.script and self.text[token.end()] == ">"):
            return token.end()
        end = self._find_end(token.start(), ">")
        inner = self.text[token.start() : end]
        component = self.script and (not name.islower() or self._divides(name, token.start(), end))
        if end and (component or _ATTRIBUTE.search(inner)):
            return self._take("tag", token.start(), end)
        if not self.script:  # no tag within it has what makes it one of a script, either
            self._barren[">"] = max(end, self._barren[">"])
        return token.end()

    def _divides(self, name: str, start: int, end: int) -> bool:
        """Return whether an HTML tag has its lines for itself, and is not part of a sentence."""
        if name in INLINE_TAGS or not _LINE_END.match(self.text, end):
            return False
        return _LINE_START.search(self.text[max(0, start - _AROUND) : start]) is not None

    def _find_end(self, start: int, sign: str) -> int:
        """Find the end of a script's tag or expression; only braces in a tag hold blank lines."""
        if start < self._barren[sign]:
            return 0
        most = min(len(self.text), start + _LONGEST_SCRIPT)
        near = min(most, self._break(start)) if sign == ">" else most
        closing = self._follow(start, sign, near)
        end = closing.end
        if closing.in_braces and near < most and self.script and start >= self._unending:
            most = min(most, (self._end("\0", start) or most + 1) - 1)
            end, self._unending, _ = self._follow(start, sign, most)
        if not end:
            self._barren[sign] = closing.reached
        return end

    def _follow(self, start: int, sign: str, limit: int) -> _Closing:
        """Search for a sign outside of all braces and quotes."""
        depth, at = 0, start + (sign == ">")
        while mark := _MARKS_OF_SCRIPT[sign].search(self.text, at, limit):
            char, at = mark[0], mark.end()
            depth += _DEPTHS.get(char, 0)
            if char in _QUOTES:
                at = self._behind_quote(at, limit, in_braces=depth != 0)
            elif not depth and char in _STOPS[sign]:
                return _Closing(at, limit, False) if char == sign else _Closing(0, at - 1, False)
        outside = not depth and at <= limit
        alone = outside and sign == ">" and _END_ALONE.match(self.text, limit)
        return _Closing(alone.end() if alone else 0, limit, depth > 0)

    def _behind_quote(self, at: int, limit: int, *, in_braces: bool) -> int:
        """Return the offset behind the string that a quote before ``at`` begins.

        It is beyond the limit if the string does not end, and ``at`` if the quote begins none.
        """
        if not in_braces and self.text[at - 2] != "=":
            return at
        closing = _QUOTES[self.text[at - 1]][in_braces].search(self.text, at, limit)
        return closing.end() if closing else limit + 1

    def _wiki(self, token: re.Match[str]) -> int:
        """Read a wiki link; if it has a text of its own, only the text is left."""
        inner = _WIKI.match(self.text, token.end())
        if not inner or not self.text.startswith("]]", inner.end()):
            return token.end()
        end = inner.end() + 2
        # A link of CommonMark, such as [[a]](u), or a number in brackets, is none of a wiki.
        if self.text[end : end + 1] in ("(", "[", ":") or not re.search(r"[^\W\d]", inner[0]):
            return token.end()
        if token[0] == "[[" and inner["bar"]:
            self._take("placeholder", token.start(), inner.start("bar") + 1)
            return self._take("placeholder", inner.end(), end)
        return self._take("placeholder", token.start(), end)

    def _obsidian_comment(self, token: re.Match[str]) -> int:
        """Read a comment of Obsidian."""
        start, end = token.start(), self._end("%%", token.end())
        before, behind = self.text[start - 1 : start], self.text[end : end + 1]
        if not end or before.strip() or behind.strip() or self._is_broken(start, end):
            return token.end()
        return self._take("placeholder", start, end)
