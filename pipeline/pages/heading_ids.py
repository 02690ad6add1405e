"""Ids of headings, as GitHub makes them, kept in every language.

A renderer makes the id of a heading from its text, so a translated heading gets another one, and
links to the old one lead nowhere. Such a heading gets its old id back.

GitHub's rule (the package `github-slugger`, found out from what GitHub does): the text in lower
case without what is no letter, mark, digit, underscore, hyphen or blank (U+0020; letters in
circles count as letters), a hyphen for each blank, and -1, -2 … behind what is there already;
nothing is merged or trimmed. Docusaurus and Hugo do the same; Astro takes a hyphen at the end
away; kramdown and Python-Markdown drop what is not ASCII and merge hyphens, and count in other
ways. For them links with such ids are not seen here.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from pipeline.article import fold
from pipeline.markdown import blocks, definitions, markdown_body, visible
from pipeline.ranges import replace_ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    _Edit = tuple[int, int, bytes]
    """Where bytes begin and end, and what is to stand there."""

__all__ = ["Heading", "github_slug", "headings", "pinned"]

_KEPT = ("L", "M", "Nd", "Nl", "Pc")
"""Categories of Unicode that stay in an id; hyphens and blanks, too."""
_CIRCLED = re.compile(
    "[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]"
)
"""Letters in circles and squares: symbols by their category, but alphabetic, and so they stay."""
_LINK = re.compile(r"""\]\(\s*<?#([^\s)>]+)|\b(?i:href)\s*=\s*["']?#([^"'\s>]+)""")
_OWN = re.compile(r"""<[a-zA-Z][^<>]*?\s(?i:id|name)\s*=\s*["']?([^"'\s>]+)""")
_NO_TEXT = ("image", "placeholder")


class Heading(NamedTuple):
    """A heading of a file; offsets in bytes."""

    start: int
    """Where its text begins."""
    end: int
    """Where its text ends."""
    id: str
    """The one that it is given, or GitHub's."""
    own: bool
    """Whether it is given one."""


def github_slug(text: str) -> str:
    """Return the id of a heading whose text has no markup, as GitHub and generators make it.

    The slugs of sections in catalogues are others: `pipeline.article.reading.context_slug`.
    """
    return "".join(filter(_stays, text.lower())).replace(" ", "-")


def _stays(char: str) -> bool:
    kept = char in "- " or unicodedata.category(char).startswith(_KEPT)
    return kept or _CIRCLED.match(char) is not None


def headings(data: bytes) -> list[Heading]:
    """Give the headings of a file in order, each with its id; those without text have none.

    Ids are numbered as they come: -1 for the second one, and so on.
    """
    body, shift = markdown_body(data)
    labels = frozenset(label.casefold() for label in definitions(body))
    found: list[Heading] = []
    used: dict[str, int] = {}
    depth, own = 0, ""
    for key, name, detail, _, _, run in blocks(body, data, shift):
        if name == "BlockQuote":
            depth += (key == "Start") - (key == "End")
        elif name == "Heading" and key == "Start":
            own = detail["id"] or ""
        elif name == "Heading" and run is not None:
            text = visible(fold(data[run.start : run.end], depth), labels, _NO_TEXT)
            slug = own or _unique(github_slug(text), used)
            found.append(Heading(run.start, run.end, slug, bool(own)))
    return found


def _unique(slug: str, used: dict[str, int]) -> str:
    """Number an id that is there already."""
    free = slug
    while free in used:
        used[slug] += 1
        free = f"{slug}-{used[slug]}"
    used[free] = 0
    return free


def pinned(source: bytes, built: bytes, way: str, *, all_headings: bool = False) -> bytes:
    """Give headings of a built article the ids of their source, where links need them.

    Both have the same headings in the same order, as `skeleton_of` says. ``way`` is
    ``anchor`` (``<a id="…"></a>`` before the text), ``attribute`` (``{#…}`` behind it) or
    ``none``. A heading is left alone that has an id of its own, or whose old id is that of a
    heading of the built article. An anchor is put only where a link of the article leads; an
    attribute everywhere, for links of other articles. With ``all_headings`` each heading gets its
    id, even one that it would have by itself.
    """
    if way == "none" or (source == built and not all_headings):
        return built
    links = _linked(built)
    if way == "anchor" and not (links or all_headings):
        return built
    return replace_ranges(built, _edits(source, built, links, "all" if all_headings else way))


def _edits(source: bytes, built: bytes, links: frozenset[str], way: str) -> Iterator[_Edit]:
    old, new = headings(source), headings(built)
    if len(old) != len(new):  # only where a build was not judged by its skeleton
        return
    page = _Page(built, links, frozenset({heading.id for heading in new} | _ids(built)))
    edits = {"anchor": page.anchor, "attribute": page.attribute, "all": page.both}[way]
    for before, now in zip(old, new, strict=True):
        if before.id and not before.own:
            yield from edits(now, before.id)


class _Page(NamedTuple):
    """A built article whose headings may get the ids that they have in the source."""

    data: bytes
    links: frozenset[str]
    """Ids that its links lead to."""
    ids: frozenset[str]
    """Ids that it has already."""

    def anchor(self, heading: Heading, old_id: str) -> Iterator[_Edit]:
        """Yield an anchor where a link leads to the old id."""
        if old_id in self.links and old_id not in self.ids:
            yield _anchor(heading, old_id)

    def attribute(self, heading: Heading, old_id: str) -> Iterator[_Edit]:
        """Yield an attribute; an anchor where a link needs the new id as well."""
        if old_id in self.ids:
            return
        if heading.id in self.links:
            yield _anchor(heading, old_id)
        else:
            yield _attribute(self.data, heading, old_id)

    def both(self, heading: Heading, old_id: str) -> Iterator[_Edit]:
        """Yield the old id as an attribute, and the new one as an anchor where a link needs it."""
        if heading.id in self.links and heading.id != old_id:
            yield _anchor(heading, heading.id)
        yield _attribute(self.data, heading, old_id)


def _anchor(heading: Heading, name: str) -> _Edit:
    """Put an id before a heading's text."""
    return heading.start, heading.start, f'<a id="{html.escape(name)}"></a>'.encode()


def _attribute(built: bytes, heading: Heading, name: str) -> _Edit:
    """Put an id behind a heading's text and closing signs, or into the attributes it has."""
    line = re.compile(rb"[^\r\n]*").match(built, heading.end)
    end = line.end() if line else heading.end
    rest = built[heading.end : end]
    bare = heading.end + len(rest.rstrip())
    if rest.rstrip().endswith(b"}") and b"{" in rest:
        return bare - 1, bare - 1, f" #{name}".encode()
    return bare, end, f" {{#{name}}}".encode()


def _linked(data: bytes) -> frozenset[str]:
    """Give the ids that links of an article lead to, within itself."""
    if b"#" not in data:
        return frozenset()
    body, _ = markdown_body(data)
    found = {one or other for one, other in _LINK.findall(body)}
    for link in definitions(body).values():
        if link["dest"].startswith("#"):
            found.add(link["dest"][1:])
    return frozenset(unquote(html.unescape(name)) for name in found)


def _ids(data: bytes) -> set[str]:
    """Give the ids that tags of an article have."""
    return set(_OWN.findall(data.decode("utf-8", "replace")))
