"""Articles rebuilt with new texts."""

from __future__ import annotations

import pytest

from pipeline.article.reading import read_article
from pipeline.article.rebuilding import rebuild, render_targets, splice, with_language
from pipeline.article.rules import ReadingRules

WRITTEN = {
    "paragraph": ("One\ntwo", "Un deux", "Un deux"),
    "same text": ("One\ntwo", "One two", "One\ntwo"),
    "blanks around": ("One", " \tUn\n", "Un"),
    "no-break space around": ("One", "\u00a0Un", "\u00a0Un"),
    "line end in a paragraph": ("One", "Un\\\ndeux", "Un\\\ndeux"),
    "line end in an item": ("- One", "Un\\\ndeux", "- Un\\\n  deux"),
    "line end in a numbered item": ("10. One", "Un\ndeux", "10. Un\n    deux"),
    "line end in a quote": ("> One", "Un\\\ndeux", "> Un\\\n> deux"),
    "line end in an item in a quote": ("> - One", "Un\ndeux", "> - Un\n>   deux"),
    "line end where one is": (">  One\n>   two", "Un\\\ndeux", ">  Un\\\n>   deux"),
    "line end of a lazy line": ("> One\ntwo", "Un\\\ndeux", "> Un\\\ndeux"),
    "line end in a footnote": ("A[^1]\n\n[^1]: One", None, "A[^1]\n\n[^1]: Un\n      deux"),
    "line end in a Windows file": ("A\r\n\r\n- One", None, "A\r\n\r\n- Un\r\n  deux"),
    "line end in an old file": ("A\r\r- One", None, "A\r\r- Un\r  deux"),
    "lines with prefixes of their own": (
        "- One\n       - two\n      * three",
        "Un\n- deux\n* trois",
        "- Un\n       - deux\n      * trois",
    ),
    "lines behind a folded one": (
        "a: 1\n    x\nb: 2\n  c: 3",
        "a : 1\nb : 2\nc : 3",
        "a : 1\nb : 2\n  c : 3",
    ),
    "a line more": ("a: 1\n  b: 2", "a\nb\nc", "a\n  b\n  c"),
    "underlined heading of lines": ("a: 1\nb: 2\n---", "c: 1\nd: 2", "c: 1\nd: 2\n---"),
    "heading": ("# One", "Un\\\ndeux", "# Un deux"),
    "heading that would close": ("# One", "Le C #", "# Le C \\#"),
    "heading of number signs": ("# One", "##", "# \\##"),
    "heading that ends in one": ("# One", "Le C#", "# Le C#"),
    "cell": ("|a|\n|-|\n|One|", "Un\\\ndeux", "|a|\n|-|\n|Un deux|"),
    "cell with a bar": ("|a|\n|-|\n|One|", "Un | `d|x`", "|a|\n|-|\n|Un \\| `d\\|x`|"),
    "cell that ends in a backslash": ("|a|\n|-|\n|One|", "Un\\", "|a|\n|-|\n|Un\\ |"),
    "cell with a wiki link": (
        "|a|\n|-|\n|see [[A|b]]|",
        "voir | [[A|c]]",
        "|a|\n|-|\n|voir \\| [[A|c]]|",
    ),
    "cell with an escaped wiki link": (
        "|a|\n|-|\n|see [[A\\|b]]|",
        "voir [[A|c]]",
        "|a|\n|-|\n|voir [[A\\|c]]|",
    ),
    "cell with wiki links of both kinds": (
        "|a|\n|-|\n|[[A\\|b]] [[C|d]]|",
        "[[C|e]] [[A|f]]",
        "|a|\n|-|\n|[[C|e]] [[A\\|f]]|",
    ),
    "attribute of an image": (
        '![](u){fig-alt="One"}',
        'Un "a"',
        '![](u){fig-alt="Un &quot;a&quot;"}',
    ),
    "attribute of an image with an escape": (
        '![](u){fig-alt="a \\"b\\""}',
        'Un "a"',
        '![](u){fig-alt="Un \\"a\\""}',
    ),
    "alt text": ("![One](u)", "Un", "![Un](u)"),
    "alt text with brackets": ("![One](u)", "a [b [c]] d", "![a [b [c]] d](u)"),
    "alt text that would close": ("![One](u)", "a](v) [b", "![a\\](v) \\[b](u)"),
    "alt text with an escape": ("![One](u)", "a\\] b]", "![a\\] b\\]](u)"),
    "alt text that ends in a backslash": ("![One](u)", "a\\", "![a\\\\](u)"),
    "HTML text": ("<p>One</p>", "Un\n\ndeux", "<p>Un deux</p>"),
    "key": ("---\ntitle: One\n---", "a: b", '---\ntitle: "a: b"\n---'),
    "key behind a BOM": ("\ufeff---\ntitle: One\n---", "Été", "\ufeff---\ntitle: Été\n---"),
    "key of a list": ("---\ntitle: [Éa, One]\n---", None, '---\ntitle: [Éa, "Un\\ndeux"]\n---'),
}


