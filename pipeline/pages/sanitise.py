"""Sanitiser of an article's HTML: only the tags and attributes listed here remain.

The only module that imports nh3, which removes the others.
"""

from __future__ import annotations

import html
import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import nh3

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = [
    "MAIN",
    "OWN_CLASS",
    "first_heading",
    "first_words",
    "frame_host",
    "is_kept",
    "keeps_tag",
    "sanitise",
]

MAIN = "page-text"
"""Id to which the link for skipping leads; nothing in an article may have it."""
OWN_CLASS = "page-"
"""Prefix of the classes of a page's frame; nothing in an article may have them."""
# Never looks beyond the next heading, so that a thousand open ones take no longer.
_HEADING = re.compile(r"<h[1-6][^<>]*>((?:(?!<h[1-6]).)*?)</h[1-6]>", re.S)
# fmt: off
# None of the elements of SVG and MathML may hold HTML that a browser would read in two ways, run
# anything, or load anything.
_SVG = {
    "svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker",
    "symbol",
}
_MATHML = {
    "math", "menclose", "merror", "mfenced", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover",
    "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle",
    "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "none",
}
_TAGS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "hr", "br", "wbr", "div", "section", "span", "address",
    "article", "aside", "footer", "header", "hgroup", "nav", "search", "ul", "ol", "li", "dl", "dt",
    "dd", "menu", "blockquote", "pre", "details", "summary", "input", "label",
    "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td",
    "figure", "figcaption", "img", "picture", "source", "video", "audio", "track", "map", "area",
    "a", "em", "strong", "b", "i", "u", "s", "small", "mark",
    "abbr", "bdi", "bdo", "cite", "code", "data", "dfn", "kbd", "meter", "output", "progress", "q",
    "rp", "rt", "ruby", "samp", "del", "ins", "sub", "sup", "time", "var", *_SVG, *_MATHML,
}
# What stands in these is not text for readers.
_DROPPED_WITH_CONTENT = {
    "iframe", "noembed", "noframes", "script", "style", "template", "title",
}
# fmt: on
_SIZE = "height width "
_MEDIA = "controls crossorigin loop muted preload src "
_SHAPE = (
    "class clip-path clip-rule clipPathUnits cx cy d dominant-baseline dx dy fill fill-opacity "
    "fill-rule font-family font-size font-style font-weight fx fy gradientTransform gradientUnits "
    "height letter-spacing marker-end marker-height marker-mid marker-start marker-units "
    "markerHeight markerUnits markerWidth mask maskContentUnits maskUnits offset opacity orient "
    "patternContentUnits patternTransform patternUnits points preserveAspectRatio r refX refY "
    "rotate rx ry spreadMethod stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset "
    "stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor "
    "text-decoration textLength transform vector-effect version viewBox visibility width x x1 x2 "
    "xml:space xmlns y y1 y2"
)
_FORMULA = (
    "accent accentunder align columnalign columnlines columnspacing depth display displaystyle "
    "fence form frame height largeop linethickness lspace mathbackground mathcolor mathsize "
    "mathvariant maxsize minsize movablelimits notation rowalign rowlines rowspacing rspace "
    "scriptlevel separator stretchy symmetric voffset width xmlns"
)
_ATTRIBUTES = {
    tag: set(names.split())
    for tag, names in {
        "*": "class dir id lang role title translate",
        "a": "download href hreflang rel type",
        "area": "alt coords href hreflang rel shape",
        "audio": _MEDIA,
        "blockquote": "cite",
        "col": "span",
        "colgroup": "span",
        "data": "value",
        "del": "cite datetime",
        "details": "name open",
        "img": _SIZE + "alt decoding fetchpriority loading sizes src srcset usemap",
        "input": "checked",
        "ins": "cite datetime",
        "li": "value",
        "map": "name",
        "meter": "high low max min optimum value",
        "ol": "reversed start type",
        "progress": "max value",
        "q": "cite",
        "source": _SIZE + "media sizes src srcset type",
        "td": "align colspan headers rowspan style",
        "th": "abbr align colspan headers rowspan scope style",
        "time": "datetime",
        "track": "default kind label src srclang",
        "video": _SIZE + _MEDIA + "playsinline poster",
        **dict.fromkeys(_SVG, _SHAPE),
        **dict.fromkeys(_MATHML, _FORMULA),
    }.items()
}
_PREFIXES = {"aria-", "data-"}
"""Beginnings of the names of attributes that any tag may have."""
# The only field is a task's check box, whatever the article asks for; readers start what plays.
_SET_ATTRIBUTES = {
    "input": {"type": "checkbox", "disabled": ""},
    "audio": {"controls": ""},
    "video": {"controls": ""},
}
# The outer loop is greedy, not possessive: Python before 3.11.5 leaves a possessive group where its
# last, failed round ended (gh-106052). Nothing is gained by going back, so it stays linear.
_CLOSED_TAG = re.compile(
    r"<(/?)(?!(?:p|li|d[td]|t[rdh]|tbody|thead|tfoot|br|hr|img|input|wbr|col)\b)"
    r"[A-Za-z](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*>",
    re.I,
)
"""Tags that must be closed."""
_MOST_NESTED = 500
_MOST_SEARCHED = 10_000
"""Characters in which the first words of an article are looked for."""
_LONGEST_TITLE = 60
_SCHEMES = {"http", "https", "mailto", "tel"}
_PICTURE_DATA = re.compile(r"data:image/(?:avif|gif|jpeg|png|svg\+xml|webp)[;,]", re.I)
_SCHEME = re.compile(r"\s*(?P<scheme>[^/?#:\s]*):")
_ALIGN = re.compile(r"\s*text-align:\s*(?:left|right|center|justify|start|end)\s*;?\s*")
_URL_IN_STYLE = re.compile(r"url\s*\(\s*(?![\"']?#)|\\|expression|javascript", re.I)
_FRAME = re.compile(r"<iframe\b(?P<attributes>[^<>]*)>", re.I)
_FRAME_ATTRIBUTE = re.compile(
    r"(?<![^\s\"'])(?P<name>src|title|width|height)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>=`]+))",
    re.I,
)
_FRAME_LINK = re.compile(r"<a (?P<attributes>[^<>]*\bclass=\"page-frame\"[^<>]*)>[^<>]*</a>")
_LINK_ATTRIBUTE = re.compile(r"(?P<name>href|title|data-width|data-height)=\"(?P<value>[^\"]*)\"")
_FRAME_ADDRESS = re.compile(r"https://(?P<host>[a-z0-9.-]+(?::\d+)?)(?:[/?#]|\Z)")
_FRAME_RIGHTS = "allow-popups allow-presentation allow-same-origin allow-scripts"


