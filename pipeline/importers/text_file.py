"""Read plain text, as it is pasted from a page or a message, into blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.importers.document import Block, Document
from pipeline.importers.escaping import escape_heading, escape_inline, escape_line_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["read_text", "text_blocks"]

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:(?P<number>\d{1,3})[.)]|[-*•◦▪‣·–])[ \t]+(?=\S)")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,})\s*")
_RULE = re.compile(r"\s*([-*_=–—~#])(?:\s*\1){2,}\s*")
_QUOTED = re.compile(r"\s*>+ ?")
_HANDLE = re.compile(r"[(（]@")
_TAB_WIDTH = 4
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 45, 100
"""Characters of the longest line of a paragraph that a program may have wrapped."""


class _Item(NamedTuple):
    indent: int
    number: str
    """Number of an ordered item, else empty."""
    lines: list[str]


def read_text(text: str) -> Document:
    """Return the document of a plain text."""
    return Document(tuple(text_blocks(text)))


def text_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a plain text.

    Empty lines separate paragraphs, and so do line ends, except where lines are about as long as if
    a program wrapped them. Lines with numbers or bullets in front are lists, and lines with as many
    tabs a table.
    """
    lines = _LINE_END.sub("\n", text.removeprefix("\ufeff")).split("\n")
    for group in _groups(lines):
        yield from _group_blocks(group)


def _groups(lines: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line in lines:
        if line.strip():
            group.append(line.rstrip())
        elif group:
            yield group
            group = []
    if group:
        yield group


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Return whether a program broke the lines of one paragraph, which are about as long."""
    lengths = [len(line) for line in lines[:-1]]
    return (
        bool(lengths)
        and _SHORTEST_WRAPPED <= max(lengths) <= _LONGEST_WRAPPED
        and min(lengths) > 0.6 * max(lengths)
        and len(lines[-1]) <= 1.2 * max(lengths)
    )


def _group_blocks(lines: list[str]) -> Iterator[Block]:
    if len(lines) == 1 and _RULE.fullmatch(lines[0]):
        yield Block("rule", "---", "")
    elif len(lines) == 2 and _UNDERLINE.fullmatch(lines[1]):
        level = 1 if "=" in lines[1] else 2
        title = lines[0].strip()
        yield Block("heading", escape_heading(escape_inline(title)), title, level)
    elif all(_QUOTED.match(line) for line in lines):
        inner = list(_group_blocks([_QUOTED.sub("", line, count=1) for line in lines]))
        text = "\n>\n".join("\n".join(f"> {one}" for one in b.text.split("\n")) for b in inner)
        yield Block("quote", text, " ".join(b.plain for b in inner))
    elif (
        len(lines) > 1
        and lines[0].count("\t")
        and len({s.strip(" ").count("\t") for s in lines}) == 1
    ):
        yield _table(lines)
    else:
        yield from _paragraphs_and_lists(lines)


def _paragraphs_and_lists(lines: list[str]) -> Iterator[Block]:
    """Yield the lists in a group of lines, and paragraphs of the other lines."""
    prose: list[str] = []
    at = 0
    while at < len(lines):
        end = _list_end(lines, at)
        is_list = sum(_ITEM.match(line) is not None for line in lines[at:end]) > bool(prose)
        if end == at or not is_list or _is_title(lines[at]):
            prose.append(lines[at])
            at += 1
            continue
        yield from _paragraphs(prose)
        yield _list(lines[at:end])
        prose, at = [], end
    yield from _paragraphs(prose)


def _list_end(lines: Sequence[str], at: int) -> int:
    """Return the index of the line behind a list that begins at a line; that line if none does."""
    end = at
    while end < len(lines):
        is_item = _ITEM.match(lines[end]) is not None
        if not is_item and (end == at or not _goes_on(lines[end - 1], lines[end])):
            break
        end += 1
    return end


def _goes_on(line: str, following: str) -> bool:
    """Return whether a line of an item goes on in the following one."""
    is_cut = _SHORTEST_WRAPPED <= len(line) <= _LONGEST_WRAPPED and line[-1] not in ".!?:;"
    return following.startswith((" ", "\t")) or is_cut


def _paragraphs(lines: list[str]) -> Iterator[Block]:
    """Yield a paragraph of lines that a program wrapped, or one of each line."""
    while lines:
        end = 1
        if _is_wrapped(lines) and not _is_title(lines[0]):
            end = len(lines)
        while end < len(lines) and _is_mid_sentence(lines[end - 1], lines[end]):
            end += 1
        yield _paragraph(lines[:end])
        lines = lines[end:]


def _is_mid_sentence(line: str, following: str) -> bool:
    return following.lstrip()[:1].islower() and line[-1] not in ".!?:;" and not _is_title(line)


def _is_title(line: str) -> bool:
    return bool(_HANDLE.search(line)) and line.rstrip().endswith((")", "）")) and len(line) < 200


def _paragraph(lines: Sequence[str]) -> Block:
    texts = [line.strip() for line in lines]
    markdown = "\n".join(escape_line_start(escape_inline(text)) for text in texts)
    return Block("paragraph", markdown, " ".join(texts))


def _table(lines: Sequence[str]) -> Block:
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
    cells = [[escape_inline(cell).replace("|", r"\|") for cell in row] for row in rows]
    written = [f"| {' | '.join(row)} |" for row in cells]
    written.insert(1, "|" + " --- |" * len(rows[0]))
    return Block("table", "\n".join(written), " ".join(cell for row in rows for cell in row))


def _list(lines: Sequence[str]) -> Block:
    items: list[_Item] = []
    for line in lines:
        match = _ITEM.match(line)
        if match:
            indent = len(match["indent"].expandtabs(_TAB_WIDTH))
            items.append(_Item(indent, match["number"] or "", [line[match.end() :].strip()]))
        else:
            items[-1].lines.append(line.strip())
    written: list[str] = []
    open_items: list[tuple[int, int]] = []
    for item in items:
        while open_items and open_items[-1][0] >= item.indent:
            open_items.pop()
        column = open_items[-1][1] if open_items else 0
        sign = f"{item.number}. " if item.number else "- "
        open_items.append((item.indent, column + len(sign)))
        texts = [escape_line_start(escape_inline(text)) for text in item.lines]
        written.append(" " * column + sign + texts[0])
        written += [" " * (column + len(sign)) + text for text in texts[1:]]
    plain = " ".join(text for item in items for text in item.lines)
    return Block("list", "\n".join(written), plain)
