"""Rebuild the bytes of an article with some of its segments replaced."""

from __future__ import annotations

import codecs
import html
import re
from functools import cached_property
from heapq import merge
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.article.experts import connector_end
from pipeline.article.segment_form import CELL, raw_lines
from pipeline.markdown import (
    FrontMatterValue,
    find_opaque,
    locate_front_matter,
    quote_value,
)
from pipeline.ranges import replace_ranges

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from pipeline.model import Article, Segment

__all__ = ["language_edits", "rebuild", "render_targets", "splice", "with_language"]

_BOM = "\ufeff"
_WHITE_SPACE = " \t\r\n"
_NEWLINE = re.compile(r"\r\n|\n|\r")
_ESCAPE = re.compile(r"\\(.?)", re.S)
_BREAKS = re.compile(r"\\?[ \t]*(?:\r\n|\n|\r)\s*")
_KEPT_BREAK = re.compile(r"[ \t]*\n")
_BARE_BAR = re.compile(r"(?<!\\)\|")
_HEAD = re.compile(rb"[^\s>]")


def rebuild(article: Article, targets: Mapping[int, str]) -> bytes:
    """Return the article's bytes with new texts for some segments; ``targets`` has them by index.

    A target that is the segment's own text keeps its original bytes.
    """
    return splice(article, render_targets(article, targets))


def render_targets(article: Article, targets: Mapping[int, str]) -> dict[int, bytes]:
    """Return the bytes of each new text as written in the file, by the index of its segment."""
    page = _Page(article)
    return {index: _render(page, article.segments[index], targets[index]) for index in targets}


def splice(
    article: Article,
    rendered: Mapping[int, bytes],
    start: int = 0,
    end: int | None = None,
    *,
    others: Iterable[tuple[int, int, bytes]] = (),
) -> bytes:
    """Return the file, or a part of it, with rendered texts in place of their segments.

    ``others`` are replacements between segments.
    """
    segments = article.segments
    edits = (_edit(article, segments[n], rendered[n]) for n in sorted(rendered))
    return replace_ranges(article.data, merge(edits, others), start, end)


def language_edits(
    article: Article, translated: Collection[int], tag: str
) -> Iterator[tuple[int, int, bytes]]:
    """Yield the replacements of stated languages by that of a page, given as a tag, in order.

    They are those of the translated texts, by their indexes.
    """
    texts = [article.segments[index] for index in sorted(translated)]
    for stated in article.languages:
        inside = [s for s in texts if stated.start <= s.start and s.end <= stated.end]
        in_text = any(s.start <= stated.value_start < s.end for s in article.segments)
        if not in_text and any(s.language == stated.language for s in inside):
            yield stated.value_start, stated.value_end, tag.encode()


def _edit(article: Article, segment: Segment, new: bytes) -> tuple[int, int, bytes]:
    """Return the range that a rendered text replaces, and what stands there then.

    Behind a translated job title a comma takes the place of "at", which would stay in the source's
    language and is no part of the title; or a space, if the translation ends in such a word.
    """
    start, end = segment.start, segment.end
    if segment.kind == "job title" and new != article.data[start:end]:
        behind = connector_end(article.data, end)
        if behind > end:
            last = b" %b " % new.rsplit(b" ", 1)[-1]
            glue = b" " if b" " in new and connector_end(last, 0) == len(last) else b", "
            return start, behind, new + glue
    return start, end, new


def with_language(data: bytes, old: str, new: str) -> bytes:
    """Replace the front matter's ``language``, ``lang`` or ``locale`` where it is the old one."""
    text = data.decode("utf-8")
    bom = text[: text.startswith("\ufeff")]
    text = text[len(bom) :]
    # Within the value as it is written, so that its quotes stay.
    edits = [
        (value.start, value.end, text[value.start : value.end].replace(old, new))
        for value in locate_front_matter(text).values
        if value.key in ("language", "lang", "locale") and value.text == old
    ]
    return (bom + replace_ranges(text, edits)).encode("utf-8")


class _Page:
    """Properties of an article that are needed to write its segments, computed once."""

    def __init__(self, article: Article) -> None:
        self.data = article.data

    @cached_property
    def newline(self) -> str:
        match = re.search(rb"\r\n|\n|\r", self.data)
        return match[0].decode("ascii") if match else "\n"

    @cached_property
    def values(self) -> dict[int, tuple[FrontMatterValue, str]]:
        """Values of the front matter, each with its text as written, by offset in the file."""
        text = self.data.decode("utf-8")
        at = len(_BOM) if text.startswith(_BOM) else 0
        end = len(text[:at].encode("utf-8"))
        text = text[at:]
        values, at = {}, 0
        for value in locate_front_matter(text).values:
            raw = text[value.start : value.end]
            start = end + len(text[at : value.start].encode("utf-8"))
            values[start] = (value, raw)
            at, end = value.end, start + len(raw.encode("utf-8"))
        return values


def _render(page: _Page, segment: Segment, target: str) -> bytes:
    if target == segment.text:
        return page.data[segment.start : segment.end]
    form = segment.form.removesuffix(CELL)
    text = _FORMS[form](page, segment, target.strip(_WHITE_SPACE))
    if form != segment.form:  # every bar is escaped in a table, even in code
        text = _escape_bars(text, page.data[segment.start : segment.end].decode("utf-8"))
        text += " " if text.endswith("\\") else ""  # which would escape the cell's own bar
    return text.encode("utf-8")


