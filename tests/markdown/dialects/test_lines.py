"""Lines of containers, admonitions, attributes and directives: titles and bodies."""

from __future__ import annotations

import pytest

from pipeline.article import rebuild
from pipeline.markdown.dialects.lines import edit_lines
from tests.markdown.dialects.reading import BEFORE, article, has_texts, keeps_the_rest

CONTAINERS = {
    "Docusaurus": (":::note\nBody.\n:::\nAfter.", ["Body.", "After."]),
    "title": (":::tip My *title*\nBody.\n:::", ["My *title*", "Body."]),
    "title in brackets": (":::info[My title]\n\nBody.\n\n:::", ["My title", "Body."]),
    "attributes": (':::danger{#id .c key="v"}\nBody.\n:::', ["Body."]),
    "brackets in brackets": (":::info[My [link](u)]\n\nBody.\n\n:::", ["My [link](u)", "Body."]),
    "title in attributes": (':::note{title="My title"}\nBody.\n:::', ["My title", "Body."]),
    "title of Quarto": ("::: {.callout-tip title='My'}\nBody.\n:::", ["My", "Body."]),
    "leaf with a title": ('::film[My film]{#id title="Two"}', ["My film", "Two"]),
    "colon before the title": (":::tip: My title\nBody.\n:::", ["My title", "Body."]),
    "attributes behind a title": (
        "::: tip My title:   {.c} ::\nBody.\n:::",
        ["My title:", "Body."],
    ),
    "blanks behind a title": ("::: tip My title  : \nBody.\n:::", ["My title", "Body."]),
    "VuePress": ("::: warning Take care\nBody.\n:::", ["Take care", "Body."]),
    "details": ("::: details Click me\n- One\n- Two\n:::", ["Click me", "One", "Two"]),
    "nested": (":::::a\n::::b\n:::c T\nBody.\n:::\n::::\n:::::\n", ["T", "Body."]),
    "Pandoc": ("::: {.class #id}\nBody.\n:::", ["Body."]),
    "Pandoc, named": ("::: Warning ::::::\nBody.\n::::::", ["Body."]),
    "in a paragraph": ("Before.\n:::note\nBody.\n:::\nAfter.", ["Before.", "Body.", "After."]),
    "in a list": ("- One\n\n  :::note\n  Body.\n  :::\n\n- Two", ["One", "Body.", "Two"]),
    "in a quote": ("> :::note T\n> Body.\n> :::\n> After.", ["T", "Body.", "After."]),
    "code in it": (":::note\n```\n:::note T\n```\nBody.\n:::", ["Body."]),
    "leaf": ("::youtube[My film]{#id}\n\nAfter.", ["My film", "After."]),
    "blocks of PyMdown": ("/// note | Title\nBody.\n///", ["Title", "Body."]),
    "CRLF": (":::note T\r\nBody\r\ngoes on.\r\n:::\r\n", ["T", "Body goes on."]),
}
GLOSSARIES = {
    "indented": (
        "```{glossary}\nOne\n  First\n  line.\nTwo\nthree\n    Second.\n```\nAfter.",
        ["One", "First line.", "Two", "three", "Second.", "After."],
    ),
    "blocks in a definition": (
        "````{glossary}\n:sorted:\n\nOne\n    - an item\n\n    ```\n    code\n    ```\n    Text.\n"
        "Two\n\n    More.\n````",
        ["One", "an item", "Text.", "Two", "More."],
    ),
    "colons": (
        ":::{glossary}\nOne\n: First\nline.\nTwo\n: Second\n  line.\n:::",
        ["One", "First line.", "Two", "Second line."],
    ),
    "both": (
        "```{glossary}\nOne\n: First.\n  More.\nTwo\n  Second.\nThree\n: Third.\n```",
        ["One", "First. More.", "Two", "Second.", "Three", "Third."],
    ),
    "in a quote": (
        "> ```{glossary}\n> One\n>   First.\n> Two\n>   Second.\n> ```",
        ["One", "First.", "Two", "Second."],
    ),
    "tabs": ("```{glossary}\r\nOne\r\n\tFirst.\r\n```", ["One", "First."]),
    "definitions without empty lines": (
        "One\n: First.\nTwo\n: Second.\n\nText\nof two lines.",
        ["One", "First.", "Two", "Second.", "Text of two lines."],
    ),
    "a further definition": ("One\n: First.\n: Second.", ["One", "First.", "Second."]),
}
TABLES = {
    "below a line": (
        "Text:\na1 | b1\n---|---\nc1 | d1\n\nAfter.",
        ["Text:", "a1", "b1", "c1", "d1", "After."],
    ),
    "below lines": ("One\ntwo\na|b|\n:-:|-:|\nc|d", ["One two", "a", "b", "c", "d"]),
    "in a quote": ("> One\n> a|b\n> -|-\n> c|d", ["One", "a", "b", "c", "d"]),
    "in an item": ("- One\n  a|b\n  -|-\n  c|d\n- Two", ["One", "a", "b", "c", "d", "Two"]),
    "in an admonition": (
        "!!! note\n    One\n    a|b\n    -|-\n    c|d",
        ["One", "a", "b", "c", "d"],
    ),
    "template in its header": ("One\r\n{{x}} a|b\r\n-|-\r\nc|d", ["One", "{{x}} a", "b", "c", "d"]),
    "tag in its header": ("One\n<b>a</b>|b\n-|-\nc|d", ["One", "<b>a</b>", "b", "c", "d"]),
    "below raw HTML": ("<div>\na|b\n-|-\nc|d\n</div>", ["a|b -|- c|d"]),
    "of one column": ("One\na|\n-|\nc", ["One", "a", "c"]),
    "rows like the delimiter row": ("a|b\n-|-\nc|d\n-|-\ne|f", ["a", "b", "c", "d", "e", "f"]),
    "other number of cells": ("One\na|b|c\n-|-\nd|e", ["One\na|b|c\n-|-\nd|e"]),
    "escaped bar": ("One\na\\|b|c\n-|-\nd|e", ["One", "a|b", "c", "d", "e"]),
    "indented header": ("One\n     a|b\n-|-\nc|d", ["One\na|b\n-|-\nc|d"]),
    "header in code": ("```\nx\na|b\n```\n-|-\nc|d", ["-|- c|d"]),
}
ADMONITIONS = {
    "body": ("!!! note\n    Body\n    goes on.\n\nAfter.", ["Body goes on.", "After."]),
    "title": ('!!! note "A title"\n    Body.', ["A title", "Body."]),
    "classes": ('!!! danger highlight blink "T"\n\n    Body.', ["T", "Body."]),
    "no title": ('!!! note ""\n    Body.', ["Body."]),
    "collapsible": ('??? note "T"\n    Body.\n\n???+ tip\n    More.', ["T", "Body.", "More."]),
    "tabs": (
        '=== "One"\n\n    Body.\n\n=== "Two"\n\n    - a\n    - b',
        ["One", "Body.", "Two", "a", "b"],
    ),
    "nested": (
        "!!! a\n    One.\n\n    !!! b\n        Two.\n\n    Three.\n\nFour.",
        ["One.", "Two.", "Three.", "Four."],
    ),
    "code in it": ("!!! note\n    Body.\n\n        code here\n\n    More.", ["Body.", "More."]),
    "fence in it": ("!!! note\n    ```\n    code\n    ```\n    Body.", ["Body."]),
    "tabulators": ("!!! note\n\tBody.\n\n\t!!! b\n\t\tInner.", ["Body.", "Inner."]),
    "two in a list": (
        '- One\n\n    !!! note\n\n        Body.\n\n    !!! tip "T"\n\n        More.\n\n    Rest.',
        ["One", "Body.", "T", "More.", "Rest."],
    ),
    "tabs of code in a list": (
        '1. One\n\n    === "A"\n        ```\n        code\n        ```\n    === "B"\n        Text.',
        ["One", "A", "B", "Text."],
    ),
    "in a list": ("1. One\n\n    !!! note\n        Body.\n\n2. Two", ["One", "Body.", "Two"]),
    "in a quote": ("> !!! note\n>     Body.\n>\n> After.", ["Body.", "After."]),
    "table in it": ("!!! note\n    | a | b |\n    |---|---|\n    | c | d |", ["a", "b", "c", "d"]),
}
ATTRIBUTES = {
    "heading": ("## Head {#id .c key=v}", ["Head"]),
    "heading of kramdown": ("## Head {: #id .c }\n\nText.", ["Head", "Text."]),
    "heading of kramdown, closed": ("## Head ## {: #id}", ["Head"]),
    "blanks in braces": ("A :icon:{ .lg } here.", ["A :icon:{ .lg } here."]),
    "kramdown's line": ("Text.\n{: .c #id}\n\nMore.", ["Text.", "More."]),
    "line of its own": ("{.c}\n- One", ["One"]),
    "link": ("A [link](u){:target=_blank} here.", ["A [link](u){:target=_blank} here."]),
    "behind a table": ("| a |\n|---|\n| b |\n{: .t}", ["a", "b"]),
    "options": ('{::options parse="x" /}\n\nText.', ["Text."]),
    "comment": ("{::comment}\nNot shown.\n\nEither.\n{:/comment}\n\nText.", ["Text."]),
    "contents": ("* TOC\n{:toc}\n\nText.", ["Text."]),
    "contents in one line": ("* Contents {:toc}\n\nText.", ["Text."]),
}
SPHINX = {
    "note": ("```{note}\nBody *b*.\n```\n\nAfter.", ["Body *b*.", "After."]),
    "title": ("```{admonition} My title\n:class: tip\nBody.\n```", ["My title", "Body."]),
    "colons": (":::{tip}\n:name: a\nBody.\n:::", ["Body."]),
    "nested": (
        "````{tab-set}\n```{tab-item} One\nBody.\n```\n````\n\nAfter.",
        ["One", "Body.", "After."],
    ),
    "code": ("```{code-block} python\nprint('no')\n```\n\nText.", ["Text."]),
    "mathematics": ("```{math}\na = b\n```\n\nText.", ["Text."]),
    "figure": (
        "```{figure} a.png\n:name: y\n:alt: An apple\n:width: 10px\nThe caption.\n```",
        ["An apple", "The caption."],
    ),
    "module": ("## ::: a.b\n\n::: a.c\n    options:\n      d: e\n\nText.", ["Text."]),
    "role": ("See {ref}`the text <target>` now.", ["See {ref}`the text <target>` now."]),
    "target": ("(my-target)=\n## Head", ["Head"]),
    "comment": ("```{note}\nA.\n```\n\n% not this\n\nText.", ["A.", "Text."]),
    "break": ('```{note}\nA.\n```\n\n+++ {"b": 1}\n\nText.', ["A.", "Text."]),
}
DIALECTS = {
    f"{kind}: {name}": case
    for kind, cases in {
        "container": CONTAINERS,
        "glossary": GLOSSARIES,
        "table": TABLES,
        "admonition": ADMONITIONS,
        "attributes": ATTRIBUTES,
        "sphinx": SPHINX,
    }.items()
    for name, case in cases.items()
}


