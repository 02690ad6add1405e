"""Bytes of an article with some of its segments replaced, and the skeleton that must not change."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

from pipeline import frontmatter
from pipeline.article import CELL
from pipeline.htmltext import INLINE_TAGS
from pipeline.markdown import blocks, definitions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.model import Article, Segment

__all__ = ["rebuild", "skeleton", "with_language"]

_NEWLINE = re.compile(r"\r\n|\n|\r")
_HEAD = re.compile(rb"[^\s>]")
_TAG = re.compile(rb"<(?:!--|(/?[A-Za-z][A-Za-z0-9-]*))")


def rebuild(article: Article, targets: Mapping[int, str]) -> bytes:
    """Write the article with new texts for some segments; ``targets`` has them by index.

    A target that is the segment's own text gives its original bytes.
    """
    pieces: list[bytes] = []
    at = 0
    for index in sorted(targets):
        segment = article.segments[index]
        pieces.append(article.data[at : segment.start])
        pieces.append(_render(article, segment, targets[index]))
        at = segment.end
    pieces.append(article.data[at:])
    return b"".join(pieces)


def with_language(data: bytes, old: str, new: str) -> bytes:
    """Change the front matter's ``language``, ``lang`` or ``locale`` where it is the old one."""
    text = data.decode("utf-8")
    bom = text[: text.startswith("\ufeff")]
    text = text[len(bom) :]
    for value in reversed(frontmatter.locate(text).values):
        if value.key in ("language", "lang", "locale") and value.text == old:
            raw = text[value.start : value.end]
            text = text[: value.start] + raw.replace(old, new) + text[value.end :]
    return (bom + text).encode("utf-8")


def skeleton(data: bytes) -> tuple[Any, ...]:
    """Give what a translation must leave as it is: blocks, nesting, code, tags, definitions.

    Two files with the same skeleton differ in nothing but the words of their segments.
    """
    text = data.decode("utf-8").removeprefix("\ufeff")
    front = frontmatter.locate(text)
    body = text[front.end :]
    raw = body.encode("utf-8")
    bones: list[Any] = [value.key for value in front.values]
    for key, name, detail, start, end, run in blocks(body, raw, 0):
        if run is not None:
            bones.append("text")
        if key == "Html":
            bones.extend(_tags(raw[start:end]))
            continue
        bones.append((key, name, repr(detail)))
        if key == "Start" and name == "CodeBlock":
            bones.append(raw[start:end])
    links = sorted((label, link["dest"]) for label, link in definitions(body).items())
    return (*bones, *links)


def _tags(html: bytes) -> list[bytes]:
    names = (found[1] or b"!--" for found in _TAG.finditer(html))
    return [n for n in names if n.lstrip(b"/").lower().decode("ascii") not in INLINE_TAGS]


def _render(article: Article, segment: Segment, target: str) -> bytes:
    original = article.data[segment.start : segment.end]
    if target == segment.text:
        return original
    form = segment.form.removesuffix(CELL)
    text = _FORMS[form](article, segment, target.strip())
    if form != segment.form:  # every bar is escaped in a table, even in code
        text = text.replace("|", "\\|")
    return text.encode("utf-8")


def _markdown(article: Article, segment: Segment, target: str) -> str:
    if "\n" not in target:
        return target
    newline, prefix = _continuation(article.data, segment)
    return _NEWLINE.sub(lambda _: newline + prefix, target)


def _one_line(article: Article, segment: Segment, target: str) -> str:
    return re.sub(r"\\?\s*\n\s*", " ", target)


def _alt(article: Article, segment: Segment, target: str) -> str:
    text = _one_line(article, segment, target)
    bare = re.sub(r"\\.", "", text)
    balanced = re.fullmatch(r"[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*", bare)
    return text if balanced else re.sub(r"(?<!\\)([\[\]])", r"\\\1", text)


def _title(article: Article, segment: Segment, target: str) -> str:
    close = chr(article.data[segment.end])
    text = _one_line(article, segment, target)
    for mark in {close, "(" if close == ")" else close}:
        text = re.sub(r"(?<!\\)" + re.escape(mark), "\\" + "\\" + mark, text)
    return text


def _yaml(article: Article, segment: Segment, target: str) -> str:
    text = article.data.decode("utf-8")
    bom = len(codecs.BOM_UTF8) if text.startswith("\ufeff") else 0
    text = text.removeprefix("\ufeff")
    for value in frontmatter.locate(text).values:
        if bom + len(text[: value.start].encode("utf-8")) == segment.start:
            newline = "\r\n" if b"\r\n" in article.data[: segment.start] else "\n"
            return frontmatter.quote(target, value, text[value.start : value.end], newline)
    raise AssertionError("a front-matter segment stands at no value")


_FORMS = {
    "markdown": _markdown,
    "line": _one_line,
    "alt": _alt,
    "title": _title,
    "yaml": _yaml,
}


def _continuation(data: bytes, segment: Segment) -> tuple[str, str]:
    """Give the line end and the prefix that a further line of this segment needs."""
    raw = data[segment.start : segment.end]
    inside = re.search(rb"(\r\n|\n|\r)((?:[ \t]*>){0,%d}[ \t]*)" % segment.depth, raw)
    if inside:
        return inside[1].decode("ascii"), inside[2].decode("ascii")
    line = data.rfind(b"\n", 0, segment.start) + 1
    head = data[line : segment.start].removeprefix(codecs.BOM_UTF8)
    found = re.search(rb"\r\n|\n|\r", data)
    newline = found[0].decode("ascii") if found else "\n"
    return newline, _HEAD.sub(b" ", head).decode("ascii", "replace")
