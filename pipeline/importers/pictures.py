"""Names and kinds of pictures that an article takes along."""

from __future__ import annotations

import posixpath
import re

__all__ = ["picture_ending", "picture_name"]

_SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"GIF87a": ".gif",
    b"GIF89a": ".gif",
    b"BM": ".bmp",
}
_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST = 60


def picture_ending(data: bytes) -> str:
    """Return the ending for the name of a picture, by its content; empty if it is none.

    An SVG is a program's text as much as a picture, and is none here.
    """
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        return ".avif"
    return next((end for sign, end in _SIGNATURES.items() if data.startswith(sign)), "")


def picture_name(pictures: dict[str, bytes], name: str, data: bytes) -> str:
    """Add a picture under a free name like the given one, and return that name.

    The same picture is added once.
    """
    stem = _UNSAFE.sub("-", posixpath.splitext(name)[0])[:_LONGEST].strip("-.") or "picture"
    ending = picture_ending(data)
    number = 1
    while True:
        candidate = f"{stem}{f'-{number}' if number > 1 else ''}{ending}"
        if pictures.setdefault(candidate, data) == data:
            return candidate
        number += 1
