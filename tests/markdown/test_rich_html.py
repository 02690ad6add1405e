"""Markdown that plain CommonMark lacks."""

from __future__ import annotations

import pytest

from pipeline.markdown.rich_boxes import Label
from pipeline.markdown.rich_html import is_rich, rich_html

LABELS = {
    "note": Label("Remarque"),
    "tip": Label("Tip", (("lang", "en"),)),
    "important": Label("Important"),
    "warning": Label("Attention"),
    "text": Label("Au texte"),
}

RENDERED = {
    "alert": ("> [!NOTE]\n> A.\n", '<p class="box-title">Remarque</p>\n<p>A.</p>'),
    "caution": ("> [!CAUTION]\n> A.\n", '<p class="box-title">Attention</p>'),
    "foreign label": ("> [!TIP]\n> A.\n", '<p class="box-title" lang="en">Tip</p>'),
    "callout": ("> [!info] Own *title*\n> A.\n", '<p class="box-title">Own <em>title</em></p>'),
    "folded callout": (
        "> [!faq]- Q?\n> A.\n",
        '<details class="faq">\n<summary class="box-title">Q?</summary>\n<p>A.</p>\n</details>',
    ),
    "quotation": ("> A.\n", "<blockquote>\n<p>A.</p>\n</blockquote>"),
    "container": (
        "::: warning\nA.\n:::\n",
        '<div class="box box-warning warning" role="note">\n<p class="box-title">Attention</p>',
    ),
    "titled container": ("::: note Own\nA.\n:::\n", '<p class="box-title">Own</p>'),
    "label in brackets": (":::note[Own]\nA.\n:::\n", '<p class="box-title">Own</p>'),
    "directive": (":::{tip}\n:class: x\nA.\n:::\n", 'lang="en">Tip</p>\n<p>A.</p>'),
    "directive of ticks": ("```{note} Own\nA.\n```\n", '<p class="box-title">Own</p>\n<p>A.</p>'),
    "Pandoc's div": ("::: {.a #b}\nA.\n:::\n", '<div id="b" class="a">\n<p>A.</p>\n</div>'),
    "details": ("::: details Own\nA.\n:::\n", '<details class="details">\n<summary'),
    "admonition": ('!!! note "Own"\n    A.\n', '<p class="box-title">Own</p>\n<p>A.</p>'),
    "admonition without title": ("!!! danger\n    A.\n", '<p class="box-title">Attention</p>'),
    "folded admonition": ("???+ note\n    A.\n", '<details open="" class="box box-note note">'),
    "figure": (
        ":::{figure} a.png\n:alt: B\n\nC.\n:::\n",
        '<figure>\n<p><img src="a.png" alt="B" /></p>',
    ),
    "code of a directive": ("```{code-block} python\nx\n```\n", '<code class="language-python">'),
    "glossary": (":::{glossary}\nA\n: B\n:::\n", "<dt>A</dt>\n<dd>B</dd>"),
    "definition list": ("A\n: B\n", "<dl>\n<dt>A</dt>\n<dd>B</dd>\n</dl>"),
    "link": ('[a](b){rel="sponsored nofollow"}\n', '<a href="b" rel="sponsored nofollow">a</a>'),
    "picture": ("![a](b){width=300}\n", '<img src="b" alt="a" width="300" />'),
    "span": ("[a]{.b}\n", '<span class="b">a</span>'),
    "block": ("{.a}\nB.\n", '<p class="a">B.</p>'),
    "heading": ("## A {#b .c}\n", '<h2 id="b" class="c">A</h2>'),
    "heading of kramdown": ("## A {: #b}\n", '<h2 id="b">A</h2>'),
    "heading with a link": ("## [a](b){rel=c}\n", '<h2><a href="b" rel="c">a</a></h2>'),
    "subscript": ("H~2~O ~~a~~\n", "H<sub>2</sub>O <s>a</s>"),
    "superscript": ("x^2^ ~a~\n", "x<sup>2</sup> <s>a</s>"),
    "bare table": ("A\nb | c\n--|--\nd | e\n", "<p>A</p>\n<table>"),
    "task": ("- [x] A[^1]\n\n[^1]: B\n", 'type="checkbox" checked=""'),
    "contents": (
        "[TOC]\n\n# A {#a}\n\n## B *c* {#b}\n\n### D {#d}\n\n## E {#e}\n",
        '<ul><li><a href="#b">B c</a><ul><li><a href="#d">D</a></li></ul></li>'
        '<li><a href="#e">E</a></li></ul>',
    ),
    "footnote": (
        "A[^x].\n\n[^x]: B\n",
        '<li id="fn1" class="footnote-item"><p>B <a href="#fnref1" class="footnote-backref" '
        'aria-label="Au texte 1">\u21a9\ufe0e</a></p>',
    ),
    "footnote that nobody uses": ("[^x]: B\n", '<li id="fn1" class="footnote-item"><p>B</p>'),
}


@pytest.mark.parametrize(("text", "part"), RENDERED.values(), ids=RENDERED)
def test_what_was_meant_is_rendered(text: str, part: str) -> None:
    assert is_rich(text) or text in ("> A.\n", "## A {#b .c}\n", "## A {: #b}\n")
    assert part in rich_html(text, LABELS)


def test_two_references_lead_back_apart() -> None:
    made = rich_html("A[^x], B[^x].\n\n[^x]: C\n", LABELS)
    assert [made.count(f'id="{one}"') for one in ("fnref1", "fnref1-1", "fn1")] == [1, 1, 1]
    assert [made.count(f'href="#{one}"') for one in ("fnref1", "fnref1-1", "fn1")] == [1, 1, 2]


@pytest.mark.parametrize(
    "text",
    ["Plain *words*.\n", "| a |\n|--|\n| b |\n", "```\na\n```\n", "- [ ] a\n", "# A\n\n1. b\n"],
)
def test_plain_markdown_needs_no_slow_parser(text: str) -> None:
    assert not is_rich(text)
