"""Read a page that a browser saved, or a part of one: main content, metadata and pictures."""

from __future__ import annotations

import base64
import binascii
import json
import logging
import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from bs4 import BeautifulSoup, Comment, Tag
from readability import Document as Readability

from pipeline.errors import InputError
from pipeline.importers.document import Document, LeftOut
from pipeline.importers.escaping import one_line
from pipeline.importers.html_markdown import (
    convert_blocks,
    join_formatting,
    lift_footnotes,
    mend_lists,
    text_of,
)
from pipeline.importers.pictures import picture_ending, picture_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["read_fragment", "read_page"]

MAX_DEPTH = 400
"""Maximum number of elements inside each other; pages have some dozens."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*?(/?)>")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th "
    "option".split()
)
_MACHINERY = ("script", "style", "template", "link", "meta", "noscript", "svg", "canvas", "object")
"""Elements without words for readers."""
_CONTROLS = ("button", "input", "select", "textarea", "label", "form", "dialog")
_FRAMES = ("iframe", "video", "audio", "embed")
_KINDS = {
    "navigation": r"nav(?:bar|igation)?|menu|topbar|skip-?(?:link|nav)?\w*|pagination|pager|toc|"
    r"breadcrumbs?|bread-crumbs?|site-?(?:header|footer|nav)|sidebar|prev-?next|post-navigation",
    "share buttons": r"share|sharing|share-?\w+|sharedaddy|social-?(?:share|icons?|links?|buttons?|"
    r"media-(?:icons?|links?|buttons?))|addtoany\w*|at-share\w*|a2a_kit",
    "cookie notice": r"cookies?|cookie-?\w+|consent|gdpr|rgpd|onetrust\w*|didomi\w*|tarteaucitron\w*",
    "author box": r"author-?(?:box|bio|info|card|details|description)|about-(?:the-)?author|bio-box|"
    r"post-author|entry-author",
    "related articles": r"related|related-?\w+|jp-relatedposts|recommended|recommendations|more-(?:posts|stories)|"
    r"read-(?:more|next)|you-may-(?:also-)?like",
    "comments of readers": r"comments?|comments?-?(?:area|list|section|form|respond)|disqus\w*|respond",
    "newsletter": r"newsletter|newsletter-?\w+|subscribe|subscribe-?\w+|signup|mailchimp",
    "advertisement": r"ad|ads|advert\w*|banner|sponsored?|promo|popup|modal",
    "byline": r"byline|(?:post|entry|article)-?(?:meta|info|date|details|byline|tags|categories)|"
    r"(?:post|entry|article)-footer|cat-links|tags?-links|posted-on|meta|reading-time|published|post-tags|tagcloud|dateline",
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
_MAIN = ("article", "main")
_SITE_SEPARATOR = re.compile(r"\s+[|–—·»«:-]\s+")
_AUTHOR = "[rel~=author], [itemprop=author], .p-author, .author-name, .author .fn, .author, .byline a"
_MOST_NAME_WORDS = 4
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
    _require_shallow(html, path)
    soup = BeautifulSoup(html, "lxml")
    metadata = _metadata(soup)
    body = soup.body or soup
    _drop_machinery(soup)
    _apply_styles(soup)
    left_out: list[LeftOut] = []
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


def _require_shallow(html: str, path: str) -> None:
    """Raise InputError if elements are nested so deeply that no page needs it."""
    depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() in _VOID or match[3]:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > MAX_DEPTH:
            raise InputError(
                f"more than {MAX_DEPTH} elements inside each other; this is no page of an article: "
                "copy its text into a plain text file, and import that",
                path,
                html.count("\n", 0, match.start()) + 1,
            )


_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_THIN = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.I)
_STYLES = {
    "strong": _BOLD,
    "em": re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I),
    "del": re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.I),
}
_WORD_LEVEL = re.compile(r"mso-list\s*:[^;]*\blevel(\d)", re.I)
_WORD_MARKER = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.I)


def _apply_styles(soup: BeautifulSoup) -> None:
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


def _drop_machinery(soup: BeautifulSoup) -> None:
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for element in soup.find_all(_MACHINERY):
        if element.name == "noscript" and element.find("img") is None:
            element.extract()
        elif element.name == "noscript":
            element.unwrap() if not element.find_previous_sibling("img") else element.extract()
        else:
            element.extract()


def _metadata(soup: BeautifulSoup) -> Document:
    """Return a document without blocks, with what the head of a page says."""
    values: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        key = str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if key and meta.get("content"):
            values.setdefault(key, one_line(str(meta["content"])))
    linked = _linked_data(soup)
    headings = soup.find_all("h1")
    heading = text_of(headings[0]) if len(headings) == 1 else ""
    page_title = text_of(soup.title) if soup.title else ""
    title = values.get("og:title") or linked.get("headline") or ""
    title = _without_site(title or page_title, heading, values.get("og:site_name", ""))
    html = soup.find("html")
    language = str(html.get("lang") or html.get("xml:lang") or "") if isinstance(html, Tag) else ""
    author = values.get("author") or linked.get("author") or values.get("article:author") or ""
    date = next(
        (
            values[key]
            for key in ("article:published_time", "date", "dc.date", "dcterms.created", "datepublished")
            if key in values
        ),
        linked.get("datePublished", ""),
    )
    if not date and (time := soup.find("time", datetime=True)) is not None:
        date = str(time["datetime"])
    for element in [] if author else soup.select(_AUTHOR):
        name = re.sub(r"\A(?:by|par|von|por|di)\s+", "", text_of(element), flags=re.I)
        if 0 < len(name.split()) <= _MOST_NAME_WORDS:
            author = name
            break
    day = _DATE.match(date)
    return Document(
        (),
        title=title,
        author="" if author.startswith("http") else author,
        date=day[0] if day else "",
        description=values.get("description") or values.get("og:description") or "",
        category=values.get("article:section", ""),
        language=language.replace("_", "-"),
    )


def _linked_data(soup: BeautifulSoup) -> dict[str, str]:
    """Return headline, author and date of the JSON-LD of an article."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            data: Any = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for item in graph if isinstance(graph, list) else ():
            if isinstance(item, dict) and "headline" in item:
                author = item.get("author")
                author = author[0] if isinstance(author, list) and author else author
                name = author.get("name") if isinstance(author, dict) else author
                found = {"headline": item["headline"], "author": name}
                found["datePublished"] = item.get("datePublished")
                return {k: one_line(v) for k, v in found.items() if isinstance(v, str)}
    return {}


