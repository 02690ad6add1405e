"""Strategies for articles in real-world dialects, with front matter of every kind."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.examples import EXAMPLES
from tests.strategies.markdown import LINES, any_text, inline_texts, mutated

__all__ = ["any_bytes", "front_matters", "wild_articles", "wild_texts"]

_BLOCKS = (
    # Containers and admonitions.
    "::: note Mind the gap",
    ":::",
    "::::{.columns key='value'}",
    '!!! note "A title"',
    "    indented text of a note",
    "??? warning",
    "> [!WARNING]",
    "> [!tip] A title",
    # Attributes and definition lists.
    "## A heading {#id .class key=value}",
    "{: .class #id }",
    "## A heading {: #id }",
    "## Closed ## {: #id .class}",
    "## ::: module.name",
    "::: module.name",
    ':::note{title="A title"}',
    '- !!! note "In an item"',
    "Term",
    ": its definition",
    ":   another one",
    # Tags of templates.
    '{{< figure src="a.png" title="A title" >}}',
    "{{% notice note %}}",
    "{{% /notice %}}",
    "{% include note.html text='Words' %}",
    "{% raw %}",
    "{% endraw %}",
    "{{ site.title | escape }}",
    "{# a comment #}",
    # MDX.
    "import Tabs from '@theme/Tabs';",
    "export const one = {two: [3, 4]};",
    "<Tabs items={['one', 'two']}>",
    '  <Tab value="one">',
    "Text in a tab with {props.name}",
    "  </Tab>",
    "</Tabs>",
    "{/* a comment */}",
    "<>",
    "</>",
    '<Card\n  title="A title"\n  icon={<Icon />}\n>',
    "<Table rows={[{a: 'it\\'s', b: \"c\"}]} />",
    '<div className="a">',
    "</div>",
    "<details>\n<summary>A summary</summary>",
    '<img src="a.png" alt="A picture">',
    # MyST and reStructuredText.
    "```{note} A title",
    "```{code-block} python",
    ":caption: A caption",
    "```{figure} a.png\n:alt: A picture\n:width: 10px",
    "```",
    "% a comment",
    "(label)=",
    ".. note:: Words",
    # Mathematics.
    "$$",
    "x^2 \\over y_1",
    "\\[ a * b \\]",
    "\\begin{align}",
    # Others.
    "[[_TOC_]]",
    "[TOC]",
    "*[HTML]: Hypertext",
    "@[youtube](abc)",
    "~~~",
    "+++",
    '--8<-- "file.md"',
    "<<<<<<< ours",
    ">>>>>>> theirs",
    "<!-- pipeline: note Say it short -->",
    "<!-- pipeline: context other -->",
    "<!-- pipeline: ignore AR103 -->",
)

_INLINES = (
    "{ref}`a label <target>`",
    "{math}`a_1 * b`",
    ":role:`text`",
    "$a_1 + b_2$",
    "$5 and $6",
    "[[wiki link|shown]]",
    ":smile:",
    "{props.name}",
    '<Icon name="star" />',
    '<img alt="A picture" src="a.png">',
    '<abbr title="Hypertext">HTML</abbr>',
    '`<img alt="code">`',
    ":icon:{ .large }",
    "(in US$)",
    "<b>{count} items</b>",
    "{{ page.title }}",
    '{{< ref "a.md" >}}',
    "{% link a.md %}",
    "[text]{.class}",
    "==marked==",
    "H~2~O and x^2^",
    "++inserted++",
    "^[an inline note]",
    "[^1]",
    "https://example.org/a_b_c",
    "%(name)s",
    "\\$",
    "\\{",
    "{",
    "}",
    "{{",
    "$",
    "$$",
    ":::",
    "\x00",
    "\x0c",
    "\u2028",
    "\u202e",
    "e\u0301",
    "\ud7ff\U0010ffff",
)

wild_texts = st.lists(
    st.one_of(st.sampled_from(_INLINES), inline_texts, any_text), max_size=6
).flatmap(lambda words: st.sampled_from([" ", ""]).map(lambda blank: blank.join(words)))
"""Inline texts in every dialect, on one line or on several."""

_KEYS = st.sampled_from(
    ("title", "description", "tags", "author", "date", "params", "a.b", "image_alt", "lang")
)
_SCALARS = st.one_of(
    st.sampled_from(
        (
            "words",
            "'single: quoted'",
            '"double \\"quoted\\" \\u00e9"',
            "|\n  a block\n\n  of lines",
            ">-\n  folded\n  lines",
            "[one, 'two', \"three\"]",
            "{a: b, 'c': [d]}",
            "&anchor words",
            "*anchor",
            "!!str 5",
            "words # comment",
            "2026-01-01",
            "true",
            "~",
            "",
            "'''multi\nline'''",
            '"""multi\nline"""',
            "{ a = 1, b = 'x' }",
            "- item",
            "{{ template }}",
            "@handle",
        )
    ),
    any_text,
)


@st.composite
def front_matters(draw: st.DrawFn) -> str:
    """Draw front matter in YAML, TOML or JSON, often broken, with its line end."""
    mark, sign, end = draw(
        st.sampled_from(
            (("---", ": ", "---"), ("---", ": ", "..."), ("+++", " = ", "+++"), ("{", ": ", "}"))
        )
    )
    rows = []
    for _ in range(draw(st.integers(0, 5))):
        key, value = draw(_KEYS), draw(_SCALARS)
        indent = draw(st.sampled_from(("", "", "", "  ", "[", '"')))
        close = {"[": "]", '"': '"'}.get(indent, "")
        tail = "," if mark == "{" else draw(st.sampled_from(("", "", " # comment", " ")))
        rows.append(f"{indent}{key}{close}{sign}{value}{tail}")
    newline = draw(st.sampled_from(("\n", "\n", "\r\n", "\r")))
    lines = [mark, *rows, draw(st.sampled_from((end, end, end, "")))]
    return newline.join(line.replace("\n", newline) for line in lines) + newline


@st.composite
def wild_articles(draw: st.DrawFn) -> bytes:
    """Draw an article in mixed dialects, nested in lists and quotes, with any line ends."""
    lines = draw(
        st.lists(
            st.one_of(
                st.sampled_from(_BLOCKS),
                st.sampled_from(_BLOCKS),
                st.sampled_from(LINES),
                wild_texts,
                st.sampled_from(EXAMPLES),
            ),
            max_size=12,
        )
    )
    prefixes = st.sampled_from(("", "", "", "", "> ", "- ", "  ", "    ", "\t", "1. ", "| "))
    text = "\n".join(draw(prefixes) + line for line in lines)
    newline = draw(st.sampled_from(("\n", "\n", "\r\n", "\r")))
    front = draw(st.one_of(st.just(""), front_matters()))
    bom = draw(st.sampled_from(("", "", "", "\ufeff")))
    tail = draw(st.sampled_from(("", "\n", "\n\n", " ", "\\")))
    whole = bom + front + text.replace("\n", newline) + tail
    return whole.encode("utf-8")


any_bytes = st.one_of(
    st.binary(max_size=80),
    mutated(),
    st.tuples(wild_articles(), st.integers(0, 400), st.binary(max_size=3)).map(
        lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] :]
    ),
)
"""Content of a file that claims to be an article."""
