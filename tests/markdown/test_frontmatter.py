"""Values of front matter: located and replaced."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.markdown.frontmatter import (
    FrontMatterValue,
    locate_front_matter,
    quote_value,
    scalar_metadata,
)
from tests.strategies import any_text

VALUES = {
    "plain": ("title: One two", [("title", "One two", "One two", "")]),
    "comment": ("title: One # no", [("title", "One", "One", "")]),
    "double": ('title: "a \\"b\\""', [("title", 'a "b"', '"a \\"b\\""', '"')]),
    "single": ("title: 'it''s'", [("title", "it's", "'it''s'", "'")]),
    "over two lines": ("title: One\n  two", [("title", "One two", "One\n  two", "")]),
    "folded": ("title: >-\n  One\n  two", [("title", "One two", ">-\n  One\n  two\n", ">")]),
    "literal": ("title: |\n  One\n  two", [("title", "One\ntwo\n", "|\n  One\n  two\n", "|")]),
    "nested": ("a:\n  b: One", [("a.b", "One", "One", "")]),
    "list": ("a:\n  - One\n  - Two", [("a", "One", "One", ""), ("a", "Two", "Two", "")]),
    "list in brackets": ("a: [One, 'T']", [("a", "One", "One", ","), ("a", "T", "'T'", "'")]),
    "mapping in braces": ("a: {b: One}", [("a.b", "One", "One", ",")]),
    "empty value": ("a:\nb: One", [("b", "One", "One", "")]),
    "anchor": ("a: &x One\nb: *x", [("a", "One", "One", "")]),
    "anchor before a quote": ('a: &x "One"', [("a", "One", '"One"', '"')]),
    "tag": ("a: !!str One", [("a", "One", "One", "")]),
    "alias of itself": ("a: &x [*x, One]", [("a", "One", "One", ",")]),
    "alias of a key": ("&x a: One\nb: *x", [("a", "One", "One", "")]),
    "key that is no scalar": ("? [One]\n: Two\nb: Three", [("b", "Three", "Three", "")]),
    "not Latin": ("a: 日本 👩‍🚀\nb: é", [("a", "日本 👩‍🚀", "日本 👩‍🚀", ""), ("b", "é", "é", "")]),
    "nothing": ("", []),
    "only a comment": ("# a: One", []),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("body", "expected"), VALUES.values(), ids=VALUES)
def test_values(body: str, expected: list[tuple[str, str, str, str]], newline: str) -> None:
    text = f"---\n{body}\n---\nText".replace("\n", newline)
    front = locate_front_matter(text)
    assert front.fault is None
    assert [
        (v.key, v.text, text[v.start : v.end].replace(newline, "\n"), v.quoted)
        for v in front.values
    ] == expected
    assert text[front.end :].strip() == "Text"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Text",
        "----\na: b\n---",
        " ---\na: b\n---",
        "--- a: b\n---",
        "\n---\na: b\n---",
        "---\n\n",
    ],
)
def test_no_front_matter(text: str) -> None:
    assert locate_front_matter(text) == (0, (), None)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\ntitle: One\n\nText\n", 1, "has no closing '---'"),
        ("---\ntitle: One\n\nText\n", 1, "put an empty line above it if it is no front matter"),
        ("---\na: 1\nb:\n  - @c\n---\n", 4, "put the value in quotes: it begins with '@'"),
        ("---\na: b: c\n---\n", 2, "put the value in quotes: it holds a colon"),
        ("---\na: 1\n\tb: 2\n---\n", 3, "indent with spaces: this line begins with a tab"),
        ('---\n# a\n\n"b c": "d" e\n---\n', 4, "for each quote in the value"),
        ("---\n{a: [}\n---\n", 2, "not valid YAML"),
        ("---\na: 1\n--- b\nc: 2\n---\n", 3, "expected 'key: value' lines"),
        ('---\na: 1\nb: "open\n---\n', 3, "not valid YAML"),
        ("---\na: 1\nb: [1\n---\n", 3, "not valid YAML"),
        ("---\na: One\na: Two\n---\n", 3, "key 'a' stands already in line 2"),
        ("---\na: 1\n\tb: 2\n---\n", 3, "not valid YAML"),
        ("---\n%TAG !b! c\n--- {a: 1}\n---\n", 1, "%TAG directives are not supported"),
        ("---\na: \x07\n---\n", 1, "a character that YAML does not allow"),
        ("---\na: " + "[" * 100_000 + "\n---\n", 2, "nested too deeply"),
        ("---\na:\n" + "- " * 100_000 + "\n---\n", 3, "nested too deeply"),
    ],
)
def test_faults(text: str, line: int, words: str) -> None:
    front = locate_front_matter(text)
    assert front.values == ()
    assert front.fault is not None
    assert front.fault.line == line
    assert words in front.fault.message


def test_lines_are_those_of_the_file() -> None:
    values = locate_front_matter("---\n\n# c\na: One\u2028\nb:\n  - x\n  - y\n---\n").values
    assert [(v.text, v.line) for v in values] == [("One", 4), ("x", 6), ("y", 7)]


def test_metadata_is_keys_and_values() -> None:
    assert scalar_metadata(locate_front_matter("---\na: 1\nb:\n  c: x\n---").values) == (
        ("a", "1"),
        ("b.c", "x"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "---\nFoo\n---\nBar\n---\nbaz\n",
        "---\n- @name\n- b: c\n---\n",
        "---\n- One\n---\n",
        "---\r\njust words, and\r\nthese: two\r\n---\r\n",
        "---\n\n*One*: two\n\n---\n",
        "---\n{% one %}\n---\n",
    ],
)
def test_markdown_between_rules(text: str) -> None:
    assert locate_front_matter(text) == (0, (), None)


@pytest.mark.parametrize(
    ("raw", "target", "expected"),
    [
        ("One", "Deux", "Deux"),
        ("One", "Deux : trois", '"Deux : trois"'),
        ("One", "a: b", '"a: b"'),
        ("One", "a #b", '"a #b"'),
        ("One", "- a", '"- a"'),
        ("One", "[a", '"[a"'),
        ("One", "yes", '"yes"'),
        ("One", "12", '"12"'),
        ("One", "2024-99-99", '"2024-99-99"'),
        ("One", "null", '"null"'),
        ("One", "&a b", '"&a b"'),
        ("One", "!b", '"!b"'),
        ("One", "'a' b", "\"'a' b\""),
        ("One", 'a "b"', 'a "b"'),
        ("One", "Non\u00a0!", "Non\u00a0!"),
        ("One", "a\u2028b\x85\ufeff", '"a\\u2028b\\u0085\\ufeff"'),
        ("One", "a\nb", '"a\\nb"'),
        ("'One'", "l'un", "'l''un'"),
        ("'One'", "a\tb", '"a\\tb"'),
        ('"One"', 'a "b" \\', '"a \\"b\\" \\\\"'),
        ("|\n  One", "a\nb", "|\n  a\n  b\n"),
        ("|-\n    One", "a", "|-\n    a\n"),
        (">\n  One", "a\nb", ">\n  a\n\n  b\n"),
        (">+ # c\n\n   One\n", "a", ">+ # c\n   a\n\n"),
    ],
)
def test_quoting(raw: str, target: str, expected: str) -> None:
    text = f"---\nk: {raw}\n---\n"
    value = locate_front_matter(text).values[0]
    assert quote_value(target, value, text[value.start : value.end], "\n") == expected


@pytest.mark.parametrize("raw", ["One", '"One"', "'One'", "[One, Two]", "|-\n  One", "{a: One}"])
@given(target=any_text.map(lambda text: text.strip(" \t\r\n")).filter(bool))
def test_a_new_value_is_read_back(raw: str, target: str) -> None:
    text = f"---\nk: {raw}\nz: last\n---\n"
    value = locate_front_matter(text).values[0]
    new = quote_value(target, value, text[value.start : value.end], "\n")
    front = locate_front_matter(text[: value.start] + new + text[value.end :])
    if value.quoted == "|" and not _holds(target):
        return  # what a block cannot hold changes the skeleton, and the build leaves it out
    assert front.fault is None
    assert front.values[0].text == target
    assert front.values[-1].text == "last"


def _holds(target: str) -> bool:
    try:
        lines = "".join("\n  " + line if line else "\n" for line in target.split("\n"))
        return bool(yaml.safe_load("|-" + lines) == target)
    except yaml.YAMLError:
        return False


@given(st.text(st.sampled_from("a:-#[]{}&*!|>'\"%@` \n\t,?\r"), max_size=30))
def test_any_block_is_read_or_is_a_fault(body: str) -> None:
    text = f"---\n{body}\n---\n"
    at = 0
    for value in locate_front_matter(text).values:
        assert at <= value.start < value.end <= len(text)
        at = value.end


def test_a_value_says_how_it_is_quoted() -> None:
    assert FrontMatterValue("k", "x", 0, 1, 1, "").quoted == ""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_toml_ends_where_yaml_does(newline: str) -> None:
    block = newline.join(["+++", 'title = "One"', "+++", ""])
    front = locate_front_matter(block + "Text." + newline)
    keys = [value.key for value in front.values]
    assert (front.end, keys, front.fault) == (len(block) - len(newline) + 1, ["title"], None)
    assert locate_front_matter("+++" + newline + "Text.").end == 0
