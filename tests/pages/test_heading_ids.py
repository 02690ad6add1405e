"""Heading ids: GitHub's rules, and links that must keep working."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING

import pytest

from pipeline.pages.heading_ids import github_slug, headings, keep_heading_ids
from tests.headings import HEADINGS
from tests.node import called
from tests.sample_project import Project
from tests.steps import MOST, growth

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SLUGS = {
    "words": ("Hello World", "hello-world"),
    "punctuation": ("What's new, in 2.0?", "whats-new-in-20"),
    "nothing is merged": ("C & D - E", "c--d---e"),
    "nothing is trimmed": ("Negation !", "negation-"),
    "underscores stay": ("redis_url", "redis_url"),
    "accents": ("Été à Łódź", "été-à-łódź"),
    "marks of other scripts": ("हिन्दी में", "हिन्दी-में"),
    "decomposed": ("e\u0301te\u0301", "e\u0301te\u0301"),
    "without blanks": ("日本語、テスト", "日本語テスト"),
    "emoji": ("😄 emoji", "-emoji"),
    "other numbers": ("x² ½ Ⅳ", "x--ⅳ"),
    "no-break space": ("a\u00a0b", "ab"),
    "nothing": ("???", ""),
}
IDS = {
    "numbered": ("# A\n## A\n# A\n# A-1\n", ["a", "a-1", "a-2", "a-1-1"]),
    "markup": ("# *One* `two_x` [three](u) ![no](v) \\_four\\_\n", ["one-two_x-three--_four_"]),
    "entities": ("# One &amp; two\n", ["one--two"]),
    "tags": ('# <a id="x"></a>One\n', ["one"]),
    "code with a bracket": ("# `a<b>`\n", ["ab"]),
    "own id": ("# One {#x}\n# One\n", ["x", "one"]),
    "underlined": ("> One\n> two\n> ===\n", ["one-two"]),
    "front matter": ("\ufeff---\na: b\n---\n# One\n", ["one"]),
    "reference": ("# [one][r]\n\n[r]: u\n", ["one"]),
    "none": ("One\n\n    # code\n", []),
}
LINK = "[a](#old)\n\n"
PINNED = {
    "plain": ("# Old", "# Neu", '# <a id="old"></a>Neu', "# Neu {#old}"),
    "closed": ("## Old ##", "## Neu ##  ", '## <a id="old"></a>Neu ##  ', "## Neu ## {#old}"),
    "underlined": ("Old\n===", "Neu\n===", '<a id="old"></a>Neu\n===', "Neu {#old}\n==="),
    "in a quote": ("> # Old", "> # Neu", '> # <a id="old"></a>Neu', "> # Neu {#old}"),
    "with a class": (
        "# Old {.c}",
        "# Neu {.c}",
        '# <a id="old"></a>Neu {.c}',
        "# Neu {.c #old}",
    ),
    "Windows": ("# Old\r\n", "# Neu\r\n", '# <a id="old"></a>Neu\r\n', "# Neu {#old}\r\n"),
    "one of two": (
        "# Old\n# Other",
        "# Neu\n# Noch",
        '# <a id="old"></a>Neu\n# Noch',
        "# Neu {#old}\n# Noch {#other}",
    ),
    "its text stayed, its number did not": (
        "# Xyz\n# Old",
        "# Old x\n# Neu",
        '# Old x\n# <a id="old"></a>Neu',
        "# Old x {#xyz}\n# Neu {#old}",
    ),
}
LINKS = [
    "[a](#old)",
    "[a](<#old>)",
    "[a](#old 'title')",
    "[a]( #old)",
    '<a href="#old">a</a>',
    "<a class=x href='#old'>a</a>",
    "<div><a HREF=#old>a</a></div>",
    "[a][r]\n\n[r]: #old",
]
NO_LINKS = {
    "no link": ("", "# Neu {#old}"),
    "a link to elsewhere": ("[a](x#old) [b](#other)", "# Neu {#old}"),
    "a link to the new heading": ("[a](#neu)", '# <a id="old"></a>Neu'),
}
LEFT = {
    "a heading that is the same": ("# Old", "# Old", "[a](#old) b"),
    "an id of its own": ("# A {#old}", "# B {#old}", "[a](#old)"),
    "an anchor of its own": ('# <a id="old"></a>Old', '# <a id="old"></a>Neu', "[a](#old)"),
    "another heading has it": ("# Old\n# Neu", "# Neu\n# Old", "[a](#old)"),
    "no heading": ("Old", "Neu", "[a](#old)"),
}


@pytest.mark.parametrize(("text", "slug"), SLUGS.values(), ids=SLUGS)
def test_slugs_are_those_of_github(text: str, slug: str) -> None:
    assert github_slug(text) == slug


@pytest.mark.parametrize(("text", "slug"), [(text, slug) for text, slug, _ in HEADINGS])
def test_slugs_are_those_of_the_table(text: str, slug: str) -> None:
    assert github_slug(text) == slug


@pytest.mark.heavy("site generators of npm")
def test_the_table_is_that_of_the_package_that_generators_use() -> None:
    texts = [text for text, _, _ in HEADINGS]
    assert called("github-slugger", "slug", texts) == [slug for _, slug, _ in HEADINGS]


@pytest.mark.parametrize(("text", "ids"), IDS.values(), ids=IDS)
def test_ids_of_headings(text: str, ids: list[str]) -> None:
    assert [heading.id for heading in headings(text.encode())] == ids


@pytest.mark.parametrize(("source", "built", "anchor", "attribute"), PINNED.values(), ids=PINNED)
def test_a_heading_keeps_its_id(source: str, built: str, anchor: str, attribute: str) -> None:
    for way, expected in (("anchor", anchor), ("attribute", attribute), ("none", built)):
        page = keep_heading_ids((LINK + source).encode(), (LINK + built).encode(), way)
        assert page.decode() == LINK + expected


@pytest.mark.parametrize("link", LINKS)
def test_links_are_seen_in_every_form(link: str) -> None:
    built = keep_heading_ids(f"{link}\n\n# Old\n".encode(), f"{link}\n\n# Neu\n".encode(), "anchor")
    assert built.endswith(b'\n# <a id="old"></a>Neu\n')


def test_letters_may_be_written_in_percents() -> None:
    link = "[a](#%C3%A9t%C3%A9)\n\n"
    built = keep_heading_ids((link + "# Été").encode(), (link + "# Sommer").encode(), "attribute")
    assert built.decode() == link + "# Sommer {#été}"


@pytest.mark.parametrize(("source", "built", "link"), LEFT.values(), ids=LEFT)
@pytest.mark.parametrize("way", ["anchor", "attribute"])
def test_what_is_left_alone(source: str, built: str, link: str, way: str) -> None:
    before, after = (f"{link}\n\n{text}\n".encode() for text in (source, built))
    assert keep_heading_ids(before, after, way) == after


@pytest.mark.parametrize(("link", "attribute"), NO_LINKS.values(), ids=NO_LINKS)
def test_links_of_other_articles_are_not_seen(link: str, attribute: str) -> None:
    before, after = f"{link}\n\n# Old".encode(), f"{link}\n\n# Neu".encode()
    assert keep_heading_ids(before, after, "anchor") == after
    assert keep_heading_ids(before, after, "attribute").decode() == f"{link}\n\n{attribute}"


def test_the_number_of_a_heading_may_change_though_its_text_does_not() -> None:
    link = "[a](#note-1)\n\n"
    built = keep_heading_ids(
        f"{link}# Note\n# Note".encode(), f"{link}# Rem\n# Note".encode(), "anchor"
    )
    assert built.decode() == f'{link}# Rem\n# <a id="note-1"></a>Note'


def test_an_id_that_is_linked_is_not_replaced() -> None:
    links = "[a](#old) [b](#neu)\n\n"
    built = keep_heading_ids(f"{links}# Old".encode(), f"{links}# Neu".encode(), "attribute")
    assert built.decode() == f'{links}# <a id="old"></a>Neu'


def test_the_same_text_stays_byte_for_byte() -> None:
    data = (LINK + "# Old\n# Old ##\n").encode()
    for way in ("anchor", "attribute", "none"):
        assert keep_heading_ids(data, data, way) == data


def test_every_heading_of_a_page_of_ours_has_its_id() -> None:
    source, built = (
        b"# One\n\n## One {#x}\n\nTwo\n---\n",
        b"# Un\n\n## Un {#x}\n\n[a](#deux) Deux\n---\n",
    )
    page = keep_heading_ids(source, built, "attribute", all_headings=True)
    assert page.decode() == ("# Un {#one}\n\n## Un {#x}\n\n[a](#deux) Deux {#two}\n---\n")


def test_steps_grow_with_the_headings() -> None:
    """`tests.linear.articles` counts the instructions."""

    def work(headings: int) -> Callable[[], bytes]:
        source = "".join(f"# Same\n\n[a](#same-{n})\n\n" for n in range(headings)).encode()
        return partial(keep_heading_ids, source, source.replace(b"# Same", b"# Neu"), "anchor")

    assert growth(work, 200) < MOST
    assert work(5000)().count(b'<a id="same-') == 4999


ARTICLE = (
    "# Salt\n\nSee [below](#weights) and [the other](../pepper/en.md).\n\n## Weights\n\nNone.\n"
)


@pytest.mark.parametrize(
    ("way", "pattern"),
    [
        ("anchor", r'^## <a id="weights"></a>[^{}]+$'),
        ("attribute", r"^## [^<>]*(?:<mark.*</mark>)? \{#weights\}$"),
        ("none", r"^## [^{}#]*$"),
    ],
)
def test_a_build_does_as_the_setting_says(tmp_path: Path, way: str, pattern: str) -> None:
    project = Project(tmp_path, text=ARTICLE, heading_ids=way)
    project.done("run", "--drafts")
    built = project.read("preview/fr/salt.md")
    assert re.search(pattern, built, re.M)
    assert ('id="weights"' in built) == (way == "anchor")
    for locale in ("en", "fr"):
        html = project.read(f"preview/{locale}/salt.html")
        assert re.search(r'<h1 id="salt">.*<h2 id="weights">', html, re.S)


def test_another_value_is_no_setting(tmp_path: Path) -> None:
    outcome = Project(tmp_path, text=ARTICLE, heading_ids="name").run("run")
    assert outcome.code == 2
    assert "setting 'heading_ids' must be one of anchor, attribute, none" in outcome.err


def test_a_check_tells_of_links_whose_page_is_translated(tmp_path: Path) -> None:
    project = Project(tmp_path, "salt", "pepper", text=ARTICLE)
    project.done("run", "--drafts")
    project.review("fr", "salt")
    outcome = project.run("check", "--no-grammar", "--select", "CO107", "--output-format", "json")
    (_, salt) = json.loads(outcome.out)["findings"]
    assert (salt["code"], salt["severity"]) == ("CO107", "info")
    assert "'../pepper/en.md'" in salt["message"]
    assert "'pepper' is not published in fr yet" in salt["message"]
