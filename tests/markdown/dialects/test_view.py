"""What is text in each dialect, what stays as it is, and what is no dialect at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.article import rebuild, skeleton_of
from pipeline.article.reading import read_article, spans
from pipeline.drafting.protect.protect import Protected, protect, restore
from pipeline.markdown.dialects.view import parser_view, stand_in
from pipeline.markdown.frontmatter import markdown_body
from pipeline.markdown.marks import Form, count_constructs
from pipeline.markdown.parser import inline
from pipeline.markdown.plain_text import plain

if TYPE_CHECKING:
    from pipeline.model import Article

CONTAINERS = {
    "Docusaurus": (":::note\nBody.\n:::\nAfter.", ["Body.", "After."]),
    "title": (":::tip My *title*\nBody.\n:::", ["My *title*", "Body."]),
    "title in brackets": (":::info[My title]\n\nBody.\n\n:::", ["My title", "Body."]),
    "attributes": (':::danger{#id .c key="v"}\nBody.\n:::', ["Body."]),
    "brackets in brackets": (":::info[My [link](u)]\n\nBody.\n\n:::", ["My [link](u)", "Body."]),
    "title in attributes": (':::note{title="My title"}\nBody.\n:::', ["My title", "Body."]),
    "title of Quarto": ("::: {.callout-tip title='My'}\nBody.\n:::", ["My", "Body."]),
    "leaf with a title": ('::film[My film]{#id title="Two"}', ["My film", "Two"]),
    "colon before the title": (":::tip: My title\nBody.\n:::", ["My title", "Body."]),
    "attributes behind a title": (
        "::: tip My title:   {.c} ::\nBody.\n:::",
        ["My title:", "Body."],
    ),
    "blanks behind a title": ("::: tip My title  : \nBody.\n:::", ["My title", "Body."]),
    "VuePress": ("::: warning Take care\nBody.\n:::", ["Take care", "Body."]),
    "details": ("::: details Click me\n- One\n- Two\n:::", ["Click me", "One", "Two"]),
    "nested": (":::::a\n::::b\n:::c T\nBody.\n:::\n::::\n:::::\n", ["T", "Body."]),
    "Pandoc": ("::: {.class #id}\nBody.\n:::", ["Body."]),
    "Pandoc, named": ("::: Warning ::::::\nBody.\n::::::", ["Body."]),
    "in a paragraph": ("Before.\n:::note\nBody.\n:::\nAfter.", ["Before.", "Body.", "After."]),
    "in a list": ("- One\n\n  :::note\n  Body.\n  :::\n\n- Two", ["One", "Body.", "Two"]),
    "in a quote": ("> :::note T\n> Body.\n> :::\n> After.", ["T", "Body.", "After."]),
    "code in it": (":::note\n```\n:::note T\n```\nBody.\n:::", ["Body."]),
    "leaf": ("::youtube[My film]{#id}\n\nAfter.", ["My film", "After."]),
    "blocks of PyMdown": ("/// note | Title\nBody.\n///", ["Title", "Body."]),
    "CRLF": (":::note T\r\nBody\r\ngoes on.\r\n:::\r\n", ["T", "Body goes on."]),
}
ADMONITIONS = {
    "body": ("!!! note\n    Body\n    goes on.\n\nAfter.", ["Body goes on.", "After."]),
    "title": ('!!! note "A title"\n    Body.', ["A title", "Body."]),
    "classes": ('!!! danger highlight blink "T"\n\n    Body.', ["T", "Body."]),
    "no title": ('!!! note ""\n    Body.', ["Body."]),
    "collapsible": ('??? note "T"\n    Body.\n\n???+ tip\n    More.', ["T", "Body.", "More."]),
    "tabs": (
        '=== "One"\n\n    Body.\n\n=== "Two"\n\n    - a\n    - b',
        ["One", "Body.", "Two", "a", "b"],
    ),
    "nested": (
        "!!! a\n    One.\n\n    !!! b\n        Two.\n\n    Three.\n\nFour.",
        ["One.", "Two.", "Three.", "Four."],
    ),
    "code in it": ("!!! note\n    Body.\n\n        code here\n\n    More.", ["Body.", "More."]),
    "fence in it": ("!!! note\n    ```\n    code\n    ```\n    Body.", ["Body."]),
    "tabulators": ("!!! note\n\tBody.\n\n\t!!! b\n\t\tInner.", ["Body.", "Inner."]),
    "two in a list": (
        '- One\n\n    !!! note\n\n        Body.\n\n    !!! tip "T"\n\n        More.\n\n    Rest.',
        ["One", "Body.", "T", "More.", "Rest."],
    ),
    "tabs of code in a list": (
        '1. One\n\n    === "A"\n        ```\n        code\n        ```\n    === "B"\n        Text.',
        ["One", "A", "B", "Text."],
    ),
    "in a list": ("1. One\n\n    !!! note\n        Body.\n\n2. Two", ["One", "Body.", "Two"]),
    "in a quote": ("> !!! note\n>     Body.\n>\n> After.", ["Body.", "After."]),
    "table in it": ("!!! note\n    | a | b |\n    |---|---|\n    | c | d |", ["a", "b", "c", "d"]),
}
ATTRIBUTES = {
    "heading": ("## Head {#id .c key=v}", ["Head"]),
    "heading of kramdown": ("## Head {: #id .c }\n\nText.", ["Head", "Text."]),
    "heading of kramdown, closed": ("## Head ## {: #id}", ["Head"]),
    "blanks in braces": ("A :icon:{ .lg } here.", ["A :icon:{ .lg } here."]),
    "kramdown's line": ("Text.\n{: .c #id}\n\nMore.", ["Text.", "More."]),
    "line of its own": ("{.c}\n- One", ["One"]),
    "link": ("A [link](u){:target=_blank} here.", ["A [link](u){:target=_blank} here."]),
    "behind a table": ("| a |\n|---|\n| b |\n{: .t}", ["a", "b"]),
    "options": ('{::options parse="x" /}\n\nText.', ["Text."]),
    "comment": ("{::comment}\nNot shown.\n\nEither.\n{:/comment}\n\nText.", ["Text."]),
    "contents": ("* TOC\n{:toc}\n\nText.", ["Text."]),
    "contents in one line": ("* Contents {:toc}\n\nText.", ["Text."]),
}
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
SCRIPTS = {
    "import": ("import A from '@x/A';\n\nText.", ["Text."]),
    "imports of lines": (
        "import {\n  A,\n  B,\n} from 'x';\nimport C from 'c'\n\nText.",
        ["Text."],
    ),
    "export": ("export const a = () => {\n  b();\n\n  return c;\n};\n\nText.", ["Text."]),
    "block": ("import T from 't'\n\n<T>\nBody *b*.\n</T>", ["Body *b*."]),
    "block, indented": (
        "<T>\n  <U a={1}>\n\n    Body.\n\n    - One\n    - Two\n\n  </U>\n</T>",
        ["Body.", "One", "Two"],
    ),
    "attributes of lines": (
        "<Tabs\n  a=\"b\"\n  values={[\n    {label: 'A'},\n  ]}>\n\nBody.\n\n</Tabs>",
        ["A", "Body."],
    ),
    "properties": (
        "import T from 't'\n\n<T\n  rows={[\n    {\n      name: 'b c',\n      description:\n"
        "        'It is `true`.',\n    },\n    {'title': \"It's *b*\", c: {label: '1'}},\n  ]}\n/>",
        ["It is `true`.", "It's *b*"],
    ),
    "properties of an export": (
        "export const meta = {\n  title: 'A page',\n  author: 'Ann'\n}\n\nText.",
        ["A page", "Text."],
    ),
    "properties around a blank line": (
        "import T from 't'\n\n<T\n  rows={[\n    {label: 'One'},\n\n    {label: 'Two'},\n  ]}\n/>",
        ["One", "Two"],
    ),
    "properties without an import": ("# A\n\n<T\n  rows={[{label: 'One'}]}\n/>", ["A", "One"]),
    "assignments": (
        "export const title='a b'\n\nexport function F({label='c d'}) { return {title: 'It\\'s'} }",
        ["It\\'s"],
    ),
    "braces that stay open": (
        "import T from 't'\n\n<T rows={[ it's\n/>\n\nText.\n\n<T title='One' />",
        ["<T rows={[ it's />", "Text.", "One"],
    ),
    "no properties": (
        "import T from 't'\n\n<T a={b ? title : 'c d'} e={`title: '${f}'`} g={{subtitle: 'x'}} />"
        "\n\nText {a({title: 'b c'})} label: 'd'.",
        ["Text {a({title: 'b c'})} label: 'd'."],
    ),
    "end of a tag alone": (
        '<div>\n  <B\n    c="d"\n    e={<F />}\n  >\n    Text.\n  </B>\n</div>',
        ["Text."],
    ),
    "quotes in data": ("<T a={'it\\'s'} b={\"\\\"\"}\n/>\n\nText.", ["Text."]),
    "a lot of data": ("<T\n  a={[\n" + "    {b: 'One'},\n" * 3000 + "  ]}\n/>\n\nText.", ["Text."]),
    "HTML around Markdown": (
        "import A from 'a'\n\n<div className=\"b\">\n  ## Head\n  Text *b*.\n</div>\nMore.\n- One",
        ["Head", "Text *b*.", "More.", "One"],
    ),
    "HTML of lines": (
        "import A from 'a'\n\n<details\n  open>\n<summary>Sum</summary>\nText.\n</details>\n",
        ["Sum", "Text."],
    ),
    "HTML in a sentence": ("import A from 'a'\n\nOne\n<br />\ntwo", ["One <br /> two"]),
    "title": ('import T from "t"\n\n<T title="Big apples" />', ["Big apples"]),
    "block in a line": (
        '<Tab a={1} b="c > d" label="Title">Body *b*.</Tab>',
        ["Title", "Body *b*."],
    ),
    "blocks in each other": ("<Tt>\n  <Uu> <Vv.W> Body. </Vv.W> </Uu>\n</Tt>", ["Body."]),
    "two in a line": ("<Bb>One</Bb> two <Bb>three</Bb>", ["<Bb>One</Bb> two <Bb>three</Bb>"]),
    "in a paragraph": ("One\n<Bb>two</Bb>\nthree.", ["One <Bb>two</Bb> three."]),
    "inline": (
        "A <B onClick={() => c()}>word</B> more.",
        ["A <B onClick={() => c()}>word</B> more."],
    ),
    "expression": ("import A from 'a'\n\nText {a ? b : c} here.", ["Text {a ? b : c} here."]),
    "expression alone": ("import A from 'a'\n\n{a.map(b => <C d={b} />)}\n\nText.", ["Text."]),
    "comment": ("import A from 'a'\n\n{/* not\nthis */}\n\nText.", ["Text."]),
    "fragment": ("import A from 'a'\n\n<>\n\nText.\n\n</>", ["Text."]),
    "member": ("import A from 'a'\n\n<A.B />\n\nText.", ["Text."]),
    "code": ("import A from 'a'\n\n```jsx\n<A b={c}>\n```\n\nText.", ["Text."]),
}
SPHINX = {
    "note": ("```{note}\nBody *b*.\n```\n\nAfter.", ["Body *b*.", "After."]),
    "title": ("```{admonition} My title\n:class: tip\nBody.\n```", ["My title", "Body."]),
    "colons": (":::{tip}\n:name: a\nBody.\n:::", ["Body."]),
    "nested": (
        "````{tab-set}\n```{tab-item} One\nBody.\n```\n````\n\nAfter.",
        ["One", "Body.", "After."],
    ),
    "code": ("```{code-block} python\nprint('no')\n```\n\nText.", ["Text."]),
    "mathematics": ("```{math}\na = b\n```\n\nText.", ["Text."]),
    "figure": (
        "```{figure} a.png\n:name: y\n:alt: An apple\n:width: 10px\nThe caption.\n```",
        ["An apple", "The caption."],
    ),
    "module": ("## ::: a.b\n\n::: a.c\n    options:\n      d: e\n\nText.", ["Text."]),
    "role": ("See {ref}`the text <target>` now.", ["See {ref}`the text <target>` now."]),
    "target": ("(my-target)=\n## Head", ["Head"]),
    "comment": ("```{note}\nA.\n```\n\n% not this\n\nText.", ["A.", "Text."]),
    "break": ('```{note}\nA.\n```\n\n+++ {"b": 1}\n\nText.', ["A.", "Text."]),
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
        "container": CONTAINERS,
        "admonition": ADMONITIONS,
        "attributes": ATTRIBUTES,
        "tag": TAGS,
        "script": SCRIPTS,
        "sphinx": SPHINX,
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

FORM = Form("[X{n}X]")


def article(text: str) -> Article:
    """Read a text."""
    return read_article(text.encode("utf-8"), "en.md")


def opaque(data: bytes) -> list[bytes]:
    """Give what stands between the blocks of a file."""
    body, _ = markdown_body(data)
    raw, seen = body.encode("utf-8"), parser_view(body)
    return [raw[start:end] for start, end in seen.opaque] if seen else []


@pytest.mark.parametrize(("source", "expected"), DIALECTS.values(), ids=DIALECTS)
def test_texts(source: str, expected: list[str]) -> None:
    assert [segment.text for segment in article(source).segments] == expected


@pytest.mark.parametrize("before", ["", "\ufeff---\ntitle: é\n---\n", "Pré à côté.\n\n"])
@pytest.mark.parametrize(("source", "expected"), DIALECTS.values(), ids=DIALECTS)
def test_what_is_no_text_stays(source: str, expected: list[str], before: str) -> None:
    page = article(before + source)
    assert b"".join(piece for piece, _ in spans(page)) == page.data
    marked = {n: f"{s.text} ⟪é⟫" for n, s in enumerate(page.segments) if s.text in expected}
    assert len(marked) == len(expected)
    built = rebuild(page, marked)
    assert opaque(built) == opaque(page.data)
    assert [
        s.text for s in article(built.decode("utf-8")).segments if s.text.endswith("⟫")
    ] == list(marked.values())


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


def test_a_string_of_javascript_says_what_the_translation_says() -> None:
    page = article("export const a = {title: 'A\\tB\\'s'}")
    built = rebuild(page, {0: "C:\\new\\users\\t'x' l\\'y\\"})
    text = "C:\\\\new\\\\users\\t\\'x\\' l\\'y\\\\"
    assert built.decode() == f"export const a = {{title: '{text}'}}"
    assert skeleton_of(built) == skeleton_of(page.data)


LINES = {
    ":::note Title\nBody.\n:::": ":::note A\\ B\nBody.\n:::",
    '!!! note "Title"\n    Body.': '!!! note "A\\ B"\n    Body.',
    "> [!tip] Title\n> Body.": "> [!tip] A\\ B\n> Body.",
    "*[X]: Title": "*[X]: A\\ B",
}


@pytest.mark.parametrize(("source", "expected"), LINES.items(), ids=LINES)
def test_title_stays_in_its_line(source: str, expected: str) -> None:
    built = rebuild(article(source), {0: "A\\\nB"}).decode()
    assert built == expected.replace("\\ ", " ")


def test_body_keeps_its_lines_and_indent() -> None:
    built = rebuild(article("!!! note\n    Body."), {0: "A\\\nB"})
    assert built == b"!!! note\n    A\\\n    B"


@pytest.mark.parametrize("mark", ["- ", "> ", "1. ", "+ > "])
def test_a_line_of_so_many_lists_has_no_text(mark: str) -> None:
    few = mark * (160 // len(mark))
    for before, expected in (
        (few, ["a", "b"]),
        (4 * few, ["b"]),
        ("```\n" + 4 * few + "a\n```\n\n", ["a", "b"]),
    ):
        text = f"{before}a\n\nb"
        found = article(text)
        assert [segment.text for segment in found.segments] == expected
        assert rebuild(found, {}) == text.encode()


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
    kept = [
        value
        for kind, value in count_constructs(text)
        if kind in ("placeholder", "code", "tag", "emoji")
    ]
    assert [value for value in kept if value != "</B>"] == expected
    protected = protect(text, FORM)
    assert isinstance(protected, Protected)
    assert restore(protected.text, protected) == text
    assert not any(value.strip() in protected.text for value in expected)
    assert not any(value in plain(text).text for value in expected)


def test_address_with_a_tag() -> None:
    (link,) = inline('[a]({{< ref "b c" >}})')
    assert (link.kind, link.target) == ("link", '{{< ref "b c" >}}')


def test_code_with_a_tag_stays_code() -> None:
    assert [item.kind for item in inline("`{{ a }}` $x$")] == ["code", "code"]


def test_half_characters() -> None:
    (item,) = inline("\ud800*a*")
    assert (item.kind, item.start, item.end) == ("emphasis", 1, 4)


def test_stand_in_is_not_in_the_text() -> None:
    assert stand_in("a\ue000b") == "\ue001"
