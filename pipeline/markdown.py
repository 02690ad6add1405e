"""Markdown as pyromark sees it: block events, and the byte range of the text between them.

The only module that imports the parser. Ranges count bytes of UTF-8; a byte-order mark and
front matter are not Markdown and are cut off before.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import pyromark

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Inline", "Run", "blocks", "definitions", "events", "fold", "inline", "to_html"]

_O = pyromark.Options
_OPTIONS = (
    _O.ENABLE_TABLES
    | _O.ENABLE_FOOTNOTES
    | _O.ENABLE_STRIKETHROUGH
    | _O.ENABLE_TASKLISTS
    | _O.ENABLE_HEADING_ATTRIBUTES
    | _O.ENABLE_GFM
)
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})
# Images whose text is not the label of a reference as well.
_OWN_TEXT = ("Inline", "Reference")
# A word in front makes any text a paragraph, whatever it begins with.
_GUARD = "x "
_MARKS = re.compile(r"[*_~`\[\]<>\\\n]")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ATOMS = {"Code": "code", "InlineHtml": "tag", "HardBreak": "break"}
_LETTER = re.compile(r"[^\W\d_]")
_BREAK = re.compile(rb"[ \t]*(?:\r\n|\n|\r)")


class Run(NamedTuple):
    """The inline events between two block events."""

    start: int
    end: int
    words: bool
    """Whether there is a letter outside of code and addresses."""
    hard: frozenset[int]
    """Offsets of the hard breaks."""
    image: bool
    """Whether it is one image and nothing else, with a text of its own."""
    alt: tuple[int, int]
    """Where the text of that image is."""


def blocks(  # noqa: C901 - the hot loop: one pass over every event, no call per event
    body: str, data: bytes, shift: int
) -> Iterator[tuple[Any, int, int, Run | None]]:
    """Yield each block event with its range and the run of inline events before it.

    Offsets count from the start of ``data``, in which the Markdown begins at ``shift``.
    """
    start = -1
    end = 0
    words = quiet = False
    hard: list[int] = []
    image: Any = None
    alt = (0, 0)
    event: Any
    for event, place in pyromark.events_with_range(body, options=_OPTIONS):
        if type(event) is str:
            if event == "HardBreak":
                hard.append(place["start"] + shift)
            elif event == "Rule":
                yield event, place["start"] + shift, place["end"] + shift, None
            continue
        key, value = next(iter(event.items()))
        if key == "Text":
            if not words and not quiet and _LETTER.search(value):
                words = True
        elif key == "Start" or key == "End":
            name = value if type(value) is str else next(iter(value))
            if name not in _INLINE:
                run = None
                if start >= 0:
                    alone = image is not None and image == (start, end) and alt[1] > alt[0]
                    run = Run(start, end, words, frozenset(hard), alone, alt)
                    start = -1
                    hard = []
                    image = None
                    words = False
                quiet = name == "CodeBlock" and key == "Start"
                yield event, place["start"] + shift, place["end"] + shift, run
                continue
            if name == "Link":
                quiet = key == "Start" and value["Link"]["link_type"] in ("Autolink", "Email")
            elif name == "Image" and start < 0 and value["Image"]["link_type"] in _OWN_TEXT:
                image = (place["start"] + shift, place["end"] + shift)
                alt = (image[0] + 2, image[0] + 2)
        elif key in ("Html", "TaskListMarker"):
            yield event, place["start"] + shift, place["end"] + shift, None
            continue
        if start < 0:
            start = place["start"] + shift
            end = 0
            if data[start - 1 : start] == b"\\":  # an escape leaves its backslash out
                start -= 1
        elif image is not None and not (key == "End" and name == "Image"):
            alt = (alt[0], place["end"] + shift)
        if place["end"] + shift > end:
            end = place["end"] + shift


def events(text: str) -> Iterator[tuple[Any, str]]:
    """Yield pyromark's events with the source text of each."""
    raw = text.encode("utf-8")
    for event, place in pyromark.events_with_range(text, options=_OPTIONS):
        yield event, raw[place["start"] : place["end"]].decode("utf-8", "replace")


