"""Parse Markdown with pyromark: block events, and the byte ranges of the text between them.

This is the only module that imports the parser. Ranges count bytes of UTF-8; a byte-order mark and
front matter are not Markdown and must be cut off before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import pyromark

from pipeline.markdown.dialects.foreign import find_opaque
from pipeline.markdown.dialects.view import parser_view, stand_in
from pipeline.ranges import replace_ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.markdown.dialects.foreign import OpaquePart
    from pipeline.markdown.dialects.view import View

__all__ = ["Block", "Inline", "Run", "blocks", "definitions", "inline", "raw_parts", "to_html"]

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
_ELEMENTS = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})
_INLINE = _ELEMENTS | {"InlineHtml", "FootnoteReference", "SoftBreak", "HardBreak"}
# Images whose text is not the label of a reference as well.
_OWN_TEXT = ("Inline", "Reference")
# The parser leaves the empty brackets behind these out of their ranges.
_COLLAPSED = ("Collapsed", "CollapsedUnknown")
# A word in front makes any text a paragraph, whatever it begins with; a plain space behind
# it could become part of a hard break.
_GUARD = "x\u00a0"
_MARKS = re.compile(r"[*_~`\[\]<>\\\n]")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ADDRESSES = ("Autolink", "Email")
_END_OF_CODE = {"End": "CodeBlock"}
_BACKSLASH = ord("\\")
_CHARACTER_STARTS = bytes(byte & 0xC0 != 0x80 for byte in range(256))
"""Table for `bytes.translate`: 1 where a character of UTF-8 begins, else 0."""
_ATOMS = {"Code": "code", "InlineHtml": "tag", "HardBreak": "break", "SoftBreak": "break"}
_LONE_RETURN = re.compile(r"\r(?!\n)")
_STAND_INS = re.compile(r"[\ue000-\uf8ff]+")
"""Characters that a view has in place of syntax of other programs."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
"""Surrogates, which no file has but a command line can; the parser accepts none."""
_LETTER = re.compile(r"[^\W\d_]")


class Run(NamedTuple):
    """The inline events between two block events; offsets in bytes of the file."""

    start: int
    end: int
    words: bool
    """True if there is a letter outside of code and addresses."""
    hard: Sequence[int]
    """Offsets of the hard breaks."""
    alt_end: int
    """End of the text of an image that is the whole run and has a text of its own; else 0. The text
    begins two bytes behind the start of the run.
    """


class Block(NamedTuple):
    """One block event."""

    key: str
    """Start, End, Html, Rule or TaskListMarker."""
    name: str
    """Name of the element that begins or ends: Paragraph, Heading, List …"""
    detail: Any
    """Details of the event from the parser, if any."""
    start: int
    end: int
    run: Run | None
    """The inline events before it."""


def blocks(body: str, data: bytes, shift: int) -> Iterator[Block]:
    """Yield each block event with the run of inline events before it.

    Offsets count from the start of ``data``, in which the Markdown begins at ``shift``. Syntax of
    other programs (`dialects`) is not parsed.
    """
    # In raw HTML the parser takes the line end of an old Mac for none.
    body = _LONE_RETURN.sub("\n", body) if "\r" in body else body
    view = parser_view(body)
    return _place_events(view, shift) if view else _events(body, data, shift, _OPTIONS)


def _place_events(view: View, shift: int) -> Iterator[Block]:
    """Yield the events of a parser view with their places in the file."""
    options = _LISTS if view.definitions else _OPTIONS
    for key, name, detail, start, end, run in _events(view.text, view.text.encode(), 0, options):
        if run:
            run = Run(
                view.start(run.start) + shift,
                view.end(run.end) + shift,
                run.words,
                [view.start(at) + shift for at in run.hard],
                run.alt_end and view.end(run.alt_end) + shift,
            )
        yield Block(key, name, detail, view.start(start) + shift, view.end(end) + shift, run)


def _events(body: str, data: bytes, shift: int, options: Any) -> Iterator[Block]:
    pending = _PendingRun(data, shift)
    inside = pending.events
    for ranged in pyromark.events_with_range(body, options=options):
        event, place = ranged
        if "Text" in event or "Code" in event:  # most events are, so they are not taken apart
            inside.append(ranged)
            continue
        key, name, detail = _parts(event)
        if (name or key) in _INLINE:
            pending.add(key, name, detail, ranged)
            continue
        run = pending.close(in_code=event == _END_OF_CODE) if name and inside else None
        yield Block(key, name, detail, place["start"] + shift, place["end"] + shift, run)


def _parts(event: Any) -> tuple[str, str, Any]:
    """Return the key of an event, the name of the element that begins or ends, and its detail."""
    if event.__class__ is str:
        return event, "", None
    [(key, value)] = event.items()
    if key != "Start" and key != "End":
        return key, "", value
    if value.__class__ is str:
        return key, value, None
    [(name, detail)] = value.items()
    return key, name, detail


