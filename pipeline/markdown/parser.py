"""Markdown as pyromark sees it: block events, and the byte range of the text between them.

The only module that imports the parser. Ranges count bytes of UTF-8; a byte-order mark and
front matter are not Markdown and are cut off before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import pyromark

from pipeline.markdown.dialects.foreign import find
from pipeline.markdown.dialects.view import parser_view, stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.markdown.dialects.foreign import Opaque
    from pipeline.markdown.dialects.view import View

__all__ = ["Block", "Inline", "Run", "blocks", "definitions", "inline", "to_html"]

_O = pyromark.Options
_OPTIONS = (
    _O.ENABLE_TABLES
    | _O.ENABLE_FOOTNOTES
    | _O.ENABLE_STRIKETHROUGH
    | _O.ENABLE_TASKLISTS
    | _O.ENABLE_HEADING_ATTRIBUTES
    | _O.ENABLE_GFM
)
_LISTS = _OPTIONS | _O.ENABLE_DEFINITION_LIST
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})
# Images whose text is not the label of a reference as well.
_OWN_TEXT = ("Inline", "Reference")
# The parser leaves the empty brackets behind these out of their ranges.
_COLLAPSED = ("Collapsed", "CollapsedUnknown")
# A word in front makes any text a paragraph, whatever it begins with; a plain blank behind
# it could become part of a hard break.
_GUARD = "x\u00a0"
_MARKS = re.compile(r"[*_~`\[\]<>\\\n]")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ATOMS = {"Code": "code", "InlineHtml": "tag", "HardBreak": "break"}
_LONE = re.compile(r"\r(?!\n)")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
"""Halves of characters, which no file has but a command line can; the parser takes none."""
_LETTER = re.compile(r"[^\W\d_]")


class Run(NamedTuple):
    """The inline events between two block events; offsets in bytes of the file."""

    start: int
    end: int
    words: bool
    """Whether there is a letter outside of code and addresses."""
    hard: Sequence[int]
    """Offsets of the hard breaks."""
    alt_end: int
    """Where the text of an image ends that stands alone and has a text of its own; else 0.
    It begins two bytes behind the start."""


class Block(NamedTuple):
    """One block event."""

    key: str
    """Start, End, Html, Rule or TaskListMarker."""
    name: str
    """Paragraph, Heading, List …; what begins or ends."""
    detail: Any
    """What the parser says of it, if anything."""
    start: int
    end: int
    run: Run | None
    """The inline events before it."""


def blocks(body: str, data: bytes, shift: int) -> Iterator[Block]:
    """Yield each block event with the run of inline events before it.

    Offsets count from the start of ``data``, in which the Markdown begins at ``shift``. What
    other programs read is not parsed (`dialects`).
    """
    # In raw HTML the parser takes the line end of an old Mac for none.
    body = _LONE.sub("\n", body) if "\r" in body else body
    seen = parser_view(body)
    return _placed(seen, shift) if seen else _events(body, data, shift, _OPTIONS)


def _placed(seen: View, shift: int) -> Iterator[Block]:
    """Yield the events of what the parser sees, with their places in the file."""
    options = _LISTS if seen.definitions else _OPTIONS
    for key, name, detail, start, end, run in _events(seen.text, seen.text.encode(), 0, options):
        if run:
            run = Run(
                seen.start(run.start) + shift,
                seen.end(run.end) + shift,
                run.words,
                [seen.start(at) + shift for at in run.hard],
                run.alt_end and seen.end(run.alt_end) + shift,
            )
        yield Block(key, name, detail, seen.start(start) + shift, seen.end(end) + shift, run)


def _events(  # noqa: C901 - the hot loop: one pass over every event, no call per event
    body: str, data: bytes, shift: int, options: Any
) -> Iterator[Block]:
    nothing: Any = {}
    first = last = image = nothing
    alt_end = collapsed_end = 0
    words = quiet = False
    hard: list[int] = []
    search = _LETTER.search
    event: Any
    detail: Any
    for event, place in pyromark.events_with_range(body, options=options):
        if event.__class__ is str:
            if event == "HardBreak":
                hard.append(place["start"] + shift)
            elif event == "Rule":
                yield Block(event, "", None, place["start"] + shift, place["end"] + shift, None)
            continue
        if "Text" in event:
            if not first:
                first = place
            last = place
            if not words and not quiet and search(event["Text"]):
                words = True
            continue
        key, value = next(iter(event.items()))
        if key == "Start" or key == "End":
            name, detail = (value, None) if value.__class__ is str else next(iter(value.items()))
            if name not in _INLINE:
                run = None
                if first:
                    start, end = first["start"] + shift, max(last["end"], collapsed_end) + shift
                    alone = bool(image) and image["end"] == last["end"]
                    if data[start - 1] == 92 and start > shift:  # an escape's backslash
                        start -= 1
                    run = Run(start, end, words, hard, alt_end + shift if alone else 0)
                    first = last = image = nothing
                    words = False
                    hard = []
                quiet = name == "CodeBlock" and key == "Start"
                yield Block(key, name, detail, place["start"] + shift, place["end"] + shift, run)
                continue
            if key == "Start" and detail and detail["link_type"] in _COLLAPSED:
                collapsed_end = place["end"] + len("[]")
            if name == "Link":
                quiet = key == "Start" and detail["link_type"] in ("Autolink", "Email")
            elif name == "Image" and key == "Start":
                if not first and detail["link_type"] in _OWN_TEXT:
                    image = place
            elif name == "Image" and place == image:
                if last == image:  # no text in it
                    image = nothing
                else:
                    alt_end = last["end"]
        elif key == "Html" or key == "TaskListMarker":
            yield Block(key, "", value, place["start"] + shift, place["end"] + shift, None)
            continue
        if not first:
            first = place
        last = place


class Inline(NamedTuple):
    """One inline construct of a segment; offsets in code points."""

    kind: str
    """emphasis, strong, strikethrough, link, image, code, tag, address, break, escape or
    placeholder."""
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
    parts = find(text)
    if not parts:
        return _constructs(text, labels) if _MARKS.search(text) else []
    sign = stand_in(text)
    shown, places = _hidden(text, parts, sign)
    raw = {part.start: part for part in parts}
    starts = list(raw)
    found = []
    for item in _constructs(shown, labels, sign):
        start, end, first, last = (places[at] for at in item[1:5])
        kind, target = item.kind, item.target
        if kind == "placeholder":
            kind, target = raw[start].kind, text[start:end]
        elif sign in target:
            behind = bisect_left(starts, end)
            inside = parts[max(bisect_left(starts, start), behind - target.count(sign)) : behind]
            target = _shown_again(target, sign, [text[p.start : p.end] for p in inside])
        found.append(Inline(kind, start, end, first, last, target, item.label))
    return found


def _hidden(text: str, parts: Sequence[Opaque], sign: str) -> tuple[str, list[int]]:
    """Put one sign in the place of each part; give the places of what is left, and of the end."""
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for part in parts:
        pieces += (text[at : part.start], sign)
        places += (*range(at, part.start), part.start)
        at = part.end
    return "".join([*pieces, text[at:]]), [*places, *range(at, len(text) + 1)]


def _shown_again(target: str, sign: str, parts: Sequence[str]) -> str:
    """Put what is hidden back into an address or code."""
    hidden = iter(parts)
    return "".join(next(hidden, sign) if char == sign else char for char in target)


def _constructs(text: str, labels: frozenset[str], sign: str = "") -> list[Inline]:
    """Find the constructs of the parser, and each ``sign`` that stands in a text."""

    def resolve(link: Any) -> tuple[str, str] | None:
        label = link["reference"].casefold()
        return ("ref:" + label, "") if label in labels else None

    text = _SURROGATE.sub("\ufffd", text)
    raw = (_GUARD + text).encode("utf-8")
    points = list(accumulate((byte & 0xC0 != 0x80 for byte in raw), initial=-len(_GUARD)))
    found: list[Inline] = []
    inside: list[list[int]] = [[]]
    links: list[Any] = []
    event: Any
    for event, place in pyromark.events_with_range(
        _GUARD + text, options=_OPTIONS, broken_link_callback=resolve
    ):
        key, value = (event, "") if event.__class__ is str else next(iter(event.items()))
        start, end = points[place["start"]], points[place["end"]]
        if key == "Start" or key == "End":
            name, detail = (value, {}) if isinstance(value, str) else next(iter(value.items()))
            if name not in _INLINE:
                continue
            if key == "Start":
                inside.append([])
                links.append(detail)
                continue
            link = links.pop()
            end += len("[]") if link and link["link_type"] in _COLLAPSED else 0
            found.append(_closed(name, start, end, inside.pop(), link))
        elif key == "Text":
            if start > 0 and text[start - 1] == "\\" and text[start] in _ESCAPABLE:
                start -= 1
                found.append(Inline("escape", start, start + 2, start + 2, start + 2))
            if sign and sign in value:
                signs = (at for at in range(max(start, 0), end) if text[at] == sign)
                found += [Inline("placeholder", at, at + 1, at + 1, at + 1) for at in signs]
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
    if "]:" not in body:
        return {}
    seen = parser_view(body)
    return dict(pyromark.reference_definitions(seen.text if seen else body, options=_OPTIONS))


def to_html(text: str) -> str:
    """Render to HTML; raw HTML passes through, so the result must be sanitised."""
    return pyromark.html(text, options=_OPTIONS)
