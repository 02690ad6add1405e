"""Odd texts of any length, which might take more time than they should."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Odd = Callable[[int], str]
    """Maker of a text of about so many characters; twice the number doubles the text."""

__all__ = [
    "ANSWERS",
    "BLOCKS",
    "DAMAGED",
    "DIALECTS",
    "FRONT",
    "HIDDEN",
    "INLINE",
    "LISTS",
    "RUNS",
    "SENTENCE_ENDS",
    "TRANSLATIONS",
    "TYPOGRAPHY",
    "WRAPPED",
]


def _of(unit: str, before: str = "", behind: str = "") -> Odd:
    """Return a maker that repeats a unit (``{n}`` is its number) between two fixed texts."""
    numbered = "{n}" in unit

    def text(size: int) -> str:
        times = max(1, size // (len(unit) + 2 * numbered))
        many = (unit.replace("{n}", str(n)) for n in range(times)) if numbered else [unit] * times
        return before + "".join(many) + behind

    return text


def _halves(first: str, middle: str, second: str, behind: str = "") -> Odd:
    """Return a maker that repeats one unit, then another, each through half of the text."""

    def text(size: int) -> str:
        some, more = (size // 2 // len(unit) for unit in (first, second))
        return first * some + middle + second * more + behind

    return text


def _fixed(text: str) -> Odd:
    """Return a maker of one text, whatever the size."""
    return lambda _: text


def _thirds(unit: str, *before: str) -> Odd:
    """Return a maker that repeats a unit behind each of three texts."""

    def text(size: int) -> str:
        return "".join(part + unit * (size // 3 // len(unit)) for part in before)

    return text


def _square(unit: Callable[[int, int], str]) -> Odd:
    """Return a maker that joins lines which grow by the same length each."""

    def text(size: int) -> str:
        lines = max(2, int(size**0.5))
        return "".join(unit(n, lines) for n in range(lines))

    return text


def _many(text: Odd, times: int = 16) -> Odd:
    """Return a maker of longer texts, beyond a limit even at the smallest size."""
    return lambda size: text(times * size)


def _toml_long(size: int) -> str:
    rows = "".join(f'b{n} = "c"\n' for n in range(size // 20))
    return f"+++\n[{'a' * (size // 2)}]\n{rows}+++\n"


def _toml_deep(size: int) -> str:
    rows = "".join(f'b{n} = "c"\n' for n in range(size // 20))
    return f"+++\n[{'.'.join('a' * (size // 4))}]\n{rows}+++\n"


def _json_long(size: int) -> str:
    rows = ",".join(f'"b{n}": "c"' for n in range(size // 20))
    return f'{{"{"a" * (size // 2)}": {{{rows}}}}}\n'


LISTS: Mapping[str, Odd] = {
    "nested lists": _square(lambda n, _: f"{'  ' * n}- a\n"),
    "items in one line": _many(_of("- ", "", "a")),
    "items in one line, then blank lines": _many(_halves("- ", "a", "\n", "b"), 4),
    "items in one line, then lines": _many(_halves("- ", "a\n", "b\n"), 4),
    "nested quotes": _many(_of("> ", "", "a")),
    "nested quotes, then lines": _many(_halves("> ", "a\n", "a\n"), 4),
    "quotes ever deeper": _square(lambda n, _: f"{'>' * n} a\n"),
    "quotes in lists": _many(_of("- > ", "", "a")),
    "loose list": _of("- a\n\n"),
    "numbered list": _of("{n}. a\n"),
    "tasks": _of("- [ ] a\n"),
    "definition list": _of("Term {n}\n: a\n: b\n\n"),
    "definition list without ends": _of("Term\n:   a\n"),
    "soft breaks in a quote": _of("> a\n"),
}
INLINE: Mapping[str, Odd] = {
    "one long line": _of("word "),
    "one long word": _of("w"),
    "blanks before a line end": _of(" ", "a", "b\nc"),
    "blank lines": _of("\n", "a", "b"),
    "hard breaks": _of("a\\\n", "", "a"),
    "hard breaks of blanks": _of("a  \n", "", "a"),
    "emphasis": _of("*a "),
    "emphasis of both signs": _of("*a _b "),
    "emphasis, nested": _halves("*a ", "", "b* "),
    "strikethrough": _of("~a ~~b "),
    "links": _of("[a](u) "),
    "links to headings": _of("[a](#b-{n}) ", "## B 1\n\n"),
    "links by label": _of("[a{n}] ", "[a1]: u\n\n"),
    "open brackets": _of("[", "", "a"),
    "closing brackets": _of("]("),
    "nested images": _halves("![", "a", "](u)"),
    "open image title": _of('" "', '![a](u "'),
    "paths": _of("![a](b.png) `c` <img src='./d.png'> "),
    "images": _of("![a](u 'b')\n\n"),
    "escapes": _of("\\*a"),
    "code marks": _square(lambda n, _: "`" * n + " "),
    "code spans": _of("`a` "),
    "addresses": _of("<https://a.bc> www.ab.cd "),
    "open addresses": _of("<https://a "),
    "long number": _of("1"),
    "number of groups": _of("1,", "", "1 km"),
    "number with blanks": _of(" 111", "1 111", "x"),
    "measures": _of("12 km $5 "),
    "open footnotes": _of("[^"),
    "half addresses": _halves("a@b", "", "@a."),
    "half entities": _of("&a"),
    "entities": _of("&amp;&#65; "),
    "handles": _of("@a #b "),
    "emoji": _of(":a:b "),
    "old line ends": _of("a\r"),
    "Windows line ends": _of("a\r\nb\r\n\r\n"),
    "combining signs": _of("e\u0301 "),
    "beyond the first plane": _of("😀 𝐚"),
    "many equal texts": _of("Same text.\n\n"),
    "many texts": _of("Text {n} is here.\n\n"),
}
BLOCKS: Mapping[str, Odd] = {
    "table": _of("|x y|z|\n", "|a|b|\n|-|-|\n"),
    "wide table": lambda size: "".join(f"{s * (size // 6)}|\n" for s in ("|a", "|-", "|c")),
    "tables below a line": _of("a|b\n-|-\n", "x\n"),
    "lines of keys": _of("a: b\n"),
    "lines like items": _of("      - a\n      2. b\n", "a\n"),
    "open elements with lines": _of("<pre>\n\na\nb\n\n</pre>\n\n", "<div>\n"),
    "same headings": _of("## Same\n\ntext\n\n"),
    "headings with ids": _of("## A {#a-{n}}\n\n"),
    "same headings, with links": _of("## Same\n\n[a](#same-{n})\n\n"),
    "headings, numbered themselves": _halves("## A\n\n", "## A-1\n\n", "## A-1\n\n"),
    "headings of lines below": _of("a\n===\n"),
    "experts": _of("## Ann{n} Bo, Co (@a{n})\n\nSays Ann{n}.\n\n"),
    "experts of one first name": _of("## Ann B{n}, Co (@a)\n\nAnn\n\n"),
    "open expert": _of("b (@", "## a, "),
    "footnotes": _of("a[^{n}]\n\n[^{n}]: b\n\n"),
    "definitions": _of("[a{n}]: u\n"),
    "definitions of one label": _of("[a]: u\n"),
    "open fences": _of("```a\nb\n~~~\n"),
    "rules": _of("***\n"),
    "alerts": _of("> [!NOTE]\n> a\n\n"),
    "open comments": _of("<!-- "),
    "open tags": _of("<a ", "<div>"),
    "open attributes": _of('<a b="', "<div>"),
    "open character data": _of("<![CDATA[ ", "<div>"),
    "open scripts": _of("<script>", "<div>"),
    "tags": _of("<b>a</b> c\n", "<div>"),
    "paragraphs of HTML": _of("<p>a</p>\n"),
    "paragraphs of HTML in one line": _of("<p>a</p>"),
    "nested HTML": _halves("<div>", "a", "</div>"),
    "HTML between Markdown": _of("<div>\n\na\n\n</div>\n\n"),
    "tags within a line": _of("a <b>c</b> "),
    "attributes of one tag": _of(" id=a", "<p", ">b</p>"),
    "tags with ids": _of("<a id='a{n}'></a> [b](#a{n})\n\n"),
    "half ids": _of(" id=", "[a](#b)\n\n<a", ">"),
    "comments": _of("<!-- pipeline: note a -->\n\nb\n\n"),
    "open directive": _of(" ", "<!-- pipeline: note", "x -- ->"),
}
FRONT: Mapping[str, Odd] = {
    "nested front matter": _many(_of("[", "---\na: ", "\n---\n")),
    "many keys": _of("title: One\n", "---\n", "---\n"),
    "many keys, numbered": _of("a{n}: One\n", "---\n", "---\n"),
    "many items": _of("  - One\n", "---\ntitle:\n", "---\n"),
    "many languages": _of("lang: en\n", "---\ntitle: a\n", "---\n"),
    "many aliases": _of("*a, ", "---\na: &a One\nb: [", "*a]\n---\n"),
    "many anchors": _of("title: &a{n} One\n", "---\n", "---\n"),
    "many tags": _of("%TAG !a{n}! b\n", "---\n", "--- a\n---\n"),
    "rule and spaces": _of(" ", "---\na", "\n---\n"),
    "open front matter": _of("--- x\n", "---\n"),
    "front matter of text": _of("word ", "---\ntitle: >\n  ", "\n---\n"),
    "front matter in quotes": _of("a ''", "---\ntitle: '", "'\n---\n"),
    "TOML": _of('a{n} = "One"\n', "+++\n", "+++\n"),
    "TOML tables": _of('[a{n}]\ntitle = "One"\n', "+++\n", "+++\n"),
    "TOML of one long name": _halves("a", "]\n", 'b = "c"\n'),
    "TOML lines": _of("x = 'a\n", "+++\ntitle = '''\n", "'''\n+++\n"),
    "TOML arrays": _of("[[a]]\nb = 'c'\n", "+++\n", "+++\n"),
    "TOML list": _of('"a", ', "+++\nb = [\n", "]\n+++\n"),
    "TOML tables in a line": _of('{a = "b"}, ', "+++\nb = [\n", "]\n+++\n"),
    "open TOML": _of("+++ x\n", "+++\n"),
    "JSON": _of('"a{n}": "One", ', "{", '"b": 1}\n'),
    "nested JSON": _of('{"a":', "", ""),
    "TOML below a long name": _toml_long,
    "TOML below a deep name": _many(_toml_deep),
    "JSON below a long name": _json_long,
    "JSON lists": _of('"One", ', '{"title": [', '"b"]}\n'),
}

DIALECTS: Mapping[str, Odd] = {
    "shortcodes": _of("{{< a b >}} c "),
    "shortcodes in lines": _of('{{< a title="b" >}}\n\nc\n\n'),
    "shortcodes in one line": _of('{{< a title="b" >}} '),
    "shortcodes far from the margin": lambda size: (
        "a\n" + _halves(" ", "", '{{< a title="b" >}} ')(8 * size)
    ),
    "open shortcodes": _of("{{< a "),
    "glossary": _of("a\n  b\nc\n: d\n", "```{glossary}\n", "```\n"),
    "open glossaries": _of("```{glossary}\na\n"),
    "definitions without empty lines": _of("a\n: b\n"),
    "attributes of pictures": _of("![](a){b='c'} "),
    "attributes on lines": _of("a='b'\n", "![](a){", "}"),
    "wiki links in cells": _of("|[[a|b]]|\n", "|a|\n|-|\n"),
    "shortcodes of code": _of("{{< highlight a >}}\nb\n"),
    "tags of templates": _of("{% a %} b "),
    "open tags of templates": _of("{% a "),
    "tags of code": _of("{% highlight a %}\nb\n"),
    "open placeholders": _halves("{%", "", "%("),
    "placeholders": _of("{a} %s {{ b }} "),
    "links to placeholders": _of("[a]({{ b }}) "),
    "open braces": _of("{a "),
    "nested braces": _halves("{a ", "", "} "),
    "braces with comments": _of("/*", "{ ", " }"),
    "braces in tags": _halves("<a {", "b", "}>"),
    "braces in tags over blank lines": _halves("<a {\n\n", "b", "}>"),
    "attributes": _of("[a](u){.b #c{n}} "),
    "open attributes in braces": _of("{#a "),
    "mathematics": _of("$a_1$ b "),
    "open mathematics": _of("$a "),
    "mathematics in blocks": _of("$$\na_1\n$$\n\n"),
    "open mathematics in blocks": _of("$$\na\n\n"),
    "mathematics in brackets": _of("\\(a_1\\) "),
    "open mathematics in brackets": _of("\\(a ", "", "\\)"),
    "open mathematics in brackets, prose": _of("\\(any old words _ ", "", "\\)"),
    "environments": _of("\\begin{a}\nb\n"),
    "wiki links": _of("[[a|b]] "),
    "open wiki links": _of("[[a "),
    "roles": _of("{ref}`a <b>` "),
    "open roles": _of("{ref}`a <"),
    "hidden": _of("%% a %% "),
    "open changes": _of("{>> a {++ b "),
    "components": _of("<Ab c={d}>\n\n  e\n\n</Ab>\n\n"),
    "components in a line": _of("a <Ab c={d} /> "),
    "component with attributes": _of("<Ab c='d' e={f}> "),
    "component of one line": _of("a ", "<Ab>", "</Ab>\n"),
    "components of one line": _halves("<Ab>", "c", "</Ab>"),
    "ends of tags alone": _of("<Ab\n  c\n>\n\n"),
    "HTML in MDX": _of("<div><b>a</b></div>\n", "import a from 'b'\n\n"),
    "HTML of one line in MDX": _of("<div>a ", "import a from 'b'\n\n"),
    "badges": _of('<img alt="a" src="b"> '),
    "open badges": _of('<img alt="a'),
    "open components": _of("<Ab c={'"),
    "nested components": _square(lambda n, _: f"{'  ' * n}<Ab>\n\n"),
    "text far within a component": _of(" ", "<Ab>\n\n", "b\n\n</Ab>\n"),
    "texts within a component": _of("        b\n\n", "<Ab>\n\n", "</Ab>\n"),
    "expressions": _of("{a()} "),
    "imports": _of("import a from 'b'\n\n"),
    "open imports": _of("import {\n"),
    "import, blanks": _of(" ", "import", "x\n\n'import \n"),
    "exports": _of("export const a = {\n  b: 1 }\n\n"),
    "containers": _of("::: note T\n\na\n\n:::\n\n"),
    "open containers": _of(":::note T\n"),
    "container with blanks": _of(" ", "::: a b", "{\n"),
    "containers with blanks": _of("::: a          {\n"),
    "nested containers": lambda size: "".join(
        ":" * (n + 3) + " a\n" for n in reversed(range(int(size**0.5)))
    ),
    "container of colons": _of(" :", "::: a b", "{\n"),
    "brackets in labels": _of(":::a[b [c] "),
    "label of brackets": _of("[b]", ":::a[", "]\n"),
    "titles in attributes": _of(' title="b"', ":::a{", "}\n"),
    "leaves": _of("::a[b]{c=d}\n\n"),
    "admonitions": _of('!!! note "T"\n    a\n\n'),
    "nested admonitions": _square(lambda n, _: f"{'    ' * (n // 2)}!!! note\n"),
    "admonition with words": _of(" a", "!!! note", "!\n"),
    "tabs": _of('=== "T"\n    a\n\n'),
    "directives": _of("```{note}\na\n```\n\n"),
    "open directives": _of("```{note}\n"),
    "directive with options": _of(":a: b\n", "```{note}\n"),
    "directives with dashes": _of("```{note}\n---\na: b\n"),
    "blocks of slashes": _of("/// note | T\n\na\n\n///\n\n"),
    "callouts": _of("> [!faq]- T\n> a\n\n"),
    "tags around Markdown": _of('<div markdown="1">\n\na\n\n</div>\n\n'),
    "half tags around Markdown": _of(" markdown", "<div"),
    "half tags with long names": _of("-a", "<a", "\n\n<b markdown>\n"),
    "abbreviations": _of("*[A{n}]: b\n"),
    "labels of MyST": _of("(a-{n})=\n## A\n\n"),
    "lists of contents": _of("- a\n{:toc}\n\n"),
    "block attributes": _of("a\n{: .b}\n\n"),
}

RUNS: Mapping[str, Odd] = {
    unit: _of(unit)
    for unit in ("!", ":", ".", "[", "[a](", "<!--", "<a", "(", "1,", "`", "**", "»")
}
"""Texts of one sign again and again, for the features of a text."""

SENTENCE_ENDS: Mapping[str, Odd] = {unit: _of(unit) for unit in (".", "! ", "?»", "...) ", "。")}
"""Texts that consist of sentence ends only."""

DAMAGED: Mapping[str, Odd] = {
    unit: _of(unit) for unit in ("[", "`", "<b>", "</b>", "{{", "[a][b]", "<Ab c={", "{a}", "[^a]")
}
"""Translations full of markup, whose source has none."""

TRANSLATIONS: Mapping[str, tuple[Odd, Odd]] = {
    "code": (_of("`a` "), _of("`b` ")),
    "many codes": (_of("`{n}` "), _fixed("a")),
    "half links": (_fixed("[a](u)"), _of("[a] (")),
    "signs": (_fixed("**a**"), _of("** ")),
    "code signs": (_fixed("`a`"), _of("`", "", "b")),
    "open tags": (_fixed("<b>"), _of("< ")),
    "blanks": (_fixed("<b> {a} %s"), _thirds(" ", "<", "{", "%")),
    "lists": (_fixed("a"), _of("- b\n")),
    "handles": (_fixed("@abc"), _of("@a b ")),
    "words": (_fixed("Ada Byron"), _of("ada byron ")),
    "one word": (_fixed("Ada Byron"), _of("a")),
    "numbers": (_of("1 "), _of("2 ")),
    "groups": (_of(" 111", "1 111", "x"), _of("1,1")),
    "digits": (_of("1"), _of("1.")),
    "number words": (_fixed("1"), _of("mille million ")),
    "Roman numerals": (_fixed("1"), _of("M")),
    "addresses": (_of("https://a.b/"), _of("/en", "https://a.b/en")),
    "braces": (_fixed("{a}"), _halves("{ ", "", "{{ ")),
}
"""Sources, and translations that lack something of them."""

TYPOGRAPHY: Mapping[str, Odd] = {
    unit: _of(unit)
    for unit in (
        " ", "  a", '"', 'a"', ".", "a.", "...", ",", "a,", "a ,", "«", "»", "« ", "» a", "“", "”",
        "¿", "?", "a?", "a ?", "'", "a'", "the ", "1", "1 %", "1.5 ", "a. b", "a.b", "a-", " - ",
        "&", "&a;", ";)", "(", "( ", "a )", "‘", "n‘t", "l´", "?!", "\n", "a\u00a0", "5 km",
        "mot. et ", "mot.Mot", "mot,mot", "xxxxxxxxx", "a; ,",
    )
}  # fmt: skip

ANSWERS: Mapping[str, Odd] = {
    "tags": _of('<x id="0"/>'),
    "open tags": _of('<g id="0">'),
    "closed tags": _of("</g>"),
    "pairs": _of('<g id="{n}">a</g>'),
    "half tags": _of("<x id="),
    "signs": _of("<"),
    "signs and blanks": _of("< "),
    "blanks in a tag": _thirds(" ", "<x", "id", "="),
    "quotes in a tag": _of('"', "<x id="),
    "digits in a tag": _of("0", '<x id="'),
    "entities": _halves("&amp;", "", "&#38;"),
    "half entities": _of("&a"),
    "words": _of("⟦0⟧"),
    "half words": _of("⟦"),
    "brackets and blanks": _halves(" ", "X", " ", "]"),
}
"""Engine answers to a text that has two tokens."""

HIDDEN: Mapping[str, Odd] = {
    "nested pairs": _halves("*a ", "", "b*"),
    "pairs": _of("*a* "),
    "links": _of("[a](u) "),
    "images": _of("![a `b`](u) "),
    "terms": _of("Core and expert "),
    "elements": _of("<b>a</b> "),
    "open elements": _of("<b>a "),
    "closed elements": _of("</b>a "),
    "blanks": _of(" ", "*a*", "`b`"),
    "touching": _of("`a`"),
}
"""Texts full of content that must be hidden from engines."""

WRAPPED: Mapping[str, Odd] = {
    "words": _of("word "),
    "one word": _of("x"),
    "spaces": _of(" ", "a", "b"),
    "no-break spaces": _of("\xa0"),
    "line ends": _of("\n"),
    "line separators": _of("ab \u2028"),
    "backslashes": _of("\\"),
    "quotes": _of('"'),
    "combining marks": _of("\u0301", "a ", " b"),
    "combining marks behind spaces": _of(" \u0301"),
    "joiners": _of("\u200d", "a ", " b"),
    "flags": _of("\U0001f1eb\U0001f1f7"),
    "ideographs": _of("\u65e5\u672c"),
    "signs behind spaces": _of(" !"),
    "Hebrew letters and hyphens": _of("\u05d0-"),
}
"""Texts of a PO field."""
