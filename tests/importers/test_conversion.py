"""Import as a whole: kinds of files, words that all come out, hostile files, the fifteen files."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from html import escape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError, UsageError
from pipeline.importers import ImportOptions, conversion, read_document, render_article
from pipeline.importers.word_check import count_words, shown_text
from pipeline.markdown import locate_front_matter, to_html
from tests.importers.samples import DATA, PNG, archive, docx, paragraph, xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.importers import Document

SEED = DATA.parents[2] / "source/six-social-experts/fr.md"
EXPERTS = "Ana Ruiz", "Ben Okoye", "Chiara Conti"

# Words that all come out.

_SIGNS = "*_`[]<>&#|~$^\\{}()!-+.:;,=@/'\"«»“”’…–%"
_WORDS = st.text(alphabet="abcéüßИ日Z019" + _SIGNS, min_size=1, max_size=9)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=12).map(" ".join)
_PARAGRAPHS = st.lists(_TEXTS, min_size=1, max_size=8)


def words_out(document: Document) -> Counter[str]:
    """Return the words of the article and of what is listed as left out."""
    text = render_article(
        document._replace(title="", author="", description="", category="", date="")
    )
    body = text[locate_front_matter(text).end :]
    listed = " ".join(part.text for part in document.left_out)
    return count_words(f"{shown_text(body)} {listed}")


@given(_PARAGRAPHS)
def test_the_words_of_a_plain_text_come_out(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    document = read_document(text.encode(), "a.txt")
    assert words_out(document) == _without_bullets(count_words(text), text)
    assert not [note for note in document.notes if "words may be" in note]


def _without_bullets(words: Counter[str], text: str) -> Counter[str]:
    """Return the words without the numbers of list items, which a page shows as its own."""
    numbers = re.findall(r"^[ \t]*(\d{1,3})[.)][ \t]+(?=\S)", text, re.M)
    return words - Counter(numbers)


@given(_PARAGRAPHS, st.sampled_from(["p", "h2", "li", "blockquote", "td", "div", "pre", "strong"]))
def test_the_words_of_a_page_come_out(paragraphs: list[str], tag: str) -> None:
    items = "".join(f"<{tag}>{escape(text)}</{tag}>" for text in paragraphs)
    wrapped = {"li": f"<ul>{items}</ul>", "td": f"<table><tr>{items}</tr></table>"}
    page = (
        f"<!DOCTYPE html><html><body><nav>Top of site</nav>{wrapped.get(tag, items)}</body></html>"
    )
    document = read_document(page.encode(), "a.html")
    apart = " " if tag not in ("strong",) else ""
    expected = count_words(apart.join(paragraphs))
    assert words_out(document) == expected + Counter(["Top", "of", "site"])


@given(_PARAGRAPHS)
def test_the_words_of_a_word_file_come_out(paragraphs: list[str]) -> None:
    data = docx("".join(map(paragraph, paragraphs)))
    document = read_document(data, "a.docx")
    assert words_out(document) == count_words("\n".join(paragraphs))


_CELLS = _TEXTS.filter(lambda text: not text.startswith("="))  # that would be a formula


@given(st.lists(st.tuples(_CELLS, _CELLS), min_size=1, max_size=4))
def test_the_words_of_a_form_come_out(answers: list[tuple[str, str]]) -> None:
    rows = [["Name", "Answer"], *map(list, answers)]
    document = read_document(xlsx(*rows), "a.xlsx")
    expected = count_words(" ".join(" ".join(row) for row in rows))
    text = "\n".join(answer for _, answer in answers)
    assert words_out(document) == _without_bullets(expected, text)


def test_a_word_that_would_be_lost_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.importers.text_file.escape_inline", lambda text: text)
    document = read_document(
        b"The <em words> are gone, and so is <b this>.\n\nMore of it.", "a.txt"
    )
    assert any("words may be lost" in note for note in document.notes)


# The seed, and the fifteen files.


def blocks_of(markdown: str) -> list[str]:
    """Return the blocks of a body as a page shows them; names of pictures do not count."""
    html = to_html(markdown[locate_front_matter(markdown).end :])
    html = re.sub(r' style="[^"]*"|(?<=src=")[^"]*(?=")|</?t(?:body|head)>|</?p>', "", html)
    html = re.sub(r"\s+", " ", html).replace("\xa0", " ")
    blocks = re.split(r"(?=<(?:h\d|ul|ol|li|table|tr|blockquote|div)\b)|(?<=</h2>)", html)
    return [" ".join(block.split()) for block in blocks if block.strip()]


def hand_edits(imported: str, wanted: str) -> int:
    """Return the number of places that an editor has to change."""
    matcher = SequenceMatcher(None, blocks_of(imported), blocks_of(wanted), autojunk=False)
    return sum(tag != "equal" for tag, *_ in matcher.get_opcodes())


def finder(folder: Path) -> object:
    def find(path: str) -> bytes | None:
        file = folder / path
        return file.read_bytes() if file.is_file() else None

    return find


FILES = {
    "alabaster.html": 2,  # [STRIKEOUT:most], and a space before the footnote: reStructuredText
    "furo.html": 2,
    "hugo.html": 0,
    "jekyll.html": 0,
    "libreoffice.html": 3,  # it writes no alt text, no quotation and no code
    "material.html": 0,
    "mkdocs.html": 1,  # its Markdown knows no ~~
    "pandoc.html": 0,
    "pelican.html": 1,
    "rtd.html": 1,
    "libreoffice.docx": 0,
    "pandoc.docx": 0,
}
"""Files with the text of bakers.md as real programs wrote it, and the hand edits they need."""


@pytest.mark.parametrize("name", FILES)
def test_files_of_real_programs_need_few_hand_edits(name: str) -> None:
    path = DATA / name
    document = read_document(path.read_bytes(), name, finder(DATA))  # type: ignore[arg-type]
    wanted = (DATA / "bakers.md").read_text("utf-8")
    article = render_article(document)
    assert hand_edits(article, wanted) == FILES[name], article
    assert document.title == "Three bakers on what they tell beginners"
    assert list(document.pictures.values()) == [PNG]
    assert not [note for note in document.notes if "words may be" in note]


@pytest.mark.parametrize("name", ["pasted_fr", "tracked", "unstyled"])
def test_word_files_that_nobody_styled_become_articles(name: str) -> None:
    document = read_document((DATA / f"{name}.docx").read_bytes(), f"{name}.docx")
    article = render_article(document, "fr" if name == "pasted_fr" else "en")
    assert article == (DATA / f"{name}.expected.md").read_text("utf-8")


def pasted_page() -> str:
    """Return our French article as it was pasted from its page, with all that surrounds it."""
    text = SEED.read_text("utf-8")
    front = dict(re.findall(r'^(\w+): "(.*)"$', text, re.M))
    body = re.split(r"^---$", text, maxsplit=2, flags=re.M)[2].strip()
    body = re.sub(r"^## (.*?)(?: \{#[\w-]+\})?$", r"\1", body, flags=re.M)
    caption, rest = body.split("\n\n", 1)
    box = "\n\nRédigé par\n\nErwan\n\n"
    before, _, about = rest.rpartition("\n\nErwan\n\n")
    top = ["Vous lisez", front["title"], front["category"], front["title"]]
    return "\n\n".join([*top, caption + before + "\n\nErwan" + box + about])


def words_of_the_seed(pasted: str) -> Counter[str]:
    """Return its words; the end of the caption and the first word behind it are two."""
    assert "aujourd'huiOn me" in pasted
    return _without_bullets(count_words(pasted.replace("huiOn", "hui On")), pasted)


def test_the_seed_becomes_our_article_with_two_hand_edits() -> None:
    pasted = pasted_page()
    document = read_document(pasted.encode(), "seed.txt")
    article, wanted = render_article(document, "fr"), SEED.read_text("utf-8")
    assert hand_edits(article, wanted) == 2  # an id for the last heading, and the author's box
    for key in ("title", "description", "category", "author", "language"):
        line = re.compile(rf"^{key}: .*$", re.M)
        assert line.findall(article) == line.findall(wanted)
    assert words_out(document) == words_of_the_seed(pasted)
    names = re.findall(r"^## (.*?),", article, re.M)
    assert names == [
        "Sally-Anne Kaminski", "Mark Murdock", "Sue Serna", "Devon Eyer", "Abby Guthkelch"
    ]  # fmt: skip
    assert "## Et enfin mon point de vue :\n" in article


def test_what_surrounds_an_article_can_be_kept() -> None:
    pasted = pasted_page()
    document = read_document(pasted.encode(), "seed.txt", options=ImportOptions(keep=True))
    assert document.left_out == ()
    body = render_article(document).partition("\n---\n")[2]
    assert count_words(shown_text(body)) == words_of_the_seed(pasted)


# Kinds of files.


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"# Salt\n\nIt is **salt**.\n", "a.md", "It is **salt**."),
        (b"# Salt\n\nIt is **salt**.\n", "standard input", "It is **salt**."),
        (b"It is **salt**.\n", "a.txt", r"It is \*\*salt\*\*."),
        (b"<p>It is <b>salt</b>.</p>", "a.html", "It is **salt**."),
        (b"<p>It is <b>salt</b>.</p>", "standard input", "It is **salt**."),
        (b"<!DOCTYPE html><title>x</title><p>It is <b>salt</b>.", "a.txt", "It is **salt**."),
        (b"It is salt, and no page.", "a.html", "It is salt, and no page."),
        (b"Name;Answer\nAna Ruiz;Salt\n", "standard input", "Salt"),
        (b"Name\tAnswer\nAna Ruiz\tSalt\n", "a.csv", "Salt"),
        ("Wären".encode("utf-16"), "a.txt", "Wären"),
        ("\ufeffDéjà vu".encode(), "a.txt", "Déjà vu"),
        ("Le café à l’été, déjà".encode("windows-1252"), "a.txt", "Le café à l’été, déjà"),
        (
            '<meta charset="iso-8859-1"><p>Déjà</p>'.encode("latin-1"),
            "a.html",
            "Déjà",
        ),
        (docx(paragraph("In Word.")), "a.docx", "In Word."),
        (docx(paragraph("In Word.")), "a.txt", "In Word."),
        (xlsx(["Name", "Answer"], ["Ana Ruiz", "Salt"]), "a.csv", "Salt"),
    ],
)
def test_the_kind_shows_in_the_content(data: bytes, name: str, expected: str) -> None:
    assert expected in render_article(read_document(data, name)).split("\n")


def test_front_matter_has_what_is_known() -> None:
    document = read_document(
        b'<html lang="en"><head><title>On "salt" | Site</title><meta name="author" content="Mira">'
        b'<meta property="article:published_time" content="2026-10-03T08:00:00Z">'
        b'<meta name="description" content="Short"></head>'
        b'<body><h1>On "salt"</h1><p>It is salt.</p>',
        "a.html",
    )
    assert render_article(document, "en").split("---")[1].strip().split("\n") == [
        r'title: "On \"salt\""',
        'description: "Short"',
        'author: "Mira"',
        "date: 2026-10-03",
        "language: en",
    ]


def test_front_matter_of_markdown_stays() -> None:
    text = "---\ntitle: Salt\nlayout: post # ours\n---\n\nIt is salt, isn't it?\n"
    assert render_article(read_document(text.encode(), "a.md")) == text


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pipeline.importers.word_file", None)
    with pytest.raises(UsageError, match=r"pip install 'roundup-pipeline\[import\]'"):
        read_document(docx(paragraph("In Word.")), "a.docx")


# Hostile files, and kinds that are not read.

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
)


def deep_docx() -> bytes:
    return docx("<w:sdt><w:sdtContent>" * 5000 + paragraph("x") + "</w:sdtContent></w:sdt>" * 5000)


HOSTILE = {
    "empty": (b"", "a.docx", "is empty"),
    "blank": (b" \n\n", "a.txt", "is empty"),
    "a zip bomb": (
        archive({"word/document.xml": b" " * 50_000_000}), "a.docx", "unpacks to 50,000,000 bytes"
    ),
    "many files": (
        archive({f"word/{n}": b"" for n in range(10_001)} | {"word/document.xml": b""}),
        "a.docx", "10,002 files",
    ),
    "a picture that is a bomb": (
        archive({"word/document.xml": b"<x/>", "word/media/a.png": b"\0" * 40_000_000}),
        "a.docx", "unpacks to 40,000,004 bytes",
    ),
    "an entity": (archive({"word/document.xml": ENTITY}), "a.docx", "declares entities"),
    "an entity in UTF-16": (
        archive({"word/document.xml": ENTITY.encode("utf-16")}), "a.docx", "declares entities"
    ),
    "an entity beside the text": (
        archive({"word/document.xml": b"<x/>", "word/styles.xml": ENTITY}), "a.docx",
        "declares entities",
    ),
    "an entity in a workbook": (
        archive({"xl/workbook.xml": ENTITY, "xl/worksheets/sheet1.xml": ENTITY}), "a.xlsx",
        "declares entities",
    ),
    "a truncated zip": (docx(paragraph("Some words")) [:400], "a.docx", "damaged or cut off"),
    "a zip that was changed": (
        docx(paragraph("Some words")).replace(b"PK\x01\x02", b"PK\x01\x03"), "a.docx", "damaged"
    ),
    "XML that is none": (archive({"word/document.xml": b"<w:p"}), "a.docx", "is damaged"),
    "deep XML": (deep_docx(), "a.docx", "is damaged"),
    "40,000 tags inside each other": (b"<div>" * 40_000 + b"<p>x", "a.html", "inside each other"),
    "100 MB of text": (b"word " * 20_000_000, "a.txt", "at most 64,000,000"),
    "60 MB of text": (b"word " * 12_000_000, "a.txt", "no article is so long"),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "remove the password"),
    "an old Word file": (OLE + "WordDocument".encode("utf-16-le"), "a.doc", "save it as .docx"),
    "an old Excel file": (OLE + "Workbook".encode("utf-16-le"), "a.xls", "save it as .xlsx"),
    "OpenDocument": (
        archive({"mimetype": "application/vnd.oasis.opendocument.text"}, 0), "a.odt",
        "save it as .docx",
    ),
    "a presentation": (archive({"ppt/presentation.xml": "<x/>"}), "a.pptx", "presentation"),
    "another archive": (archive({"a.txt": "x"}), "a.zip", "unpack it"),
    "PDF": (b"%PDF-1.7 ...", "a.pdf", "is a PDF"),
    "RTF": (b"{\\rtf1 x}", "a.doc", "save it as .docx"),
    "a picture": (PNG, "a.docx", "is a picture"),
    "a page in one file": (
        b"From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\n", "a.mhtml",
        "complete",
    ),
    "a program": (b"\x7fELF\0\0\0\1\2\3" * 50, "a.txt", "is no text"),
    "no encoding at all": (bytes([0xFF, 0xC3, 0x28, 0x81] * 9), "a.txt", "expected UTF-8"),
    "a form without answers": (b"Name,Answer\n", "a.csv", "has no answers"),
    "a form without names": (b"Colour,Answer\nred,This\n", "a.csv", "no column for the name"),
    "an open quotation mark": (b'Name,Answer\n"Ana,' + b"x" * 2_000_000, "a.csv", "no table"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused_with_what_to_do(case: str) -> None:
    data, name, message = HOSTILE[case]
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        read_document(data, name)
    assert str(caught.value).startswith(f"{name}:")


def test_scripts_do_not_come_in() -> None:
    page = (
        b"<html><body><h1>Salt</h1><script>alert(1)</script><p onclick='x()'>It is "
        b'<a href="javascript:alert(2)">salt</a><img src=x onerror="alert(3)">.</p>'
        b"<iframe src='https://example.org/'>old</iframe><style>p{}</style><p>More of it.</p>"
    )
    article = render_article(read_document(page, "a.html"))
    assert not re.search("alert|onclick|onerror|iframe|style", article)
    assert "It is salt." in article


def test_text_that_looks_like_a_script_is_text() -> None:
    article = render_article(read_document(b"Write <script>x()</script> {{ y }} there.", "a.txt"))
    assert "<script>" in shown_text(article)
    assert "<script>" not in to_html(article)


def test_a_large_but_honest_word_file_is_read() -> None:
    import random

    random.seed(1)
    words = ["".join(random.choices("abcdefghij", k=6)) for _ in range(400)]
    text = [" ".join(random.choices(words, k=80)) for _ in range(2000)]
    document = read_document(docx("".join(map(paragraph, text))), "a.docx")
    assert len(document.blocks) == 2000


def test_limits_are_those_of_the_messages() -> None:
    assert conversion.MOST_BYTES == 64_000_000
