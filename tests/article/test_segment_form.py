"""Text of a segment in its place in the file, and folded into one line."""

from __future__ import annotations

import pytest

from pipeline.article.segment_form import fold, notation

FORMS = {
    "paragraph": ("paragraph", "|One", "markdown"),
    "item": ("list item", "- |One", "markdown"),
    "heading": ("heading", "# |One", "line"),
    "cell": ("table cell", "| |One |", "line in cell"),
    "cell in quotes": ("table header", '| "|One" |', "line in cell"),
    "title of a container": ("paragraph", "::: note |One", "line"),
    "title of a container in a quote": ("paragraph", "> ::: note |One", "line"),
    "behind a container": ("paragraph", "::: note\n|One", "markdown"),
    "label of a container": ("paragraph", ":::note[|One]", "alt"),
    "brackets in a text": ("paragraph", "See [|one](u)", "markdown"),
    "title of an admonition": ("paragraph", '!!! note "|One"', "attribute"),
    "attribute": ("paragraph", '<Card title="|One">', "attribute"),
    "attribute of a component": ("paragraph", '<Card title={{a}} text="|One">', "attribute"),
    "parameter of a template": ("paragraph", '{{< card title="|One" >}}', "title"),
    "parameter of a tag": ("paragraph", '{% card title="|One" %}', "title"),
    "attribute behind a template": ("paragraph", '{{ a }} <b title="|One">', "attribute"),
    "attribute within a property": ("paragraph", '<Card a={{<b title="|One">}}>', "attribute"),
    "property": ("paragraph", "<Card a={{b: '|One'}}>", "script"),
    "property with a name in quotes": ("paragraph", "{'a-b' : \"|One\"}", "script"),
    "quotes behind a colon": ("paragraph", 'She said: "|One"', "markdown"),
}


@pytest.mark.parametrize(("kind", "text", "form"), FORMS.values(), ids=FORMS)
def test_notation(kind: str, text: str, form: str) -> None:
    before, text = text.split("|One")[0], text.replace("|One", "One")
    assert notation(text.encode(), len(before.encode()), kind) == form


@pytest.mark.parametrize(
    ("raw", "depth", "hard", "expected"),
    [
        ("one", 0, (), "one"),
        ("one\ntwo", 0, (), "one two"),
        ("one\r\ntwo\rthree", 0, (), "one two three"),
        ("one \t\n \t two", 0, (), "one two"),
        ("one\n> two", 0, (), "one > two"),
        ("one\n> two", 1, (), "one two"),
        ("one\n>>two\n > > three\nfour", 2, (), "one two three four"),
        ("one\n> > two", 1, (), "one > two"),
        ("one  \ntwo", 0, (3,), "one  \ntwo"),
        ("one\\\r\n  two", 0, (3,), "one\\\ntwo"),
        ("one\\\n> two\n> three", 1, (3,), "one\\\ntwo three"),
        ("a\u2028b\x85c\x0cd", 0, (), "a\u2028b\x85c\x0cd"),
    ],
)
def test_fold(raw: str, depth: int, hard: tuple[int, ...], expected: str) -> None:
    assert fold(raw.encode("utf-8"), depth, hard) == expected


KEPT = {
    "fields": ("name: X\nID: y\ninfo:", "name: X\nID: y\ninfo:"),
    "bold fields": ("**Name**: X\n**Place:** y", "**Name**: X\n**Place:** y"),
    "full-width colons": ("名前：X\n住所：y", "名前：X\n住所：y"),
    "fields, one of two lines": ("a: 1\nb: 2\n  more\nc: 3", "a: 1\nb: 2 more\nc: 3"),
    "fields behind tags": ("a: 1<br />\nb: 2\nc: 3", "a: 1<br /> b: 2\nc: 3"),
    "bullets": ("one\n      - two\n      * three\n four", "one\n- two\n* three four"),
    "numbers in order": ("one\n2. two\n3) three", "one\n2. two\n3) three"),
    "definition": ("one\n: two", "one\n: two"),
    "rows": ("one\na | b\n--|--\nc | d\ntwo", "one\na | b\n--|--\nc | d\ntwo"),
    "rows with outer bars": ("one\n| a |\n|---|\n| b |", "one\n| a |\n|---|\n| b |"),
}
FOLDED = {
    "one colon": ("Note: one\ntwo", "Note: one two"),
    "colons within sentences": (
        "This is what she told all of us: one\ntwo: three",
        "This is what she told all of us: one two: three",
    ),
    "two fields of three lines": ("a: 1\nb: 2\nmore", "a: 1 b: 2 more"),
    "addresses": ("See: one\nhttps://a.b", "See: one https://a.b"),
    "a year": ("in the year\n986. It was", "in the year 986. It was"),
    "a dash in a line": ("one\ntwo - three", "one two - three"),
    "a rule": ("one\n| --", "one | --"),
}


@pytest.mark.parametrize(("raw", "expected"), [*KEPT.values(), *FOLDED.values()])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_like_a_block(raw: str, expected: str, newline: str) -> None:
    quoted = raw.replace("\n", newline + "> ")
    assert fold(raw.replace("\n", newline).encode(), 0) == expected
    assert fold(quoted.encode(), 1) == expected


@pytest.mark.parametrize(
    ("before", "number", "kept"),
    [
        (b"1. ", 2, True),
        (b"\n  -   ", 7, True),
        (b"\n> * ", 2, True),
        (b"a\n3) ", 2, True),
        (b"- ", 312, False),
        (b"a", 2, False),
        (b"", 2, False),
    ],
)
def test_number_in_an_item(before: bytes, number: int, kept: bool) -> None:
    assert ("\n" in fold(b"one\n    %d. two" % number, 0, before=before)) is kept


def test_no_soft_line_break_kept() -> None:
    assert fold(b"a: 1\nb: 2  \nc: 3", 0, (9,), keep=False) == "a: 1 b: 2  \nc: 3"


def test_all_line_breaks_kept() -> None:
    assert fold(b"one  \n> two\n> three", 1, (3,), keep=True) == "one  \ntwo\nthree"
