"""Strategies for texts and articles in plain Markdown."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.golden_update import CASES

__all__ = ["LINES", "any_text", "articles", "inline_texts", "mutated", "targets"]

any_text = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\u2028\u2029\u0085\x1c\x0b\"\\\r\n\t\u00a0 -abc'"),
    ),
    max_size=60,
)
"""Any Unicode text that UTF-8 can encode, with many harmful characters."""

LINES = (
    "",
    "",
    "A line of text.",
    "more *words* here  ",
    "with `code` and \\",
    "[a link](https://example.org 'title') end",
    '![image](a.png "title")',
    "# Heading",
    "## Ada Byron, Engine Ltd (@ada)",
    "## Section {#slug}",
    "- item",
    "  - inner",
    "1. one",
    "- [ ] task",
    "> quoted",
    "> > twice",
    ">",
    "| a | b \\| c |",
    "|---|:-:|",
    "```",
    "    indented",
    "\tby a tab",
    "***",
    "===",
    "---",
    "<div>",
    "text in <b>tags</b>",
    "</div>",
    "<!-- pipeline: skip -->",
    "<!-- pipeline: end -->",
    "<!-- comment",
    "[ref]: /url 'title'",
    "[ref] and [^1]",
    "[^1]: A note.",
    "title: A title",
    "key: 'value'",
    "Déjà vu — 日本語 👩‍💻",
    "\\# escaped",
    "a\u2028b\u0085c",
    "\ufeff",
    "1986. year",
)
"""Lines whose meaning depends on their neighbours."""

articles = st.builds(
    lambda bom, front, lines, end, tail: (bom + front + end.join(lines) + tail).encode("utf-8"),
    st.sampled_from(["", "", "\ufeff"]),
    st.sampled_from(["", "", "---\ntitle: One\n---\n", "---\r\ntitle: 'One'\r\n---\r\n"]),
    st.lists(st.one_of(st.sampled_from(LINES), any_text), max_size=14),
    st.sampled_from(["\n", "\n", "\r\n", "\r"]),
    st.sampled_from(["", "\n", "\n\n", " "]),
)
"""Bytes of articles, made of lines whose meaning depends on their neighbours, and of noise."""

_CASES = [path.read_bytes() for path in sorted(CASES.glob("*/en.md"))]
_PREFIXES = (
    b"> ",
    b"- ",
    b"1. ",
    b"  ",
    b"    ",
    b"\t",
    b"# ",
    b"| ",
    b"\\",
    b"[^1]: ",
    b"<p>",
    b"```\n",
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Draw a golden case with line ends deleted, prefixes added, lines joined, repeated and cut."""
    lines = draw(st.sampled_from(_CASES)).splitlines(keepends=True) or [b""]
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(("prefix", "cut", "end", "double", "line end")))
        if change == "prefix":
            lines[at] = draw(st.sampled_from(_PREFIXES)) + lines[at]
        elif change == "cut":
            text = lines[at].decode("utf-8")
            lines[at] = text[draw(st.integers(0, len(text))) :].encode("utf-8")
        elif change == "end":
            lines[at] = lines[at].rstrip(b"\r\n") + draw(st.sampled_from((b"", b" ", b"  \n")))
        elif change == "double":
            lines.insert(at, lines[at])
        else:
            lines[at] = lines[at].rstrip(b"\r\n") + draw(st.sampled_from((b"\r", b"\r\n", b"\n\n")))
    return b"".join(lines)


inline_texts = st.lists(
    st.one_of(
        st.sampled_from(
            (
                "word",
                "**bold**",
                "*em*",
                "`code`",
                "[link](https://a.b/c)",
                "[ref]",
                "![i](u)",
                "<b>tag</b>",
                "@handle",
                "#hashtag",
                "a@b.org",
                "https://example.org/x",
                "{name}",
                "50 %",
                "1,234",
                "Ada Byron",
                "\\*",
                "&amp;",
                "X0X",
                ",",
                "(",
                "é",
            )
        ),
        st.text(max_size=5),
    ),
    max_size=10,
).flatmap(lambda words: st.sampled_from([" ", ""]).map(lambda blank: blank.join(words)))
"""Inline Markdown with all constructs that must be protected, joined or apart."""

targets = st.one_of(any_text, inline_texts, st.sampled_from([line for line in LINES if line]))
"""Translations, including some that would break a page."""
