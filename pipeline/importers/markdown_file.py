"""Read a Markdown file into blocks whose text stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.importers.document import Block, Document
from pipeline.importers.pictures import picture_ending, picture_name
from pipeline.importers.word_check import shown_text
from pipeline.markdown import blocks, locate_front_matter, scalar_metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["read_markdown"]

_KINDS = {
    "Paragraph": "paragraph",
    "Heading": "heading",
    "List": "list",
    "BlockQuote": "quote",
    "Table": "table",
    "CodeBlock": "code",
    "FootnoteDefinition": "footnote",
}
_SIGNS = re.compile(r"#{1,6}[ \t]+|[ \t]+#+[ \t]*\Z|\n[ \t]*(?:=+|-+)[ \t]*\Z")
_NOTE_MARK = re.compile(r"\[\^[^\[\]\s]+\](?!:)")
_KEYS = ("title", "author", "date", "description", "category", "language")
_IMAGE = re.compile(r"(!\[[^\]]*\]\(<?)([^\s<>()]+)")


def read_markdown(text: str, find_file: Callable[[str], bytes | None], path: str = "") -> Document:
    """Return the document of a Markdown text; ``find_file`` returns the pictures beside it.

    Raises:
        InputError: its front matter cannot be read; ``path`` is that of the message.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = locate_front_matter(text)
    if front.fault:
        raise InputError(front.fault.message, path, front.fault.line)
    metadata = dict(scalar_metadata(front.values))
    body = text[front.end :]
    pictures: dict[str, bytes] = {}
    notes: list[str] = []

    def rename(match: re.Match[str]) -> str:
        address = match[2]
        if "://" in address or address.startswith(("/", "data:", "#")):
            return match[0]
        data = find_file(address)
        if data is None or not picture_ending(data):
            notes.append(f"picture is not copied, as it was not found: {address}")
            return match[0]
        return match[1] + picture_name(pictures, address.rpartition("/")[2], data)

    body = _IMAGE.sub(rename, body)
    known: dict[str, Any] = {key: metadata.get(key, "") for key in _KEYS}
    return Document(
        tuple(_blocks(body)),
        **known,
        pictures=pictures,
        notes=tuple(notes),
        front=text[: front.end].strip("\n"),
    )


def _blocks(body: str) -> Iterator[Block]:
    """Yield the blocks of the top level, with all that stands between them."""
    data = body.encode()
    depth = at = 0
    start, kind, level = 0, "", 0
    for event in blocks(body, data, 0):
        if event.key == "Start":
            if not depth:
                yield from _other(data[at : event.start])
                start, kind = event.start, _KINDS.get(event.name, "other")
                level = _level(event.detail) if kind == "heading" else 0
            depth += 1
        elif event.key == "End":
            depth -= 1
            if not depth:
                yield from _block(kind, data[start : event.end].decode(), level)
                at = event.end
    yield from _other(data[at:])


def _level(detail: object) -> int:
    match = re.search(r"\d", str(detail))
    return int(match[0]) if match else 2


def _other(data: bytes) -> Iterator[Block]:
    text = data.decode().strip("\n")
    if text.strip():
        yield Block("other", text, "")


def _block(kind: str, text: str, level: int) -> Iterator[Block]:
    text = text.strip("\n").rstrip()
    if kind == "heading":
        title = _SIGNS.sub("", text)
        yield Block("heading", title, shown_text(f"# {title}"), level)
    elif text:
        yield Block(kind, text, shown_text(_NOTE_MARK.sub("", text)))
