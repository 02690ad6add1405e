"""Make headings of the lines that name experts, as the reader of articles recognises them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.article import read_article
from pipeline.importers.document import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.article import ReadingRules

__all__ = ["join_blocks", "mark_experts", "with_expert_headings"]

_BREAK = "\\\n"
_BOLD = re.compile(r"(\*\*|__)(?P<text>[^*_].*?)\1[ \t]*:?\Z")
_ESCAPED_NUMBER = re.compile(r"\A(\d+)\\([.)])")
_HANDLE_LINE = re.compile(r"[^\n]{3,120}[(（]@[^()（）\n]{1,60}[)）]\s*:?")
_LONGEST = 200
_LONGEST_NAME = 100
_SEPARATED = re.compile(r"[,，|]|\s[–—-]\s")
_FEWEST = 2
"""Experts of a round-up."""
_OPEN, _CLOSE = '«“„"‘「『‹', '»”“"’」』›'
_ENDING = re.compile(r"[.!?…»”\"’)\]]\W*\Z")
_LONGEST_CLOSING = 80


def join_blocks(blocks: Iterable[Block]) -> str:
    """Return the Markdown of blocks."""
    return "\n\n".join(_render(block) for block in blocks) + "\n"


def _render(block: Block) -> str:
    return f"{'#' * block.level} {block.text}" if block.kind == "heading" else block.text


def with_expert_headings(
    blocks: Sequence[Block], rules: ReadingRules, notes: list[str]
) -> tuple[Block, ...]:
    """Return blocks in which each expert has a heading, and the highest headings have level 2."""
    parts = [part for block in blocks for part in _split_title(block)]
    pieces = [part for part, _ in parts]
    lines = _expert_lines([_as_title(part) for part in pieces], rules)
    if len(lines) < _FEWEST:
        guesses = _expert_lines(_short_as_titles(pieces), rules)
        lines = guesses if len(guesses) >= _FEWEST else lines
    joined: list[Block] = []
    made: list[str] = []
    number = 0
    while number < len(parts):
        block, has_rest = parts[number]
        if number in lines and block.kind == "paragraph":
            joined.append(Block("heading", _title_text(block), block.plain, 0))
            made.append(block.plain)
        elif has_rest and number not in lines:
            rest = parts[number + 1][0]
            text = block.text + _BREAK + rest.text
            joined.append(Block("paragraph", text, f"{block.plain} {rest.plain}"))
            number += 1
        else:
            joined.append(block)
        number += 1
    result = _with_levels(joined, {n for n, b in enumerate(joined) if b.level == 0})
    result = _with_closing_heading(result, rules, notes)
    if made:
        notes.append(f"made headings of experts: {'; '.join(made)}")
    return tuple(result)


def _as_title(block: Block) -> Block:
    """Return a heading for a line with a handle in brackets at its end, else the block."""
    if block.kind != "paragraph" or not _HANDLE_LINE.fullmatch(block.plain):
        return block
    return Block("heading", _title_text(block), block.plain, 2)


def _short_as_titles(blocks: Sequence[Block]) -> list[Block]:
    """Return headings for short lines in front of texts, which may be names without handles."""
    titled = []
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        is_title = (
            block.kind == "paragraph"
            and following is not None
            and following.kind != "heading"
            and len(block.plain) < _LONGEST_NAME
            and _SEPARATED.search(block.plain) is not None
            and not _ENDING.search(block.plain)
        )
        titled.append(Block("heading", _title_text(block), block.plain, 2) if is_title else block)
    return titled


def _title_text(block: Block) -> str:
    bold = _BOLD.match(block.text)
    return _ESCAPED_NUMBER.sub(r"\1\2", bold["text"] if bold else block.text)


def _split_title(block: Block) -> list[tuple[Block, bool]]:
    """Return a paragraph, with a first line that may name an expert as one of its own."""
    first, sign, rest = block.text.partition(_BREAK)
    is_short = block.kind == "paragraph" and sign and len(first) < _LONGEST
    if not is_short or not (_BOLD.match(first.strip()) or "(@" in first):
        return [(block, False)]
    at = _end_of(first, block.plain)
    title = Block("paragraph", first.strip(), block.plain[:at].strip())
    return [(title, True), (Block("paragraph", rest, block.plain[at:].strip()), False)]


def _end_of(markdown: str, plain: str) -> int:
    """Return the offset in a plain text at which the letters of its first line end."""
    count = len(re.sub(r"[\W_]+", "", re.sub(r"\]\([^()]*\)", "", markdown)))
    for at, char in enumerate(plain):
        if not count and char.isspace():
            return at
        count -= char.isalnum()
    return len(plain)


def _expert_lines(blocks: Sequence[Block], rules: ReadingRules) -> set[int]:
    """Return the numbers of the blocks that open an expert's section."""
    return {number for number, section in _sections(blocks, rules).items() if section}


