"""Translatable text and fixed parts in each dialect, and text of no dialect."""

from __future__ import annotations

import pytest

from pipeline.article import rebuild, skeleton_of
from pipeline.markdown.dialects.view import parser_view, stand_in
from tests.markdown.dialects.reading import BEFORE, article, has_texts, keeps_the_rest, opaque

TAGS = {
    "Hugo, alone": ('{{< figure src="a>b.png" >}}\nText.', ["Text."]),
    "Hugo, title": ('{{< figure src="a" title="My cat" >}}', ["My cat"]),
    "Hugo, pair": (
        "{{% notice tip %}}\nBody **b**.\n{{% /notice %}}\nAfter.",
        ["Body **b**.", "After."],
    ),
    "Hugo, inline": ('See {{< ref "x.md" >}} now.', ['See {{< ref "x.md" >}} now.']),
    "Hugo, in a link": ('See [it]({{< ref "x y.md" >}}).', ['See [it]({{< ref "x y.md" >}}).']),
    "Hugo, lines": ('{{< figure\n  src="a"\n>}}\n\nText.', ["Text."]),
    "Hugo, code": (
        "{{< highlight go >}}\n# No text\n\nnor this\n{{< /highlight >}}\nText.",
        ["Text."],
    ),
    "Liquid": ("{% if a %}\nText.\n{% else %}\nOther.\n{% endif %}", ["Text.", "Other."]),
    "Liquid, include": ('{% include a.html b="c" %}\n\nText.', ["Text."]),
    "Liquid, value": ("Hello {{ site.title | upcase }}!", ["Hello {{ site.title | upcase }}!"]),
    "Liquid, value alone": ("{{ content }}\n\nText.", ["Text."]),
    "Liquid, code": (
        "{% highlight ruby %}\ndef a\n\nputs 'hello there'\n{% endhighlight %}\nText.",
        ["Text."],
    ),
    "Liquid, comment": ("{% comment %}\nNot this.\n{% endcomment %}\nText.", ["Text."]),
    "Liquid, raw": ("{% raw %}\nShown {{ as it is }}.\n{% endraw %}", ["Shown {{ as it is }}."]),
    "Jinja": ("{# No text. #}\n\nText.\n\n{%- set a = 'b c' -%}", ["Text."]),
    "mdBook": ("{{#include file.rs:10}}\n\nText.", ["Text."]),
    "snippet": ('--8<-- "file.md"\n\nText.', ["Text."]),
    "contents": ("[TOC]\n\n[[_TOC_]]\n\nText.", ["Text."]),
    "in HTML": ("<div>\n{% if a %}\n<p>Text {{ b }}.</p>\n{% endif %}\n</div>", ["Text {{ b }}."]),
    "critic": ("Text{>>not this<<} here.", ["Text{>>not this<<} here."]),
    "Obsidian": ("%%not this%%\n\nText.", ["Text."]),
}
TEXTS = {
    "alert": ("> [!NOTE]\n> Body.", ["Body."]),
    "callout": ("> [!tip]- My title\n> Body.", ["My title", "Body."]),
    "callout of another kind": ("> [!abstract]\n> Body.", ["Body."]),
    "definition list": (
        "Term\n: Meaning *m*\n\nOther\n:   One\n:   Two",
        ["Term", "Meaning *m*", "Other", "One", "Two"],
    ),
    "footnote": ("A[^1].\n\n[^1]: Note.", ["A[^1].", "Note."]),
    "abbreviation": ("The HTML.\n\n*[HTML]: Hyper Text", ["The HTML.", "Hyper Text"]),
    "mathematics": ("Let $x_1 < y$ be.", ["Let $x_1 < y$ be."]),
    "mathematics with stars": ("Let $a*b*c$ be.", ["Let $a*b*c$ be."]),
    "display": ("$$\na = b\n\n\\text{not this}\n$$\n\nText.", ["Text."]),
    "display in brackets": ("\\[\na = b\n- c\n\\]\n\nText.", ["Text."]),
    "environment": ("\\begin{align*}\na &= b\n\\end{align*}\n\nText.", ["Text."]),
    "display in brackets, of lines": ("Text.\n\\[\nx^2\n\n+ y\n\\]\nMore.", ["Text.", "More."]),
    "marks of other dialects": (
        "A ==b== ^c^ ~d~ ++e++ :smile: f.",
        ["A ==b== ^c^ ~d~ ++e++ :smile: f."],
    ),
    "link of a wiki": (
        "See [[Page|my page]] and [[Page]].",
        ["See [[Page|my page]] and [[Page]]."],
    ),
    "embed": ("![[picture.png]]\n\nText.", ["Text."]),
    "Markdown in HTML": (
        '<div markdown="1">\n- One\n- *Two*\n</div>\n\nText.',
        ["One", "*Two*", "Text."],
    ),
}
DIALECTS = {
    f"{kind}: {name}": case
    for kind, cases in {
        "tag": TAGS,
        "text": TEXTS,
    }.items()
    for name, case in cases.items()
}

