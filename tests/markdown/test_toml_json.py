"""Front matter in TOML and JSON: values found, and written in place."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import given

from pipeline.article import rebuild, skeleton_of
from pipeline.article.reading import read_article
from pipeline.article.rules import ReadingRules
from pipeline.markdown.toml_json import toml_strings
from tests.strategies import any_text

TOML = """\
+++
# a comment
title = "On \\"salt\\"" # why
date = 2026-01-01
draft = true
tags = ["a", "b"]
description = 'plain'
summary = \"\"\"
Long
title = "none"
\"\"\"
[params]
"image_alt" = "inner"
[[authors]]
title = "In a list of tables" # title = "none"
names = ["a", { title = 'x.y' }]
[[authors]]
title = "Second"
[[authors.works]]
title = "Deep"
[seo."a b"]
texts = [ # "none"
  "One, [two]", 'three',
  \"\"\"four\"\"\"\",
]
pair = { title = "In a brace", more = { title = "x" } }
+++

Body.
"""
JSON = """\
{
  "title": "On \\"salt\\"",
  "tags": ["a", "title"],
  "params": { "image_alt": "inner", "n": 1 },
  "description": "\\u00e9té"
}

Body.
"""
KEYS = "title description summary params.image_alt authors.title authors.works.title"
RULES = ReadingRules(
    keys=frozenset([*KEYS.split(), "authors.names.title", "seo.a b.texts", "seo.a b.pair.title"])
)
TOML_TEXTS = [
    ("title", 'On "salt"', 3),
    ("description", "plain", 7),
    ("summary", 'Long\ntitle = "none"', 8),
    ("params.image_alt", "inner", 13),
    ("authors.title", "In a list of tables", 15),
    ("authors.names.title", "x.y", 16),
    ("authors.title", "Second", 18),
    ("authors.works.title", "Deep", 20),
    ("seo.a b.texts", "One, [two]", 23),
    ("seo.a b.texts", "three", 23),
    ("seo.a b.texts", 'four"', 24),
    ("seo.a b.pair.title", "In a brace", 26),
]
JSON_TEXTS = [
    ("title", 'On "salt"', 2),
    ("params.image_alt", "inner", 4),
    ("description", "été", 5),
]


def texts(text: str) -> list[tuple[str, str, int]]:
    article = read_article(text.encode(), "x.md", RULES)
    return [(s.kind, s.text, s.line) for s in article.segments if s.kind != "paragraph"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("text", "expected"), [(TOML, TOML_TEXTS), (JSON, JSON_TEXTS)])
def test_texts(text: str, expected: list[tuple[str, str, int]], newline: str) -> None:
    assert texts(text.replace("\n", newline)) == expected


def test_a_value_is_written_in_its_place() -> None:
    article = read_article(TOML.encode(), "x.md", RULES)
    built = rebuild(article, {0: 'Du "sel" \\ x', 1: "plat", 3: "dedans"}).decode()
    assert built == TOML.replace('"On \\"salt\\""', '"Du \\"sel\\" \\\\ x"').replace(
        "'plain'", "'plat'"
    ).replace('"inner"', '"dedans"')


@given(any_text.filter(str.strip))
def test_toml_reads_back_what_was_written(target: str) -> None:
    article = read_article(TOML.encode(), "x.md", RULES)
    built = rebuild(article, dict.fromkeys(range(len(TOML_TEXTS)), target))
    data = tomllib.loads(built.decode().split("+++\n")[1])
    value = target.strip(" \t\r\n")
    assert (data["title"], data["summary"]) == (value, value)
    assert (data["description"], data["params"]["image_alt"]) == (value, value)
    assert (data["draft"], data["tags"]) == (True, ["a", "b"])
    assert data["authors"] == [
        {"title": value, "names": ["a", {"title": value}]},
        {"title": value, "works": [{"title": value}]},
    ]
    pair = {"title": value, "more": {"title": "x"}}
    assert data["seo"]["a b"] == {"texts": [value] * 3, "pair": pair}
    assert skeleton_of(built) == skeleton_of(TOML.encode())


@given(any_text.filter(str.strip))
def test_json_reads_back_what_was_written(target: str) -> None:
    article = read_article(JSON.encode(), "x.md", RULES)
    built = rebuild(article, dict.fromkeys(range(3), target)).decode()
    data = json.loads(built[: built.index("\n\nBody.")])
    value = target.strip(" \t\r\n")
    assert (data["title"], data["description"], data["params"]["image_alt"]) == (
        value,
        value,
        value,
    )
    assert data["tags"] == ["a", "title"]


@pytest.mark.parametrize(
    "text", ["+++\n[{}]\na = 'b'\n+++\n", '{{"{}": {{"a": "b"}}}}\n'], ids=["TOML", "JSON"]
)
def test_only_the_beginning_of_a_long_name_is_kept(text: str) -> None:
    article = read_article(text.format("x" * 10_000).encode(), "x.md")
    assert article.metadata == (("x" * 200 + ".a", "b"),)


PATHS = {
    "header in a list": ("a = [\n['b'],\n['c']\n]\nd = 'e'", [("a", "b"), ("a", "c"), ("d", "e")]),
    "equals sign in a value": ("a = 'b = c'\nd = \"e = 'f'\"", [("a", "b = c"), ("d", "e = 'f'")]),
    "header in a comment": ("a.b = 'c'\n# [d]\ne = 'f'", [("a.b", "c"), ("e", "f")]),
    "table behind a list": (
        "[a]\nb = [{c = 'd'}, 'e']\nf = 'g'",
        [("a.b.c", "d"), ("a.b", "e"), ("a.f", "g")],
    ),
    "names with blanks": ("[ a . 'b c' ]\nd . e = 'f'", [("a.b c.d.e", "f")]),
    "dates": ("a = 1979-05-27 07:32:00\nb = 'c'", [("b", "c")]),
}


@pytest.mark.parametrize(("text", "expected"), PATHS.values(), ids=PATHS)
def test_paths(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(path, value) for path, value, _, _ in toml_strings(text)] == expected


FAULTS = {
    "no value": ("+++\ntitle = \n+++\n", 2),
    "name too deep": ("+++\n[" + "a." * 200 + "a]\nb = 'c'\n+++\n", 1),
    "too deep": ("+++\nx = " + "[" * 5000 + "\n+++\n", 1),
}


@pytest.mark.parametrize(("text", "line"), FAULTS.values(), ids=FAULTS)
def test_a_block_that_is_no_toml_is_a_fault(text: str, line: int) -> None:
    fault = read_article(text.encode(), "x.md").fault
    assert fault
    assert fault.line == line
    assert fault.message.startswith("front matter is not valid TOML: ")


NONE = (
    "{{< note >}}\n\nText.\n",
    '{"a": 1} text\n',
    '{"a": ' * 5000,
    "{% raw %}\nText.\n",
    "{a}\n",
)


@pytest.mark.parametrize("text", NONE, ids=range(len(NONE)))
def test_what_is_no_json_is_markdown(text: str) -> None:
    article = read_article(text.encode(), "x.md")
    assert not article.metadata
    assert not article.fault
