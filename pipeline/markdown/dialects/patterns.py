"""The shapes by which lines of dialects are known; each pattern matches behind the indent."""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "BODIES",
    "CALLOUT",
    "CONTAINER",
    "CONTENTS",
    "DEEP",
    "DEFINITION",
    "DIRECTIVE",
    "END_OF_BLOCK",
    "FENCE",
    "HTML",
    "INDENTED",
    "ITEM",
    "LITERAL",
    "MARKED_HTML",
    "MODULE",
    "OF_HEADING",
    "OF_MYST",
    "OPTION",
    "SINGLE",
    "TEXTUAL",
    "TITLED",
    "Body",
    "hinted",
    "of_component",
    "of_script",
    "text_attributes",
]

_HINT = re.compile(
    r":::|^[ \t>]*(?:!!!|\?\?\?|===[!+]? |::?[ \t\w]|/// |\*\[|-+8<|\[!\w|\$\$|\\\[)"
    r"|\{[{%#<>:/*]|\{[\w:+.-]+\}`|(?:```|~~~)[ \t]*\{|\\begin\{|^[ \t]*\{(?:[\w-]+=|\.\w)"
    r"|\[(?:_?TOC|toc)|^\([^)\n]+\)=|<[A-Z][a-z][^<>`\n]{0,200}/>|</[A-Z][a-z]|<>|=\{"
    r"|^import\s*+(?:\{|[^\n]*['\"])|^export\s+(?:const|let|var|default|async|function|class|[*{])"
    r"|\smarkdown[=>]",
    re.M,
)
"""Where this is not found no line of a dialect is."""
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
}
"""What stands in each of those lines, by its rarest character."""

FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]{1,4}(?=\S)")
HTML = re.compile(
    r"</?(?:address|article|aside|blockquote|body|center|col|colgroup|dd|details|dialog|dir|div|dl"
    r"|dt|fieldset|figcaption|figure|footer|form|frame|h[1-6]|head|header|hr|html|iframe|legend|li"
    r"|link|main|menu|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody"
    r"|td|tfoot|th|thead|title|tr|ul)(?=[\s/>]|$)",
    re.I,
)
"""Tags that begin a block of HTML, which a blank line ends (CommonMark 0.31, 4.6, kind 6)."""
LITERAL = re.compile(r"<(?:(?P<name>pre|script|style|textarea)(?=[\s>]|$)|(?P<comment>!--))", re.I)
MARKED_HTML = re.compile(
    r"<(?P<name>[A-Za-z][\w-]*+)(?=[^<>]*\smarkdown(?:=[\"']?(?:1|block|span)[\"']?)?[\s>])"
    r"[^<>]*+>[ \t]*$"
)
"""A tag that says that Markdown stands in it (Markdown Extra, kramdown, Python-Markdown)."""

DIRECTIVE = re.compile(r"(?P<fence>`{3,}|~{3,}|:{3,})\{(?P<name>[\w:+-]+)\}[ \t]*(?P<title>.*)")
_TEXTUAL = (
    "admonition attention caution danger error hint important note tip warning seealso topic"
    " sidebar epigraph margin aside dropdown details card tab-set tab-item grid grid-item"
    " grid-item-card versionadded versionchanged deprecated div container figure table list-table"
    " glossary prf:theorem prf:proof proof theorem exercise solution pull-quote highlights"
    " blockquote button-link card-carousel"
)
TEXTUAL = frozenset(_TEXTUAL.split())
"""Directives of MyST and Sphinx in which Markdown stands; all others are code."""
_TITLED = (
    "admonition topic sidebar dropdown details card tab-item grid-item-card table list-table"
    " exercise prf:theorem theorem note tip warning hint important caution danger error attention"
    " seealso"
)
TITLED = frozenset(_TITLED.split())
"""Those of them whose argument is text."""
OPTION = re.compile(r":(?:(?:alt|caption):[ \t]+(?P<title>.*)|[\w-]+:(?:[ \t]|$))")
OF_HEADING = re.compile(r"#{1,6}[ \t].*\{(?P<colon>:)[ \t]*[#.\w][^{}]*\}[ \t]*$")
"""A heading with its id as kramdown and Python-Markdown write it."""

