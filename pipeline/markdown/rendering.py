"""Rendering of Markdown as HTML, by the fastest library that renders all that a text holds."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from pipeline.markdown.dialects.view import parser_view, stand_in
from pipeline.markdown.formulas import find_formulas, formula_html
from pipeline.markdown.parser import to_html
from pipeline.markdown.rich_html import is_rich, rich_html
from pipeline.ranges import replace_ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.markdown.rich_boxes import Label

__all__ = ["render_html"]

_KRAMDOWN = re.compile(r"\{:[ \t]*(?=[#.\w])")
_BARE_VALUE = re.compile(r"([\w-]=)(?![\"'])([^\s\"'{}]+)")
_COLONS = re.compile(rb"[ \t]*+(?P<colons>:{3,}+)(?P<words>[^\r\n]*+)")
_TAG = re.compile(r"<[A-Za-z/][^<>]*>")


def render_html(body: str, labels: Mapping[str, Label]) -> str:
    """Return Markdown as HTML; raw HTML passes through, so the result must be sanitised.

    Formulas become MathML. ``labels`` are the words that `rich_html` adds.
    """
    formulas: list[str] = []
    sign = stand_in(body)
    body = replace_ranges(body.encode(), sorted(_edits(body, formulas, sign))).decode()
    raw = rich_html(body, labels) if is_rich(body) else to_html(body)
    return _restore(raw, formulas, sign) if formulas else raw


def _edits(body: str, formulas: list[str], sign: str) -> Iterator[tuple[int, int, bytes]]:
    """Yield the edits by which the libraries understand a body; offsets in bytes.

    Formulas are put aside into a list, lest Markdown's marks in them count.
    """
    view = parser_view(body)
    if view is None:
        return
    data = body.encode()
    yield from _nest_containers(data, [begin for begin, _, is_same in view.origins if not is_same])
    for start, end, is_same in view.origins:
        if is_same:
            continue
        raw = data[start:end].decode()
        if (start, end) in view.odd_spaces:
            yield start, end, b" "
        elif raw.startswith(("$", "\\")):
            for first, last in find_formulas(raw):
                formulas.append(raw[first:last])
                at = start + len(raw[:first].encode())
                token = f"{sign}{len(formulas) - 1}{sign}".encode()
                yield at, start + len(raw[:last].encode()), token
        elif (raw.startswith("{") and "=" in raw) or raw.startswith("{:"):
            mended = _BARE_VALUE.sub(r'\1"\2"', _KRAMDOWN.sub("{", raw))
            yield start, end, mended.encode()


def _nest_containers(data: bytes, starts: Iterable[int]) -> Iterator[tuple[int, int, bytes]]:
    """Yield the edits that give an outer container more colons than those in it.

    Dialects differ in which of them has more; the library needs it this way.
    """
    marks = [match for match in (_COLONS.match(data, start) for start in starts) if match]
    open_marks: list[int] = []
    height = [1] * len(marks)
    pairs: list[tuple[int, int]] = []
    for number, mark in enumerate(marks):
        if mark["words"].strip(b" \t:"):
            open_marks.append(number)
        elif open_marks:
            opening = open_marks.pop()
            pairs.append((opening, number))
            height[number] = height[opening]
            if open_marks:
                height[open_marks[-1]] = max(height[open_marks[-1]], height[opening] + 1)
    for opening, closing in pairs:
        for number in (opening, closing):
            yield *marks[number].span("colons"), b":" * (2 + height[number])


def _restore(raw: str, formulas: list[str], sign: str) -> str:
    """Return HTML with its formulas: as MathML in texts, as TeX in attributes."""
    token = re.compile(f"{sign}([0-9]+){sign}")
    raw = _TAG.sub(
        lambda tag: (
            token.sub(lambda m: html.escape(formulas[int(m[1])]), tag[0])
            if sign in tag[0]
            else tag[0]
        ),
        raw,
    )
    return token.sub(lambda m: formula_html(formulas[int(m[1])]), raw)
