"""The elements of a page, as a browser reads them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from pipeline.pages.html import Page, render_page
from pipeline.pages.interface import load_words

if TYPE_CHECKING:
    from pipeline.pages.html import Alternate
    from pipeline.pages.interface import Words

__all__ = ["Dom", "Element", "make", "render_dom"]


VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905


class Element(NamedTuple):
    tag: str
    attributes: dict[str, str]
    above: tuple[str, ...]
    """Enclosing tags, the outermost first."""
    words: list[str]
    """Text inside it, at any depth."""

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


class Dom(HTMLParser):
    """Elements of a page, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        above = tuple(element.tag for element in self.open)
        element = Element(tag, {name: value or "" for name, value in attrs}, above, [])
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag in [element.tag for element in self.open]:
            if self.open.pop().tag == tag:
                break

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.words.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_").replace("_", "-"): v for name, v in attributes.items()}
        return [e for e in self.elements if e.tag == tag and wanted.items() <= e.attributes.items()]

    def one(self, tag: str, **attributes: str) -> Element:
        (element,) = self.all(tag, **attributes)
        return element


def make(
    body: str = "Text.\n",
    locale: str = "fr",
    metadata: tuple[tuple[str, str], ...] = (("title", "Titre"),),
    alternates: tuple[Alternate, ...] = (),
    drafts: int = 0,
    untranslated: int = 0,
    site: str = "",
) -> Page:
    return Page(
        locale,
        "en",
        body.encode(),
        metadata,
        alternates,
        0.829,
        drafts,
        untranslated,
        site,
        preview=drafts > 0 or untranslated > 0,
    )


def render_dom(page: Page, words: Words | None = None) -> Dom:
    return Dom(render_page(page, words or load_words(page.locale)))
