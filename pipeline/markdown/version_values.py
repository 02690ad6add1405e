"""Find the front-matter values that a version has of its own, and write them into a page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.markdown.frontmatter import locate_front_matter
from pipeline.ranges import replace_ranges

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipeline.markdown.frontmatter import FrontMatterValue

__all__ = ["OwnValues", "front_matter_entries", "own_values", "with_own_values"]

_LANGUAGE = ("language", "lang", "locale")
"""Keys with the language itself, which a build sets."""
_FENCE = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_ENTRY = re.compile(
    r"^(?P<key>[A-Za-z0-9_][\w-]*)[ \t]*:(?=[ \t\r\n]).*(?:\r\n|\n|\r|\Z)"
    r"(?:(?:[ \t#-].*|[ \t]*)(?:\r\n|\n|\r))*",
    re.M,
)
"""A key at the margin, with all lines of its value."""
_BARE = re.compile(r"[^\s,\[\]{}#&*!|>'\"%@`:][^,\[\]{}#:\r\n]*")
_ONE_LINE = re.compile(r"[^\r\n]*")


class OwnValues(NamedTuple):
    """Front-matter values that a version has of its own."""

    kept: tuple[tuple[str, str], ...]
    """Keys, and their values as YAML on one line."""
    lost: tuple[str, ...]
    """Dotted keys whose values cannot be kept, since they are nested, or not YAML on both sides."""


def own_values(source: bytes, version: bytes, translated: Collection[str]) -> OwnValues:
    """Return the values of a version that differ from the source's and are not translated.

    ``translated`` has the keys whose values are texts of the source. Of these, a list of another
    length counts as the version's own, as its items have no counterparts.
    """
    mine, theirs = _text(version), _text(source)
    if not mine.startswith(("---", "+++", "{")):
        return OwnValues((), ())
    values, others = _by_key(mine), _by_key(theirs)
    entries = _entries(mine) if _FENCE.match(mine) and _FENCE.match(theirs) else {}
    whole = {key for key, items in values.items() if key in entries and key not in _nested(values)}
    kept, lost = [], []
    for key, items in values.items():
        counterparts = others.get(key, [])
        same = [item.text for item in items] == [item.text for item in counterparts]
        paired = key in translated and len(items) == len(counterparts)
        if same or paired or key in _LANGUAGE:
            continue
        if key in whole and key not in _nested(others):
            kept.append((key, _yaml(mine, entries[key], items)))
        else:
            lost.append(key)
    return OwnValues(tuple(kept), tuple(lost))


def with_own_values(data: bytes, values: tuple[tuple[str, str], ...]) -> bytes:
    """Return a page with values of its own in its front matter, where that is YAML."""
    whole = data.decode("utf-8")
    bom = whole[: whole.startswith("\ufeff")]
    text = whole[len(bom) :]
    fence = _FENCE.match(text)
    front = locate_front_matter(text)
    if not values or not fence or not front.end or front.fault:
        return data
    newline = fence[0].lstrip("- \t")
    entries = _entries(text)
    closing = max(text.rfind(sign, 0, front.end - 1) for sign in "\r\n") + 1
    edits, added = [], ""
    for key, value in values:
        line = f"{key}: {value}{newline}"
        if key in entries:
            edits.append((*entries[key], line))
        else:
            added += line
    edits.append((closing, closing, added))
    return (bom + replace_ranges(text, sorted(edits))).encode("utf-8")


def front_matter_entries(data: bytes) -> dict[str, tuple[int, int]]:
    """Return the range of the lines of each key at the margin of YAML front matter, in bytes."""
    whole = data.decode("utf-8", "replace")
    text = whole.removeprefix("\ufeff")
    if not _FENCE.match(text) or locate_front_matter(text).fault:
        return {}
    bom = len(whole) - len(text)
    offsets = {}
    for key, (start, end) in _entries(text).items():
        first = len(whole[: bom + start].encode("utf-8"))
        offsets[key] = first, first + len(text[start:end].encode("utf-8"))
    return offsets


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").removeprefix("\ufeff")


def _by_key(text: str) -> dict[str, list[FrontMatterValue]]:
    values: dict[str, list[FrontMatterValue]] = {}
    for value in locate_front_matter(text).values:
        values.setdefault(value.key, []).append(value)
    return values


def _nested(values: Collection[str]) -> set[str]:
    """Return the keys at the margin that have others below them."""
    return {key.partition(".")[0] for key in values if "." in key}


def _entries(text: str) -> dict[str, tuple[int, int]]:
    """Return the ranges of the lines of each key at the margin, in YAML."""
    front = locate_front_matter(text)
    fence = _FENCE.match(text)
    start = fence.end() if fence else 0
    closing = max(text.rfind(sign, 0, max(front.end - 1, 0)) for sign in "\r\n") + 1
    return {found["key"]: found.span() for found in _ENTRY.finditer(text, start, closing)}


def _yaml(text: str, entry: tuple[int, int], items: list[FrontMatterValue]) -> str:
    """Return the value of an entry on one line."""
    head = text[entry[0] : items[0].start].partition(":")[2]
    if "[" not in head and not re.search(r"-\s", head):
        return _scalar(text, items[0], _ONE_LINE)
    return f"[{', '.join(_scalar(text, item, _BARE) for item in items)}]"


def _scalar(text: str, value: FrontMatterValue, bare: re.Pattern[str]) -> str:
    """Return a value as it is written, so that it keeps its type, or in quotes."""
    raw = text[value.start : value.end]
    quoted = value.quoted in ("'", '"') and _ONE_LINE.fullmatch(raw)
    if quoted or (value.quoted in ("", ",") and bare.fullmatch(raw)):
        return raw
    return json.dumps(value.text, ensure_ascii=False)