def _markdown(page: _Page, segment: Segment, target: str) -> str:
    if "\n" not in target and "\r" not in target:
        return target
    lines = _NEWLINE.split(target)
    following = _kept_prefixes(page, segment)
    if len(following) != len(lines) - 1:
        following = [_continuation(page, segment)] * (len(lines) - 1)
    return lines[0] + "".join(
        newline + prefix + line
        for (newline, prefix), line in zip(following, lines[1:], strict=True)
    )


def _one_line(page: _Page, segment: Segment, target: str) -> str:
    text = _BREAKS.sub(" ", target)
    if segment.kind in ("heading", "job title"):  # number signs after a space would close it
        return re.sub(r"(?<![^ \t])(#+)\Z", r"\\\1", text)
    return text


def _alt(page: _Page, segment: Segment, target: str) -> str:
    text = _double_last_backslash(_one_line(page, segment, target))
    return text if _has_balanced_brackets(text) else _escape_marks(text, "[]")


def _title(page: _Page, segment: Segment, target: str) -> str:
    close = chr(page.data[segment.end])
    text = _double_last_backslash(_one_line(page, segment, target))
    return _escape_marks(text, "()" if close == ")" else close)


def _attribute(page: _Page, segment: Segment, target: str) -> str:
    """Return the value of an attribute, in HTML or in a line of a dialect."""
    quote = chr(page.data[segment.end])
    text = _one_line(page, segment, target).replace(quote, html.escape(quote))
    return text.replace("<", "&lt;") if "<" not in segment.text else text


def _script(page: _Page, segment: Segment, target: str) -> str:
    """Return the inside of a string of JavaScript.

    Only quotes, backslashes and what the source escapes stay escaped.
    """
    quote = chr(page.data[segment.end])

    def escape_sign(match: re.Match[str]) -> str:
        if match[1] in ("\\", "'", '"') or (match[1] and match[0] in segment.text):
            return match[0]
        return "\\\\" + match[1]

    return _escape_marks(_ESCAPE.sub(escape_sign, _one_line(page, segment, target)), quote)


def _yaml(page: _Page, segment: Segment, target: str) -> str:
    value, raw = page.values[segment.start]
    return quote_value(target, value, raw, page.newline)


def _escape_bars(text: str, raw: str) -> str:
    """Escape the bars of a cell, but those of wiki links and templates only if the source does."""
    if not _BARE_BAR.search(raw):
        return text.replace("|", "\\|")
    parts, at = [], 0
    for part in find_opaque(text):
        inside = text[part.start : part.end]
        escaped = inside.replace("|", "\\|")
        parts += [text[at : part.start].replace("|", "\\|"), escaped if escaped in raw else inside]
        at = part.end
    return "".join([*parts, text[at:].replace("|", "\\|")])


def _double_last_backslash(text: str) -> str:
    """Double a backslash at the end, which would escape the mark that follows."""
    return text + "\\" * ((len(text) - len(text.rstrip("\\"))) % 2)


def _escape_marks(text: str, marks: str) -> str:
    """Put a backslash before each of some marks that has none."""
    pattern = r"\\.|[" + re.escape(marks) + "]"
    return re.sub(pattern, lambda m: m[0] if len(m[0]) > 1 else "\\" + m[0], text)


def _has_balanced_brackets(text: str) -> bool:
    depth = 0
    for mark in re.findall(r"\\.|[\[\]]", text):
        depth += (mark == "[") - (mark == "]")
        if depth < 0:
            return False
    return depth == 0


_FORMS = {
    "markdown": _markdown,
    "line": _one_line,
    "alt": _alt,
    "title": _title,
    "attribute": _attribute,
    "script": _script,
    "yaml": _yaml,
}


def _kept_prefixes(page: _Page, segment: Segment) -> list[tuple[str, str]]:
    """Return the line end and the prefix before each further line that the text has."""
    raw = page.data[segment.start : segment.end]
    lines = list(raw_lines(raw, segment.depth))
    found = []
    at = 0
    for line, following in pairwise(lines):
        at += len(raw[line.start : line.end].decode("utf-8"))
        kept = _KEPT_BREAK.match(segment.text, at)
        at = kept.end() if kept else at + 1
        if kept:
            newline = raw[line.end : line.following].strip(b" \t").decode("ascii")
            found.append((newline, raw[line.following : following.start].decode("ascii")))
    return found


def _continuation(page: _Page, segment: Segment) -> tuple[str, str]:
    """Return the line end and the prefix for a further line of this segment."""
    data = page.data
    raw = data[segment.start : segment.end]
    # A second line of the source shows the prefix; else it is made from the first line, where
    # markers of lists become spaces, and those of block quotes stay.
    inside = re.search(rb"(\r\n|\n|\r)((?:[ \t]*>){0,%d}[ \t]*)" % segment.depth, raw)
    if inside:
        return inside[1].decode("ascii"), inside[2].decode("ascii")
    line = data.rfind(page.newline[-1:].encode("ascii"), 0, segment.start) + 1
    head = data[line : segment.start].removeprefix(codecs.BOM_UTF8)
    return page.newline, _HEAD.sub(b" ", head).decode("ascii", "replace")
