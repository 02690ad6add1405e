"""Links and images without an address or a text, and captions directly below their image."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.findings import Problem, Severity
from pipeline.markdown import inline
from pipeline.rules.article.headings import byte_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Place
    from pipeline.model import Article
    from pipeline.rules.article.headings import TextRun

__all__ = ["check_captions", "check_links"]

_BREAK = re.compile(r"[\r\n]+[ \t>]*")
# Two spaces or a backslash before the line end are a hard line break, written on purpose.
# An image in the next line is part of a gallery and not a caption.
_CAPTION = re.compile(rb" ?(?:\r\n|\n|\r)[ \t]*(?P<words>[^\s!])")
# Not after a word or a bracket: a[0][1] is code without its backticks.
_LABELLED = re.compile(r"(?<![\\!\]\w])!?\[[^\[\]\n]+\]\[(?=[^\[\]]*\w)(?P<label>[^\[\]^]+)\]")
_HIDDEN_KINDS = frozenset({"code", "tag", "address", "link", "image"})
_SPACE = re.compile(r"\s+")


def check_links(article: Article, text: TextRun) -> Iterator[tuple[Problem, Place]]:
    """Yield links and images without an address, undefined labels, missing alternative texts."""
    raw = _one_line(article, text)
    items = inline(raw, article.labels)
    for item in items:
        place = _place_of(article, text, raw, item.start, item.end)
        if item.kind == "link" and not item.target:
            words = raw[item.inner_start : item.inner_end]
            yield Problem("AR108", f"link '{words}' has no address"), place
        elif item.kind == "image" and not item.target:
            yield Problem("AR108", "image has no address"), place
        elif item.kind == "image" and item.inner_start == item.inner_end:
            message = "image has no alternative text"
            yield Problem("AR108", message, severity=Severity.INFO), place
    hidden_ranges = [(item.start, item.end) for item in items if item.kind in _HIDDEN_KINDS]
    for match in _LABELLED.finditer(raw):
        label = _SPACE.sub(" ", match["label"]).strip().casefold()
        inside = any(start <= match.start() < end for start, end in hidden_ranges)
        if not inside and label not in article.labels:
            place = _place_of(article, text, raw, *match.span())
            yield Problem("AR108", f"link label '{match['label']}' is not defined"), place


def check_captions(article: Article, text: TextRun) -> Iterator[tuple[Problem, Place]]:
    """Yield a text directly below an image that has a line of its own."""
    raw = _one_line(article, text)
    if not text.paragraph or not raw.startswith("!["):
        return
    images = (item for item in inline(raw, article.labels) if item.kind == "image")
    image = next((item for item in images if item.start == 0), None)
    if image is None:
        return
    rest = article.data[text.start + len(raw[: image.end].encode("utf-8")) : text.end]
    caption = _CAPTION.match(rest)
    if caption:
        start = text.end - len(rest) + caption.start("words")
        message = "text directly below an image: put an empty line between them"
        yield Problem("AR103", message), byte_place(article, start, text.end)


def _one_line(article: Article, text: TextRun) -> str:
    """Return the text on one line: line ends and their prefixes become as many spaces."""
    raw = article.data[text.start : text.end].decode("utf-8", "replace")
    return _BREAK.sub(lambda m: " " * len(m[0]), raw)


def _place_of(article: Article, text: TextRun, raw: str, start: int, end: int) -> Place:
    before = text.start + len(raw[:start].encode("utf-8"))
    return byte_place(article, before, before + len(raw[start:end].encode("utf-8")))