def _sections(blocks: Sequence[Block], rules: ReadingRules) -> dict[int, str]:
    """Return the expert's name, or an empty one, by the block that opens a section."""
    starts: dict[int, int] = {}
    line = 1
    for number, block in enumerate(blocks):
        starts[line] = number
        line += _render(block).count("\n") + 2
    article = read_article(join_blocks(blocks).encode(), "", rules)
    return {
        starts[section.line]: section.name if section.expert else ""
        for section in article.sections
        if section.line in starts
    }


def _with_levels(blocks: Sequence[Block], titles: set[int]) -> list[Block]:
    """Return blocks whose highest headings have level 2, with those of experts among these."""
    levels = [block.level for block in blocks if block.kind == "heading" and block.level]
    shift = 2 - min(levels) if levels else 0
    usual = 2
    if titles and levels:
        # Headings that stand between experts are on their level, or below.
        usual = min(level + shift for level in levels)
    return [
        block._replace(level=usual if n in titles else min(6, block.level + shift))
        if block.kind == "heading"
        else block
        for n, block in enumerate(blocks)
    ]


def _with_closing_heading(
    blocks: list[Block], rules: ReadingRules, notes: list[str]
) -> list[Block]:
    """Make a heading of the short line behind the last expert's words, if all are quotations.

    What stands behind the closing quotation mark is no longer said by that expert.
    """
    experts = sorted(_expert_lines(blocks, rules))
    if len(experts) < 2:
        return blocks
    bounds = [*experts[1:], len(blocks)]
    ends = []
    for start, end in zip(experts, bounds, strict=True):
        texts = [block.plain for block in blocks[start + 1 : end]]
        if not texts or texts[0][:1] not in _OPEN:
            return blocks
        closing = [n for n, text in enumerate(texts, start + 1) if text.rstrip()[-1:] in _CLOSE]
        if not closing:
            return blocks
        ends.append(closing[-1] if end != len(blocks) else closing[0])
    if any(end != bound - 1 for end, bound in zip(ends[:-1], experts[1:], strict=True)):
        return blocks
    at = ends[-1] + 1
    if at + 1 >= len(blocks) or blocks[at].kind != "paragraph":
        return blocks
    text = blocks[at].plain
    if len(text) > _LONGEST_CLOSING or _ENDING.search(text):
        return blocks
    notes.append(f"“{text}” made a heading, as it is behind the words of the last expert")
    level = blocks[experts[-1]].level
    return [*blocks[:at], Block("heading", blocks[at].text, text, level), *blocks[at + 1 :]]


def mark_experts(blocks: Sequence[Block], rules: ReadingRules) -> tuple[Block, ...]:
    """Return blocks in which headings known as experts' are recognised as such."""
    named = _sections(blocks, rules)
    return tuple(
        block._replace(text=f"{block.text} {{.expert}}")
        if block.expert and not named.get(number)
        else block
        for number, block in enumerate(blocks)
    )