def sanitise(raw: str, frame_hosts: Collection[str] = ()) -> str:
    """Return HTML without scripts, whatever an article or a catalogue holds.

    A frame of one of the hosts stays, and every other one becomes a link.
    """
    clean = partial(
        nh3.clean,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        generic_attribute_prefixes=_PREFIXES,
        link_rel=None,  # the article's own rel stays; no link opens a window
        set_tag_attribute_values=_SET_ATTRIBUTES,
        url_schemes={*_SCHEMES, "data"},
    )
    raw = _FRAME.sub(_frame_as_link, raw) if "<iframe" in raw.lower() else raw
    # What is raised in a filter is lost. Only in the main thread can that be Ctrl-C.
    with ThreadPoolExecutor(1) as thread:
        safe = thread.submit(clean, _drop_deep_tags(raw)).result().strip()
    return _FRAME_LINK.sub(partial(_link_as_frame, hosts=frame_hosts), safe)


def frame_host(address: str) -> str:
    """Return the host of a frame's address; empty where it is not an address of HTTPS."""
    match = _FRAME_ADDRESS.match(address)
    return match["host"] if match else ""


def keeps_tag(name: str) -> bool:
    """Return whether a page keeps a tag, by its name in lower case."""
    return name in _LOWER_TAGS


def is_kept(tag: str, name: str, value: str) -> bool:
    """Return whether a page keeps an attribute as it is; names are in lower case."""
    known = name in _LOWER_ATTRIBUTES.get(tag, ()) or name in _ATTRIBUTES["*"]
    if not known and not name.startswith(tuple(_PREFIXES)):
        return False
    scheme = _SCHEME.match(value) if name in _ADDRESSES else None
    if scheme and scheme["scheme"].lower() not in {*_SCHEMES, "data"}:
        return False
    kept = _attribute(tag, name, value)
    return kept is not None and kept.split() == value.split()


_LOWER_TAGS = {name.lower() for name in _TAGS}
_LOWER_ATTRIBUTES = {
    tag.lower(): {name.lower() for name in names} for tag, names in _ATTRIBUTES.items()
}
_ADDRESSES = {"cite", "href", "poster", "src"}


