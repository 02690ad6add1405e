"""Damage to markup in a translation, and changes that are allowed."""

from __future__ import annotations

import pytest

from pipeline.article.damage import find_damage
from pipeline.markdown.dialects.view import is_mdx
from tests.linear.odd import DAMAGED

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
    "tag not closed": ("<b>a</b>", "<b>a", "MK103", "has '<b>' without its matching tag"),
    "tag not opened": ("<b>a</b>", "a</b>", "MK103", "has '</b>' without its matching tag"),
    "tag from nowhere": ("a", "<i>a", "MK103", "has '<i>' without its matching tag"),
    "half of a tag of two texts": (
        "<b>a",
        "a",
        "MK103",
        "lacks '<b>', whose matching tag is in another text",
    ),
    "code not closed": ("a `b` c", "a `b c", "MK101", "expected the code 'b'"),
    "other attributes": ("![a](u){width=5} b", "![a](u){width=6} b", "MK105", "{width=5}"),
    "code not opened": ("`a` b `c`", "`a b `c`", "MK101", "an unclosed '`'"),
    "blank in a link": ("[a](u)", "[b] (u)", "MK102", "lacks the link to 'u', found '[b] (u)'"),
    "wide brackets": ("[a](u)", "[b]（u）", "MK102", "lacks the link to 'u'"),
    "link not closed": ("[a](u)", "[b](u", "MK102", "lacks the link to 'u'"),
    "label translated": ("[a][ref]", "[b][réf]", "MK102", "undefined label 'réf'"),
    "own label translated": ("[ref]", "[réf]", "MK102", "lacks the link to 'ref'"),
    "label from nowhere": ("a", "[a][b]", "MK102", "undefined label 'b'"),
    "picture not closed": ("![a](u) b", "![a](u b", "MK102", "lacks the link to 'u'"),
    "note from nowhere": ("a[^1]", "a[^1] b[^2]", "MK104", "[^2]"),
}
FINE = {
    "the same": ("[a](", "[a]("),
    "an attribute that people read": ('![a](u){alt="b"} c', '![d](u){alt="e"} f'),
    "a comment": ("one", "un <!-- lu -->"),
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

MDX = {
    "less than": (
        "a",
        "a < b",
        "MK103",
        "has '<', which is not in the source and which MDX reads as a tag",
    ),
    "a heart": ("a", "a <3", "MK103", "has '<'"),
    "an open tag": ("a", "a <b", "MK103", "has '<'"),
    "a brace": (
        "a",
        "a { b",
        "MK105",
        "has '{', which is not in the source and which MDX reads as an expression",
    ),
    "a set": ("a", "{a, b}", "MK105", "has '{"),
    "a placeholder": ("a {b}", "{b} {c}", "MK105", "has '{c}'"),
    "a void tag": ("a<br/>b", "a<br/>b<br>", "MK103", "has '<br>'"),
    "a rare void tag": ("a<br/>b", "a<br/>b<wbr><link>", "MK103", "has '<link>'"),
    "an address": ("a", "<https://a.b>", "MK103", "has '<https://a.b>'"),
}
FINE_IN_MDX = {
    "an expression twice": ("a {b}", "{b} a {b}"),
    "what the source has": ("a < {b} {c", "{c {b} <"),
    "escaped": ("a", "a \\< b \\{ c"),
    "in code": ("a", "a `< {b}`"),
    "as an entity": ("a", "a &lt; b"),
    "a link": ("a", "[a](https://a.b)"),
    "tags": ("a", "H<sub>2</sub>O<br/>a <i>b</i>"),
    "a closing brace": ("a", "a } b > c"),
    "a comment": ("a", "a {/* b */}"),
}


@pytest.mark.parametrize(("source", "target", "code", "words"), MDX.values(), ids=MDX)
def test_damage_in_mdx(source: str, target: str, code: str, words: str) -> None:
    damage = find_damage(source, target, LABELS, NOTES, mdx=True)
    assert damage
    assert damage.code == code
    assert words in damage.reason
    assert find_damage(source, target, LABELS, NOTES) is None


@pytest.mark.parametrize(("source", "target"), FINE_IN_MDX.values(), ids=FINE_IN_MDX)
def test_what_a_translation_may_do_in_mdx(source: str, target: str) -> None:
    assert find_damage(source, target, LABELS, NOTES, mdx=True) is None


@pytest.mark.parametrize(("source", "target", "code", "words"), BAD.values(), ids=BAD)
def test_damage(source: str, target: str, code: str, words: str) -> None:
    damage = find_damage(source, target, LABELS, NOTES)
    assert damage
    assert damage.code == code
    assert words in damage.reason


@pytest.mark.parametrize(("source", "target"), FINE.values(), ids=FINE)
def test_what_a_translation_may_do(source: str, target: str) -> None:
    assert find_damage(source, target, LABELS, NOTES) is None


@pytest.mark.parametrize("form", ["yaml", "title", "title in cell"])
def test_where_no_markdown_is_read_only_placeholders_count(form: str) -> None:
    assert find_damage("[a](u) `b` <i>", "[a] `b", LABELS, NOTES, form) is None
    assert find_damage("{a}", "a", LABELS, NOTES, form) is not None


FIRST_DAMAGE = {
    "[": None,
    "`": None,
    "<b>": "has '<b>' without its matching tag",
    "</b>": "has '</b>' without its matching tag",
    "{{": None,
    "[a][b]": "has a link with the undefined label 'b'",
    "<Ab c={": None,
    "{a}": None,
    "[^a]": "refers to the undefined footnote [^a]",
}


@pytest.mark.parametrize("unit", DAMAGED)
def test_a_text_full_of_markup_is_read(unit: str) -> None:
    """Read a text full of markup; `tests.linear.functions` counts the instructions."""
    damage = find_damage("a", DAMAGED[unit](60_000), LABELS, NOTES)
    assert (damage.reason if damage else None) == FIRST_DAMAGE[unit]


@pytest.mark.parametrize(
    ("data", "path", "expected"),
    [
        (b"import A from 'a'\n\nText.", "a.md", True),
        (b"Text.", "a.mdx", True),
        (b"Text.", "i18n/fr/docusaurus-plugin-content-docs/current/a.md", True),
        (b"Text.\n\n:::note\nText.\n:::", "a.md", False),
        (b"```js\nimport A from 'a'\n```\n", "a.md", False),
    ],
)
def test_what_is_mdx(data: bytes, path: str, expected: bool) -> None:
    assert is_mdx(data, path) is expected
