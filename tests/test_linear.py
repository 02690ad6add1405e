"""Time in proportion to input length, however odd the input."""

from __future__ import annotations

import shutil

import pytest

from pipeline.article.reading import read_article
from pipeline.article.rebuilding import rebuild
from tests.counting import growths
from tests.steps import MOST


@pytest.mark.heavy("valgrind")
@pytest.mark.parametrize(
    ("module", "table"),
    [
        ("articles", "MARKDOWN"),
        ("articles", "OTHERS"),
        ("texts", "TEXTS"),
        ("catalogues", "STAGES"),
        ("grammar", "MATCHES"),
        ("functions", "READING"),
        ("functions", "ALIGNMENT"),
        ("functions", "MARKUP"),
        ("functions", "TYPOGRAPHY"),
        ("functions", "PROTECTION"),
        ("functions", "WRAPPING"),
    ],
)
def test_instructions_grow_with_the_length(module: str, table: str) -> None:
    assert shutil.which("valgrind"), "valgrind is missing; install it (Debian: valgrind)"
    results = growths(f"tests.linear.{module}", table)
    assert results
    assert [growth for growth in results if growth.rate > MOST] == []


@pytest.mark.heavy("valgrind")
def test_what_is_quadratic_is_found() -> None:
    rates = {growth.name: growth.rate for growth in growths("tests.linear.planted", "PLANTED")}
    assert rates["linear"] < 2.1
    assert rates["sorted"] < MOST
    assert rates["quadratic"] > 3
    assert rates["a quarter of it quadratic"] > MOST
    assert rates["quadratic in a regex"] > 3


HUGE = {
    "10 MB": ("## Ann Bo, Co (@ann)\n\n" + "Some *words* of her. " * 40 + "\n\n- a\n") * 12_000,
    "10,000 lists in a line": "- " * 10_000 + "a\n",
    "10,000 quotations in a line": "> " * 10_000 + "a\n\nb\n",
    "3,000 lists of lines": "".join(f"{'  ' * n}- a\n" for n in range(3000)),
    "1 MB in a line": "word " * 200_000,
    "1 MB in a line of tags": '{{< a title="b" >}} ' * 50_000,
    "1 MB in a line of brackets": "[" * 1_000_000,
    "1 MB of braces": "{a " * 170_000 + "} " * 170_000,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_huge_files_come_back_byte_for_byte(text: str) -> None:
    """No time is measured: table READING of `tests.linear.functions` counts the same shapes."""
    article = read_article(text.encode(), "")
    assert rebuild(article, {}) == article.data