ALONE = {
    "money": "It costs $5 and $10, or US$ 3, or $7-$9.",
    "money in rows": "a | (US$)\n-|-\nb | (US$)\nc | (at $x)\n",
    "money, then words of others": "Od $pięć złotych бывает dużo$ tego.",
    "money in a table": "| $5 | $10 |\n|---|---|\n| a $1 | b $2 |",
    "variables": "Set $HOME and $PATH first.",
    "containers in code": "```\n:::note T\n!!! note\n    Body.\n{{< a >}}\n```",
    "braces in a code span": "Use `{{ a }}` and `{% b %}` and `[[ c ]]` and `$d$`.",
    "mathematics in a fence": "```latex\n$$\n\\begin{a}\n\\[ x \\]\n$$\n```",
    "indented code": "Text.\n\n    :::note T\n    {% include a %}\n    !!! b\n        c",
    "paths": "In C:\\[new]\\(x) and C:\\Users\\$me.",
    "exclamation": "!!! Wow, what a day.\nReally.",
    "questions": "??? What is this\n\nNobody knows.",
    "three colons": "Write ::: where you like ::: it.",
    "import of goods": "import duties are high\nexport is not.",
    "generic types": "A Vec<String> and an Option<u8> and `<T>`.",
    "upper-case HTML": '<A HREF="x">link</A> and <BR> more.',
    "times and ratios": "At 10:30: a ratio of 3:1.\n: no term above",
    "headings under them": "One\n===\n\nTwo\n---",
    "footnote marks": "A[^1] and [[1]](u).\n\n[^1]: Note.",
    "set notation": "The set {1, 2, 3} and {a}.",
    "percent": "100%% sure and 50% and 60%.",
    "comment": "<!-- {% if a %} :::note -->\n\nText.",
    "import in code": "```js\nimport a from 'b'\n```\n\nA {string} and </b>.",
    "variables in braces": "Set ${HOME} *and* ${PATH}, or A${b}$.",
    "escaped brackets": "\\[a note that the editor has\nput here by hand\\]\n\nText.",
    "slashes": "/// Parses\n\nText.",
    "colour": "#ff0000 and {not: an attribute}.",
}


@pytest.mark.parametrize(("source", "expected"), DIALECTS.values(), ids=DIALECTS)
def test_texts(source: str, expected: list[str]) -> None:
    has_texts(source, expected)


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(("source", "expected"), DIALECTS.values(), ids=DIALECTS)
def test_what_is_no_text_stays(source: str, expected: list[str], before: str) -> None:
    keeps_the_rest(source, expected, before)


@pytest.mark.parametrize("source", ALONE.values(), ids=ALONE)
def test_left_alone(source: str) -> None:
    assert opaque(source.encode()) == []
    seen = parser_view(source)
    assert seen is None or seen.text == source


