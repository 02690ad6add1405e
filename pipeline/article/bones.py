"""The skeleton of a text, told in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["describe_difference"]

_BLOCKS = {
    "Paragraph": "a paragraph",
    "Heading": "a heading",
    "BlockQuote": "a quotation",
    "CodeBlock": "code",
    "HtmlBlock": "raw HTML",
    "List": "a list",
    "Table": "a table",
    "FootnoteDefinition": "a footnote",
    "DefinitionList": "a definition list",
}
_OTHERS = {"Rule": "a rule", "TaskListMarker": "a task"}
_MOST = 4


def describe_difference(expected: Sequence[Any], found: Sequence[Any]) -> tuple[str, str]:
    """Say of two skeletons what each has, in a few words; two empty texts where they are alike.

    They are what `rebuild.skeleton` gives.
    """
    if expected == found:
        return "", ""
    old, new = list(_parts(expected)), list(_parts(found))
    if old == new:  # the same blocks, of which one has other details
        at = next((n for n, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), 0)
        return _raw(expected[at : at + 1]), _raw(found[at : at + 1])
    return _listed(old), _listed(new)


def _parts(bones: Sequence[Any]) -> Iterator[str]:
    for bone in bones:
        if bone == "image":
            yield "a picture"
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


def _raw(bones: Sequence[Any]) -> str:
    """Name one bone with its details."""
    bone = bones[0] if bones else "nothing"
    if not isinstance(bone, tuple):
        return str(bone)
    if bone[1] == "Heading":
        return "a heading of another level, id or class"
    return f"{_BLOCKS.get(bone[1], bone[1])} {bone[-1]}"
