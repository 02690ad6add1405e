"""Word files: accepted changes, comments, styles, properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.importers.word_file import read_word
from tests.importers.samples import archive, docx, paragraph, part

if TYPE_CHECKING:
    from pipeline.importers.document import Document


def read(body: str, **parts: str) -> Document:
    return read_word(docx(body, **parts), "a.docx")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def change(tag: str, text: str, author: str = "Rita") -> str:
    name = "delText" if tag == "del" else "t"
    return (
        f'<w:{tag} w:id="1" w:author="{author}"><w:r><w:{name} xml:space="preserve">{text}'
        f"</w:{name}></w:r></w:{tag}>"
    )


def test_tracked_changes_are_accepted_and_told() -> None:
    document = read(
        paragraph("a ", change("ins", "b "), change("del", "c "), "d")
        + paragraph(change("moveFrom", "e"))
        + paragraph(change("moveTo", "e"))
    )
    assert texts(document) == ["a b d", "e"]
    assert [(one.kind, one.text) for one in document.left_out] == [
        ("tracked deletion by Rita", "c"), ("place from which text was moved by Rita", "e")
    ]  # fmt: skip
    assert document.notes[0].startswith("tracked changes are accepted: 2 inserted, 2 deleted;")


def test_nested_changes() -> None:
    inner = change("del", "b")
    document = read(paragraph(f'<w:ins w:id="2" w:author="R">{run("a")}{inner}</w:ins>'))
    assert texts(document) == ["a"]


def test_a_deleted_row_goes() -> None:
    row = "<w:tr>{}<w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    mark = '<w:trPr><w:del w:id="1" w:author="R"/></w:trPr>'
    table = row.format("", paragraph("a"), paragraph("b")) + row.format(
        mark, paragraph("c"), paragraph("d")
    )
    document = read(f"<w:tbl>{table}</w:tbl>")
    assert texts(document) == ["| a | b |\n| --- | --- |"]
    assert document.left_out[0].kind == "tracked deletion of a row"
    assert document.left_out[0].text.split() == ["c", "d"]


def test_comments_headers_and_footers_are_listed() -> None:
    comment = f'<w:comment w:id="0" w:author="Rita">{paragraph("Is it?")}</w:comment>'
    document = read(
        paragraph("a"),
        comments=part("comments", comment),
        header1=part("hdr", paragraph("Draft")),
        footer1=part("ftr", paragraph("Page 1")),
        footer2=part("ftr", paragraph("Page 1")),
    )
    assert texts(document) == ["a"]
    assert [(one.kind, one.text) for one in document.left_out] == [
        ("comment by Rita", "Is it?"), ("footer of the pages", "Page 1"),
        ("header of the pages", "Draft"),
    ]  # fmt: skip


def test_formatting() -> None:
    document = read(
        paragraph(run("a", "<w:b/>"), run("b", "<w:b/>"), " ", run("c", "<w:i/>"), " ",
                  run("d", "<w:strike/>"), " ", run("e", '<w:u w:val="single"/>'))
    )  # fmt: skip
    assert texts(document) == ["**ab** *c* ~~d~~ <u>e</u>"]


def test_text_that_mammoth_does_not_read_is_listed() -> None:
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    document = read(
        paragraph("a ", "<w:r><w:t>b</w:t></w:r>")
        + f"<w:p><m:oMath {math}><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>"
        + "<w:unknown>" + paragraph("lost words") + "</w:unknown>"
    )  # fmt: skip
    assert texts(document) == ["a b"]
    assert [(one.kind, one.text) for one in document.left_out] == [
        ("formula (write it as Markdown)", "x=1"), ("text in drawings or fields", "lost words")
    ]  # fmt: skip


def test_tables_of_contents_go() -> None:
    style = '<w:pPr><w:pStyle w:val="TOC1"/></w:pPr>'
    document = read(
        f"<w:p>{style}{run('Salt 1')}</w:p><w:p>{style}{run('Water 2')}</w:p>" + paragraph("a")
    )
    assert texts(document) == ["a"]
    assert [(o.kind, o.text) for o in document.left_out] == [
        ("table of contents", "Salt 1; Water 2")
    ]


def properties(author: str) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
        'metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Salt</dc:title>'
        f"<dc:creator>{author}</dc:creator></cp:coreProperties>"
    )


def with_files(**files: str) -> Document:
    import zipfile
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(docx(paragraph("a")))) as zipped:
        content: dict[str, bytes | str] = {name: zipped.read(name) for name in zipped.namelist()}
    return read_word(
        archive(content | {f"docProps/{k}.xml": v for k, v in files.items()}), "a.docx"
    )


def test_properties() -> None:
    document = with_files(core=properties("Mira"))
    assert (document.title, document.author) == ("Salt", "Mira")
    assert with_files(core=properties("Microsoft Office User")).author == ""


def test_a_document_that_we_built_says_so() -> None:
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property name="pipeline"><vt:lpwstr>salt:fr</vt:lpwstr></property></Properties>'
    )
    assert with_files(custom=custom).mark == "salt:fr"
    assert with_files().mark == ""