@pytest.mark.parametrize(("source", "expected"), DIALECTS.values(), ids=DIALECTS)
def test_texts(source: str, expected: list[str]) -> None:
    has_texts(source, expected)


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(("source", "expected"), DIALECTS.values(), ids=DIALECTS)
def test_what_is_no_text_stays(source: str, expected: list[str], before: str) -> None:
    keeps_the_rest(source, expected, before)


LINES = {
    ":::note Title\nBody.\n:::": ":::note A\\ B\nBody.\n:::",
    '!!! note "Title"\n    Body.': '!!! note "A\\ B"\n    Body.',
    "> [!tip] Title\n> Body.": "> [!tip] A\\ B\n> Body.",
    "*[X]: Title": "*[X]: A\\ B",
}


@pytest.mark.parametrize(("source", "expected"), LINES.items(), ids=LINES)
def test_title_stays_in_its_line(source: str, expected: str) -> None:
    built = rebuild(article(source), {0: "A\\\nB"}).decode()
    assert built == expected.replace("\\ ", " ")


def test_body_keeps_its_lines_and_indent() -> None:
    built = rebuild(article("!!! note\n    Body."), {0: "A\\\nB"})
    assert built == b"!!! note\n    A\\\n    B"


@pytest.mark.parametrize("mark", ["- ", "> ", "1. ", "+ > "])
def test_a_line_of_so_many_lists_has_no_text(mark: str) -> None:
    few = mark * (160 // len(mark))
    for before, expected in (
        (few, ["a", "b"]),
        (4 * few, ["b"]),
        ("```\n" + 4 * few + "a\n```\n\n", ["a", "b"]),
    ):
        text = f"{before}a\n\nb"
        read = article(text)
        assert [segment.text for segment in read.segments] == expected
        assert rebuild(read, {}) == text.encode()


def test_shown_keeps_offsets_and_line_ends() -> None:
    body = "```\ncode\n```\r\n::: tip é\r\nText.\r\n:::"
    masked = edit_lines(body).mask()
    assert len(masked) == len(body)
    assert masked == "   \n    \n   \r\n\0\0\0\0\0\0\0\0é\r\nText.\r\n\0\0\0"


@pytest.mark.parametrize(
    ("body", "script"),
    [
        ("import A from 'a'", True),
        ("> import A from 'a'", False),
        ("```\nimport A from 'a'\n```", False),
        ("<A />", True),
        ("<A\n  b={c}\n/>", True),
        ("<A\n  b='c'\n>", False),
        ("import duties are high.", False),
    ],
)
def test_mdx_is_told_by_its_lines(body: str, script: bool) -> None:
    assert edit_lines(body).script is script
