"""Parts of an entry as bytes, so that unchanged ones are copied; made obsolete, and back."""

from __future__ import annotations

import re

from pipeline.catalogue.po.reader import PoFault, read_messages

__all__ = ["GROUPS", "groups", "retire", "revive"]

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


def groups(raw: bytes, charset: str = "utf-8") -> dict[str, bytes] | None:
    """Split a current entry into its parts; return None if they have another order."""
    raw = raw.rstrip()
    message, *others = read_messages(raw, charset)
    if others or isinstance(message, PoFault):
        return None
    starts = sorted(
        (piece.at, _GROUP.get(name, 7))
        for name, field in message.fields.items()
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
