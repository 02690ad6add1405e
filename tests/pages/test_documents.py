"""Word documents and HTML fragments of built articles."""

from __future__ import annotations

import sys

import pytest

from pipeline.errors import MachineError, UsageError
from pipeline.importers import read_document, render_article
from pipeline.pages.documents import render_fragment, render_word
from tests.importers.samples import DATA, PNG

FRONT = '---\ntitle: "Salt & “water”"\ndescription: How?\nauthor: Mira\ndate: 2026-10-03\n---\n\n'


def word(markdown: str, files: dict[str, bytes] | None = None) -> bytes:
    return render_word(markdown.encode(), "source/a/en.md", "en", "a:en", (files or {}).get)


def back(data: bytes) -> str:
    return render_article(read_document(data, "a.docx"), "")


def test_an_article_comes_back_from_word_as_it_was() -> None:
    body = (DATA / "bakers.md").read_text("utf-8")
    data = word(FRONT + body, {"source/a/loaf.png": PNG})
    document = read_document(data, "a.docx")
    assert document.mark == "a:en"
    assert document.pictures == {"picture.png": PNG}
    returned = render_article(document)
    values = [line for line in returned.split("---")[1].split("\n") if line]
    assert values == [
        'title: "Salt & “water”"', 'description: "How?"', 'author: "Mira"', "date: 2026-10-03"
    ]  # fmt: skip
    assert returned.split("\n---\n\n")[1].split() == (
        body.replace("loaf.png", "picture.png")
        .replace("|-------|------:|------:|", "| --- | --- | --- |")
        .split()
    )


def test_text_in_html_comes_along() -> None:
    assert "inside of HTML" in back(word("Before.\n\n<div>\ninside of HTML\n</div>\n\nAfter.\n"))


def test_comments_stay_here() -> None:
    returned = back(word("Before.\n\n<!-- a note -->\n\n## Ana Ruiz {.expert}\n\nAfter.\n"))
    assert returned == "Before.\n\n## Ana Ruiz\n\nAfter.\n"


def test_pictures_on_the_web_are_links() -> None:
    returned = back(word("![A loaf](https://example.org/loaf.png) and ![B](gone.png).\n"))
    assert "[A loaf](https://example.org/loaf.png)" in returned


def test_files_outside_of_the_project_are_not_read() -> None:
    asked: list[str] = []

    def read(path: str) -> None:
        asked.append(path)

    render_word(
        b"![A](../../../etc/passwd.png) ![B](/etc/x.png)\n", "source/a/en.md", "en", "", read
    )
    assert not [path for path in asked if path.startswith(("..", "/"))]


def test_without_pandoc_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    with pytest.raises(UsageError, match=r"pip install 'roundup-pipeline\[import\]'"):
        word("a\n")


def test_a_failure_of_pandoc_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypandoc

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("pandoc: no space")

    monkeypatch.setattr(pypandoc, "convert_text", fail)
    with pytest.raises(MachineError, match=r"source/a/en\.md: pandoc cannot .* no space"):
        word("a\n")


def test_a_fragment_is_sanitised_html() -> None:
    html = render_fragment(
        b"---\ntitle: a\n---\n\n## B\n\nc <b onclick='x()'>d</b><script>x()</script>\n",
        {},
    )
    assert html == "<h2>B</h2>\n<p>c <b>d</b></p>\n"
