"""Articles read into segments and sections, and their control comments."""

from __future__ import annotations

import re

import pytest

from pipeline.article.reading import context_slug, file_pieces, read_article
from pipeline.article.rules import ReadingRules
from pipeline.errors import InputError
from tests.headings import HEADINGS

SEGMENTS = {
    "paragraph": ("One\ntwo", [("paragraph", "markdown", "One two")]),
    "heading": ("# One", [("heading", "line", "One")]),
    "item": ("- One", [("list item", "markdown", "One")]),
    "paragraphs of an item": (
        "- One\n\n  Two",
        [("list item", "markdown", "One"), ("list item", "markdown", "Two")],
    ),
    "quotation": ("> One\n> two", [("quotation", "markdown", "One two")]),
    "alert": ("> [!TIP]\n> One", [("quotation", "markdown", "One")]),
    "footnote": (
        "A[^1]\n\n[^1]: One",
        [("paragraph", "markdown", "A[^1]"), ("footnote", "markdown", "One")],
    ),
    "table": (
        "|A|B|\n|-|-|\n|c \\| d|`e\\|f` g|",
        [
            ("table header", "line in cell", "A"),
            ("table header", "line in cell", "B"),
            ("table cell", "line in cell", "c | d"),
            ("table cell", "line in cell", "`e|f` g"),
        ],
    ),
    "image": (
        '![One](u "Two")',
        [("image text", "alt", "One"), ("image title", "title", "Two")],
    ),
    "title with brackets": (
        "![One](u(1) (Two))",
        [("image text", "alt", "One"), ("image title", "title", "Two")],
    ),
    "title without words": ('![One](u "1")', [("image text", "alt", "One")]),
    "image in a cell": (
        "|A|\n|-|\n|![b](u 'c')|",
        [
            ("table header", "line in cell", "A"),
            ("image text", "alt in cell", "b"),
            ("image title", "title in cell", "c"),
        ],
    ),
    "image with attributes": (
        '![One](u "Two"){.a fig-alt="Three" width=50%}',
        [
            ("image text", "alt", "One"),
            ("image title", "title", "Two"),
            ("image text", "attribute", "Three"),
        ],
    ),
    "image with attributes only": (
        "![](u){fig-alt='One\ntwo'}",
        [("image text", "attribute", "One two")],
    ),
    "image with attributes of MkDocs": ("![One](u){ align=left }", [("image text", "alt", "One")]),
    "image with a title only": ('![](u "One")', [("image title", "title", "One")]),
    "images with attributes": (
        "[![](u){fig-alt='One'}](v) ![](w){alt='Two' title='3'}",
        [("image text", "attribute", "One"), ("image text", "attribute", "Two")],
    ),
    "image with attributes in a cell": (
        "|a|\n|-|\n|![](u){fig-cap='One \\| two'}|",
        [
            ("table header", "line in cell", "a"),
            ("image text", "title in cell", "One | two"),
        ],
    ),
    "lines within an element of raw HTML": (
        "<div>\n<PRE>\none\n\n*Two*\nthree\n\nfour\nfive\n</PRE>\n</div>\n\nSix\nseven",
        [
            ("paragraph", "markdown", "*Two*\nthree"),
            ("paragraph", "markdown", "four\nfive"),
            ("paragraph", "markdown", "Six seven"),
        ],
    ),
    "the end tag in a text of its own": (
        "<div>\n<pre>\n\none\ntwo\n\n</pre>\n\nthree\nfour",
        [("paragraph", "markdown", "one\ntwo"), ("paragraph", "markdown", "three four")],
    ),
    "lines within an element of a paragraph": (
        "One <pre>two\nthree</pre>",
        [("paragraph", "markdown", "One <pre>two\nthree</pre>")],
    ),
    "no such element": (
        "<div>\n<!-- <pre> -->\n<pre>a</pre>\n\none\ntwo",
        [("paragraph", "markdown", "one two")],
    ),
    "image in a sentence": ("A ![b](u 'c')", [("paragraph", "markdown", "A ![b](u 'c')")]),
    "image by label": ("![one]\n\n[one]: u", [("paragraph", "markdown", "![one]")]),
    "raw HTML": ("<p>One\n<b>two</b></p>", [("HTML text", "line", "One <b>two</b>")]),
    "raw HTML in a quote": ("> <p>\n> One\n> two\n> </p>", [("HTML text", "line", "One two")]),
    "code": ("```\nOne\n```\n\n    two\n\n`three`", []),
    "only numbers": ("12 — 13\n\n- 5 %", []),
    "only an address": ("<https://a.b>\n\nhttps://a.b/c\n\nwww.a.b", []),
    "a definition": ("[one]: u 'two'", []),
    "a comment": ("<!-- one -->", []),
    "a rule": ("***\n\n---", []),
    "hard break": ("One\\\ntwo  \nthree", [("paragraph", "markdown", "One\\\ntwo  \nthree")]),
    "skipped": (
        "<!-- pipeline: skip -->\n\nOne\n\n<!--pipeline:end-->\n\nTwo",
        [
            ("paragraph", "markdown", "Two"),
        ],
    ),
    "front matter": ("---\ntitle: One\nauthor: Two\n---\n", [("title", "yaml", "One")]),
    "front matter without words": ("---\ntitle: 12\n---\n", []),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", "\ufeff"])
@pytest.mark.parametrize(("text", "expected"), SEGMENTS.values(), ids=SEGMENTS)
def test_segments(
    text: str, expected: list[tuple[str, str, str]], before: str, newline: str
) -> None:
    data = (before + text.replace("\n", newline)).encode("utf-8")
    article = read_article(data, "en.md")
    assert [(s.kind, s.form, s.text) for s in article.segments] == expected
    assert b"".join(piece for piece, _ in file_pieces(article)) == data


def test_lines_and_offsets() -> None:
    data = "---\r\ntitle: é\r\n---\r\n\r\né\r\n\r\n<p>\r\nz</p>\r\n".encode()
    article = read_article(data, "en.md")
    assert [(s.line, data[s.start : s.end].decode()) for s in article.segments] == [
        (2, "é"),
        (5, "é"),
        (8, "z"),
    ]


EXPERTS = {
    "pattern": ("## Al, Org (@al)", ("al", True, "Al", "Org", "@al")),
    "blanks": ("## Al  B, The  Org (@al)", ("al-b", True, "Al B", "The Org", "@al")),
    "commas": ("## Al, Org, Ltd (@al)", ("al", True, "Al", "Org, Ltd", "@al")),
    "class": ("## Al, Org {.expert}", ("al", True, "Al", "Org", "")),
    "class, no organisation": ("## Al {.expert}", ("al", True, "Al", "", "")),
    "slug": ("## Al, Org (@al) {#me}", ("me", True, "Al", "Org", "@al")),
    "hard break in the name": ("Al\\\nB, Org (@al)\n---", ("al-b", True, "Al\\ B", "Org", "@al")),
    "plain": ("## Our view", ("our-view", False, "", "", "")),
    "no name": ("## Views (all)", ("views-all", False, "", "", "")),
    "no letters": ("## 2024", ("2024", False, "", "", "")),
    "only code": ("## `pip`", ("pip", False, "", "", "")),
    "no slug": ("## …", ("section", False, "", "", "")),
    "setext": ("View\n---", ("view", False, "", "", "")),
    "slug of ours": ("## Introduction", ("introduction-2", False, "", "", "")),
}


@pytest.mark.parametrize(("text", "expected"), EXPERTS.values(), ids=EXPERTS)
def test_sections(text: str, expected: tuple[str, bool, str, str, str]) -> None:
    article = read_article((text + "\n\nSaid.\n").encode(), "en.md")
    section = article.sections[-1]
    assert (
        section.slug,
        section.expert,
        section.name,
        section.organisation,
        section.handle,
    ) == expected
    assert article.segments[-1].context == expected[0]
    assert ("heading" in {s.kind for s in article.segments}) is (
        not section.expert and bool(re.search("[a-z]", section.title.replace("`pip`", "")))
    )


@pytest.mark.parametrize("text", ["# One", "### One", "> ## One", "- ## One", "<h2>One</h2>"])
def test_other_headings_open_no_section(text: str) -> None:
    assert [s.slug for s in read_article(text.encode(), "").sections] == [
        "front-matter",
        "introduction",
    ]


def test_slugs_are_unique() -> None:
    text = "## A\n\n## A\n\n## A-2\n\n## A\n\n## B {#a}\n"
    slugs = [s.slug for s in read_article(text.encode(), "").sections[2:]]
    assert slugs == ["a", "a-2", "a-2-2", "a-3", "a-4"]


def test_terms_are_those_of_all_experts() -> None:
    article = read_article(b"## Al, Org (@al)\n\n## Bo, Org (@bo)\n", "")
    assert article.terms == ("Al", "Org", "@al", "Bo", "@bo")


def test_an_expert_who_is_quoted_again_in_a_heading() -> None:
    article = read_article(b"## Al, Org (@al)\n\n### Al, Org (@al)\n", "")
    assert [(s.context, s.text) for s in article.segments] == [("al", "Al, Org (@al)")]


DIRECTIVES = {
    "note": (
        "<!-- pipeline: note Be  kind\n now -->\nOne\n\nTwo",
        [("Be kind now", "One"), ("", "Two")],
    ),
    "note in a list": ("- <!-- pipeline: note N -->\n\n  One", [("N", "One")]),
    "note with dashes": ("<!-- pipeline: note a -- b -->\n\nOne", [("a -- b", "One")]),
    "two notes": ("<!-- pipeline: note A -->\n<!-- pipeline: note B -->\n\nOne", [("B", "One")]),
    "no directive": ("<!-- pipelines: note A -->\n\n<!-- note B -->\n\nOne", [("", "One")]),
    "unknown word": ("<!-- pipeline: notes A -->\n\nOne", [("", "One")]),
    "inline": (
        "One <!-- pipeline: skip --> two\n\nThree",
        [
            ("", "One <!-- pipeline: skip --> two"),
            ("", "Three"),
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), DIRECTIVES.values(), ids=DIRECTIVES)
def test_notes(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(s.note, s.text) for s in read_article(text.encode(), "").segments] == expected


def test_context() -> None:
    article = read_article(b"<!-- pipeline: context Small Print -->\n\nOne\n\n## Two\n", "")
    assert [s.context for s in article.segments] == ["small-print", "two"]


def test_settings_choose_keys_and_experts() -> None:
    rules = ReadingRules(frozenset({"seo.title"}), re.compile(r"(?P<name>\w+)!"))
    article = read_article(b"---\ntitle: One\nseo:\n  title: Two\n---\n## Al!\n", "", rules)
    assert [s.text for s in article.segments] == ["Two"]
    assert article.terms == ("Al",)


def test_labels_and_metadata() -> None:
    article = read_article(b"---\na: 1\n---\n[One]\n\n[One]: u\n", "")
    assert article.labels == {"one"}
    assert article.metadata == (("a", "1"),)


def test_broken_front_matter_is_kept_and_told() -> None:
    article = read_article(b"---\ntitle: 'x\n---\nOne\n", "")
    assert [s.text for s in article.segments] == ["One"]
    assert article.fault is not None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"One\n\xe9t\xe9\n", "en.md:2: expected UTF-8, found byte 0xE9"),
        (b"\xff\xfeO\0n\0", "en.md:1: expected UTF-8, found byte 0xFF"),
    ],
)
def test_other_encodings_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        read_article(data, "en.md")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        *((text, slug) for text, _, slug in HEADINGS),
        ("One Two", "one-two"),
        (" One – Two! ", "one-two"),
        ("日本 語", "日本-語"),
        ("a_b", "ab"),
        ("C++", "c"),
        ("…", ""),
        ("a -- b", "a-b"),
    ],
)
def test_contexts_in_catalogues_never_change(text: str, slug: str) -> None:
    assert context_slug(text) == slug
