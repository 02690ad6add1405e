"""Front-matter values that a version has of its own."""

from __future__ import annotations

import pytest

from pipeline.markdown import locate_front_matter, own_values, with_own_values

SOURCE = """\
---
title: Salt
date: 2026-01-05
slug: salt
tags: [salt, kitchen]
weight: 5
menu:
  order: 1
language: en
---
Text
"""


def front(body: str) -> bytes:
    return f"---\n{body}\n---\nTexte\n".encode()


OWN = {
    "date": ("date: 2026-02-07", [("date", "2026-02-07")]),
    "number": ("weight: 7  # the seventh", [("weight", "7")]),
    "truth": ("draft: true", [("draft", "true")]),
    "in quotes": ("slug: 'le-sel'", [("slug", "'le-sel'")]),
    "colon in quotes": ('note: "a: b"', [("note", '"a: b"')]),
    "folded": ("note: >\n  a\n  b: c", [("note", '"a b: c\\n"')]),
    "lines": ("note: a\n  b", [("note", '"a b"')]),
    "address": ("url: https://a.example/b", [("url", "https://a.example/b")]),
    "list in lines": (
        "tags:\n  - sel\n  - à table\n  - 'x, y'",
        [("tags", "[sel, à table, 'x, y']")],
    ),
    "list at the margin": ("aliases:\n- /sel/\n- a, b", [("aliases", '[/sel/, "a, b"]')]),
    "list in brackets": ("aliases: [/sel/]", [("aliases", "[/sel/]")]),
    "text that the source lacks": ("summary: Du sel", [("summary", "Du sel")]),
    "same": ("date: 2026-01-05\nslug: salt", []),
    "same in quotes": ('slug: "salt"', []),
    "translated": ("title: Le sel", []),
    "translated list of the same length": ("tags: [sel, cuisine]", []),
    "language": ("lang: fr\nlanguage: fr\nlocale: fr", []),
}


@pytest.mark.parametrize(("body", "kept"), OWN.values(), ids=OWN)
def test_values_of_its_own(body: str, kept: list[tuple[str, str]]) -> None:
    own = own_values(SOURCE.encode(), front(body), {"title", "tags"})
    assert (own.kept, own.lost) == (tuple(kept), ())
    # A page with them says what the version says.
    page = with_own_values(SOURCE.encode(), own.kept).decode()
    for key, _ in kept:
        said, wanted = (
            [value.text for value in locate_front_matter(text).values if value.key == key]
            for text in (page, front(body).decode())
        )
        assert said == wanted
    assert own_values(SOURCE.encode(), page.encode(), {"title", "tags"}).kept == own.kept


@pytest.mark.parametrize(
    ("source", "version", "lost"),
    [
        (SOURCE, "---\nmenu:\n  order: 2\n---\n", ("menu.order",)),
        (SOURCE, "---\nmenu: main\n---\n", ("menu",)),
        (SOURCE, "---\nauthors:\n  - name: A\n---\n", ("authors.name",)),
        (SOURCE, '+++\nslug = "le-sel"\n+++\n', ("slug",)),
        ('+++\nslug = "salt"\n+++\n', '+++\nslug = "le-sel"\n+++\n', ("slug",)),
        ("No front matter\n", "---\nslug: le-sel\n---\n", ("slug",)),
        (SOURCE, "---\nmenu:\n  order: 1\n---\n", ()),
        (SOURCE, "Pas de métadonnées\n", ()),
    ],
)
def test_values_that_cannot_be_kept(source: str, version: str, lost: tuple[str, ...]) -> None:
    own = own_values(source.encode(), version.encode(), {"title"})
    assert (own.kept, own.lost) == ((), lost)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_page_gets_them_and_keeps_the_rest(newline: str, bom: str) -> None:
    page = (bom + SOURCE).replace("\n", newline).encode()
    values = (("tags", "[sel]"), ("slug", "le-sel"), ("draft", "true"))
    expected = SOURCE.replace("[salt, kitchen]", "[sel]").replace("slug: salt", "slug: le-sel")
    expected = expected.replace("language: en\n", "language: en\ndraft: true\n")
    assert with_own_values(page, values).decode() == (bom + expected).replace("\n", newline)


@pytest.mark.parametrize(
    "page", ["Text\n", '+++\nslug = "a"\n+++\nText\n', '{"slug": "a"}\nText\n']
)
def test_a_page_without_yaml_stays(page: str) -> None:
    assert with_own_values(page.encode(), (("slug", "b"),)) == page.encode()


def test_a_list_of_several_lines_is_replaced_whole() -> None:
    page = front("tags:\n  - a\n\n  # and\n  - b\nslug: c")
    assert with_own_values(page, (("tags", "[x]"),)) == front("tags: [x]\nslug: c")
