"""Compute the skeleton of an article, which a translation must keep, and describe differences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pipeline.markdown import (
    INLINE_TAGS,
    blocks,
    definitions,
    locate_front_matter,
    markdown_body,
    parser_view,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["block_starts", "describe_difference", "skeleton_of"]

_BLOCKS = {
    "Paragraph": "a paragraph",
    "Heading": "a heading",
    "BlockQuote": "a block quote",
    "CodeBlock": "a code block",
    "HtmlBlock": "raw HTML",
    "List": "a list",
    "Table": "a table",
    "FootnoteDefinition": "a footnote",
    "DefinitionList": "a definition list",
}
_OTHERS = {"Rule": "a horizontal rule", "TaskListMarker": "a check box"}
_MOST = 4
_TAG = re.compile(rb"<(?:!--|(/?[A-Za-z][^\s/>]*))")


def skeleton_of(data: bytes) -> tuple[Any, ...]:
    """Return the structure that a translation must keep: blocks, nesting, code, tags, definitions.

    Syntax of other programs between the blocks (`markdown.dialects`) is part of it as written. Two
    files with the same skeleton differ only in the words of their segments.
    """
    text = data.decode("utf-8").removeprefix("\ufeff")
    front = locate_front_matter(text)
    body = text[front.end :]
    raw = body.encode("utf-8")
    bones: list[Any] = [value.key for value in front.values]
    for key, name, detail, start, end, run in blocks(body, raw, 0):
        if run is not None:
            bones.append("image" if run.alt_end else "text")
        if key == "Html":
            bones.extend(_tags(raw[start:end]))
            continue
        bones.append((key, name, repr(detail)))
        if key == "Start" and name == "CodeBlock":
            bones.append(raw[start:end])
    links = sorted((label, link["dest"]) for label, link in definitions(body).items())
    seen = parser_view(body)
    bones += (raw[start:end] for start, end in (seen.opaque if seen else ()))
    return (*bones, *links)


def block_starts(data: bytes) -> list[int]:
    """Return the offsets of the lines at which a top-level block begins."""
    body, shift = markdown_body(data)
    depth = at = 0
    found: list[int] = []
    for key, _, _, start, _, _ in blocks(body, data, shift):
        if key == "Start" and not depth:
            at = max(data.rfind(b"\n", at, start), data.rfind(b"\r", at, start)) + 1 or at
            found.append(at)
        depth += (key == "Start") - (key == "End")
    return found


def describe_difference(expected: Sequence[Any], found: Sequence[Any]) -> tuple[str, str]:
    """Describe how two skeletons differ, for messages; return two empty texts if they are equal.

    Both are results of `skeleton_of`; each text names the parts of one of them.
    """
    if expected == found:
        return "", ""
    old, new = list(_parts(expected)), list(_parts(found))
    if old == new:  # the same blocks, of which one has other details
        at = next((n for n, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), 0)
        return _detailed(expected[at : at + 1], "the same level, id and class"), _detailed(
            found[at : at + 1], "another level, id or class"
        )
    return _listed(old), _listed(new)


def _parts(bones: Sequence[Any]) -> Iterator[str]:
    for bone in bones:
        if bone == "image":
            yield "an image"
        elif isinstance(bone, bytes):
            yield repr(bone.decode("utf-8", "replace").strip()[:30])
        elif isinstance(bone, tuple) and len(bone) == 2:
            yield f"the definition of [{bone[0]}]"
        elif isinstance(bone, tuple):
            name = _BLOCKS.get(bone[1]) if bone[0] == "Start" else _OTHERS.get(bone[0])
            if name:
                yield name


def _listed(parts: Sequence[str]) -> str:
    shown = ", ".join(parts[:_MOST]) or "nothing"
    return shown + (" …" if len(parts) > _MOST else "")


def _detailed(bones: Sequence[Any], attributes: str) -> str:
    """Return the name of one element of a skeleton with its details."""
    bone = bones[0] if bones else "nothing"
    if not isinstance(bone, tuple):
        return str(bone)
    if bone[1] == "Heading":
        return f"a heading of {attributes}"
    return f"{_BLOCKS.get(bone[1], bone[1])} {bone[-1]}"


def _tags(html: bytes) -> list[bytes]:
    names = (found[1] or b"!--" for found in _TAG.finditer(html))
    return [n for n in names if n.lstrip(b"/").lower().decode("latin-1") not in INLINE_TAGS]