def _without_site(title: str, heading: str, site: str) -> str:
    """Return the title of a page without the name of its site."""
    if heading and heading in title:
        return heading
    if site:
        title = re.sub(rf"\s*[|–—·»«:-]\s*{re.escape(site)}\s*\Z", "", title)
    if not heading:
        return title
    parts = _SITE_SEPARATOR.split(title)
    return title if len(parts) == 1 else heading


def _main_element(body: Tag) -> Tag:
    """Return the element that has the main content of a page, and as little else as possible."""
    article = _only(body.find_all("article"), body) or _only(
        body.find_all(attrs={"itemprop": "articleBody"}), body
    )
    if article is not None:
        return article
    main = _only(body.find_all("main"), body) or _only(body.find_all(attrs={"role": "main"}), body)
    scope = main or body
    return _readable(scope)


def _only(elements: Any, body: Tag) -> Tag | None:
    """Return the one element that is not inside of another and has a good share of the words."""
    outer = [el for el in elements if not any(p in elements for p in el.parents)]
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
    places = {str(el["data-n"]) for el in found.find_all(attrs={"data-n": True})}
    for element in elements:
        del element["data-n"]
    kept = [el for number, el in enumerate(elements) if str(number) in places]
    weights: Counter[int] = Counter()
    total = 0
    by_id = {id(el): el for el in elements}
    for element in kept:
        if element.name not in ("p", "li", "h2", "h3", "td", "blockquote", "pre", "dd"):
            continue
        size = len(element.get_text())
        total += size
        for parent in (element, *element.parents):
            if id(parent) in by_id:
                weights[id(parent)] += size
    if not total:
        return scope
    best = scope
    while True:
        inner = [
            child
            for child in best.find_all(True, recursive=False)
            if weights[id(child)] >= _NEARLY_ALL * total
            and child.name not in ("p", "li", "table", "ul", "ol", "blockquote")
        ]
        if not inner:
            return best
        best = inner[0]


def _outside(body: Tag, root: Tag) -> Iterator[LeftOut]:
    """Take all that stands outside of an element away, and yield it part by part."""
    inside = {id(root), *(id(parent) for parent in root.parents)}
    for parent in [*reversed(list(root.parents)), None]:
        if parent is None or (parent is not body and body not in parent.parents):
            continue
        for child in list(parent.children):
            if id(child) in inside:
                continue
            text = text_of(child) if isinstance(child, Tag) else one_line(str(child))
            kind = (isinstance(child, Tag) and _furniture_kind(child)) or "outside of the article"
            if text:
                yield LeftOut(kind, text)
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
    names = element.get("class") or []
    names = [*(names if isinstance(names, list) else [names]), str(element.get("id") or "")]
    label = str(element.get("aria-label") or "")
    for kind, pattern in _FURNITURE.items():
        if any(pattern.match(re.sub(r"__|_", "-", str(name))) for name in names if name):
            return kind
        if kind == "navigation" and label.casefold() in ("breadcrumb", "breadcrumbs", "fil d'ariane"):
            return kind
    if element.name in _FRAMES:
        return "embedded media"
    return "form" if element.name in _CONTROLS else ""


def _drop_furniture(root: Tag, notes: list[str], *, keep: bool) -> Iterator[LeftOut]:
    """Take the furniture inside of the main element away, and yield it."""
    most = _MOST_FURNITURE * len(root.get_text())
    gone: list[Tag] = []
    for element in root.find_all(True):
        if any(parent is one for one in gone for parent in element.parents):
            continue
        kind = _furniture_kind(element)
        if not kind:
            continue
        text = text_of(element)
        is_article = len(text) > most or element.find(["h1", "h2"]) is not None and len(text) > 600
        if kind == "embedded media":
            address = str(element.get("src") or "")
            notes.append(f"{element.name} left out: {address or 'without an address'}")
            gone.append(element)
        elif is_article or (keep and text):
            continue
        else:
            gone.append(element)
            if text and kind != "permanent link":
                yield LeftOut(kind, text)
    for element in gone:
        element.extract()


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
