"""Read Word files with mammoth: the accepted text, and a list of what is not in it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import mammoth
from lxml import etree  # type: ignore[import-untyped]

from pipeline.errors import InputError
from pipeline.importers.archive import parse_xml, read_archive, write_archive
from pipeline.importers.document import Document, LeftOut
from pipeline.importers.escaping import one_line
from pipeline.importers.html_page import read_fragment
from pipeline.importers.pictures import picture_ending, picture_name
from pipeline.importers.word_check import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element  # type: ignore[import-untyped]

__all__ = ["MARK_PROPERTY", "read_word"]

MARK_PROPERTY = "pipeline"
"""Custom property of a Word file that says what it was built from, as ``article:locale``."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p.description:fresh
p[style-name='Author'] => p.author:fresh
p[style-name='Date'] => p.date:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
r[style-name='Verbatim Char'] => code
r[style-name='Source Text'] => code
u => u
strike => del
"""
_PREFORMATTED = """
p[style-name='Preformatted Text'] => pre:separator('\\n')
p[style-name='HTML Preformatted'] => pre:separator('\\n')
"""
_PREFORMATTED_ID = re.compile(r"(?:HTML)?Preformatted(?:Text)?\Z")
_DOCUMENT = "word/document.xml"
_PARTS = (_DOCUMENT, "word/footnotes.xml", "word/endnotes.xml")
_MARGIN = re.compile(r"word/(header|footer)\d*\.xml")
_CONTENTS = re.compile(r"(?:TOC|toc|Contents)\s?\d|TOCHeading|TM\d", re.I)
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NOBODY = re.compile(
    r"(?:python-docx|admin\w*|user|utilisateur|usuario|benutzer|microsoft\b.*|windows user|owner|"
    r"unknown|inconnu|author|auteur|pc|hp|lenovo|dell)\Z",
    re.I,
)
_PROPERTIES = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "description": "{http://purl.org/dc/elements/1.1/}description",
}


def read_word(data: bytes, path: str) -> Document:
    """Return the document of a Word file, with all tracked changes accepted.

    Raises:
        InputError: the file is damaged, or no Word file.
    """
    files = read_archive(data, path)
    if _DOCUMENT not in files:
        raise InputError("expected a Word file, found another kind of archive", path)
    notes: list[str] = []
    left_out: list[LeftOut] = []
    expected: Counter[str] = Counter()
    for name in _PARTS:
        if name in files:
            root = parse_xml(files[name], name, path)
            left_out += _accept_changes(root, notes)
            left_out += _take_contents(root)
            expected += count_words(" ".join(_texts(root)))
            files[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    for name in files:  # all are read by mammoth
        if name.endswith((".xml", ".rels")) and name not in _PARTS:
            parse_xml(files[name], name, path)
    left_out += _comments(files, path)
    left_out += _margins(files, path)
    html, pictures = _to_html(files, path, notes)
    document = read_fragment(html, pictures, notes)
    missing = expected - count_words(
        " ".join(part.plain for part in document.blocks)
        + "".join(f" {part.text}" for part in document.left_out)
    )
    if missing:
        words = " ".join(missing.elements())
        left_out.append(LeftOut("text in drawings or fields", words))
    said = {key: value for key, value in document._asdict().items() if value and key in _PROPERTIES}
    return document._replace(
        **(_properties(files, path) | said),
        left_out=(*document.left_out, *left_out),
        notes=tuple(notes),
        mark=_custom_mark(files, path),
    )


def _to_html(files: dict[str, bytes], path: str, notes: list[str]) -> tuple[str, dict[str, bytes]]:
    pictures: dict[str, bytes] = {}

    def convert_image(image: Any) -> dict[str, str]:
        with image.open() as stream:
            content = stream.read()
        if not picture_ending(content):
            notes.append(
                f"picture left out: its kind ({image.content_type}) is none that browsers show"
            )
            return {"src": ""}
        return {"src": picture_name(pictures, "picture", content)}

    try:
        result = mammoth.convert_to_html(
            write_archive(files),
            style_map=_STYLES + ("" if _is_all_preformatted(files) else _PREFORMATTED),
            convert_image=mammoth.images.img_element(convert_image),
        )
    except (KeyError, ValueError, AttributeError, IndexError, OSError, RecursionError) as error:
        raise InputError(
            f"this Word file cannot be read ({type(error).__name__}: {error}); open it in a word "
            "processor, save it again as .docx, and import that",
            path,
        ) from error
    return result.value, pictures


def _is_all_preformatted(files: dict[str, bytes]) -> bool:
    """Return whether most paragraphs are preformatted, as in a plain text that was opened."""
    styles = [
        style.get(f"{_W}val") or ""
        for style in etree.fromstring(files[_DOCUMENT]).iter(f"{_W}pStyle")
    ]
    return 2 * sum(_PREFORMATTED_ID.match(style) is not None for style in styles) > len(styles)


def _texts(root: _Element) -> Iterator[str]:
    """Yield the texts of paragraphs; runs of a paragraph are one text."""
    for paragraph in root.iter(f"{_W}p"):
        runs = [
            (element.text or "") if element.tag == f"{_W}t" else " "
            for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}p")
            if element.tag != f"{_W}t" or _own_paragraph(element) is paragraph
        ]
        yield "".join(runs)


def _own_paragraph(element: _Element) -> _Element | None:
    return next(element.iterancestors(f"{_W}p"), None)


def _accept_changes(root: _Element, notes: list[str]) -> Iterator[LeftOut]:
    """Accept all tracked changes; yield what they delete."""
    inserted = [*_changes(root, "ins"), *_changes(root, "moveTo")]
    for element, parent in inserted:
        at = parent.index(element)
        parent[at : at + 1] = list(element)
    deleted = [(one, "tracked deletion") for one in _changes(root, "del")]
    deleted += [(one, "place from which text was moved") for one in _changes(root, "moveFrom")]
    for (element, parent), kind in deleted:
        text = "".join(t.text or "" for t in element.iter(f"{_W}delText", f"{_W}t"))
        parent.remove(element)
        author = element.get(f"{_W}author")
        if text.strip():
            yield LeftOut(f"{kind} by {author}" if author else kind, text.strip())
    rows = [mark.getparent().getparent() for mark in root.iterfind(f".//{_W}trPr/{_W}del")]
    for row in rows:
        yield LeftOut("tracked deletion of a row", " ".join(_texts(row)))
        row.getparent().remove(row)
    if inserted or deleted or rows:
        notes.append(
            f"tracked changes are accepted: {len(inserted)} inserted, {len(deleted) + len(rows)} "
            "deleted; reject in the word processor what should not be in the article, and import "
            "again"
        )


def _changes(root: _Element, tag: str) -> list[tuple[_Element, _Element]]:
    """Return the elements of tracked changes around text, each with its parent."""
    return [
        (element, parent)
        for element in root.iter(f"{_W}{tag}")
        if (parent := element.getparent()) is not None
        and parent.tag not in (f"{_W}rPr", f"{_W}trPr")
    ]


def _take_contents(root: _Element) -> Iterator[LeftOut]:
    """Take tables of contents and formulas away, and yield their texts."""
    lines = []
    for paragraph in list(root.iter(f"{_W}p")):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and _CONTENTS.match(style.get(f"{_W}val") or ""):
            lines.append(" ".join("".join(t.text or "" for t in paragraph.iter(f"{_W}t")).split()))
            parent = paragraph.getparent()
            if parent is not None:
                parent.remove(paragraph)
    if any(lines):
        yield LeftOut("table of contents", "; ".join(line for line in lines if line))
    for formula in root.iter(f"{_FORMULA}oMath"):
        text = "".join(t.text or "" for t in formula.iter(f"{_FORMULA}t"))
        yield LeftOut("formula (write it as Markdown)", text)


def _comments(files: dict[str, bytes], path: str) -> Iterator[LeftOut]:
    name = "word/comments.xml"
    if name in files:
        for comment in parse_xml(files[name], name, path).iter(f"{_W}comment"):
            author = comment.get(f"{_W}author") or "somebody"
            yield LeftOut(f"comment by {author}", " ".join(_texts(comment)).strip())


def _margins(files: dict[str, bytes], path: str) -> Iterator[LeftOut]:
    seen = set()
    for name in sorted(files):
        match = _MARGIN.fullmatch(name)
        if match:
            text = one_line(" ".join(_texts(parse_xml(files[name], name, path))))
            if text and text not in seen:
                seen.add(text)
                yield LeftOut(f"{match[1]} of the pages", text)


def _properties(files: dict[str, bytes], path: str) -> dict[str, str]:
    name = "docProps/core.xml"
    if name not in files:
        return {}
    root = parse_xml(files[name], name, path)
    values = {key: one_line(root.findtext(tag) or "") for key, tag in _PROPERTIES.items()}
    if _NOBODY.match(values["author"]):
        values["author"] = ""
    if values["description"] == "generated by python-docx":
        values["description"] = ""
    return values


def _custom_mark(files: dict[str, bytes], path: str) -> str:
    name = "docProps/custom.xml"
    if name in files:
        for element in parse_xml(files[name], name, path):
            if element.get("name") == MARK_PROPERTY:
                return "".join(str(text) for text in element.itertext()).strip()
    return ""
