"""Plain words about front matter that is not YAML."""

from __future__ import annotations

import pytest

from pipeline.markdown import locate_front_matter

COLON = "put the value in quotes: it holds a colon"
SINGLE = "double each apostrophe in the value, or put it in double quotes"
DOUBLE = 'write \\" for each quote in the value, or put it in single quotes'
BACKSLASH = "write \\\\ for each backslash in the value, or put it in single quotes"
INDENT = "indent this line as far as the lines beside it that belong to it"
MISTAKES = [
    ("title: Salt: a story", 2, COLON),
    ("a: b\ntitle: “Salt”: a story", 3, COLON),
    ("tags: a, b: c", 2, COLON),
    ("text: >\n  x\nb: c: d", 4, COLON),
    *((f"a: b\ntitle: {sign}salt", 3, f"it begins with '{sign}'") for sign in "@`%*,]}"),
    ("a: b\ntags:\n  - @salt", 4, "it begins with '@'"),
    ("title: **Salt** and pepper", 2, "it begins with '*'"),
    ("title: !salt, pepper: x", 2, "it begins with '!'"),
    ("title: &salt: pepper: x", 2, "it begins with '&'"),
    ("title: [Salt] and pepper", 2, "it begins with '['"),
    ("title: {salt} and pepper", 2, "it begins with '{'"),
    ("title: - salt", 2, "it begins with '-'"),
    ("title: | salt", 2, "it begins with '|'"),
    ("tags: [a, b\nx: y", 2, "close the bracket with ']', or put the value in quotes"),
    ("title: {salt\nx: y", 2, "close the bracket with '}', or put the value in quotes"),
    ('title: "Salt\nx: y', 2, 'close the quote (") that begins the value'),
    ("title: 'Salt\nx: y", 2, "close the quote (') that begins the value"),
    ('title: "So "salty""', 2, DOUBLE),
    ("title: 'It's salt'", 2, SINGLE),
    ('title: "C:\\Salt"', 2, BACKSLASH),
    ("a: b\n\ttitle: x", 3, "indent with spaces: this line begins with a tab"),
    ("a:\n\t- x", 3, "indent with spaces: this line begins with a tab"),
    ("title: salt\n  sub: x", 3, INDENT),
    ("a:\n  - b\n - c", 4, INDENT),
    ("title:salt\nb: c", 2, "put a blank behind the colon"),
    ("title: a\njust text", 3, "expected 'key: value' lines, found: just text"),
    ("title: a\nb: c\ntitle: d", 4, "key 'title' stands already in line 2; delete one"),
    ("a:\n  b: c\n  b: d", 4, "key 'b' stands already in line 3; delete one"),
]


@pytest.mark.parametrize(("body", "line", "remedy"), MISTAKES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_usual_mistake_is_told_with_its_remedy(
    body: str, line: int, remedy: str, newline: str
) -> None:
    fault = locate_front_matter(f"---\n{body}\n---\nText\n".replace("\n", newline)).fault
    assert fault
    assert fault.line == line
    assert fault.message.startswith("front matter is not valid YAML: ")
    assert fault.message.endswith(remedy)


@pytest.mark.parametrize(
    "body",
    [
        "a: &salt b\nc: *salt",
        "a:\n  x: 1\nb:\n  x: 2",
        "a: {<<: *x, <<: *x}".replace("a:", "x: &x {y: z}\na:"),
        "title: It's salt #1\nurl: http://a.example/b",
    ],
)
def test_valid_front_matter_has_no_fault(body: str) -> None:
    assert locate_front_matter(f"---\n{body}\n---\nText\n").fault is None
