"""Find markup, addresses, names and numbers, which a translation must carry over."""

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
"""Characters around addresses; languages without spaces write them directly beside an address."""
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
"""Tags without an end tag: https://html.spec.whatwg.org/#void-elements"""
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
"""Constructs that are not Markdown; the first that matches a place wins."""
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
    """A construct that a translation must carry over; offsets in code points of its text."""

    kind: str
    """Kind of a `parser.Inline`, or a key of `PLAIN`."""
    value: str
    """Address, code, tag or name that must stay; empty for emphasis and line breaks."""
    start: int
    end: int
    inner_start: int
    """Start of the text between its marks; equal to ``end`` if there is none."""
    inner_end: int


class Marked(NamedTuple):
    """A text split into its marks and the rest."""

    marks: tuple[Mark, ...]
    """Markdown first, then the kinds of `PLAIN`; of one kind in the order of their ends."""
    rest: str
    """The text with spaces in place of the marks; offsets stay."""


class Form(NamedTuple):
    """Notation for protected spans, chosen so that an engine carries them through."""

    token: str
    """Token with ``{n}`` for its number from 0, such as ``[X{n}X]`` or ``<x id="{n}"/>``."""
    open: str = ""
    """Token for the beginning of markup around words, such as ``<g id="{n}">``.

    If it is set, all three are XML tags. Empty: markup around words is two tokens.
    """
    close: str = ""
    """Token for the end of markup around words, such as ``</g>``; it may contain ``{n}``."""
    tags: bool = False
    """True if the text is XML: its own ``&``, ``<`` and ``>`` are sent as entities."""
    loose: str = ""
    """Pattern of the variants of a token in an engine's answer; its group is the number.

    It also matches the token as it was sent. Empty: only the token as it was sent, in any case of
    letters, and for tags with other quotes and spaces.
    """


@lru_cache(maxsize=8)  # each family of checks asks for the same two texts
def find_marks(text: str, labels: frozenset[str] = frozenset()) -> Marked:
    """Find the constructs that a translation must carry over, with their places."""
    marks: list[Mark] = []
    rest = text
    items = inline(text, labels)
    if items:
        characters = list(text)
        for item in items:
            if item.kind == "escape":
                continue
            value = item.target if item.kind != "break" else ""
            marks.append(Mark(item.kind, value, *item[1:5]))
            for start, end in ((item.start, item.inner_start), (item.inner_end, item.end)):
                characters[start:end] = " " * (end - start)
        rest = "".join(characters)
    for kind, pattern in PLAIN.items():
        if any(sign in rest for sign in _SIGNS[kind]):
            for match in pattern.finditer(rest):
                start, end = match.span()
                marks.append(Mark(kind, match[0], start, end, end, end))
            rest = pattern.sub(lambda m: " " * len(m[0]), rest)
    return Marked(tuple(marks), rest)


def count_constructs(text: str, labels: frozenset[str] = frozenset()) -> Counter[tuple[str, str]]:
    """Count the constructs that a translation must carry over, by kind and value; in any order."""
    return Counter((mark.kind, mark.value) for mark in find_marks(text, labels).marks)


def count_numbers(text: str) -> Counter[str]:
    """Count the numbers by their digits, without separators of thousands and decimals.

    1,234 and 1 234 and 1.234 are one number, and so are 3.50 and 3,50, but 12.5 and 125, too. It
    needs no locale and serves the alignment; `rules.fidelity.numbers` compares values.
    """
    rest = FOOTNOTE.sub(" ", ENTITY.sub(" ", URL.sub(" ", text)))
    rest = _GROUPED.sub(lambda m: re.sub(r"\D", "", m[0]), rest)
    return Counter(re.sub(r"\D", "", match[0]) for match in re.finditer(r"\d+(?:[.,'’]\d+)*", rest))


def term_pattern(term: str) -> re.Pattern[str]:
    """Return a pattern that finds a protected term as a whole word."""
    begins = r"(?<!\w)" if term[:1].isalnum() else ""
    ends = r"(?!\w)" if term[-1:].isalnum() else ""
    return re.compile(begins + re.escape(term) + ends)