_ATTRIBUTES = r"(?:[ \t]*+\{[^{}]*+\})?+"
_LABEL = r"(?:[^\[\]]|\[[^\[\]]*+\])*+"
# Blanks are looked at once, from where they begin: a title ends in none, nor in a colon but
# before attributes.
CONTAINER = re.compile(
    rf":{{3,}}+[ \t]*+(?:\{{[^{{}}]*+\}}|[\w.-]*+)(?:\[(?P<label>{_LABEL})\])?{_ATTRIBUTES}"
    r"[ \t]*+:*+[ \t]*+(?:(?P<title>[^\s{:][^{]*?)(?:(?<![ \t:])|(?<![ \t])(?=[ \t]*+\{)))?"
    rf"{_ATTRIBUTES}[ \t]*+:*+[ \t]*+$"
    rf"|::[\w-]+(?:\[(?P<leaf>{_LABEL})\])?{_ATTRIBUTES}[ \t]*+$"
    r"|/{3,}(?:[ \t]+(?:html[ \t]*\|.*|[\w-]+(?:[ \t]*\|[ \t]*(?P<block>.*))?))?[ \t]*$"
)
END_OF_BLOCK = re.compile(r"^[ \t>]*/{3,}[ \t]*$", re.M)
"""What the blocks of PyMdown end with, which begin with the same sign."""
INDENTED = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]*[\w-]+(?:[ \t]+[\w-]+)*(?:[ \t]+\"(?P<title>[^\"]*)\")?[ \t]*$"
    r"|===[!+]?[ \t]+\"(?P<tab>[^\"]*)\"[ \t]*$"
)
"""Lines whose block is what is indented below them."""
CALLOUT = re.compile(
    r"\[!(?!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$)[\w|-]+\][+-]?[ \t]*(?P<title>.*)", re.I
)
"""First line of a quotation; what GitHub knows is left to the parser."""
SINGLE = re.compile(
    r"\{:[^{}]*\}[ \t]*$|\{[ ]?[#.][\w-][^{}]*\}[ \t]*$|\{[\w-]+=[^{}]*\}[ \t]*$|\{::.*\}[ \t]*$"
    r"|\[\[?_?(?:TOC|toc)_?\]?\][ \t]*$|-+8<-+.*|\([\w:. /-]+\)=[ \t]*$"
    r"|(?:[*-]|1\.)[ \t]+[^\n]*\{:toc\b[^{}]*\}[ \t]*$|\*\[[^\]]+\]:[ \t]*(?P<title>.*)"
)
CONTENTS = re.compile(r"\{:toc\b")
OF_MYST = re.compile(r"%(?:[ \t]|$)|\+\+\+(?:[ \t]|$)")
DEEP = re.compile(r"^[ \t]*+(?:(?:[-*+>]|\d{1,9}[.)])[ \t]{0,4}){100}", re.M)
"""A line of so many lists and quotations that no reader counts them; the parser asks each of them
again at each line below, so it does not see them."""
DEFINITION = re.compile(r"^ {0,3}:[ \t]+\S", re.M)


def hinted(body: str) -> bool:
    """Tell whether there may be a line of a dialect."""
    # One character that is nowhere is found out ten times as fast as a string, and that
    # as much faster than by the pattern.
    there = (signs for char, signs in _SIGNS.items() if char in body)
    shaped = any(s in body for signs in there for s in signs) and _HINT.search(body)
    return bool(shaped or DEEP.search(body))


