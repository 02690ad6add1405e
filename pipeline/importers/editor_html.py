"""Mend HTML of word processors and web editors: formatting in styles, lists in paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4.element import Tag

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

__all__ = ["mend_editor_html"]

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_THIN = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.I)
_STYLES = {
    "strong": _BOLD,
    "em": re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I),
    "del": re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.I),
}
_WORD_LEVEL = re.compile(r"mso-list\s*:[^;]*\blevel(\d)", re.I)
_WORD_MARKER = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.I)


def mend_editor_html(soup: BeautifulSoup) -> None:
    """Make elements of the styles that word processors and their web editors write."""
    for element in soup.find_all(["b", "strong"], style=_THIN):
        element.unwrap()
    for element in soup.find_all("span", style=True):
        style = str(element["style"])
        if element.get_text(strip=True) and element.find_parent(re.compile(r"h[1-6]\Z")) is None:
            for name, pattern in _STYLES.items():
                if pattern.search(style) and element.find_parent(name) is None:
                    element.wrap(soup.new_tag(name))
    _make_word_lists(soup)


def _make_word_lists(soup: BeautifulSoup) -> None:
    """Make lists of the paragraphs that Word writes in their place, with bullets as text."""
    open_lists: list[Tag] = []
    last: Tag | None = None
    for paragraph in soup.find_all("p", style=_WORD_LEVEL):
        match = _WORD_LEVEL.search(str(paragraph["style"]))
        level = int(match[1]) if match else 1
        marker = paragraph.find("span")
        text = marker.get_text(strip=True) if isinstance(marker, Tag) else ""
        if not isinstance(marker, Tag) or len(text) > 6:
            continue
        marker.extract()
        if last is None or paragraph.find_previous_sibling() is not last:
            open_lists = []
        name = "ol" if _WORD_MARKER.fullmatch(text) else "ul"
        del open_lists[level:]
        if not open_lists:
            open_lists = [soup.new_tag(name)]
            paragraph.insert_before(open_lists[0])
        while len(open_lists) < level:
            inner = soup.new_tag(name)
            (open_lists[-1].find_all("li", recursive=False) or open_lists)[-1].append(inner)
            open_lists.append(inner)
        last = open_lists[0]
        paragraph.name = "li"
        open_lists[-1].append(paragraph.extract())
