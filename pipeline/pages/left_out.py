"""Find the parts of an article that a page in HTML leaves out, or shows as written."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from pipeline.article import at_offset
from pipeline.findings import Place, Problem
from pipeline.markdown import (
    formula_html,
    html_tags,
    markdown_body,
    parser_view,
    raw_parts,
    render_html,
)
from pipeline.pages.sanitise import frame_host, is_kept, keeps_tag

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pipeline.markdown import HtmlTag
    from pipeline.model import Article

__all__ = ["find_left_out"]

_WITH_CONTENT = ("noembed", "noframes", "script", "style", "template", "title")
_TAG = re.compile(r"<[^<>]*>")
_END = re.compile(r"</(?:p|li|h[1-6]|div|d[dt]|t[dh]|blockquote|summary)>\n?")
_CODE = re.compile(r"<(?:code|pre)\b[^<>]*>[^<>]+")
_KRAMDOWN = re.compile(r"\{:?[ \t]*")
_SIGN = re.compile(r"[^\w\s].*[^\w\s]|[^\w\s]{2}", re.S)
"""Signs of syntax; one alone is as likely text."""
_NEVER_RENDERED = re.compile(r"\{[a-z][\w:+.-]*\}`|::[\w-]")
"""Roles of MyST and directives in a line."""
_LONGEST_SHOWN = 40


def find_left_out(article: Article, frame_hosts: Collection[str]) -> list[tuple[Problem, Place]]:
    """Return what a page in HTML lacks of an article, with its places, in order.

    Comments are not for readers, and so are not among it.
    """
    body, shift = markdown_body(article.data)
    found = [*_left_out_parts(body, frame_hosts), *_shown_as_they_stand(body)]
    results = []
    for start, end, code, message in sorted(found):
        first, last = (at_offset(article.path, article.data, at + shift) for at in (start, end))
        place = Place(article.path, first.line, first.column, last.line, last.column)
        results.append((Problem(code, message), place))
    return results


def _left_out_parts(body: str, frame_hosts: Collection[str]) -> Iterator[tuple[int, int, str, str]]:
    """Yield the tags, attributes and addresses that a page leaves out; offsets in bytes."""
    data = body.encode()
    for kind, start, end, address in raw_parts(body):
        if kind == "html":
            for tag in html_tags(data[start:end]):
                for code, message in _faults_of_tag(tag, frame_hosts):
                    yield start + tag.start, start + tag.end, code, message
        else:
            tag_name, name = ("img", "src") if kind == "image" else ("a", "href")
            if not is_kept(tag_name, name, address):
                yield start, end, "HT103", f"address {_short(address)} is left out of pages in HTML"


def _faults_of_tag(tag: HtmlTag, frame_hosts: Collection[str]) -> Iterator[tuple[str, str]]:
    if tag.name == "iframe":
        yield from _faults_of_frame(dict(tag.attributes), frame_hosts)
        return
    if not keeps_tag(tag.name):
        rest = "all that is in it" if tag.name in _WITH_CONTENT else "only the text in it stays"
        joint = "with " if tag.name in _WITH_CONTENT else ""
        yield "HT101", f"<{tag.name}> is left out of pages in HTML: {joint}{rest}"
        return
    for name, value in tag.attributes:
        if not is_kept(tag.name, name, value):
            yield "HT103", f"attribute '{name}' of <{tag.name}> is left out of pages in HTML"


def _faults_of_frame(
    attributes: dict[str, str], frame_hosts: Collection[str]
) -> Iterator[tuple[str, str]]:
    address = attributes.get("src", "").strip()
    host = frame_host(f"https:{address}" if address.startswith("//") else address)
    if not address:
        yield "HT101", "<iframe> without an address is left out of pages in HTML"
    elif host not in frame_hosts:
        advice = f"add '{host}' to the setting 'frame_hosts'" if host else "expected https://…"
        yield "HT102", f"frame of {_short(address)} becomes a link in pages in HTML: {advice}"


def _shown_as_they_stand(body: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield formulas that cannot be read, and syntax whose signs readers see."""
    view = parser_view(body)
    if view is None:
        return
    shown = _signs_on_page(render_html(body, {}))
    data = body.encode()
    for start, end, is_same in view.origins:
        if is_same:
            continue
        sign = data[start:end].decode().strip()
        if sign.startswith(("$", "\\")):
            if formula_html(sign).startswith("<code"):
                message = f"formula {_short(sign)} cannot be read: pages in HTML show its TeX"
                yield start, end, "HT105", message
        elif _NEVER_RENDERED.match(sign) or _plain(sign) in shown:
            message = f"{_short(sign)} is of another program: pages in HTML show it as it stands"
            yield start, end, "HT104", message


def _signs_on_page(raw: str) -> set[str]:
    """Return the syntax of other programs in the words of a page, except in code."""
    text = html.unescape(_TAG.sub("", _END.sub("\n\n", _CODE.sub("    code", raw))))
    view = parser_view(text)
    if view is None:
        return set()
    data = text.encode()
    signs = {
        data[start:end].decode().strip() for start, end, is_same in view.origins if not is_same
    }
    return {_plain(sign) for sign in signs if _SIGN.search(sign) and not sign.startswith("<")}


def _plain(sign: str) -> str:
    """Return a sign as a page shows it: attributes of kramdown lose their colon."""
    return _KRAMDOWN.sub("{", sign)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…")