CUT = {
    "open tag over a callout": (
        '{{\n> [!tip] A title\n::: note Mind me\n{{< figure title="Big é" >}}\n\n::: é T',
        ["{{", "A title", "Mind me", "Big é", "T"],
    ),
    "open tag over a container": ("{{\n> [!tip] A\n{{< f >}}\n::::{.c} é", ["{{", "A"]),
    "tag of lines in an admonition": ("!!! note\n    {{< f\n      a >}}\n    Text.", ["Text."]),
    "title in an admonition": (
        '!!! note\n    {{< f title="Big" >}}\n\n    Text.',
        ["Big", "Text."],
    ),
    "directive over mathematics": ("```{note}\n$$\na\n```\nb $$\n\nText.", ["Text."]),
    "import in a quotation": ("> import A from '@x'\n\n{a.b} c", ["import A from '@x'", "{a.b} c"]),
}


@pytest.mark.parametrize(("source", "expected"), CUT.values(), ids=CUT)
def test_parts_do_not_overlap(source: str, expected: list[str]) -> None:
    texts = [segment.text for segment in article(source).segments]
    assert [text for text in expected if text in texts or text == "{{"] == expected
    assert all(text in source for text in texts)


TAGGED = {
    "badges": ('[<img alt="One">](u) <img src="v" alt="1">\n', ["One"]),
    "badges in a link": ("<a href='u'><img alt='One' title=\"Two\"></a>", ["One", "Two"]),
    "in a quote": ('> é <br> [<img\n> alt="One">](u)', ['é <br> [<img alt="One">](u)']),
    "in a cell": ('| a |\n|---|\n| <img alt="One"> |', ["a", "One"]),
    "in code": ('`<img alt="One">`', []),
    "in a fence": ('```jsx\n<img alt="One" />\n```', []),
    "in indented code": ('Text.\n\n    <img alt="One" />', ["Text."]),
    "in a text": ('Text <img alt="One">', ['Text <img alt="One">']),
    "component": ('import A from "a"\n\n<A\n  title="One"\n  b\n/>', ["One"]),
}


@pytest.mark.parametrize(("source", "expected"), TAGGED.values(), ids=TAGGED)
def test_attributes_of_tags(source: str, expected: list[str]) -> None:
    page = article(source)
    assert [segment.text for segment in page.segments] == expected
    built = rebuild(page, {n: f"{s.text} ⟪é⟫" for n, s in enumerate(page.segments)})
    assert skeleton_of(built) == skeleton_of(page.data)


QUOTED = {
    ':::note{title="A"}\nB.\n:::': 'title="&quot;x|&quot;\'"',
    "<img alt='A'>": "alt='\"x|\"&#x27;'",
    '!!! note "A"\n    B.': '"&quot;x|&quot;\'"',
    '{{< figure title="A" >}}': 'title="\\"x|\\"\'"',
    'import B from "b"\n\n<B\n  title="A"\n/>': 'title="&quot;x|&quot;\'"',
    'import B from "b"\n\n<B s={{m: {t: 1} } } title="A" />': 'title="&quot;x|&quot;\'"',
    "import B from 'b'\n\n<B c={[{d: 1, title: 'A'}]} />": "title: '\"x|\"\\''",
    'export const c = {title: "A"}': 'title: "\\"x|\\"\'"',
    '| a |\n|---|\n| <img alt="A"> |': 'alt="&quot;x\\|&quot;\'"',
}


@pytest.mark.parametrize(("source", "expected"), QUOTED.items(), ids=QUOTED)
def test_quotes_in_quotes(source: str, expected: str) -> None:
    page = article(source)
    index = [segment.text for segment in page.segments].index("A")
    built = rebuild(page, {index: '"x|"\''})
    assert expected in built.decode()
    assert skeleton_of(built) == skeleton_of(page.data)


def test_stand_in_is_not_in_the_text() -> None:
    assert stand_in("a\ue000b") == "\ue001"
