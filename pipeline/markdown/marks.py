"""What a translation must carry over: markup, addresses, names, numbers."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from pipeline.markdown.parser import inline

__all__ = [
    "EMAIL",
    "ENTITY",
    "MEASURE",
    "PLAIN",
    "URL",
    "VOID_TAGS",
    "Form",
    "Mark",
    "Marked",
    "count_constructs",
    "count_numbers",
    "find_marks",
    "term_pattern",
]

_AROUND = r"\s<>()\[\]\"“”«»（）「」『』【】《》〈〉⟦⟧⟪⟫，。、；：！？"
"""What stands around addresses; languages without blanks write it close to them."""
URL = re.compile(rf"(?:https?://|www\.)[^{_AROUND}]*[^{_AROUND}.,;:!?'’،؛؟।]")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
HANDLE = re.compile(r"(?<![\w@/.])@\w[\w.]*\w|(?<![\w@/.])@\w")
HASHTAG = re.compile(r"(?<![\w&#/])#(?=\w*[^\W\d])\w+")
PLACEHOLDER = re.compile(
    r"\{\{[^{}]*\}\}|\{%(?:(?!\{%|%\}).)*%\}|\$\{[\w.]+\}|%\(\w+\)[-#0+ ]*\d*(?:\.\d+)?[a-zA-Z]"
    r"|\{[\w.]*(?:[:!][^{}\s]*)?\}|\{\w+, ?(?:number|date|time)(?:,[^{}]*)?\}|%[sd]\b|%\d\$[sd]"
)
EMOJI = re.compile(r"(?<![\w:]):(?:[a-z][\w+-]*|[+-]1):(?![\w:])")
FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
# Here and above a match begins only where its first characters do, which keeps the time linear.
MEASURE = re.compile(
    r"(?:[$€£¥]\s?)?(?<!\d)(?<!\d[.,])\d+(?:[.,]\d+)*\s?(?:%|‰|°[CF]?"
    r"|(?:[kMG]?B|[kcm]?m|k?g)(?![^\W_])|[$€£¥](?!\d))"
    r"|[$€£¥]\s?\d+(?:[.,]\d+)*"
)
ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);")
VOID_TAGS = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input"}
    | {"link", "meta", "param", "source", "track", "wbr"}
)
"""Tags without another half: https://html.spec.whatwg.org/#void-elements"""
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)")

PLAIN = {
    "url": URL,
    "email": EMAIL,
    "placeholder": PLACEHOLDER,
    "footnote": FOOTNOTE,
    "handle": HANDLE,
    "hashtag": HASHTAG,
    "emoji": EMOJI,
}
"""Constructs that are no Markdown; the first that matches a place wins."""
# Looking for a few characters first is a tenth of the work where there is nothing.
_SIGNS = {
    "url": ("://", "www."),
    "email": ("@",),
    "placeholder": ("{", "%"),
    "footnote": ("[^",),
    "handle": ("@",),
    "hashtag": ("#",),
    "emoji": (":",),
}


class Mark(NamedTuple):
    """One thing that a translation must carry over; offsets in code points of its text."""

    kind: str
    """A kind of `markdown.Inline`, or one of `PLAIN`."""
    value: str
    """What must stay: an address, code, a tag, a name; empty for emphasis and line breaks."""
    start: int
    end: int
    inner_start: int
    """Where the text between its marks begins; equal to ``end`` where there is none."""
    inner_end: int


class Marked(NamedTuple):
    """A text taken apart."""

    marks: tuple[Mark, ...]
    """Markdown first, then the kinds of `PLAIN`; of one kind in the order of their ends."""
    rest: str
    """The text with blanks in the place of the marks; offsets stay."""


class Form(NamedTuple):
    """How a protected span is written, so that an engine carries it through."""

    token: str
    """With ``{n}`` for its number from 0, such as ``[X{n}X]`` or ``<x id="{n}"/>``."""
    open: str = ""
    """The same for the beginning of markup around words, such as ``<g id="{n}">``.

    Then all three are XML tags. Empty: markup around words is two tokens.
    """
    close: str = ""
    """The end of markup around words, such as ``</g>``; ``{n}`` may be in it."""
    tags: bool = False
    """Whether the text is XML: its own ``&``, ``<`` and ``>`` travel as entities."""
    loose: str = ""
    """Pattern of the ways in which the engine may write a token back; its group is the number.

    It also fits what was sent. Empty: only as it was sent, in any case of letters, and for tags
    with other quotes and blanks.
    """


@lru_cache(maxsize=8)  # each family of checks asks for the same two texts
def find_marks(text: str, labels: frozenset[str] = frozenset()) -> Marked:
    """Find what a translation must carry over, and where."""
    found: list[Mark] = []
    rest = text
    items = inline(text, labels)
    if items:
        characters = list(text)
        for item in items:
            if item.kind == "escape":
                continue
            value = item.target if item.kind != "break" else ""
            found.append(Mark(item.kind, value, *item[1:5]))
            for start, end in ((item.start, item.inner_start), (item.inner_end, item.end)):
                characters[start:end] = " " * (end - start)
        rest = "".join(characters)
    for kind, pattern in PLAIN.items():
        if any(sign in rest for sign in _SIGNS[kind]):
            for match in pattern.finditer(rest):
                start, end = match.span()
                found.append(Mark(kind, match[0], start, end, end, end))
            rest = pattern.sub(lambda m: " " * len(m[0]), rest)
    return Marked(tuple(found), rest)


def count_constructs(text: str, labels: frozenset[str] = frozenset()) -> Counter[tuple[str, str]]:
    """Count what a translation must carry over, by kind and value; order does not matter."""
    return Counter((mark.kind, mark.value) for mark in find_marks(text, labels).marks)


def count_numbers(text: str) -> Counter[str]:
    """Count the numbers by their digits: separators of thousands and decimals do not matter.

    1,234 and 1 234 and 1.234 are one number, and so are 3.50 and 3,50, but 12.5 and 125, too.
    It needs no locale and serves the alignment; `rules.fidelity.numbers` compares values.
    """
    bare = FOOTNOTE.sub(" ", ENTITY.sub(" ", URL.sub(" ", text)))
    bare = _GROUPED.sub(lambda m: re.sub(r"\D", "", m[0]), bare)
    return Counter(re.sub(r"\D", "", found[0]) for found in re.finditer(r"\d+(?:[.,'’]\d+)*", bare))


def term_pattern(term: str) -> re.Pattern[str]:
    """Make a pattern that finds a protected term as a whole word."""
    left = r"(?<!\w)" if term[:1].isalnum() else ""
    right = r"(?!\w)" if term[-1:].isalnum() else ""
    return re.compile(left + re.escape(term) + right)
