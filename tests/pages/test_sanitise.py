"""HTML of an article that is kept in a page, and HTML that is removed."""

from __future__ import annotations

import signal
from unittest import mock

import pytest

from pipeline.pages import sanitise
from pipeline.pages.html import render_page
from pipeline.pages.interface import load_words
from tests.pages.dom import make, render_dom

KEPT = [
    '<h2 id="a" lang="fr">x</h2>',
    "<details open><summary>x</summary>y</details>",
    '<figure><img src="a.png" alt="b" width="4"><figcaption>x</figcaption></figure>',
    '<p><kbd>a</kbd> <abbr title="b">c</abbr> <del>d</del> <ins>e</ins></p>',
    "<p>H<sub>2</sub> m<sup>3</sup></p>",
    '<p><time datetime="2026">x</time> <span lang="ar" dir="rtl">x</span></p>',
    '<p><a href="https://e.org/?a=1&amp;b=2" rel="nofollow">x</a></p>',
    '<p><a href="mailto:a@e.org">x</a> <a href="tel:+33">y</a> <a href="b.html#c">z</a></p>',
    '<p class="lead other">x</p>',
    '<picture><source srcset="a.webp 2x" type="image/webp"><img src="a.png" alt="b"></picture>',
    '<p><img src="a.png" srcset="b.png 2x, c.png 3x" loading="lazy" alt="b"></p>',
    '<p><img src="data:image/png;base64,AA==" alt="b"></p>',
    '<video src="a.mp4" poster="a.png" controls><track src="a.vtt" srclang="fr"></video>',
    '<audio src="a.ogg" loop controls></audio>',
    '<svg viewBox="0 0 9 9"><g fill="url(#a)"><path d="M0 0h9"></path></g></svg>',
    '<math display="block"><mfrac><mi>a</mi><mn>2</mn></mfrac></math>',
    '<section class="footnote-definition" id="n1"><p>x</p></section>',
    '<blockquote class="markdown-alert-note"><p>x</p></blockquote>',
]


@pytest.mark.parametrize("text", KEPT)
def test_an_article_keeps_its_html(text: str) -> None:
    assert text in render_page(make(text + "\n"), load_words("fr"))


CHANGED = [
    ('<p class="page-skip draft">x</p>', '<p class="draft">x</p>'),
    ('<p style="text-align: left">x</p>', "<p>x</p>"),
    (
        '<table><tr><td style="position: fixed; text-align: left">x</td></tr></table>',
        "<tr><td>x</td></tr>",
    ),
    ('<h2 id="page-text">x</h2>', "<h2>x</h2>"),
    ('<p><img src="data:text/html,x" alt="a"></p>', '<p><img alt="a"></p>'),
    ('<p><a href="java\tscript:x">x</a></p>', "<p><a>x</a></p>"),
    ("<p>a<!-- b -->c</p>", "<p>ac</p>"),
    ("<div><style>p { color: red }</style>x</div>", "<div>x</div>"),
]


@pytest.mark.parametrize(("text", "expected"), CHANGED)
def test_an_article_loses_what_is_not_for_it(text: str, expected: str) -> None:
    assert expected in render_page(make(text + "\n"), load_words("fr"))


def test_tags_in_too_many_others_go_and_their_text_stays() -> None:
    page = render_dom(make("<div>" * 600 + "<p>a</p>" + "</div>" * 600 + "<p>b</p><div>c</div>\n"))
    within = [element.above.count("div") for element in page.all("p") if element.text in "ab"]
    assert within == [500, 0]
    assert page.all("div")[-1].text == "c"


def test_a_field_is_a_check_box_and_nothing_else() -> None:
    box = render_dom(make('<div><input type="text" name="a" autofocus></div>\n')).one("input")
    assert box.attributes == {"type": "checkbox", "disabled": ""}


def test_an_interruption_is_not_lost_while_html_is_cleaned() -> None:
    def interrupted(_tag: str, _name: str, value: str) -> str:
        signal.raise_signal(signal.SIGINT)
        return value

    with (
        mock.patch.object(sanitise, "_attribute", interrupted),
        pytest.raises(KeyboardInterrupt),
    ):
        sanitise.sanitise('<p class="draft">Text.</p>')


