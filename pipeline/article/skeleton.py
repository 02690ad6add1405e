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

_BLOCK_NAMES = {
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
_OTHER_NAMES = {"Rule": "a horizontal rule", "TaskListMarker": "a check box"}
_MOST_NAMED = 4
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
    elements: list[Any] = [value.key for value in front.values]
    for key, name, detail, start, end, run in blocks(body, raw, 0):
        if run is not None:
            elements.append("image" if run.alt_end else "text")
        if key == "Html":
            elements.extend(_block_tags(raw[start:end]))
            continue
        elements.append((key, name, repr(detail)))
        if key == "Start" and name == "CodeBlock":
            elements.append(raw[start:end])
    # The order of definitions does not matter to a page.
    links = sorted((label, link["dest"]) for label, link in definitions(body).items())
    view = parser_view(body)
    elements += (raw[start:end] for start, end in (view.opaque if view else ()))
    return (*elements, *links)


def block_starts(data: bytes) -> list[int]:
    """Return the offsets of the lines at which a top-level block begins."""
    body, shift = markdown_body(data)
    depth = at = 0
    starts: list[int] = []
    for key, _, _, start, _, _ in blocks(body, data, shift):
        if key == "Start" and not depth:
            at = max(data.rfind(b"\n", at, start), data.rfind(b"\r", at, start)) + 1 or at
            starts.append(at)
        depth += (key == "Start") - (key == "End")
    return starts


def describe_difference(expected: Sequence[Any], actual: Sequence[Any]) -> tuple[str, str]:
    """Describe how two skeletons differ, for messages; return two empty texts if they are equal.

    Both are results of `skeleton_of`; each text names the parts of one of them.
    """
    if expected == actual:
        return "", ""
    expected_parts, actual_parts = list(_element_names(expected)), list(_element_names(actual))
    if expected_parts == actual_parts:  # the same blocks, of which one has other details
        at = next((n for n, (a, b) in enumerate(zip(expected, actual, strict=False)) if a != b), 0)
        return (
            _describe_element(expected[at : at + 1], "the same level, id and class"),
            _describe_element(actual[at : at + 1], "another level, id or class"),
        )
    return _join_names(expected_parts), _join_names(actual_parts)


def _element_names(skeleton: Sequence[Any]) -> Iterator[str]:
    for element in skeleton:
        if element == "image":
            yield "an image"
        elif isinstance(element, bytes):
            yield repr(element.decode("utf-8", "replace").strip()[:30])
        elif isinstance(element, tuple) and len(element) == 2:
            yield f"the definition of [{element[0]}]"
        elif isinstance(element, tuple):
            key, name = element[:2]
            words = _BLOCK_NAMES.get(name) if key == "Start" else _OTHER_NAMES.get(key)
            if words:
                yield words


def _join_names(parts: Sequence[str]) -> str:
    listing = ", ".join(parts[:_MOST_NAMED]) or "nothing"
    return listing + (" …" if len(parts) > _MOST_NAMED else "")


def _describe_element(elements: Sequence[Any], attributes: str) -> str:
    """Return the name of one element of a skeleton with its details."""
    element = elements[0] if elements else "nothing"
    if not isinstance(element, tuple):
        return str(element)
    if element[1] == "Heading":
        return f"a heading of {attributes}"
    return f"{_BLOCK_NAMES.get(element[1], element[1])} {element[-1]}"


def _block_tags(html: bytes) -> list[bytes]:
    names = (tag[1] or b"!--" for tag in _TAG.finditer(html))
    return [n for n in names if n.lstrip(b"/").lower().decode("latin-1") not in INLINE_TAGS]
