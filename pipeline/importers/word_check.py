"""Compare the words of a document with those that its Markdown shows."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import NavigableString

from pipeline.markdown import to_html

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["count_words", "differing_words", "shown_text"]

_WORD = re.compile(r"\w*[^\W_]\w*")
_FOOTNOTE_LABEL = re.compile(r"<sup[^>]*>\s*(?:<a [^>]*>)?\d+(?:</a>)?</sup>")
_BLOCK_TAG = re.compile(r"</?(?:p|li|td|th|tr|h[1-6]|br|div|ul|ol|dt|dd|blockquote|pre)\b")


def count_words(text: str) -> Counter[str]:
    """Return the number of occurrences of each word."""
    return Counter(_WORD.findall(text))


def shown_text(markdown: str) -> str:
    """Return the text that readers of a rendered Markdown text see, with alternative texts.

    The numbers of footnotes are left out.
    """
    html = _FOOTNOTE_LABEL.sub("", to_html(markdown))
    soup = BeautifulSoup(_BLOCK_TAG.sub(r" \g<0>", html), "lxml")
    for image in soup.find_all("img"):
        image.replace_with(f" {image.get('alt') or ''} ")
    texts = [str(node) for node in soup.descendants if type(node) is NavigableString]
    return "".join(texts).strip()


def differing_words(expected: Iterable[str], markdown: str) -> tuple[list[str], list[str]]:
    """Return the words that are missing in a rendered Markdown text, and those it has too much."""
    before = sum((count_words(text) for text in expected), Counter[str]())
    after = count_words(shown_text(markdown))
    return sorted((before - after).elements()), sorted((after - before).elements())