class _PendingRun:
    """The inline events since the last block event."""

    __slots__ = ("_collapsed_end", "_data", "_hard", "_image", "_shift", "events")

    def __init__(self, data: bytes, shift: int) -> None:
        self.events: list[tuple[Any, Any]] = []
        """Events of the parser with their ranges, without line breaks."""
        self._data = data
        self._shift = shift
        self._hard: list[int] = []
        self._image: Any = None
        """Range of an image at the start of the run."""
        self._collapsed_end = 0
        """Offset in the body behind the last collapsed reference."""

    def add(self, key: str, name: str, detail: Any, ranged: tuple[Any, Any]) -> None:
        """Add an event that is neither text nor code."""
        if key == "HardBreak":
            self._hard.append(ranged[1]["start"] + self._shift)
        elif key != "SoftBreak":
            if detail and key == "Start":
                self._begin_link(name, detail["link_type"], ranged[1])
            self.events.append(ranged)

    def _begin_link(self, name: str, kind: str, place: Any) -> None:
        if kind in _COLLAPSED:
            self._collapsed_end = place["end"] + len("[]")
        elif name == "Image" and kind in _OWN_TEXT and not self.events:
            self._image = place

    def close(self, *, in_code: bool) -> Run:
        """Return the run, and begin the next one."""
        start = self.events[0][1]["start"] + self._shift
        if self._data[start - 1] == _BACKSLASH and start > self._shift:  # of an escape
            start -= 1
        end = self.events[-1][1]["end"]
        if end < self._collapsed_end:  # `max` would be called for each run
            end = self._collapsed_end
        words = not in_code and self._has_words()
        alt_end = self._alt_end() if self._image else 0
        run = Run(start, end + self._shift, words, self._hard, alt_end)
        self.events.clear()
        self._hard, self._image = [], None
        return run

    def _has_words(self) -> bool:
        in_address = False
        for event, _ in self.events:
            if "Text" not in event:
                in_address = "Start" in event and _is_address(event)
            elif not in_address and _LETTER.search(event["Text"]):
                return True
        return False

    def _alt_end(self) -> int:
        """Return the end of the text of an image that is the whole run; 0 if there is none.

        Attributes behind the image belong to it.
        """
        last = len(self.events) - 1
        while last and _STAND_INS.fullmatch(self.events[last][0].get("Text", "")):
            last -= 1
        if not last or self.events[last][1] != self._image:
            return 0
        inside = self.events[last - 1]
        end = int(inside[1]["end"]) if last > 1 else int(inside[1]["start"]) + len("![")
        return end + self._shift


def _is_address(start: Any) -> bool:
    _, name, detail = _parts(start)
    return name == "Link" and detail["link_type"] in _ADDRESSES


class Inline(NamedTuple):
    """One inline construct of a segment; offsets in code points."""

    kind: str
    """emphasis, strong, strikethrough, link, image, code, tag, address, break, escape or
    placeholder.
    """
    start: int
    end: int
    inner_start: int
    """Start of the text between its marks; equal to ``end`` if there is none."""
    inner_end: int
    target: str = ""
    """Address of a link or image (``ref:`` and the label for a reference), code, tag or
    placeholder."""
    label: str = ""
    """Label of a reference whose own text is the label."""


def inline(text: str, labels: frozenset[str] = frozenset()) -> list[Inline]:
    """Find the inline constructs of one segment, inner ones before outer ones.

    ``labels`` are the reference labels that the article defines, case-folded.
    """
    parts = find_opaque(text)
    if not parts:
        return _constructs(text, labels) if _MARKS.search(text) else []
    sign = stand_in(text)
    masked, places = _mask_parts(text, parts, sign)
    raw = {part.start: part for part in parts}
    starts = list(raw)
    constructs = []
    for item in _constructs(masked, labels, sign):
        start, end, first, last = (places[at] for at in item[1:5])
        kind, target = item.kind, item.target
        if kind == "placeholder":
            kind, target = raw[start].kind, text[start:end]
        elif sign in target:
            behind = bisect_left(starts, end)
            inside = parts[max(bisect_left(starts, start), behind - target.count(sign)) : behind]
            target = _unmask(target, sign, [text[p.start : p.end] for p in inside])
        constructs.append(Inline(kind, start, end, first, last, target, item.label))
    return constructs


def _mask_parts(text: str, parts: Sequence[OpaquePart], sign: str) -> tuple[str, list[int]]:
    """Replace each part by one sign; return the text, and where its characters were before.

    The last offset is that of the old end.
    """
    places: list[int] = []
    at = 0
    for part in parts:
        places += (*range(at, part.start), part.start)
        at = part.end
    masked = replace_ranges(text, ((part.start, part.end, sign) for part in parts))
    return masked, [*places, *range(at, len(text) + 1)]


