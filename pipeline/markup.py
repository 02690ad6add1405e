"""What a translation must carry over: markup, addresses, names, numbers; and how to hide it.

`protect` puts a token in the place of each such span, so that an engine cannot harm it;
`restore` puts the spans back, or tells what became of them.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from pipeline.markdown import inline

__all__ = [
    "EMAIL",
    "PLAIN",
    "URL",
    "Damaged",
    "Mark",
    "Marked",
    "Protected",
    "constructs",
    "has_words",
    "marked",
    "numbers",
    "protect",
    "restore",
    "term_pattern",
]

URL = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"“”«»]*[^\s<>()\[\]\"“”«».,;:!?'’]")
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
_MEASURE = re.compile(
    r"(?:[$€£¥]\s?)?(?<!\d)(?<!\d[.,])\d+(?:[.,]\d+)*\s?(?:%|‰|°[CF]?|[kMG]?B\b|[kcm]?m\b|k?g\b|[€£¥]|\$)"
    r"|[$€£¥]\s?\d+(?:[.,]\d+)*"
)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);")
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)")
_LETTERS = re.compile(r"[^\W\d_]")

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


class Protected(NamedTuple):
    """A text with tokens in it."""

    text: str
    """What an engine gets."""
    tokens: tuple[str, ...]
    """Each token as it stands in the text, in order."""
    spans: tuple[str, ...]
    """What each token stands for."""
    glue: tuple[tuple[bool, bool], ...]
    """Whether a blank was put before and behind each token, which goes again."""
    form: str = ""
    """How the tokens are written, with ``{n}`` for the number; empty where there are none."""


class Damaged(NamedTuple):
    """Why a text cannot be restored."""

    reason: str


class _Span(NamedTuple):
    start: int
    end: int
    text: str
    """What is put there in the end; as a rule what stands there now."""


def protect(
    text: str,
    token: str,
    terms: tuple[str, ...] = (),
    labels: frozenset[str] = frozenset(),
) -> Protected | Damaged:
    """Put tokens in the place of all that a translation must carry over as it is.

    ``token`` is the form that the engine keeps, with ``{n}`` for a number; a text in which
    such a word stands already cannot be protected.
    """
    if _token_pattern(token).search(text):
        return Damaged("a word in the text looks like a token")
    parts: list[str] = []
    tokens: list[str] = []
    spans: list[str] = []
    glue: list[tuple[bool, bool]] = []
    at = 0
    for span in _joined(_spans(text, terms, labels), text):
        before, behind = text[at : span.start], text[span.end : span.end + 1]
        left = before[-1:].isalnum()
        right = behind.isalnum()
        word = token.format(n=len(tokens))
        parts += [before, " " if left else "", word, " " if right else ""]
        tokens.append(word)
        spans.append(span.text)
        glue.append((left, right))
        at = span.end
    parts.append(text[at:])
    return Protected("".join(parts), tuple(tokens), tuple(spans), tuple(glue), token)


def restore(answer: str, protected: Protected) -> str | Damaged:
    """Put the spans back; each token must stand in the answer once."""
    if not protected.tokens:
        return answer
    left = {token: at for at, token in enumerate(protected.tokens)}
    parts: list[str] = []
    at = 0
    for found in _token_pattern(protected.form).finditer(answer):
        number = left.pop(found[0], None)
        if number is None:
            return Damaged(f"the engine doubled or made up {found[0]!r}")
        blank_before, blank_behind = protected.glue[number]
        before = answer[at : found.start()]
        parts.append(before.removesuffix(" ") if blank_before else before)
        parts.append(protected.spans[number])
        at = found.end()
        at += blank_behind and answer.startswith(" ", at)
    if left:
        lost = protected.spans[min(left.values())]
        return Damaged(f"the engine lost {lost.strip()[:40]!r}")
    parts.append(answer[at:])
    return "".join(parts)


def has_words(protected: Protected) -> bool:
    """Tell whether anything is left that an engine could translate."""
    form = protected.form
    text = _token_pattern(form).sub(" ", protected.text) if form else protected.text
    return bool(_LETTERS.search(text))


@lru_cache(maxsize=8)  # each family of checks asks for the same two texts
def marked(text: str, labels: frozenset[str] = frozenset()) -> Marked:
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


def constructs(text: str, labels: frozenset[str] = frozenset()) -> Counter[tuple[str, str]]:
    """Count what a translation must carry over, by kind and value; order does not matter."""
    return Counter((mark.kind, mark.value) for mark in marked(text, labels).marks)


def numbers(text: str) -> Counter[str]:
    """Count the numbers by their digits: separators of thousands and decimals do not matter.

    1,234 and 1 234 and 1.234 are one number, and so are 3.50 and 3,50, but 12.5 and 125, too.
    It needs no locale and serves the alignment; `rules.quantities` compares values.
    """
    bare = FOOTNOTE.sub(" ", _ENTITY.sub(" ", URL.sub(" ", text)))
    bare = _GROUPED.sub(lambda m: re.sub(r"\D", "", m[0]), bare)
    return Counter(re.sub(r"\D", "", found[0]) for found in re.finditer(r"\d+(?:[.,'’]\d+)*", bare))


def term_pattern(term: str) -> re.Pattern[str]:
    """Make a pattern that finds a protected term as a whole word."""
    left = r"(?<!\w)" if term[:1].isalnum() else ""
    right = r"(?!\w)" if term[-1:].isalnum() else ""
    return re.compile(left + re.escape(term) + right)


def _spans(text: str, terms: tuple[str, ...], labels: frozenset[str]) -> list[_Span]:
    """Find what is to be protected, in order, without overlaps."""
    taken = bytearray(len(text))
    found: list[_Span] = []

    def take(start: int, end: int, span: str) -> None:
        if start < end and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append(_Span(start, end, span))

    for item in inline(text, labels):
        close = text[item.inner_end : item.end]
        if item.label:
            close = f"][{item.label}]"
        take(item.start, item.inner_start, text[item.start : item.inner_start])
        take(item.inner_end, item.end, close)
    for pattern in (*PLAIN.values(), _ENTITY, _MEASURE):
        for match in pattern.finditer(text):
            take(*match.span(), match[0])
    for term in sorted(terms, key=len, reverse=True):
        for match in term_pattern(term).finditer(text):
            take(*match.span(), match[0])
    return sorted(found)


def _joined(spans: list[_Span], text: str) -> list[_Span]:
    """Make one of spans that touch."""
    joined: list[_Span] = []
    for span in spans:
        if joined and joined[-1].end == span.start:
            last = joined.pop()
            span = _Span(last.start, span.end, last.text + span.text)
        joined.append(span)
    return joined


def _token_pattern(token: str) -> re.Pattern[str]:
    before, _, behind = token.partition("{n}")
    return re.compile(re.escape(before) + r"\d+" + re.escape(behind), re.I)