@pytest.mark.parametrize(("source", "target", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_the_last_text_is_written(source: str, target: str | None, expected: str) -> None:
    article = read_article(source.encode(), "")
    last = len(article.segments) - 1
    rebuilt = rebuild(article, {last: "Un\ndeux" if target is None else target})
    assert rebuilt.decode() == expected


@pytest.mark.parametrize(
    ("quotes", "target", "expected"),
    [
        ('""', 'a "b"', '"a \\"b\\""'),
        ("''", "l'un", "'l\\'un'"),
        ("()", "a (b)", "(a \\(b\\))"),
        ('""', 'a \\" b', '"a \\" b"'),
        ('""', 'a \\\\" b', '"a \\\\\\" b"'),
        ('""', "a\\", '"a\\\\"'),
        ('""', "a\nb", '"a b"'),
    ],
)
def test_titles_are_escaped(quotes: str, target: str, expected: str) -> None:
    article = read_article(f"![One](u {quotes[0]}Two{quotes[1]})".encode(), "")
    assert rebuild(article, {1: target}).decode() == f"![One](u {expected})"


def test_all_texts_at_once() -> None:
    article = read_article("---\ntitle: One\n---\n# Two\n\nThree *é*\n".encode(), "")
    new = {2: "Trois", 0: "Un", 1: "Deux"}
    assert rebuild(article, new) == b"---\ntitle: Un\n---\n# Deux\n\nTrois\n"


def test_a_part_of_the_file() -> None:
    article = read_article(b"One\n\nTwo\n\nThree\n", "")
    rendered = render_targets(article, {1: "Deux"})
    assert splice(article, rendered, 3, 11) == b"\n\nDeux\n\nT"
    assert splice(article, {}) == article.data


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\nlang: en\n---\n", "---\nlang: fr\n---\n"),
        ('---\nlanguage: "en"\n---\n', '---\nlanguage: "fr"\n---\n'),
        ("\ufeff---\nlocale: en # en\n---\nen\n", "\ufeff---\nlocale: fr # en\n---\nen\n"),
        ("---\nlang: [en, de, en]\n---\n", "---\nlang: [fr, de, fr]\n---\n"),
        ("---\nlang: en_GB\n---\n", "---\nlang: en_GB\n---\n"),
        ("---\nseo:\n  lang: en\n---\n", "---\nseo:\n  lang: en\n---\n"),
        ("lang: en\n", "lang: en\n"),
    ],
)
def test_with_language(before: str, after: str) -> None:
    assert with_language(before.encode(), "en", "fr").decode() == after


def test_lines_that_a_site_shows() -> None:
    text = "> one\n> two  \nthree\n\n<p>four\nfive</p>\n\n# six\n\n- ![seven\n  eight](u)\n"
    article = read_article(text.encode(), "", ReadingRules(hard_wrap=True))
    texts = ["one\ntwo  \nthree", "four five", "six", "seven eight"]
    assert [segment.text for segment in article.segments] == texts
    assert rebuild(article, dict(enumerate(texts))).decode() == text
    built = rebuild(article, {0: "un\ndeux\ntrois"}).decode()
    assert built.startswith("> un\n> deux\ntrois\n")
