"""Entries as PO text: written, with fields byte for byte as polib's; cut into parts; retired."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache
from typing import TYPE_CHECKING

import polib

from pipeline.catalogue.po.encoding import escape
from pipeline.catalogue.po.reader import Message, PoFault, read_messages
from pipeline.model import OriginKind, State

if TYPE_CHECKING:
    from pipeline.model import Unit

__all__ = [
    "CLOSE",
    "GROUPS",
    "OPEN",
    "WIDTH",
    "groups",
    "provenance",
    "render",
    "render_field",
    "render_group",
    "retire",
    "revive",
]

WIDTH = 79
"""Columns of a line, quotes included; gettext's own width."""

OPEN, CLOSE = "\u2068", "\u2069"
"""Isolates that gettext puts around a path with spaces in it."""

# Control characters and line separators take polib's own path.
_BREAKS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]|  ")
_WORD_PARTS = textwrap.TextWrapper.wordsep_re

_OLD = re.compile(rb"^[ \t]*(#)~(?=\|)|^[ \t]*#~[ \t]*")

GROUPS = ("comments", "notes", "references", "flags", "previous", "msgctxt", "msgid", "msgstr")
"""Parts of an entry, in the order in which gettext writes them."""

_GROUP = {
    "#": 0,
    "#.": 1,
    "#:": 2,
    "#,": 3,
    "previous msgctxt": 4,
    "previous msgid": 4,
    "previous msgid_plural": 4,
    "msgctxt": 5,
    "msgid": 6,
    "msgid_plural": 6,
}


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
    """Return one part of an entry (`GROUPS`); empty if there is none."""
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


def groups(raw: bytes, charset: str = "utf-8") -> dict[str, bytes] | None:
    """Split a current entry into its parts; return None if they have another order."""
    raw = raw.rstrip()
    read = list(read_messages(raw, charset))
    messages = [one for one in read if isinstance(one, Message)]
    if len(messages) != 1 or any(isinstance(one, PoFault) and not one.harmless for one in read):
        return None
    starts = sorted(
        (piece.at, _GROUP.get(name, 7))
        for name, field in messages[0].fields.items()
        for piece in field.pieces
    )
    order = [group for _, group in starts]
    if order != sorted(order):
        return None
    first = {group: at for at, group in reversed(starts)}
    parts, end = [b""] * len(GROUPS), len(raw)
    for group in sorted(first, reverse=True):
        start = first[group] if group > order[0] else 0
        parts[group], end = raw[start:end], start
    return dict(zip(GROUPS, parts, strict=True))


def retire(raw: bytes) -> bytes:
    """Return a current entry as an obsolete one, as msgmerge writes it.

    References and extracted comments are dropped.
    """
    lines = []
    for line in raw.splitlines(keepends=True):
        text = line.lstrip(b" \t")
        if text.startswith(b"#|"):
            lines.append(b"#~" + text[1:])
        elif text.startswith((b"msg", b'"')):
            lines.append(b"#~ " + text)
        elif not text.startswith((b"#.", b"#:")):
            lines.append(line)
    return b"".join(lines)


def revive(raw: bytes) -> bytes:
    """Return an obsolete entry as a current one."""
    return b"".join(_OLD.sub(rb"\1", line) for line in raw.splitlines(keepends=True))
