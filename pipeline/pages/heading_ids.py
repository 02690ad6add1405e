"""Heading ids as GitHub makes them, kept in every language.

A renderer makes the id of a heading from its text, so a translated heading gets another one, and
links to the old one lead nowhere. Such a heading gets its old id back.

GitHub's rule (the package `github-slugger`, derived from GitHub's behaviour): the text in lower
case without any character that is not a letter (those in circles included), mark, digit,
underscore, hyphen or space, a hyphen for each space, and -1, -2 … after an id that is taken;
nothing is merged or trimmed. Docusaurus and Hugo do the same; Astro removes a hyphen at the end;
kramdown and Python-Markdown drop characters that are not ASCII and merge hyphens, and count in
other ways. For them links with such ids are not recognised here.
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
    """Beginning and end of a byte range, and its replacement."""

__all__ = ["Heading", "github_slug", "headings", "keep_heading_ids"]

_ID_CATEGORIES = ("L", "M", "Nd", "Nl", "Pc")
"""Categories of Unicode that stay in an id; hyphens and spaces, too."""
_CIRCLED = re.compile(
    "[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]"
)
"""Letters in circles and squares: symbols by their category, but alphabetic, and so they stay."""
_LINK = re.compile(r"""\]\(\s*<?#([^\s)>]+)|\b(?i:href)\s*=\s*["']?#([^"'\s>]+)""")
_TAG_ID = re.compile(r"""<[a-zA-Z][^<>]*?\s(?i:id|name)\s*=\s*["']?([^"'\s>]+)""")
_NO_TEXT = ("image", "placeholder")


class Heading(NamedTuple):
    """Heading of a file; offsets in bytes."""

    start: int
    """Beginning of its text."""
    end: int
    """End of its text."""
    id: str
    """Id given by the author, or GitHub's."""
    is_explicit: bool
    """True if the author gave the id."""


def github_slug(text: str) -> str:
    """Return the id of a heading whose text has no markup, as GitHub and generators make it.

    The slugs of sections in catalogues are others: `pipeline.article.reading.context_slug`.
    """
    return "".join(filter(_belongs_in_id, text.lower())).replace(" ", "-")


def _belongs_in_id(char: str) -> bool:
    is_kept = char in "- " or unicodedata.category(char).startswith(_ID_CATEGORIES)
    return is_kept or _CIRCLED.match(char) is not None


def headings(data: bytes) -> list[Heading]:
    """Return the headings of a file with their ids, in order; headings without text are left out.

    Equal ids are numbered as they come: -1 for the second one, and so on.
    """
    body, shift = markdown_body(data)
    labels = frozenset(label.casefold() for label in definitions(body))
    result: list[Heading] = []
    counts: dict[str, int] = {}
    depth, explicit_id = 0, ""
    for key, name, detail, _, _, run in blocks(body, data, shift):
        if name == "BlockQuote":
            depth += (key == "Start") - (key == "End")
        elif name == "Heading" and key == "Start":
            explicit_id = detail["id"] or ""
        elif name == "Heading" and run is not None:
            text = visible(fold(data[run.start : run.end], depth), labels, _NO_TEXT)
            slug = explicit_id or _number_id(github_slug(text), counts)
            result.append(Heading(run.start, run.end, slug, bool(explicit_id)))
    return result


def _number_id(slug: str, counts: dict[str, int]) -> str:
    """Return an id, numbered if it is taken, and record it."""
    candidate = slug
    while candidate in counts:
        counts[slug] += 1
        candidate = f"{slug}-{counts[slug]}"
    counts[candidate] = 0
    return candidate


def keep_heading_ids(source: bytes, built: bytes, way: str, *, all_headings: bool = False) -> bytes:
    """Add the ids of the source's headings to a built article, where links need them.

    Both have the same headings in the same order, as `skeleton_of` ensures. ``way`` is ``anchor``
    (``<a id="…"></a>`` before the text), ``attribute`` (``{#…}`` after it) or ``none``. A heading
    is left alone if it has an id of its own, or if its old id is that of a heading of the built
    article. An anchor is added only where a link of the article leads; an attribute everywhere, for
    links of other articles. With ``all_headings`` each heading gets its id, even one that it would
    have by itself.
    """
    if way == "none" or (source == built and not all_headings):
        return built
    links = _linked_ids(built)
    if way == "anchor" and not (links or all_headings):
        return built
    return replace_ranges(built, _edits(source, built, links, "all" if all_headings else way))


def _edits(source: bytes, built: bytes, links: frozenset[str], way: str) -> Iterator[_Edit]:
    old, new = headings(source), headings(built)
    if len(old) != len(new):  # only where a build was not judged by its skeleton
        return
    page = _Page(built, links, frozenset({heading.id for heading in new} | _tag_ids(built)))
    edits = {"anchor": page.anchor, "attribute": page.attribute, "all": page.both}[way]
    for old_heading, new_heading in zip(old, new, strict=True):
        if old_heading.id and not old_heading.is_explicit:
            yield from edits(new_heading, old_heading.id)


class _Page(NamedTuple):
    """Built article whose headings may get the ids that they have in the source."""

    data: bytes
    links: frozenset[str]
    """Ids that its links lead to."""
    ids: frozenset[str]
    """Ids that it has already."""

    def anchor(self, heading: Heading, old_id: str) -> Iterator[_Edit]:
        """Yield an anchor if a link leads to the old id."""
        if old_id in self.links and old_id not in self.ids:
            yield _anchor(heading, old_id)

    def attribute(self, heading: Heading, old_id: str) -> Iterator[_Edit]:
        """Yield an attribute, or an anchor if a link needs the new id as well."""
        if old_id in self.ids:
            return
        if heading.id in self.links:
            yield _anchor(heading, old_id)
        else:
            yield _attribute(self.data, heading, old_id)

    def both(self, heading: Heading, old_id: str) -> Iterator[_Edit]:
        """Yield the old id as an attribute, and the new one as an anchor if a link needs it."""
        if heading.id in self.links and heading.id != old_id:
            yield _anchor(heading, heading.id)
        yield _attribute(self.data, heading, old_id)


def _anchor(heading: Heading, name: str) -> _Edit:
    """Return the edit that adds an id before a heading's text."""
    return heading.start, heading.start, f'<a id="{html.escape(name)}"></a>'.encode()


def _attribute(built: bytes, heading: Heading, name: str) -> _Edit:
    """Return the edit that adds an id after a heading's closing signs, or to its attributes."""
    line = re.compile(rb"[^\r\n]*").match(built, heading.end)
    end = line.end() if line else heading.end
    rest = built[heading.end : end]
    bare = heading.end + len(rest.rstrip())
    # The heading has attributes already, of which there may be one list.
    if rest.rstrip().endswith(b"}") and b"{" in rest:
        return bare - 1, bare - 1, f" #{name}".encode()
    return bare, end, f" {{#{name}}}".encode()


def _linked_ids(data: bytes) -> frozenset[str]:
    """Return the ids that links of an article lead to, within itself."""
    if b"#" not in data:
        return frozenset()
    body, _ = markdown_body(data)
    ids = {markdown_id or html_id for markdown_id, html_id in _LINK.findall(body)}
    for link in definitions(body).values():
        if link["dest"].startswith("#"):
            ids.add(link["dest"][1:])
    return frozenset(unquote(html.unescape(name)) for name in ids)


def _tag_ids(data: bytes) -> set[str]:
    """Return the ids of the tags of an article."""
    return set(_TAG_ID.findall(data.decode("utf-8", "replace")))
