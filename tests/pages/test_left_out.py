"""HT findings: what a page in HTML lacks of its article."""

from __future__ import annotations

import pytest
from hypothesis import given

from pipeline.article import read_article
from pipeline.pages.left_out import find_left_out
from pipeline.rules.page import RULES
from tests.strategies import articles


def found(text: str, *hosts: str) -> list[tuple[str, int, str]]:
    results = find_left_out(read_article(text.encode(), "en.md"), hosts)
    return [(problem.code, place.line, problem.message) for problem, place in results]


@pytest.mark.parametrize("code", RULES)
def test_examples(code: str) -> None:
    rule = RULES[code]
    assert {one[0] for one in found(rule.bad.text)} == {code}
    assert found(rule.good.text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("<object data='a.pdf'>x</object>\n", ["HT101"]),
        ("<my-card>x</my-card>\n", ["HT101"]),
        ("A <blink>b</blink> c.\n", ["HT101"]),
        ("<iframe></iframe>\n", ["HT101"]),
        ("<script>if (a<b) { '<form>' }</script>\n", ["HT101"]),
        ("<form><button>x</button></form>\n", ["HT101", "HT101"]),
        ("<iframe src='http://www.video.example/a'></iframe>\n", ["HT102"]),
        ("<p onclick='x' style='y'>z</p>\n", ["HT103", "HT103"]),
        ("<video autoplay src='a.mp4'></video>\n", ["HT103"]),
        ("[a](ftp://b/c) ![d](data:text/html,e)\n", ["HT103", "HT103"]),
        ("<javascript:x>\n", ["HT103"]),
        ("<img srcset='a.png, javascript:x 2x' alt=''>\n", ["HT103"]),
        ("{{< a >}}\n\n{% b %}\n\n[[c]]\n", ["HT104"] * 3),
        ("{ref}`a` and ::b[C]{d=1}\n", ["HT104"]),
        ("::b[C]{d=1}\n", ["HT104"]),
        ('=== "Tab"\n\n    Text.\n', ["HT104"]),
        ("*[HTML]: Hyper\n", ["HT104"]),
        ("Words.\n{: .a}\n", ["HT104"]),
        ("$$\n\\frac{\n$$\n", ["HT105"]),
    ],
)
def test_what_a_page_lacks_is_told(text: str, codes: list[str]) -> None:
    assert [code for code, _, _ in found(text)] == codes


@pytest.mark.parametrize(
    "text",
    [
        "<iframe src='https://www.video.example/a' title='b'></iframe>\n",
        "<iframe src='//www.video.example/a'></iframe>\n",
        "<!-- a comment -->\n",
        "<svg viewBox='0 0 1 1'><linearGradient id='a'/><path d='M0 0'/></svg>\n",
        "<math><mi>a</mi></math>\n",
        "<picture><source srcset='a.webp'><img src='a.png' alt='b' loading='lazy'></picture>\n",
        "<div class='a b' data-c='d' aria-label='e' dir=rtl hidden-not>x</div>\n".replace(
            " hidden-not", ""
        ),
        "`{{ a }}` and `<form>` and $a\\,b$ and $5 and $6.\n",
        "```\n{{ a }} <script>\n```\n",
        "![a](b.png){width=300} [c](d){rel=nofollow} {.e}\n".replace(" {.e}", ""),
        "::: note\nA.\n:::\n\n!!! tip\n    B.\n\n> [!NOTE]\n> C.\n\n[TOC]\n",
        "[a](b.html) <https://e.org> <a@e.org> [c](tel:+33)\n",
        "H~2~O and x^2^, A[^1].\n\n[^1]: B\n\nTerm\n: Definition\n",
    ],
)
def test_what_a_page_shows_is_not_told(text: str) -> None:
    assert found(text, "www.video.example") == []


def test_places_and_messages() -> None:
    text = "---\ntitle: é\n---\n\nÉ <u>a</u> <blink>b</blink>.\n\n<iframe src='https://e.org/a'></iframe>\n"
    results = find_left_out(read_article(text.encode(), "en.md"), ())
    assert [(place.line, place.column) for _, place in results] == [(5, 12), (7, 1)]
    assert [problem.message for problem, _ in results] == [
        "<blink> is left out of pages in HTML: only the text in it stays",
        "frame of 'https://e.org/a' becomes a link in pages in HTML: "
        "add 'e.org' to the setting 'frame_hosts'",
    ]


@given(articles)
def test_any_article_can_be_looked_at(data: bytes) -> None:
    for problem, place in find_left_out(read_article(data, "en.md"), ()):
        assert problem.code in RULES
        assert place.line >= 1
