"""Read title, author, date and language of a page from its head and its linked data."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bs4.element import Tag

from pipeline.importers.document import Document
from pipeline.importers.escaping import one_line
from pipeline.importers.html_markdown import text_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

__all__ = ["read_metadata"]

_SITE_SEPARATOR = re.compile(r"\s+[|–—·»«:-]\s+")
_AUTHOR = (
    "[rel~=author], [itemprop=author], .p-author, .author-name, .author .fn, .author, .byline a"
)
_MOST_NAME_WORDS = 4
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DATE_KEYS = ("article:published_time", "date", "dc.date", "dcterms.created", "datepublished")


def read_metadata(soup: BeautifulSoup) -> Document:
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
    dates = [values[key] for key in _DATE_KEYS if key in values]
    date = dates[0] if dates else linked.get("datePublished", "")
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