_SHOWN = r"(?:title|label|caption|summary|alt|heading|description|placeholder)"
_TEXT_ATTRIBUTE = re.compile(rf"\b{_SHOWN}=(?:\"((?:[^\"{{}}\\]|\\.)*)\"|'((?:[^'{{}}\\]|\\.)*)')")
_TEXT_PROPERTY = re.compile(
    rf"[{{,]\s*+(?P<quote>[\"']?){_SHOWN}(?P=quote)\s*+:\s*+"
    r"(?:\"((?:[^\"\\\r\n]|\\.)*)\"|'((?:[^'\\\r\n]|\\.)*)')"
)
"""Properties of objects in JavaScript."""
_TEXT_IN_TAG = re.compile(f"{_TEXT_ATTRIBUTE.pattern}|{_TEXT_PROPERTY.pattern}")


def text_attributes(
    text: str, start: int, end: int, *, script: bool = False
) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the values of attributes that people read.

    In a ``script``, those of properties; a tag of MDX may have both.
    """
    in_script = _TEXT_IN_TAG if text.startswith("<", start) else _TEXT_PROPERTY
    for found in (in_script if script else _TEXT_ATTRIBUTE).finditer(text, start, end):
        yield found.span(found.lastindex or 0)


class Body:
    """A line that begins what is opaque up to its end."""

    def __init__(self, begin: str, end: str, limit: int | None) -> None:
        self.begin = re.compile(begin)
        self.end = end
        """A template; the group of the first pattern takes the place of ``{}``."""
        self.limit = limit
        """Characters in which the end must stand."""


BODIES = (
    Body(
        r"\{%-?[ \t]*(highlight|comment|codeblock|math|mermaid|plantuml|schema"
        r"|javascript|stylesheet|style)\b",
        r"\{{%-?\s*end{}\b[^\r\n]*",
        None,
    ),
    Body(
        r"\{\{[<%][ \t]*(highlight|code|comment|math|katex|mermaid|chart|diagram|plantuml)\b"
        r"(?!.*/[>%]\}\})",
        r"\{{\{{[<%]\s*/\s*{}\b[^\r\n]*",
        None,
    ),
    Body(r"\{::(comment|nomarkdown)\}", r"\{{:/(?:{})?\}}[^\r\n]*", None),
    Body(
        r"(\$\$)(?!.*\$\$)", r"(?<!\\)\$\$(?=[ \t]*(?:\([^()\r\n]*\)[ \t]*)?[\r\n]|[ \t]*\Z)", 4000
    ),
    Body(r"\\(\[)(?!.*\\\])", r"\\\](?=[ \t]*[\r\n]|[ \t]*\Z)", 4000),
    Body(r"\\begin\{([A-Za-z]+\*?)\}", r"\\end\{{{}\}}[^\r\n]*", 4000),
)
"""Tags and mathematics with nothing to translate up to their ends."""

MODULE = re.compile(
    r"import\s+(?:[\w*{][^\n]*\bfrom\s*)?['\"][^'\"\n]+['\"];?[ \t]*$|import\s*(?:type\s*)?\{[^}]*$"
    r"|export\s+(?:const|let|var|default|async|function|class|\*|\{)"
)
"""Statements of MDX."""
_CAPITALS = frozenset(ascii_uppercase)
_BEGUN = re.compile(r"<[A-Z][\w.]*")
_OF_MDX = re.compile(r"[a-z][\w-]*=\{[\[{(`\"'\w]")
_TAG_OF_SCRIPT = re.compile(r"</[A-Z][\w.]*>[ \t]*$|</?>[ \t]*$|\{/\*|<[A-Z][\w.]*(?=[\s/>]|$)")


def of_component(words: str, following: str) -> bool:
    """Tell whether a line begins a tag that has an attribute of MDX in the next one."""
    return _BEGUN.fullmatch(words.rstrip()) is not None and _OF_MDX.match(following) is not None


def of_script(words: str) -> bool:
    """Tell whether a line is one of MDX that no HTML has, with nothing to translate in it."""
    if not _TAG_OF_SCRIPT.match(words):
        return False
    end = words.rstrip()
    return words[1] not in _CAPITALS or end.endswith("/>") or ("={" in words and end[-1] in ">{[(")
