"""Saved pages: main content, furniture, pictures."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from pipeline.importers.html_page import read_page
from tests.importers.samples import PNG

if TYPE_CHECKING:
    from pipeline.importers.document import Document

TEXT = "We asked three people what they think of it, and all of them gave an answer. " * 3
ARTICLE = f"<h2>Ana Ruiz, Saltworks (@ana)</h2><p>{TEXT}</p><p>{TEXT}</p>"


def read(body: str, files: dict[str, bytes] | None = None, *, keep: bool = False) -> Document:
    return read_page(f"<html><body>{body}</body></html>", "a.html", (files or {}).get, keep=keep)


def left_out(document: Document) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in document.left_out]


@pytest.mark.parametrize(
    ("furniture", "kind"),
    [
        ("<nav>Home About</nav>", "navigation"),
        ('<div class="breadcrumbs">Home About</div>', "navigation"),
        ('<ol aria-label="breadcrumb"><li>Home</li><li>About</li></ol>', "navigation"),
        ('<div role="navigation">Home About</div>', "navigation"),
        ('<div class="share-buttons">Home About</div>', "share buttons"),
        ('<div id="cookie-banner">Home About</div>', "cookie notice"),
        ('<div class="author_box">Home About</div>', "author box"),
        ('<div class="related-posts">Home About</div>', "related articles"),
        ('<section id="comments">Home About</section>', "comments of readers"),
        ('<div class="newsletter-signup">Home About</div>', "newsletter"),
        ('<p class="byline">Home About</p>', "byline"),
        ('<p style="display: none">Home About</p>', "hidden text"),
        ("<form>Home About</form>", "form"),
    ],
)
@pytest.mark.parametrize("place", ["article", "body"])
def test_furniture_is_left_out_and_listed(furniture: str, kind: str, place: str) -> None:
    if place == "article":
        document = read(f"<article>{furniture}{ARTICLE}</article>")
    else:
        document = read(f"{furniture}<article>{ARTICLE}</article>")
    assert left_out(document) == [(kind, "Home About")]
    assert len(document.blocks) == 3
    kept = read(f"{furniture}<article>{ARTICLE}</article>", keep=True)
    assert kept.left_out == ()
    assert "Home" in " ".join(block.plain for block in kept.blocks)


@pytest.mark.parametrize(
    "wrapper",
    [
        '<article class="post category-social-media tag-share">{}</article>',
        '<div class="social share"><main>{}</main></div>',
        '<body class="single comments-open">{}',
        '<div class="content">{}</div>',
        "{}",
    ],
)
def test_an_article_is_no_furniture(wrapper: str) -> None:
    document = read(wrapper.format(ARTICLE))
    assert [block.kind for block in document.blocks] == ["heading", "paragraph", "paragraph"]
    assert document.left_out == ()


def test_what_stands_outside_of_the_main_content_is_listed() -> None:
    document = read(f'<div>Top of it</div><div class="c"><div>{ARTICLE}</div></div><div>End</div>')
    assert left_out(document) == [
        ("outside of the article", "Top of it"),
        ("outside of the article", "End"),
    ]


def test_marks_of_permanent_links_go() -> None:
    document = read('<article><h2>Salt<a class="headerlink" href="#salt">¶</a></h2>' + ARTICLE)
    assert document.blocks[0].text == "Salt"
    assert document.left_out == ()


def test_frames_are_told() -> None:
    document = read(f'<article>{ARTICLE}<iframe src="https://v.example/1"></iframe></article>')
    assert document.notes == ("iframe left out: https://v.example/1",)


def test_pictures_come_along() -> None:
    uri = "data:image/png;base64," + base64.b64encode(PNG + b"2").decode()
    document = read(
        '<img src="a_files/loaf%20one.png" alt="A"><img src="data:image/gif;base64,R0lGOD" '
        f'data-src="a_files/b.png"><img src="{uri}"><img src="https://a.b/c.png">'
        '<img src="../../etc/passwd" alt="B"><img src="no.png"><img width=1 height=1 src="p.png">',
        {"a_files/loaf one.png": PNG, "a_files/b.png": PNG + b"1", "../../etc/passwd": b"root:x"},
    )
    assert document.pictures == {
        "loaf-one.png": PNG, "b.png": PNG + b"1", "picture.png": PNG + b"2"
    }  # fmt: skip
    assert document.blocks[0].text == (
        "![A](loaf-one.png)![](b.png)![](picture.png)![](https://a.b/c.png)B"
    )
    assert document.notes == (
        "picture is not copied, as it is on the web: https://a.b/c.png",
        "picture left out: ../../etc/passwd is not a picture that can be copied (B)",
        "picture left out: no.png was not found",
    )


def test_boxes_of_several_speakers_are_no_author_box() -> None:
    boxes = "".join(
        f'<div class="author-box"><h3>{name}</h3><p>Head of {name[0]}</p></div><p>{TEXT}</p>'
        for name in ("Ana Ruiz", "Ben Cole")
    )
    own = '<div class="author-box"><p>Written by Eve.</p></div>'
    document = read(f"<article><p>{TEXT}</p>{boxes}{own}</article>")
    shown = " ".join(block.plain for block in document.blocks)
    assert "Ana Ruiz" in shown
    assert "Ben Cole" in shown
    assert left_out(document) == [("author box", "Written by Eve.")]


@pytest.mark.parametrize("tag", ["svg", "canvas", "object"])
def test_words_in_drawings_are_listed(tag: str) -> None:
    document = read(f"<article><{tag}><text>Forty percent</text></{tag}>{ARTICLE}</article>")
    assert ("text in a drawing", "Forty percent") in left_out(document)


@pytest.mark.parametrize("name", ["related-tip", "newsletter-note", "share-price", "subscriber"])
def test_a_word_in_a_class_makes_no_furniture(name: str) -> None:
    document = read(f'<article>{ARTICLE}<p class="{name}">Use a warm bowl.</p></article>')
    assert left_out(document) == []