def _frame_as_link(frame: re.Match[str]) -> str:
    """Return a link to what a frame shows, and the frame, which is removed with its content."""
    values = {
        match["name"].lower(): match["double"] or match["single"] or match["bare"] or ""
        for match in _FRAME_ATTRIBUTE.finditer(frame["attributes"])
    }
    address = html.unescape(values.get("src", "")).strip()
    address = f"https:{address}" if address.startswith("//") else address
    link = ""
    if address:
        name = html.unescape(values.get("title", "")).strip()
        attributes = {"class": f"{OWN_CLASS}frame", "href": address, "title": name}
        attributes |= {
            f"data-{side}": values[side]
            for side in ("width", "height")
            if re.fullmatch(r"\d{1,4}", values.get(side, ""))
        }
        written = "".join(f' {key}="{html.escape(v)}"' for key, v in attributes.items() if v)
        link = f"<a{written}>{html.escape(name or address)}</a>"
    return link + frame[0]


def _link_as_frame(link: re.Match[str], hosts: Collection[str]) -> str:
    """Return the frame for a link if its host is one of those."""
    values = {m["name"]: m["value"] for m in _LINK_ATTRIBUTE.finditer(link["attributes"])}
    host = frame_host(html.unescape(values.get("href", "")))
    if host not in hosts:
        return link[0].replace(f' class="{OWN_CLASS}frame"', "")
    size = "".join(
        f' {side}="{values[f"data-{side}"]}"'
        for side in ("width", "height")
        if f"data-{side}" in values
    )
    title = values.get("title") or host
    return (
        f'<iframe src="{values["href"]}" title="{title}"{size} loading="lazy" allowfullscreen="" '
        f'referrerpolicy="strict-origin-when-cross-origin" sandbox="{_FRAME_RIGHTS}"></iframe>'
    )


def _drop_deep_tags(raw: str) -> str:
    """Return HTML without the tags that are nested too deeply; their text is kept.

    An HTML parser looks through all open tags at each tag.
    """
    depth = 0

    def drop_deep(tag: re.Match[str]) -> str:
        nonlocal depth
        depth += 1 if not tag[1] else -1 if depth else 0
        return tag[0] if depth + bool(tag[1]) <= _MOST_NESTED else ""

    # A page with fewer tags cannot be nested too deeply.
    return _CLOSED_TAG.sub(drop_deep, raw) if raw.count("<") > _MOST_NESTED else raw


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Restrict the values of the attributes on which the page's own style or links depend."""
    if name == "class":
        return (
            " ".join(
                part
                for part in value.split()
                if not part.startswith(OWN_CLASS) or part == "page-frame"
            )
            or None
        )
    if name == "style":
        return value if _ALIGN.fullmatch(value) else None
    if name == "id" and value == MAIN:
        return None
    if name == "srcset":
        return value if _has_safe_addresses(value) else None
    if name.lower() in _PAINT and _URL_IN_STYLE.search(value):
        return None
    if _is_data(value) and name in _ADDRESSES:
        is_picture = (tag == "img" and name == "src") or name == "poster"
        return value if is_picture and _PICTURE_DATA.match(value.strip()) else None
    return value


_PAINT = {
    "clip-path", "fill", "font-family", "marker-end", "marker-mid", "marker-start", "mask",
    "stroke", "transform",
}  # fmt: skip
"""Attributes of SVG whose values may be addresses; those within the page are harmless."""


def _is_data(value: str) -> bool:
    scheme = _SCHEME.match(value)
    return scheme is not None and scheme["scheme"].lower() == "data"


def _has_safe_addresses(value: str) -> bool:
    """Return whether all addresses of a list of pictures are relative, or of HTTP."""
    schemes = (_SCHEME.match(one) for one in value.split(","))
    return all(
        scheme is None or scheme["scheme"].lower() in ("http", "https") for scheme in schemes
    )


def first_heading(raw: str) -> str:
    """Return the text of the first heading that has one; an empty string without any."""
    texts = (nh3.clean(heading[1], tags=set()) for heading in _HEADING.finditer(raw))
    return next((" ".join(html.unescape(text).split()) for text in texts if text.strip()), "")


def first_words(raw: str) -> str:
    """Return the beginning of a text without its tags, at most about 60 characters of it."""
    words = html.unescape(nh3.clean(raw[:_MOST_SEARCHED], tags=set())).split()
    line = ""
    for word in words:
        if len(line) + len(word) > _LONGEST_TITLE:
            return f"{line or word[:_LONGEST_TITLE]}…"
        line = f"{line} {word}".strip()
    return line
