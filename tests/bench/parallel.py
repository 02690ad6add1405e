"""Parallel documents from Debian packages, and random damage to them.

Pages of a manual have the same blocks in the same order in each language, as one catalogue or one
outline made them; that makes them a gold set. Pages whose blocks differ are left out. Verses have
numbers; some of them in a row make a paragraph, as prose has it: long, without headings and code.
"""

from __future__ import annotations

import random
import re
import subprocess
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.article.reading import read_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.model import Article

__all__ = [
    "Block",
    "Document",
    "chapters",
    "damaged",
    "flat",
    "guide",
    "narratives",
    "pages",
    "written",
]

HANDBOOK = Path("/usr/share/doc/debian-handbook/html")
GUIDE = Path("/usr/share/doc/installation-guide-amd64")
BIBLES = ("engKJV2006eb", "spaRV1909eb")
"""Bibles of sword-text-kjv and sword-text-sparv: neither was translated from the other."""
_BOOKS = ("Genesis 1-50", "1 Samuel 1-31", "Ruth 1-4", "Esther 1-10", "Mark 1-16", "Acts 1-28")
_VERSE = re.compile(r"(.* \d+:\d+): (.+)")
_KINDS = {
    "h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "h5": "##### ",
    "p": "", "li": "- ", "dt": "", "td": "", "th": "",
}  # fmt: skip
_SKIPPED = {"script", "style", "pre", "nav", "title", "head"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$~&:@^])")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\sa-z])")
_ODD = re.compile(r"[\d+=.)-]")
"""Start of a text that may not be a paragraph in Markdown."""
_NAVIGATION = re.compile(r"(?:Prev|Next|Up\b|Home\b)")
_LEAST = 4
"""Minimum number of blocks for a page to be used."""


class Block(NamedTuple):
    """One block of Markdown that can still be changed."""

    prefix: str
    """Markdown before the text: the signs of a heading or of a list item."""
    sentences: tuple[tuple[int, str], ...]
    """Pairs of the sentence's pair number (below 0: no pair) and its text."""

    @property
    def text(self) -> str:
        """Return the text in one line."""
        return " ".join(text for _, text in self.sentences)

    @property
    def ids(self) -> set[int]:
        """Return the numbers of its pairs."""
        return {number for number, _ in self.sentences}


@dataclass(frozen=True)
class Document:
    """A source and its translation, as blocks."""

    name: str
    source: tuple[Block, ...]
    version: tuple[Block, ...]


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._text: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _SKIPPED:
            self._flush()
            self._hidden += 1
        elif tag in _KINDS:
            self._flush()
            self._open.append(tag)
        elif tag in ("ul", "ol", "table", "div", "dd"):
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _KINDS:
            self._flush()
            while self._open and self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._text.append(data)

    def _flush(self) -> None:
        text = " ".join("".join(self._text).split())
        self._text.clear()
        if text and self._open:
            tag = next((t for t in reversed(self._open) if t not in ("p",)), "p")
            self.found.append((tag, text))


def chapters(locale: str, folder: Path = HANDBOOK) -> Iterator[Document]:
    """Yield the pages of the Debian Handbook in English and in another language."""
    for page in sorted((folder / "en-US").glob("*.html")):
        other = folder / locale / page.name
        if other.exists():
            yield from pages(page, other)


def guide(locale: str, folder: Path = GUIDE) -> Iterator[Document]:
    """Yield the pages of the Debian installation guide in English and in another language."""
    for page in sorted((folder / "en").glob("*.html")):
        other = folder / locale / page.name
        if other.exists():
            yield from pages(page, other)


def narratives(seed: int) -> Iterator[Document]:
    """Yield books of the Bible in English and in Spanish, two to four verses to a paragraph."""
    for book in _BOOKS:
        left, right = (_verses(module, book) for module in BIBLES)
        verses = [(left[key], right[key]) for key in left if key in right]
        chance = random.Random(f"{book} {seed}")
        sides: tuple[list[Block], list[Block]] = ([], [])
        while verses:
            run = [verses.pop(0) for _ in range(min(len(verses), chance.randint(2, 4)))]
            for side, texts in zip(sides, zip(*run, strict=True), strict=True):
                side.append(_block(len(side), "p", " ".join(texts)))
        if sides[0]:
            yield Document(book, tuple(sides[0]), tuple(sides[1]))


def _verses(module: str, book: str) -> Mapping[str, str]:
    """Read verses by their names, without markup and paragraph signs."""
    command = ["diatheke", "-b", module, "-f", "plain", "-k", book]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = (_VERSE.match(line) for line in done.stdout.splitlines())
    return {v[1]: " ".join(re.sub(r"<[^>]*>|¶", "", v[2]).split()) for v in found if v}


