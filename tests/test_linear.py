"""No input, however odd, takes more time than its length explains."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from pipeline.article import read
from pipeline.build import build
from pipeline.extract import extract
from pipeline.markup import Form, constructs, numbers
from pipeline.model import State
from pipeline.protection import Protected, protect, restore

N = 20_000
SECONDS = 6.0
"""Each input takes a tenth of it here; where time was quadratic it took from 10 to 120."""

ODD = {
    "nested lists": "".join(f"{'  ' * level}- a\n" for level in range(1000)),
    "items in one line": "- " * N + "a",
    "nested quotes": "> " * N + "a",
    "one long line": "word " * (10 * N),
    "one long word": "w" * (10 * N),
    "blanks before a line end": "a" + " " * N + "b\nc",
    "hard breaks": "a\\\n" * N + "a",
    "soft breaks in a quote": "> a\n" * N,
    "emphasis": "*a " * N,
    "emphasis, nested": "*a " * N + "b*" * N,
    "links": "[a](u) " * N,
    "open brackets": "[" * N + "a",
    "nested images": "![" * N + "a" + "](u)" * N,
    "open image title": '![a](u "' + '" "' * N,
    "escapes": "\\*a" * N,
    "code marks": "".join("`" * n + " " for n in range(200)),
    "table": "|a|b|\n|-|-|\n" + "|x y|z|\n" * (N // 4),
    "wide table": "|a" * N + "|\n" + "|-" * N + "|\n" + "|c" * N + "|",
    "same headings": "## Same\n\ntext\n\n" * (N // 4),
    "footnotes": "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(N // 8)),
    "definitions": "".join(f"[a{n}]: u\n" for n in range(N)),
    "open comments": "<!-- " * N,
    "open tags": "<div>" + "<a " * N,
    "open attributes": "<div>" + '<a b="' * N,
    "open character data": "<div>" + "<![CDATA[ " * N,
    "open scripts": "<div>" + "<script>" * N,
    "tags": "<div>" + "<b>a</b> c\n" * N,
    "open directive": "<!-- pipeline: note" + " " * N + "x -- ->",
    "open expert": "## a, " + "b (@" * N,
    "nested front matter": "---\na: " + "[" * N + "\n---\n",
    "many keys": "---\n" + "title: One\n" * (N // 8) + "---\n",
    "many aliases": "---\na: &a One\nb: [" + "*a, " * N + "*a]\n---\n",
    "open front matter": "---\n" + "--- x\n" * N,
    "long number": "1" * (10 * N),
    "number of groups": "1," * N + "1 km",
    "number with blanks": "1 111" + " 111" * N + "x",
    "open placeholders": "{%" * N + "%(" * N,
    "open footnotes": "[^" * N,
    "half addresses": "a@b" * N + "@a." * N,
    "half entities": "&a" * N,
    "old line ends": "a\r" * N,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_time_grows_with_the_length(text: str) -> None:
    start = time.process_time()
    article = read(text.encode(), "")
    template = extract(article, "")
    marked = [u._replace(target=u.source + " z", state=State.REVIEWED) for u in template.units]
    build(article, replace(template, units=tuple(marked)), "", drafts=True)
    for unit in template.units:
        protected = protect(unit.source, Form("Xq{n}z"), ("One",), article.labels)
        if isinstance(protected, Protected):
            restore(protected.text, protected)
        constructs(unit.source, article.labels)
        numbers(unit.source)
    assert time.process_time() - start < SECONDS
