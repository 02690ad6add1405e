"""Links and pictures without an address or a text, and captions that touch their picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.findings import Problem, Severity
from pipeline.markdown import inline
from pipeline.rules.article.headings import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Place
    from pipeline.model import Article
    from pipeline.rules.article.headings import Text

__all__ = ["captions", "links"]

_BREAK = re.compile(r"[\r\n]+[ \t>]*")
# Two blanks or a backslash before the line end are meant: a hard line break.
_STUCK = re.compile(rb" ?(?:\r\n|\n|\r)[ \t]*(?P<words>[^\s!])")
_LABELLED = re.compile(r"(?<![\\!\]\w])!?\[[^\[\]\n]+\]\[(?=[^\[\]]*\w)(?P<label>[^\[\]^]+)\]")
_HIDING = frozenset({"code", "tag", "address", "link", "image"})
_SPACE = re.compile(r"\s+")


def links(article: Article, text: Text) -> Iterator[tuple[Problem, Place]]:
    """Yield links and pictures without an address, undefined labels, missing alternative texts."""
    raw = _readable(article, text)
    found = inline(raw, article.labels)
    for item in found:
        spot = _spot(article, text, raw, item.start, item.end)
        if item.kind == "link" and not item.target:
            words = raw[item.inner_start : item.inner_end]
            yield Problem("AR108", f"link '{words}' has no address"), spot
        elif item.kind == "image" and not item.target:
            yield Problem("AR108", "image has no address"), spot
        elif item.kind == "image" and item.inner_start == item.inner_end:
            message = "image has no alternative text"
            yield Problem("AR108", message, severity=Severity.INFO), spot
    hidden = [(item.start, item.end) for item in found if item.kind in _HIDING]
    for match in _LABELLED.finditer(raw):
        label = _SPACE.sub(" ", match["label"]).strip().casefold()
        inside = any(start <= match.start() < end for start, end in hidden)
        if not inside and label not in article.labels:
            spot = _spot(article, text, raw, *match.span())
            yield Problem("AR108", f"link label '{match['label']}' is not defined"), spot


def captions(article: Article, text: Text) -> Iterator[tuple[Problem, Place]]:
    """Yield a text directly below a picture that has a line of its own."""
    raw = _readable(article, text)
    if not text.paragraph or not raw.startswith("!["):
        return
    images = (item for item in inline(raw, article.labels) if item.kind == "image")
    first = next((item for item in images if item.start == 0), None)
    if first is None:
        return
    rest = article.data[text.start + len(raw[: first.end].encode("utf-8")) : text.end]
    stuck = _STUCK.match(rest)
    if stuck:
        start = text.end - len(rest) + stuck.start("words")
        message = "text directly below an image: put an empty line between them"
        yield Problem("AR103", message), place(article, start, text.end)


def _readable(article: Article, text: Text) -> str:
    """Return the text on one line: line ends and their prefixes become as many spaces."""
    raw = article.data[text.start : text.end].decode("utf-8", "replace")
    return _BREAK.sub(lambda m: " " * len(m[0]), raw)


def _spot(article: Article, text: Text, raw: str, start: int, end: int) -> Place:
    before = text.start + len(raw[:start].encode("utf-8"))
    return place(article, before, before + len(raw[start:end].encode("utf-8")))