def pages(source: Path, version: Path) -> Iterator[Document]:
    """Yield two pages as a document if they have the same blocks, and enough of them."""
    sides = [_read(path) for path in (source, version)]
    if [tag for tag, _ in sides[0]] != [tag for tag, _ in sides[1]]:
        return
    # What is the same in both was not translated, and nobody would put it into a gold set.
    pairs = [
        (a, b)
        for a, b in zip(*sides, strict=True)
        if a[1] != b[1]
        and not _NAVIGATION.match(a[1])
        and not any(_ODD.match(text) for _, text in (a, b))
    ]
    if len(pairs) >= _LEAST:
        rows = [
            tuple(_block(n, tag, text) for n, (tag, text) in enumerate(side))
            for side in zip(*pairs, strict=True)
        ]
        yield Document(source.stem, *rows)


def _read(path: Path) -> list[tuple[str, str]]:
    parser = _Blocks()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser.found


def _block(number: int, tag: str, text: str) -> Block:
    parts = _SENTENCE.split(_SPECIAL.sub(r"\\\1", text))
    return Block(_KINDS[tag], tuple((number, part) for part in parts))


def flat(documents: Sequence[Document], most: int) -> Document:
    """Join all documents into one long run of paragraphs, without headings."""
    sides: tuple[list[Block], list[Block]] = ([], [])
    for document in documents:
        for a, b in zip(document.source, document.version, strict=True):
            if "#" not in a.prefix and len(sides[0]) < most:
                for side, block in zip(sides, (a, b), strict=True):
                    parts = tuple((len(side), text) for _, text in block.sentences)
                    side.append(Block("", parts))
    return Document(f"flat {len(sides[0])}", tuple(sides[0]), tuple(sides[1]))


def written(blocks: Sequence[Block], path: str) -> Article | None:
    """Read the blocks as an article; return None where its segments differ from the blocks."""
    rows = []
    for before, block in pairwise([Block("", ()), *blocks]):
        between = "\n" if before.prefix == block.prefix == "- " else "\n\n"
        rows.append(f"{between}{block.prefix}{block.text}")
    data = ("".join(rows).strip() + "\n").encode()
    article = read_article(data, path)
    return article if [s.text for s in article.segments] == [b.text for b in blocks] else None


def damaged(document: Document, chance: random.Random, share: float) -> Document:
    """Damage a share of the blocks on either side."""
    sides = [list(document.source), list(document.version)]
    cut: set[int] = set()
    for _ in range(round(share * len(sides[0]))):
        side = chance.randrange(2)
        change = chance.choice(_CHANGES)
        change(sides[side], chance.randrange(len(sides[side])), chance, cut)
    return replace(document, source=tuple(sides[0]), version=tuple(sides[1]))


def _drop(side: list[Block], at: int, chance: random.Random, cut: set[int]) -> None:
    if len(side) > _LEAST:
        del side[at]


def _join(side: list[Block], at: int, chance: random.Random, cut: set[int]) -> None:
    run = side[at : at + chance.choice((2, 2, 3))]
    ids = {n for block in run for n in block.ids}
    if len(run) > 1 and not any("#" in block.prefix for block in run) and not ids & cut:
        cut |= ids
        side[at : at + len(run)] = [Block("", tuple(s for block in run for s in block.sentences))]


def _split(side: list[Block], at: int, chance: random.Random, cut: set[int]) -> None:
    block = side[at]
    if len(block.sentences) > 1 and "#" not in block.prefix and not block.ids & cut:
        cut |= block.ids
        where = chance.randrange(1, len(block.sentences))
        side[at : at + 1] = [
            block._replace(sentences=block.sentences[:where]),
            block._replace(sentences=block.sentences[where:]),
        ]


def _move(side: list[Block], at: int, chance: random.Random, cut: set[int]) -> None:
    if "#" not in side[at].prefix:
        side.insert(max(0, min(len(side) - 1, at + chance.randint(-4, 4))), side.pop(at))


def _insert(side: list[Block], at: int, chance: random.Random, cut: set[int]) -> None:
    words = [word for block in chance.sample(side, 3) for word in block.text.split()]
    chance.shuffle(words)
    text = "Note " + " ".join(word for word in words[:30] if word.isalpha()) + "."
    side.insert(at, Block("", ((-1 - chance.randrange(10**9), text),)))


def _unlist(side: list[Block], at: int, chance: random.Random, cut: set[int]) -> None:
    if side[at].prefix == "- ":
        side[at] = side[at]._replace(prefix="")


_CHANGES = (_drop, _drop, _join, _split, _move, _insert, _unlist)
