"""Write a catalogue entry as PO text, its fields byte for byte as polib writes them."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache
from typing import TYPE_CHECKING

import polib

from pipeline.catalogue.po.escapes import escape
from pipeline.model import OriginKind, State

if TYPE_CHECKING:
    from pipeline.model import Unit

__all__ = ["CLOSE", "OPEN", "WIDTH", "provenance", "render", "render_field", "render_group"]

WIDTH = 79
"""Columns of a line, quotes included; gettext's own width."""

OPEN, CLOSE = "\u2068", "\u2069"
"""Isolates that gettext puts around a path with spaces in it."""

# Control characters and line separators take polib's own path.
_BREAKS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]|  ")
_WORD_PARTS = textwrap.TextWrapper.wordsep_re


def render(unit: Unit, width: int = WIDTH) -> str:
    """Return a whole entry, without the empty line behind it."""
    lines = []
    if unit.comments or unit.origin.kind is not OriginKind.HUMAN:
        lines.append(render_group("comments", unit, width))
    lines += [f"#. {note}\n" for note in unit.notes]
    lines.append(_references(unit, width))
    if unit.flags or unit.state is State.DRAFT:
        lines.append(render_group("flags", unit, width))
    if unit.previous:
        lines.append(_previous(unit, width))
    if unit.context:
        lines.append(_context(unit.context, width))
    lines.append(render_field("msgid", unit.source, width))
    lines.append(render_field("msgstr", unit.target, width) if unit.target else 'msgstr ""\n')
    return "".join(lines)


def render_group(group: str, unit: Unit, width: int = WIDTH) -> str:
    """Return one part of an entry (`entry_parts.GROUPS`); empty if there is none."""
    if group == "comments":
        lines = (*unit.comments, *provenance(unit))
        return "".join([f"# {line}".rstrip() + "\n" for line in lines]) if lines else ""
    if group == "notes":
        return "".join([f"#. {note}\n" for note in unit.notes])
    if group == "references":
        return _references(unit, width)
    if group == "flags":
        flags = (("fuzzy",) if unit.state is State.DRAFT else ()) + unit.flags
        return f"#, {', '.join(flags)}\n" if flags else ""
    if group == "previous":
        return _previous(unit, width)
    text = {"msgctxt": unit.context, "msgid": unit.source, "msgstr": unit.target}[group]
    return render_field(group, text, width) if text or group != "msgctxt" else ""


def provenance(unit: Unit) -> tuple[str, ...]:
    """Return the translator comment with the origin of the target, unless a human wrote it."""
    origin = unit.origin
    if origin.kind is OriginKind.HUMAN:
        return ()
    return (f"pipeline: {origin.kind.value} {origin.signature} {origin.digest}",)


def render_field(name: str, text: str, width: int = WIDTH) -> str:
    """Return ``name "text"``, wrapped; a width of 0 wraps only behind line ends.

    Text without control characters and doubled spaces is written here, some twelve times faster
    than by polib; all other text is written by polib.
    """
    if _BREAKS.search(text):
        return _polib_field(name, text, width)
    escaped = escape(text)
    # polib compares the bare length and adds the escapes to the room, not to the text.
    room = width - len(name) - 3 + len(escaped) - len(text)
    if width == 0 or len(text) <= room:
        return f'{name} "{escaped}"\n'
    return f'{name} ""\n"' + '"\n"'.join(_wrap(escaped, width - 2)) + '"\n'


def _wrap(text: str, width: int) -> list[str]:
    """Wrap text as textwrap does if it keeps spaces and long words; without doubled spaces only."""
    lines = []
    at, size = 0, len(text)
    while size - at > width:
        limit = at + width
        if text[limit] == " ":
            cut = limit
        else:
            blank = text.rfind(" ", at, limit)
            end = text.find(" ", limit)
            cut = _cut_word(text[blank + 1 : end if end >= 0 else size], blank + 1, at, limit)
        if cut >= size:
            break
        lines.append(text[at:cut])
        at = cut
    lines.append(text[at:])
    return lines


def _cut_word(word: str, start: int, at: int, limit: int) -> int:
    """Return the end of the line from ``at`` if the word at ``start`` runs over ``limit``."""
    parts = [p for p in _WORD_PARTS.split(word) if p] if "-" in word else [word]
    cut = start
    for part in parts:
        if cut + len(part) > limit and cut > at:
            return cut
        cut += len(part)
        if cut > limit:
            return cut
    return cut


def _polib_field(name: str, text: str, width: int) -> str:
    # The only place where polib wraps one field; its stubs leave it out.
    lines = polib.POEntry()._str_field(name, "", "", text, width)  # type: ignore[attr-defined]
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=256)
def _context(context: str, width: int) -> str:
    """Return the context field, which many entries in a row share."""
    return render_field("msgctxt", context, width)


def _references(unit: Unit, width: int) -> str:
    if not unit.references:
        return ""
    places = []
    for path, number in unit.references:
        whole = f"{OPEN}{path}{CLOSE}" if " " in path else path
        places.append(f"{whole}:{number}" if number else whole)
    lines, line = [], "#:"
    for place in places:
        if width and line != "#:" and len(line) + 1 + len(place) > width:
            lines.append(line)
            line = "#:"
        line += " " + place
    return "\n".join([*lines, line]) + "\n"


def _previous(unit: Unit, width: int) -> str:
    if unit.previous is None:
        return ""
    # polib leaves room for its own names of these fields, which it does not write.
    fields = ""
    if unit.previous.context is not None:
        fields = render_field("previous_msgctxt", unit.previous.context, width)
    fields = fields.removeprefix("previous_")
    source = render_field("previous_msgid", unit.previous.source, width)
    fields += source.removeprefix("previous_")
    return "".join([f"#| {line}\n" for line in fields.rstrip("\n").split("\n")])
