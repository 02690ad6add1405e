"""Syntax of other programs within a text: tags, roles, mathematics, wiki links."""

from __future__ import annotations

import pytest

from pipeline.drafting.protect.protect import ProtectedText, protect, restore
from pipeline.markdown.dialects.foreign import find_opaque
from pipeline.markdown.marks import Form, count_constructs
from pipeline.markdown.parser import inline
from pipeline.markdown.plain_text import plain

FORM = Form("[X{n}X]")

HIDDEN = {
    "a {{ b c }} d": ["{{ b c }}"],
    'a {{< ref "b>c" >}} d': ['{{< ref "b>c" >}}'],
    "a {% b * c * d %} e": ["{% b * c * d %}"],
    "a $x_1 * y_2 * z$ b": ["$x_1 * y_2 * z$"],
    "a \\(x_1\\) b": ["\\(x_1\\)"],
    "[a](u){: .b} c": ["{: .b}"],
    "{ref}`a <b>` c": ["{ref}`", " <b>`"],
    "{doc}`a` c": ["{doc}`a`"],
    "[[Page|a]] b": ["[[Page|", "]]"],
    "[[Page]] b": ["[[Page]]"],
    "![[Page]] b": ["![[Page]]"],
    "a {>>b<<} c": ["{>>b<<}"],
    "a <B c={d => e}>f</B>": ["<B c={d => e}>"],
    "a {b {c()}}": ["{b {c()}}"],
    "a {b {c}} {d /* e */}": ["{d /* e */}", "{c}"],
    "a <b c {d()} <e": ["{d()}"],
    "a \\(b \\(x_1\\) c": ["\\(b \\(x_1\\)"],
    "a :smile: b": [":smile:"],
}


@pytest.mark.parametrize(("text", "expected"), HIDDEN.items(), ids=HIDDEN)
def test_hidden_in_a_text(text: str, expected: list[str]) -> None:
    values = [
        value
        for kind, value in count_constructs(text)
        if kind in ("placeholder", "code", "tag", "emoji")
    ]
    assert [value for value in values if value != "</B>"] == expected
    protected = protect(text, FORM)
    assert isinstance(protected, ProtectedText)
    assert restore(protected.text, protected) == text
    assert not any(value.strip() in protected.text for value in expected)
    assert not any(value in plain(text).text for value in expected)


def test_address_with_a_tag() -> None:
    (link,) = inline('[a]({{< ref "b c" >}})')
    assert (link.kind, link.target) == ("link", '{{< ref "b c" >}}')


def test_code_with_a_tag_stays_code() -> None:
    assert [item.kind for item in inline("`{{ a }}` $x$")] == ["code", "code"]


SCRIPTS = {
    "a {b} c": ["{b}"],
    "a {b {c} d} e": ["{b {c} d}"],
    "a {'}'} b": ["{'}'}"],
    "a {'\\'}'} b": ["{'\\'}'}"],
    "a {'\\\\'} b": ["{'\\\\'}"],
    "a {it's} b": [],
    "a {b\n\nc} d": ["{b\n\nc}"],
    "a {b": [],
    "<A b='>'>c</A>": ["<A b='>'>", "</A>"],
    "<A b={c > d}>": ["<A b={c > d}>"],
    "<A b <C>": ["<C>"],
    "<A\n\n>": [],
    "a <A b={[\n\n]}>": ["<A b={[\n\n]}>"],
    "<A b={[\n\n]}>": ["<A b={[\n\n]}>"],
    "<A b={c}\n  >\n": ["<A b={c}\n  >"],
    "<A }>": [],
}


@pytest.mark.parametrize(("text", "expected"), SCRIPTS.items(), ids=SCRIPTS)
def test_ends_in_a_script(text: str, expected: list[str]) -> None:
    assert [text[part.start : part.end] for part in find_opaque(text, script=True)] == expected
