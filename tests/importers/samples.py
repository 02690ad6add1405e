"""Documents for the tests of importers, made as small as they can be."""

from __future__ import annotations

import io
import zipfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DATA = Path(__file__).with_name("data")
PNG = (DATA / "loaf.png").read_bytes()

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SCHEMAS = "http://schemas.openxmlformats.org"
_TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{_SCHEMAS}/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}"/></Types>'
)
_RELATIONS = (
    f'<?xml version="1.0"?><Relationships xmlns="{_SCHEMAS}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_SCHEMAS}/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def archive(files: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return target.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """Return a Word file with the XML of its body; a part ``comments`` is word/comments.xml."""
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    for name, content in parts.items():
        files[f"word/{name}.xml"] = content
    return archive(files)


def paragraph(*runs: str) -> str:
    """Return the XML of a paragraph with the texts of its runs, or runs that are XML already."""
    inner = "".join(
        one
        if one.startswith("<w:")
        else f'<w:r><w:t xml:space="preserve">{escape(one, quote=False)}</w:t></w:r>'
        for one in runs
    )
    return f"<w:p>{inner}</w:p>"


def part(root: str, inner: str) -> str:
    """Return the XML of another part of a Word file."""
    return f'<?xml version="1.0"?><w:{root} {_W}>{inner}</w:{root}>'


def xlsx(*rows: Sequence[object], **sheets: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook with rows on its first sheet, and further sheets."""
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    for row in rows:
        workbook.active.append(row)
    for title, lines in sheets.items():
        sheet = workbook.create_sheet(title)
        for line in lines:
            sheet.append(line)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()
