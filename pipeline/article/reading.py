"""Read an article into segments, and cut its file into segments and the bytes between them."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

from pipeline.article.experts import (
    BOLD,
    PLAIN,
    Expert,
    Title,
    bare_name,
    find_experts,
    given_expert,
    without_number,
)
from pipeline.article.languages import (
    find_language_ranges,
    stated_at_end,
    with_stated_languages,
)
from pipeline.article.rules import EXPERT_PATTERN, ReadingRules
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
    text_attributes,
)
from pipeline.model import Article, Section, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.markdown import Block
    from pipeline.model import LanguageRange

__all__ = [
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
_LONGEST_MARKER = 16
"""Bytes before a text that show whether it stands behind the number of a list item."""
_END_OF_PRE = re.compile(rb"(?<!\s)\s*+</pre[ \t]*+>(?:\s*</?[a-z][^<>]*>)*\s*\Z", re.I)
"""The end tag behind the last line of a text, which is none of it."""
_COMMENT = re.compile(rb"<!--(?:(?!-->).)*+(?:-->)?", re.S)
_KRAMDOWN = re.compile(r"\s*\{:[^{}]*\}\Z")
"""Attributes of Kramdown behind a title."""
_LONE_CR = re.compile(rb"\r(?!\n)")
_PUNCTUATION = re.compile(r"[^\w\s-]|_")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LINE_MARKS = (b"\n**", b"\n__", b"\r**", b"\r__", b"(@", b"([@", "（@".encode())
"""Signs of a file that has lines of their own as titles of sections."""
_LONGEST_LINE = 240
"""Maximum number of bytes of a line that may be the title of a section."""


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
        segments=tuple(with_stated_languages(reader.segments, reader.languages, data)),
        sections=tuple(reader.sections),
        metadata=scalar_metadata(front.values),
        labels=frozenset(k.casefold() for k in definitions(body)),
        fault=front.fault,
        languages=reader.languages,
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


def _title_lines(data: bytes, events: Sequence[Block], shift: int) -> Iterator[Title]:
    """Yield the paragraphs at the top level that may be titles of sections."""
    if not any(mark in data for mark in _LINE_MARKS):
        return
    lines = [
        (start, run)
        for key, name, _, start, _, run in events
        if name == "Paragraph" and run and key == "End" and run.end - run.start <= _LONGEST_LINE
    ]
    for start, run in lines:
        raw = data[run.start : run.end]
        mark = raw[:2]
        bold = mark in (b"**", b"__")
        if start > shift and data[start - 1] not in b"\r\n":
            continue
        if not bold and b"@" not in raw:
            continue
        if b"\n" in raw or b"\r" in raw:
            continue
        # A bold run within a sentence is no title.
        if not bold or (raw.count(mark) == 2 and (raw.endswith(mark) or raw[-1:] not in b".!?:")):
            yield Title(run.start, raw.decode("utf-8"), BOLD if bold else PLAIN)


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
        self.in_pre = False
        """True within an element of raw HTML in which readers see each line break."""
        self.experts: dict[int, Expert] = {}
        """Experts by the offsets of their titles."""
        self.given_names: dict[int, str] = {}
        """Names as the pattern or the class gives them: catalogues have these as contexts."""
        self.enclosing = "introduction"
        """Context of the last section that a level-2 heading opened."""
        self.speaker = ""
        """Name of that section's expert, casefolded."""
        self.level = 0
        """Level of the title of the open section if that is not 2, else 0."""
        self.languages: tuple[LanguageRange, ...] = ()
        """Ranges whose language the author states."""
        self.open_language: LanguageRange | None = None
        """Range of the open section, if a line that is no heading states its language."""

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
        events = list(blocks(body, self.data, shift))
        self.languages = find_language_ranges(events, self.data, shift)
        self.find_experts(events, shift)
        experts = self.experts
        kinds = ["paragraph"]
        depth = 0
        html: list[tuple[int, int]] = []
        heading: dict[str, Any] = {}
        for key, name, detail, start, end, run in events:
            if run is not None:
                # Only at the top level: a heading in a quotation or a list opens no section.
                opens = key == "End" and len(kinds) == 2
                opens = opens and (name == "Heading" or run.start in experts)
                expert = opens and self.read_title(detail, heading, run)
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
        if self.open_language:
            self.languages += (self.open_language,)
        self.languages = tuple(sorted(self.languages))

    def find_experts(self, events: Sequence[Block], shift: int) -> None:
        """Find the titles of the experts' sections."""
        by_form = self.rules.expert.pattern == EXPERT_PATTERN
        titles: list[Title] = []
        headings = [event for event in events if event[1] == "Heading"]
        for opening, (_, _, level, start, _, run) in zip(
            headings[::2], headings[1::2], strict=True
        ):
            if run is not None and level != "H1":
                # What is indented may be in a list.
                top = start == shift or self.data[start - 1] in b"\r\n"
                titles += self.heading_title(level, opening.detail, run, by_form and top)
        if by_form:
            titles += _title_lines(self.data, events, shift)
        self.experts |= find_experts(titles, self.common_words)

    def heading_title(
        self, level: str, heading: dict[str, Any], run: Run, by_form: bool
    ) -> Iterator[Title]:
        """Yield a heading as a title; if the author says that it is an expert's, note so."""
        raw = self.data[run.start : run.end]
        text = _KRAMDOWN.sub("", fold(raw, 0, keep=False))
        classes = heading["classes"]
        refused = "no-expert" in classes
        match = self.rules.expert.fullmatch(text) if level == "H2" else None
        given = None
        if not refused and (match or "expert" in classes):
            fields = match.groupdict("") if match else {}
            if not match:
                fields["name"], _, fields["organisation"] = text.partition(", ")
            tidy = {key: " ".join(value.split()) for key, value in fields.items()}
            given = Expert(tidy["name"], tidy.get("organisation", ""), tidy.get("handle", ""))
            self.given_names[run.start] = given.name
        if by_form:
            yield Title(run.start, text, int(level[1]), given, refused=refused)
        elif given:
            standard = self.rules.expert.pattern == EXPERT_PATTERN
            self.experts[run.start] = given_expert(text, given) if standard else given

    def common_words(self) -> frozenset[str]:
        """Return the words that are somewhere in the file in lower case."""
        return frozenset(filter(str.islower, _WORD.findall(self.data.decode("utf-8"))))

    def read_title(self, level: str | None, heading: dict[str, Any], run: Run) -> bool:
        """Begin the section that a heading or line opens, if any; return whether it is an expert's.

        Of an expert's only a role is to be translated.
        """
        expert = self.experts.get(run.start)
        number = int(level[1]) if level else BOLD
        if expert and number > 2 and expert.name.casefold() == self.speaker:
            expert = None  # quoted again in a section of their own
        # Beside an expert's heading of another level, each heading of that level opens a section.
        if not expert and (number == BOLD or number not in (2, self.level)):
            if number < self.level:
                self.context, self.level = self.enclosing, 0
            return False
        self.begin_language(run, is_line=number in (BOLD, PLAIN))
        title = fold(self.data[run.start : run.end], 0, keep=False)
        name = expert.name if expert else title
        if run.start in self.given_names:
            name = without_number(self.given_names[run.start])
        identity = heading["id"] if level else None
        self.context = self.unique_slug(identity or context_slug(name) or "section")
        line = self.line_of(run.start)
        fields = (*expert[:3], bare_name(expert.name)) if expert else ()
        self.sections.append(Section(self.context, title, line, bool(expert), *fields))
        self.level = number if number > 2 else 0
        if number == 2:
            self.enclosing = self.context
            self.speaker = expert.name.casefold() if expert else ""
        if expert:
            self.add_roles(expert, title, run)
        return expert is not None

    def begin_language(self, run: Run, *, is_line: bool) -> None:
        """End the language of the open section, and begin the one that a line of its own states."""
        if self.open_language:
            self.languages += (self.open_language._replace(end=run.start),)
        stated = stated_at_end(self.data, run.start, run.end) if is_line else None
        self.open_language = stated and stated._replace(start=run.start, end=len(self.data))

    def add_roles(self, expert: Expert, title: str, run: Run) -> None:
        """Add the roles in an expert's title as segments."""
        if len(title.encode("utf-8")) != run.end - run.start:  # a title of several lines
            return
        for first, last in expert.roles:
            start = run.start + len(title[:first].encode("utf-8"))
            end = run.start + len(title[:last].encode("utf-8"))
            self.add_segment(start, end, "job title", "line", 0)

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
        """Add a run of inline events as a segment, or the texts of a lone image."""
        if run.alt_end:
            self.image(run, kind, depth)
            return
        form = notation(self.data, run.start, kind)
        end = run.end
        if self.in_pre and (close := _END_OF_PRE.search(self.data[run.start : end])):
            end = run.start + close.start()
        self.add_segment(run.start, end, kind, form, depth, run.hard)
        self.leave_pre(run)

    def image(self, run: Run, kind: str, depth: int) -> None:
        """Add the text of a lone image, its title, and the values of its attributes."""
        cell = CELL if kind.startswith("table") else ""
        if run.words:
            self.add_segment(
                run.start + 2, run.alt_end, "image text", "alt" + cell, depth, run.hard
            )
        raw = self.data[run.alt_end : run.end]
        attributes = raw.rfind(b"{") if raw.endswith(b"}") else len(raw)
        title = _IMAGE_TITLE.match(raw[:attributes])
        if title and _LETTER.search(title["title"].decode("utf-8")):
            start, end = (at + run.alt_end for at in title.span("title"))
            self.add_segment(start, end, "image title", "title" + cell, depth)
        self.add_values(run.alt_end + attributes, run.end, "image text", cell, depth)

    def add_values(self, first: int, last: int, kind: str, cell: str, depth: int) -> None:
        """Add the attribute values that people read from a range of Markdown's attributes."""
        raw = self.data[first:last].decode("utf-8")
        for start, end in text_attributes(raw, 0, len(raw)):
            if _LETTER.search(raw, start, end):
                at, size = (len(text.encode("utf-8")) for text in (raw[:start], raw[start:end]))
                form = "title" if "\\" in raw[start:end] else "attribute"
                self.add_segment(first + at, first + at + size, kind, form + cell, depth)

    def add_attributes(self, run: Run, kind: str, depth: int) -> None:
        """Add the attribute values that people read, from the tags in a run without words."""
        raw = self.data[run.start : run.end]
        if run.alt_end:
            self.image(run, kind, depth)
            return
        self.leave_pre(run)
        # Most runs have no attribute, and parsing each of them takes time.
        if b"=" not in raw or (b"<" not in raw and b"{" not in raw):
            return
        text, at = raw.decode("utf-8"), run.start
        cell = CELL if kind.startswith("table") else ""
        last = 0
        for item in sorted(inline(text), key=lambda item: item.start):
            if item.kind not in ("tag", "placeholder") or item.start < last:
                continue
            at += len(text[last : item.start].encode("utf-8"))
            tag = text[item.start : item.end].encode("utf-8")
            if tag.startswith(b"{"):
                if b"{" not in tag[1:]:
                    self.add_values(at, at + len(tag), "image text", cell, depth)
            else:
                self.add_tag(at, tag, cell, depth)
            at, last = at + len(tag), item.end

    def leave_pre(self, run: Run) -> None:
        """Note the end of an element in which readers see each line break."""
        if self.in_pre and b"</pre" in self.data[run.start : run.end].lower():
            self.in_pre = False

    def add_tag(self, at: int, tag: bytes, cell: str, depth: int) -> None:
        """Add the attribute values that people read from a tag at an offset of the file."""
        for value in html_attributes(tag, 0, len(tag)):
            start, end = at + value.start, at + value.end
            self.add_segment(start, end, "HTML attribute", "attribute" + cell, depth)

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
        html = self.data[first : lines[-1][1]].lower()
        if b"<pre" in html or b"</pre" in html:
            html = _COMMENT.sub(b"", html)
            self.in_pre = html.rfind(b"<pre") > html.rfind(b"</pre")

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
        # Other forms have one line, and no site shows the line breaks of raw HTML.
        lines = form == "markdown" or kind == "heading"
        text = self.folded(raw, start, depth, hard, lines=lines)
        if self.skip or not text or _NO_TEXT.fullmatch(text):
            return
        # A table escapes every bar, even in code; translators see and write it plain.
        if form.endswith(CELL):
            text = text.replace("\\|", "|")
        # A heading of several lines is underlined, so that its text may have them, too.
        if kind == "heading" and "\n" in text:
            form = "markdown"
        line = self.line_of(start)
        self.segments.append(
            Segment(
                self.context, text, kind, line, start, end, form, depth, self.note, self.ignores
            )
        )
        self.note = ""
        self.ignores = ()

    def folded(
        self, raw: bytes, start: int, depth: int, hard: Sequence[int], *, lines: bool
    ) -> str:
        """Return the text of a segment that begins at an offset of the file.

        Only if it is to have ``lines``, soft line breaks may be kept.
        """
        shown = self.rules.hard_wrap or self.in_pre or b"<pre" in raw
        keep = (True if shown else None) if lines else False
        before = self.data[max(0, start - _LONGEST_MARKER) : start]
        breaks = [at - start for at in hard]
        return fold(raw, depth, breaks, before=before, keep=keep).rstrip(" ")

    def line_of(self, at: int) -> int:
        """Return the line of an offset, from 1; offsets must be asked in ascending order."""
        # An offset between CR and LF belongs to the line before.
        at -= self.data[at - 1 : at + 1] == b"\r\n"
        self.line += self.data.count(b"\n", self.line_at, at)
        self.line += len(_LONE_CR.findall(self.data, self.line_at, at))
        self.line_at = at
        return self.line
