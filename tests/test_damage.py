"""What a translation must not do to markup, and what it may."""

from __future__ import annotations

import time

import pytest

from pipeline.damage import damage
from pipeline.dialects import is_script

LABELS = frozenset({"ref"})
NOTES = frozenset({"1", "note"})
BAD = {
    "placeholder lost": ("{name} a", "a", "MK105", "lacks the placeholder '{name}'"),
    "placeholder translated": ("{name} a", "{nom} a", "MK105", "'{name}', found '{nom}'"),
    "one of two lost": ("%s and %s", "%s et", "MK105", "'%s'"),
    "template variable": ("a {{ site.title }}", "a {{ site.titre }}", "MK105", "site.title"),
    "template statement lost": ("{% if x %}a{% endif %}", "{% if x %}a", "MK105", "{% endif"),
    "shortcode lost": ("a {{< ref x >}} b", "a b", "MK105", "'{{< ref'"),
    "shortcode added": ("a", "a {{< b >}}", "MK105", "'{{< b', which is not in the source"),
    "role lost": ("a {ref}`x` b", "a `x` b", "MK105", "{ref}"),
    "tag not closed": ("<b>a</b>", "<b>a", "MK103", "has '<b>' without its other half"),
    "tag not opened": ("<b>a</b>", "a</b>", "MK103", "has '</b>' without its other half"),
    "tag from nowhere": ("a", "<i>a", "MK103", "has '<i>' without its other half"),
    "half of a tag of two texts": ("<b>a", "a", "MK103", "lacks '<b>', which belongs"),
    "code not closed": ("a `b` c", "a `b c", "MK101", "expected the code 'b'"),
    "code not opened": ("`a` b `c`", "`a b `c`", "MK101", "'`' that closes no code"),
    "blank in a link": ("[a](u)", "[b] (u)", "MK102", "no link to 'u', found '[b] (u)'"),
    "wide brackets": ("[a](u)", "[b]（u）", "MK102", "no link to 'u'"),
    "link not closed": ("[a](u)", "[b](u", "MK102", "no link to 'u'"),
    "label translated": ("[a][ref]", "[b][réf]", "MK102", "label 'réf', which is not defined"),
    "own label translated": ("[ref]", "[réf]", "MK102", "no link to 'ref'"),
    "label from nowhere": ("a", "[a][b]", "MK102", "label 'b', which is not defined"),
    "picture not closed": ("![a](u) b", "![a](u b", "MK102", "no link to 'u'"),
    "note from nowhere": ("a[^1]", "a[^1] b[^2]", "MK104", "[^2]"),
}
BAD_SCRIPT = {
    "less than": ("a", "a < b", "has '<', which MDX reads as tag"),
    "open tag": ("a", "a <b", "has '<'"),
    "brace": ("a", "a {b", "has '{', which MDX reads as expression"),
    "expression": ("a {b}", "a {b} {c}", "has '{c}', which MDX reads as expression"),
    "address": ("a", "<https://a.b>", "has '<https://a.b>'"),
    "void tag": ("a<br/>", "a<br>", "has '<br>'"),
}
FINE_SCRIPT = {
    "escaped": ("a", "a \\< b \\{c} &lt; &#123;"),
    "in code": ("a", "`a < {b}`"),
    "the same": ("a < {b} <br>", "{b} <br> < c"),
    "closed": ("a", "a<br /> <b>b</b>"),
    "comment": ("a", "a {/* b */}"),
    "greater than": ("a", "a > b }"),
}
FINE = {
    "the same": ("[a](", "[a]("),
    "no markup": ("one", "un"),
    "a link elsewhere": ("[a](/en/u)", "[b](/fr/u)"),
    "a link left out": ("[a](u)", "a"),
    "a link more": ("a", "[a](u)"),
    "a link as a reference": ("[a](u)", "[a][ref]"),
    "a label in another case": ("[a][ref]", "[b][REF]"),
    "a label as it was": ("[a][no]", "[b][no]"),
    "brackets": ("a", "a [sic] [...]"),
    "brackets beside a link": ("[a](u)", "[b](u) [sic]"),
    "escaped brackets": ("[a](u)", "a \\[b\\]"),
    "other code": ("`a`", "`b`"),
    "code left out": ("`a`", "a"),
    "a lone sign": ("a", "l`a"),
    "an escaped sign": ("`a` b", "a \\` b"),
    "emphasis": ("*a* b", "a *b"),
    "a tag left out": ("<b>a</b>", "a"),
    "a tag more": ("a", "H<sub>2</sub>O<br>a<br/>"),
    "a tag over two texts": ("a</b>", "b</b>"),
    "a tag in code": ("a `<b>`", "b `<b>`"),
    "an attribute": ('<a href="/en">a</a>', '<a href="/fr" title="b">a</a>'),
    "arguments of a shortcode": ('{{< ref "en/a" >}}', '{{< ref "fr/a" >}}'),
    "blanks in a template": ("{{x}}", "{{ x }}"),
    "another order": ("{a} and %s", "%s et {a}"),
    "a link of a wiki": ("[[Page]] a", "[[Page|La page]] a"),
    "a known note": ("a", "a[^Note]"),
    "a note moved elsewhere": ("a[^1]", "a"),
    "percent": ("100% a", "100 % a"),
}


@pytest.mark.parametrize(("source", "target", "code", "words"), BAD.values(), ids=BAD)
def test_damage(source: str, target: str, code: str, words: str) -> None:
    found = damage(source, target, LABELS, NOTES)
    assert found
    assert found.code == code
    assert words in found.reason


@pytest.mark.parametrize(("source", "target"), FINE.values(), ids=FINE)
def test_what_a_translation_may_do(source: str, target: str) -> None:
    assert damage(source, target, LABELS, NOTES) is None


@pytest.mark.parametrize("form", ["yaml", "title", "title in cell"])
def test_where_no_markdown_is_read_only_placeholders_count(form: str) -> None:
    assert damage("[a](u) `b` <i>", "[a] `b", LABELS, NOTES, form) is None
    assert damage("{a}", "a", LABELS, NOTES, form) is not None


@pytest.mark.parametrize(
    "part", ["[", "`", "<b>", "</b>", "{{", "[a][b]", "<Ab c={", "{a}", "[^a]"]
)
def test_time_grows_with_the_length(part: str) -> None:
    start = time.process_time()
    damage("a", part * 20_000, LABELS, NOTES)
    assert time.process_time() - start < 6


@pytest.mark.parametrize(("source", "target", "words"), BAD_SCRIPT.values(), ids=BAD_SCRIPT)
def test_damage_of_mdx(source: str, target: str, words: str) -> None:
    found = damage(source, target, LABELS, NOTES, script=True)
    assert found
    assert (found.code, words in found.reason) == ("MK103", True)
    assert damage(source, target, LABELS, NOTES) is None


@pytest.mark.parametrize(("source", "target"), FINE_SCRIPT.values(), ids=FINE_SCRIPT)
def test_no_damage_of_mdx(source: str, target: str) -> None:
    assert damage(source, target, LABELS, NOTES, script=True) is None


@pytest.mark.parametrize(
    ("data", "path", "expected"),
    [
        (b"import A from 'a'\n\nText.", "a.md", True),
        (b"Text.", "a.mdx", True),
        (b"Text.\n\n:::note\nText.\n:::", "a.md", False),
        (b"```js\nimport A from 'a'\n```\n", "a.md", False),
    ],
)
def test_what_is_mdx(data: bytes, path: str, expected: bool) -> None:
    assert is_script(data, path) is expected
