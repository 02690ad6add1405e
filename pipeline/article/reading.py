"""Read an article into segments, and cut its file into segments and the bytes between them."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.article.segment_form import CELL, fold, notation
from pipeline.errors import decode
from pipeline.markdown import (
    FrontMatter,
    Run,
    blocks,
    definitions,
    html_attributes,
    html_block,
    html_pieces,
    inline,
    locate_front_matter,
    mask_foreign,
    scalar_metadata,
)
from pipeline.model import Article, Section, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "EXPERT_PATTERN",
    "FRONT_MATTER_KEYS",
    "ReadingRules",
    "context_slug",
    "file_pieces",
    "ignored_codes",
    "read_article",
]

_LETTER = re.compile(r"[^\W\d_]")
_NO_TEXT = re.compile(r"<?(?:https?://|www\.|mailto:)\S+|::: [\w.]+")
"""A bare address, or an identifier that mkdocstrings replaces by a module's documentation."""
_DIRECTIVE = re.compile(r"<!--\s*pipeline:\s*(skip|end|note|context|ignore)\b(.*)-->", re.S)
_CODE = re.compile(r"[A-Z][A-Z0-9_]+\b")
_CODES = re.compile(rf"(?:{_CODE.pattern}[ ,]*)+")
_IMAGE_TITLE = re.compile(
    rb"""\]\((?:<[^<>]*>|\S*)[ \t\r\n]+["'(](?P<title>.*)["')][ \t\r\n]*\)\Z""", re.S
)
_KINDS = {
    "Heading": "heading",
    "Item": "list item",
    "TableHead": "table header",
    "TableRow": "table cell",
    "BlockQuote": "quotation",
    "FootnoteDefinition": "footnote",
}
_LONE_CR = re.compile(rb"\r(?!\n)")
_PUNCTUATION = re.compile(r"[^\w\s-]|_")


FRONT_MATTER_KEYS = ("title", "description", "summary", "image_alt", "category", "tags")
EXPERT_PATTERN = r"(?P<name>[^,]+), (?P<organisation>.+?) \((?P<handle>@[^()]*)\)"


class ReadingRules(NamedTuple):
    """Settings for the reading of articles."""

    keys: frozenset[str] = frozenset(FRONT_MATTER_KEYS)
    """Front-matter keys to translate, as dotted paths."""
    expert: re.Pattern[str] = re.compile(EXPERT_PATTERN)
    """Pattern of a whole level-2 heading that opens an expert's section; a heading with the class
    ``.expert`` opens one, too, and may lack the handle.
    """


DEFAULT_RULES = ReadingRules()


def read_article(data: bytes, path: str, rules: ReadingRules = DEFAULT_RULES) -> Article:
    """Read one version of an article into its segments.

    Raises:
        InputError: the file is not UTF-8.
    """
    text = decode(data, path, "utf-8")
    bom = len(codecs.BOM_UTF8) if text.startswith("\ufeff") else 0
    text = text[1:] if bom else text
    front = locate_front_matter(text)
    reader = _Reader(data, rules)
    reader.read_front_matter(text, front, bom)
    body = text[front.end :] if front.end else text
    # Front matter and body have offsets in characters, segments in bytes.
    shift = len(data) - len(body.encode("utf-8"))
    reader.body(body, shift)
    return Article(
        path=path,
        data=data,
        segments=tuple(reader.segments),
        sections=tuple(reader.sections),
        metadata=scalar_metadata(front.values),
        labels=frozenset(k.casefold() for k in definitions(body)),
        fault=front.fault,
    )


def file_pieces(article: Article) -> Iterator[tuple[bytes, Segment | None]]:
    """Yield pieces that joined are the file, each segment's bytes as one piece with the segment."""
    at = 0
    for segment in article.segments:
        if segment.start > at:
            yield article.data[at : segment.start], None
        yield article.data[segment.start : segment.end], segment
        at = segment.end
    if at < len(article.data):
        yield article.data[at:], None


def ignored_codes(text: str) -> tuple[str, ...]:
    """Return the codes in the text behind ``pipeline: ignore``; the rest of it is the reason."""
    match = _CODES.match(text)
    return tuple(_CODE.findall(match[0])) if match else ()


