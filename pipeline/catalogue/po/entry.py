"""Write entries as GNU gettext writes them, cut them into their parts, retire and revive them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.catalogue.po.encoding import unquote
from pipeline.catalogue.po.reader import Message, PoFault, read_messages
from pipeline.model import OriginKind, State

if TYPE_CHECKING:
    from collections.abc import Callable

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
    "rewrap",
]

WIDTH = 79
"""Columns of a line, quotes included; gettext's own width."""

OPEN, CLOSE = "\u2068", "\u2069"
"""Isolates that gettext puts around a path with spaces in it."""

_FIELD = re.compile(
    r'^(#~\| |#~ |#\| |)(msg(?:ctxt|id(?:_plural)?|str(?:\[\d+\])?)) (".*"\r?\n(?:\1".*"\r?\n)*)',
    re.M,
)
"""A field as gettext writes it: the prefix of its lines, its name, its lines."""
_OLD = re.compile(rb"^[ \t]*(#)~(?=\|)|^[ \t]*#~[ \t]*")

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
    width = _width(unit, width)
    return "".join([render_part(unit, width) for render_part in _PARTS.values()])


def render_group(group: str, unit: Unit, width: int = WIDTH) -> str:
    """Return one part of an entry (`GROUPS`); empty if there is none."""
    return _PARTS[group](unit, _width(unit, width))


def provenance(unit: Unit) -> tuple[str, ...]:
    """Return the translator comment with the origin of the target, unless a human wrote it."""
    origin = unit.origin
    if origin.kind is OriginKind.HUMAN:
        return ()
    return (f"pipeline: {origin.kind.value} {origin.signature} {origin.digest}",)


def render_field(name: str, text: str, width: int = WIDTH, prefix: str = "") -> str:
    """Return the lines of a field, each behind a prefix; a width of 0 wraps only at line ends."""
    # A run without changes writes no field, and starts sooner without this module.
    from pipeline.catalogue.po.wrapping import wrap_field

    return wrap_field(name, text, width, prefix)


def _width(unit: Unit, width: int) -> int:
    return 0 if "no-wrap" in unit.flags else width


def _comments(unit: Unit, _: int) -> str:
    return _comment_lines("#", (*unit.comments, *provenance(unit)))


def _notes(unit: Unit, _: int) -> str:
    return _comment_lines("#.", unit.notes)


def _comment_lines(mark: str, lines: tuple[str, ...]) -> str:
    return "".join([f"{mark} {line}".rstrip() + "\n" for line in lines])


def _references(unit: Unit, _: int) -> str:
    """Return the lines of references, which gettext wraps in files without wrapping, too.

    It counts bytes. A name with spaces stays whole, though version 0.21, which does not know
    isolates, would wrap it.
    """
    line = "#:"
    lines, size = [], len(line)
    for path, number in unit.references:
        whole = f"{OPEN}{path}{CLOSE}" if " " in path else path
        place = f" {whole}:{number}" if number else f" {whole}"
        length = len(place.encode())
        if size + length > WIDTH and line != "#:":
            lines.append(line + "\n")
            line, size = "#:", len("#:")
        line += place
        size += length
    return "".join([*lines, line, "\n"]) if unit.references else ""


def _flags(unit: Unit, _: int) -> str:
    flags = (("fuzzy",) if unit.state is State.DRAFT else ()) + unit.flags
    return f"#, {', '.join(flags)}\n" if flags else ""


def _previous(unit: Unit, width: int) -> str:
    if unit.previous is None:
        return ""
    source, context = unit.previous
    field = "" if context is None else render_field("msgctxt", context, width, "#| ")
    return field + render_field("msgid", source, width, "#| ")


def _context(unit: Unit, width: int) -> str:
    return _context_field(unit.context, width) if unit.context else ""


@lru_cache(maxsize=256)
def _context_field(context: str, width: int) -> str:
    """Return the context field, which many entries in a row share."""
    return render_field("msgctxt", context, width)


def _source(unit: Unit, width: int) -> str:
    return render_field("msgid", unit.source, width)


def _target(unit: Unit, width: int) -> str:
    return render_field("msgstr", unit.target, width)


_PARTS: dict[str, Callable[[Unit, int], str]] = {
    "comments": _comments,
    "notes": _notes,
    "references": _references,
    "flags": _flags,
    "previous": _previous,
    "msgctxt": _context,
    "msgid": _source,
    "msgstr": _target,
}
"""Functions that render the parts of an entry, in the order in which gettext writes them."""
GROUPS = tuple(_PARTS)
"""Names of the parts."""


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


def retire(raw: bytes, charset: str = "utf-8", width: int = WIDTH) -> bytes:
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
    return rewrap(b"".join(lines), charset, width)


def revive(raw: bytes, charset: str = "utf-8", width: int = WIDTH) -> bytes:
    """Return an obsolete entry as a current one."""
    lines = [_OLD.sub(rb"\1", line) for line in raw.splitlines(keepends=True)]
    return rewrap(b"".join(lines), charset, width)


def rewrap(raw: bytes, charset: str = "utf-8", width: int = WIDTH) -> bytes:
    """Return an entry with its fields wrapped anew, and all else as it is.

    Fields with indented lines, or with escapes that gettext writes in another way, stay, too.
    """
    text = raw.decode(charset)
    if re.search(r"^#,.*\bno-wrap\b", text, re.M):
        width = 0

    def field(match: re.Match[str]) -> str:
        prefix, name, lines = match.groups()
        bare = lines.replace("\r\n", "\n").replace("\n" + prefix, "\n")
        now = render_field(name, unquote(bare), width, prefix)
        if _joined(now.removeprefix(f"{prefix}{name} ").replace("\n" + prefix, "\n")) != _joined(
            bare
        ):
            return match[0]
        return now.replace("\n", "\r\n") if "\r" in lines else now

    fields = _FIELD.sub(field, text)
    return raw if fields == text else fields.encode(charset)


def _joined(lines: str) -> str:
    """Return the escaped text of quoted strings."""
    return lines[1:-2].replace('"\n"', "")
