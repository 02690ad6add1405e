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