def context_slug(text: str) -> str:
    """Return the slug of a section for ``msgctxt``: lower case, one hyphen between words.

    Catalogues store it, so it must never change: another slug would make every text of the
    section new to translators. Hence it is not `pipeline.pages.heading_ids.github_slug`, which
    follows the generators of sites: for `C++ & C` this one is ``c-c`` and theirs ``c--c``; here
    underscores and the marks of Indic scripts are left out.
    """
    return re.sub(r"[\s-]+", "-", _PUNCTUATION.sub("", text).strip().lower()).strip("-")


class _Reader:
    """One pass over a file, which collects its segments and sections."""

    def __init__(self, data: bytes, rules: ReadingRules) -> None:
        self.data = data
        self.rules = rules
        self.segments: list[Segment] = []
        self.sections: list[Section] = []
        self.context = "introduction"
        # Reserved: a section with such a heading gets a number.
        self.slugs = {"front-matter": 1, "introduction": 1}
        self.note = ""
        self.ignores: tuple[str, ...] = ()
        self.skip = False
        self.line, self.line_at = 1, 0

    def read_front_matter(self, text: str, front: FrontMatter, bom: int) -> None:
        """Add the values of the keys to translate as segments."""
        self.sections.append(Section("front-matter", "", 1))
        at, end = 0, bom
        for value in front.values:
            words = value.text.strip()
            start = end + len(text[at : value.start].encode("utf-8"))
            end = start + len(text[value.start : value.end].encode("utf-8"))
            at = value.end
            # A value without letters, such as a date, needs no translation.
            if value.key in self.rules.keys and _LETTER.search(words):
                self.segments.append(
                    Segment("front-matter", words, value.key, value.line, start, end, "yaml", 0, "")
                )

    def body(self, body: str, shift: int) -> None:  # noqa: C901 - one branch for each event
        """Read the Markdown, which begins at offset ``shift`` of the file."""
        self.sections.append(Section("introduction", "", self.line_of(shift)))
        kinds = ["paragraph"]
        depth = 0
        html: list[tuple[int, int]] = []
        heading: dict[str, Any] = {}
        for key, name, detail, start, end, run in blocks(body, self.data, shift):
            if run is not None:
                # Only at the top level: a heading in a quotation or a list opens no section.
                opens = detail == "H2" and key == "End" and len(kinds) == 2
                expert = opens and self.open_section(heading, run).expert
                if run.words and not expert:
                    self.text(run, kinds[-1], depth)
                elif name != "CodeBlock" or key == "Start":
                    self.add_attributes(run, kinds[-1], depth)
            if key == "Start":
                kinds.append(_KINDS.get(name) or kinds[-1])
                if name == "BlockQuote":
                    depth += 1
                elif name == "Heading":
                    heading = detail
            elif key == "End":
                kinds.pop()
                if name == "BlockQuote":
                    depth -= 1
                elif name == "HtmlBlock":
                    self.read_html(html, depth)
                    html = []
            elif key == "Html":
                html.append((start, end))

    def open_section(self, heading: dict[str, Any], run: Run) -> Section:
        """Begin the section whose heading is the given run, and return it.

        The heading of an expert has nothing to translate.
        """
        title = fold(self.data[run.start : run.end], 0)
        expert = self.rules.expert.fullmatch(title)
        has_class = "expert" in heading["classes"]
        fields: dict[str, str] = {}
        if expert:
            fields = {k: " ".join(v.split()) for k, v in expert.groupdict("").items()}
        elif has_class:
            name, _, organisation = title.partition(", ")
            fields = {
                "name": " ".join(name.split()),
                "organisation": " ".join(organisation.split()),
            }
        self.context = self.unique_slug(
            heading["id"] or context_slug(fields.get("name", title)) or "section"
        )
        line = self.line_of(run.start)
        self.sections.append(Section(self.context, title, line, bool(fields), **fields))
        return self.sections[-1]

    def unique_slug(self, slug: str) -> str:
        """Return a slug that no other section has, with a number if needed."""
        number, candidate = self.slugs.get(slug, 1), slug
        while candidate in self.slugs:
            number += 1
            candidate = f"{slug}-{number}"
        self.slugs[slug] = number
        self.slugs.setdefault(candidate, 1)
        return candidate

    def text(self, run: Run, kind: str, depth: int) -> None:
        """Add a run of inline events as a segment, or a lone image's text and title as two."""
        if run.alt_end:
            cell = CELL if kind.startswith("table") else ""
            self.add_segment(
                run.start + 2, run.alt_end, "image text", "alt" + cell, depth, run.hard
            )
            raw = self.data[run.alt_end : run.end]
            title = _IMAGE_TITLE.match(raw)
            if title and _LETTER.search(title["title"].decode("utf-8")):
                start, end = (at + run.alt_end for at in title.span("title"))
                self.add_segment(start, end, "image title", "title" + cell, depth)
            return
        form = notation(self.data, run.start, kind)
        self.add_segment(run.start, run.end, kind, form, depth, run.hard)

    def add_attributes(self, run: Run, kind: str, depth: int) -> None:
        """Add the attribute values that people read, from the tags in a run without words."""
        raw = self.data[run.start : run.end]
        # Most runs have no attribute, and parsing each of them takes time.
        if b"=" not in raw or b"<" not in raw:
            return
        text, at = raw.decode("utf-8"), run.start
        cell = CELL if kind.startswith("table") else ""
        last = 0
        for item in sorted(inline(text), key=lambda item: item.start):
            if item.kind == "tag" and item.start >= last:
                at += len(text[last : item.start].encode("utf-8"))
                tag = text[item.start : item.end].encode("utf-8")
                for attribute in html_attributes(tag, 0, len(tag)):
                    self.add_segment(
                        at + attribute.start,
                        at + attribute.end,
                        "HTML attribute",
                        "attribute" + cell,
                        depth,
                    )
                at, last = at + len(tag), item.end

    def read_html(self, lines: list[tuple[int, int]], depth: int) -> None:
        """Add the texts of a block of raw HTML, and apply the directives in its comments."""
        if not lines:
            return
        first = lines[0][0]
        for piece in html_pieces(mask_foreign(html_block(self.data, lines))):
            if piece.kind == "comment":
                self.apply_directive(self.data[first + piece.start : first + piece.end])
            else:
                form = "attribute" if piece.kind == "attribute" else "line"
                start, end = first + piece.start, first + piece.end
                self.add_segment(start, end, f"HTML {piece.kind}", form, depth)

    def apply_directive(self, comment: bytes) -> None:
        """Apply a comment that is a directive for the pipeline."""
        match = _DIRECTIVE.fullmatch(comment.decode("utf-8"))
        if not match:
            return
        word, value = match[1], match[2].strip()
        if word == "note":
            self.note = " ".join(value.split())
        elif word == "ignore":
            self.ignores += ignored_codes(value)
        elif word == "context":
            self.context = context_slug(value) or self.context
        else:
            self.skip = word == "skip"

    def add_segment(
        self,
        start: int,
        end: int,
        kind: str,
        form: str,
        depth: int,
        hard: Sequence[int] = (),
    ) -> None:
        """Add one segment without white space at its end, unless it has no text or is skipped."""
        raw = self.data[start:end].rstrip(b" \t\r\n")
        end = start + len(raw)
        text = fold(raw, depth, [at - start for at in hard] if hard else ()).rstrip(" ")
        if self.skip or not text or _NO_TEXT.fullmatch(text):
            return
        # A table escapes every bar, even in code; translators see and write it plain.
        if form.endswith(CELL):
            text = text.replace("\\|", "|")
        line = self.line_of(start)
        self.segments.append(
            Segment(
                self.context, text, kind, line, start, end, form, depth, self.note, self.ignores
            )
        )
        self.note = ""
        self.ignores = ()

    def line_of(self, at: int) -> int:
        """Return the line of an offset, from 1; offsets must be asked in ascending order."""
        # An offset between CR and LF belongs to the line before.
        at -= self.data[at - 1 : at + 1] == b"\r\n"
        self.line += self.data.count(b"\n", self.line_at, at)
        self.line += len(_LONE_CR.findall(self.data, self.line_at, at))
        self.line_at = at
        return self.line
