"""Marked round trip: every mark comes back, and the page is the same without it."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from tests.examples import EXAMPLES
from tests.golden_update import CASES
from tests.marking import MARK, flaw, marked, rendered

OTHERWISE = {
    # A note that nothing leads to is not in the page.
    "[^1]: one[^1]\n[^2]: two\nthree": "2 marks, 1 in the page",
}
REAL = """\
---
title: One title here
tags: [a, b]
---

# Alpha *beta* gamma

Some words with `code words`, a [link text](https://a.b/c "A title"), <b>bold words</b> and
a [reference][r], [r] and <https://a.b>.[^n] A price of $5 and {name}.

> A quotation of words,
lazily gone on.
>
> - An item in it
>   with two lines\\
>   and a break

1. One item
2. Two items

   a paragraph in it

   ```sh
   some code
   ```

| Head cell | `code` |
|-----------|-------:|
| body cell | a \\| b |

![A picture of words](u.png "With a title")

<div>Raw words <em>in</em> a block</div>

Setext heading words
---

[r]: /url "Its title"
[^n]: A note of words
"""
BODY = REAL.split("---\n", 2)[2].lstrip()
FILES = {
    "as it is": REAL,
    "Windows": REAL.replace("\n", "\r\n"),
    "with a BOM": "\ufeff" + REAL,
    "without a final line end": REAL.rstrip("\n"),
    "with a hard break in a picture's text": "![one two\\\nthree  \nfour](u)\n",
    "in a quote": "".join(f"> {line}\n" for line in BODY.splitlines()),
    "in an item": "- " + "".join(f"  {line}\n" for line in BODY.splitlines()).lstrip(),
}


@pytest.mark.parametrize("text", EXAMPLES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_examples(text: str, newline: str) -> None:
    assert flaw(text.replace("\n", newline).encode()) == OTHERWISE.get(text, "")


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir()))
def test_golden_cases(name: str) -> None:
    assert flaw((CASES / name / "en.md").read_bytes()) == ""


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_files(text: str) -> None:
    assert flaw(text.encode()) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One two", f"One{MARK} two"),
        ("`one` two", f"`one` two{MARK}"),
        ("[one two](three)", f"[one{MARK} two](three)"),
        ("[one] two", f"[one] two{MARK}"),
        ("<b>one</b>", f"<b>one{MARK}</b>"),
        ("https://a.b `c` {d} @e", "https://a.b `c` {d} @e"),
        ("&amp; one", f"&amp; one{MARK}"),
    ],
)
def test_where_the_mark_stands(text: str, expected: str) -> None:
    assert marked(text, frozenset({"one"})) == expected


def test_the_judge_is_another_parser() -> None:
    assert MarkdownIt.__module__.startswith("markdown_it")
    assert rendered(b"a\n*b*\n\n| c |\n|---|\n") == rendered(b"a *b*\n\n|c|\n|-|\n")
    assert rendered(b"a b") != rendered(b"a  \nb")
