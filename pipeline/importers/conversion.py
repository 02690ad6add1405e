"""Read a document of any kind, and write it as an article."""

from __future__ import annotations

import codecs
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from pipeline.article import ReadingRules
from pipeline.encodings import likely_encoding
from pipeline.errors import InputError, UsageError, decode
from pipeline.importers.escaping import one_line
from pipeline.importers.expert_titles import join_blocks, mark_experts, with_expert_headings
from pipeline.importers.form_table import csv_rows, read_form, xlsx_rows
from pipeline.importers.glued_captions import split_captions
from pipeline.importers.markdown_file import read_markdown
from pipeline.importers.page_furniture import leave_out_furniture
from pipeline.importers.pictures import picture_ending
from pipeline.importers.text_file import read_text
from pipeline.importers.word_check import differing_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipeline.importers.document import Block, Document

__all__ = ["MOST_BYTES", "ImportOptions", "read_document", "render_article"]

MOST_BYTES = 64_000_000
"""Maximum size of a file."""
_MOST_TEXT = 8_000_000
"""Maximum size of a text, without what it embeds as data."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENDINGS = {
    "html": (".html", ".htm", ".xhtml"),
    "markdown": (".md", ".markdown", ".mdx", ".mdown"),
    "csv": (".csv", ".tsv"),
    "text": (".txt", ".text"),
}
_FOREIGN = {
    b"%PDF": "a PDF, which has no paragraphs; ask for the file that it was made of, or copy its "
    "text into a plain text file",
    b"{\\rtf": "in Rich Text Format; open it in a word processor and save it as .docx",
    b"\x1f\x8b": "compressed; unpack it first",
    b"7z\xbc\xaf": "a 7-Zip archive; unpack it first",
    b"Rar!": "a RAR archive; unpack it first",
}
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|div|p|article|section|main|h[1-6]|"
    r"table|ul|ol|span|meta|blockquote|figure)\b",
    re.I | re.S,
)
_MARKDOWN = re.compile(
    r"\A---\n.*?\n---\n|^#{1,6} \S|\[[^\]\n]+\]\((?:https?|mailto):", re.M | re.S
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_MHTML = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type:\s*multipart/", re.I)
_QUESTION = re.compile(r"[«“„\"]\s*([^«»“”„\"]{8,240}[?？])\s*[»”“\"]")
_DATA = re.compile(r"data:[\w/+.-]+;base64,[\w+/=\s]{1000,}")
_SHOWN_WORDS = 12


class ImportOptions(NamedTuple):
    """Choices of the editor."""

    keep: bool = False
    """Leave nothing out."""
    columns: Mapping[str, str] = {}
    """Headings of the columns of a form, or their numbers from 1, by field."""
    rules: ReadingRules = ReadingRules()
    """Rules by which the project reads articles."""


def read_document(
    data: bytes,
    path: str,
    find_file: Callable[[str], bytes | None] = lambda path: None,
    options: ImportOptions | None = None,
) -> Document:
    """Return the document in a file: its blocks with headings for experts, without furniture.

    ``path`` is for messages, and its ending tells kinds of text apart; ``find_file`` returns the
    content of a file by its path relative to this one.

    Raises:
        InputError: the file is damaged, hostile, too large, or of a kind that is not read.
        UsageError: a library or a column is missing.
    """
    if len(data) > MOST_BYTES:
        raise InputError(
            f"has {len(data):,} bytes, and at most {MOST_BYTES:,} are read; make its pictures "
            "smaller, or copy its text into a new document",
            path,
        )
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise InputError("is empty", path)
    options = options or ImportOptions()
    document = _read(data, path, find_file, options)
    is_form = any(block.expert for block in document.blocks)
    if not is_form:
        document = leave_out_furniture(document, keep=options.keep)
    notes = list(document.notes)
    blocks = document.blocks
    if not (is_form or document.front):
        blocks = tuple(split_captions(blocks, document.title, notes))
    blocks = with_expert_headings(blocks, options.rules, notes)
    blocks = mark_experts(blocks, options.rules)
    question = document.description or ("" if document.front else _question(document))
    if question != document.description:
        notes.append(f"description, from the question that the article asks: {question}")
    missing, added = differing_words(
        (block.plain for block in blocks), join_blocks(_without_marks(blocks))
    )
    for words, verb in ((missing, "lost"), (added, "changed")):
        if words:
            shown = " ".join(words[:_SHOWN_WORDS])
            notes.append(
                f"{len(words)} words may be {verb}, compare them with the file: {shown}"
                + (" …" if len(words) > _SHOWN_WORDS else "")
            )
    return document._replace(blocks=blocks, description=question, notes=tuple(notes))


def _without_marks(blocks: Sequence[Block]) -> list[Block]:
    return [block._replace(text=block.text.removesuffix(" {.expert}")) for block in blocks]


def render_article(document: Document, language: str = "") -> str:
    """Return a document as an article with front matter; ``language`` is written if it is given."""
    body = join_blocks(document.blocks)
    if document.front:
        return f"{document.front}\n\n{body}"
    values = {
        "title": document.title,
        "description": document.description,
        "category": document.category,
        "author": document.author,
        "date": document.date,
        "language": language,
    }
    lines = [f"{key}: {_yaml(key, value)}" for key, value in values.items() if value]
    return "\n".join(["---", *lines, "---", "", body]) if lines else body


def _yaml(key: str, value: str) -> str:
    if key in ("date", "language"):
        return value
    # Double-quoted YAML is a superset of JSON.
    text = "".join(char for char in one_line(value) if char.isprintable() or char.isspace())
    return json.dumps(text, ensure_ascii=False)


def _read(
    data: bytes,
    path: str,
    find_file: Callable[[str], bytes | None],
    options: ImportOptions,
) -> Document:
    try:
        if data.startswith(b"PK\x03\x04"):
            return _read_archive(data, path, options)
        _refuse_foreign(data, path)
        notes: list[str] = []
        text = _decode(data, path, notes)
        document = _read_text_kind(text, path, find_file, options, notes)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{path}: this kind of file needs {error.name}, which is not installed; run "
            "pip install 'roundup-pipeline[import]'"
        ) from error
    return document._replace(notes=(*notes, *document.notes))


def _read_archive(data: bytes, path: str, options: ImportOptions) -> Document:
    names = _names(data)
    if "word/document.xml" in names or (not names and b"word/" in data):
        from pipeline.importers.word_file import read_word  # here, as it is an extra

        return read_word(data, path)
    if "xl/workbook.xml" in names or (not names and b"xl/" in data):
        notes: list[str] = []
        return read_form(xlsx_rows(data, path, notes), path, options.columns, notes)
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:120]:
        raise InputError("is an OpenDocument file; open it and save it as .docx", path)
    if any(name.startswith("ppt/") for name in names):
        raise InputError("is a presentation; copy its text into a document", path)
    if not names:
        raise InputError("damaged or cut off; save or download it again", path)
    raise InputError("is an archive of an unknown kind; unpack it, and import a file in it", path)


def _names(data: bytes) -> set[str]:
    """Return the names of the files in an archive; none if it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        return set()


