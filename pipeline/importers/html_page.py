"""Read a page that a browser saved, or a part of one: main content, metadata and pictures."""

from __future__ import annotations

import base64
import binascii
import logging
import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Comment, Tag
from readability import Document as Readability

from pipeline.errors import InputError
from pipeline.importers.document import Document, LeftOut
from pipeline.importers.editor_html import mend_editor_html
from pipeline.importers.escaping import one_line
from pipeline.importers.html_footnotes import lift_footnotes
from pipeline.importers.html_markdown import (
    convert_blocks,
    join_formatting,
    mend_lists,
    text_of,
)
from pipeline.importers.page_metadata import read_metadata
from pipeline.importers.pictures import picture_ending, picture_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["read_fragment", "read_page"]

MAX_DEPTH = 400
"""Maximum number of elements inside each other; pages have some dozens."""
_MACHINERY = ("script", "style", "template", "link", "meta", "noscript", "svg", "canvas", "object")
"""Elements without words for readers."""
_DRAWINGS = ("svg", "canvas", "object")
_CONTROLS = ("button", "input", "select", "textarea", "label", "form", "dialog")
_FRAMES = ("iframe", "video", "audio", "embed")
_BOX = (
    r"(?:posts?|articles?|stories|content|links?|items?|news|entries|reading|pages?|topics?|buttons?"
    r"|bar|icons?|this|tools?|wrapper|container|section|block|box|list|widget|form|sign-?up|banner"
    r"|subscri\w+|cta|popup|area|footer|header|title|label|count|module|panel|row|menu|group)"
)
"""Second part of the class of a box; with others, such as ``note``, a class may be a text's."""
_KINDS = {
    "navigation": r"nav(?:bar|igation)?|menu|topbar|skip-?(?:link|nav)?\w*|pagination|pager|toc|"
    r"breadcrumbs?|bread-crumbs?|site-?(?:header|footer|nav)|sidebar|prev-?next|post-navigation",
    "share buttons": rf"share|sharing|(?:share|sharing)-?{_BOX}|sharedaddy|"
    r"social-?(?:share|icons?|links?|buttons?|"
    r"media-(?:icons?|links?|buttons?))|addtoany\w*|at-share\w*|a2a_kit",
    "cookie notice": r"cookies?|cookie-?\w+|consent|gdpr|rgpd|onetrust\w*|"
    r"didomi\w*|tarteaucitron\w*",
    "author box": r"author-?(?:box|bio|info|card|details|description)|about-(?:the-)?author|"
    r"bio-box|post-author|entry-author",
    "related articles": rf"related|related-?{_BOX}|jp-relatedposts|recommended|recommendations|"
    r"more-(?:posts|stories)|read-(?:more|next)|you-may-(?:also-)?like",
    "comments of readers": r"comments?|comments?-?(?:area|list|section|form|respond)|disqus\w*|"
    r"respond",
    "newsletter": rf"newsletter|(?:newsletter|subscribe)-?{_BOX}|subscribe|signup|mailchimp",
    "advertisement": r"ad|ads|advert\w*|banner|sponsored?|promo|popup|modal",
    "byline": r"byline|(?:post|entry|article)-?(?:meta|info|date|details|byline|tags|categories)|"
    r"(?:post|entry|article)-footer|cat-links|tags?-links|posted-on|meta|reading-time|published|"
    r"post-tags|tagcloud|dateline",
    "permanent link": r"headerlink|anchor(?:-?link|js-link)?|hash-link|permalink|header-?anchor|"
    r"edit-?(?:page|link|this-page)?|md-content__button",
}
_FURNITURE = {kind: re.compile(rf"(?:{pattern})\Z", re.I) for kind, pattern in _KINDS.items()}
_ROLES = {
    "navigation": "navigation",
    "banner": "navigation",
    "search": "navigation",
    "contentinfo": "navigation",
    "complementary": "navigation",
    "dialog": "dialog",
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_MOST_FURNITURE = 0.4
"""Share of the words of a page that no furniture has."""
_NEARLY_ALL = 0.85
"""Share of the words found by readability that its element must have."""
_TEXTS = ("p", "li", "h2", "h3", "td", "blockquote", "pre", "dd")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DATA = re.compile(r"data:(?P<type>[\w/+.-]*)(?P<options>[^,]*),(?P<data>.*)", re.S)


def read_page(
    html: str, path: str, find_file: Callable[[str], bytes | None], *, keep: bool = False
) -> Document:
    """Return the document of a saved page.

    ``find_file`` returns the content of a file by its path relative to the page. With ``keep``,
    nothing with words is left out.

    Raises:
        InputError: the page is nested too deeply.
    """
    soup = BeautifulSoup(html, "lxml")
    _require_shallow(soup, path)
    metadata = read_metadata(soup)
    body = soup.body or soup
    left_out = list(_drop_machinery(soup))
    mend_editor_html(soup)
    notes: list[str] = []
    root: Tag = body if keep else _main_element(body)
    footnotes = lift_footnotes(body)
    if root is not body:
        left_out += _outside(body, root)
    left_out += _drop_furniture(root, notes, keep=keep)
    mend_lists(root)
    join_formatting(root)
    pictures = _take_pictures(root, find_file, notes)
    blocks = (*convert_blocks(root, notes), *footnotes)
    return metadata._replace(
        blocks=blocks, left_out=tuple(left_out), notes=tuple(notes), pictures=pictures
    )


def read_fragment(html: str, pictures: dict[str, bytes], notes: list[str]) -> Document:
    """Return the document of HTML that mammoth wrote, which has no furniture.

    Paragraphs of the classes ``description``, ``author`` and ``date`` are what they say.
    """
    soup = BeautifulSoup(html, "lxml")
    root: Tag = soup.body or soup
    values: dict[str, str] = {}
    left_out = []
    for key in ("description", "author", "date"):
        element = root.find("p", class_=key)
        text = text_of(element) if isinstance(element, Tag) else ""
        if isinstance(element, Tag) and (key != "date" or _DATE.fullmatch(text)):
            values[key] = text
            left_out.append(LeftOut(f"{key}, which is in the front matter", text))
            element.extract()
    footnotes = lift_footnotes(root)
    mend_lists(root)
    join_formatting(root)
    blocks = (*convert_blocks(root, notes), *footnotes)
    return Document(
        blocks, **values, pictures=pictures, left_out=tuple(left_out), notes=tuple(notes)
    )


def _require_shallow(soup: BeautifulSoup, path: str) -> None:
    """Raise InputError if elements are nested so deeply that no page needs it."""
    depths = {id(soup): 0}
    for element in soup.find_all(True):
        depth = depths[id(element)] = depths[id(element.parent)] + 1
        if depth > MAX_DEPTH:
            raise InputError(
                f"more than {MAX_DEPTH} elements inside each other; this is no page of an article: "
                "copy its text into a plain text file, and import that",
                path,
            )


def _drop_machinery(soup: BeautifulSoup) -> Iterator[LeftOut]:
    """Take away what has no words of the article, and yield the words of drawings."""
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for element in soup.find_all(_MACHINERY):
        if element.name == "noscript" and element.find("img") is None:
            element.extract()
        elif element.name == "noscript":
            element.unwrap() if not element.find_previous_sibling("img") else element.extract()
        else:
            element.extract()
            if element.name in _DRAWINGS and (text := text_of(element)):
                yield LeftOut("text in a drawing", text)


def _main_element(body: Tag) -> Tag:
    """Return the element that has the main content of a page, and as little else as possible."""
    article = _only(body.find_all("article"), body) or _only(
        body.select("[itemprop=articleBody]"), body
    )
    if article is not None:
        return article
    main = _only(body.find_all("main"), body) or _only(body.select("[role=main]"), body)
    scope = main or body
    return _readable(scope)


def _only(elements: Any, body: Tag) -> Tag | None:
    """Return the one element that is not inside of another and has a good share of the words."""
    found = {id(element) for element in elements}
    outer = [el for el in elements if not any(id(parent) in found for parent in el.parents)]
    if len(outer) != 1:
        return None
    text = outer[0].get_text()
    return outer[0] if len(text.split()) >= 40 or text.split() == body.get_text().split() else None


def _readable(scope: Tag) -> Tag:
    """Return the smallest element with nearly all of the text that readability finds."""
    elements = [scope, *scope.find_all(True)]
    for number, element in enumerate(elements):
        element["data-n"] = str(number)
    logger = logging.getLogger("readability.readability")
    level, logger.level = logger.level, logging.CRITICAL
    try:
        summary = Readability(f"<html><body>{scope}</body></html>").summary()
    except Exception:  # noqa: BLE001  # of any kind on odd pages; the whole page is a good answer
        summary = ""
    finally:
        logger.level = level
    found = BeautifulSoup(summary, "lxml")
    places = {str(el["data-n"]) for el in found.select("[data-n]")}
    for element in elements:
        del element["data-n"]
    kept = [el for number, el in enumerate(elements) if str(number) in places]
    return _smallest(scope, [element for element in kept if element.name in _TEXTS])


def _smallest(scope: Tag, texts: Sequence[Tag]) -> Tag:
    """Return the smallest element with nearly all of some texts."""
    sizes: Counter[int] = Counter()
    for element in texts:
        for parent in (element, *element.parents):
            sizes[id(parent)] += len(element.get_text())
    best, least = scope, _NEARLY_ALL * sizes[id(scope)]
    while least:
        inner = [
            child
            for child in best.find_all(True, recursive=False)
            if sizes[id(child)] >= least and child.name not in (*_TEXTS, "table", "ul", "ol")
        ]
        if not inner:
            break
        best = inner[0]
    return best


def _outside(body: Tag, root: Tag) -> Iterator[LeftOut]:
    """Take all that stands outside of an element away, and yield it part by part."""
    inside = {id(root), *(id(parent) for parent in root.parents)}
    for parent in reversed(list(root.parents)):
        if parent is not body and not any(one is body for one in parent.parents):
            continue
        for child in list(parent.children):
            if id(child) in inside:
                continue
            text = text_of(child) if isinstance(child, Tag) else one_line(str(child))
            kind = (isinstance(child, Tag) and _furniture_kind(child)) or "outside of the article"
            if text:
                yield LeftOut(kind, text, can_stay=True)
            child.extract()


def _furniture_kind(element: Tag) -> str:
    """Return the kind of furniture that an element is by its name, role or class; may be empty."""
    if element.name in ("nav", "menu"):
        return "navigation"
    if _HIDDEN.search(str(element.get("style") or "")) or element.has_attr("hidden"):
        return "hidden text"
    role = _ROLES.get(str(element.get("role") or ""))
    if role:
        return role
    classes: Any = element.get("class") or []
    names = [str(element.get("id") or ""), *([classes] if isinstance(classes, str) else classes)]
    label = str(element.get("aria-label") or "")
    for kind, pattern in _FURNITURE.items():
        if any(pattern.match(re.sub(r"__|_", "-", str(name))) for name in names if name):
            return kind
        if kind == "navigation" and label.casefold() in (
            "breadcrumb",
            "breadcrumbs",
            "fil d'ariane",
        ):
            return kind
    if element.name in _FRAMES:
        return "embedded media"
    return "form" if element.name in _CONTROLS else ""


def _drop_furniture(root: Tag, notes: list[str], *, keep: bool) -> Iterator[LeftOut]:
    """Take the furniture inside of the main element away, and yield it."""
    most = _MOST_FURNITURE * len(root.get_text())
    gone: dict[int, Tag] = {}
    boxes = [one for one in root.find_all(True) if _furniture_kind(one) == "author box"]
    boxes = [one for one in boxes if not any(parent in boxes for parent in one.parents)]
    speakers = [one for one in boxes if _is_before_prose(one)] if len(boxes) > 1 else []
    for element in root.find_all(True):
        if any(id(parent) in gone for parent in element.parents):
            continue
        kind = _furniture_kind(element)
        if not kind:
            continue
        text = text_of(element)
        is_article = len(text) > most or (
            element.find(["h1", "h2"]) is not None and len(text) > 600
        )
        # An article has one author's box; several, with words of the article behind, are experts.
        is_article = is_article or (kind == "author box" and element in speakers)
        if kind == "embedded media":
            address = str(element.get("src") or "")
            notes.append(f"{element.name} left out: {address or 'without an address'}")
            gone[id(element)] = element
        elif is_article or (keep and text):
            continue
        else:
            gone[id(element)] = element
            if text and kind != "permanent link":
                yield LeftOut(kind, text, can_stay=True)
    for element in gone.values():
        element.extract()


def _is_before_prose(element: Tag) -> bool:
    """Return whether a paragraph, quotation or list follows an element directly."""
    following = element.find_next_sibling(True)
    return (
        following is not None
        and following.name in ("p", "blockquote", "ul", "ol")
        and bool(text_of(following))
    )


def _take_pictures(
    root: Tag, find_file: Callable[[str], bytes | None], notes: list[str]
) -> dict[str, bytes]:
    """Give pictures the names of files beside the article; return their contents."""
    pictures: dict[str, bytes] = {}
    for image in root.find_all("img"):
        address = _picture_address(image)
        if _is_pixel(image):
            image.extract()
            continue
        data = _data_uri(address) if address.startswith("data:") else None
        is_remote = bool(urlsplit(address).netloc or urlsplit(address).scheme in ("http", "https"))
        name = posixpath.basename(unquote(urlsplit(address).path)) if data is None else ""
        if data is None and not is_remote and not address.startswith("data:"):
            data = find_file(unquote(urlsplit(address).path))
        if data is not None and picture_ending(data):
            image["src"] = picture_name(pictures, name or "picture", data)
        elif is_remote:
            notes.append(f"picture is not copied, as it is on the web: {address}")
            image["src"] = address
        else:
            alt = str(image.get("alt") or "")
            shown = address if not address.startswith("data:") else "an embedded one"
            reason = "is not a picture that can be copied" if data is not None else "was not found"
            notes.append(f"picture left out: {shown} {reason}" + (f" ({alt})" if alt else ""))
            image.replace_with(alt)
    return pictures


def _picture_address(image: Tag) -> str:
    """Return the address of a picture, that of the real one where it is loaded later."""
    source = str(image.get("src") or "").strip()
    if not source or (source.startswith("data:") and len(source) < 300):
        for key in ("data-src", "data-lazy-src", "data-original"):
            if image.get(key):
                return str(image[key]).strip()
        srcset = str(image.get("srcset") or image.get("data-srcset") or "")
        if srcset:
            return srcset.split(",")[0].split()[0]
    return source


def _is_pixel(image: Tag) -> bool:
    return str(image.get("width")) in ("0", "1") and str(image.get("height")) in ("0", "1")


def _data_uri(address: str) -> bytes | None:
    match = _DATA.match(address)
    if match is None:
        return None
    try:
        if "base64" in match["options"]:
            return base64.b64decode(unquote_to_bytes(match["data"]), validate=False)
    except binascii.Error:
        return None
    return unquote_to_bytes(match["data"])
