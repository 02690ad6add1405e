"""MDX: statements, components, expressions, and the texts in their attributes."""

from __future__ import annotations

import pytest

from pipeline.article import rebuild, skeleton_of
from pipeline.markdown.dialects.mdx import MODULE, of_component, of_script, texts
from tests.markdown.dialects.reading import BEFORE, article, has_texts, keeps_the_rest

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


@pytest.mark.parametrize(("source", "expected"), SCRIPTS.values(), ids=SCRIPTS)
def test_texts(source: str, expected: list[str]) -> None:
    has_texts(source, expected)


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(("source", "expected"), SCRIPTS.values(), ids=SCRIPTS)
def test_what_is_no_text_stays(source: str, expected: list[str], before: str) -> None:
    keeps_the_rest(source, expected, before)


def test_a_string_of_javascript_says_what_the_translation_says() -> None:
    page = article("export const a = {title: 'A\\tB\\'s'}")
    built = rebuild(page, {0: "C:\\new\\users\\t'x' l\\'y\\"})
    text = "C:\\\\new\\\\users\\t\\'x\\' l\\'y\\\\"
    assert built.decode() == f"export const a = {{title: '{text}'}}"
    assert skeleton_of(built) == skeleton_of(page.data)


STATEMENTS = {
    "import A from 'a'": True,
    "import * as a from 'a';": True,
    "import {": True,
    "export const a = 1": True,
    "export default A": True,
    "import duties are high": False,
    "export is not": False,
}


@pytest.mark.parametrize(("line", "expected"), STATEMENTS.items(), ids=STATEMENTS)
def test_statements(line: str, expected: bool) -> None:
    assert (MODULE.match(line) is not None) is expected


TAGS = {
    "</Tabs>": True,
    "<>": True,
    "{/* no text */}": True,
    "<Tabs />": True,
    "<Tabs a={b}>": True,
    "<Tabs>": False,
    "<tabs />": False,
    "a <Tabs />": False,
}


@pytest.mark.parametrize(("line", "expected"), TAGS.items(), ids=TAGS)
def test_tags_of_a_script(line: str, expected: bool) -> None:
    assert of_script(line) is expected


@pytest.mark.parametrize(
    ("following", "expected"), [("a={b}", True), ("a='b'", False), ("a={b }", True), ("", False)]
)
def test_component_of_lines(following: str, expected: bool) -> None:
    assert of_component("<Tabs", following) is expected


IN_LINES = {
    "<Tab>One</Tab>": ["One"],
    "<Tab label='One'> <Cell.A>Two</Cell.A> </Tab>": ["One", "Two"],
    "<Tab a={b > c}>One *two*</Tab>  ": ["One *two*"],
    "<Tab>One</Tab> two": [],
    "<Tab>One</Tab><Tab>Two</Tab>": [],
    "<b>One</b>": [],
}


@pytest.mark.parametrize(("line", "expected"), IN_LINES.items(), ids=IN_LINES)
def test_texts_of_a_line(line: str, expected: list[str]) -> None:
    assert [line[start:end] for start, end in texts(line)] == expected
