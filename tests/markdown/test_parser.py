"""Runs of inline text, their constructs, and the folding of their lines."""

from __future__ import annotations

import pytest

from pipeline.markdown.parser import Run, blocks, definitions, inline, to_html

RUNS = {
    "paragraph": ("One *two*", ["One *two*"]),
    "two blocks": ("# One\n\nTwo", ["One", "Two"]),
    "escape at the start": ("\\# One", ["\\# One"]),
    "code at the start": ("`a` one", ["`a` one"]),
    "link at the end": ("One [two](u)", ["One [two](u)"]),
    "full reference": ("[a][b]\n\n[b]: u", ["[a][b]"]),
    "collapsed reference": ("[b][]\n\n[b]: u", ["[b][]"]),
    "collapsed reference inside": ("*[b][]* c\n\n[b]: u", ["*[b][]* c"]),
    "collapsed image": ("![b][]\n\n[b]: u", ["![b][]"]),
    "shortcut, then brackets": ("[b] []\n\n[b]: u", ["[b] []"]),
    "image at the end": ("One ![two](u 't')", ["One ![two](u 't')"]),
    "strikethrough": ("~~One~~", ["~~One~~"]),
    "footnote": ("One[^1]\n\n[^1]: Two", ["One[^1]", "Two"]),
    "table": ("|a|`b`|\n|-|-|\n|c\\|d||", ["a", "`b`", "c\\|d"]),
    "task": ("- [ ] One", ["One"]),
    "setext": ("One\ntwo\n===", ["One\ntwo"]),
    "closing marks": ("## One ##", ["One"]),
    "heading attributes": ("## One {#id .c}", ["One"]),
    "quote": ("> One\n> two", ["One\n> two"]),
    "code block": ("```\nOne\n```", ["One\n"]),
}


def runs(body: str, before: bytes = b"") -> list[Run]:
    """Return the runs of a text that follows some bytes."""
    data = before + body.encode("utf-8")
    return [block.run for block in blocks(body, data, len(before)) if block.run]


@pytest.mark.parametrize("before", [b"", "\ufeff---\na: é\n---\n\\".encode()])
@pytest.mark.parametrize(("body", "expected"), RUNS.values(), ids=RUNS)
def test_runs(body: str, expected: list[str], before: bytes) -> None:
    data = before + body.encode("utf-8")
    assert [data[r.start : r.end].decode("utf-8") for r in runs(body, before)] == expected


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("One", True),
        ("1 — 2", False),
        ("`code`", False),
        ("<https://example.org>", False),
        ("<me@example.org> and", True),
        ("![alt](u)", True),
        ("![](u)", False),
        ("1 <b>", False),
        ("日本", True),
    ],
)
def test_words(body: str, words: bool) -> None:
    assert [run.words for run in runs(body)] == [words]


@pytest.mark.parametrize(
    ("body", "alt"),
    [
        ("![alt](u)", "alt"),
        ('![alt](u "title")', "alt"),
        ("![alt][r]\n\n[r]: u", "alt"),
        ("![*a* [b](c)](u)", "*a* [b](c)"),
        ("![a ![b](c)](u)", "a ![b](c)"),
        ("![alt]\n\n[alt]: u", ""),  # its text is the label
        ("![alt][]\n\n[alt]: u", ""),
        ("![](u)", ""),
        ("![alt](u) more", ""),
        ("more ![alt](u)", ""),
        ("![one](u)![two](v)", ""),
        ("[![alt](u)](v)", ""),
    ],
)
def test_images_that_stand_alone(body: str, alt: str) -> None:
    (run,) = runs(body)
    assert body.encode()[run.start + 2 : run.alt_end].decode() == alt


def test_hard_breaks_are_known() -> None:
    (run,) = runs("One  \ntwo\\\nthree\nfour")
    assert list(run.hard) == [3, 9]


INLINE = {
    "emphasis": ("a *b* c", [("emphasis", "*b*", "b", "")]),
    "strong": ("**b**", [("strong", "**b**", "b", "")]),
    "nested": ("***b***", [("strong", "**b**", "b", ""), ("emphasis", "***b***", "**b**", "")]),
    "strikethrough": ("~~b~~", [("strikethrough", "~~b~~", "b", "")]),
    "link": ("[b *c*](u)", [("emphasis", "*c*", "c", ""), ("link", "[b *c*](u)", "b *c*", "u")]),
    "empty link": ("[](u)", [("link", "[](u)", "", "u")]),
    "image": ("![b](u 't')", [("image", "![b](u 't')", "b", "u")]),
    "code": ("a `b*c*`", [("code", "`b*c*`", "", "b*c*")]),
    "tag": ("<b>a</b>", [("tag", "<b>", "", "<b>"), ("tag", "</b>", "", "</b>")]),
    "address": ("<https://a.b>", [("address", "<https://a.b>", "", "https://a.b")]),
    "e-mail": ("<a@b.c>", [("address", "<a@b.c>", "", "a@b.c")]),
    "break": ("a\\\nb  \nc", [("break", "\\\n", "", ""), ("break", "  \n", "", "")]),
    "escape": ("a \\* b", [("escape", "\\*", "", "")]),
    "no escape": ("a \\b", []),
    "full reference": ("[b][r]", [("link", "[b][r]", "b", "ref:r")]),
    "shortcut": ("[R]", [("link", "[R]", "R", "ref:r")]),
    "collapsed": ("[R][] c", [("link", "[R][]", "R", "ref:r")]),
    "collapsed image": ("![R][]", [("image", "![R][]", "R", "ref:r")]),
    "unknown label": ("[x] [y][z]", []),
    "what would be a block": ("- a\n# b", []),
    "behind wide characters": ("日本 👩‍🚀 *b*", [("emphasis", "*b*", "b", "")]),
    "break at the start": (" \nb  \nc", [("break", "\n", "", ""), ("break", "  \n", "", "")]),
    "underscores at the start": ("_a_", [("emphasis", "_a_", "a", "")]),
    "nothing": ("plain", []),
}


@pytest.mark.parametrize(("text", "expected"), INLINE.values(), ids=INLINE)
def test_inline(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    constructs = inline(text, frozenset({"r"}))
    assert [
        (i.kind, text[i.start : i.end], text[i.inner_start : i.inner_end], i.target)
        for i in constructs
    ] == expected


@pytest.mark.parametrize("text", ["[r]", "[r][]", "![r]", "![r][]"])
def test_a_reference_whose_text_is_its_label_has_the_label(text: str) -> None:
    assert [item.label for item in inline(text, frozenset({"r"}))] == ["r"]


@pytest.mark.parametrize("text", ["[a][r]", "[a](u)", "<https://r.r>"])
def test_other_links_have_none(text: str) -> None:
    assert [item.label for item in inline(text, frozenset({"r"}))] == [""]


def test_definitions() -> None:
    labels = definitions("[A b]: u 't'\n\n> [c]: <v>\n\n[^1]: no\n\n`[d]: w`")
    assert {label: link["dest"] for label, link in labels.items()} == {"A b": "u", "c": "v"}
    assert definitions("no definition") == {}


def test_to_html_knows_our_extensions() -> None:
    page = to_html("|a|\n|-|\n\n~~b~~[^1]\n\n- [x] c\n\n## d {#e}\n\n[^1]: f\n")
    for tag in ("<table>", "<del>", "<sup", "checkbox", 'id="e"'):
        assert tag in page


def test_half_characters() -> None:
    (item,) = inline("\ud800*a*")
    assert (item.kind, item.start, item.end) == ("emphasis", 1, 4)