def _refuse_foreign(data: bytes, path: str) -> None:
    """Raise InputError for a file that is no text, with what to do."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise InputError(
                "is protected by a password; open it, remove the password, and save it again", path
            )
        kind = "Excel" if "Workbook".encode("utf-16-le") in data else "Word"
        ending = ".xlsx" if kind == "Excel" else ".docx"
        raise InputError(f"is of an old kind of {kind} file; open it and save it as {ending}", path)
    for sign, advice in _FOREIGN.items():
        if data.startswith(sign):
            raise InputError(f"is {advice}", path)
    if picture_ending(data) and not data.startswith(b"BM"):
        raise InputError("is a picture; import the document that shows it", path)
    if _MHTML.match(data[:4000].replace(b"\r", b"")):
        raise InputError(
            "is a page with all its files in one; save it as “Web page, complete” instead", path
        )
    has_mark = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in data[:4000] and not has_mark and not likely_encoding(data).startswith("UTF-16"):
        raise InputError(
            "is no text, and no kind of document that is read: expected Word (.docx), HTML, "
            "Markdown, plain text, CSV or Excel (.xlsx)",
            path,
        )


def _decode(data: bytes, path: str, notes: list[str]) -> str:
    """Return the text of a file in UTF-8, in what it declares, or in what surely fits."""
    charset = _CHARSET.search(data[:4000])
    declared = charset[1].decode() if charset else ""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    for name in (declared, likely_encoding(data)):
        try:
            text = data.decode(name) if name else ""
        except (LookupError, UnicodeError):
            continue
        if text:
            notes.append(f"read as {name}, as it is not UTF-8; look whether its accents are right")
            return text.removeprefix("\ufeff")
    return decode(data, path)


def _read_text_kind(
    text: str,
    path: str,
    find_file: Callable[[str], bytes | None],
    options: ImportOptions,
    notes: list[str],
) -> Document:
    size = len(_DATA.sub("", text)) if "base64," in text else len(text)
    if size > _MOST_TEXT:
        raise InputError(
            f"has {size:,} characters of text, and at most {_MOST_TEXT:,} are read; no article is "
            "so long",
            path,
        )
    lower = path.lower()
    by_name = next((kind for kind, ends in _ENDINGS.items() if lower.endswith(ends)), "")
    kind = _kind(text, by_name)
    if by_name and kind != by_name:
        notes.append(f"read as {kind.upper() if kind == 'html' else kind}, which its content is")
    if kind == "html":
        from pipeline.importers.html_page import read_page  # here, as it is an extra

        return read_page(text, path, find_file, keep=options.keep)
    if kind == "markdown":
        return read_markdown(text, find_file, path)
    if kind == "csv":
        rows_notes: list[str] = []
        return read_form(csv_rows(text, path), path, options.columns, rows_notes)
    return read_text(text)


def _kind(text: str, by_name: str) -> str:
    """Return the kind of a text: by its content where that is clear, else by the file's name."""
    is_html = _HTML.match(text) is not None
    if is_html and by_name != "markdown":
        return "html"
    if by_name == "html":
        return "html" if re.search(r"</?[a-z]+[^<>]*>", text, re.I) else "text"
    if by_name:
        return by_name
    if _MARKDOWN.search(text.replace("\r\n", "\n")):
        return "markdown"
    return "csv" if _is_form(text) else "text"


def _is_form(text: str) -> bool:
    try:
        rows = csv_rows(text, "")
        read_form(rows, "", {}, [])
    except (InputError, UsageError):
        return False
    return len(rows) > 1 and len({len(row) for row in rows}) == 1


def _question(document: Document) -> str:
    """Return the question in quotation marks that the text before the first expert asks last."""
    question = ""
    for block in document.blocks:
        if block.kind == "heading" or "(@" in block.plain:
            break
        if block.kind == "paragraph":
            found = _QUESTION.findall(block.plain)
            question = found[-1].strip() if found else question
    return question