class Inline(NamedTuple):
    """One inline construct of a segment; offsets in code points."""

    kind: str
    """emphasis, strong, strikethrough, link, image, code, tag, address, break or escape."""
    start: int
    end: int
    inner_start: int
    """Where the text between its marks begins; equal to ``end`` where there is none."""
    inner_end: int
    target: str = ""
    """Address of a link or image (``ref:`` and the label for a reference), code, tag."""
    label: str = ""
    """Label of a reference whose own text is the label."""


def inline(text: str, labels: frozenset[str] = frozenset()) -> list[Inline]:
    """Find the inline constructs of one segment, inner ones before outer ones.

    ``labels`` are the reference labels that the article defines, case-folded.
    """
    if not _MARKS.search(text):
        return []

    def resolve(link: Any) -> tuple[str, str] | None:
        label = link["reference"].casefold()
        return ("ref:" + label, "") if label in labels else None

    raw = (_GUARD + text).encode("utf-8")
    points = list(accumulate((byte & 0xC0 != 0x80 for byte in raw), initial=-len(_GUARD)))
    found: list[Inline] = []
    inside: list[list[int]] = [[]]
    links: list[Any] = []
    event: Any
    for event, place in pyromark.events_with_range(
        _GUARD + text, options=_OPTIONS, broken_link_callback=resolve
    ):
        key, value = (
            (event, "") if event in ("SoftBreak", "HardBreak") else next(iter(event.items()))
        )
        start, end = points[place["start"]], points[place["end"]]
        if key == "Start" or key == "End":
            name, detail = (value, {}) if isinstance(value, str) else next(iter(value.items()))
            if name not in _INLINE:
                continue
            if key == "Start":
                inside.append([])
                links.append(detail)
                continue
            found.append(_closed(name, start, end, inside.pop(), links.pop()))
        elif key == "Text":
            if start > 0 and text[start - 1] == "\\" and text[start] in _ESCAPABLE:
                start -= 1
                found.append(Inline("escape", start, start + 2, start + 2, start + 2))
        elif key in _ATOMS:
            found.append(Inline(_ATOMS[key], start, end, end, end, str(value)))
        inside[-1] += (start, end)
    return found


def _closed(name: str, start: int, end: int, inside: list[int], link: Any) -> Inline:
    if not link:
        return Inline(
            name.lower(), start, end, *((min(inside), max(inside)) if inside else (end, end))
        )
    kind, target = link["link_type"], link["dest_url"]
    if kind in ("Autolink", "Email") or not inside:
        return Inline("address" if inside else name.lower(), start, end, end, end, target)
    label = link["id"] if kind.startswith(("Shortcut", "Collapsed")) else ""
    return Inline(name.lower(), start, end, min(inside), max(inside), target, label)


def definitions(body: str) -> dict[str, Any]:
    """Give the link reference definitions, by label."""
    # Asking costs a second pass, so it is done only where a definition can be.
    return dict(pyromark.reference_definitions(body, options=_OPTIONS)) if "]:" in body else {}


def fold(raw: bytes, depth: int, hard: frozenset[int] = frozenset()) -> str:
    """Fold soft line breaks into one space each and take the container's prefix away.

    ``depth`` is the number of block quotes around, whose ``>`` may open each line;
    ``hard`` holds the offsets at which a hard break begins.
    """
    if b"\n" not in raw and b"\r" not in raw:
        return raw.decode("utf-8")
    prefix = re.compile(rb"(?:[ \t]*>){0,%d}[ \t]*" % depth)
    parts: list[bytes] = []
    at = 0
    for found in _BREAK.finditer(raw):
        parts.append(raw[at : found.start()])
        if found.start() in hard:
            parts.append(found[0].rstrip(b"\r\n") + b"\n")
        elif found.start() - 1 in hard:  # a backslash before the line end
            parts.append(b"\n")
        else:
            parts.append(b" ")
        rest = prefix.match(raw, found.end())
        at = rest.end() if rest else found.end()
    parts.append(raw[at:])
    return b"".join(parts).decode("utf-8")


def to_html(text: str) -> str:
    """Render to HTML; raw HTML passes through, so the result must be sanitised."""
    return pyromark.html(text, options=_OPTIONS)
