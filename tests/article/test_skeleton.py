"""Skeleton of an article, which must not change, and the difference of two skeletons."""

from __future__ import annotations

import pytest

from pipeline.article.skeleton import block_starts, describe_difference, skeleton_of


def test_blocks_that_stand_in_no_other() -> None:
    data = "\ufeff---\na: é\n---\n# A\n\n- b\n  - c\n\n> d\ne\n\n   f\n***\n<p>\n".encode()
    lines = [data[at:].split(b"\n")[0].decode() for at in block_starts(data)]
    assert lines == ["# A", "- b", "> d", "   f", "<p>"]
    assert block_starts(b"A\r\rB\r") == [0, 3]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("One", "Deux *trois*"),
        ("- One\n- Two", "* Un\n* Deux"),
        ("# One", "# Un"),
        ("One\ntwo", "Un"),
        ("<p>One <b>x</b></p>", "<p>Un</p>"),
        ("![One](u)", "![Un](u)"),
        ("|a|\n|-|\n|b|", "| x |\n|---|\n| y |"),
        ("---\ntitle: One\n---", "---\ntitle: 'Un'\n---"),
        ("One\n\n[a]: u", "Un\n\n[a]: u 'Titre'"),
        ("::: note\n\nOne\n\n:::", "::: note\n\nUn\n\n:::"),
        ("{{< x >}}\n\nOne", "{{< x >}}\n\nUn {{< y >}}"),
    ],
)
def test_same_skeleton(one: str, other: str) -> None:
    assert skeleton_of(one.encode()) == skeleton_of(other.encode())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("One", "- One"),
        ("One", "One\n\nTwo"),
        ("One", ""),
        ("- One", "1. One"),
        ("1. One", "2. One"),
        ("# One", "## One"),
        ("## One", "## One {#x}"),
        ("One", "> One"),
        ("```\na\n```", "```\nb\n```"),
        ("```a\n```", "```b\n```"),
        ("- [ ] One", "- [x] One"),
        ("|a|\n|-|", "|a|\n|:-|"),
        ("|a|\n|-|\n|b|", "|a|\n|-|\n||"),
        ("<p>One</p>", "<p>One</div>"),
        ("<p>One</p>", "<p>One<!-- x --></p>"),
        ("<p>One</p>", "<p><sé>One</p>"),
        ("[a]: u", "[a]: v"),
        ("One", "One\n\n[a]: u"),
        ("![One](u)", "![One\\](u)"),
        ("![One](u)", "One"),
        ("---\ntitle: One\n---", "---\ntitle: One\nx: y\n---"),
        ("A[^1]\n\n[^1]: One", "A[^1]\n\n[^2]: One"),
        ("::: note\n\nOne\n\n:::", "::: tip\n\nOne\n\n:::"),
        ("{{< x >}}\n\nOne", "{{< y >}}\n\nOne"),
        ("{% if a %}\n\nOne", "One\n\n{% if a %}\n\n{% if a %}"),
    ],
)
def test_other_skeleton(one: str, other: str) -> None:
    assert skeleton_of(one.encode()) != skeleton_of(other.encode())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("One", "Un", ("", "")),
        ("One", "- One", ("a paragraph", "a list")),
        ("One", "", ("a paragraph", "nothing")),
        ("One", "One\n\n![a](u)", ("a paragraph", "a paragraph, a paragraph, an image")),
        (
            "# One",
            "## One",
            (
                "a heading of the same level, id and class",
                "a heading of another level, id or class",
            ),
        ),
        ("1. One", "2. One", ("a list 1", "a list 2")),
        ("One", "One\n\n[a]: u", ("a paragraph", "a paragraph, the definition of [a]")),
        (
            "a\n\nb\n\nc\n\nd\n\n***\n\n- [ ] e",
            "a",
            (3 * "a paragraph, " + "a paragraph …", "a paragraph"),
        ),
    ],
)
def test_the_difference_in_words(one: str, other: str, expected: tuple[str, str]) -> None:
    assert describe_difference(skeleton_of(one.encode()), skeleton_of(other.encode())) == expected
