"""Outline of an article (headings and texts with their bytes), and checks of its headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.article import at_offset, fold
from pipeline.findings import Place, Problem
from pipeline.markdown import blocks, markdown_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Article

__all__ = [
    "Fence",
    "Heading",
    "Outline",
    "PipelineComment",
    "TextRun",
    "byte_place",
    "check_headings",
    "read_outline",
]

# A comment that never ends extends to the end, so that the search for its end is not repeated.
_COMMENT = re.compile(r"<!--.*?(?P<end>-->|\Z)", re.S)
_PIPELINE_COMMENT = re.compile(
    rb"<!--\s*pipeline:\s*(?P<word>(?:(?!-->)[\w-])*)(?:(?!-->).)*(?P<end>-->|\Z)", re.S
)
# HTML closes <!--> and <!---> at once.
_OPEN_COMMENT = re.compile(r"\s*<!--(?!-?>)(?:(?!-->).)*", re.S)


class Heading(NamedTuple):
    """Heading outside lists and block quotes."""

    level: int
    title: str
    """Text as written, without attributes."""
    anchor: str
    """Id given by the author, or an empty string."""
    start: int
    """Offset of the first byte of its text in the file; without text, that of the heading."""
    end: int
    empty: bool = False
    """True if nothing is under it, not even a smaller heading."""


class Fence(NamedTuple):
    """Fenced block of code; offsets of bytes in the file."""

    start: int
    """Offset of the opening fence."""
    end: int
    info: str
    """Words behind the opening fence, such as the language."""


class TextRun(NamedTuple):
    """Run of inline text; offsets of bytes in the file."""

    start: int
    end: int
    paragraph: bool
    """True for a paragraph outside lists and block quotes."""


class PipelineComment(NamedTuple):
    """Comment ``<!-- pipeline: WORD … -->``; offsets of bytes in the file."""

    word: str
    start: int
    end: int


class Outline(NamedTuple):
    """Headings, texts, code and comments of an article, each in the order of the file."""

    headings: tuple[Heading, ...]
    texts: tuple[TextRun, ...]
    code: tuple[tuple[int, int], ...] = ()
    """Byte ranges of code blocks."""
    unclosed: int = -1
    """Offset of a comment that is never closed; -1 where there is none."""
    pipeline_comments: tuple[PipelineComment, ...] = ()
    """Comments to the pipeline, valid or not."""
    fences: tuple[Fence, ...] = ()


def read_outline(article: Article) -> Outline:
    """Read the headings and the texts of an article."""
    body, shift = markdown_body(article.data)
    reader = _OutlineReader(article.data)
    for event in blocks(body, article.data, shift):
        reader.read(*event)
    reader.close(0)
    headings, texts, code = tuple(reader.headings), tuple(reader.texts), tuple(reader.code)
    comments, fences = tuple(reader.comments), tuple(reader.fences)
    return Outline(headings, texts, code, reader.unclosed, comments, fences)


def byte_place(article: Article, start: int, end: int) -> Place:
    """Return the place of a byte range of the file."""
    first, last = (at_offset(article.path, article.data, at) for at in (start, end))
    return Place(article.path, first.line, first.column, last.line, last.column)


def check_headings(
    article: Article, headings: tuple[Heading, ...]
) -> Iterator[tuple[Problem, Place]]:
    """Yield duplicate titles and ids, levels out of order, empty headings and empty sections.

    Only titles of level-2 headings are compared.
    """
    titles: dict[str, int] = {}
    anchors: dict[str, int] = {}
    level = 1
    for number, heading in enumerate(headings):
        position = byte_place(article, heading.start, heading.end)
        # Smaller headings may be alike in each section ("Conclusion").
        title = heading.title.casefold() if heading.level == 2 else ""
        duplicates = [
            f"duplicate {label} '{value}' (first on line {lines[key]})"
            for lines, key, label, value in (
                (titles, title, "title", heading.title),
                (anchors, heading.anchor, "id", heading.anchor),
            )
            if key and lines.setdefault(key, position.line) != position.line
        ]
        if duplicates:
            yield Problem("AR104", f"{' and '.join(duplicates)}: change one of them"), position
        if heading.level > level + 1:
            message = f"heading of level {heading.level} after one of level {level}"
            if not number:
                message = f"the first heading has level {heading.level}"
            yield Problem("AR105", f"{message}: use level {level + 1}"), position
        elif heading.level == 1 and number:
            yield Problem("AR105", "heading of level 1 after other headings: use level 2"), position
        level = heading.level
        if heading.empty or not heading.title:
            label = f"nothing under '{heading.title}'" if heading.title else "heading without text"
            yield Problem("AR107", f"{label}: add text or delete the heading"), position


class _OutlineReader:
    """Single pass over the events of `blocks`."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.headings: list[Heading] = []
        self.texts: list[TextRun] = []
        self.open_headings: list[int] = []
        """Indexes of the headings under which nothing has followed so far."""
        self.depth = 0
        self.html: list[str] = []
        self.code: list[tuple[int, int]] = []
        self.fences: list[Fence] = []
        self.unclosed = -1
        self.comments: list[PipelineComment] = []
        self.attributes: Any = {}

    def read(self, key: str, name: str, detail: Any, start: int, end: int, run: Any) -> None:
        """Process one event of `blocks`."""
        if run is not None and (name != "CodeBlock" or key == "Start"):
            paragraph = key == "End" and name == "Paragraph" and self.depth == 0
            self.texts.append(TextRun(run.start, run.end, paragraph))
        if name == "CodeBlock":
            self.code_block(key, detail, start, end)
        if name == "Heading":
            if key == "Start":
                self.attributes = detail
            elif self.depth == 0:
                self.heading(int(detail[1]), run, start, end)
            else:
                self.open_headings.clear()
        elif key == "Html":
            self.html.append(detail)
        elif name == "HtmlBlock":
            if key == "End":
                self.comments += _pipeline_comments(self.data, start, end)
            self.html_block(start)
        elif key in ("Start", "End"):
            self.open_headings.clear()
            self.depth += (key == "Start") - (key == "End") if name != "Paragraph" else 0

    def code_block(self, key: str, detail: Any, start: int, end: int) -> None:
        self.code.append((start, end))
        if key == "Start" and detail.__class__ is dict:  # else it is indented
            self.fences.append(Fence(start, end, detail["Fenced"]))

    def html_block(self, start: int) -> None:
        html = "".join(self.html)
        if _OPEN_COMMENT.fullmatch(html):
            self.unclosed = start
        if _COMMENT.sub(lambda m: "" if m["end"] else m[0], html).strip():
            self.open_headings.clear()
        self.html.clear()

    def heading(self, level: int, run: Any, start: int, end: int) -> None:
        self.close(level)
        first, last = (run.start, run.end) if run else (start, start)
        title = " ".join(fold(self.data[first:last], 0).split())
        self.open_headings.append(len(self.headings))
        anchor = self.attributes["id"] or ""
        self.headings.append(Heading(level, title, anchor, first, last))

    def close(self, level: int) -> None:
        """Mark the open headings as empty, unless the next one, of ``level``, is smaller."""
        for number in self.open_headings:
            if self.headings[number].level >= level:
                self.headings[number] = self.headings[number]._replace(empty=True)
        self.open_headings.clear()


def _pipeline_comments(data: bytes, start: int, end: int) -> Iterator[PipelineComment]:
    for match in _PIPELINE_COMMENT.finditer(data, start, end):
        if match["end"]:
            yield PipelineComment(match["word"].decode("utf-8", "replace"), *match.span())
