"""Furniture around an article in pasted text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.importers.page_furniture import leave_out_furniture, same_words
from pipeline.importers.text_file import read_text

if TYPE_CHECKING:
    from pipeline.importers.document import Document

PROSE = "We asked three people what they think of it, and all of them gave an answer. " * 3
TITLE = "Three people on one thing"


def cleaned(text: str) -> Document:
    return leave_out_furniture(read_text(text))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Vous lisez", "“you are reading”"), ("You are reading:", "“you are reading”"),
        ("4 min read", "reading time"), ("Temps de lecture : 5 minutes", "reading time"),
        ("Lesezeit: 3 Min.", "reading time"), ("Share on Facebook", "share buttons"),
        ("Partager", "share buttons"), ("Facebook Twitter LinkedIn", "share buttons"),
        ("Accueil > Blog > Sel", "breadcrumbs"), ("Home / Bread", "breadcrumbs"),
        ("Skip to content", "navigation"),
        ("This site uses cookies. Accept all?", "cookie notice"),
        ("Nous utilisons des cookies.", "cookie notice"), ("12 comments", "comments of readers"),
        ("Par Claire Dubois", "byline"), ("By Mira Holt | 3 October 2026", "byline"),
        ("Publié le 3 octobre 2026", "date of publication"), ("2026-10-03", "date of publication"),
    ],
)  # fmt: skip
def test_lines_before_an_article(line: str, kind: str) -> None:
    document = cleaned(f"{line}\n\n{TITLE}\n\n{PROSE}\n\nMore of it.")
    assert [(part.kind, part.text) for part in document.left_out] == [
        (kind, line), ("title, which is in the front matter", TITLE)
    ]  # fmt: skip
    assert document.title == TITLE
    assert [block.plain for block in document.blocks] == [PROSE.strip(), "More of it."]


@pytest.mark.parametrize(
    "line", ["Partager", "4 min read", "Par Claire Dubois", "12 comments", "Vous lisez"]
)
def test_lines_inside_an_article_stay(line: str) -> None:
    document = cleaned(f"{TITLE}\n\n{PROSE}\n\n{line}\n\n{PROSE}\n\nThe end of it all.")
    assert line in [block.plain for block in document.blocks]


@pytest.mark.parametrize(
    "box",
    [
        "About the author\n\nMira Holt bakes.",
        "Rédigé par\n\nMira Holt\n\nMira Holt bakes bread and writes.",
        "Written by Mira Holt\n\nShe bakes.",
        "Über die Autorin: Mira Holt\n\nSie backt.",
    ],
)
def test_a_box_about_the_author(box: str) -> None:
    document = cleaned(f"{TITLE}\n\n{PROSE}\n\n{PROSE}\n\n{box}")
    assert {part.kind for part in document.left_out[1:]} == {"author box"}
    assert " ".join(part.text for part in document.left_out[1:]) == box.replace("\n\n", " ")
    assert document.author in ("Mira Holt", "")
    assert len(document.blocks) == 2


def test_a_signature_belongs_to_the_box() -> None:
    document = cleaned(f"{TITLE}\n\n{PROSE}\n\nMira\n\nRédigé par\n\nMira\n\nMira bakes.")
    assert [part.kind for part in document.left_out[1:]] == [
        "signature of the author", "author box", "author box", "author box"
    ]  # fmt: skip
    assert document.author == "Mira"


def test_related_articles_and_share_lines_at_the_end() -> None:
    document = cleaned(f"{TITLE}\n\n{PROSE}\n\nShare\n\nÀ lire aussi :\n\nFive seeds\n\nSix pots")
    assert [part.kind for part in document.left_out[1:]] == [
        "share buttons", "related articles", "related articles", "related articles"
    ]  # fmt: skip


def test_repeated_titles_and_the_category_between_them() -> None:
    document = cleaned(f"{TITLE}\n\nBread\n\n«{TITLE}»\n\n{PROSE}")
    assert [part.kind for part in document.left_out] == [
        "title, which is in the front matter", "category, which is in the front matter",
        "repeated title",
    ]  # fmt: skip
    assert (document.title, document.category) == (TITLE, "Bread")


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE}\n\nMore.",
        "A sentence, and no title.\n\n" + PROSE,
        "Ana Ruiz, Saltworks (@ana)\n\n" + PROSE,
        f"{PROSE}\n\nThe author of the book is not the author of this; it is {PROSE}",
    ],
)
def test_text_without_furniture_stays(text: str) -> None:
    document = cleaned(text)
    assert document.left_out == ()
    assert document.blocks == read_text(text).blocks


def test_kept_furniture_still_says_title_and_author() -> None:
    text = f"By Mira Holt\n\n{TITLE}\n\n{PROSE}"
    document = leave_out_furniture(read_text(text), keep=True)
    assert (document.title, document.author, document.left_out) == (TITLE, "Mira Holt", ())
    assert len(document.blocks) == 3


def test_same_words() -> None:
    assert same_words("A «b» c", "a b, c!")
    assert not same_words("", "…")