def _unmask(target: str, sign: str, parts: Sequence[str]) -> str:
    """Put hidden parts back into an address or code."""
    hidden = iter(parts)
    return "".join(next(hidden, sign) if char == sign else char for char in target)


def _constructs(text: str, labels: frozenset[str], sign: str = "") -> list[Inline]:
    """Find the constructs of the parser, and each ``sign`` in a text."""

    def resolve(link: Any) -> tuple[str, str] | None:
        label = link["reference"].casefold()
        return ("ref:" + label, "") if label in labels else None

    text = _SURROGATE.sub("\ufffd", text)
    starts = (_GUARD + text).encode("utf-8").translate(_CHARACTER_STARTS)
    # The characters of the guard get negative offsets, and the text begins at 0.
    points = list(accumulate(starts, initial=-len(_GUARD)))
    reader = _ConstructReader(text, sign)
    for event, place in pyromark.events_with_range(
        _GUARD + text, options=_OPTIONS, broken_link_callback=resolve
    ):
        reader.read(event, points[place["start"]], points[place["end"]])
    return reader.constructs


class _ConstructReader:
    """Collector of the constructs of one segment, which reads its events in turn."""

    def __init__(self, text: str, sign: str) -> None:
        self.constructs: list[Inline] = []
        self._text = text
        self._sign = sign
        self._open: list[tuple[Any, list[int]]] = [(None, [])]
        """Details of the open elements, each with the offsets of the events in it."""
        self._readers = {"Start": self._start, "End": self._end, "Text": self._add_text}

    def read(self, event: Any, start: int, end: int) -> None:
        """Read one event; offsets in code points."""
        key, name, detail = _parts(event)
        if key in self._readers:
            self._readers[key](name, detail, start, end)
            return
        if key in _ATOMS:
            self.constructs.append(Inline(_ATOMS[key], start, end, end, end, detail or ""))
        self._open[-1][1].extend((start, end))

    def _start(self, name: str, detail: Any, _start: int, _end: int) -> None:
        if name in _ELEMENTS:
            self._open.append((detail, []))

    def _end(self, name: str, _detail: Any, start: int, end: int) -> None:
        if name in _ELEMENTS:
            link, inside = self._open.pop()
            if link and link["link_type"] in _COLLAPSED:
                end += len("[]")
            self.constructs.append(_closed_element(name, start, end, inside, link))
            self._open[-1][1].extend((start, end))

    def _add_text(self, _name: str, words: str, start: int, end: int) -> None:
        # The parser reports only the character behind the backslash.
        if start > 0 and self._text[start - 1] == "\\" and self._text[start] in _ESCAPABLE:
            start -= 1
            self.constructs.append(Inline("escape", start, start + 2, start + 2, start + 2))
        if self._sign and self._sign in words:
            signs = [at for at in range(max(start, 0), end) if self._text[at] == self._sign]
            self.constructs += [Inline("placeholder", at, at + 1, at + 1, at + 1) for at in signs]
        self._open[-1][1].extend((start, end))


def _closed_element(name: str, start: int, end: int, inside: list[int], link: Any) -> Inline:
    if not link:
        return Inline(
            name.lower(), start, end, *((min(inside), max(inside)) if inside else (end, end))
        )
    kind, target = link["link_type"], link["dest_url"]
    if kind in _ADDRESSES or not inside:
        return Inline("address" if inside else name.lower(), start, end, end, end, target)
    label = link["id"] if kind.startswith(("Shortcut", "Collapsed")) else ""
    return Inline(name.lower(), start, end, min(inside), max(inside), target, label)


def definitions(body: str) -> dict[str, Any]:
    """Return the link reference definitions of a body, by label."""
    # Asking costs a second pass, so it is done only where a definition can be.
    if "]:" not in body:
        return {}
    view = parser_view(body)
    return dict(pyromark.reference_definitions(view.text if view else body, options=_OPTIONS))


def raw_parts(body: str) -> Iterator[tuple[str, int, int, str]]:
    """Yield the raw HTML, links and images of a body: kind, range in bytes, and address.

    The kind is ``html``, ``link`` or ``image``; raw HTML has no address. Lines of one block of HTML
    are one part.
    """
    start = end = -1
    for event, place in pyromark.events_with_range(body, options=_OPTIONS):
        key, name, detail = _parts(event)
        if key in ("Html", "InlineHtml"):
            if place["start"] != end or key == "InlineHtml":
                if start >= 0:
                    yield "html", start, end, ""
                start = place["start"]
            end = place["end"]
        elif key == "Start" and name in ("Link", "Image"):
            yield name.lower(), place["start"], place["end"], detail["dest_url"]
    if start >= 0:
        yield "html", start, end, ""


def to_html(text: str) -> str:
    """Render Markdown to HTML; raw HTML passes through, so the result must be sanitised."""
    return pyromark.html(text, options=_OPTIONS)
