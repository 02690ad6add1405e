"""Share of the reader's words that is in msgids, and of the msgids that carry block marks.

The files are those of the installed packages. The reader's words are those that another
parser, markdown-it-py, renders, without code; each word counts as often as it occurs.
"""

from __future__ import annotations

import html
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from pipeline.article.reading import read_article
from pipeline.errors import InputError
from pipeline.markdown.frontmatter import markdown_body

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["covered", "marked", "measure"]

DOCUMENTS = Path("/usr/share/doc")
LARGEST = 300_000
"""Maximum file size in bytes: without it a few changelogs would make up most of the words."""
_SILENT = re.compile(r"<(pre|code|script|style|svg|math)\b.*?</\1>|<!--.*?-->|<[^<>]*>", re.S)
_UNSEEN = re.compile(r"(?m)\{/\*(?s:.*?)\*/\}|^% .*$|^import (?:[^\n]* from )?['\"][^\n]*$")
"""Comments and imports of MDX and MyST, which the other parser takes for text."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARKS = re.compile(
    r"(?m)^[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|>[ \t]|\|)|```|~~~|:::|\|[ \t]*:?-{3,}"
    r"|!!![ \t]|[ \t]\|[^|]+\|[^|]+\|"
)
_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.S)
_RENDERER = MarkdownIt("gfm-like", {"linkify": False})


def measure(files: int = 400) -> None:
    """Print the share of words in msgids and of msgids with block marks."""
    there = seen = marks = texts = 0
    for path in _files(files):
        found, words, bad, count = _of(path.read_bytes())
        there, seen, marks, texts = there + found, seen + words, marks + bad, texts + count
    print(f"{there} of {seen} visible words are in a msgid: {100 * there / max(seen, 1):.2f} %")
    print(f"{marks} of {texts} msgids carry marks of blocks: {100 * marks / max(texts, 1):.2f} %")


def covered(body: str, texts: list[str]) -> tuple[int, int]:
    """Count the words of a text that are in some msgids, and all its words."""
    seen = Counter(_words(body))
    there = Counter(word for text in texts for word in _words(text))
    return (seen & there).total(), seen.total()


def marked(texts: list[str]) -> int:
    """Count the msgids that contain marks of lists, tables, fences or containers."""
    return sum(bool(_MARKS.search(_SPAN.sub("x", text))) for text in texts)


def _of(data: bytes) -> tuple[int, int, int, int]:
    try:
        texts = [s.text for s in read_article(data, "").segments if s.context != "front-matter"]
    except InputError:
        return 0, 0, 0, 0
    body, _ = markdown_body(data)
    return (*covered(body, texts), marked(texts), len(texts))


def _words(markdown: str) -> list[str]:
    shown = _SILENT.sub(" ", _RENDERER.render(_UNSEEN.sub("", markdown)))
    return _WORD.findall(html.unescape(shown))


def _files(count: int) -> Iterator[Path]:
    folders = (Path(sys.prefix), DOCUMENTS)
    found = sorted({f.resolve() for folder in folders for f in folder.rglob("*.md")})
    small = [file for file in found if file.is_file() and file.stat().st_size <= LARGEST]
    yield from small[:: max(1, len(small) // count)]