UNCHANGED = [
    "<p>x</p>",
    "a &amp; b &lt;c&gt;",
    '<a href="b.html#c" rel="me" hreflang="fr">x</a>',
    '<ol start="3" reversed=""><li value="4">x</li></ol>',
    '<table><tbody><tr><td style="text-align: right" colspan="2">x</td></tr></tbody></table>',
    '<p class="draft untranslated expert language-c++ footnote-ref markdown-alert-tip">x</p>',
    '<p id="text" title="a" lang="ar" dir="rtl">x</p>',
    "<ruby>x<rp>(</rp><rt>y</rt><rp>)</rp></ruby>",
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert sanitise.sanitise(text) == text


CLEANED = [
    (" <p>x</p>\n", "<p>x</p>"),
    ("<script>x</script>y", "y"),
    ("<style>x</style><template>x</template><iframe>x</iframe>y", "y"),
    ("<object data='a.pdf'>x</object>", "x"),
    ("<video src='a.mp4' autoplay></video>", '<video src="a.mp4" controls=""></video>'),
    ("<video poster='javascript:x'></video>", '<video controls=""></video>'),
    ("<img srcset='a.png 2x, javascript:x 3x'>", "<img>"),
    ("<a href='data:image/png;base64,AA=='>x</a>", "<a>x</a>"),
    ("<source src='data:image/png;base64,AA=='>", "<source>"),
    (
        "<svg><script>x</script><style>x</style><a href='javascript:b'>y</a></svg>",
        "<svg><a>y</a></svg>",
    ),
    ("<svg><use href='b#c'></use><foreignObject><p>x</p></foreignObject></svg>", "<svg></svg>"),
    (
        "<svg><path fill='url(https://e.org/x)' onclick='x'></path></svg>",
        "<svg><path></path></svg>",
    ),
    (
        "<math><mrow href='javascript:x' style='y'><mi>a</mi></mrow></math>",
        "<math><mrow><mi>a</mi></mrow></math>",
    ),
    ("<b onclick='x'>y</b>", "<b>y</b>"),
    ("<form><p>x</p></form>", "<p>x</p>"),
    ("<custom-tag>x</custom-tag>", "x"),
    ("<a href='vbscript:x'>y</a>", "<a>y</a>"),
    ("<a href='javas&#99;ript:x'>y</a>", "<a>y</a>"),
    ("<a href='b.html' target='_blank'>x</a>", '<a href="b.html">x</a>'),
    ("<img src='a.png' style='color: red'>", '<img src="a.png">'),
    ("<p class='draft page-note other'>x</p>", '<p class="draft other">x</p>'),
    ("<p class='page-note'>x</p>", "<p>x</p>"),
    ("<p id='page-text'>x</p>", "<p>x</p>"),
    ("<b>x<i>y</b></i>", "<b>x<i>y</i></b>"),
]


@pytest.mark.parametrize(("text", "expected"), CLEANED)
def test_what_is_not_listed_goes(text: str, expected: str) -> None:
    assert sanitise.sanitise(text) == expected


HOSTS = ("video.example", "other.example")
FRAMES = [
    (
        '<iframe src="https://video.example/a?b=1&amp;c" title="A &amp; b" width="4"></iframe>',
        'src="https://video.example/a?b=1&amp;c" title="A &amp; b" width="4" loading="lazy"',
    ),
    (
        "<iframe src=//video.example/a></iframe>",
        'src="https://video.example/a" title="video.example"',
    ),
]
NO_FRAMES = [
    (
        '<iframe src="https://e.org/a" title="Map">x</iframe>y',
        '<a href="https://e.org/a" title="Map">Map</a>y',
    ),
    ("<iframe src='http://video.example/a'></iframe>", ">http://video.example/a</a>"),
    ("<iframe src='https://video.example.e.org/a'></iframe>", ">https://video.example.e.org/a</a>"),
    ("<iframe src='https://video.example@e.org/a'></iframe>", ">https://video.example@e.org/a</a>"),
    ("<iframe src='https://e.org\\\\@video.example/a'></iframe>", "</a>"),
    ("<iframe src='javascript:x'></iframe>", "<a>javascript:x</a>"),
    ("<iframe srcdoc='x'></iframe>", ""),
    ("<svg><iframe src='https://video.example/a'></iframe></svg>", "<svg>"),
]


@pytest.mark.parametrize(("text", "attributes"), FRAMES)
def test_a_frame_of_a_listed_host_stays_in_a_sandbox(text: str, attributes: str) -> None:
    frame = sanitise.sanitise(text, HOSTS)
    assert frame.startswith("<iframe ")
    assert attributes in frame
    assert 'sandbox="allow-popups allow-presentation allow-same-origin allow-scripts"' in frame


@pytest.mark.parametrize(("text", "expected"), NO_FRAMES)
def test_any_other_frame_becomes_a_link(text: str, expected: str) -> None:
    clean = sanitise.sanitise(text, HOSTS)
    assert expected in clean
    assert "<iframe" not in clean or text.startswith("<svg>")


@pytest.mark.parametrize(("text", "expected"), CLEANED)
def test_html_that_was_cleaned_is_clean(text: str, expected: str) -> None:
    assert sanitise.sanitise(expected) == expected
    assert sanitise.sanitise(sanitise.sanitise(text)) == sanitise.sanitise(text)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("<h1>a</h1><h2>b</h2>", "a"),
        ("<p>x</p><h3 id='a'>b\n c</h3>", "b c"),
        ("<h2> </h2><h2><img alt='x'></h2><h2>y</h2>", "y"),
        ("<h2>never closed <h3>b</h3>", "b"),
        ("<h2>a &amp; <em>b</em> &lt;c&gt;</h2>", "a & b <c>"),
        ("<p>x</p><header>y</header><h7>z</h7>", ""),
        ("", ""),
    ],
)
def test_the_first_heading_with_a_text(text: str, heading: str) -> None:
    assert sanitise.first_heading(text) == heading
