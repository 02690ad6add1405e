"""Lines and columns in an article and in a PO file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.article.positions import InArticle, InEntry, at_offset, in_article
from pipeline.article.reading import read_article
from pipeline.catalogue.po.entry import render
from pipeline.findings import Place
from pipeline.model import State, Unit

IN_ARTICLE = {
    "one line": ("One two\n", "two", (1, 5, 1, 8)),
    "soft break": ("One\ntwo three\n", "two", (2, 1, 2, 4)),
    "over a soft break": ("One\ntwo\n", "One two", (1, 1, 2, 4)),
    "CRLF": ("One\r\ntwo é z\r\n", "z", (2, 7, 2, 8)),
    "block quote": ("> One\n> two\n", "two", (2, 3, 2, 6)),
    "nested quote": ("> > One\n> > two\n", "two", (2, 5, 2, 8)),
    "list": ("- One\n  two\n", "two", (2, 3, 2, 6)),
    "hard break": ("One\\\ntwo\n", "two", (2, 1, 2, 4)),
    "hard break of blanks": ("One  \ntwo\n", "two", (2, 1, 2, 4)),
    "hard break and CRLF": ("One  \r\ntwo three\r\n", "three", (2, 5, 2, 10)),
    "backslash and CRLF": ("> One\\\r\n> two three\r\n", "three", (2, 7, 2, 12)),
    "hard break in a quote": ("> One  \n> two\n", "two", (2, 3, 2, 6)),
    "BOM": ("\ufeffOne two\n", "two", (1, 5, 1, 8)),
    "astral": ("👩‍🚀 日本 two\n", "two", (1, 8, 1, 11)),
    "combining": ("e\u0301 two\n", "two", (1, 4, 1, 7)),
    "no-break space": ("Pourquoi\u202f? two\n", "two", (1, 12, 1, 15)),
    "table cell": ("| a |\n|---|\n| x \\| two |\n", "two", (3, 8, 3, 11)),
    "front matter": ("---\ntitle: One two\n---\n", "two", (2, 12, 2, 15)),
    "quoted front matter": ('---\ntitle: "One two"\n---\n', "two", (2, 13, 2, 16)),
}


@pytest.mark.parametrize(("text", "words", "expected"), IN_ARTICLE.values(), ids=IN_ARTICLE)
def test_in_an_article(text: str, words: str, expected: tuple[int, ...]) -> None:
    article = read_article(text.encode(), "a.md")
    segment = next(s for s in article.segments if words in s.text)
    start = segment.text.index(words)
    assert in_article(article, segment, start, start + len(words)) == Place("a.md", *expected)


def test_front_matter_that_cannot_be_followed_is_all_of_the_value() -> None:
    article = read_article(b"---\ntitle: 'It''s one'\n---\n", "a.md")
    (segment,) = article.segments
    assert in_article(article, segment, 5, 8) == Place("a.md", 2, 8, 2, 19)


def test_a_whole_segment_and_a_byte() -> None:
    article = read_article("Zéro\n\nOne\ntwo\n".encode(), "a.md")
    assert in_article(article, article.segments[1]) == Place("a.md", 3, 1, 4, 4)
    assert at_offset("a.md", article.data, 3) == Place("a.md", 1, 3)


ENTRY = (
    '#: a.md:3\nmsgctxt "x"\nmsgid ""\n"One "\n"two"\nmsgstr ""\n"Un \\"mot\\"\\n"\n"déux \\\\ z"\n'
)
IN_ENTRY = {
    "first line": ("Un", (7, 2, 7, 4)),
    "behind an escape": ("mot", (7, 7, 7, 10)),
    "an escape": ('"', (7, 5, 7, 7)),
    "second line": ("déux", (8, 2, 8, 6)),
    "over the lines": ('"\nd', (7, 10, 8, 3)),
    "last": ("z", (8, 10, 8, 11)),
}


@pytest.mark.parametrize(("words", "expected"), IN_ENTRY.values(), ids=IN_ENTRY)
def test_in_an_entry(words: str, expected: tuple[int, ...]) -> None:
    start = 'Un "mot"\ndéux \\ z'.index(words)
    place = InEntry("x.po", ENTRY, 3).place(start, start + len(words))
    assert place == Place("x.po", *expected)


def test_in_an_entry_of_one_line() -> None:
    raw = 'msgid "One"\nmsgstr "Un mot"\n\n'
    assert InEntry("x.po", raw, 10).place(3, 6) == Place("x.po", 11, 12, 11, 15)
    assert InEntry("x.po", raw, 10).place() == Place("x.po", 11, 1, 11, 16)
    assert InEntry("x.po", 'msgid "One"\nmsgstr ""\n', 10).place() == Place("x.po", 11, 1, 11, 10)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1, max_size=80))
def test_every_character_of_an_entry_has_its_place(target: str) -> None:
    raw = render(Unit("x", "One", target, State.REVIEWED), 40)
    lines = raw.split("\n")
    entry = InEntry("x.po", raw, 1 + raw[: raw.index("msgid")].count("\n"))
    for at, character in enumerate(target):
        place = entry.place(at, at + 1)
        there = lines[place.line - 1][place.column - 1 :]
        assert there.startswith(character) or there.startswith("\\")


@pytest.mark.parametrize("name", sorted(p.name for p in Path("tests/golden").iterdir()))
def test_every_character_of_the_golden_articles(name: str) -> None:
    for path in Path("tests/golden", name).glob("*.md"):
        article = read_article(path.read_bytes(), "a.md")
        for segment in article.segments:
            text = InArticle(article, segment)
            for at in range(0, len(segment.text), 7):
                start, end = text.raw(at, at + 1)
                assert segment.start <= start <= end <= segment.end
                if (start, end) != (segment.start, segment.end):
                    there = article.data[start:end].decode()
                    assert there == segment.text[at] or segment.text[at] in " \n"


def test_lines_of_an_old_mac() -> None:
    data = b"One\rtwo\r\r<p>\rThree</p>\r\r- Four\r\n- Five\n"
    article = read_article(data, "x.md")
    assert [segment.line for segment in article.segments] == [1, 5, 7, 8]
    assert [in_article(article, s).line for s in article.segments] == [1, 5, 7, 8]
    assert in_article(article, article.segments[0], 4, 7)[:3] == ("x.md", 2, 1)
    assert at_offset("x.md", data, data.index(b"Five"))[:3] == ("x.md", 8, 3)
